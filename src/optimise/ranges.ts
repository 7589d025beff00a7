/**
 * Between which numbers an i32 lies: by how it is computed, and by the tests that led to where it is used. In: values. Out:
 * intervals, of numbers with a sign.
 */

import { mostOfSum } from './relations.ts';
import type { BinaryValue, Value } from './ssa.ts';
import { onSteps } from './steps.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const ALL: Interval = { low: -(2 ** 31), high: 2 ** 31 - 1 };
const TRUTH: Interval = { low: 0, high: 1 };
const MAX_DEPTH = 12;
/** Values that are looked at for one answer: what a test says of them depends on others, which depend on more tests. */
const MAX_STEPS = 2000;

const meet = (a: Interval, b: Interval): Interval => ({ low: Math.max(a.low, b.low), high: Math.min(a.high, b.high) });
const join = (a: Interval, b: Interval): Interval => ({ low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) });
/** All numbers, where the sum would wrap around. */
const fitting = (low: number, high: number): Interval => (low < ALL.low || high > ALL.high ? ALL : { low, high });

/** From the least to the greatest of some numbers that lie in an interval. */
function around(numbers: readonly number[], { low, high }: Interval): Interval {
  const first = numbers.find((number) => number >= low);
  const last = numbers.findLast((number) => number <= high);
  return first === undefined || last === undefined || first > last ? { low, high } : { low: first, high: last };
}

/** What a test says of a value, and what was known before. */
export interface Fact {
  readonly value: Value;
  readonly interval: Interval;
  /** It is less than another by at least so much. */
  readonly below: Value | null;
  readonly by: number;
  readonly before: Fact | null;
}

export class Ranges {
  /** What the tests say on the way to where we are, the innermost first. */
  private facts: Fact | null = null;
  /** How many questions led to this one, and what the outermost of them has taken. */
  private nesting = 0;
  private steps = 0;

  /** What is known here, to come back to. */
  mark(): Fact | null {
    return this.facts;
  }

  /** What was known there is what is known now. */
  forget(mark: Fact | null): void {
    this.facts = mark;
  }

  /** What a value is at a place where other things are known. */
  at(place: Fact | null, value: Value): Interval {
    const mark = this.facts;
    this.facts = place;
    const interval = this.of(value);
    this.facts = mark;
    return interval;
  }

  /** From here on the test is not 0, or is. */
  assume(test: Value, holds: boolean): void {
    if (test.op === 'unary' && test.name === 'i32.eqz') {
      this.assume(test.args[0], !holds);
      return;
    }
    if (test.op !== 'binary') return;
    const [left, right] = test.args;
    switch (test.name) {
      case 'i32.and':
        if (holds) for (const arg of test.args) this.assume(arg, true);
        return;
      case 'i32.or':
        if (!holds) for (const arg of test.args) this.assume(arg, false);
        return;
      case 'i32.lt_s':
        this.less(holds ? left : right, holds ? right : left, holds ? 1 : 0);
        return;
      case 'i32.gt_s':
        this.less(holds ? right : left, holds ? left : right, holds ? 1 : 0);
        return;
      case 'i32.le_s':
        this.less(holds ? left : right, holds ? right : left, holds ? 0 : 1);
        return;
      case 'i32.ge_s':
        this.less(holds ? right : left, holds ? left : right, holds ? 0 : 1);
        return;
      case 'i32.lt_u': {
        const limit = this.of(right);
        if (holds && limit.low >= 0) this.add(left, { low: 0, high: limit.high - 1 });
        const value = this.of(left);
        if (!holds && value.low >= 0 && limit.low >= 0) this.add(left, { low: limit.low, high: ALL.high });
        return;
      }
      case 'i32.eq':
        if (holds) {
          this.add(left, this.of(right));
          this.add(right, this.of(left));
        }
        return;
      default:
        return;
    }
  }

  /** What a value is where a test holds, or does not. */
  under(test: Value, holds: boolean, value: Value, depth = 0): Interval {
    if (value.op === 'const') return this.of(value);
    const mark = this.mark();
    this.assume(test, holds);
    const interval = this.of(value, depth);
    this.forget(mark);
    return interval;
  }

