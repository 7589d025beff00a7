/** Phases in turns. Patch language; for the library's own use. */

/**
 * The fraction of a phase: from 0 to below 1, and 0 for what is no number, so that a phase recovers from NaN.
 * @internal
 */
export function wrapTurns(turns: number): number {
  const y = turns - Math.floor(turns);
  return y < 1 ? y : 0;
}

/**
 * sin 2πx for any x, with an error below 2e-13 for phases of a few turns and never beyond ±1: a polynomial over a quarter of a
 * turn, without branches (fitted at the Chebyshev nodes, and a hair smaller).
 * @internal
 */
export function sineTurns(turns: number): number {
  const q = turns - Math.floor(turns + 0.5);
  const size = Math.abs(q);
  const m = Math.min(size, 0.5 - size);
  const w = m * m;
  const high = 42.05813487136785 + w * (-15.081483206891491 + w * 3.6658551595635944);
  const y =
    m * (6.283185307178641 + w * (-41.34170223989954 + w * (81.60524914900768 + w * (-76.70584754376559 + w * high))));
  return q < 0 ? -y : y;
}

/**
 * Cosine and sine of a quarter of a turn at places 0…1, for pairs of gains whose squares add up to 1. By Padé's approximant of
 * order 7 over 6 for the tangent of half the angle, exact to 1e-13: half a dozen times as fast as Math.cos and Math.sin.
 * @internal
 */
export function quarterTurn(place: number): [cosine: number, sine: number] {
  const half = 0.7853981633974483 * place;
  const w = half * half;
  const n = half * (135135 + w * (-17325 + w * (378 - w)));
  const d = 135135 + w * (-62370 + w * (3150 - 28 * w));
  const scale = 1 / (d * d + n * n);
  return [(d * d - n * n) * scale, 2 * n * d * scale];
}
