/** Freeverb. Patch language. */

import { clampOr, flushed } from '../internal/guard.ts';
import { placesOf } from '../internal/ringLine.ts';
import type { Stereo } from '../types.ts';

// Frames at 44.1 kHz, and by how many more the right side is longer.
const COMBS = [1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617];
const ALLPASSES = [556, 441, 341, 225];
const SPREAD = 23;

/** Eight combs side by side and four allpasses in a row. */
function freeverbSide(spread: number): (x: number, feedback: number, damp: number) => number {
  const scaled = (frames: number) => Math.max(1, Math.round(((frames + spread) * sampleRate) / 44100));
  const lengths = Float64Array.from([...COMBS, ...ALLPASSES].map(scaled));
  const { starts, total } = placesOf(lengths);
  const memory = new Float64Array(total);
  const combs = COMBS.length;
  const count = lengths.length;
  const places = new Float64Array(count);
  const damped = new Float64Array(combs);
  return (x, feedback, damp) => {
    let sum = 0;
    for (let i = 0; i < combs; i++) {
      const at = starts[i] + places[i];
      const late = memory[at];
      damped[i] = flushed(late + (damped[i] - late) * damp);
      memory[at] = x + feedback * damped[i];
      places[i] = places[i] + 1 < lengths[i] ? places[i] + 1 : 0;
      sum += late;
    }
    for (let i = combs; i < count; i++) {
      const at = starts[i] + places[i];
      const late = memory[at];
      memory[at] = flushed(sum + 0.5 * late);
      places[i] = places[i] + 1 < lengths[i] ? places[i] + 1 : 0;
      sum = late - sum;
    }
    return sum;
  };
}

/**
 * The reverberation of countless programs: bright and grainy.
 * @param x stereo signal
 * @param room 0…1: how long it lasts
 * @param damp 0…1: how much sooner the treble is gone
 * @param width 0 mono … 1 wide
 * @returns the reverberation only
 * Source: Jezar at Dreampoint 2000 (public domain), after Schroeder and Moorer; lengths scaled to the sample rate. Faust
 * `re.stereo_freeverb`.
 * @example
 * const room = freeverb()
 * const snare = snareDrum()
 * const clock = impulse()
 * export default () => {
 *   const x = 0.4 * snare(clock(1))
 *   return addStereo([x, x], room([x, x], 0.8, 0.4))
 * }
 */
export function freeverb(): (x: Stereo, room?: number, damp?: number, width?: number) => Stereo {
  const left = freeverbSide(0);
  const right = freeverbSide(SPREAD);
  return ([l, r], room = 0.5, damp = 0.5, width = 1) => {
    const x = flushed(l + r) * 0.015;
    const feedback = 0.28 * clampOr(room, 0, 1, 0.5) + 0.7;
    const dark = 0.4 * clampOr(damp, 0, 1, 0.5);
    const a = left(x, feedback, dark) * 3;
    const b = right(x, feedback, dark) * 3;
    const own = 0.5 + 0.5 * clampOr(width, 0, 1, 1);
    return [a * own + b * (1 - own), b * own + a * (1 - own)];
  };
}
