/** The generator behind everything that takes a seed. Patch language; for the library's own use. */

/**
 * Numbers from 0 to below 1: mulberry32 (Tommy Ettinger), the generator of `Math.random` in a patch. Seed 0 takes one from
 * `Math.random`.
 * @internal
 */
export function drawer(seed: number): () => number {
  let state = seed === 0 || Number.isNaN(seed) ? Math.floor(Math.random() * 4294967296) | 0 : seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
