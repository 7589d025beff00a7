/**
 * The highest true peak of a channel since the beginning, by the interpolation that the limiter uses (ITU-R BS.1770-4, Annex 2:
 * four points a sample). In: samples, in pieces of any length. Pure; allocates nothing but at the start.
 */

import { TRUE_PEAK_MAX_RATIO, TRUE_PEAK_TAPS, TruePeak } from '../../../worklets/output/truePeak.ts';

const CHUNK_FRAMES = 512;
/** Samples that have to be there before the first that is read. */
const HISTORY_FRAMES = TRUE_PEAK_TAPS - 1;

export class TruePeakMeter {
  readonly #reader = new TruePeak();
  /** The last samples, and behind them those of the chunk. */
  readonly #samples = new Float64Array(HISTORY_FRAMES + CHUNK_FRAMES);
  readonly #peaks = new Float64Array(CHUNK_FRAMES);
  #peak = 0;

  /** As an amplitude: 1 is full scale. */
  get peak(): number {
    return this.#peak;
  }

  add(samples: Float32Array): void {
    for (let start = 0; start < samples.length; start += CHUNK_FRAMES) {
      this.#addChunk(samples, start, Math.min(CHUNK_FRAMES, samples.length - start));
    }
  }

  #addChunk(samples: Float32Array, start: number, frames: number): void {
    const held = this.#samples;
    for (let n = 0; n < frames; n++) held[HISTORY_FRAMES + n] = samples[start + n];
    let largest = 0;
    for (let n = 0; n < HISTORY_FRAMES + frames; n++) largest = Math.max(largest, Math.abs(held[n]));
    if (largest * TRUE_PEAK_MAX_RATIO > this.#peak) {
      this.#reader.read(held, HISTORY_FRAMES, frames, this.#peaks, 0);
      for (let n = 0; n < frames; n++) this.#peak = Math.max(this.#peak, this.#peaks[n]);
    } else {
      // Nothing between these samples can be higher than what has been.
      this.#reader.skip();
    }
    held.copyWithin(0, frames, frames + HISTORY_FRAMES);
  }

  reset(): void {
    this.#peak = 0;
    this.#samples.fill(0);
    this.#reader.skip();
  }
}
