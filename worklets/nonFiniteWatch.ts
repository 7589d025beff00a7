/**
 * Whether what plays has become nothing but NaN and infinities, so that its state is lost. In: how each chunk ended. Audio
 * thread and Node.
 */

/** What is not finite for so long is taken not to become so again. */
const LOST_FRAMES = 256;
/** From here on its state is not given to others. A single sample of a chance division by zero is no reason. */
const DOUBTFUL_FRAMES = 128;
/** What is beyond any sound is on its way there. */
const BEYOND_SOUND = 1e9;

/** NaN is not less than anything. */
export const isSound = (sample: number): boolean => Math.abs(sample) < BEYOND_SOUND;

/** From here on a number is infinite as f32, which is what an output is made of. */
export const F32_OVERFLOW = 2 ** 128 - 2 ** 103;

/** Whether `count` samples from `from` on are finite as f32. */
export function areFinite(samples: Float64Array, from: number, count: number): boolean {
  // NaN is not less than anything.
  for (let n = from; n < from + count; n++) if (!(Math.abs(samples[n]) < F32_OVERFLOW)) return false;
  return true;
}

export class NonFiniteWatch {
  #lostFrames = 0;
  #isGivenUp = false;

  /** Takes note of a chunk that ended like this. Returns whether something else should play. */
  observe(endsInSound: boolean, frames: number): boolean {
    if (endsInSound) {
      this.reset();
      return false;
    }
    this.#lostFrames += frames;
    return this.#lostFrames >= LOST_FRAMES && !this.#isGivenUp;
  }

  /** Whether what takes the state over would not be finite, either. */
  get isStateLost(): boolean {
    return this.#lostFrames >= DOUBTFUL_FRAMES;
  }

  /** There is nothing else to play, and it would not help to ask again. */
  giveUp(): void {
    this.#isGivenUp = true;
  }

  /** Something else plays. */
  reset(): void {
    this.#lostFrames = 0;
    this.#isGivenUp = false;
  }
}
