/**
 * How much of the time there is goes into rendering, and how far that may be off. An audio thread has only a clock of whole
 * milliseconds, whose ticks may be in step with the device's calls: then each call reads the same, and no mean helps. But each
 * stretch of blocks without a pause between them that shows is off by less than a tick. Audio thread; allocates nothing.
 */

/** Resolution of the clock. */
const TICK_MS = 1;

export class LoadMeter {
  readonly #sampleRate: number;
  #beganMs = 0;
  #endedMs = 0;
  #busyMs = 0;
  #frames = 0;
  #pauses = 0;

  /** `sampleRate` in frames per second. */
  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  /** Frames since the last `reset`. */
  get frames(): number {
    return this.#frames;
  }

  begin(nowMs: number): void {
    this.#beganMs = nowMs;
    if (nowMs !== this.#endedMs) this.#pauses++;
  }

  /** Returns the milliseconds since `begin`. */
  end(nowMs: number, frames: number): number {
    // The clock of the machine may be set back.
    const tookMs = Math.max(0, nowMs - this.#beganMs);
    this.#busyMs += tookMs;
    this.#frames += frames;
    this.#endedMs = nowMs;
    return tookMs;
  }

  /** Part of the time there was, 0 to 1 and above. */
  get load(): number {
    const availableMs = this.#availableMs;
    return availableMs > 0 ? this.#busyMs / availableMs : 0;
  }

  /**
   * By so much the load may be larger than it reads. It may be as much smaller, and by a tick for each call of the device: that a
   * pause was shorter than a tick does not show.
   */
  get tolerance(): number {
    const availableMs = this.#availableMs;
    return availableMs > 0 ? ((this.#pauses + 1) * TICK_MS) / availableMs : 0;
  }

  get #availableMs(): number {
    return (1000 * this.#frames) / this.#sampleRate;
  }

  reset(): void {
    this.#busyMs = 0;
    this.#frames = 0;
    this.#pauses = 0;
  }
}
