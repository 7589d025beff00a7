/**
 * sinh, cosh, tanh. Compiled by Segue's compiler, audio thread.
 *
 * e^x = 2^k·(1 + a + c) and e^-x = 2^-k·(1 − a + d) with the reduction and the polynomial of expm1: a is exact, c and d are
 * small. The exact terms are added with what each addition loses. Near 0, tanh is a polynomial. Error below 1 ulp.
 */

import { andBits, shiftBitsLeft, xorBits } from './intrinsics.ts';

const INFINITY = 1 / 0;
/** 2^-28: up to here, sinh x and tanh x are x, and cosh x is 1. */
const TINY = 3.725290298461914e-9;
/** Below this size tanh is a polynomial. */
const NEAR = 0.625;
/** From here on tanh is 1. */
const FLAT_FROM = 22;
/** Below this size, e^x and e^-x are normal numbers. */
const ORDINARY = 708;
/** From this size on, e^x/2 is infinite. */
const BEYOND = 760;
// As in exp.ts.
const INVERSE_LN2 = Math.LOG2E;
const LN2_HIGH = 0.6931471804855391;
const LN2_LOW = 7.440617110012397e-11;
const TO_EXPONENT = 6755399441056767;
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

// (1 − tanh(√z)/√z)/z for z ≤ 0.625²; error below 2^-61 of tanh.
const T1 = 0.33333333333333315;
const T2 = 0.13333333333329742;
const T3 = 0.05396825396605895;
const T4 = 0.021869488468716287;
const T5 = 0.008863234312588937;
const T6 = 0.0035921139999540294;
const T7 = 0.0014557259484709799;
const T8 = 5.894518004087684e-4;
const T9 = 2.3701173375478493e-4;
const T10 = 9.155841747490258e-5;
const T11 = 3.018722571439404e-5;
const T12 = 6.042470408342266e-6;

/**
 * The hyperbolic tangent of x, −1 to 1: x less a polynomial, without a division, where most of what is fed back in filters is.
 * There one result waits for the other, so terms are added up in pairs, and pairs of pairs, none of which waits for the rest.
 *
 * What is taken off is at most 0.071, with an error below 4.3 · 2^-53 of it: less, from one x to the next, than tanh rises by.
 */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (!(size < NEAR && size > TINY)) return tanhBeyond(x);
  const z = x * x;
  const z2 = z * z;
  const z4 = z2 * z2;
  const first = T1 - z * T2 + z2 * (T3 - z * T4);
  const second = T5 - z * T6 + z2 * (T7 - z * T8);
  const third = T9 - z * T10 + z2 * (T11 - z * T12);
  return x - x * z * (first + z4 * second + z4 * z4 * third);
}

/**
 * tanh from 0.625 on: 1 − 2/(e^2x + 1), with what is lost of the sum and of the difference. The quotient is below 0.45, half
 * a place of it a quarter of a place of the result.
 */
function tanhBeyond(x: number): number {
  const size = Math.abs(x);
  if (!(size < FLAT_FROM && size > TINY)) return extremeTanh(x);
  const twice = 2 * size;
  const shifted = twice * INVERSE_LN2 + TO_EXPONENT;
  const k = shifted - TO_EXPONENT;
  const power = shiftBitsLeft(shifted, 52);
  const a = twice - k * LN2_HIGH;
  const b = k * LN2_LOW;
  const r = a - b;
  const z = r * r;
  const z2 = z * z;
  const even = M2 + z * M4 + z2 * (M6 + z * M8 + z2 * M10);
  const odd = M1 + z * M3 + z2 * (M5 + z * M7 + z2 * M9);
  // 2^k·e^r + 1.
  const more = power + 1;
  const step = power * (a + (0.5 * z + (z * (r * odd + z * even) - b)));
  const sum = more + step;
  const sumLost = more - sum + step;
  const quotient = 2 / sum;
  const near = 1 - quotient;
  const nearLost = 1 - near - quotient;
  return xorBits(near + (nearLost + quotient * quotient * (0.5 * sumLost)), andBits(x, -0));
}

/** tanh of what is so small that it is x, of what is so large that it is 1 or −1, and of NaN. */
function extremeTanh(x: number): number {
  if (Math.abs(x) <= TINY) return x;
  if (x > 0) return 1;
  return x < 0 ? -1 : x;
}

