/** A sawtooth whose period another one sets. Patch language: a factory at the top level, the closure once per frame. */

import { wrapTurns } from '../internal/turns.ts';

/** Frames on each side of a jump in which it is rounded off, and the delay of the sound. */
const HALF = 8;
const POINTS_PER_FRAME = 128;

/** A step from 0 to 1 without aliasing, the integral of a windowed sinc: its points from -HALF to HALF frames. */
const step = makeStep();

function makeStep(): Float64Array {
  const points = 2 * HALF * POINTS_PER_FRAME;
  const curve = new Float64Array(points + 2);
  let sum = 0;
  for (let i = 1; i <= points; i++) {
    // In the middle between two points, by the midpoint rule; under Blackman's window.
    const t = (i - 0.5) / POINTS_PER_FRAME - HALF;
    const x = t / HALF;
    const window = 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x);
    sum += (window * Math.sin(Math.PI * 0.94 * t)) / (Math.PI * t);
    curve[i] = sum;
  }
  for (let i = 1; i <= points; i++) curve[i] /= sum;
  curve[points + 1] = 1;
  return curve;
}

/**
 * A sawtooth that is taken back to its start `hz` times a second (hard sync), without aliasing.
 * @param hz how often it is restarted, in Hz: the pitch that is heard
 * @param slaveHz frequency of the sawtooth itself in Hz, from hz up: sweep it for the well-known sound
 * @returns -1…1 and a little beyond at the jumps; 8 frames late
 * Source: band-limited steps (Brandt 2001, Hard Sync Without Aliasing); SuperCollider's SyncSaw.
 * @example
 * const tone = syncSaw()
 * const sweep = sine()
 * export default () => 0.3 * tone(110, 400 + 200 * sweep(0.3))
 */
export function syncSaw(): (hz: number, slaveHz: number) => number {
  let master = 0;
  let slave = 0;
  let at = 0;
  // What is to be heard in the next frames: the shape, HALF frames late, and what rounds its jumps.
  const shape = new Float64Array(HALF);
  const rounding = new Float64Array(2 * HALF);

  /** Rounds a jump by `height` that was `age` frames ago, from 0 to below 1. */
  const jump = (height: number, age: number): void => {
    const place = age * POINTS_PER_FRAME;
    const before = Math.floor(place);
    const t = place - before;
    for (let k = 0; k < 2 * HALF; k++) {
      const i = k * POINTS_PER_FRAME + before;
      const rounded = step[i] + (step[i + 1] - step[i]) * t;
      rounding[(at + k) % (2 * HALF)] += height * (rounded - (k < HALF ? 0 : 1));
    }
  };

  return (hz: number, slaveHz: number): number => {
    const masterStep = Math.min(0.5, Math.abs(hz) / sampleRate);
    const slaveStep = Math.min(0.5, Math.abs(slaveHz) / sampleRate);
    const slot = at % HALF;
    const y = shape[slot] + rounding[at];
    shape[slot] = 2 * slave - 1;
    rounding[at] = 0;
    at = (at + 1) % (2 * HALF);

    const next = master + masterStep;
    const restarts = next >= 1;
    const age = restarts ? (next - 1) / masterStep : 0;
    const reached = slave + slaveStep * (1 - age);
    if (reached >= 1) jump(-2, age + (reached - 1) / slaveStep);
    const ended = wrapTurns(reached);
    if (restarts) jump(-2 * ended, age);
    slave = wrapTurns(restarts ? age * slaveStep : ended);
    master = wrapTurns(next);
    return y;
  };
}
