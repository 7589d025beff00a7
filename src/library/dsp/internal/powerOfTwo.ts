/** Sizes of transforms. Patch language; for the library's own use. */

import { clampOr } from './guard.ts';

const LARGEST = 65536;

/**
 * A power of two: `size` itself, or the next one above it.
 * @internal
 */
export function powerOfTwo(size: number, least: number): number {
  const wanted = clampOr(size, least, LARGEST, 1024);
  let power = least;
  while (power < wanted) power *= 2;
  return power;
}
