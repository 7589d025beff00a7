/**
 * pow: JavaScript's `x ** y`, and cube: `x ** 3`. Compiled by Segue's compiler, audio thread.
 *
 * e^(y·log|x|), where log|x| and the product are each a number and what its rounding loses, some 11 bits more than a double
 * has: the whole part of the product takes ten of them. The sign is that of x where y is odd. Square, cube, square root and
 * powers of 2, and all that is rare, are apart. Error below 1 ulp.
 */

import { productRest } from './exact.ts';
import { exp2 } from './exp.ts';
import {
  addBits,
  andBits,
  highWord,
  orBits,
  shiftBitsLeft,
  shiftBitsRight,
  withLowWord,
  xorBits,
} from './intrinsics.ts';

const INFINITY = 1 / 0;
const NOT_A_NUMBER = 0 / 0;
const LEAST_NORMAL = 2.2250738585072014e-308;
/** 2^1023, from where on the exponent has no room for one more. */
const TOO_LARGE = 8.98846567431158e307;
const TWO_53 = 9007199254740992;
/** 2^-60: up to this size of its logarithm, a power is 1. */
const TINY = 8.673617379884035e-19;
/** Below this size of its logarithm, a power is a normal number. */
const ORDINARY = 708;
/** From this size of its logarithm on, a power is 0 or infinite. */
const BEYOND = 760;
/** 2^50: below, adding 1.5·2^52 rounds to a whole number, and tells odd from even. */
const HUGE_EXPONENT = 1125899906842624;
const TO_WHOLE = 6755399441055744;

// As in log.ts: the significand between √½ and √2, and the exponent.
const ROOT_CARRY = 1.303418938634091e-308;
const SIGNIFICAND = 2.225073858507201e-308;
const ROOT_HALF = 0.7071065902709961;
const TWO_52 = 4503599627370496;
const TWO_52_BIASED = 4503599627371519;

// (log(1 + s) − log(1 − s) − 2s − 2/3·s³)/s⁵ in powers of s² for |s| ≤ 0.17158; error below 2^-57.
const G0 = 0.4;
const G1 = 0.28571428571429375;
const G2 = 0.22222222221651608;
const G3 = 0.1818181833625929;
const G4 = 0.15384594878958463;
const G5 = 0.13334808829512737;
const G6 = 0.1170613485831408;
const G7 = 0.11724156757725923;
const TWO_THIRDS = 0.6666666666666666;
// 2/3 in 5 bits, whose product with a cube of 48 bits is exact, and the rest.
const CUBIC = 0.65625;
const CUBIC_REST = 0.010416666666666666;
// ln 2 in 42 bits and the rest.
const LN2_HIGH = 0.6931471805598903;
const LN2_LOW = 5.497923018708371e-14;
const INVERSE_LN2 = Math.LOG2E;
/** 1.5·2^52 + 1023: added to a whole number k, leaves the exponent of 2^k in the lowest bits. */
const TO_EXPONENT = 6755399441056767;

// (e^r − 1 − r − r²/2)/r³ as in exp.ts, for expm1.
const E1 = 0.16666666666666677;
const E2 = 0.0416666666666667;
const E3 = 0.008333333333321636;
const E4 = 0.0013888888888866874;
const E5 = 0.00019841269886118444;
const E6 = 0.000024801587360502028;
const E7 = 0.000002755724421494097;
const E8 = 2.755724279526215e-7;
const E9 = 2.510903541533717e-8;
const E10 = 2.0924434756704826e-9;

