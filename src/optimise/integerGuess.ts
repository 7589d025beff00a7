/**
 * Between which two an i32 lies that a loop hands from turn to turn: guessed, tried, and given up or narrowed, each end for itself.
 * In: what it is at first and after a turn. Out: an interval. Counters by it need no checks of what they index.
 */

import type { Interval } from './ranges.ts';

const LEAST = -(2 ** 31);
const MOST = 2 ** 31 - 1;

export class IntegerGuess {
  private low = LEAST;
  private high = MOST;
  private initial: Interval | null = null;
  /** After a turn, as of the last try. */
  private next: Interval | null = null;
  private triesLow = true;
  private triesHigh = true;

  /** The guess, with what it is at first. */
  include(initial: Interval): Interval {
    if (!this.initial) {
      // Most of them rise, some from a number that is not known.
      this.low = initial.low;
    }
    this.initial = this.initial
      ? { low: Math.min(this.initial.low, initial.low), high: Math.max(this.initial.high, initial.high) }
      : initial;
    this.low = Math.min(this.low, initial.low);
    this.high = Math.max(this.high, initial.high);
    this.next = null;
    return { low: this.low, high: this.high };
  }

  /** Returns false where the guess has changed. */
  holdsFor(next: Interval): boolean {
    this.next = next;
    const [lowHolds, highHolds] = [next.low >= this.low, next.high <= this.high];
    if (!lowHolds) this.low = LEAST;
    if (!highHolds) this.high = MOST;
    return lowHolds && highHolds;
  }

  /** Once all holds: do nearer ends hold, too? Each is tried once. Returns true where the guess has changed. */
  narrow(): boolean {
    const { initial, next } = this;
    if (!initial || !next) return false;
    const [low, high] = [Math.min(initial.low, next.low), Math.max(initial.high, next.high)];
    const [isHigher, isLower] = [this.triesLow && low > this.low, this.triesHigh && high < this.high];
    if (isHigher) {
      this.triesLow = false;
      this.low = low;
    }
    if (isLower) {
      this.triesHigh = false;
      this.high = high;
    }
    return isHigher || isLower;
  }
}
