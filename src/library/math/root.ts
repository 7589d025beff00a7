/**
 * cbrt, and hypot of two to four numbers. Compiled by Segue's compiler, audio thread. Error below 1 ulp.
 */

import { productRest } from './exact.ts';
import { fromWords, highWord, lowWord } from './intrinsics.ts';

const INFINITY = 1 / 0;
const TWO_54 = 18014398509481984;

// 1/∛r near r = 1, to 23 bits.
const P0 = 1.87595182427177;
const P1 = -1.8849797954337717;
const P2 = 1.6214297201053545;
const P3 = -0.758397934778766;
const P4 = 0.14599619288661245;
/** Two thirds of the exponent's bias, as an upper word, less what evens out the error of the first guess. */
const GUESS = 715094163;
/** The same for a number that was multiplied by 2^54. */
const GUESS_SCALED = 696219795;

/**
 * The cube root of x; error below 0.67 ulp.
 * Source: FreeBSD's msun (after fdlibm, Sun Microsystems, 1993, and W. Kahan): a third of the upper word gives five bits,
 * a polynomial 23, one step of Newton's method the rest.
 */
export function cbrt(x: number): number {
  const size = Math.abs(x);
  if (size === 0 || !(size < INFINITY)) return x;
  let guess = 0;
  if (size < 2.2250738585072014e-308) {
    guess = fromWords(Math.floor(highWord(size * TWO_54) / 3) + GUESS_SCALED, 0);
  } else {
    guess = fromWords(Math.floor(highWord(size) / 3) + GUESS, 0);
  }
  let r = guess * guess * (guess / size);
  const t = guess * (P0 + r * (P1 + r * P2) + r * r * r * (P3 + r * P4));
  // Rounded to 23 bits, away from zero: its square is exact, and Newton's step errs to one side only.
  const low = lowWord(t);
  const root = fromWords(highWord(t) + (low >>> 31), (low ^ 0x80000000) & 0xc0000000);
  r = size / (root * root);
  r = (r - root) / (root + root + r);
  const y = root + root * r;
  return x < 0 ? -y : y;
}

/** 2^510 and 2^-400: between, squares neither overflow nor lose bits that count. */
const LARGE = 3.3519519824856493e153;
const SMALL = 3.8725919148493183e-121;
// 2^800, 2^-800: by which a point is moved so that it lies between.
const TWO_800 = 6.668014432879854e240;
const TWO_MINUS_800 = 1.499696813895631e-241;
/** 2^27 + 1: a product with it, taken off again, leaves 26 bits of a double, whose square is exact (Veltkamp). */
const SPLIT = 134217729;

/**
 * √(x² + y²), the sum with what its roundings lose. An infinite argument wins over NaN.
 */
export function hypot2(x: number, y: number): number {
  const size = Math.max(Math.abs(x), Math.abs(y));
  if (!(size < LARGE && size > SMALL)) return extremeHypot(x, y, 0, 0);
  const least = Math.min(Math.abs(x), Math.abs(y));
  const high = size * SPLIT - (size * SPLIT - size);
  const low = size - high;
  const leastHigh = least * SPLIT - (least * SPLIT - least);
  const leastLow = least - leastHigh;
  const square = size * size;
  const leastSquare = least * least;
  const lost = high * high - square + low * (high + size);
  const leastLost = leastHigh * leastHigh - leastSquare + leastLow * (leastHigh + least);
  const sum = square + leastSquare;
  return Math.sqrt(sum + (square - sum + leastSquare + (lost + leastLost)));
}

/** √(x² + y² + z²). An infinite argument wins over NaN. */
export function hypot3(x: number, y: number, z: number): number {
  return hypot4(x, y, z, 0);
}

/** √(x² + y² + z² + w²). An infinite argument wins over NaN. With zeros at the end, the bits of the shorter ones. */
export function hypot4(x: number, y: number, z: number, w: number): number {
  const size = Math.max(Math.abs(x), Math.abs(y), Math.abs(z), Math.abs(w));
  if (!(size < LARGE && size > SMALL)) return extremeHypot(x, y, z, w);
  return rootOfSquares(x, y, z, w);
}

/** The hypotenuse where squares may overflow or vanish. */
function extremeHypot(x: number, y: number, z: number, w: number): number {
  const size = Math.max(Math.abs(x), Math.abs(y), Math.abs(z), Math.abs(w));
  if (Math.abs(x) === INFINITY || Math.abs(y) === INFINITY) return INFINITY;
  if (Math.abs(z) === INFINITY || Math.abs(w) === INFINITY) return INFINITY;
  if (!(size > 0)) return size;
  const scale = size < 1 ? TWO_800 : TWO_MINUS_800;
  return rootOfSquares(x * scale, y * scale, z * scale, w * scale) / scale;
}

/** √(x² + y² + z² + w²) for numbers of which the largest is of ordinary size. */
function rootOfSquares(x: number, y: number, z: number, w: number): number {
  const xx = x * x;
  const yy = y * y;
  const zz = z * z;
  const ww = w * w;
  const xyLost = productRest(x, x, xx) + productRest(y, y, yy);
  const zwLost = productRest(z, z, zz) + productRest(w, w, ww);
  // Sums with what they lose, whichever term is the larger (Knuth).
  const two = xx + yy;
  const yPart = two - xx;
  const twoLost = xx - (two - yPart) + (yy - yPart);
  const three = two + zz;
  const zPart = three - two;
  const threeLost = two - (three - zPart) + (zz - zPart);
  const four = three + ww;
  const wPart = four - three;
  const fourLost = three - (four - wPart) + (ww - wPart);
  return Math.sqrt(four + (twoLost + threeLost + fourLost + (xyLost + zwLost)));
}