/** x to the power y, `x ** y`. */
export function pow(x: number, y: number): number {
  const size = Math.abs(x);
  const carried = addBits(size, ROOT_CARRY);
  const k = orBits(shiftBitsRight(carried, 52), TWO_52) - TWO_52_BIASED;
  const f = addBits(andBits(carried, SIGNIFICAND), ROOT_HALF) - 1;
  // s = f/(2 + f) as sHigh + sLow, sHigh in 16 bits.
  const sum = 2 + f;
  const sumRest = f - (sum - 2);
  const inverse = 1 / sum;
  const s = f * inverse;
  const sHigh = shiftBitsLeft(shiftBitsRight(s, 37), 37);
  const sumCut = withLowWord(sum, 0);
  const sLow = inverse * (f - sHigh * sumCut - sHigh * (sum - sumCut + sumRest));
  // log x = k·ln 2 + 2·s + 2/3·s³ + ...: first the terms that are exact, with what their additions lose; then the rest.
  const z = s * s;
  const w = z * z;
  const even = G0 + w * (G2 + w * (G4 + w * G6));
  const odd = G1 + w * (G3 + w * (G5 + w * G7));
  const square = sHigh * sHigh;
  const cube = square * sHigh;
  const whole = k * LN2_HIGH;
  const first = whole + 2 * sHigh;
  const second = first + cube * CUBIC;
  const lost = whole - first + 2 * sHigh + (first - second + cube * CUBIC);
  // s² and s³ beyond those of sHigh: in the plain powers of s, its error would count several times.
  const squareRest = sLow * (s + sHigh);
  const cubeRest = sLow * (z + sHigh * (s + sHigh));
  const fifth = cube * square + (cube * squareRest + cubeRest * z);
  const series = cube * CUBIC_REST + fifth * (even + z * odd);
  const rest = 2 * sLow + cubeRest * TWO_THIRDS + (series + (lost + k * LN2_LOW));
  const logHigh = second + rest;
  const logLow = second - logHigh + rest;
  // The product, and what its rounding loses.
  const product = y * logHigh;
  const yCut = withLowWord(y, 0);
  const logCut = withLowWord(logHigh, 0);
  const yLow = y - yCut;
  const cutLow = logHigh - logCut;
  const low = yCut * logCut - product + yCut * cutLow + yLow * logCut + yLow * cutLow + y * logLow;
  // Whole numbers are their own rounding; for others, x must be positive.
  const yShifted = y + TO_WHOLE;
  if (
    !(size >= LEAST_NORMAL && size < TOO_LARGE && Math.abs(product) < ORDINARY && Math.abs(product) > TINY) ||
    (x < 0 && !(yShifted - TO_WHOLE === y && Math.abs(y) < HUGE_EXPONENT)) ||
    x === 2 ||
    y === 2 ||
    y === 3 ||
    y === 0.5
  )
    return rarePower(x, y);
  const shifted = product * INVERSE_LN2 + TO_EXPONENT;
  const n = shifted - TO_EXPONENT;
  const a = product - n * LN2_HIGH;
  const b = n * LN2_LOW;
  const r = a - b;
  const q = r * r;
  const evenPower = E2 + q * (E4 + q * (E6 + q * (E8 + q * E10)));
  const oddPower = E1 + q * (E3 + q * (E5 + q * (E7 + q * E9)));
  // e^r = 1 + a + (the rest), with what the first addition loses; and once more the part of it that `low` asks for.
  const base = 1 + a;
  const power = 1 - base + a + (0.5 * q + (q * (r * oddPower + q * evenPower) - b));
  const value = base + (power + low * (base + power));
  const sign = andBits(shiftBitsLeft(yShifted, 63), andBits(x, -0));
  return xorBits(value * shiftBitsLeft(shifted, 52), sign);
}

/** 2^-300 and 2^300: between, neither a cube nor what its roundings lose is of extreme size. */
const CUBE_SMALL = 4.909093465297727e-91;
const CUBE_LARGE = 2.037035976334486e90;

/** x cubed, what `x ** 3` is: rounded once, with what the two products lose. */
export function cube(x: number): number {
  const size = Math.abs(x);
  if (!(size < CUBE_LARGE && size > CUBE_SMALL)) return extremeCube(x);
  const square = x * x;
  const product = square * x;
  return product + (productRest(square, x, product) + productRest(x, x, square) * x);
}

function extremeCube(x: number): number {
  const size = Math.abs(x);
  // As it is for 0, infinity and NaN.
  if (!(size > 0 && size < INFINITY)) return x * x * x;
  const power = extremePower(size, 3);
  return x < 0 ? -power : power;
}

/** The powers that have a function of their own, and those of 0, infinity and NaN, or where the result or an argument is of extreme size. */
function rarePower(x: number, y: number): number {
  if (x === 2) return exp2(y);
  if (y === 2) return x * x;
  if (y === 3) return cube(x);
  if (y === 0.5 && x > 0) return Math.sqrt(x);
  if (y === 0) return 1;
  const size = Math.abs(x);
  const ySize = Math.abs(y);
  if (!(size <= INFINITY && ySize <= INFINITY)) return NOT_A_NUMBER;
  if (ySize === INFINITY) {
    // Not 1, as IEEE 754 has it: ECMAScript is older than that rule.
    if (size === 1) return NOT_A_NUMBER;
    return size > 1 ? Math.max(y, 0) : Math.max(-y, 0);
  }
  const kind = highWord(x) < 0 ? parity(y) : 2;
  if (size === 0 || size === INFINITY) {
    const power = y < 0 ? 1 / size : size;
    return kind === 1 ? -power : power;
  }
  if (kind === 0) return NOT_A_NUMBER;
  const power = size === 1 ? 1 : extremePower(size, y);
  return kind === 1 ? -power : power;
}

