/** Rhythms as arrays of numbers, one a step, made at the top level. Patch language. */

import { clampOr, numberOr } from '../internal/guard.ts';

const MOST_STEPS = 4096;

/**
 * Hits spread over steps as evenly as they go.
 * @param hits how many steps are hits, 0…steps
 * @param steps how many steps there are, 1…4096
 * @param rotation element i of the result is element (i + rotation) mod steps of the pattern, which begins with a hit
 * @returns 0 and 1, one a step
 * Source: Bjorklund 2003, Toussaint 2005; the remainder is distributed at least once, so (3, 4) is x.xx.
 * @example
 * const kick = kickDrum()
 * const steps = euclid(5, 12)
 * const clock = impulse()
 * const count = counter()
 * export default () => {
 *   const beat = clock(8)
 *   return 0.6 * kick(beat * steps[(count(beat) - 1) % 12])
 * }
 */
export function euclid(hits: number, steps: number, rotation = 0): number[] {
  const length = Math.round(clampOr(steps, 1, MOST_STEPS, 16));
  const ones = Math.round(clampOr(hits, 0, length, 0));
  // Two kinds of groups, so many of each: the shorter row is hung onto the longer one until at most one group is left over.
  let first = [1];
  let second = [0];
  let firsts = ones;
  let seconds = length - ones;
  for (let again = firsts > 0 && seconds > 0; again; again = seconds > 1) {
    const joined = first.concat(second);
    if (firsts > seconds) {
      second = first;
      const left = firsts - seconds;
      firsts = seconds;
      seconds = left;
    } else {
      seconds -= firsts;
    }
    first = joined;
  }
  const base: number[] = [];
  for (let i = 0; i < firsts; i++) for (const step of first) base.push(step);
  for (let i = 0; i < seconds; i++) for (const step of second) base.push(step);
  const turn = Math.round(numberOr(rotation, 0)) % length;
  return base.map((_, i) => base[(i + turn + length) % length]);
}

/**
 * A rhythm written as text.
 * @param text x or X a hit of 1, a digit n one of n/9, - . ~ _ a rest; all else, such as blanks and bars, is left out
 * @returns the strengths, one a step
 * Source: drum tablature.
 * @example
 * const hat = hiHat()
 * const steps = pattern('9-4- 9-45 | 9-4- 9494')
 * const clock = impulse()
 * const count = counter()
 * export default () => {
 *   const beat = clock(8)
 *   return 0.5 * hat(beat * steps[(count(beat) - 1) % steps.length])
 * }
 */
export function pattern(text: string): number[] {
  const steps: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const digit = code - 48;
    if (digit >= 0 && digit <= 9) steps.push(digit / 9);
    else if ((code | 32) === 120) steps.push(1);
    else if (code === 45 || code === 46 || code === 126 || code === 95) steps.push(0);
  }
  return steps;
}
