/**
 * log, log1p, log2, log10. Compiled by Segue's compiler, audio thread.
 *
 * x = 2^k·(1 + f) with 1 + f between √½ and √2. With s = f/(2 + f), log(1 + f) = 2s + s·R(s²); the error of R is below
 * 2^-58. 2s itself is written as f − f²/2 + s·f²/2, so that f, which is exact, carries the leading digits.
 * Method and coefficients: fdlibm (Sun Microsystems, 1993; log2 and log10 after FreeBSD's msun). Error below 1 ulp.
 */

import { addBits, andBits, orBits, shiftBitsRight, withLowWord } from './intrinsics.ts';

const INFINITY = 1 / 0;
const NOT_A_NUMBER = 0 / 0;
const LEAST_NORMAL = 2.2250738585072014e-308;
/** 2^1023, from where on the exponent has no room for one more. */
const TOO_LARGE = 8.98846567431158e307;
const TWO_54 = 18014398509481984;

/** The bits that make the exponent one more where the significand is above √2. */
const ROOT_CARRY = 1.303418938634091e-308;
/** The bits of a significand. */
const SIGNIFICAND = 2.225073858507201e-308;
/** √½ in 21 bits: its bits are those of 1 less the carry. */
const ROOT_HALF = 0.7071065902709961;
/** 2^52, and the same with the exponent's bias. */
const TWO_52 = 4503599627370496;
const TWO_52_BIASED = 4503599627371519;

// ln 2 in 33 bits and the rest: k times the first is exact.
const LN2_HIGH = 0.6931471804855391;
const LN2_LOW = 7.440617110012397e-11;

const L1 = 0.6666666666666735;
const L2 = 0.3999999999940942;
const L3 = 0.2857142874366239;
const L4 = 0.22222198432149784;
const L5 = 0.1818357216161805;
const L6 = 0.15313837699209373;
const L7 = 0.14798198605116586;

// 1/ln 2 and 1/ln 10 in 32 bits and the rest; log10 2 in 42 bits and the rest.
const INVERSE_LN2_HIGH = 1.4426950407214463;
const INVERSE_LN2_LOW = 1.6751713164886512e-10;
const INVERSE_LN10_HIGH = 0.4342944818781689;
const INVERSE_LN10_LOW = 2.5082946711645275e-11;
const LOG10_2_HIGH = 0.30102999566361177;
const LOG10_2_LOW = 3.694239077158931e-13;

/** The logarithms of 0, of negative and infinite numbers, and of NaN. */
function logOfSpecial(x: number): number {
  if (x === 0) return -INFINITY;
  return x > 0 ? x : NOT_A_NUMBER;
}

/** The natural logarithm of x. */
export function log(x: number): number {
  if (!(x >= LEAST_NORMAL && x < TOO_LARGE)) return extremeLog(x);
  const carried = addBits(x, ROOT_CARRY);
  const k = orBits(shiftBitsRight(carried, 52), TWO_52) - TWO_52_BIASED;
  const f = addBits(andBits(carried, SIGNIFICAND), ROOT_HALF) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (L2 + w * (L4 + w * L6));
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  const halfSquare = 0.5 * f * f;
  return k * LN2_HIGH - (halfSquare - (s * (halfSquare + (odd + even)) + k * LN2_LOW) - f);
}

/** log of what is not a positive normal number, and of the largest. */
function extremeLog(x: number): number {
  if (!(x > 0 && x < INFINITY)) return logOfSpecial(x);
  return x < 1 ? scaledLog(x * TWO_54, -54) : scaledLog(x * 0.5, 1);
}

/** log(x·2^offset) */
export function scaledLog(x: number, offset: number): number {
  const carried = addBits(x, ROOT_CARRY);
  const k = orBits(shiftBitsRight(carried, 52), TWO_52) - TWO_52_BIASED + offset;
  const f = addBits(andBits(carried, SIGNIFICAND), ROOT_HALF) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (L2 + w * (L4 + w * L6));
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  const halfSquare = 0.5 * f * f;
  return k * LN2_HIGH - (halfSquare - (s * (halfSquare + (odd + even)) + k * LN2_LOW) - f);
}

/** The logarithm of x to base 2; exact for powers of 2. */
export function log2(x: number): number {
  if (!(x >= LEAST_NORMAL && x < TOO_LARGE)) return extremeLog2(x);
  const carried = addBits(x, ROOT_CARRY);
  const k = orBits(shiftBitsRight(carried, 52), TWO_52) - TWO_52_BIASED;
  const f = addBits(andBits(carried, SIGNIFICAND), ROOT_HALF) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (L2 + w * (L4 + w * L6));
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  const halfSquare = 0.5 * f * f;
  // log(1 + f) as a short number and the rest.
  const high = withLowWord(f - halfSquare, 0);
  const low = f - high - halfSquare + s * (halfSquare + (odd + even));
  const product = high * INVERSE_LN2_HIGH;
  const sum = k + product;
  return (low + high) * INVERSE_LN2_LOW + low * INVERSE_LN2_HIGH + (k - sum + product) + sum;
}

