/** First stage of the output: nothing that is not a number, or too large for an output, gets any further. Audio thread. */

import { F32_OVERFLOW } from '../nonFiniteWatch.ts';
import type { OutputStage } from './stage.ts';

/** Counts samples that are NaN or infinite as f32, and replaces them by 0. */
export class NonFiniteGuard implements OutputStage {
  readonly #replaces: boolean;
  #count = 0;

  /** `replaces`: false only counts. */
  constructor(replaces = true) {
    this.#replaces = replaces;
  }

  /** Samples found since the last `takeCount`, both channels together. */
  get count(): number {
    return this.#count;
  }

  takeCount(): number {
    const count = this.#count;
    this.#count = 0;
    return count;
  }

  process(left: Float64Array, right: Float64Array, frames: number): void {
    this.#guard(left, frames);
    this.#guard(right, frames);
  }

  #guard(channel: Float64Array, frames: number): void {
    for (let n = 0; n < frames; n++) {
      // NaN is not less than anything.
      if (Math.abs(channel[n]) < F32_OVERFLOW) continue;
      this.#count++;
      if (this.#replaces) channel[n] = 0;
    }
  }
}
