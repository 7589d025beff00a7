/**
 * The first digit of numbers that are written with an exponent. In: a size below 1e-6 or from 1e21 on. Out: the digit
 * that JavaScript writes first, which is not always that of the exact value: 5e-324 is 4.94…e-324. Compiled by Segue's
 * compiler, ahead of any patch.
 *
 * JavaScript writes the fewest digits that are read as the same number. Where a single digit and a power of ten are read
 * as it, the nearest such digit is the one; else no multiple of a power of ten lies between what is written and the exact
 * value, so both begin alike. Powers of ten are held in two numbers, the second what the first lacks, which is exact
 * beyond 2^-90 and so decides all cases that there are (T. J. Dekker, "A floating-point technique for extending the
 * available precision", 1971).
 */

const SMALLEST = 5e-324;
/** Far from the ends of what a double holds, where products have an error that can be held too. */
const LIFT = 2 ** 200;
const SPLITTER = 2 ** 27 + 1;

/** The upper half of the bits of `value`. */
function upperHalf(value: number): number {
  const shifted = value * SPLITTER;
  return shifted - (shifted - value);
}

/** What `a * b` lacks of the exact product. */
function productError(a: number, b: number): number {
  const product = a * b;
  const aUpper = upperHalf(a);
  const bUpper = upperHalf(b);
  const aLower = a - aUpper;
  const bLower = b - bUpper;
  return aLower * bLower - (product - aUpper * bUpper - aLower * bUpper - aUpper * bLower);
}

export function leadingDigit(size: number): number {
  const isSmall = size < 1;
  const lift = size < 1e-250 ? LIFT : size > 1e250 ? 1 / LIFT : 1;
  const value = size * lift;
  let bottom = 1;
  while (bottom > value) bottom /= 2;
  while (bottom * 2 <= value) bottom *= 2;
  const smallestStep = SMALLEST * lift;
  const step = Math.max(bottom * 2 ** -52, smallestStep);
  // Below a power of two numbers lie closer, but for the smallest.
  const stepBelow = bottom === value && step > smallestStep ? step / 2 : step;
  const isEven = (value / step) % 2 === 0;

  // The power of ten that `value` is multiplied with, or that is taken out of it, so that a digit stands before the point.
  let power = isSmall ? 1 / lift : lift;
  let powerRest = 0;
  while (isSmall ? value * power < 1 : power * 10 <= value) {
    const rest = productError(power, 10) + powerRest * 10;
    const product = power * 10;
    power = product + rest;
    powerRest = rest - (power - product);
  }
  const digit = Math.floor((isSmall ? value * power : value / power) + 0.5);
  const product = isSmall ? value * power : digit * power;
  const rest = isSmall
    ? productError(value, power) + value * powerRest
    : productError(digit, power) + digit * powerRest;
  // By how much the exact value is above the digit, and how much leaves it the same number.
  const above = isSmall ? product - digit + rest : value - product - rest;
  const half = ((above > 0 ? stepBelow : step) / 2) * (isSmall ? power : 1);
  const isSame = Math.abs(above) < half || (Math.abs(above) === half && isEven);
  const first = isSame || above >= 0 ? digit : digit - 1;
  return first === 10 ? 1 : first === 0 ? 9 : first;
}
