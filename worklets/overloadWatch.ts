/**
 * Whether what plays takes more time than there is. In: how long each block took, and how much work that was. Audio
 * thread; allocates nothing.
 *
 * What once had time enough and does no more work than then is not found too slow: it is the machine that has become busy,
 * and what played before would not help. Time is counted by whichever is longer, what was played or what it took, so that the
 * verdict comes as soon however slow it is.
 */

/** Long for a clock of whole milliseconds. */
const WINDOW_MS = 250;
/** In the first, engines are still making the code faster. */
const SLOW_WINDOWS = 2;
/** So much more work than what there was time enough for is another matter. */
const MORE_WORK = 1.25;

export class OverloadWatch {
  readonly #sampleRate: number;
  #busyMs = 0;
  #frames = 0;
  #slowWindows = 0;
  #work = 0;
  #sustainedWork: number | null = null;
  #hasHeadroom = false;
  #load = 0;

  /** `sampleRate` in frames per second. */
  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  /**
   * Something else plays. `managedWork`: what is known of it, see there. `isLight`: there is time enough for the work that
   * it begins with, as is known from elsewhere.
   */
  reset(sustainedWork: number | null = null, hasHeadroom = false): void {
    this.#hasHeadroom = hasHeadroom;
    this.#busyMs = 0;
    this.#frames = 0;
    this.#work = 0;
    this.#slowWindows = 0;
    this.#sustainedWork = sustainedWork;
  }

  /**
   * Takes note of a block. `work`: what it did, in any unit that does not depend on time. Returns whether something else
   * should play.
   */
  observe(busyMs: number, frames: number, work: number): boolean {
    this.#busyMs += busyMs;
    this.#frames += frames;
    this.#work += work;
    const playedMs = (1000 * this.#frames) / this.#sampleRate;
    if (Math.max(playedMs, this.#busyMs) < WINDOW_MS) return false;
    this.#load = this.#busyMs / playedMs;
    const workPerFrame = this.#work / this.#frames;
    this.#busyMs = 0;
    this.#frames = 0;
    this.#work = 0;
    const managed = this.#sustainedWork;
    if (this.#load <= 1 || (managed === null && this.#hasHeadroom)) {
      this.#sustainedWork = Math.max(managed ?? 0, workPerFrame);
      this.#slowWindows = 0;
      return false;
    }
    this.#slowWindows++;
    return this.#slowWindows >= SLOW_WINDOWS && (managed === null || workPerFrame > MORE_WORK * managed);
  }

  /** The most work per frame for which there was time enough; null: there never was. */
  get sustainedWork(): number | null {
    return this.#sustainedWork;
  }

  /** Part of the time there was, in the last quarter of a second. */
  get load(): number {
    return this.#load;
  }
}