/** 1 for odd, 2 for even, 0 for no whole number. */
function parity(y: number): number {
  const size = Math.abs(y);
  if (size >= TWO_53) return 2;
  if (Math.floor(size) !== size) return 0;
  const half = size * 0.5;
  return Math.floor(half) === half ? 2 : 1;
}

/** x^y for finite x > 0, not 1, and any finite y. */
function extremePower(x: number, y: number): number {
  if (x < LEAST_NORMAL) return scaledPower(x * TWO_53, -53, y);
  return x < TOO_LARGE ? scaledPower(x, 0, y) : scaledPower(x * 0.5, 1, y);
}

/** (x·2^offset)^y for a normal x. */
function scaledPower(x: number, offset: number, y: number): number {
  const carried = addBits(x, ROOT_CARRY);
  const k = orBits(shiftBitsRight(carried, 52), TWO_52) - TWO_52_BIASED + offset;
  const f = addBits(andBits(carried, SIGNIFICAND), ROOT_HALF) - 1;
  // s = f/(2 + f) as sHigh + sLow, sHigh in 16 bits.
  const sum = 2 + f;
  const sumRest = f - (sum - 2);
  const inverse = 1 / sum;
  const s = f * inverse;
  const sHigh = shiftBitsLeft(shiftBitsRight(s, 37), 37);
  const sumCut = withLowWord(sum, 0);
  const sLow = inverse * (f - sHigh * sumCut - sHigh * (sum - sumCut + sumRest));
  // log x = k·ln 2 + 2·s + 2/3·s³ + ...: first the terms that are exact, with what their additions lose; then the rest.
  const z = s * s;
  const w = z * z;
  const even = G0 + w * (G2 + w * (G4 + w * G6));
  const odd = G1 + w * (G3 + w * (G5 + w * G7));
  const square = sHigh * sHigh;
  const cube = square * sHigh;
  const whole = k * LN2_HIGH;
  const first = whole + 2 * sHigh;
  const second = first + cube * CUBIC;
  const lost = whole - first + 2 * sHigh + (first - second + cube * CUBIC);
  // s² and s³ beyond those of sHigh: in the plain powers of s, its error would count several times.
  const squareRest = sLow * (s + sHigh);
  const cubeRest = sLow * (z + sHigh * (s + sHigh));
  const fifth = cube * square + (cube * squareRest + cubeRest * z);
  const series = cube * CUBIC_REST + fifth * (even + z * odd);
  const rest = 2 * sLow + cubeRest * TWO_THIRDS + (series + (lost + k * LN2_LOW));
  const logHigh = second + rest;
  const logLow = second - logHigh + rest;
  const estimate = y * (logHigh + logLow);
  if (estimate > BEYOND) return INFINITY;
  if (estimate < -BEYOND) return 0;
  if (Math.abs(estimate) <= TINY) return 1;
  // The product, and what its rounding loses.
  const product = y * logHigh;
  const yCut = withLowWord(y, 0);
  const logCut = withLowWord(logHigh, 0);
  const yLow = y - yCut;
  const cutLow = logHigh - logCut;
  const low = yCut * logCut - product + yCut * cutLow + yLow * logCut + yLow * cutLow + y * logLow;
  const shifted = product * INVERSE_LN2 + TO_EXPONENT;
  const n = shifted - TO_EXPONENT;
  const a = product - n * LN2_HIGH;
  const b = n * LN2_LOW;
  const r = a - b;
  const q = r * r;
  const evenPower = E2 + q * (E4 + q * (E6 + q * (E8 + q * E10)));
  const oddPower = E1 + q * (E3 + q * (E5 + q * (E7 + q * E9)));
  // e^r = 1 + a + (the rest), with what the first addition loses; and once more the part of it that `low` asks for.
  const base = 1 + a;
  const power = 1 - base + a + (0.5 * q + (q * (r * oddPower + q * evenPower) - b));
  const value = base + (power + low * (base + power));
  // In two steps, the first of which is exact, so that a subnormal result is rounded once.
  const half = Math.trunc(n * 0.5);
  return value * shiftBitsLeft(half + TO_EXPONENT, 52) * shiftBitsLeft(n - half + TO_EXPONENT, 52);
}
