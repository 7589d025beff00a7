/**
 * Notices that the audio thread no longer answers. In: ticks, and signs of life. Out: one call when there was none for
 * HANG_TICKS ticks in a row. Pure; main thread.
 *
 * Time advances in a context with every quantum that is rendered, so nothing is asked while it does. When it stands still
 * although the context runs, the processor is sent a ping: a device that stalls, or a computer that has just woken up,
 * stops the time but not the thread, which answers. A context that is suspended or interrupted is not looked at, nor one that
 * has yet to begin: some need seconds after another one was closed. It has begun once its time moves while it runs, or the
 * processor has said anything; and while it is young it is given longer, as it may start, stall and start again. Ticks are
 * counted and no time is measured, so that a page that sleeps, is throttled or is busy takes nobody for dead meanwhile.
 */

export const TICK_MS = 100;
/** Together with the tick before the first of these, a second. */
export const HANG_TICKS = 8;
/** So many more are given to a context whose time has moved in no more than YOUNG_TICKS ticks: devices start by fits. */
export const YOUNG_HANG_TICKS = 30;
export const YOUNG_TICKS = 10;

export interface WatchedOutput {
  /** Whether the context is in the state `running`. */
  readonly isRunning: boolean;
  /** Time of the context, in seconds. */
  readonly currentTime: number;
  /** Asks the processor for a sign of life. */
  ping(): void;
}

export class HangWatch {
  readonly #output: WatchedOutput;
  readonly #hung: () => void;
  #time = Number.NaN;
  #silentTicks = 0;
  #hasBegun = false;
  #movedTicks = 0;
  #isOver = false;

  /** `hung` is called once at most. */
  constructor(output: WatchedOutput, hung: () => void) {
    this.#output = output;
    this.#hung = hung;
  }

  /** To be called about every TICK_MS, each time from a task of its own. */
  tick(): void {
    if (this.#isOver) return;
    const { isRunning, currentTime } = this.#output;
    if (isRunning && currentTime > this.#time) {
      this.#hasBegun = true;
      this.#movedTicks++;
    }
    if (!isRunning || currentTime !== this.#time) {
      this.#time = isRunning ? currentTime : Number.NaN;
      this.#silentTicks = 0;
      return;
    }
    if (this.#silentTicks % HANG_TICKS === 0) this.#output.ping();
    this.#silentTicks++;
    if (this.#silentTicks < (this.#movedTicks > YOUNG_TICKS ? HANG_TICKS : YOUNG_HANG_TICKS)) return;
    if (!this.#hasBegun) {
      this.#silentTicks = 0;
      return;
    }
    this.#isOver = true;
    this.#hung();
  }

  /** The processor has said something. */
  heard(): void {
    this.#hasBegun = true;
    this.#silentTicks = 0;
  }
}
