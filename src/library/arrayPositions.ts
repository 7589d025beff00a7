/** How methods of arrays take indices and lengths, in the patch language. Compiled for the types they are used with. */

/** ECMAScript ToIntegerOrInfinity: without a fraction, and 0 for what is no number. */
export function toInteger(value: number) {
  const whole = Math.trunc(value);
  return Number.isNaN(whole) ? 0 : whole + 0;
}

/** An index from 0 to `length`. Negative ones count from the end; those outside go to the nearest end. */
export function toPosition(index: number, length: number) {
  const whole = toInteger(index);
  return whole < 0 ? Math.max(length + whole, 0) : Math.min(whole, length);
}

/** ECMAScript ToLength: a whole number that is not negative. */
export function toLength(value: number) {
  return Math.max(toInteger(value), 0);
}
