/**
 * asin, acos, atan, atan2: results in radians. Compiled by Segue's compiler, audio thread.
 *
 * Method and coefficients: fdlibm (Sun Microsystems, 1993). Error below 1 ulp.
 */

import { productRest } from './exact.ts';
import { highWord, withLowWord } from './intrinsics.ts';

const INFINITY = 1 / 0;
const NOT_A_NUMBER = 0 / 0;

const PI = Math.PI;
const PI_TAIL = 1.2246467991473532e-16;
const HALF_PI = 1.5707963267948966;
const HALF_PI_TAIL = 6.123233995736766e-17;
const QUARTER_PI = 0.7853981633974483;

// (asin x − x) / x³ as a quotient of polynomials in x², for |x| ≤ 1/2; error below 2^-58.
const P0 = 0.16666666666666666;
const P1 = -0.3255658186224009;
const P2 = 0.20121253213486293;
const P3 = -0.04005553450067941;
const P4 = 0.0007915349942898145;
const P5 = 0.00003479331075960212;
const Q1 = -2.403394911734414;
const Q2 = 2.0209457602335057;
const Q3 = -0.6882839716054533;
const Q4 = 0.07703815055590194;
/** 0.975 cut to its upper word. */
const ARC_SINE_STEEP_FROM = 0.9749999046325684;

// (x − atan x) / x in powers of x², for |x| ≤ 7/16.
const A0 = 0.3333333333333293;
const A1 = -0.19999999999876483;
const A2 = 0.14285714272503466;
const A3 = -0.11111110405462356;
const A4 = 0.09090887133436507;
const A5 = -0.0769187620504483;
const A6 = 0.06661073137387531;
const A7 = -0.058335701337905735;
const A8 = 0.049768779946159324;
const A9 = -0.036531572744216916;
const A10 = 0.016285820115365782;
const ATAN_HALF = 0.4636476090008061;
const ATAN_HALF_TAIL = 2.2698777452961687e-17;
const ATAN_ONE_TAIL = 3.061616997868383e-17;
const ATAN_THREE_HALVES = 0.982793723247329;
const ATAN_THREE_HALVES_TAIL = 1.3903311031230998e-17;
/** 2^500 and 2^-400: between, a quotient's rounding error is a normal number. */
const LARGE = 3.273390607896142e150;
const SMALL = 3.8725919148493183e-121;
/** 2^-60: below, asin x and atan x are x. Subnormal squares would be slow. */
const TINY = 8.673617379884035e-19;
const TWO_600 = 4.149515568880993e180;
const TWO_MINUS_600 = 2.409919865102884e-181;
const TWO_MINUS_60 = 8.673617379884035e-19;

/** (asin x − x) / x for z = x². */
function arcSineRest(z: number): number {
  const p = z * (P0 + z * (P1 + z * (P2 + z * (P3 + z * (P4 + z * P5)))));
  const q = 1 + z * (Q1 + z * (Q2 + z * (Q3 + z * Q4)));
  return p / q;
}

/** The arc sine of x, −π/2 to π/2; NaN outside −1 to 1. */
export function asin(x: number): number {
  const size = Math.abs(x);
  if (size < TINY) return x;
  if (size < 0.5) return x + x * arcSineRest(x * x);
  if (size < 1) {
    // asin x = π/2 − 2·asin √((1 − x)/2)
    const z = (1 - size) * 0.5;
    const root = Math.sqrt(z);
    const rest = arcSineRest(z);
    let y = 0;
    if (size >= ARC_SINE_STEEP_FROM) {
      y = HALF_PI - (2 * (root + root * rest) - HALF_PI_TAIL);
    } else {
      // The root is rounded: take a short one that squares exactly, and correct for the difference.
      const rootHigh = withLowWord(root, 0);
      const rootLow = (z - rootHigh * rootHigh) / (root + rootHigh);
      const small = 2 * root * rest - (HALF_PI_TAIL - 2 * rootLow);
      y = QUARTER_PI - (small - (QUARTER_PI - 2 * rootHigh));
    }
    return x < 0 ? -y : y;
  }
  if (size === 1) return x * HALF_PI;
  return NOT_A_NUMBER;
}

