/**
 * Takes a step out of the sound where one program follows another without a crossfade: adds the difference between the
 * last sample before and the first one after, and lets it decay. Audio thread and Node; allocates nothing.
 */

export class Declicker {
  #totalFrames = 0;
  #doneFrames = 0;
  #lastLeft = 0;
  #lastRight = 0;
  #offsetLeft = 0;
  #offsetRight = 0;

  /** The next sample begins something else. The step to it decays over `frames`, at least 1. */
  begin(frames: number): void {
    this.#totalFrames = frames;
    this.#doneFrames = 0;
  }

  /** Lets what is left of a step go at once. */
  stop(): void {
    this.#totalFrames = 0;
    this.#doneFrames = 0;
    this.#lastLeft = 0;
    this.#lastRight = 0;
  }

  /** Works in place on `frames` samples from `start` on. To be called with everything that sounds. */
  process(left: Float64Array, right: Float64Array, start: number, frames: number): void {
    if (frames === 0) return;
    if (this.#totalFrames > 0) this.#remove(left, right, start, frames);
    this.#lastLeft = left[start + frames - 1];
    this.#lastRight = right[start + frames - 1];
  }

  #remove(left: Float64Array, right: Float64Array, start: number, frames: number): void {
    if (this.#doneFrames === 0) {
      this.#offsetLeft = removable(this.#lastLeft - left[start]);
      this.#offsetRight = removable(this.#lastRight - right[start]);
    }
    const count = Math.min(frames, this.#totalFrames - this.#doneFrames);
    for (let n = 0; n < count; n++) {
      // A parabola: it ends without a corner.
      const part = 1 - (this.#doneFrames + n) / this.#totalFrames;
      const gain = part * part;
      if (this.#offsetLeft !== 0) left[start + n] += gain * this.#offsetLeft;
      if (this.#offsetRight !== 0) right[start + n] += gain * this.#offsetRight;
    }
    this.#doneFrames += count;
    if (this.#doneFrames === this.#totalFrames) this.#totalFrames = 0;
  }
}

/** Far beyond full scale: on its way to infinity. The limiter would hold down for long what comes after such a step. */
const MAX_STEP = 1e6;

const removable = (step: number): number => (Math.abs(step) < MAX_STEP ? step : 0);