  /** `a` is less than `b` by at least `by`. */
  private less(a: Value, b: Value, by: number): void {
    this.add(a, { low: ALL.low, high: this.of(b).high - by }, b.op === 'const' ? null : b, by);
    this.add(b, { low: this.of(a).low + by, high: ALL.high });
  }

  private add(value: Value, interval: Interval, below: Value | null = null, by = 0): void {
    if (value.op === 'const') return;
    this.facts = { value, interval, below, by, before: this.facts };
    if (value.op !== 'binary' || value.name !== 'i32.add' || value.args[1].op !== 'const') return;
    // What is added to, where that does not wrap around.
    const [rest, constant] = value.args;
    const more = Number(constant.value);
    const { low, high } = this.of(rest);
    if (low + more < ALL.low || high + more > ALL.high) return;
    this.add(rest, { low: interval.low - more, high: interval.high - more });
  }

  of(value: Value, depth = 0): Interval {
    if (value.op === 'const') {
      const number = Number(value.value);
      return { low: number, high: number };
    }
    if (value.type !== 'i32') return ALL;
    if (this.nesting === 0) this.steps = 0;
    this.nesting++;
    let interval = depth > MAX_DEPTH || ++this.steps > MAX_STEPS ? ALL : this.computed(value, depth + 1);
    this.nesting--;
    const { possible } = value;
    for (let fact = this.facts; fact; fact = fact.before) {
      if (fact.value === value) interval = meet(interval, fact.interval);
    }
    if (value.op === 'parameter' && value.steps) interval = onSteps(value.steps, interval);
    return possible ? around(possible, interval) : interval;
  }

  private computed(value: Value, depth: number): Interval {
    switch (value.op) {
      case 'parameter':
        return { low: value.lowest, high: value.highest };
      case 'select':
        return join(
          this.under(value.args[0], true, value.args[1], depth),
          this.under(value.args[0], false, value.args[2], depth),
        );
      case 'load':
        if (value.access === 'u8') return { low: 0, high: 255 };
        return value.access === 'u16' ? { low: 0, high: 65_535 } : ALL;
      case 'unary':
        return value.name === 'i32.eqz' ? TRUTH : ALL;
      case 'binary': {
        const [a, b] = [this.of(value.args[0], depth), this.of(value.args[1], depth)];
        return value.name === 'i32.add' ? this.ofSum(value.args, a, b, depth) : this.ofBinary(value.name, a, b);
      }
      default:
        return ALL;
    }
  }

  private ofSum([x, y]: BinaryValue['args'], a: Interval, b: Interval, depth: number): Interval {
    const high = a.high + b.high;
    if (x.op === 'const' || y.op === 'const') return fitting(a.low + b.low, high);
    const most = mostOfSum(this.facts, x, y, (value) => this.of(value, depth));
    return fitting(a.low + b.low, Math.min(high, most));
  }

  private ofBinary(name: string, a: Interval, b: Interval): Interval {
    switch (name) {
      case 'i32.sub':
        return fitting(a.low - b.high, a.high - b.low);
      case 'i32.mul': {
        const ends = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
        return fitting(Math.min(...ends), Math.max(...ends));
      }
      case 'i32.shl':
        if (b.low !== b.high || b.low < 0 || b.low > 31) return ALL;
        return fitting(a.low * 2 ** b.low, a.high * 2 ** b.low);
      case 'i32.shr_u':
        if (b.low !== b.high || b.low < 1 || b.low > 31) return ALL;
        return a.low >= 0 ? { low: a.low >>> b.low, high: a.high >>> b.low } : { low: 0, high: 2 ** (32 - b.low) - 1 };
      case 'i32.and':
        if (b.low >= 0) return { low: 0, high: a.low >= 0 ? Math.min(a.high, b.high) : b.high };
        return a.low >= 0 ? { low: 0, high: a.high } : ALL;
      case 'i32.rem_s': {
        if (b.low <= 0) return ALL;
        const most = b.high - 1;
        return { low: a.low >= 0 ? 0 : -most, high: a.high >= 0 ? Math.min(most, Math.max(a.high, 0)) : 0 };
      }
      default:
        return name.includes('32.') && /\.(eq|ne|lt|le|gt|ge)/.test(name)
          ? TRUTH
          : /^(f64|i64)\./.test(name)
            ? TRUTH
            : ALL;
    }
  }
}
