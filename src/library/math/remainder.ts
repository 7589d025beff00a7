/**
 * fmod, JavaScript's `%`, and toInt32, what its bitwise operators make of a number. Both exact. Compiled by Segue's
 * compiler, audio thread.
 */

import { highWord, lowWord, withLowWord } from './intrinsics.ts';

const INFINITY = 1 / 0;
const NOT_A_NUMBER = 0 / 0;
const TWO_26 = 67108864;
const TWO_MINUS_26 = 1.4901161193847656e-8;

/**
 * x − y·⌊x/y⌋ for 0 < y ≤ x < 2^26·y, without rounding. The quotient is a whole number q of 26 bits at most. With y cut into an
 * upper part of 26 bits and a lower of 27, both products with q are exact, and so is each difference, since it has no more
 * bits than x and y allow. The division may round up to the next whole number: then the remainder is negative, once.
 */
function remainderOfClose(x: number, y: number): number {
  const q = Math.trunc(x / y);
  const yHigh = withLowWord(y, lowWord(y) & 0xf8000000);
  const r = x - q * yHigh - q * (y - yHigh);
  return r < 0 ? r + y : r;
}

/**
 * The remainder of a division with the sign of x, `x % y`. Where the quotient is too long, x is first reduced by multiples
 * 2^26k·y, from the largest down: 80 steps at most, for the largest number over the smallest.
 */
export function fmod(x: number, y: number): number {
  const size = Math.abs(x);
  const divisor = Math.abs(y);
  if (size < divisor) return x;
  if (!(size < INFINITY) || !(divisor > 0)) return NOT_A_NUMBER;
  let r = size;
  if (size * TWO_MINUS_26 >= divisor) {
    let step = divisor;
    while (step <= r * TWO_MINUS_26) step *= TWO_26;
    while (step > divisor) {
      if (r >= step) r = remainderOfClose(r, step);
      step *= TWO_MINUS_26;
    }
  }
  if (r >= divisor) r = remainderOfClose(r, divisor);
  return x < 0 ? -r : r;
}

/**
 * ECMAScript's ToInt32 for any x: the whole part modulo 2^32, as a signed number; 0 for NaN and infinity.
 * Bits only, so that it can stand behind the bitwise operators themselves.
 */
export function toInt32(x: number): number {
  const high = highWord(x);
  const low = lowWord(x);
  // x = ±significand·2^shift, the significand a whole number of 53 bits.
  const shift = (((high >> 20) & 0x7ff) - 1075) | 0;
  const upper = (high & 0x000fffff) | 0x00100000;
  let bits = 0;
  if (shift >= 0) {
    bits = shift < 32 ? low << shift : 0;
  } else if (shift > -32) {
    bits = (upper << (32 + shift)) | (low >>> (0 - shift));
  } else if (shift > -53) {
    bits = upper >> (-32 - shift);
  }
  return high < 0 ? Math.imul(bits, -1) : bits;
}
