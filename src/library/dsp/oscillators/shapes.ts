/** Exact shapes for control: not band-limited. Patch language: factories at the top level, closures once per frame. */

import { wrapTurns } from '../internal/turns.ts';

/**
 * Single ones, `hz` times a second: a metronome.
 * @param phase where it starts, 0…1 turns; at 0 the first frame has a one
 * @param hz ones a second
 * @returns 1 in the frame in which a `phasor` of hz wraps, else 0
 * Source: SuperCollider's Impulse, DaisySP's Metro.
 * @example
 * const tick = impulse()
 * const env = decayEnv()
 * const tone = sine()
 * export default () => 0.4 * env(tick(4), 0.2) * tone(440)
 */
export function impulse(phase = 0): (hz: number) => number {
  let turns = wrapTurns(phase);
  let fires = turns === 0 ? 1 : 0;
  return (hz: number): number => {
    const y = fires;
    const next = turns + hz / sampleRate;
    const wraps = Math.floor(next);
    fires = wraps > 0 || wraps < 0 ? 1 : 0;
    turns = wrapTurns(next);
    return y;
  };
}

/**
 * An exact sawtooth for control: at audible frequencies `saw` is the one without aliasing.
 * @param phase where it starts, 0…1 turns
 * @param hz frequency in Hz; below 0 it runs backwards
 * @returns 2p - 1, from -1 to below 1
 * Source: SuperCollider's LFSaw, Faust's os.lf_saw.
 * @example
 * const tone = sine()
 * const siren = lfSaw()
 * export default () => 0.3 * tone(440 * 2 ** siren(1))
 */
export function lfSaw(phase = 0): (hz: number) => number {
  let turns = wrapTurns(phase);
  return (hz: number): number => {
    const y = 2 * turns - 1;
    turns = wrapTurns(turns + hz / sampleRate);
    return y;
  };
}

/**
 * An exact triangle for control: at audible frequencies `triangle` is the one without aliasing.
 * @param phase where it starts, 0…1 turns
 * @param hz frequency in Hz; below 0 it runs backwards
 * @returns 1 - 4·|p - ½|, -1…1
 * Source: SuperCollider's LFTri, Faust's os.lf_triangle.
 * @example
 * const tone = sine()
 * const wobble = lfTri()
 * export default () => 0.3 * tone(330 + 30 * wobble(3))
 */
export function lfTri(phase = 0): (hz: number) => number {
  let turns = wrapTurns(phase);
  return (hz: number): number => {
    const y = 1 - 4 * Math.abs(turns - 0.5);
    turns = wrapTurns(turns + hz / sampleRate);
    return y;
  };
}

/**
 * A gate that is on for a part of each period.
 * @param phase where it starts, 0…1 turns
 * @param hz periods a second
 * @param width 0…1, the part of the period that is on; 0.5 if not given
 * @returns 1 while p < width, else 0
 * Source: SuperCollider's LFPulse.
 * @example
 * const tone = sine()
 * const gate = lfPulse()
 * const env = adsr()
 * export default () => 0.4 * env(gate(2, 0.3)) * tone(330)
 */
export function lfPulse(phase = 0): (hz: number, width?: number) => number {
  let turns = wrapTurns(phase);
  return (hz: number, width = 0.5): number => {
    const y = turns < (Number.isNaN(width) ? 0.5 : width) ? 1 : 0;
    turns = wrapTurns(turns + hz / sampleRate);
    return y;
  };
}
