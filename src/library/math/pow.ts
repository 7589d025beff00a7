/**
 * pow: JavaScript's `x ** y`. Compiled by Segue's compiler, audio thread.
 *
 * 2^(y·log2 x), where log2 x and the product are each a short number and a rest, some 15 bits more than a double has: the
 * integer part of the product takes up to ten of them. Method and coefficients: fdlibm (Sun Microsystems, 1993).
 * Same bits as V8 in Node 20; error below 1 ulp. (V8 has since gone over to the system's `pow`, which rounds more often right.)
 */

import { fromWords, highWord, lowWord, withHighWord, withLowWord } from './intrinsics.ts';

const INFINITY = 1 / 0;
const NOT_A_NUMBER = 0 / 0;
const LEAST_NORMAL = 2.2250738585072014e-308;
const TWO_53 = 9007199254740992;
/** 1.5·2^52: added to a whole number of either sign, puts it into the low word. */
const TO_LOW_WORD = 6755399441055744;
/** The next upper word after 2^31: from here on x must be close to 1, or the power is 0 or infinite. */
const HUGE_EXPONENT = 2147485696;

// (log(1 + s) − log(1 − s) − 2s)·3/(2s³) − 1, without the factor s², in powers of s².
const L1 = 0.5999999999999946;
const L2 = 0.4285714285785502;
const L3 = 0.33333332981837743;
const L4 = 0.272728123808534;
const L5 = 0.23066074577556175;
const L6 = 0.20697501780033842;
// log2 1.5
const LOG2_THREE_HALVES = 0.5849624872207642;
const LOG2_THREE_HALVES_LOW = 1.350039202129749e-8;
// 2/(3·ln 2): whole, and as 21 bits and the rest.
const SCALE = 0.9617966939259756;
const SCALE_HIGH = 0.9617967009544373;
const SCALE_LOW = -7.028461650952758e-9;
// 1/ln 2: whole, and as 24 bits and the rest.
const INVERSE_LN2 = Math.LOG2E;
const INVERSE_LN2_HIGH = 1.4426950216293335;
const INVERSE_LN2_LOW = 1.9259629911266175e-8;

// r·(e^r + 1)/(e^r − 1) = 2 + P1·r² + P2·r⁴ + ...
const P1 = 0.16666666666666602;
const P2 = -0.0027777777777015593;
const P3 = 0.00006613756321437934;
const P4 = -0.0000016533902205465252;
const P5 = 4.1381367970572385e-8;
const LN2 = Math.LN2;
const LN2_HIGH = 0.6931471824645996;
const LN2_LOW = -1.904654299957768e-9;
/** What a product of 1024 must fall short of, for 2 to that power to round to a finite number. */
const OVERFLOW_MARGIN = 8.008566259537294e-17;
/** ½, the next upper word: below, no whole number is taken out of the product. */
const WHOLE_FROM = 0.5000004768371582;
const TWO_MINUS_54 = 5.551115123125783e-17;

/** 2 to the power y·(logHigh + logLow), where logHigh has at most 21 bits. */
function powerOfTwo(y: number, logHigh: number, logLow: number): number {
  const yHigh = withLowWord(y, 0);
  const low = (y - yHigh) * logHigh + y * logLow;
  let high = yHigh * logHigh;
  const product = low + high;
  if (product >= 1024) {
    if (product > 1024 || low + OVERFLOW_MARGIN > product - high) return INFINITY;
  } else if (product <= -1075) {
    if (product < -1075 || low <= product - high) return 0;
  }
  let whole = 0;
  if (Math.abs(product) >= WHOLE_FROM) {
    whole = Math.trunc(product + (product < 0 ? -0.5 : 0.5));
    high -= whole;
  }
  // r = part·ln 2, again as z and what its rounding lost.
  const part = withLowWord(low + high, 0);
  const u = part * LN2_HIGH;
  const v = (low - (part - high)) * LN2 + part * LN2_LOW;
  const z = u + v;
  const lost = v - (z - u);
  const square = z * z;
  const c = z - square * (P1 + square * (P2 + square * (P3 + square * (P4 + square * P5))));
  // fdlibm takes `lost + z·lost` from the quotient, V8 from its divisor: 0.91 ulp at most instead of 0.83, as measured. We
  // follow V8.
  const e = 1 - ((z * c) / (c - 2 - (lost + z * lost)) - z);
  const exponent = lowWord(whole + TO_LOW_WORD);
  if (whole >= -1021) return withHighWord(e, highWord(e) + (exponent << 20));
  // Into the subnormal numbers, rounding once.
  return e * fromWords((1077 + exponent) << 20, 0) * TWO_MINUS_54;
}

