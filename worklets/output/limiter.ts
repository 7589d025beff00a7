/**
 * Third stage of the output: a look-ahead limiter that keeps the true peak of both channels at or below -1 dBTP. Audio
 * thread and Node; allocates nothing but at the start; the same samples for any lengths of blocks.
 *
 *   sample ─┬─▶ true peak ─▶ reduction it needs ─▶ its maximum ─▶ release ─▶ smoothing ─▶ gain ─┐
 *           └─▶ delay ──────────────────────────────────────────────────────────────────────────▶ × ─▶
 *
 * The gain is one for both channels. It falls along a smooth curve that arrives before the peak does, and stays until the
 * peak has left the interpolation filter, so that it neither clips nor rises in steps. Reductions are whole numbers of
 * tiny steps: sums of them are exact, and where all are 0 the samples pass as the bits they were, delayed.
 *
 * Each stage works on a whole chunk in a typed array. A fraction that is returned by a call, or kept in a field, may be
 * an object on the heap for the engine, and this runs for every sample.
 */

import { SlidingMaximum } from './slidingMaximum.ts';
import type { OutputStage } from './stage.ts';
import { TRUE_PEAK_DELAY_FRAMES, TRUE_PEAK_ERROR, TRUE_PEAK_MAX_RATIO, TRUE_PEAK_TAPS, TruePeak } from './truePeak.ts';

/** -1 dBTP. */
export const CEILING = 10 ** (-1 / 20);
/** A sound that keeps to the ceiling must not be touched because it is read a little too high. */
const THRESHOLD = CEILING * TRUE_PEAK_ERROR;
/** Where all samples around are below this, no true peak is above the ceiling. */
const QUIET = CEILING / TRUE_PEAK_MAX_RATIO;

const ATTACK_SECONDS = 0.0015;
/** Frames before a peak at which the gain is down already, and behind it at which it still is: most of what makes it. */
const HOLD_FRAMES = 12;
/**
 * A gain that moves also moves the peaks between samples, and other meters interpolate in other ways. Both weigh more the
 * more is reduced, so this part of the reduction is reduced in addition, up to a limit.
 */
const MARGIN = 0.05;
const MAX_MARGIN_NEPERS = 0.05;

/** Time constant, in nepers, by which a reduction is given back after a peak; what is more than the limit, at once. */
const FAST_RELEASE_SECONDS = 0.05;
const MAX_FAST_NEPERS = 3;
/** What is reduced for longer is given back more slowly: a loud passage must not pump, nor its bass be bent. */
const SLOW_ATTACK_SECONDS = 0.3;
const SLOW_RELEASE_SECONDS = 0.6;
const MAX_SLOW_NEPERS = 1.5;
/** The rest goes at this speed, so that it is gone some time, and the samples pass as they are. */
const LEAST_RELEASE_NEPERS_PER_SECOND = 0.05;

const SWITCH_SECONDS = 0.02;

/** A step is a hundred-thousandth of a dB. */
const STEPS_PER_NEPER = 2 ** 20;
const DB_PER_NEPER = 20 / Math.LN10;
/** Frames worked on at a time. */
const CHUNK_FRAMES = 128;

/** Reductions in steps, of the fast and the slow release. */
const FAST = 0;
const SLOW = 1;
/** Part of the reduction that is applied: 1 on, 0 off. */
const AMOUNT = 2;
/** The largest reduction since it was last asked, in nepers. */
const LARGEST = 3;
const STATE_LENGTH = 4;

export class Limiter implements OutputStage {
  /** By how much what comes out is behind what went in, whether the limiter acts or not. */
  readonly latencyFrames: number;

  /** The last `latencyFrames` samples of each channel, and behind them those of the chunk. */
  readonly #left: Float64Array;
  readonly #right: Float64Array;
  readonly #leftPeak = new TruePeak();
  readonly #rightPeak = new TruePeak();

  readonly #held: SlidingMaximum;
  readonly #attackA: MovingSum;
  readonly #attackB: MovingSum;
  readonly #stepsPerSum: number;
  /** For each frame of the chunk: steps that its peak needs, and after the stages, steps times `#stepsPerSum` to take. */
  readonly #steps = new Float64Array(CHUNK_FRAMES);
  /** True peaks of both channels, one value for each frame of the chunk. */
  readonly #peaks = new Float64Array(2 * CHUNK_FRAMES);
  /** What goes on from chunk to chunk, at the places named by FAST and so on. */
  readonly #state = new Float64Array(STATE_LENGTH);
  /** For so long no reduction outlasts what needs it. */
  #forgivenFrames = 0;
  /** How long a peak is seen after it came in. */
  readonly #outlastFrames: number;
  readonly #fastKeep: number;
  readonly #slowKeep: number;
  readonly #slowTake: number;
  readonly #leastRelease: number;

