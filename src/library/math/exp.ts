/**
 * exp, exp2, expm1. Compiled by Segue's compiler, audio thread.
 *
 * x = k·ln 2 + r with |r| ≤ ln 2 / 2, where r = a − b: a is exact, b small. e^r = 1 + r + r²/2 + r³·p(r), p a minimax polynomial.
 * The leading terms are added last, so that their rounding is all that counts. Error below 1 ulp. Where x is ordinary, terms of p
 * are added up in pairs that do not wait for each other.
 */

import { andBits, orBits, shiftBitsLeft, withLowWord } from './intrinsics.ts';

const INFINITY = 1 / 0;
/** 2^-60: up to here, e^x is 1 and e^x − 1 is x. What is smaller is kept from being squared: subnormal numbers are slow. */
const TINY = 8.673617379884035e-19;
/** Below this size, e^x and e^-x are normal numbers. */
const ORDINARY = 708;
/** From this size on, e^x is 0 or infinite. */
const BEYOND = 760;
const INVERSE_LN2 = Math.LOG2E;
// ln 2 in 33 bits, so that k times it is exact, and the rest.
const LN2_HIGH = 0.6931471804855391;
const LN2_LOW = 7.440617110012397e-11;
// ln 2 in 32 bits, whose product with a number of 21 bits is exact, and the rest.
const LN2_CUT = 0.6931471803691238;
const LN2_REST = 1.9082149292705877e-10;
/** Below this size, 2^x and 2^-x are normal numbers. */
const ORDINARY_BINARY = 1022;
/** From this size on, 2^x is 0 or infinite. */
const BEYOND_BINARY = 1100;
/** 1.5·2^26: added to a number, rounds it to a multiple of 2^-26. */
const TO_26_BITS = 100663296;
/** 1.5·2^52 + 1023: added to a whole number k, leaves k + 1023, the exponent of 2^k, in the lowest bits. */
const TO_EXPONENT = 6755399441056767;

// (e^r − 1 − r − r²/2)/r³ for |r| ≤ 0.34663; error below 2^-57 of e^r.
const E1 = 0.16666666666666433;
const E2 = 0.04166666666660393;
const E3 = 0.008333333333500099;
const E4 = 0.0013888888926811103;
const E5 = 0.00019841269466115748;
const E6 = 0.000024801508660299355;
const E7 = 0.0000027557640917901405;
const E8 = 2.7625196976928527e-7;
const E9 = 2.4978379706644405e-8;

// The same with one term more; error below 2^-61 of e^r − 1.
const M1 = 0.16666666666666677;
const M2 = 0.0416666666666667;
const M3 = 0.008333333333321636;
const M4 = 0.0013888888888866874;
const M5 = 0.00019841269886118444;
const M6 = 0.000024801587360502028;
const M7 = 0.000002755724421494097;
const M8 = 2.755724279526215e-7;
const M9 = 2.510903541533717e-8;
const M10 = 2.0924434756704826e-9;

/** e to the power x. */
export function exp(x: number): number {
  const size = Math.abs(x);
  if (!(size < ORDINARY && size > TINY)) return extremeExp(x);
  const shifted = x * INVERSE_LN2 + TO_EXPONENT;
  const k = shifted - TO_EXPONENT;
  const a = x - k * LN2_HIGH;
  const b = k * LN2_LOW;
  const r = a - b;
  const z = r * r;
  const w = z * z;
  const even = E2 + z * E4 + w * (E6 + z * E8);
  const odd = E1 + z * E3 + w * (E5 + z * E7 + w * E9);
  return (1 + (a + (0.5 * z + (z * (r * odd + z * even) - b)))) * shiftBitsLeft(shifted, 52);
}

