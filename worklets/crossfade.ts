/**
 * The linear fade from one generation to the next. In: samples of both sides. Out: the mix. Audio thread and Node; allocates nothing.
 */

export class Crossfade {
  /** Length of the fade in progress, 0 if there is none, and how many frames of it are done. */
  #totalFrames = 0;
  #doneFrames = 0;

  get isActive(): boolean {
    return this.#totalFrames > 0;
  }

  /** 0 frames: none. */
  begin(frames: number): void {
    this.#totalFrames = frames;
    this.#doneFrames = 0;
  }

  end(): void {
    this.begin(0);
  }

  /** How much of what was heard last was the new side. */
  get gain(): number {
    return this.#totalFrames > 0 ? this.#doneFrames / this.#totalFrames : 1;
  }

  /** A fade to something that makes up this part of the sound already, at the pace of a fade of `frames`. */
  beginFrom(part: number, frames: number): void {
    this.#totalFrames = Math.max(1, frames);
    // One frame less, as the gain of the last frame rendered is the one to go on from.
    this.#doneFrames = Math.max(0, Math.round(part * this.#totalFrames) - 1);
  }

  /**
   * Writes `frames` samples of a channel from `start` on: those at `newIndex` of `samples`, faded in over the first ones of
   * `old` while a fade is in progress.
   */
  mix(
    channel: Float64Array,
    start: number,
    frames: number,
    samples: Float64Array,
    newIndex: number,
    old: Float64Array,
  ): void {
    // The last frame of the fade is the new one's alone, exactly.
    const mixedFrames = Math.min(frames, this.#totalFrames - this.#doneFrames - 1);
    let n = 0;
    for (; n < mixedFrames; n++) {
      const gain = (this.#doneFrames + n + 1) / this.#totalFrames;
      const newSample = samples[newIndex + n];
      const oldSample = old[n];
      // What is the same in both stays the same bits: -0 and infinity too.
      channel[start + n] = newSample === oldSample ? newSample : oldSample + (newSample - oldSample) * gain;
    }
    for (; n < frames; n++) channel[start + n] = samples[newIndex + n];
  }

  /** Whether the fade is over after `frames` more. */
  advance(frames: number): boolean {
    if (!this.isActive) return false;
    this.#doneFrames += frames;
    return this.#doneFrames >= this.#totalFrames;
  }
}
