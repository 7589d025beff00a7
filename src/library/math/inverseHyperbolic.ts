/**
 * asinh, acosh, atanh: logarithms of a sum u + c, where c is what the rounding of u loses. Compiled by Segue's compiler, audio thread.
 * Error below 1 ulp.
 */

import { productRest } from './exact.ts';
import { andBits, orBits } from './intrinsics.ts';
import { logOfSum, scaledLog } from './log.ts';

const INFINITY = 1 / 0;
const NOT_A_NUMBER = 0 / 0;
/** 2^-28: below, asinh x and atanh x are x. */
const TINY = 3.725290298461914e-9;
/** 2^28: from here on √(x² ± 1) is x. */
const LARGE = 268435456;

/** The inverse hyperbolic sine of x: log(x + √(1 + x²)). */
export function asinh(x: number): number {
  const size = Math.abs(x);
  if (!(size >= TINY && size < LARGE)) return extremeArea(x);
  // 1 + x² as sum + rest, and its root likewise.
  const square = size * size;
  const sum = 1 + square;
  const larger = Math.max(1, square);
  const rest = larger - sum + Math.min(1, square) + productRest(size, size, square);
  const root = Math.sqrt(sum);
  const rootRest = (rest - productRest(root, root, sum)) / (2 * root);
  const u = root + size;
  return orBits(logOfSum(u, root - u + size + rootRest), andBits(x, -0));
}

/** asinh of what is so small that it is x, or so large that it is log 2x. */
function extremeArea(x: number): number {
  const size = Math.abs(x);
  if (!(size >= LARGE && size < INFINITY)) return x;
  const y = scaledLog(size * 0.5, 2);
  return x < 0 ? -y : y;
}

/** The inverse hyperbolic cosine of x, 0 and above: log(1 + t + √(2t + t²)) with t = x − 1; NaN below 1. */
export function acosh(x: number): number {
  if (!(x > 1 && x < LARGE)) return extremeCosine(x);
  const t = x - 1;
  // 2t + t² = t·(x + 1) as square + rest, and its root likewise.
  const more = x + 1;
  const square = t * more;
  const rest = productRest(t, more, square) + t * (x - more + 1);
  const root = Math.sqrt(square);
  const rootRest = (rest - productRest(root, root, square)) / (2 * root);
  const larger = Math.max(t, root);
  const sum = t + root;
  const sumRest = larger - sum + Math.min(t, root) + rootRest;
  const u = 1 + sum;
  const added = u - 1;
  const c = 1 - (u - added) + (sum - added) + sumRest;
  return logOfSum(u, c);
}

/** acosh of 1, of what is so large that it is log 2x, and of what has none. */
function extremeCosine(x: number): number {
  if (x === 1) return 0;
  if (!(x >= LARGE)) return NOT_A_NUMBER;
  return x < INFINITY ? scaledLog(x * 0.5, 2) : x;
}

/** The inverse hyperbolic tangent of x: log(1 + 2x/(1 − x))/2; infinite at ±1, NaN beyond. */
export function atanh(x: number): number {
  const size = Math.abs(x);
  if (!(size < 1 && size >= TINY)) return extremeAreaTangent(x);
  const top = 2 * size;
  const bottom = 1 - size;
  const bottomRest = 1 - bottom - size;
  const quotient = top / bottom;
  const product = quotient * bottom;
  const quotientRest = (top - product - productRest(quotient, bottom, product) - quotient * bottomRest) / bottom;
  const u = 1 + quotient;
  const added = u - 1;
  const c = 1 - (u - added) + (quotient - added) + quotientRest;
  return orBits(0.5 * logOfSum(u, c), andBits(x, -0));
}

/** atanh of what is so small that it is x, of ±1, and of what has none. */
function extremeAreaTangent(x: number): number {
  const size = Math.abs(x);
  if (size < TINY) return x;
  return size === 1 ? x * INFINITY : NOT_A_NUMBER;
}
