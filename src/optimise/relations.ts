/**
 * What a test between two values says of sums: where n < 1024 - at, at + n is below 1024, whatever each of them is. In: what is
 * known here, and two numbers that are added. Out: the most that the sum can be.
 */

import type { Fact, Interval } from './ranges.ts';
import type { Value } from './ssa.ts';

const LEAST = -(2 ** 31);
const MOST = 2 ** 31 - 1;

/** The constant and what is subtracted from it, where that does not wrap around. */
function difference(value: Value, of: (value: Value) => Interval): { from: number; minus: Value } | null {
  if (value.op !== 'binary' || value.name !== 'i32.sub' || value.args[0].op !== 'const') return null;
  const from = Number(value.args[0].value);
  const minus = value.args[1];
  const { low, high } = of(minus);
  return from - high >= LEAST && from - low <= MOST ? { from, minus } : null;
}

/** The most that the sum can be, without wrapping around; infinite where no test says so. */
export function mostOfSum(facts: Fact | null, x: Value, y: Value, of: (value: Value) => Interval): number {
  let most = Number.POSITIVE_INFINITY;
  for (let fact = facts; fact; fact = fact.before) {
    const { value, below, by } = fact;
    if (!below || (value !== x && value !== y)) continue;
    const other = value === x ? y : x;
    const limit = difference(below, of);
    if (limit?.minus === other) most = Math.min(most, limit.from - by);
    const own = difference(other, of);
    if (own?.minus === below) most = Math.min(most, own.from - by);
  }
  return most;
}
