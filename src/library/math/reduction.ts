/**
 * From any angle to one within ±π/4: x = n·π/2 + head + tail, and the function asked for at that place. Three ranges,
 * because subtracting n·π/2 must not lose the digits that are left. Compiled by Segue's compiler, audio thread.
 *
 * 1. up to 2^20·π/2: Cody & Waite. π/2 is cut into pieces of 33 bits, so that n times a piece is exact; more pieces are
 *    used the more the subtraction cancels. The steps are those of fdlibm (Sun Microsystems, 1993).
 * 2. up to 2^31: the same idea with pieces of 22 bits. (440 Hz written as `sin(2 * PI * 440 * t)` is here after ten minutes.)
 * 3. beyond: Payne & Hanek. x·2/π is formed from those digits of 2/π alone that can matter.
 *
 * In 2 and 3 the tail is right to some 20 bits or more, which decides the last bit of the result except for one angle in
 * millions. fdlibm has only range 3 for both; its heads are used here.
 */

import { fromWords, highWord, lowWord, withLowWord } from './intrinsics.ts';
import { circular } from './kernels.ts';

const INFINITY = 1 / 0;
const TWO_OVER_PI = 0.6366197723675814;
const HALF_PI = 1.5707963267948966;
const HALF_PI_TAIL = 6.123233995736766e-17;
/** The first 24 bits of π/2. */
const HALF_PI_24 = 1.570796251296997;
/** 2^52: added to a whole number below it, puts that number into the low word. */
const TWO_52 = 4503599627370496;

/** The end of range 1. */
const NEAR_LIMIT = 1647100;
// π/2 = piece 1 + tail 1 = piece 1 + piece 2 + tail 2 = ...; pieces of 33 bits.
const NEAR_1 = 1.5707963267341256;
const NEAR_1_TAIL = 6.077100506506192e-11;
const NEAR_2 = 6.077100506303966e-11;
const NEAR_2_TAIL = 2.0222662487959506e-21;
const NEAR_3 = 2.0222662487111665e-21;
const NEAR_3_TAIL = 8.4784276603689e-32;
/** 2^-15: a head above this part of the angle has lost 16 bits at most, and one piece is enough. */
const SURELY_NOT_CANCELLED = 0.000030517578125;

/** The end of range 2: 2^31. */
const FAR_LIMIT = 2147483648;
// π/2 in pieces of 22 bits, and the rest.
const FAR_1 = 1.570796012878418;
const FAR_2 = 3.139164164167596e-7;
const FAR_3 = 6.223371969669989e-14;
const FAR_4 = 2.0222659584103533e-21;
const FAR_REST = 2.9038559739793605e-28;
// The part of a quarter turn that is left must be within 2^-10 to ½ − 2^-10 for range 2; else range 3 takes the angle.
const FAR_MIDDLE = 0.25;
const FAR_WIDTH = 0.2490234375;

const TWO_24 = 16777216;
const TWO_MINUS_24 = 1 / 16777216;
/** The binary digits of 2/π after the point, 24 in each entry. */
const TWO_OVER_PI_DIGITS = [
  0xa2f983, 0x6e4e44, 0x1529fc, 0x2757d1, 0xf534dd, 0xc0db62, 0x95993c, 0x439041, 0xfe5163, 0xabdebb, 0xc561b7,
  0x246e3a, 0x424dd2, 0xe00649, 0x2eea09, 0xd1921c, 0xfe1deb, 0x1cb129, 0xa73ee8, 0x8235f5, 0x2ebb44, 0x84e99c,
  0x7026b4, 0x5f7e41, 0x3991d6, 0x398353, 0x39f49c, 0x845f8b, 0xbdf928, 0x3b1ff8, 0x97ffde, 0x05980f, 0xef2f11,
  0x8b5a0a, 0x6d1f6d, 0x367ecf, 0x27cb09, 0xb74f46, 0x3f669e, 0x5fea2d, 0x7527ba, 0xc7ebe5, 0xf17b3d, 0x0739f7,
  0x8a5292, 0xea6bfb, 0x5fb11f, 0x8d5d08, 0x560330, 0x46fc7b,
];

/**
 * The head of turn·π/2 = product + rest. Not the nearest double but the one that fdlibm arrives at, which rounds the
 * product with the leading digit of `turn` (24 bits, or what is left of them) and that with the others apart. `unit` is
 * the last place of that digit, or of the one after it.
 */
function headOfProduct(turn: number, unit: number, product: number, rest: number): number {
  const place = Math.abs(turn) < unit * TWO_24 ? unit : unit * TWO_24;
  const leading = Math.trunc(turn / place) * place * HALF_PI_24;
  return leading + (product - leading + rest);
}