/** exp where it is 1, where it is no normal number, and where x is none. */
function extremeExp(x: number): number {
  if (Math.abs(x) <= TINY) return 1;
  if (x > BEYOND) return INFINITY;
  if (x < -BEYOND) return 0;
  if (!(Math.abs(x) <= BEYOND)) return x;
  const shifted = x * INVERSE_LN2 + TO_EXPONENT;
  const k = shifted - TO_EXPONENT;
  const a = x - k * LN2_HIGH;
  const b = k * LN2_LOW;
  const r = a - b;
  const z = r * r;
  const w = z * z;
  const even = E2 + z * E4 + w * (E6 + z * E8);
  const odd = E1 + z * E3 + w * (E5 + z * E7 + w * E9);
  const y = 1 + (a + (0.5 * z + (z * (r * odd + z * even) - b)));
  // In two steps, the first of which is exact, so that a subnormal result is rounded once.
  const half = Math.trunc(k * 0.5);
  return y * shiftBitsLeft(half + TO_EXPONENT, 52) * shiftBitsLeft(k - half + TO_EXPONENT, 52);
}

/** 2 to the power x: what `2 ** x` is. x = k + f, and 2^f = e^(f·ln 2), f·ln 2 = a + b as above. */
export function exp2(x: number): number {
  const size = Math.abs(x);
  if (!(size < ORDINARY_BINARY && size > TINY)) return extremeExp2(x);
  const shifted = x + TO_EXPONENT;
  return exp2Fraction(x - (shifted - TO_EXPONENT)) * shiftBitsLeft(shifted, 52);
}

/** 2 to the power f, |f| ≤ 1/2. */
function exp2Fraction(f: number): number {
  const cut = withLowWord(f, 0);
  const a = cut * LN2_CUT;
  const b = cut * LN2_REST + (f - cut) * Math.LN2;
  const r = a + b;
  const z = r * r;
  const w = z * z;
  const even = M2 + z * M4 + w * (M6 + z * M8 + w * M10);
  const odd = M1 + z * M3 + w * (M5 + z * M7 + w * M9);
  // With what the first addition loses, so that 2 ** 0.5 is the root of 2.
  const base = 1 + a;
  return base + (1 - base + a + (0.5 * z + (z * (r * odd + z * even) + b)));
}

/** exp2 where it is 1, where it is no normal number, and where x is none. */
function extremeExp2(x: number): number {
  if (Math.abs(x) <= TINY) return 1;
  if (x > BEYOND_BINARY) return INFINITY;
  if (x < -BEYOND_BINARY) return 0;
  if (!(Math.abs(x) <= BEYOND_BINARY)) return x;
  const k = x + TO_EXPONENT - TO_EXPONENT;
  // In two steps, the first of which is exact, so that a subnormal result is rounded once.
  const half = Math.trunc(k * 0.5);
  return exp2Fraction(x - k) * shiftBitsLeft(half + TO_EXPONENT, 52) * shiftBitsLeft(k - half + TO_EXPONENT, 52);
}

/** e to the power x, less 1, without the loss of digits near 0. */
export function expm1(x: number): number {
  const size = Math.abs(x);
  if (!(size < ORDINARY && size > TINY)) return extremeExpm1(x);
  const shifted = x * INVERSE_LN2 + TO_EXPONENT;
  const k = shifted - TO_EXPONENT;
  const power = shiftBitsLeft(shifted, 52);
  const a = x - k * LN2_HIGH;
  const b = k * LN2_LOW;
  const r = a - b;
  const z = r * r;
  const even = M2 + z * (M4 + z * (M6 + z * (M8 + z * M10)));
  const odd = M1 + z * (M3 + z * (M5 + z * (M7 + z * M9)));
  // (2^k − 1) + 2^k·(a + h²/2), h a short number near r, with what the additions lose; and the rest.
  const h = r + TO_26_BITS - TO_26_BITS;
  const base = power - 1;
  const step = power * a;
  const square = power * (0.5 * (h * h));
  const first = base + step;
  const second = first + square;
  const lost = base - first + step + (first - second + square);
  const rest = 0.5 * (r - h) * (r + h) + (z * (r * odd + z * even) - b);
  // The sign of x is that of the result, also where both are 0.
  return orBits(second + (lost + power * rest), andBits(x, -0));
}

/** expm1 where it is x, where it is −1 or infinite, and of NaN. */
function extremeExpm1(x: number): number {
  return Math.abs(x) <= TINY ? x : extremeExp(x) - 1;
}
