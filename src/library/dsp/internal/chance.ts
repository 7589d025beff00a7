/** The generator behind everything that takes a seed. Patch language; for the library's own use. */

/**
 * Numbers from 0 to below 1: mulberry32 (Tommy Ettinger), the generator of `Math.random` in a patch. Seed 0 takes one from
 * `Math.random`.
 * @internal
 */
export function drawer(seed: number): () => number {
  let state = seed === 0 || Number.isNaN(seed) ? Math.floor(Math.random() * 4294967296) | 0 : seed | 0;
  return () => {
    // Each value has a name of its own, so that all of it is done with integers.
    const next = (state + 0x6d2b79f5) | 0;
    state = next;
    const mixed = Math.imul(next ^ (next >>> 15), next | 1);
    const again = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61));
    return ((again ^ (again >>> 14)) >>> 0) / 4294967296;
  };
}
