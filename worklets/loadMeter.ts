/**
 * How much of the time there is goes into rendering. An audio thread has only a clock of whole milliseconds: single blocks
 * read as 0 or 1, but over many blocks the sum is right on average. Audio thread; allocates nothing.
 */

export class LoadMeter {
  readonly #sampleRate: number;
  #beganMs = 0;
  #busyMs = 0;
  #frames = 0;

  /** `sampleRate` in frames per second. */
  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  /** Frames since the last `takeLoad`. */
  get frames(): number {
    return this.#frames;
  }

  begin(nowMs: number): void {
    this.#beganMs = nowMs;
  }

  /** Returns the milliseconds since `begin`. */
  end(nowMs: number, frames: number): number {
    // The clock of the machine may be set back.
    const tookMs = Math.max(0, nowMs - this.#beganMs);
    this.#busyMs += tookMs;
    this.#frames += frames;
    return tookMs;
  }

  /** Part of the time there was, 0 to 1 and above, since it was last asked. */
  takeLoad(): number {
    const availableMs = (1000 * this.#frames) / this.#sampleRate;
    const load = availableMs > 0 ? this.#busyMs / availableMs : 0;
    this.#busyMs = 0;
    this.#frames = 0;
    return load;
  }
}