/** log2 of what is not a positive normal number, and of the largest. */
function extremeLog2(x: number): number {
  if (!(x > 0 && x < INFINITY)) return logOfSpecial(x);
  return x < 1 ? scaledLog2(x * TWO_54, -54) : scaledLog2(x * 0.5, 1);
}

/** log2(x·2^offset) */
function scaledLog2(x: number, offset: number): number {
  const carried = addBits(x, ROOT_CARRY);
  const k = orBits(shiftBitsRight(carried, 52), TWO_52) - TWO_52_BIASED + offset;
  const f = addBits(andBits(carried, SIGNIFICAND), ROOT_HALF) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (L2 + w * (L4 + w * L6));
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  const halfSquare = 0.5 * f * f;
  // log(1 + f) as a short number and the rest.
  const high = withLowWord(f - halfSquare, 0);
  const low = f - high - halfSquare + s * (halfSquare + (odd + even));
  const product = high * INVERSE_LN2_HIGH;
  const sum = k + product;
  return (low + high) * INVERSE_LN2_LOW + low * INVERSE_LN2_HIGH + (k - sum + product) + sum;
}

/** The logarithm of x to base 10; exact for powers of 10 up to 10^22. */
export function log10(x: number): number {
  if (!(x >= LEAST_NORMAL && x < TOO_LARGE)) return extremeLog10(x);
  const carried = addBits(x, ROOT_CARRY);
  const k = orBits(shiftBitsRight(carried, 52), TWO_52) - TWO_52_BIASED;
  const f = addBits(andBits(carried, SIGNIFICAND), ROOT_HALF) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (L2 + w * (L4 + w * L6));
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  const halfSquare = 0.5 * f * f;
  // log(1 + f) as a short number and the rest.
  const high = withLowWord(f - halfSquare, 0);
  const low = f - high - halfSquare + s * (halfSquare + (odd + even));
  const product = high * INVERSE_LN10_HIGH;
  const whole = k * LOG10_2_HIGH;
  const sum = whole + product;
  const rest = k * LOG10_2_LOW + (low + high) * INVERSE_LN10_LOW + low * INVERSE_LN10_HIGH;
  return rest + (whole - sum + product) + sum;
}

/** log10 of what is not a positive normal number, and of the largest. */
function extremeLog10(x: number): number {
  if (!(x > 0 && x < INFINITY)) return logOfSpecial(x);
  return x < 1 ? scaledLog10(x * TWO_54, -54) : scaledLog10(x * 0.5, 1);
}

/** log10(x·2^offset) */
function scaledLog10(x: number, offset: number): number {
  const carried = addBits(x, ROOT_CARRY);
  const k = orBits(shiftBitsRight(carried, 52), TWO_52) - TWO_52_BIASED + offset;
  const f = addBits(andBits(carried, SIGNIFICAND), ROOT_HALF) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (L2 + w * (L4 + w * L6));
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  const halfSquare = 0.5 * f * f;
  // log(1 + f) as a short number and the rest.
  const high = withLowWord(f - halfSquare, 0);
  const low = f - high - halfSquare + s * (halfSquare + (odd + even));
  const product = high * INVERSE_LN10_HIGH;
  const whole = k * LOG10_2_HIGH;
  const sum = whole + product;
  const rest = k * LOG10_2_LOW + (low + high) * INVERSE_LN10_LOW + low * INVERSE_LN10_HIGH;
  return rest + (whole - sum + product) + sum;
}

/** The natural logarithm of 1 + x, without the loss of digits near 0. */
export function log1p(x: number): number {
  if (!(x > -1 && x < TOO_LARGE)) return extremeLog1p(x);
  // u is 1 + x rounded; log(u + c) = log u + c/u.
  const u = 1 + x;
  const added = u - 1;
  const c = 1 - (u - added) + (x - added);
  const carried = addBits(u, ROOT_CARRY);
  const k = orBits(shiftBitsRight(carried, 52), TWO_52) - TWO_52_BIASED;
  const f = addBits(andBits(carried, SIGNIFICAND), ROOT_HALF) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (L2 + w * (L4 + w * L6));
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  const halfSquare = 0.5 * f * f;
  const y = k * LN2_HIGH - (halfSquare - (s * (halfSquare + (odd + even)) + (k * LN2_LOW + c / u)) - f);
  // The sign of x is that of the result, also where both are 0.
  return orBits(y, andBits(x, -0));
}

/** log1p from -1 down, for the largest numbers and for NaN. */
function extremeLog1p(x: number): number {
  return x === -1 ? -INFINITY : extremeLog(x);
}

/** log(u + c) for u of at least 1 and a small c. */
export function logOfSum(u: number, c: number): number {
  const carried = addBits(u, ROOT_CARRY);
  const k = orBits(shiftBitsRight(carried, 52), TWO_52) - TWO_52_BIASED;
  const f = addBits(andBits(carried, SIGNIFICAND), ROOT_HALF) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (L2 + w * (L4 + w * L6));
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  const halfSquare = 0.5 * f * f;
  return k * LN2_HIGH - (halfSquare - (s * (halfSquare + (odd + even)) + (k * LN2_LOW + c / u)) - f);
}
