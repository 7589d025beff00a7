/** Coefficients of one-poles from times, without transcendental functions. Patch language; for the library's own use. */

/**
 * The factor a frame of what falls by 60 dB in `seconds`: 0.001^(1/(seconds·sampleRate)); 0, at once, where that is no
 * time. The exponential by Padé's approximant of order 2 for an eighth of the exponent: the time is exact to 1e-11 for 100
 * frames and more, to 0.1 % for a single one. A quarter of a frame is as fast as it gets.
 * @internal
 */
export function fallFactor(seconds: number): number {
  const frames = Math.min(1e12, Math.max(0.25, seconds * sampleRate));
  // exp(-x/8), x = ln 1000/frames, is (12n² - 6n·a + a²)/(12n² + 6n·a + a²), a = ln 1000/8.
  const even = 12 * frames * frames + 0.7455794217860247;
  const odd = 5.180816459236603 * frames;
  const root = (even - odd) / (even + odd);
  const quarter = root * root * (root * root);
  return seconds > 0 ? quarter * quarter : 0;
}

/**
 * The share of the way a frame of what is at 63 % after `tau` seconds: 1 - exp(-1/(tau·sampleRate)); 1, at once, where
 * that is no time. As fallFactor, for the whole exponent.
 * @internal
 */
export function tauShare(tau: number): number {
  const frames = Math.min(1e12, Math.max(0.4, tau * sampleRate));
  return tau > 0 ? (12 * frames) / (12 * frames * frames + 6 * frames + 1) : 1;
}
