/**
 * The bits of a double, for the files of this directory when they run as TypeScript (tests). The compiler strips imports
 * of this file and emits one or a few instructions for each call instead.
 *
 * A word is taken and given as an int32; a number that is none is converted as ECMAScript's ToInt32 does. The operations
 * on all 64 bits take and give doubles. An engine may exchange one NaN for another whenever it stores it, so no result of
 * these may be a NaN that carries bits.
 */

const double = new Float64Array(2);
const words = new Int32Array(double.buffer);
// Which half of a double comes first in memory, so that the shim is right on every machine.
double[0] = 1;
const HIGH = words[0] === 0 ? 1 : 0;
const LOW = 1 - HIGH;

/** Sign, exponent and the upper 20 bits of the significand. */
export function highWord(x: number): number {
  double[0] = x;
  return words[HIGH];
}

/** The lower 32 bits of the significand. */
export function lowWord(x: number): number {
  double[0] = x;
  return words[LOW];
}

export function fromWords(high: number, low: number): number {
  words[HIGH] = high;
  words[LOW] = low;
  return double[0];
}

/** `x` with its upper word replaced. */
export function withHighWord(x: number, high: number): number {
  double[0] = x;
  words[HIGH] = high;
  return double[0];
}

/** `x` with its lower word replaced; with 0, `x` cut to 21 significant bits. */
export function withLowWord(x: number, low: number): number {
  double[0] = x;
  words[LOW] = low;
  return double[0];
}

/** The sum of two doubles taken as whole numbers of 64 bits. */
export function addBits(x: number, y: number): number {
  double[0] = x;
  double[1] = y;
  const low = words[LOW] + words[2 + LOW];
  // The words are signed, so the carry is where the unsigned sum passes 2^32.
  const carry = (words[LOW] >>> 0) + (words[2 + LOW] >>> 0) > 0xffffffff ? 1 : 0;
  words[HIGH] = words[HIGH] + words[2 + HIGH] + carry;
  words[LOW] = low;
  return double[0];
}

export function andBits(x: number, y: number): number {
  double[0] = x;
  double[1] = y;
  words[0] &= words[2];
  words[1] &= words[3];
  return double[0];
}

export function orBits(x: number, y: number): number {
  double[0] = x;
  double[1] = y;
  words[0] |= words[2];
  words[1] |= words[3];
  return double[0];
}

export function xorBits(x: number, y: number): number {
  double[0] = x;
  double[1] = y;
  words[0] ^= words[2];
  words[1] ^= words[3];
  return double[0];
}

/** The bits of a double moved towards its sign by 32 to 63 places. */
export function shiftBitsLeft(x: number, places: number): number {
  double[0] = x;
  words[HIGH] = words[LOW] << (places - 32);
  words[LOW] = 0;
  return double[0];
}

/** The bits of a double moved away from its sign by 32 to 63 places; zeros come in. */
export function shiftBitsRight(x: number, places: number): number {
  double[0] = x;
  words[LOW] = words[HIGH] >>> (places - 32);
  words[HIGH] = 0;
  return double[0];
}
