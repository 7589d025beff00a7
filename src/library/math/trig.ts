/**
 * sin, cos, tan: `Math.sin`, `Math.cos`, `Math.tan` of a patch, in radians. Compiled by Segue's compiler, audio thread.
 *
 * sin: x = n·π + r with |r| ≤ π/2, π in three parts; the sign comes from the parity of n. r = h + l, h in steps of 2^-16, so
 * that h − 5/32·h³ is exact, and never far from sin r: what else there is, a minimax polynomial among it, is small and may be
 * rounded. cos is the same, n in halves. Error below 1 ulp.
 */

import { andBits, shiftBitsLeft, withLowWord, xorBits } from './intrinsics.ts';
import { reduced } from './reduction.ts';

/**
 * 2^-53. Where the square of h is not above that of n times this, x is 0 or too small for h, it is close to a multiple of π,
 * or n is so large that its products with the parts of π are not exact: those are apart.
 */
const NEARNESS = 1.1102230246251565e-16;
const INVERSE_PI = 0.3183098861837907;
const TWO_OVER_PI = 0.6366197723675814;
/** 1.5·2^52: added to a number, rounds it to a whole one, which is then in the lowest bits. */
const TO_WHOLE = 6755399441055744;
/** 1.5·2^36: added to a number, rounds it to a multiple of 2^-16. */
const TO_SIXTEENTH_BIT = 103079215104;
// π in 24 bits, 24 bits and the rest.
const PI_1 = 3.141592502593994;
const PI_2 = 1.5099578831723193e-7;
const PI_3 = 1.0780605716316238e-14;

// (sin r − r + 5/32·r³)/r³ in powers of r², for |r| ≤ π/2; error below 2^-61 of sin r.
const CUBIC = 0.15625;
/** 2^-27: below, sin x and tan x are x. */
const TINY = 7.450580596923828e-9;
/** 2^-15: below, sin x is x − x³/6 and tan x is x + x³/3. */
const SMALL = 0.000030517578125;
const ONE_THIRD = 0.3333333333333333;
const ONE_SIXTH = 0.16666666666666666;
const S0 = -0.010416666666666656;
const S1 = 0.008333333333333194;
const S2 = -0.00019841269841209207;
const S3 = 0.0000027557319211134937;
const S4 = -2.505210687257994e-8;
const S5 = 1.6058939694319024e-10;
const S6 = -7.642991177927597e-13;
const S7 = 2.7211715828424257e-15;

/** The sine of x radians. */
export function sin(x: number): number {
  const shifted = x * INVERSE_PI + TO_WHOLE;
  const n = shifted - TO_WHOLE;
  const close = x - n * PI_1 - n * PI_2;
  const high = close + TO_SIXTEENTH_BIT - TO_SIXTEENTH_BIT;
  const square = high * high;
  if (!(square > n * n * NEARNESS)) return rareSine(x);
  const low = close - high - n * PI_3;
  const r = high + low;
  const z = r * r;
  const w = z * z;
  const even = S0 + w * (S2 + w * (S4 + w * S6));
  const odd = S1 + w * (S3 + w * (S5 + w * S7));
  // r³ − h³ = l·(r² + h·(r + h))
  const rest = z * r * (even + z * odd) - low * CUBIC * (z + high * (r + high));
  const y = high - square * (high * CUBIC) + (low + rest);
  return xorBits(y, shiftBitsLeft(shifted, 63));
}

/** sin where h is 0, close to multiples of π, of what is large, and of what is no number. */
function rareSine(x: number): number {
  const size = Math.abs(x);
  if (size < TINY) return x;
  if (size < SMALL) return x - x * x * x * ONE_SIXTH;
  const y = reduced(0, size);
  return x < 0 ? -y : y;
}