/** Range 3, for finite x ≥ 2^20. */
function reducedHuge(kind: number, x: number): number {
  // x = (a·2^48 + b·2^24 + c)·2^(e − 48) with whole a, b, c of at most 24 bits.
  const e = ((highWord(x) >> 20) - 1046) | 0;
  let scaled = x * fromWords((1023 - e) << 20, 0);
  const a = Math.floor(scaled);
  scaled = (scaled - a) * TWO_24;
  const b = Math.floor(scaled);
  const c = (scaled - b) * TWO_24;

  // Term i of the product x·2/π is a·digit[at] + b·digit[at−1] + c·digit[at−2], at = first + i: a whole number below
  // 2^50, in units of 2^(e − 24·(at + 1)). What lies before `first` is a multiple of 8 quarter turns, which is none.
  const first = e < 3 ? 0 : Math.floor((e - 3) / 24);
  let digit0 = TWO_OVER_PI_DIGITS[first];
  let digit1 = first > 0 ? TWO_OVER_PI_DIGITS[first - 1] : 0;
  let digit2 = first > 1 ? TWO_OVER_PI_DIGITS[first - 2] : 0;
  let unit = fromWords((1023 + e - 24 * (first + 1)) << 20, 0);

  // The whole quarter turns are taken out of the first three terms; the fourth helps to decide which multiple of π/2 is
  // the nearest. What is left of the first two adds without rounding. From there on terms are added from the top with the
  // error of every addition kept: an error can only arise when the sum is too large for later terms to cancel it, so the
  // digits left after cancellation are all true. Five terms are taken, and one more for every 24 zeros that the sum begins
  // with: as many as fdlibm takes.
  let whole = 0;
  let second = 0;
  let quadrant = 0;
  let sum = 0;
  let lost = 0;
  let enough = unit;
  for (let i = 0; i < 5 || Math.abs(sum) < enough; i++) {
    let term = (a * digit0 + b * digit1 + c * digit2) * unit;
    if (i < 3) {
      term -= 4 * Math.floor(term * 0.25);
      const turns = Math.floor(term);
      term -= turns;
      quadrant += turns;
    }
    if (i < 2) {
      whole += term;
    } else if (i === 2) {
      second = term;
    } else {
      if (i === 3) {
        const turns = Math.floor(whole + (second + term) + 0.5);
        quadrant += turns;
        whole -= turns;
        sum = whole + second;
        const part = sum - whole;
        lost = whole - (sum - part) + (second - part);
      }
      const next = sum + term;
      const part = next - sum;
      lost += sum - (next - part) + (term - part);
      sum = next;
      if (i > 4) enough *= TWO_MINUS_24;
    }
    digit2 = digit1;
    digit1 = digit0;
    digit0 = TWO_OVER_PI_DIGITS[first + i + 1];
    unit *= TWO_MINUS_24;
  }

  // (sum + lost)·π/2, the leading product with its rounding error (Dekker).
  const sumHigh = withLowWord(sum, lowWord(sum) & 0xf8000000);
  const sumLow = sum - sumHigh;
  const halfPiHigh = withLowWord(HALF_PI, lowWord(HALF_PI) & 0xf8000000);
  const halfPiLow = HALF_PI - halfPiHigh;
  const product = sum * HALF_PI;
  const error = sumHigh * halfPiHigh - product + sumHigh * halfPiLow + sumLow * halfPiHigh + sumLow * halfPiLow;
  const rest = error + (sum * HALF_PI_TAIL + lost * HALF_PI);

  const head = headOfProduct(sum, enough, product, rest);
  return circular(kind, quadrant, head, product - head + rest);
}

/** Range 2. */
function reducedFar(kind: number, x: number): number {
  const n = Math.floor(x * TWO_OVER_PI + 0.5);
  // Exact: n has 31 bits at most, and what the subtractions leave fits into a double.
  const close = x - n * FAR_1 - n * FAR_2;
  const turn = close * TWO_OVER_PI;
  // Near a multiple of π/2 more digits are needed; near the middle between two, n may be the wrong one.
  if (Math.abs(Math.abs(turn) - FAR_MIDDLE) > FAR_WIDTH) return reducedHuge(kind, x);
  const third = n * FAR_3;
  const sum = close - third;
  const rest = close - sum - third - n * FAR_REST - n * FAR_4;
  const unit = fromWords((highWord(x) & 0x7ff00000) - (47 << 20), 0);
  const head = headOfProduct(sum * TWO_OVER_PI, unit, sum, rest);
  return circular(kind, lowWord(n + TWO_52), head, sum - head + rest);
}

/** Range 1 where the first piece may not be enough: x is within 2^-15 of its size of n·π/2. */
function reducedNearMultiple(kind: number, x: number, n: number): number {
  const quadrant = lowWord(n + TWO_52);
  const exponent = highWord(x) >> 20;
  let before = x - n * NEAR_1;
  let rest = n * NEAR_1_TAIL;
  let close = before;
  let head = close - rest;
  // Below 32 quarter turns fdlibm looks at the upper words first.
  const wordsApart = n < 32 ? highWord(x) - highWord(n * HALF_PI) : 0;
  if (wordsApart === 0 && exponent - ((highWord(head) >> 20) & 0x7ff) > 16) {
    let piece = n * NEAR_2;
    close = before - piece;
    rest = n * NEAR_2_TAIL - (before - close - piece);
    head = close - rest;
    if (n > 1 && exponent - ((highWord(head) >> 20) & 0x7ff) > 49) {
      before = close;
      piece = n * NEAR_3;
      close = before - piece;
      rest = n * NEAR_3_TAIL - (before - close - piece);
      head = close - rest;
    }
  }
  return circular(kind, quadrant, head, close - head - rest);
}

/** The sine (`kind` 0), cosine (1) or tangent (2) of x > π/4; NaN for what is not finite. */
export function reduced(kind: number, x: number): number {
  if (x < NEAR_LIMIT) {
    const n = Math.floor(x * TWO_OVER_PI + 0.5);
    const close = x - n * NEAR_1;
    const rest = n * NEAR_1_TAIL;
    const head = close - rest;
    if (Math.abs(head) < x * SURELY_NOT_CANCELLED) return reducedNearMultiple(kind, x, n);
    return circular(kind, lowWord(n + TWO_52), head, close - head - rest);
  }
  if (x < FAR_LIMIT) return reducedFar(kind, x);
  if (x < INFINITY) return reducedHuge(kind, x);
  return x - x;
}
