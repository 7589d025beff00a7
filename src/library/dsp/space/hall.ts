/** A large hall. Patch language. */

import { bounded, clampOr, fallPole, flushed } from '../internal/guard.ts';
import { hadamard8 } from '../internal/hadamard.ts';
import { makeLine } from '../internal/line.ts';
import { placesOf } from '../internal/ringLine.ts';
import type { Stereo } from '../types.ts';

// Seconds of each line of zita-rev1: the whole of it, and the allpass at its beginning.
const HALL_LINES = [0.153129, 0.210389, 0.127837, 0.256891, 0.174713, 0.192303, 0.125, 0.219991];
const HALL_ALLPASSES = [0.020346, 0.024421, 0.031604, 0.027333, 0.022904, 0.029291, 0.013458, 0.019123];
const DIFFUSION = 0.6;
const LONGEST_PREDELAY = 0.5;
/** Where the length is what is asked for. */
const MIDDLE_HZ = 500;

/**
 * A large, smooth hall.
 * @param x stereo signal
 * @param seconds T60 at 500 Hz, 0.1…100
 * @param damp 0…1: how low the frequency is, 20 to 1.5 kHz, at which it takes half as long
 * @param preDelay seconds before anything is heard, 0…0.5
 * @returns the reverberation only
 * Source: zita-rev1 (Adriaensen 2009): eight delays with allpasses in a network, a lowpass in each; Faust `re.zita_rev1_stereo`.
 * @example
 * const hall = hallReverb()
 * const snare = snareDrum()
 * const clock = impulse()
 * export default () => {
 *   const x = 0.4 * snare(clock(1))
 *   return addStereo([x, x], hall([x, x], 3, 0.3))
 * }
 */
export function hallReverb(): (x: Stereo, seconds?: number, damp?: number, preDelay?: number) => Stereo {
  const whole = Float64Array.from(HALL_LINES, (seconds) => Math.round(seconds * sampleRate));
  // The eight allpasses, and after them the rest of each line.
  const lengths = new Float64Array(16);
  for (let i = 0; i < 8; i++) {
    lengths[i] = Math.round(HALL_ALLPASSES[i] * sampleRate);
    lengths[i + 8] = whole[i] - lengths[i];
  }
  const { starts, total } = placesOf(lengths);
  const memory = new Float64Array(total);
  const places = new Float64Array(16);
  const gains = new Float64Array(8);
  const poles = new Float64Array(8);
  const damped = new Float64Array(8);
  const heard = new Float64Array(8);
  const wait = Math.ceil(LONGEST_PREDELAY * sampleRate);
  const before = [makeLine(wait), makeLine(wait)];
  const mask = before[0].length - 1;
  let at = 0;
  let lastSeconds = -1;
  let lastDamp = -1;

  /** For each line a gain and a lowpass that give it its length at 500 Hz, and half of that where the damping begins. */
  const tune = (t60: number, damp: number) => {
    const frame = fallPole(t60);
    const darkHz = Math.min(20000 * (1500 / 20000) ** damp, 0.45 * sampleRate);
    const dark = 1 - Math.cos((2 * Math.PI * darkHz) / sampleRate);
    const middle = 1 - Math.cos((2 * Math.PI * MIDDLE_HZ) / sampleRate);
    for (let i = 0; i < 8; i++) {
      const gain = frame ** whole[i];
      // (1 − p)y + p·y1 is `gain` softer at darkHz where t·p² − (2t + 1)·p + t = 0.
      const t = (1 - gain * gain) / (2 * gain * gain * dark);
      const pole = 1 / (1 + (1 + Math.sqrt(4 * t + 1)) / (2 * t));
      const loss = (1 - pole) / Math.sqrt((1 - pole) * (1 - pole) + 2 * pole * middle);
      poles[i] = pole;
      gains[i] = Math.min(gain / loss, 0.9999);
    }
  };

  return ([l, r], seconds = 3, damp = 0.3, preDelay = 0.02) => {
    const t60 = clampOr(seconds, 0.1, 100, 3);
    const dark = clampOr(damp, 0, 1, 0.3);
    if (t60 !== lastSeconds || dark !== lastDamp) {
      lastSeconds = t60;
      lastDamp = dark;
      tune(t60, dark);
    }
    at = (at + 1) & mask;
    before[0][at] = flushed(l);
    before[1][at] = flushed(r);
    const late = (at - Math.round(clampOr(preDelay, 0, LONGEST_PREDELAY, 0.02) * sampleRate)) & mask;
    const a = 0.6 * before[0][late];
    const b = 0.6 * before[1][late];
    for (let i = 0; i < 8; i++) {
      const y = memory[starts[i + 8] + places[i + 8]];
      damped[i] = flushed(y + (damped[i] - y) * poles[i]);
      const place = starts[i] + places[i];
      const old = memory[place];
      const inside = flushed(gains[i] * damped[i] + ((i & 1) === 0 ? a : b) + DIFFUSION * old);
      memory[place] = inside;
      places[i] = places[i] + 1 < lengths[i] ? places[i] + 1 : 0;
      heard[i] = old - DIFFUSION * inside;
    }
    hadamard8(heard);
    for (let i = 0; i < 8; i++) {
      memory[starts[i + 8] + places[i + 8]] = bounded(heard[i]);
      places[i + 8] = places[i + 8] + 1 < lengths[i + 8] ? places[i + 8] + 1 : 0;
    }
    return [heard[1] + heard[2], heard[1] - heard[2]];
  };
}
