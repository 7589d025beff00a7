/**
 * Whether all ways to play a kernel play the same: Segue's tiers and plain JavaScript bit for bit; what computes in single
 * precision within a tolerance, over the first frames, as long as phases have not drifted apart. In: runners that have not
 * run yet. Out: nothing, or an error that says where.
 */

import { BLOCK_FRAMES, type Runner } from './runner.ts';

const EXACT_BLOCKS = 64;
const CLOSE_BLOCKS = 16;
/** As a part of the largest sample. */
const TOLERANCE = 2e-3;
/** With polynomials for sines and the like, and -ffast-math. */
const INEXACT_TOLERANCE = 2e-2;

export function requireSame(kernel: string, wantedFrom: Runner, exact: ReadonlyMap<string, Runner>): void {
  const [wanted, got] = [block(), block()];
  for (let n = 0; n < EXACT_BLOCKS; n++) {
    wantedFrom.read(...wanted);
    for (const [name, runner] of exact) {
      runner.read(...got);
      for (const channel of [0, 1])
        for (let frame = 0; frame < BLOCK_FRAMES; frame++) {
          const [a, b] = [wanted[channel][frame], got[channel][frame]];
          if (!Object.is(a, b))
            throw new Error(`${kernel}: ${name} is ${b} at frame ${n * BLOCK_FRAMES + frame}, JavaScript ${a}`);
        }
    }
  }
}

/** Returns the largest difference, as a part of the largest sample. */
export function requireClose(
  kernel: string,
  name: string,
  wantedFrom: Runner,
  runner: Runner,
  isInexact: boolean,
): number {
  const [wanted, got] = [block(), block()];
  let [largest, difference] = [0, 0];
  for (let n = 0; n < CLOSE_BLOCKS; n++) {
    wantedFrom.read(...wanted);
    runner.read(...got);
    for (const channel of [0, 1])
      for (let frame = 0; frame < BLOCK_FRAMES; frame++) {
        largest = Math.max(largest, Math.abs(wanted[channel][frame]));
        difference = Math.max(difference, Math.abs(wanted[channel][frame] - got[channel][frame]));
      }
  }
  const part = difference / largest;
  // Also where one of them is no number.
  if (!(part <= (isInexact ? INEXACT_TOLERANCE : TOLERANCE)))
    throw new Error(`${kernel}: ${name} differs from JavaScript by ${part} of the largest sample`);
  return part;
}

const block = (): [Float64Array, Float64Array] => [new Float64Array(BLOCK_FRAMES), new Float64Array(BLOCK_FRAMES)];
