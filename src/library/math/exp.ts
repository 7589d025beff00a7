/**
 * exp, expm1. Compiled by Segue's compiler, audio thread.
 *
 * x = k·ln 2 + r with |r| ≤ ln 2 / 2; e^r from a quotient in r², whose error is below 2^-59; then k goes into the exponent.
 * Method and coefficients: fdlibm (Sun Microsystems, 1993). Same bits as V8; error below 1 ulp.
 */

import { fromWords, lowWord } from './intrinsics.ts';

const INFINITY = 1 / 0;

/** ln 2 / 2, the next upper word: up to here no reduction is needed. */
const DIRECT_LIMIT = 0.3465735912322998;
/** Below this size e^x neither overflows nor leaves the normal numbers by more than 2^-1024. */
const SURELY_FINITE = 709.7822265625;
const OVERFLOW = 709.782712893384;
const UNDERFLOW = -745.1332191019411;
const INVERSE_LN2 = Math.LOG2E;
// ln 2 in 33 bits and the rest: k times the first is exact.
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** 1.5·2^52: added to a whole number of either sign, puts it into the low word. */
const TO_LOW_WORD = 6755399441055744;

// r·(e^r + 1)/(e^r − 1) = 2 + P1·r² + P2·r⁴ + ...
const P1 = 0.16666666666666602;
const P2 = -0.0027777777777015593;
const P3 = 0.00006613756321437934;
const P4 = -0.0000016533902205465252;
const P5 = 4.1381367970572385e-8;
/** 2^-28: below, e^x is 1 + x. */
const TINY = 3.725290298461914e-9;
const TWO_1023 = 8.98846567431158e307;
const TWO_MINUS_1000 = 9.332636185032189e-302;

// The same quotient in powers of r²/2, as expm1 needs it.
const Q1 = -0.03333333333333313;
const Q2 = 0.0015873015872548146;
const Q3 = -0.0000793650757867488;
const Q4 = 0.000004008217827329362;
const Q5 = -2.0109921818362437e-7;
/** 56·ln 2, the next upper word below: from −this on e^x − 1 is −1. */
const EXPM1_FLAT_FROM = 38.81622314453125;
/** 2^-54: below, e^x − 1 is x. */
const EXPM1_TINY = 5.551115123125783e-17;

/** e to the power x. */
export function exp(x: number): number {
  const size = Math.abs(x);
  if (size < DIRECT_LIMIT) {
    if (size < TINY) return 1 + x;
    const z = x * x;
    const c = x - z * (P1 + z * (P2 + z * (P3 + z * (P4 + z * P5))));
    return 1 - ((x * c) / (c - 2) - x);
  }
  if (!(size < SURELY_FINITE)) {
    if (x > OVERFLOW) return INFINITY;
    if (x < UNDERFLOW) return 0;
    if (!(size > 0)) return x;
  }
  // The formula is one bit off for e itself, which programs compare with Math.E.
  if (x === 1) return Math.E;
  const k = Math.trunc(INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5));
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const z = r * r;
  const c = r - z * (P1 + z * (P2 + z * (P3 + z * (P4 + z * P5))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  const exponent = lowWord(k + TO_LOW_WORD);
  if (k >= -1021) {
    if (k < 1024) return y * fromWords(0x3ff00000 + (exponent << 20), 0);
    return y * 2 * TWO_1023;
  }
  // Into the subnormal numbers, rounding once.
  return y * fromWords(0x3ff00000 + ((exponent + 1000) << 20), 0) * TWO_MINUS_1000;
}

/** e to the power x, less 1, without the loss of digits near 0. */
export function expm1(x: number): number {
  const size = Math.abs(x);
  if (!(size < EXPM1_FLAT_FROM)) {
    if (x > OVERFLOW) return INFINITY;
    if (x < 0) return -1;
    if (!(x > 0)) return x;
  }
  if (size < EXPM1_TINY) return x;
  let k = 0;
  let r = x;
  let lost = 0;
  if (size >= DIRECT_LIMIT) {
    k = Math.trunc(INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5));
    const high = x - k * LN2_HIGH;
    const low = k * LN2_LOW;
    r = high - low;
    lost = high - r - low;
  }
  const half = 0.5 * r;
  const z = r * half;
  const quotient = 1 + z * (Q1 + z * (Q2 + z * (Q3 + z * (Q4 + z * Q5))));
  const t = 3 - quotient * half;
  const e = z * ((quotient - t) / (6 - r * t));
  if (k === 0) return r - (r * e - z);
  // e^r − 1 = r − rest, with what the reduction lost.
  const rest = r * (e - lost) - lost - z;
  // 2^k·(e^r − 1) + (2^k − 1), where the sum rounds least.
  if (k === 1) return r < -0.25 ? -2 * (rest - (r + 0.5)) : 1 + 2 * (r - rest);
  if (k === -1) return 0.5 * (r - rest) - 0.5;
  const exponent = lowWord(k + TO_LOW_WORD);
  const power = fromWords(0x3ff00000 + (exponent << 20), 0);
  if (k < 0 || k > 56) {
    const y = 1 - (rest - r);
    return k < 1024 ? y * power - 1 : y * 2 * TWO_1023 - 1;
  }
  if (k < 20) {
    // 1 − 2^-k
    const t1 = fromWords(0x3ff00000 - (0x200000 >> exponent), 0);
    return (t1 - (rest - r)) * power;
  }
  const inverse = fromWords((0x3ff - exponent) << 20, 0);
  return (r - (rest + inverse) + 1) * power;
}
