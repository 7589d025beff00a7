/**
 * Second stage of the output: takes a constant offset away, which nobody hears and which costs loudspeakers and the
 * limiter their room. Where there is none, the samples pass as the bits they were. Audio thread and Node; allocates
 * nothing but at the start; the same samples for any lengths of blocks.
 *
 * A filter that lets everything but DC through changes every sample of every patch, and turns the phase of what is low.
 * So this one first makes sure. It looks at averages over 0.2 s, a hundred a second: if those of a whole second have the
 * same sign and are all above -40 dBFS, the patch has an offset, which is the average of that second. From then on it is
 * subtracted, and followed, until less than -46 dBFS is left of it. What is subtracted never moves fast: it comes in
 * within half a second.
 *
 * No periodic tone of 1 Hz or above has such averages, nor a sine above 0.5 Hz, however loud they are. A constant that
 * begins is gone, but for 1 %, after two seconds.
 */

import type { OutputStage } from './stage.ts';

const STEPS_PER_SECOND = 100;
/** Averages are over so many steps, under a triangle. */
const AVERAGE_STEPS = 20;
/** And are looked at for so long. */
const WINDOW_STEPS = 100;
/** -40 dBFS. */
const THRESHOLD = 0.01;
const RELEASE = THRESHOLD / 2;
/** What is subtracted follows the offset through two filters with this time constant. */
const FOLLOW_SECONDS = 0.1;
/** Less than this is not worth subtracting: -120 dBFS. */
const NEGLIGIBLE = 1e-6;

export class DcBlocker implements OutputStage {
  readonly #left: Channel;
  readonly #right: Channel;

  /** `sampleRate`: frames per second. */
  constructor(sampleRate: number) {
    const stepFrames = Math.max(1, Math.round(sampleRate / STEPS_PER_SECOND));
    this.#left = new Channel(stepFrames);
    this.#right = new Channel(stepFrames);
  }

  /**
   * The offset, with its sign, that is largest in magnitude of those that both channels had since it was last asked, as
   * it was before it was taken out. 0 while there is none, and until it is known, 0.2 s after it begins to be taken out.
   */
  takeOffset(): number {
    const left = this.#left.takeOffset();
    const right = this.#right.takeOffset();
    return Math.abs(right) > Math.abs(left) ? right : left;
  }

  /** As if there had been silence for a long time. */
  reset(): void {
    this.#left.reset();
    this.#right.reset();
  }

  process(left: Float64Array, right: Float64Array, frames: number): void {
    this.#left.process(left, frames);
    this.#right.process(right, frames);
  }
}

const FOLLOW = 1 - Math.exp(-1 / (FOLLOW_SECONDS * STEPS_PER_SECOND));

/** What a channel keeps from block to block, at these places. Sum of the samples of the step under way: */
const SUM = 0;
const FOLLOWED = 1;
/** What is subtracted goes from one to the other in the course of a step. */
const FROM = 2;
const TO = 3;
/** The offset that was found, and what of it is largest in magnitude since it was last asked; 0: there is none. */
const FOUND = 4;
const LARGEST = 5;
const STATE_LENGTH = 6;

class Channel {
  readonly #stepFrames: number;
  /** Frames that are in of the step under way. */
  #frames = 0;
  /** Not in fields, where an engine may make an object of every fraction. */
  readonly #state = new Float64Array(STATE_LENGTH);
  /** Means of the last steps, and averages of them, as rings. */
  readonly #means = new Float64Array(AVERAGE_STEPS);
  readonly #averages = new Float64Array(WINDOW_STEPS);
  #meanAt = 0;
  #averageAt = 0;

  #isActive = false;
  /** Steps since it became active, as far as they count. */
  #activeSteps = 0;

  constructor(stepFrames: number) {
    this.#stepFrames = stepFrames;
  }

  takeOffset(): number {
    const state = this.#state;
    const largest = state[LARGEST];
    state[LARGEST] = state[FOUND];
    return largest;
  }

  reset(): void {
    this.#frames = 0;
    this.#state.fill(0);
    this.#means.fill(0);
    this.#averages.fill(0);
    this.#isActive = false;
    this.#activeSteps = 0;
  }

  process(samples: Float64Array, frames: number): void {
    const state = this.#state;
    for (let start = 0; start < frames; ) {
      const end = Math.min(frames, start + this.#stepFrames - this.#frames);
      let sum = state[SUM];
      for (let n = start; n < end; n++) sum += samples[n];
      state[SUM] = sum;
      if (state[FROM] !== 0 || state[TO] !== 0) this.#subtract(samples, start, end);
      this.#frames += end - start;
      start = end;
      if (this.#frames === this.#stepFrames) this.#endStep();
    }
  }

  #subtract(samples: Float64Array, start: number, end: number): void {
    const from = this.#state[FROM];
    const slope = (this.#state[TO] - from) / this.#stepFrames;
    for (let n = start; n < end; n++) samples[n] -= from + slope * (this.#frames + n - start);
  }

  #endStep(): void {
    const state = this.#state;
    this.#means[this.#meanAt] = state[SUM] / this.#stepFrames;
    this.#meanAt = (this.#meanAt + 1) % AVERAGE_STEPS;
    state[SUM] = 0;
    this.#frames = 0;
    this.#takeAverage();
    this.#findOffset();

    const offset = this.#isActive ? state[FOUND] : 0;
    state[FOLLOWED] += (offset - state[FOLLOWED]) * FOLLOW;
    state[FROM] = state[TO];
    state[TO] += (state[FOLLOWED] - state[TO]) * FOLLOW;
    if (!this.#isActive && Math.abs(state[FOLLOWED]) < NEGLIGIBLE && Math.abs(state[TO]) < NEGLIGIBLE) {
      state[FOLLOWED] = 0;
      state[TO] = 0;
    }
    this.#note();
  }

  /** Averages the last means, under a triangle that is highest in the middle. */
  #takeAverage(): void {
    let sum = 0;
    let weights = 0;
    for (let n = 0; n < AVERAGE_STEPS; n++) {
      const weight = Math.min(n + 1, AVERAGE_STEPS - n);
      sum += weight * this.#means[(this.#meanAt + n) % AVERAGE_STEPS];
      weights += weight;
    }
    this.#averages[this.#averageAt] = sum / weights;
    this.#averageAt = (this.#averageAt + 1) % WINDOW_STEPS;
  }

  /** Whether there is an offset, and which. */
  #findOffset(): void {
    let lowest = this.#averages[0];
    let highest = lowest;
    let sum = 0;
    for (let n = 0; n < WINDOW_STEPS; n++) {
      const average = this.#averages[n];
      if (average < lowest) lowest = average;
      if (average > highest) highest = average;
      sum += average;
    }
    const mean = sum / WINDOW_STEPS;
    if (lowest > THRESHOLD || highest < -THRESHOLD) this.#isActive = true;
    else if (Math.abs(mean) < RELEASE) this.#isActive = false;
    this.#state[FOUND] = mean;
  }

  /**
   * Writes down what there is to tell. An offset is found while the first averages of the window are still those in which
   * it began, so that their mean is too small: it is told as soon as they are over.
   */
  #note(): void {
    const state = this.#state;
    this.#activeSteps = this.#isActive ? Math.min(AVERAGE_STEPS, this.#activeSteps + 1) : 0;
    if (this.#activeSteps < AVERAGE_STEPS) state[FOUND] = 0;
    if (Math.abs(state[FOUND]) > Math.abs(state[LARGEST])) state[LARGEST] = state[FOUND];
  }
}
