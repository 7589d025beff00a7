/** Reverberation by a network of delays, and with a pitch shifter in its loop. Patch language. */

import { pitchShifter } from '../delays/pitchShifter.ts';
import { highpass1 } from '../filters/firstOrder.ts';
import { bounded, clampOr, fallPole, flushed } from '../internal/guard.ts';
import { hadamard8 } from '../internal/hadamard.ts';
import { fixedAllpass, placesOf } from '../internal/ringLine.ts';
import type { Stereo } from '../types.ts';

// Frames at 48 kHz for size 1: primes, so that few echoes fall together.
const LENGTHS = [1433, 1601, 1867, 2053, 2251, 2399, 2617, 2797];
// Which of the eight lines each side is heard from, and with what sign.
const SIGNS = [1, -1, 1, 1, -1, 1, -1, -1];

/**
 * A smooth reverberation whose length is exactly what you ask for.
 * @param size 0.2 a box … 1 a room … 3 a cathedral
 * @param x stereo signal
 * @param seconds T60: how long it takes to fall by 60 dB, 0.05…100
 * @param damp 0…1: how much sooner the treble is gone
 * @returns the reverberation only
 * Source: Jot and Chaigne 1991: eight delays, a Hadamard matrix, and a gain for each line that gives all of them the same T60; Faust
 * `re.fdnrev0`.
 * @example
 * const room = fdnReverb(1)
 * const snare = snareDrum()
 * const clock = impulse()
 * export default () => {
 *   const x = 0.4 * snare(clock(1))
 *   return addStereo([x, x], room([x, x], 2, 0.3))
 * }
 */
export function fdnReverb(size = 1): (x: Stereo, seconds?: number, damp?: number) => Stereo {
  const scale = (clampOr(size, 0.2, 3, 1) * sampleRate) / 48000;
  const lengths = Float64Array.from(LENGTHS.map((frames) => Math.max(2, Math.round(frames * scale))));
  const { starts, total } = placesOf(lengths);
  const memory = new Float64Array(total);
  const places = new Float64Array(8);
  const damped = new Float64Array(8);
  const gains = new Float64Array(8);
  const heard = new Float64Array(8);
  const spread = [142, 379].map((frames) => [
    fixedAllpass(frames * scale, 0.6),
    fixedAllpass(frames * scale * 1.07, 0.6),
  ]);
  let lastSeconds = -1;
  return ([l, r], seconds = 2, damp = 0.3) => {
    const t60 = clampOr(seconds, 0.05, 100, 2);
    if (t60 !== lastSeconds) {
      lastSeconds = t60;
      const frame = fallPole(t60);
      for (let i = 0; i < 8; i++) gains[i] = frame ** lengths[i];
    }
    const pole = 0.9 * clampOr(damp, 0, 1, 0.3);
    const a = 0.25 * spread[1][0](spread[0][0](flushed(l)));
    const b = 0.25 * spread[1][1](spread[0][1](flushed(r)));
    let left = 0;
    let right = 0;
    for (let i = 0; i < 8; i++) {
      const late = memory[starts[i] + places[i]];
      if (i < 4) left += SIGNS[i] * late;
      else right += SIGNS[i] * late;
      damped[i] = flushed(late + (damped[i] - late) * pole);
      heard[i] = damped[i] * gains[i];
    }
    hadamard8(heard);
    for (let i = 0; i < 8; i++) {
      memory[starts[i] + places[i]] = bounded(heard[i] + ((i & 1) === 0 ? a : b));
      places[i] = places[i] + 1 < lengths[i] ? places[i] + 1 : 0;
    }
    return [left, right];
  };
}

/**
 * A reverberation that climbs: what it gives goes in again at another pitch.
 * @param x stereo signal
 * @param seconds T60 of the room, 0.05…100
 * @param amount 0…0.9: how much goes round
 * @param semitones by how much it climbs each time, −24…24
 * @returns the reverberation only
 * Source: Eno and Lanois' use of a pitch shifter and a reverberator; `fdnReverb` with `pitchShifter` in the loop, kept within
 * ±1 by tanh.
 * @example
 * const shine = shimmer()
 * const osc = triangle()
 * const env = perc()
 * const clock = impulse()
 * export default () => {
 *   const x = 0.3 * osc(220) * env(clock(0.5), 0.05, 1)
 *   return addStereo([x, x], shine([x, x], 4, 0.6))
 * }
 */
export function shimmer(): (x: Stereo, seconds?: number, amount?: number, semitones?: number) => Stereo {
  const room = fdnReverb(1.5);
  const up = pitchShifter(0.08);
  const down = pitchShifter(0.09);
  // An offset has no pitch, so it would stay where it is and grow; so would what an interval downwards leaves below hearing.
  const aboveLeft = highpass1();
  const aboveRight = highpass1();
  let left = 0;
  let right = 0;
  return ([l, r], seconds = 4, amount = 0.4, semitones = 12) => {
    const t60 = clampOr(seconds, 0.05, 100, 4);
    // The longer the room rings, the more of itself it is given anyway.
    const again = clampOr(amount, 0, 0.9, 0.4) / Math.sqrt(1 + 0.5 * t60);
    const interval = clampOr(semitones, -24, 24, 12);
    const wet = room([flushed(l) + Math.tanh(again * left), flushed(r) + Math.tanh(again * right)], t60, 0.25);
    left = aboveLeft(up(wet[1], interval), 40);
    right = aboveRight(down(wet[0], interval), 40);
    return wet;
  };
}
