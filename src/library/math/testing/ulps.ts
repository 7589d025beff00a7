/**
 * How far a double is from a value of the reference, in units of the last place that the true value has as a double. For tests.
 */

import { bitLength, fixed, partsOf } from './reference.ts';

/** Bits of the true value that are looked at. */
const SIGNIFICANT_BITS = 110;
const LEAST_EXPONENT = -1074;

/** The error of `got`, where `reference(bits)` is the true value in units of 2^-bits. */
export function ulpError(got: number, reference: (bits: number) => bigint): number {
  if (Number.isNaN(got)) return Number.POSITIVE_INFINITY;
  // An infinity stands for 2^1024, the number that is rounded to it.
  const size = Number.isFinite(got) ? got : Math.sign(got) * Number.MAX_VALUE;
  const { significand, exponent } = partsOf(size);
  const bits = Math.min(SIGNIFICANT_BITS - (exponent + bitLength(significand)), SIGNIFICANT_BITS - LEAST_EXPONENT);
  const truth = reference(bits);
  const value = Number.isFinite(got) ? fixed(got, bits) : (got > 0 ? 1n : -1n) << BigInt(Math.max(1024 + bits, 0));
  if (
    !Number.isFinite(got) &&
    fixed(Number.MAX_VALUE, bits) + (1n << BigInt(970 + bits)) <= (truth < 0n ? -truth : truth)
  ) {
    return truth < 0n === got < 0 ? 0 : Number.POSITIVE_INFINITY;
  }
  const place = Math.max(bitLength(truth) - bits - 53, LEAST_EXPONENT);
  // Thousandths and less of a place.
  const error = ((value - truth) << 20n) >> BigInt(place + bits);
  return Math.abs(Number(error)) / 2 ** 20;
}
