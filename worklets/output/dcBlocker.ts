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

  /** The largest offset, in magnitude, that was subtracted since it was last asked; 0 while nothing is touched. */
  takeOffset(): number {
    return Math.max(this.#left.takeOffset(), this.#right.takeOffset());
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

class Channel {
  readonly #stepFrames: number;
  /** Of the step under way: frames that are in, and their sum. */
  #frames = 0;
  #sum = 0;
  /** Means of the last steps, and averages of them, as rings. */
  readonly #means = new Float64Array(AVERAGE_STEPS);
  readonly #averages = new Float64Array(WINDOW_STEPS);
  #meanAt = 0;
  #averageAt = 0;

  #isActive = false;
  #followed = 0;
  /** What is subtracted goes from one to the other in the course of a step. */
  #from = 0;
  #to = 0;
  #largest = 0;

  constructor(stepFrames: number) {
    this.#stepFrames = stepFrames;
  }

  takeOffset(): number {
    const largest = Math.max(this.#largest, Math.abs(this.#to));
    this.#largest = 0;
    return largest;
  }

  reset(): void {
    this.#frames = 0;
    this.#sum = 0;
    this.#means.fill(0);
    this.#averages.fill(0);
    this.#isActive = false;
    this.#followed = 0;
    this.#from = 0;
    this.#to = 0;
    this.#largest = 0;
  }

  process(samples: Float64Array, frames: number): void {
    for (let start = 0; start < frames; ) {
      const end = Math.min(frames, start + this.#stepFrames - this.#frames);
      let sum = this.#sum;
      for (let n = start; n < end; n++) sum += samples[n];
      this.#sum = sum;
      if (this.#from !== 0 || this.#to !== 0) this.#subtract(samples, start, end);
      this.#frames += end - start;
      start = end;
      if (this.#frames === this.#stepFrames) this.#endStep();
    }
  }

  #subtract(samples: Float64Array, start: number, end: number): void {
    const slope = (this.#to - this.#from) / this.#stepFrames;
    for (let n = start; n < end; n++) samples[n] -= this.#from + slope * (this.#frames + n - start);
  }

  #endStep(): void {
    this.#means[this.#meanAt] = this.#sum / this.#stepFrames;
    this.#meanAt = (this.#meanAt + 1) % AVERAGE_STEPS;
    this.#sum = 0;
    this.#frames = 0;
    this.#averages[this.#averageAt] = this.#average();
    this.#averageAt = (this.#averageAt + 1) % WINDOW_STEPS;

    const offset = this.#offset();
    this.#followed += (offset - this.#followed) * FOLLOW;
    this.#from = this.#to;
    this.#to += (this.#followed - this.#to) * FOLLOW;
    if (!this.#isActive && Math.abs(this.#followed) < NEGLIGIBLE && Math.abs(this.#to) < NEGLIGIBLE) {
      this.#followed = 0;
      this.#to = 0;
    }
    this.#largest = Math.max(this.#largest, Math.abs(this.#to));
  }

  /** The last means, under a triangle that is highest in the middle. */
  #average(): number {
    let sum = 0;
    let weights = 0;
    for (let n = 0; n < AVERAGE_STEPS; n++) {
      const weight = Math.min(n + 1, AVERAGE_STEPS - n);
      sum += weight * this.#means[(this.#meanAt + n) % AVERAGE_STEPS];
      weights += weight;
    }
    return sum / weights;
  }

  /** What is to be subtracted: 0 where there is no offset. */
  #offset(): number {
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
    return this.#isActive ? mean : 0;
  }
}
