/**
 * log, log1p, log2, log10. Compiled by Segue's compiler, audio thread.
 *
 * x = 2^k·(1 + f) with 1 + f between √½ and √2. With s = f/(2 + f), log(1 + f) = 2s + s·R(s²); the error of R is below
 * 2^-58. 2s itself is written as f − s·f or f − f²/2 + s·f²/2, so that f, which is exact, carries the leading digits.
 * Method and coefficients: fdlibm (Sun Microsystems, 1993; log2 after FreeBSD's msun). Same bits as V8; error below 1 ulp.
 */

import { fromWords, highWord, lowWord, withHighWord, withLowWord } from './intrinsics.ts';

const INFINITY = 1 / 0;
const NOT_A_NUMBER = 0 / 0;
const TWO_54 = 18014398509481984;

// ln 2 in 33 bits and the rest: k times the first is exact.
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

const L1 = 0.6666666666666735;
const L2 = 0.3999999999940942;
const L3 = 0.2857142874366239;
const L4 = 0.22222198432149784;
const L5 = 0.1818357216161805;
const L6 = 0.15313837699209373;
const L7 = 0.14798198605116586;

// 1/ln 2 in 32 bits and the rest.
const INVERSE_LN2_HIGH = 1.4426950407214463;
const INVERSE_LN2_LOW = 1.6751713164886512e-10;

const INVERSE_LN10 = Math.LOG10E;
const LOG10_2_HIGH = 0.30102999566361177;
const LOG10_2_LOW = 3.694239077158931e-13;

// Where log1p needs no reduction: √½ − 1 to √2 − 1, cut to upper words.
const LOG1P_DIRECT_FROM = -0.2928934097290039;
const LOG1P_DIRECT_TO = 0.4142136573791504;
const TWO_53 = 9007199254740992;
/** 2^-29: below, log(1 + x) is x − x²/2. */
const LOG1P_SMALL = 1.862645149230957e-9;
/** 2^-54: below, log(1 + x) is x. */
const LOG1P_TINY = 5.551115123125783e-17;

/** s·(f²/2 + R): log(1 + f) without f − f²/2. */
function logRest(f: number, halfSquare: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (L2 + w * (L4 + w * L6));
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  return s * (halfSquare + (odd + even));
}

/** The logarithms of what is not a positive normal number: 0, negative, infinite, NaN. */
function logOfSpecial(x: number): number {
  if (x === 0) return -INFINITY;
  return x > 0 ? x : NOT_A_NUMBER;
}

