/** A mixing matrix for networks of delays. Patch language; for the library's own use. */

/**
 * Multiplies eight numbers by a Hadamard matrix over √8, in place: it mixes all of them and keeps their energy.
 * @internal
 */
export function hadamard8(values: Float64Array): void {
  for (let half = 1; half < 8; half *= 2) {
    for (let i = 0; i < 8; i++) {
      if ((i & half) === 0) {
        const a = values[i];
        const b = values[i + half];
        values[i] = a + b;
        values[i + half] = a - b;
      }
    }
  }
  for (let i = 0; i < 8; i++) values[i] *= 0.35355339059327373;
}
