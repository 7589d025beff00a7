/**
 * The words of a double, for the files of this directory when they run as TypeScript (tests). The compiler strips imports
 * of this file and emits a reinterpretation and a shift for each call instead.
 *
 * A word is taken and given as an int32; a number that is none is converted as ECMAScript's ToInt32 does.
 */

const double = new Float64Array(1);
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
