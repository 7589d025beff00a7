/** A spring. Patch language. */

import { bounded, clampOr, flushed, tauPole } from '../internal/guard.ts';
import { makeLine, readLine } from '../internal/line.ts';

/** Up to here the spring passes, and the nearer to it, the later. */
const HIGHEST_HZ = 4300;
const STAGES = 80;

/**
 * A spring: each echo is a chirp, with the bass ahead of the treble.
 * @param x signal
 * @param decay 0…1: how long it rings, from half a second to some seconds
 * @param tension 0…1: loose and slow … tight and quick
 * @returns the reverberation only
 * Source: Abel, Berners, Costello and Smith 2006, Parker 2011: a row of stretched allpasses and a delay in a loop; Faust
 * `re.springreverb`.
 * @example
 * const spring = springReverb()
 * const snare = snareDrum()
 * const clock = impulse()
 * export default () => {
 *   const x = 0.5 * snare(clock(1))
 *   return x + 0.7 * spring(x, 0.6)
 * }
 */
export function springReverb(): (x: number, decay?: number, tension?: number) => number {
  const stretch = Math.max(1, Math.round(sampleRate / (2 * HIGHEST_HZ)));
  // What each allpass holds, `stretch` frames deep.
  const states = new Float64Array(STAGES * stretch);
  const line = makeLine(Math.ceil(0.08 * sampleRate));
  const mask = line.length - 1;
  const pole = Math.exp((-2 * Math.PI * 0.9 * HIGHEST_HZ) / sampleRate);
  const bassPole = Math.exp((-2 * Math.PI * 60) / sampleRate);
  const follow = 1 - tauPole(0.05);
  let at = 0;
  let row = 0;
  let frames = -1;
  let a = 0.6;
  let first = 0;
  let second = 0;
  let third = 0;
  let bass = 0;
  return (x, decay = 0.5, tension = 0.5) => {
    const tight = clampOr(tension, 0, 1, 0.5);
    const wanted = (0.056 - 0.03 * tight) * sampleRate;
    frames = frames < 0 ? wanted : frames + (wanted - frames) * follow;
    a += (0.7 - 0.15 * tight - a) * follow;
    at = (at + 1) & mask;
    const again = 0.3 + 0.6 * clampOr(decay, 0, 1, 0.5);
    let y = flushed(x) - again * readLine(line, at, frames);
    // Nothing passes above the highest frequency, where the stretched allpasses would repeat themselves.
    first = flushed(y + (first - y) * pole);
    second = flushed(first + (second - first) * pole);
    third = flushed(second + (third - second) * pole);
    bass = flushed(third + (bass - third) * bassPole);
    y = third - bass;
    for (let i = row; i < STAGES * stretch; i += stretch) {
      const old = states[i];
      const inside = y - a * old;
      states[i] = flushed(inside);
      y = a * inside + old;
    }
    row = row + 1 < stretch ? row + 1 : 0;
    line[at] = bounded(y);
    return 2 * y;
  };
}