  #isOn = true;
  readonly #amountPerFrame: number;

  /** `sampleRate`: frames per second. */
  constructor(sampleRate: number) {
    const attackFrames = Math.max(16, Math.round(ATTACK_SECONDS * sampleRate));
    const framesA = Math.ceil(attackFrames / 2);
    const framesB = attackFrames + 1 - framesA;
    this.latencyFrames = attackFrames - 1 + HOLD_FRAMES + TRUE_PEAK_DELAY_FRAMES;
    // All of the gain's smoothing sees the peak while it is within HOLD_FRAMES of what comes out.
    const windowFrames = attackFrames + 2 * HOLD_FRAMES + 1;
    this.#held = new SlidingMaximum(windowFrames);
    this.#outlastFrames = TRUE_PEAK_TAPS + windowFrames;
    this.#attackA = new MovingSum(framesA);
    this.#attackB = new MovingSum(framesB);
    this.#stepsPerSum = STEPS_PER_NEPER * framesA * framesB;
    this.#fastKeep = Math.exp(-1 / (FAST_RELEASE_SECONDS * sampleRate));
    this.#slowKeep = Math.exp(-1 / (SLOW_RELEASE_SECONDS * sampleRate));
    this.#slowTake = 1 - Math.exp(-1 / (SLOW_ATTACK_SECONDS * sampleRate));
    this.#leastRelease = (LEAST_RELEASE_NEPERS_PER_SECOND * STEPS_PER_NEPER) / sampleRate;
    this.#amountPerFrame = 1 / Math.ceil(SWITCH_SECONDS * sampleRate);
    this.#left = new Float64Array(this.latencyFrames + CHUNK_FRAMES);
    this.#right = new Float64Array(this.latencyFrames + CHUNK_FRAMES);
    this.#state[AMOUNT] = 1;
  }

  /** Off, it delays as ever. While it reduces, going from one to the other takes 20 ms, along a ramp. */
  set isOn(isOn: boolean) {
    this.#isOn = isOn;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** The largest reduction since it was last asked, in dB, 0 or above. */
  takeReductionDb(): number {
    const largest = this.#state[LARGEST];
    this.#state[LARGEST] = 0;
    return largest * DB_PER_NEPER;
  }

  /**
   * For when what was too loud is over for good: what it took is given back at once, as steeply as it was taken. What is
   * still in the delay stays limited.
   */
  releaseNow(): void {
    this.#forgivenFrames = this.#outlastFrames;
  }

  /** As if there had been silence for a long time; whether it is on stays. */
  reset(): void {
    this.#left.fill(0);
    this.#right.fill(0);
    this.#leftPeak.skip();
    this.#rightPeak.skip();
    this.#state.fill(0);
    this.#state[AMOUNT] = this.#isOn ? 1 : 0;
    this.#forgivenFrames = 0;
    this.#held.reset();
    this.#attackA.reset();
    this.#attackB.reset();
  }

  process(left: Float64Array, right: Float64Array, frames: number): void {
    for (let start = 0; start < frames; start += CHUNK_FRAMES) {
      this.#processChunk(left, right, start, Math.min(CHUNK_FRAMES, frames - start));
    }
  }

  #processChunk(left: Float64Array, right: Float64Array, start: number, frames: number): void {
    const heldLeft = this.#left;
    const heldRight = this.#right;
    const latency = this.latencyFrames;
    for (let n = 0; n < frames; n++) {
      heldLeft[latency + n] = left[start + n];
      heldRight[latency + n] = right[start + n];
    }
    const end = latency + frames;
    const isQuiet =
      isQuietBetween(heldLeft, end - frames - TRUE_PEAK_TAPS, end) &&
      isQuietBetween(heldRight, end - frames - TRUE_PEAK_TAPS, end);
    if (isQuiet) {
      this.#leftPeak.skip();
      this.#rightPeak.skip();
      this.#steps.fill(0, 0, frames);
    } else {
      this.#readNeededSteps(frames);
    }
    this.#held.process(this.#steps, frames);
    this.#release(frames);
    this.#attackA.process(this.#steps, frames);
    this.#attackB.process(this.#steps, frames);
    this.#apply(left, right, start, frames);
    heldLeft.copyWithin(0, frames, end);
    heldRight.copyWithin(0, frames, end);
  }

