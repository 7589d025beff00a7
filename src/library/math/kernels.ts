/**
 * Sine, cosine and tangent of an angle within ±π/4 that is given as `head + tail`: the head is the angle rounded to a
 * double, the tail what the rounding lost. Compiled by Segue's compiler and run on the audio thread.
 *
 * Coefficients and evaluation order: fdlibm (Sun Microsystems, 1993), minimax polynomials of the odd or even Taylor form.
 * For the angles that the short ways of trig.ts leave out.
 */

import { fromWords, highWord, withLowWord } from './intrinsics.ts';

// (sin x − x) / x³ in powers of x²; error below 2^-58 of sin x.
const S1 = -0.16666666666666632;
const S2 = 0.00833333333332249;
const S3 = -0.0001984126982985795;
const S4 = 0.0000027557313707070068;
const S5 = -2.5050760253406863e-8;
const S6 = 1.58969099521155e-10;

/** 2^-27: below, sin x is x. */
const SINE_TINY = 7.450580596923828e-9;

// (cos x − 1 + x²/2) / x⁴ in powers of x²; error below 2^-58.
const C1 = 0.0416666666666666;
const C2 = -0.001388888888887411;
const C3 = 0.00002480158728947673;
const C4 = -2.7557314351390663e-7;
const C5 = 2.087572321298175e-9;
const C6 = -1.1359647557788195e-11;
/** From here on 1 − x²/2 is taken apart; 0.3 cut to its upper word. */
const COSINE_SPLIT_FROM = 0.2999999523162842;
/** From here on the split point is fixed; the next upper word after 0.78125. */
const COSINE_SPLIT_FIXED_FROM = 0.7812504768371582;

// (tan x − x) / x³ in powers of x², up to 0.6744; error below 2^-59 of tan x.
const T0 = 0.3333333333333341;
const T1 = 0.13333333333320124;
const T2 = 0.05396825397622605;
const T3 = 0.021869488294859542;
const T4 = 0.0088632398235993;
const T5 = 0.0035920791075913124;
const T6 = 0.0014562094543252903;
const T7 = 0.0005880412408202641;
const T8 = 0.0002464631348184699;
const T9 = 0.00007817944429395571;
const T10 = 0.00007140724913826082;
const T11 = -0.000018558637485527546;
const T12 = 0.00002590730518636337;
/** From here on tan x is found from the tangent of π/4 − x. */
const TANGENT_FOLD_FROM = 0.6743354797363281;
const QUARTER_PI = 0.7853981633974483;
const QUARTER_PI_TAIL = 3.061616997868383e-17;
/** 2^-28: below, tan x is x. */
const TANGENT_TINY = 3.725290298461914e-9;

/** sin(head + tail) ≈ sin(head) + tail·cos(head), with 1 − head²/2 for the cosine. */
export function sineKernel(head: number, tail: number): number {
  if (Math.abs(head) < SINE_TINY) return head;
  const z = head * head;
  const cube = z * head;
  const r = S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)));
  return head - (z * (0.5 * tail - cube * r) - tail - cube * S1);
}

/**
 * cos(head + tail) ≈ cos(head) − tail·head. Above 0.3 the subtraction 1 − x²/2 would round away too much: with a short
 * number q near x²/2, both 1 − q and x²/2 − q are exact or nearly so, and the rounding happens once, at the end.
 */
export function cosineKernel(head: number, tail: number): number {
  const size = Math.abs(head);
  const z = head * head;
  const r = z * (C1 + z * (C2 + z * (C3 + z * (C4 + z * (C5 + z * C6)))));
  const rest = z * r - head * tail;
  if (size < COSINE_SPLIT_FROM) return 1 - (0.5 * z - rest);
  // An exponent less by two: a quarter of |head|, to 21 bits.
  const q = size < COSINE_SPLIT_FIXED_FROM ? fromWords(highWord(size) - 0x00200000, 0) : 0.28125;
  return 1 - q - (0.5 * z - q - rest);
}

/**
 * −1 / (head + rest) to the last bit: the plain quotient is corrected by one Newton step, whose products are exact
 * because their factors are cut to 21 bits.
 */
function negativeReciprocal(head: number, rest: number): number {
  const sum = head + rest;
  const sumHigh = withLowWord(sum, 0);
  const sumLow = rest - (sumHigh - head);
  const quotient = -1 / sum;
  const quotientHigh = withLowWord(quotient, 0);
  const residual = 1 + quotientHigh * sumHigh;
  return quotientHigh + quotient * (residual + quotientHigh * sumLow);
}

/** tan(head + tail), or −1/tan of it where `turned` is 1 (a quarter turn further on). */
export function tangentKernel(head: number, tail: number, turned: number): number {
  const size = Math.abs(head);
  if (size < TANGENT_TINY) {
    if (turned === 0) return head;
    return negativeReciprocal(head, tail);
  }
  let x = head;
  let low = tail;
  if (size >= TANGENT_FOLD_FROM) {
    // tan(π/4 − u) = (1 − tan u) / (1 + tan u), where u is small and the polynomial short enough.
    x = head < 0 ? QUARTER_PI + head + (QUARTER_PI_TAIL + tail) : QUARTER_PI - head + (QUARTER_PI_TAIL - tail);
    low = 0;
  }
  const z = x * x;
  const w = z * z;
  // Even and odd powers apart: two shorter chains run side by side in the processor.
  const odd = T1 + w * (T3 + w * (T5 + w * (T7 + w * (T9 + w * T11))));
  const even = z * (T2 + w * (T4 + w * (T6 + w * (T8 + w * (T10 + w * T12)))));
  const cube = z * x;
  const rest = low + z * (cube * (odd + even) + low) + T0 * cube;
  const sum = x + rest;
  if (size >= TANGENT_FOLD_FROM) {
    const one = turned === 0 ? 1 : -1;
    const folded = one - 2 * (x - ((sum * sum) / (sum + one) - rest));
    return head < 0 ? -folded : folded;
  }
  if (turned === 0) return sum;
  return negativeReciprocal(x, rest);
}

/**
 * The sine (`kind` 0), cosine (1) or tangent (2) of quadrant·π/2 + head + tail. The cosine is the sine a quarter turn on.
 */
export function circular(kind: number, quadrant: number, head: number, tail: number): number {
  if (kind === 2) return tangentKernel(head, tail, quadrant & 1);
  const turns = quadrant + kind;
  const value = (turns & 1) === 0 ? sineKernel(head, tail) : cosineKernel(head, tail);
  return (turns & 2) === 0 ? value : -value;
}