/** The hyperbolic sine of x. */
export function sinh(x: number): number {
  const size = Math.abs(x);
  if (!(size < ORDINARY && size > TINY)) return extremeSinh(x);
  const shifted = size * INVERSE_LN2 + TO_EXPONENT;
  const k = shifted - TO_EXPONENT;
  const a = size - k * LN2_HIGH;
  const b = k * LN2_LOW;
  const r = a - b;
  const z = r * r;
  const even = M2 + z * (M4 + z * (M6 + z * (M8 + z * M10)));
  const odd = M1 + z * (M3 + z * (M5 + z * (M7 + z * M9)));
  const half = 0.5 * shiftBitsLeft(shifted, 52);
  const inverseHalf = 0.25 / half;
  // Half of 2^k − 2^-k + (2^k + 2^-k)·a, and the rest.
  const base = half - inverseHalf;
  const lost = half - base - inverseHalf;
  const step = half * a;
  const inverseStep = inverseHalf * a;
  const near = base + step;
  const nearLost = base - near + step;
  const sum = near + inverseStep;
  const sumLost = near - sum + inverseStep;
  const evenPart = 0.5 * z + z * (z * even);
  const oddPart = z * (r * odd) - b;
  const rest = half * (evenPart + oddPart) - inverseHalf * (evenPart - oddPart);
  return xorBits(sum + (sumLost + (nearLost + (lost + rest))), andBits(x, -0));
}

/** sinh of what is so small that it is x, and of what is large, infinite, or no number. */
function extremeSinh(x: number): number {
  if (Math.abs(x) <= TINY) return x;
  return x < 0 ? -halfExp(-x) : halfExp(x);
}

/** The hyperbolic cosine of x. */
export function cosh(x: number): number {
  const size = Math.abs(x);
  if (!(size < ORDINARY && size > TINY)) return extremeCosh(size);
  const shifted = size * INVERSE_LN2 + TO_EXPONENT;
  const k = shifted - TO_EXPONENT;
  const a = size - k * LN2_HIGH;
  const b = k * LN2_LOW;
  const r = a - b;
  const z = r * r;
  const even = M2 + z * (M4 + z * (M6 + z * (M8 + z * M10)));
  const odd = M1 + z * (M3 + z * (M5 + z * (M7 + z * M9)));
  const half = 0.5 * shiftBitsLeft(shifted, 52);
  const inverseHalf = 0.25 / half;
  // Half of 2^k + 2^-k + (2^k − 2^-k)·a, and the rest.
  const base = half + inverseHalf;
  const lost = half - base + inverseHalf;
  const step = half * a;
  const inverseStep = inverseHalf * a;
  const near = base + step;
  const nearLost = base - near + step;
  const sum = near - inverseStep;
  const sumLost = near - sum - inverseStep;
  const evenPart = 0.5 * z + z * (z * even);
  const oddPart = z * (r * odd) - b;
  const rest = half * (evenPart + oddPart) + inverseHalf * (evenPart - oddPart);
  return sum + (sumLost + (nearLost + (lost + rest)));
}

/** cosh of what is so small that it is 1, and of what is large, infinite, or no number. */
function extremeCosh(size: number): number {
  return size <= TINY ? 1 : halfExp(size);
}

/** e^x/2 for large x, infinite only where the half is; NaN of NaN. */
function halfExp(x: number): number {
  if (x >= BEYOND) return INFINITY;
  if (!(x < BEYOND)) return x;
  const shifted = x * INVERSE_LN2 + TO_EXPONENT;
  const k = shifted - TO_EXPONENT;
  const a = x - k * LN2_HIGH;
  const b = k * LN2_LOW;
  const r = a - b;
  const z = r * r;
  const even = M2 + z * (M4 + z * (M6 + z * (M8 + z * M10)));
  const odd = M1 + z * (M3 + z * (M5 + z * (M7 + z * M9)));
  const y = 1 + (a + (0.5 * z + (z * (r * odd + z * even) - b)));
  const half = Math.trunc(k * 0.5);
  return 0.5 * (y * shiftBitsLeft(half + TO_EXPONENT, 52)) * shiftBitsLeft(k - half + TO_EXPONENT, 52);
}
