/** A sequencer's clock, which tells in which frame each step begins. Patch language. */

import { clampOr } from '../internal/guard.ts';

/** A share of a step that rounding may take from the phase before the step is late. */
const SLACK = 1e-9;

/**
 * The number of the step in the frame in which it begins, and −1 in all others.
 * The clock runs by a phase of its own, so the tempo may change in any frame; the first call gives 0.
 * @param perBeat steps in a beat, above 0
 * @param swing 0…0.9: how late every second step begins, in parts of a step
 * @returns a closure of `bpm`, beats per minute, at least 0, called once per frame
 * Source: a phase accumulator; swing delays odd steps, as on an MPC; Tone.js Sequence.
 * @example
 * const clock = stepClock(4, 0.2)
 * let level = 0
 * export default () => {
 *   if (clock(120) >= 0) level = 0.5
 *   level *= 0.9995
 *   return level * Math.sin(2 * Math.PI * 330 * currentTime)
 * }
 */
export function stepClock(perBeat = 4, swing = 0): (bpm: number) => number {
  const late = Math.min(Math.max(swing, 0), 0.9);
  // Steps since the first call, and the step that comes next.
  let position = 0;
  let next = 0;
  return (bpm: number) => {
    const due = next + (next % 2 === 1 ? late : 0);
    const isDue = position >= due - SLACK;
    const step = isDue ? next : -1;
    if (isDue) next += 1;
    position += ((clampOr(bpm, 0, 1e9, 0) / 60) * perBeat) / sampleRate;
    return step;
  };
}
