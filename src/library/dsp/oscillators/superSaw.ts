/** Many sawtooths at once. Patch language: factories at the top level, closures once per frame. */

import { drawer } from '../internal/chance.ts';
import { mipLevel, readLines } from '../internal/mipmaps.ts';
import { sawMaps } from '../internal/sawMaps.ts';
import { wrapTurns } from '../internal/turns.ts';
import { pan2 } from '../mixing/stereo.ts';
import type { Stereo } from '../types.ts';

/** How far the six saws at the sides of a JP-8000 are from the middle one, from the lowest to the highest (Szabo, table 1). */
const JP8000_OFFSETS = [-0.11002313, -0.06288439, -0.01952356, 0, 0.01991221, 0.06216538, 0.10745242];

/** Offsets for places from -1 to 1, by straight lines between those of the JP-8000. */
function offsetAt(place: number): number {
  const x = 3 * (place + 1);
  const i = Math.min(5, Math.floor(x));
  return JP8000_OFFSETS[i] + (JP8000_OFFSETS[i + 1] - JP8000_OFFSETS[i]) * (x - i);
}

/** How much of the offsets the control gives: fine at first, coarse at its end. From 0 to 1. */
function spreadOf(x: number): number {
  const high =
    106649.6679158292 +
    x * (-138150.6761080548 + x * (111363.4808729368 + x * (-50818.8652045924 + x * 10028.7312891634)));
  const low = 404.2703938388 + x * (-3425.0836591318 + x * (17019.951858008 + x * (-53046.9642751875 + x * high)));
  return x * (0.6717417634 + x * (-24.1878824391 + x * low));
}

/**
 * A chorus of sawtooths, one in the middle and the others detuned around it.
 * @param voices number of sawtooths, 1…32; 7 if not given
 * @param seed of the phases they start at; 0 takes one by chance
 * @param hz frequency of the middle one in Hz
 * @param detune 0…1, fine at first; 0.2 if not given
 * @param blend 0 the middle one only … 1 the others louder than it; 0.5 if not given
 * @returns both sides, the detuned ones spread over them; about as loud as one sawtooth for any blend
 * Source: Szabo 2010, How to Emulate the Super Saw (the Roland JP-8000's), each a `saw` without aliasing.
 * @example
 * const tone = superSaw()
 * export default () => gainStereo(tone(220, 0.3, 0.6), 0.2)
 */
export function superSaw(voices = 7, seed = 0): (hz: number, detune?: number, blend?: number) => Stereo {
  const count = voices >= 1 ? Math.min(32, Math.floor(voices)) : voices < 1 ? 1 : 7;
  const random = drawer(seed);
  const phases = Float64Array.from({ length: count }, () => random());
  const offsets = new Float64Array(count);
  const lefts = new Float64Array(count).fill(1);
  const rights = new Float64Array(count).fill(1);
  // The others in pairs, the first of each below the middle and the second above.
  const pairs = Math.ceil((count - 1) / 2);
  for (let i = 1; i < count; i++) {
    const place = (i % 2 === 1 ? -1 : 1) * (Math.ceil(i / 2) / pairs);
    offsets[i] = offsetAt(place);
    const [left, right] = pan2(Math.SQRT2, (Math.ceil(i / 2) % 2 === 0 ? 0.8 : -0.8) * place);
    lefts[i] = left;
    rights[i] = right;
  }
  return (hz: number, detune = 0.2, blend = 0.5): Stereo => {
    const spread = spreadOf(detune > 1 ? 1 : detune >= 0 ? detune : detune < 0 ? 0 : 0.2);
    const share = blend > 1 ? 1 : blend >= 0 ? blend : blend < 0 ? 0 : 0.5;
    const middle = 1 - 0.55366 * share;
    const side = share * (1.2841 - 0.73764 * share);
    const loudness = 1 / Math.sqrt(middle * middle + (count - 1) * side * side);
    const level = mipLevel(hz * (1 + 0.11 * spread));
    let left = 0;
    let right = 0;
    for (let i = 0; i < count; i++) {
      const y = (i === 0 ? middle : side) * readLines(sawMaps, level, phases[i]);
      left += y * lefts[i];
      right += y * rights[i];
      phases[i] = wrapTurns(phases[i] + (hz * (1 + spread * offsets[i])) / sampleRate);
    }
    return [left * loudness, right * loudness];
  };
}