/** The cosine of x radians. */
export function cos(x: number): number {
  const size = Math.abs(x);
  const shifted = size * INVERSE_PI + 0.5 + TO_WHOLE;
  const n = shifted - TO_WHOLE - 0.5;
  const whole = n * PI_1;
  const near = size - whole;
  // Where x is small, it has bits beyond those of the difference.
  const lost = size - (near + whole);
  const close = near - n * PI_2;
  const high = close + TO_SIXTEENTH_BIT - TO_SIXTEENTH_BIT;
  const square = high * high;
  if (!(square > n * n * NEARNESS)) return reduced(1, size);
  const low = close - high + (lost - n * PI_3);
  const r = high + low;
  const z = r * r;
  const w = z * z;
  const even = S0 + w * (S2 + w * (S4 + w * S6));
  const odd = S1 + w * (S3 + w * (S5 + w * S7));
  const rest = z * r * (even + z * odd) - low * CUBIC * (z + high * (r + high));
  const y = high - square * (high * CUBIC) + (low + rest);
  return xorBits(y, shiftBitsLeft(shifted, 63));
}

// (sin r − r)/r³ and (cos r − 1 + r²/2)/r⁴ in powers of r², for |r| ≤ π/4; error below 2^-57. Coefficients: fdlibm (Sun Microsystems, 1993).
const N0 = -0.16666666666666632;
const N1 = 0.00833333333332249;
const N2 = -0.0001984126982985795;
const N3 = 0.0000027557313707070068;
const N4 = -2.5050760253406863e-8;
const N5 = 1.58969099521155e-10;
const D0 = 0.0416666666666666;
const D1 = -0.001388888888887411;
const D2 = 0.00002480158728947673;
const D3 = -2.7557314351390663e-7;
const D4 = 2.087572321298175e-9;
const D5 = -1.1359647557788195e-11;
// π/2, as π above.
const HALF_PI_1 = 1.570796251296997;
const HALF_PI_2 = 7.549789415861596e-8;
const HALF_PI_3 = 5.390302858158119e-15;

/**
 * The tangent of x radians: with |x| = n·π/2 + r, it is sin r / cos r for even n and −cos r / sin r for odd, where sine and
 * cosine are a short number and a rest each, and the quotient is corrected by what its leading digits leave over.
 */
export function tan(x: number): number {
  const size = Math.abs(x);
  const shifted = size * TWO_OVER_PI + TO_WHOLE;
  const n = shifted - TO_WHOLE;
  const close = size - n * HALF_PI_1 - n * HALF_PI_2;
  const high = close + TO_SIXTEENTH_BIT - TO_SIXTEENTH_BIT;
  const square = high * high;
  if (!(square > n * n * NEARNESS)) return rareTangent(x);
  const low = close - high - n * HALF_PI_3;
  const r = high + low;
  const z = r * r;
  const w = z * z;
  const sineLow = low + z * r * (N0 + z * (N2 * z + N1 + w * (N3 + z * (N4 + z * N5))));
  const cosineHigh = 1 - 0.5 * square;
  const cosineLow = w * (D0 + z * (D1 + z * (D2 + z * (D3 + z * (D4 + z * D5))))) - 0.5 * low * (r + high);
  // 1 if n is odd: then numerator and denominator change places.
  const odd = n - 2 * Math.floor(0.5 * n);
  const swap = odd * (cosineHigh - high);
  const swapLow = odd * (cosineLow - sineLow);
  const topHigh = high + swap;
  const topLow = sineLow + swapLow;
  const bottomHigh = cosineHigh - swap;
  const bottomLow = cosineLow - swapLow;
  const top = topHigh + topLow;
  const topRest = topHigh - top + topLow;
  const bottom = bottomHigh + bottomLow;
  const bottomRest = bottomHigh - bottom + bottomLow;
  // Both factors of each product have few enough bits for it to be exact.
  const inverse = 1 / bottom;
  const quotient = withLowWord(top * inverse, 0);
  const bottomCut = withLowWord(bottom, 0);
  const left = top - quotient * bottomCut - quotient * (bottom - bottomCut);
  const y = quotient + (left + (topRest - quotient * bottomRest)) * inverse;
  return xorBits(y, xorBits(shiftBitsLeft(shifted, 63), andBits(x, -0)));
}

/** tan where h is 0, close to multiples of π/2, of what is large, and of what is no number. */
function rareTangent(x: number): number {
  const size = Math.abs(x);
  if (size < TINY) return x;
  if (size < SMALL) return x + x * x * x * ONE_THIRD;
  const y = reduced(2, size);
  return x < 0 ? -y : y;
}