/** x to the power y for finite x > 0 and |y| up to about 2^31. */
function powerOfPositive(x: number, y: number): number {
  let n = -1023;
  let m = x;
  if (x < LEAST_NORMAL) {
    m = x * TWO_53;
    n = -1076;
  }
  const high = highWord(m);
  n = (n + (high >> 20)) | 0;
  const significand = high & 0x000fffff;
  // m = 2^n·a with a near c = 1 or 3/2; a up to √1.5 goes with 1, up to √3 with 3/2, above with 1 after halving.
  let exponent = 0x3ff00000;
  let c = 1;
  let cLog = 0;
  let cLogLow = 0;
  let cHalfWord = 0;
  if (significand > 0x3988e) {
    if (significand < 0xbb67a) {
      c = 1.5;
      cLog = LOG2_THREE_HALVES;
      cLogLow = LOG2_THREE_HALVES_LOW;
      cHalfWord = 0x40000;
    } else {
      n = (n + 1) | 0;
      exponent = 0x3fe00000;
    }
  }
  const aHigh = significand | exponent;
  const a = withHighWord(m, aHigh);

  // s = (a − c)/(a + c) as sHigh + sLow: log(a/c) = log(1 + s) − log(1 − s).
  const difference = a - c;
  const inverse = 1 / (a + c);
  const s = difference * inverse;
  const sHigh = withLowWord(s, 0);
  const sumHigh = fromWords(((aHigh >> 1) | 0x20000000) + 0x00080000 + cHalfWord, 0);
  const sumLow = a - (sumHigh - c);
  const sLow = inverse * (difference - sHigh * sumHigh - sHigh * sumLow);

  // 3/2·log(a/c) = s·(3 + s² + ...): the bracket as tHigh + tLow.
  const square = s * s;
  const series = square * square * (L1 + square * (L2 + square * (L3 + square * (L4 + square * (L5 + square * L6)))));
  const rest = series + sLow * (sHigh + s);
  const squareHigh = sHigh * sHigh;
  const tHigh = withLowWord(3 + squareHigh + rest, 0);
  const tLow = rest - (tHigh - 3 - squareHigh);

  const u = sHigh * tHigh;
  const v = sLow * tHigh + tLow * s;
  const pHigh = withLowWord(u + v, 0);
  const pLow = v - (pHigh - u);
  const zHigh = SCALE_HIGH * pHigh;
  const zLow = SCALE_LOW * pHigh + pLow * SCALE + cLogLow;
  const logHigh = withLowWord(zHigh + zLow + cLog + n, 0);
  const logLow = zLow - (logHigh - n - cLog - zHigh);
  return powerOfTwo(y, logHigh, logLow);
}

/** x to the power y for finite x > 0 and larger |y|. */
function powerWithHugeExponent(x: number, y: number): number {
  const high = highWord(x);
  if (high < 0x3fefffff) return y < 0 ? INFINITY : 0;
  if (high > 0x3ff00000) return y > 0 ? INFINITY : 0;
  // |x − 1| < 2^-20: four terms of the series do.
  const t = x - 1;
  const w = t * t * (0.5 - t * (0.3333333333333333 - t * 0.25));
  const u = INVERSE_LN2_HIGH * t;
  const v = t * INVERSE_LN2_LOW - w * INVERSE_LN2;
  const logHigh = withLowWord(u + v, 0);
  return powerOfTwo(y, logHigh, v - (logHigh - u));
}

/** 1 for odd, 2 for even, 0 for no whole number. */
function parity(y: number): number {
  const size = Math.abs(y);
  if (size >= TWO_53) return 2;
  if (Math.floor(size) !== size) return 0;
  const half = size * 0.5;
  return Math.floor(half) === half ? 2 : 1;
}

/** The rest of `pow`: x not a positive normal number, or y huge, infinite or NaN. */
function unusualPower(x: number, y: number): number {
  const size = Math.abs(x);
  const ySize = Math.abs(y);
  if (!(size <= INFINITY && ySize <= INFINITY)) return NOT_A_NUMBER;
  if (ySize === INFINITY) {
    // Not 1, as IEEE 754 has it: ECMAScript is older than that rule.
    if (size === 1) return NOT_A_NUMBER;
    return size > 1 ? Math.max(y, 0) : Math.max(-y, 0);
  }
  const kind = highWord(x) < 0 ? parity(y) : 2;
  let power = 0;
  if (size === 0 || size === INFINITY) {
    power = y < 0 ? 1 / size : size;
  } else if (kind === 0) {
    return NOT_A_NUMBER;
  } else if (size === 1) {
    power = 1;
  } else if (ySize < HUGE_EXPONENT) {
    power = powerOfPositive(size, y);
  } else {
    power = powerWithHugeExponent(size, y);
  }
  return kind === 1 ? -power : power;
}

/** x to the power y, `x ** y`. */
export function pow(x: number, y: number): number {
  // Exponents of few bits, among them those whose power is one operation.
  if (lowWord(y) === 0) {
    if (y === 2) return x * x;
    if (y === 1) return x;
    if (y === 0) return 1;
    if (y === -1) return 1 / x;
    if (y === 0.5 && x > 0) return Math.sqrt(x);
  }
  if (x >= LEAST_NORMAL && x < INFINITY && Math.abs(y) < HUGE_EXPONENT) return powerOfPositive(x, y);
  return unusualPower(x, y);
}
