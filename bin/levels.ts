/** Peak and RMS of a sound, taken block by block, of the samples as they are written: rounded to f32, the finite ones. */

export class Levels {
  #peak = 0;
  #sumOfSquares = 0;
  #frames = 0;

  get frames(): number {
    return this.#frames;
  }

  /** Largest magnitude. */
  get peak(): number {
    return this.#peak;
  }

  /** Over both channels together. */
  get rms(): number {
    return this.#frames === 0 ? 0 : Math.sqrt(this.#sumOfSquares / (2 * this.#frames));
  }

  /** Adds the first `frames` samples of both channels. */
  add(left: Float64Array, right: Float64Array, frames: number): void {
    for (let n = 0; n < frames; n++) {
      this.#addSample(Math.fround(left[n]));
      this.#addSample(Math.fround(right[n]));
    }
    this.#frames += frames;
  }

  #addSample(sample: number): void {
    if (!Number.isFinite(sample)) return;
    const magnitude = Math.abs(sample);
    if (magnitude > this.#peak) this.#peak = magnitude;
    this.#sumOfSquares += sample * sample;
  }
}
