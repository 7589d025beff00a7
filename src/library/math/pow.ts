/**
 * pow: JavaScript's `x ** y`. Compiled by Segue's compiler, audio thread.
 *
 * e^(y·log|x|), where log|x| and the product are each a short number and a rest, some 12 bits more than a double has: the
 * whole part of the product takes ten of them. The sign is that of x where y is odd. Powers that are one operation, and
 * all that is rare, are apart. Method: fdlibm (Sun Microsystems, 1993), with one centre instead of two and base e. Error
 * below 1 ulp.
 */

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

// (log(1 + s) − log(1 − s))·3/(2s) − 3 − s², without the factor s⁴, in powers of s² for |s| ≤ 0.17158; error below 2^-57.
const G0 = 0.6;
const G1 = 0.4285714285714406;
const G2 = 0.3333333333247741;
const G3 = 0.27272727504388933;
const G4 = 0.23076892318437697;
const G5 = 0.20002213244269104;
const G6 = 0.17559202287471118;
const G7 = 0.17586235136588885;
// 2/3 in 21 bits and the rest.
const TWO_THIRDS = 0.6666666666666666;
const TWO_THIRDS_HIGH = 0.6666665077209473;
const TWO_THIRDS_LOW = 1.5894571940104166e-7;
// ln 2 in 42 bits and the rest.
const LN2_HIGH = 0.6931471805598903;
const LN2_LOW = 5.497923018708371e-14;
const INVERSE_LN2 = Math.LOG2E;
/** 1.5·2^52 + 1023: added to a whole number k, leaves the exponent of 2^k in the lowest bits. */
const TO_EXPONENT = 6755399441056767;

// As in exp.ts.
const E0 = 0.5000000000000011;
const E1 = 0.16666666666666413;
const E2 = 0.04166666666653009;
const E3 = 0.008333333333494545;
const E4 = 0.0013888888943649302;
const E5 = 0.00019841269506439468;
const E6 = 0.0000248014930766613;
const E7 = 0.0000027557586455929537;
const E8 = 2.76302570689383e-7;
const E9 = 2.500004998163179e-8;

/** x to the power y, `x ** y`. */
export function pow(x: number, y: number): number {
  const size = Math.abs(x);
  const carried = addBits(size, ROOT_CARRY);
  const k = orBits(shiftBitsRight(carried, 52), TWO_52) - TWO_52_BIASED;
  const f = addBits(andBits(carried, SIGNIFICAND), ROOT_HALF) - 1;
  // s = f/(2 + f) as sHigh + sLow.
  const sum = 2 + f;
  const sumRest = f - (sum - 2);
  const inverse = 1 / sum;
  const s = f * inverse;
  const sHigh = withLowWord(s, 0);
  const sumCut = withLowWord(sum, 0);
  const sLow = inverse * (f - sHigh * sumCut - sHigh * (sum - sumCut + sumRest));
  // 3/2·log(1 + f) = s·(3 + s² + ...): the bracket as tHigh + tLow.
  const z = s * s;
  const w = z * z;
  const even = G0 + w * (G2 + w * (G4 + w * G6));
  const odd = G1 + w * (G3 + w * (G5 + w * G7));
  const rest = w * (even + z * odd) + sLow * (sHigh + s);
  const square = sHigh * sHigh;
  const tHigh = withLowWord(3 + square + rest, 0);
  const tLow = rest - (tHigh - 3 - square);
  const u = sHigh * tHigh;
  const v = sLow * tHigh + tLow * s;
  const pHigh = withLowWord(u + v, 0);
  const pLow = v - (pHigh - u);
  // log x as logHigh + logLow.
  const whole = k * LN2_HIGH;
  const part = pHigh * TWO_THIRDS_HIGH;
  const partRest = pHigh * TWO_THIRDS_LOW + pLow * TWO_THIRDS;
  const logHigh = withLowWord(whole + (part + partRest), 0);
  const logLow = partRest + k * LN2_LOW - (logHigh - whole - part);
  // The product, cut so that its leading part is exact.
  const yHigh = withLowWord(y, 0);
  const high = yHigh * logHigh;
  const low = (y - yHigh) * logHigh + y * logLow;
  const product = high + low;
  // Whole numbers are their own rounding; for others, x must be positive.
  const yShifted = y + TO_WHOLE;
  if (
    !(size >= LEAST_NORMAL && size < TOO_LARGE && Math.abs(product) < ORDINARY && Math.abs(product) > TINY) ||
    (x < 0 && !(yShifted - TO_WHOLE === y && Math.abs(y) < HUGE_EXPONENT)) ||
    y === 2
  )
    return rarePower(x, y);
  const shifted = product * INVERSE_LN2 + TO_EXPONENT;
  const n = shifted - TO_EXPONENT;
  const a = high - n * LN2_HIGH;
  const b = n * LN2_LOW - low;
  const r = a - b;
  const q = r * r;
  const evenPower = E0 + q * (E2 + q * (E4 + q * (E6 + q * E8)));
  const oddPower = E1 + q * (E3 + q * (E5 + q * (E7 + q * E9)));
  // 1 + a + (the rest), with what the first addition loses.
  const base = 1 + a;
  const value = base + (1 - base + a + (q * (evenPower + r * oddPower) - b));
  const sign = andBits(shiftBitsLeft(yShifted, 63), andBits(x, -0));
  return xorBits(value * shiftBitsLeft(shifted, 52), sign);
}

