/** The tables that all sawtooths read. Patch language; for the library's own use. */

import { lineMaps } from './mipmaps.ts';

/**
 * The series of the sawtooth 2p − 1: −2/(πk)·sin 2πkp.
 * @internal
 */
export function sawSines(): Float64Array {
  return Float64Array.from({ length: 1025 }, (_, k) => (k > 0 ? -2 / (Math.PI * k) : 0));
}

/**
 * The sawtooth 2p − 1.
 * @internal
 */
export const sawMaps = lineMaps(new Float64Array(1025), sawSines());
