/** Delays by a fixed number of frames. Patch language; for the library's own use. */

import { flushed } from './guard.ts';

/**
 * A delay by `frames`, at least one: `read` gives what was written that long ago, `write` takes the next sample.
 * @internal
 */
export function fixedDelay(frames: number): { read: () => number; write: (x: number) => void } {
  const length = Math.max(1, Math.round(frames));
  const line = new Float64Array(length);
  let at = 0;
  return {
    read: () => line[at],
    write: (x) => {
      line[at] = x;
      at = at + 1 < length ? at + 1 : 0;
    },
  };
}

/**
 * Schroeder's allpass: (−g + z^−frames)/(1 − g·z^−frames).
 * @internal
 */
export function fixedAllpass(frames: number, g: number): (x: number) => number {
  const { read, write } = fixedDelay(frames);
  return (x) => {
    const late = read();
    const inside = flushed(x + g * late);
    write(inside);
    return late - g * inside;
  };
}

/**
 * Where each of several delays begins in one array that holds all of them, and how long that is.
 * @internal
 */
export function placesOf(lengths: Float64Array): { starts: Float64Array; total: number } {
  const starts = new Float64Array(lengths.length);
  let total = 0;
  for (let i = 0; i < lengths.length; i++) {
    starts[i] = total;
    total += lengths[i];
  }
  return { starts, total };
}