/** The powers that are one operation, and those of 0, infinity and NaN, or where the result or an argument is of extreme size. */
function rarePower(x: number, y: number): number {
  if (y === 2) return x * x;
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
  // s = f/(2 + f) as sHigh + sLow.
  const sum = 2 + f;
  const sumRest = f - (sum - 2);
  const inverse = 1 / sum;
  const s = f * inverse;
  const sHigh = withLowWord(s, 0);
  const sumCut = withLowWord(sum, 0);
  const sLow = inverse * (f - sHigh * sumCut - sHigh * (sum - sumCut + sumRest));
  // 3/2·log(1 + f) = s·(3 + s² + ...): the bracket as tHigh + tLow.
  const z = s * s;
  const w = z * z;
  const even = G0 + w * (G2 + w * (G4 + w * G6));
  const odd = G1 + w * (G3 + w * (G5 + w * G7));
  const rest = w * (even + z * odd) + sLow * (sHigh + s);
  const square = sHigh * sHigh;
  const tHigh = withLowWord(3 + square + rest, 0);
  const tLow = rest - (tHigh - 3 - square);
  const u = sHigh * tHigh;
  const v = sLow * tHigh + tLow * s;
  const pHigh = withLowWord(u + v, 0);
  const pLow = v - (pHigh - u);
  // log x as logHigh + logLow.
  const whole = k * LN2_HIGH;
  const part = pHigh * TWO_THIRDS_HIGH;
  const partRest = pHigh * TWO_THIRDS_LOW + pLow * TWO_THIRDS;
  const logHigh = withLowWord(whole + (part + partRest), 0);
  const logLow = partRest + k * LN2_LOW - (logHigh - whole - part);
  const estimate = y * (logHigh + logLow);
  if (estimate > BEYOND) return INFINITY;
  if (estimate < -BEYOND) return 0;
  if (Math.abs(estimate) <= TINY) return 1;
  // The product, cut so that its leading part is exact.
  const yHigh = withLowWord(y, 0);
  const high = yHigh * logHigh;
  const low = (y - yHigh) * logHigh + y * logLow;
  const product = high + low;
  const shifted = product * INVERSE_LN2 + TO_EXPONENT;
  const n = shifted - TO_EXPONENT;
  const a = high - n * LN2_HIGH;
  const b = n * LN2_LOW - low;
  const r = a - b;
  const q = r * r;
  const evenPower = E0 + q * (E2 + q * (E4 + q * (E6 + q * E8)));
  const oddPower = E1 + q * (E3 + q * (E5 + q * (E7 + q * E9)));
  // 1 + a + (the rest), with what the first addition loses.
  const base = 1 + a;
  const value = base + (1 - base + a + (q * (evenPower + r * oddPower) - b));
  // In two steps, the first of which is exact, so that a subnormal result is rounded once.
  const half = Math.trunc(n * 0.5);
  return value * shiftBitsLeft(half + TO_EXPONENT, 52) * shiftBitsLeft(n - half + TO_EXPONENT, 52);
}