/** The natural logarithm of x. */
export function log(x: number): number {
  let high = highWord(x);
  let scaled = x;
  let k = -1023;
  if (high < 0x00100000 || high >= 0x7ff00000) {
    if (!(x > 0 && x < INFINITY)) return logOfSpecial(x);
    scaled = x * TWO_54;
    k = -1077;
    high = highWord(scaled);
  }
  const significand = high & 0x000fffff;
  // 0x100000 where the significand is above √2: then it is halved and k one more.
  const above = (significand + 0x95f64) & 0x100000;
  k = (k + (high >> 20) + (above >> 20)) | 0;
  const f = withHighWord(scaled, significand | (above ^ 0x3ff00000)) - 1;

  if (((2 + significand) & 0x000fffff) < 3) {
    // |f| < 2^-20: three terms do.
    const rest = f * f * (0.5 - 0.3333333333333333 * f);
    return k * LN2_HIGH - (rest - k * LN2_LOW - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (L2 + w * (L4 + w * L6));
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  const r = odd + even;
  if (significand >= 0x6147a && significand <= 0x6b851) {
    const halfSquare = 0.5 * f * f;
    return k * LN2_HIGH - (halfSquare - (s * (halfSquare + r) + k * LN2_LOW) - f);
  }
  return k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
}

/** The natural logarithm of 1 + x, without the loss of digits near 0. */
export function log1p(x: number): number {
  if (x < LOG1P_DIRECT_TO) {
    const size = Math.abs(x);
    if (size < LOG1P_SMALL) return size < LOG1P_TINY ? x : x - x * x * 0.5;
    if (x > LOG1P_DIRECT_FROM) {
      const halfSquare = 0.5 * x * x;
      return x - (halfSquare - log1pRest(x, halfSquare));
    }
    if (!(x > -1)) return x === -1 ? -INFINITY : NOT_A_NUMBER;
  }
  if (!(x < INFINITY)) return x;
  // u = 1 + x rounded; c makes up for the rounding: log(1 + x) ≈ log u + ((1 + x) − u)/u.
  let u = x;
  let c = 0;
  if (x < TWO_53) {
    u = 1 + x;
    c = (u >= 2 ? 1 - (u - x) : x - (u - 1)) / u;
  }
  const high = highWord(u);
  let k = ((high >> 20) - 1023) | 0;
  let significand = high & 0x000fffff;
  let f = 0;
  if (significand < 0x6a09e) {
    f = withHighWord(u, significand | 0x3ff00000) - 1;
  } else {
    k = (k + 1) | 0;
    f = withHighWord(u, significand | 0x3fe00000) - 1;
    significand = (0x00100000 - significand) >> 2;
  }
  const halfSquare = 0.5 * f * f;
  if (significand === 0) {
    const rest = halfSquare * (1 - 0.6666666666666666 * f);
    return k * LN2_HIGH - (rest - (k * LN2_LOW + c) - f);
  }
  return k * LN2_HIGH - (halfSquare - (log1pRest(f, halfSquare) + (k * LN2_LOW + c)) - f);
}

/** As logRest, the polynomial in one chain: log1p rounds in this order. */
function log1pRest(f: number, halfSquare: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const r = z * (L1 + z * (L2 + z * (L3 + z * (L4 + z * (L5 + z * (L6 + z * L7))))));
  return s * (halfSquare + r);
}

/** The logarithm of x to base 2; exact for powers of 2. */
export function log2(x: number): number {
  let high = highWord(x);
  let scaled = x;
  let k = -1023;
  if (high < 0x00100000 || high >= 0x7ff00000) {
    if (!(x > 0 && x < INFINITY)) return logOfSpecial(x);
    scaled = x * TWO_54;
    k = -1077;
    high = highWord(scaled);
  }
  const significand = high & 0x000fffff;
  const above = (significand + 0x95f64) & 0x100000;
  k = (k + (high >> 20) + (above >> 20)) | 0;
  const f = withHighWord(scaled, significand | (above ^ 0x3ff00000)) - 1;
  const halfSquare = 0.5 * f * f;
  const rest = logRest(f, halfSquare);
  // log(1 + f) and 1/ln 2 both as a short and a small number, so that the product keeps some ten bits more.
  const logHigh = withLowWord(f - halfSquare, 0);
  const logLow = f - logHigh - halfSquare + rest;
  const product = logHigh * INVERSE_LN2_HIGH;
  const sum = k + product;
  const low = (logLow + logHigh) * INVERSE_LN2_LOW + logLow * INVERSE_LN2_HIGH + (k - sum + product);
  return low + sum;
}

/** The logarithm of x to base 10; exact for powers of 10 up to 10^22. */
export function log10(x: number): number {
  let high = highWord(x);
  let scaled = x;
  let k = -1023;
  if (high < 0x00100000 || high >= 0x7ff00000) {
    if (!(x > 0 && x < INFINITY)) return logOfSpecial(x);
    scaled = x * TWO_54;
    k = -1077;
    high = highWord(scaled);
  }
  k = (k + (high >> 20)) | 0;
  // Below 1 the significand is taken between ½ and 1, so that both terms have the same sign.
  const below = k >>> 31;
  const whole = (k + below) | 0;
  const part = fromWords((high & 0x000fffff) | ((0x3ff - below) << 20), lowWord(scaled));
  return whole * LOG10_2_LOW + INVERSE_LN10 * log(part) + whole * LOG10_2_HIGH;
}
