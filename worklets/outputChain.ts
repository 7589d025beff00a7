/**
 * What happens to the samples between the patch and the loudspeaker: a list of small stages, each working in place on a
 * block of f64 samples. Audio thread and Node; allocates nothing and cannot throw.
 */

export interface OutputStage {
  /** Works in place on the first `frames` samples of both channels. */
  process(left: Float64Array, right: Float64Array, frames: number): void;
}

export class OutputChain implements OutputStage {
  readonly #stages: readonly OutputStage[];

  /** The stages in the order in which the sound passes them. */
  constructor(stages: readonly OutputStage[]) {
    this.#stages = stages;
  }

  process(left: Float64Array, right: Float64Array, frames: number): void {
    for (let n = 0; n < this.#stages.length; n++) this.#stages[n].process(left, right, frames);
  }
}

/** From here on a number becomes infinite when it is rounded to f32, which is what an output is made of. */
const F32_OVERFLOW = 2 ** 128 - 2 ** 103;

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

/** A linear ramp up or down at start and stop. Fully up, it does not touch a sample. */
export class StartStopRamp implements OutputStage {
  readonly #rampFrames: number;
  #isUp = false;
  /** Frames of the ramp that are done, from 0 (silence) to #rampFrames (fully up). */
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

  /** Is silent at once, without a ramp, and rises from there: for when the output was cut off from outside. */
  fall(): void {
    this.#position = 0;
  }

  /** Whether it is down and has got there, so that nothing need be rendered. */
  get isSilent(): boolean {
    return !this.#isUp && this.isAtBottom;
  }

  /** Whether the last sample was silence: it is down, or has not begun to rise. */
  get isAtBottom(): boolean {
    return this.#position === 0;
  }

  process(left: Float64Array, right: Float64Array, frames: number): void {
    for (let n = 0; n < frames; n++) {
      if (this.#isUp) {
        if (this.#position === this.#rampFrames) return;
        this.#position++;
      } else if (this.#position > 0) this.#position--;
      const gain = this.#position / this.#rampFrames;
      left[n] *= gain;
      right[n] *= gain;
    }
  }
}
