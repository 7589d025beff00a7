/**
 * sinh, cosh, tanh and their inverses, by way of exp and log. Compiled by Segue's compiler, audio thread.
 *
 * Near 0 they go by way of expm1 and log1p, where the sums of exponentials would cancel.
 * Method: fdlibm (Sun Microsystems, 1993). Same bits as V8.
 */

import { exp, expm1 } from './exp.ts';
import { highWord } from './intrinsics.ts';
import { log, log1p } from './log.ts';

const INFINITY = 1 / 0;
const NOT_A_NUMBER = 0 / 0;
const LN2 = Math.LN2;
/** 2^-28: below, each of these functions of x is x, or 1, and −0 stays −0. */
const TINY = 3.725290298461914e-9;
/** ln 2 / 2, the next upper word. */
const HALF_LN2 = 0.3465735912322998;
/** From here on e^-x is less than the last bit of e^x. */
const ONE_SIDED_FROM = 22;
/** From here on e^x may overflow where half of it does not. */
const EXP_MAY_OVERFLOW_FROM = 709.7822265625;
const OVERFLOW = 710.4758600739439;
/** 2^28, as an upper word: from here on √(x² ± 1) is x. */
const LARGE_HIGH = 0x41b00000;
const TWO_HIGH = 0x40000000;

/** e^x / 2 for x ≥ 22, infinite only where the half is. */
function halfExp(x: number): number {
  if (x < EXP_MAY_OVERFLOW_FROM) return 0.5 * exp(x);
  if (x <= OVERFLOW) {
    const root = exp(0.5 * x);
    return 0.5 * root * root;
  }
  return x * INFINITY;
}

/** The hyperbolic sine of x. */
export function sinh(x: number): number {
  const size = Math.abs(x);
  if (size < ONE_SIDED_FROM) {
    if (size < TINY) return x;
    const h = x < 0 ? -0.5 : 0.5;
    const t = expm1(size);
    return size < 1 ? h * (2 * t - (t * t) / (t + 1)) : h * (t + t / (t + 1));
  }
  const y = halfExp(size);
  return x < 0 ? -y : y;
}

/** The hyperbolic cosine of x. */
export function cosh(x: number): number {
  const size = Math.abs(x);
  if (size < HALF_LN2) {
    const t = expm1(size);
    const e = 1 + t;
    return 1 + (t * t) / (e + e);
  }
  if (size < ONE_SIDED_FROM) {
    const t = exp(size);
    return 0.5 * t + 0.5 / t;
  }
  return halfExp(size);
}

/** The hyperbolic tangent of x, −1 to 1. */
export function tanh(x: number): number {
  const size = Math.abs(x);
  let y = 1;
  if (size < 1) {
    if (size < TINY) return x;
    const t = expm1(-2 * size);
    y = -t / (t + 2);
  } else if (size < ONE_SIDED_FROM) {
    y = 1 - 2 / (expm1(2 * size) + 2);
  } else if (!(size >= ONE_SIDED_FROM)) {
    return x;
  }
  return x < 0 ? -y : y;
}

/** The inverse hyperbolic sine of x: log(x + √(x² + 1)). */
export function asinh(x: number): number {
  const size = Math.abs(x);
  if (size < TINY) return x;
  const high = highWord(size);
  let y = 0;
  if (high <= TWO_HIGH) {
    const t = x * x;
    y = log1p(size + t / (1 + Math.sqrt(1 + t)));
  } else if (high <= LARGE_HIGH) {
    y = log(2 * size + 1 / (Math.sqrt(x * x + 1) + size));
  } else {
    y = log(size) + LN2;
  }
  return x < 0 ? -y : y;
}

/** The inverse hyperbolic cosine of x, 0 and above: log(x + √(x² − 1)); NaN below 1. */
export function acosh(x: number): number {
  if (!(x >= 1)) return NOT_A_NUMBER;
  const high = highWord(x);
  if (high <= TWO_HIGH) {
    const t = x - 1;
    return log1p(t + Math.sqrt(2 * t + t * t));
  }
  if (high < LARGE_HIGH) return log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
  return log(x) + LN2;
}

/** The inverse hyperbolic tangent of x: log((1 + x)/(1 − x))/2; infinite at ±1, NaN beyond. */
export function atanh(x: number): number {
  const size = Math.abs(x);
  if (size < 0.5) {
    if (size < TINY) return x;
    const t = size + size;
    const y = 0.5 * log1p(t + (t * size) / (1 - size));
    return x < 0 ? -y : y;
  }
  if (size < 1) {
    const y = 0.5 * log1p((size + size) / (1 - size));
    return x < 0 ? -y : y;
  }
  return size === 1 ? x * INFINITY : NOT_A_NUMBER;
}
