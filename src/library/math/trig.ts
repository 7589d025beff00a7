/**
 * sin, cos, tan: `Math.sin`, `Math.cos`, `Math.tan` of a patch, in radians. Compiled by Segue's compiler, audio thread.
 *
 * Up to π/4 a polynomial alone (fdlibm); beyond, the angle is reduced first. Same bits as V8 with fdlibm; error below 1 ulp.
 */

import { cosineKernel, tangentKernel } from './kernels.ts';
import { reduced } from './reduction.ts';

/** The next upper word after π/4: what is below needs no reduction. */
const DIRECT_LIMIT = 0.7853984832763672;
/** 2^-27: below, sin x is x, and −0 stays −0. */
const TINY = 7.450580596923828e-9;

// As in kernels.ts, for an angle without a tail.
const S1 = -0.16666666666666632;
const S2 = 0.00833333333332249;
const S3 = -0.0001984126982985795;
const S4 = 0.0000027557313707070068;
const S5 = -2.5050760253406863e-8;
const S6 = 1.58969099521155e-10;

/** The sine of x radians. */
export function sin(x: number): number {
  const size = Math.abs(x);
  if (size < DIRECT_LIMIT) {
    if (size < TINY) return x;
    const z = x * x;
    return x + z * x * (S1 + z * (S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)))));
  }
  const y = reduced(0, size);
  return x < 0 ? -y : y;
}

/** The cosine of x radians. */
export function cos(x: number): number {
  const size = Math.abs(x);
  if (size < DIRECT_LIMIT) return cosineKernel(size, 0);
  return reduced(1, size);
}

/** The tangent of x radians. */
export function tan(x: number): number {
  const size = Math.abs(x);
  if (size < DIRECT_LIMIT) return tangentKernel(x, 0, 0);
  const y = reduced(2, size);
  return x < 0 ? -y : y;
}
