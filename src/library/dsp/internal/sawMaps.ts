/** The tables that all sawtooths read. Patch language; for the library's own use. */

import { mipmapsOf } from './mipmaps.ts';

/**
 * The sawtooth 2p − 1: −2/(πk)·sin 2πkp.
 * @internal
 */
export const sawMaps = mipmapsOf(
  new Float64Array(1025),
  Float64Array.from({ length: 1025 }, (_, k) => (k > 0 ? -2 / (Math.PI * k) : 0)),
);
