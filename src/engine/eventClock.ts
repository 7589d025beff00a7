/**
 * When what somebody plays is to take effect. In: moments on the clock of `performance.now` and of events' time stamps, and what the
 * output says of its clock. Out: times of the output. Pure, but for what it remembers. Main thread.
 *
 * An output renders ahead of what is heard, and in bursts: how far ahead varies by the length of a burst. An event that took effect as soon as
 * may be would be early or late by that much. So each is heard the same time after it happened: as long as the output was ahead at most.
 */

/** What an output says of itself at one moment. */
export interface OutputTimes {
  /**
   * A moment, in seconds of the output, and when it is heard, in ms; 0 and 0 before the first frame. Where that is not known, any clock
   * that goes evenly: then it is not known either when the output stands still, which is found out by looking.
   */
  readonly contextTime: number;
  readonly performanceTime: number;
  /** Seconds that were rendered. */
  readonly currentTime: number;
  /** `performance.now()`. */
  readonly nowMs: number;
}

/** Looks at the clock that are remembered: two minutes, at four a second. */
const REMEMBERED = 512;
/** So much of them is what counts as "at most": a hiccup of the clock is to delay no note but those in it. */
const USUAL = 0.98;
/** What an event may take on its way to the page without coming too late. */
const WAY_SECONDS = 0.002;
/** Clocks are told coarsely, so what is found out each time is averaged; a larger difference is a device that has changed. */
const SHARE = 0.05;
const LARGEST_ERROR_SECONDS = 0.003;
/** An output that has fallen back by more than any burst has stood still, and what was seen before it says nothing any more. */
const STOOD_STILL_SECONDS = 0.2;

export class EventClock {
  /** How far ahead the output was, in seconds. */
  #ahead: number[] = [];
  /** The usual most of them. */
  #usual = Number.NEGATIVE_INFINITY;
  /** What is to be added to a moment, in seconds; null: nothing is known yet. */
  #offset: number | null = null;
  /** The newest event: none that was played later, or at the same time, comes before it. */
  #newest = { stampMs: Number.NEGATIVE_INFINITY, at: Number.NEGATIVE_INFINITY };

  /** Another output, which knows nothing of the one before. */
  reset(): void {
    this.#ahead = [];
    this.#usual = Number.NEGATIVE_INFINITY;
    this.#offset = null;
    this.#newest = { stampMs: Number.NEGATIVE_INFINITY, at: Number.NEGATIVE_INFINITY };
  }

  /** To be called now and then while it plays. Between two looks nothing changes, so that what is played in a row stays together. */
  look(times: OutputTimes): void {
    if (times.performanceTime === 0) return;
    const heardNow = times.contextTime + (times.nowMs - times.performanceTime) / 1000;
    const ahead = times.currentTime - heardNow;
    if (ahead < this.#usual - STOOD_STILL_SECONDS) this.#ahead = [];
    this.#ahead.push(ahead);
    if (this.#ahead.length > REMEMBERED) this.#ahead.shift();
    const ordered = [...this.#ahead].sort((a, b) => a - b);
    this.#usual = ordered[Math.ceil(USUAL * ordered.length) - 1] ?? ahead;
    const found = heardNow - times.nowMs / 1000 + this.#usual + WAY_SECONDS;
    const error = found - (this.#offset ?? found);
    this.#offset = Math.abs(error) > LARGEST_ERROR_SECONDS ? found : found - (1 - SHARE) * error;
  }

  /** Seconds of the output at which an event of this moment takes effect. One that has come too late is in the past. */
  at(timeStampMs: number, times: OutputTimes): number {
    const { stampMs, at } = this.#newest;
    if (this.#offset === null) this.look(times);
    if (this.#offset === null) return times.currentTime;
    const own = timeStampMs / 1000 + this.#offset;
    if (timeStampMs < stampMs) return own;
    this.#newest = { stampMs: timeStampMs, at: Math.max(own, at) };
    return this.#newest.at;
  }
}
