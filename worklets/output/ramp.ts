/** Last stage of the output: start and stop without a click. Audio thread. */

import type { OutputStage } from './stage.ts';

/** A linear ramp up or down at start and stop. Fully up, it does not touch a sample. */
export class StartStopRamp implements OutputStage {
  readonly #rampFrames: number;
  #isUp = false;
  /** Frames of the ramp that are done, from 0 (silence) to #rampFrames (fully up); below 0 before it begins to rise. */
  #position = 0;

  /** Begins silent and down. `rampFrames`: at least 1. */
  constructor(rampFrames: number) {
    this.#rampFrames = rampFrames;
  }

  /** Goes towards the sound (true) or towards silence (false) from where it is. */
  set isUp(isUp: boolean) {
    this.#isUp = isUp;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /**
   * Is silent at once, without a ramp, and rises from there: for when the output was cut off from outside, or what comes
   * does not continue what came before. `afterFrames`: what comes will be so long on its way.
   */
  fall(afterFrames = 0): void {
    this.#position = -afterFrames;
  }

  /** Whether it is down and has got there, so that nothing need be rendered. */
  get isSilent(): boolean {
    return !this.#isUp && this.isAtBottom;
  }

  /** Whether the last sample was silence: it is down, or has not begun to rise. */
  get isAtBottom(): boolean {
    return this.#position <= 0;
  }

  process(left: Float64Array, right: Float64Array, frames: number): void {
    for (let n = 0; n < frames; n++) {
      if (this.#isUp) {
        if (this.#position === this.#rampFrames) return;
        this.#position++;
      } else if (this.#position > 0) this.#position--;
      const gain = Math.max(0, this.#position) / this.#rampFrames;
      left[n] *= gain;
      right[n] *= gain;
    }
  }
}