/** The arc cosine of x, 0 to π; NaN outside −1 to 1. */
export function acos(x: number): number {
  const size = Math.abs(x);
  if (size < TINY) return HALF_PI - x;
  if (size < 0.5) return HALF_PI - (x - (HALF_PI_TAIL - x * arcSineRest(x * x)));
  if (size < 1) {
    const z = (1 - size) * 0.5;
    const root = Math.sqrt(z);
    const rest = arcSineRest(z) * root;
    if (x < 0) return PI - 2 * (root + (rest - HALF_PI_TAIL));
    const rootHigh = withLowWord(root, 0);
    const rootLow = (z - rootHigh * rootHigh) / (root + rootHigh);
    return 2 * (rootHigh + (rest + rootLow));
  }
  if (size === 1) return x < 0 ? PI : 0;
  return NOT_A_NUMBER;
}

/** The arc tangent of x, −π/2 to π/2. */
export function atan(x: number): number {
  const size = Math.abs(x);
  if (size < TINY) return x;
  const y = arcTangent(size, 0, 0);
  return highWord(x) < 0 ? -y : y;
}

/** atan x + tail for x of at least 0; π less that where `behind` is 1. */
function arcTangent(x: number, tail: number, behind: number): number {
  // atan x = atan c + atan((x − c) / (1 + c·x)) with the nearest of c = 0, 1/2, 1, 3/2, ∞.
  let t = x;
  let base = 0;
  let baseTail = 0;
  if (x >= 2.4375) {
    t = -1 / x;
    base = HALF_PI;
    baseTail = HALF_PI_TAIL;
  } else if (x >= 1.1875) {
    t = (x - 1.5) / (1 + 1.5 * x);
    base = ATAN_THREE_HALVES;
    baseTail = ATAN_THREE_HALVES_TAIL;
  } else if (x >= 0.6875) {
    t = (x - 1) / (x + 1);
    base = QUARTER_PI;
    baseTail = ATAN_ONE_TAIL;
  } else if (x >= 0.4375) {
    t = (2 * x - 1) / (2 + x);
    base = ATAN_HALF;
    baseTail = ATAN_HALF_TAIL;
  }
  // Even and odd powers apart, so that two shorter chains run side by side.
  const z = t * t;
  const w = z * z;
  const even = z * (A0 + w * (A2 + w * (A4 + w * (A6 + w * (A8 + w * A10)))));
  const odd = w * (A1 + w * (A3 + w * (A5 + w * (A7 + w * A9))));
  const lacking = t * (even + odd) - (baseTail + tail) - t;
  if (behind === 0) return base - lacking;
  const turned = PI - base;
  return turned + (lacking + (PI - turned - base + PI_TAIL));
}

/** The angle of the point (x, y) seen from the origin, −π to π, with the signs of zeros as ECMAScript has them. */
export function atan2(y: number, x: number): number {
  const across = Math.abs(x);
  const up = Math.abs(y);
  const behind = highWord(x) >>> 31;
  let angle = 0;
  if (across < LARGE && across > SMALL && up < LARGE && up > SMALL) angle = angleOfPoint(up, across, behind);
  else angle = extremeAngle(up, across, behind);
  return highWord(y) < 0 ? -angle : angle;
}

/** atan of the quotient, and of what its rounding loses; π less that where `behind` is 1. */
function angleOfPoint(up: number, across: number, behind: number): number {
  const slope = up / across;
  const product = slope * across;
  const lost = (up - product - productRest(slope, across, product)) / across;
  return arcTangent(slope, lost / (1 + slope * slope), behind);
}

/** The same where a coordinate is zero, infinite, NaN, very large or very small. */
function extremeAngle(up: number, across: number, behind: number): number {
  if (!(across <= INFINITY && up <= INFINITY)) return NOT_A_NUMBER;
  if (up === INFINITY && across === INFINITY) return behind === 0 ? QUARTER_PI : 3 * QUARTER_PI;
  if (up === 0 || across === INFINITY) return behind === 0 ? 0 : PI;
  if (up * TWO_MINUS_60 > across) return HALF_PI;
  if (across * TWO_MINUS_60 > up) return behind === 0 ? up / across : PI;
  const scale = up >= 1 ? TWO_MINUS_600 : TWO_600;
  return angleOfPoint(up * scale, across * scale, behind);
}
