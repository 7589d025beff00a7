/** Values by chance, so many a second, and ways between them. Patch language: factories and closures. */

import { drawer } from '../internal/chance.ts';
import { wrapTurns } from '../internal/turns.ts';
import { cubic } from '../maths/tables.ts';

/**
 * Steps: a new value by chance `hz` times a second.
 * @param seed the same seed gives the same values; 0 takes one by chance
 * @param hz new values a second, from 0
 * @returns evenly spread over -1…1
 * Source: SuperCollider's LFNoise0, Faust's no.lfnoise0.
 * @example
 * const steps = lfNoise0(2)
 * const tone = sine()
 * export default () => 0.3 * tone(330 * 2 ** steps(6))
 */
export function lfNoise0(seed = 0): (hz: number) => number {
  const random = drawer(seed);
  let value = 2 * random() - 1;
  let turns = 0;
  return (hz: number): number => {
    const y = value;
    const next = turns + Math.abs(hz) / sampleRate;
    if (next >= 1) value = 2 * random() - 1;
    turns = wrapTurns(next);
    return y;
  };
}

/**
 * Straight lines between values by chance.
 * @param seed the same seed gives the same values; 0 takes one by chance
 * @param hz new values a second, from 0
 * @returns -1…1
 * Source: SuperCollider's LFNoise1, Faust's no.lfnoise.
 * @example
 * const drift = lfNoise1(2)
 * const tone = sine()
 * export default () => 0.3 * tone(330 * 2 ** drift(6))
 */
export function lfNoise1(seed = 0): (hz: number) => number {
  const random = drawer(seed);
  let from = 2 * random() - 1;
  let to = 2 * random() - 1;
  let turns = 0;
  return (hz: number): number => {
    const y = from + (to - from) * turns;
    const next = turns + Math.abs(hz) / sampleRate;
    if (next >= 1) {
      from = to;
      to = 2 * random() - 1;
    }
    turns = wrapTurns(next);
    return y;
  };
}

/**
 * A smooth curve through values by chance.
 * @param seed the same seed gives the same values; 0 takes one by chance
 * @param hz new values a second, from 0
 * @returns -1.25…1.25, without corners
 * Source: cubics after Catmull & Rom; SuperCollider's LFNoise2 in spirit, DaisySP's SmoothRandomGenerator.
 * @example
 * const drift = lfNoise2(2)
 * const tone = sine()
 * export default () => 0.3 * tone(330 * 2 ** drift(3))
 */
export function lfNoise2(seed = 0): (hz: number) => number {
  const random = drawer(seed);
  let a = 2 * random() - 1;
  let b = 2 * random() - 1;
  let c = 2 * random() - 1;
  let d = 2 * random() - 1;
  let turns = 0;
  return (hz: number): number => {
    const y = cubic(a, b, c, d, turns);
    const next = turns + Math.abs(hz) / sampleRate;
    if (next >= 1) {
      a = b;
      b = c;
      c = d;
      d = 2 * random() - 1;
    }
    turns = wrapTurns(next);
    return y;
  };
}