  /** What the peaks around the samples TRUE_PEAK_DELAY_FRAMES before those of the chunk need, in steps. */
  #readNeededSteps(frames: number): void {
    const steps = this.#steps;
    const peaks = this.#peaks;
    this.#leftPeak.read(this.#left, this.latencyFrames, frames, peaks, 0);
    this.#rightPeak.read(this.#right, this.latencyFrames, frames, peaks, CHUNK_FRAMES);
    for (let n = 0; n < frames; n++) {
      const peak = Math.max(peaks[n], peaks[CHUNK_FRAMES + n]);
      if (peak > THRESHOLD) {
        const nepers = Math.log(peak / CEILING);
        steps[n] = Math.ceil((nepers + Math.min(MAX_MARGIN_NEPERS, MARGIN * nepers)) * STEPS_PER_NEPER);
      } else {
        steps[n] = 0;
      }
    }
  }

  /** Steps that are held become steps that are given back slowly, whole numbers too. */
  #release(frames: number): void {
    const steps = this.#steps;
    const state = this.#state;
    const fastKeep = this.#fastKeep;
    const slowKeep = this.#slowKeep;
    const slowTake = this.#slowTake;
    const leastRelease = this.#leastRelease;
    let fast = state[FAST];
    let slow = state[SLOW];
    for (let n = 0; n < frames; n++) {
      const held = steps[n];
      if (this.#forgivenFrames > 0) {
        this.#forgivenFrames--;
        fast = 0;
        slow = 0;
      }
      const limited = Math.min(fast, MAX_FAST_NEPERS * STEPS_PER_NEPER);
      fast = Math.max(held, Math.min(limited * fastKeep, limited - leastRelease), 0);
      const target = Math.min(held, MAX_SLOW_NEPERS * STEPS_PER_NEPER);
      if (target > slow) slow += (target - slow) * slowTake;
      else slow = Math.max(target, Math.min(slow * slowKeep, slow - leastRelease));
      steps[n] = Math.ceil(Math.max(fast, slow));
    }
    state[FAST] = fast;
    state[SLOW] = slow;
  }

  /** Writes the delayed samples, turned down where there is something to reduce. */
  #apply(left: Float64Array, right: Float64Array, start: number, frames: number): void {
    const heldLeft = this.#left;
    const heldRight = this.#right;
    const steps = this.#steps;
    const state = this.#state;
    const stepsPerSum = this.#stepsPerSum;
    const amountPerFrame = this.#amountPerFrame;
    const target = this.#isOn ? 1 : 0;
    let amount = state[AMOUNT];
    let largest = state[LARGEST];
    for (let n = 0; n < frames; n++) {
      const sum = steps[n];
      // One frame further on the way to on or off; at once while there is nothing to reduce.
      if (sum === 0) amount = target;
      else if (amount < target) amount = Math.min(1, amount + amountPerFrame);
      else if (amount > target) amount = Math.max(0, amount - amountPerFrame);
      // Off, or nothing to reduce: the very bits.
      const reduction = sum === 0 ? 0 : (sum / stepsPerSum) * amount;
      if (reduction === 0) {
        left[start + n] = heldLeft[n];
        right[start + n] = heldRight[n];
        continue;
      }
      if (reduction > largest) largest = reduction;
      const gain = Math.exp(-reduction);
      left[start + n] = heldLeft[n] * gain;
      right[start + n] = heldRight[n] * gain;
    }
    state[AMOUNT] = amount;
    state[LARGEST] = largest;
  }
}

/** Sums of the last whole numbers of a sequence, exactly. */
class MovingSum {
  readonly #values: Float64Array;
  readonly #sum = new Float64Array(1);
  #at = 0;

  /** The numbers are 0 at first. */
  constructor(frames: number) {
    this.#values = new Float64Array(frames);
  }

  /** Puts the sum in the place of each of the first `count` numbers. */
  process(numbers: Float64Array, count: number): void {
    const values = this.#values;
    let sum = this.#sum[0];
    let at = this.#at;
    for (let n = 0; n < count; n++) {
      const value = numbers[n];
      sum += value - values[at];
      values[at] = value;
      at = at + 1 === values.length ? 0 : at + 1;
      numbers[n] = sum;
    }
    this.#sum[0] = sum;
    this.#at = at;
  }

  reset(): void {
    this.#values.fill(0);
    this.#sum[0] = 0;
  }
}

/** From `from` up to `to`, not included. */
function isQuietBetween(samples: Float64Array, from: number, to: number): boolean {
  for (let n = from; n < to; n++) if (!(Math.abs(samples[n]) < QUIET)) return false;
  return true;
}
