/** What the filters of second order share. Patch language; for the library's own use. */

/**
 * tan(π·hz/sampleRate), for cutoffs from 1 Hz to 0.49 of the sample rate and 1000 Hz for what is no number. By Padé's
 * approximant of order 7 over 6 for half the angle, exact to 5e-12: a tenth of what Math.tan takes, and without branches.
 * @internal
 */
export function prewarp(hz: number): number {
  const top = 0.49 * sampleRate;
  const cutoff = hz > top ? top : hz >= 1 ? hz : hz < 1 ? 1 : 1000;
  const half = (1.5707963267948966 * cutoff) / sampleRate;
  const w = half * half;
  const n = half * (135135 + w * (-17325 + w * (378 - w)));
  const d = 135135 + w * (-62370 + w * (3150 - 28 * w));
  // tan 2a = 2·tan a/(1 - tan² a)
  return (2 * n * d) / (d * d - n * n);
}

/**
 * 1/q, for q from 0.05 to 1000.
 * @internal
 */
export function dampingOf(q: number, fallback: number): number {
  return 1 / (q > 1000 ? 1000 : q >= 0.05 ? q : q < 0.05 ? 0.05 : fallback);
}

/**
 * A state variable filter by the trapezoidal rule: two integrators whose state is what a circuit's capacitors hold, so that
 * its parameters may jump. It takes a signal, the prewarped cutoff g and the damping k, and gives s/D and 1/D of the
 * analogue prototype D = s² + k·s + 1. The highpass is x - k·band - low.
 * Source: Simper 2013, Solving the Continuous SVF Equations Using Trapezoidal Integration; Zavalishin 2012.
 * @internal
 */
export function svfCore(): (x: number, g: number, k: number) => [band: number, low: number] {
  let first = 0;
  let second = 0;
  return (x: number, g: number, k: number): [band: number, low: number] => {
    const band = (first + g * (x - second)) / (1 + g * (g + k));
    const low = second + g * band;
    const nextFirst = 2 * band - first;
    const nextSecond = 2 * low - second;
    // Neither NaN nor what ends in denormals stays.
    first = Math.abs(nextFirst) > 1e-30 ? nextFirst : 0;
    second = Math.abs(nextSecond) > 1e-30 ? nextSecond : 0;
    return [band, low];
  };
}

/**
 * A lowpass of first order by the trapezoidal rule, 1/(s + 1). It takes a signal and the prewarped cutoff.
 * Source: Zavalishin 2012, The Art of VA Filter Design.
 * @internal
 */
export function onePoleCore(): (x: number, g: number) => number {
  let state = 0;
  return (x: number, g: number): number => {
    const step = ((x - state) * g) / (1 + g);
    const low = state + step;
    const next = low + step;
    state = Math.abs(next) > 1e-30 ? next : 0;
    return low;
  };
}
