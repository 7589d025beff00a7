/** What keeps NaN, infinity and denormals out of parameters and of state. Patch language; for the library's own use. */

/**
 * A parameter, or its default where it is NaN.
 * @internal
 */
export function numberOr(x: number, fallback: number): number {
  return Number.isNaN(x) ? fallback : x;
}

/**
 * A parameter within its range, or its default where it is NaN.
 * @internal
 */
export function clampOr(x: number, low: number, high: number, fallback: number): number {
  return Number.isNaN(x) ? fallback : Math.min(Math.max(x, low), high);
}

/**
 * A signal on its way into state: 0 where it is NaN or infinite, and below 1e-30, so that no tail ends in denormals.
 * @internal
 */
export function flushed(x: number): number {
  const size = Math.abs(x);
  return size > 1e-30 && size < 1e30 ? x : 0;
}

/**
 * The same for what goes round in a loop: no more than ±1000, whatever modulates the loop.
 * @internal
 */
export function bounded(x: number): number {
  return Math.abs(x) > 1e-30 ? Math.min(Math.max(x, -1000), 1000) : 0;
}

/**
 * The pole of a one-pole that is 63 % of the way after `tau` seconds; 0, which is at once, where `tau` is none.
 * @internal
 */
export function tauPole(tau: number): number {
  return tau > 0 ? Math.exp(-1 / (tau * sampleRate)) : 0;
}

/**
 * The factor a frame of what falls by 60 dB in `seconds`; 0, which is at once, where that is none.
 * @internal
 */
export function fallPole(seconds: number): number {
  return seconds > 0 ? Math.exp(LN_60DB / (seconds * sampleRate)) : 0;
}

const LN_60DB = Math.log(0.001);
