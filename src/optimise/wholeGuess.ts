/**
 * Whether an f64 that a loop hands from turn to turn is a whole number in each of them, and between which two: guessed, tried,
 * and given up or narrowed. In: what it is at first and after a turn. Out: an interval. Cursors of delay lines and steps of
 * sequences become i32 by it.
 */

import type { Interval } from './ranges.ts';

/** Far from where sums of two wrap around. */
const WIDE = 2 ** 30;
const ALL: Interval = { low: -(2 ** 31), high: 2 ** 31 - 1 };

const includes = (outer: Interval, inner: Interval): boolean => outer.low <= inner.low && inner.high <= outer.high;
const join = (a: Interval, b: Interval): Interval => ({ low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) });

export class WholeGuess {
  private interval: Interval | null;
  private initial: Interval | null;
  /** After a turn, as of the last try. */
  private next: Interval | null = null;
  /** What held before it was narrowed. */
  private wider: Interval | null = null;
  private isNarrowed = false;

  /** `null`: at first it is not known to be a whole number. */
  constructor(initial: Interval | null) {
    this.initial = initial;
    this.interval = initial && join(initial, { low: 0, high: WIDE });
  }

  /** The guess, with what it is at first. */
  include(initial: Interval | null): Interval | null {
    if (!initial) this.interval = null;
    if (!this.interval || !initial) return null;
    this.initial = this.initial && join(this.initial, initial);
    if (!includes(this.interval, initial)) this.interval = join(this.interval, initial);
    return this.interval;
  }

  /** `null`: after a turn it is not known to be a whole number. Returns false where the guess has changed. */
  holdsFor(next: Interval | null): boolean {
    const { interval } = this;
    if (!interval) return true;
    this.next = next;
    if (next && includes(interval, next)) return true;
    if (this.wider) {
      this.interval = this.wider;
      this.wider = null;
      this.isNarrowed = true;
      return false;
    }
    this.interval = next && widened(interval, next, this.initial);
    return false;
  }

  /** Returns true where the guess has changed. */
  narrow(): boolean {
    const { interval, initial, next } = this;
    if (!interval || !initial || !next || this.isNarrowed) return false;
    this.isNarrowed = true;
    const narrower = join(initial, next);
    if (includes(narrower, interval)) return false;
    this.wider = interval;
    this.interval = narrower;
    return true;
  }
}

/** `null`: it would rise without end, as far as that can be seen. */
function widened(interval: Interval, next: Interval, initial: Interval | null): Interval | null {
  if (next.low <= ALL.low && next.high >= ALL.high) return includes(interval, ALL) ? null : ALL;
  // Where another number ends the loop, that one may not have been known yet.
  if (next.high > interval.high) {
    if (interval.high >= ALL.high) return null;
    return { low: interval.low, high: interval.high < WIDE ? WIDE : ALL.high };
  }
  if (interval.low <= -WIDE) return null;
  // What falls stays below what it was at first.
  return { low: -WIDE, high: initial && interval.high === WIDE ? initial.high : interval.high };
}
