/**
 * `x % y` for whole numbers, and for a power of two: exact by a division, a truncation and a difference. Bit for bit what
 * JavaScript says.
 */

import type { Builder } from './builder.ts';
import type { Value } from './ssa.ts';
import { integerOf, isCount } from './wholes.ts';

const REMAINDER = 'std/fmod(number, number): number';
/** A quotient by less than one could become infinite. */
const MAX_EXPONENT = 52;

export function simpleRemainder(builder: Builder, symbol: string, args: readonly Value[]): Value | null {
  if (symbol !== REMAINDER) return null;
  const [, x, y] = args as [Value, Value, Value];
  if (y.op !== 'const' || typeof y.value === 'bigint' || x.op === 'const') return null;
  const [dividend, divisor] = [integerOf(builder, x), integerOf(builder, y)];
  // What is left of a negative multiple is -0.
  if (dividend && divisor && y.value > 0 && builder.interval(dividend).low >= 0)
    return builder.unary('f64.convert_s.i32', builder.binary('i32.rem_s', dividend, divisor));
  if (isCount(x) && divisor && y.value > 0) {
    // Both are whole, and the count is below 2^52: a quotient just below a whole number is not rounded up to it.
    const times = builder.unary('f64.trunc', builder.binary('f64.div', x, y));
    return builder.binary('f64.sub', x, builder.binary('f64.mul', times, y));
  }
  const exponent = Math.log2(Math.abs(y.value));
  if (!Number.isInteger(exponent) || exponent < 0 || exponent > MAX_EXPONENT) return null;
  const size = builder.constant('f64', Math.abs(y.value));
  const quotient = builder.unary('f64.trunc', builder.binary('f64.div', x, size));
  const rest = builder.binary('f64.sub', x, builder.binary('f64.mul', quotient, size));
  // What is left of a negative multiple is -0.
  return builder.binary('f64.copysign', rest, x);
}
