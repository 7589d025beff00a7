/** Phases and sines. Patch language: factories at the top level, closures once per frame. */

import { sineTurns, wrapTurns } from '../internal/turns.ts';
import type { Stereo, Table } from '../types.ts';

/**
 * A ramp from 0 to below 1 that begins again `hz` times a second: what other oscillators are made of.
 * @param phase where it starts, 0…1 turns
 * @param hz frequency in Hz; below 0 it runs backwards
 * @param reset a trigger takes it back to its start in that frame
 * @returns from 0 to below 1: phase + n·hz/sampleRate without its whole part
 * Source: Faust's os.phasor, DaisySP's Phasor.
 * @example
 * const ramp = phasor()
 * export default () => 0.3 * (2 * ramp(110) - 1)
 */
export function phasor(phase = 0): (hz: number, reset?: number) => number {
  const start = wrapTurns(phase);
  let turns = start;
  let before = 0;
  return (hz: number, reset = 0): number => {
    turns = reset > 0 && !(before > 0) ? start : turns;
    before = reset;
    const y = turns;
    turns = wrapTurns(turns + hz / sampleRate);
    return y;
  };
}

/**
 * A sine.
 * @param phase where it starts, 0…1 turns
 * @param hz frequency in Hz; below 0 it runs backwards
 * @param offset added to the phase, in turns: for phase modulation
 * @returns sin 2π(phase + n·hz/sampleRate + offset), -1…1
 * Source: the definition; Faust's os.osc, SuperCollider's SinOsc.
 * @example
 * const tone = sine()
 * const wobble = sine()
 * export default () => 0.3 * tone(220 + 6 * wobble(5))
 */
export function sine(phase = 0): (hz: number, offset?: number) => number {
  let turns = wrapTurns(phase);
  return (hz: number, offset = 0): number => {
    const y = sineTurns(turns + (Number.isNaN(offset) ? 0 : offset));
    turns = wrapTurns(turns + hz / sampleRate);
    return y;
  };
}

/**
 * A sine and the cosine a quarter of a period ahead of it.
 * @param phase where it starts, 0…1 turns
 * @param hz frequency in Hz; below 0 it runs backwards
 * @returns [sin, cos], each -1…1
 * Source: the definition; Faust's os.quadosc.
 * @example
 * const circle = quadSine()
 * export default () => gainStereo(circle(220), 0.3)
 */
export function quadSine(phase = 0): (hz: number) => Stereo {
  let turns = wrapTurns(phase);
  return (hz: number): Stereo => {
    const now = turns;
    turns = wrapTurns(turns + hz / sampleRate);
    return [sineTurns(now), sineTurns(now + 0.25)];
  };
}

/**
 * Harmonics of levels of your choice, as drawbars set them.
 * @param levels levels[k - 1] is that of harmonic k, linear
 * @param hz frequency of the first harmonic in Hz
 * @returns Σ levels[k - 1]·sin 2πkp; harmonics from half the sample rate on are silent
 * Source: Chebyshev's recursion, sin kθ = 2·cos θ·sin (k - 1)θ - sin (k - 2)θ; DaisySP's HarmonicOscillator.
 * @example
 * const organ = harmonics([0.2, 0.1, 0.1, 0.05, 0, 0.05])
 * export default () => organ(220)
 */
export function harmonics(levels: Table): (hz: number) => number {
  let turns = 0;
  return (hz: number): number => {
    const highest = sampleRate / (2 * Math.abs(hz));
    const doubled = 2 * sineTurns(turns + 0.25);
    let last = 0;
    let partial = sineTurns(turns);
    let sum = 0;
    for (let k = 0; k < levels.length && k + 1 < highest; k++) {
      sum += levels[k] * partial;
      const next = doubled * partial - last;
      last = partial;
      partial = next;
    }
    turns = wrapTurns(turns + hz / sampleRate);
    return sum;
  };
}
