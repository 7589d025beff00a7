/** Lines in the spectrum of a steady signal: their amplitudes, and what is not a harmonic. */

import { decibels } from './levels.ts';
import { KAISER_BINS, kaiser, transform } from './transform.ts';

export interface Line {
  readonly hz: number;
  /** Amplitude of the sine: 1 for sin, whatever its phase. */
  readonly amplitude: number;
}

/** The amplitudes of the sines of a signal; its length is a power of two. */
export interface LineSpectrum {
  /** amplitudes[k] at k·binHz, from 0 to half the rate. */
  readonly amplitudes: Float64Array;
  readonly binHz: number;
}

export function lineSpectrum(samples: Float64Array, rate: number): LineSpectrum {
  const { length } = samples;
  const window = kaiser(length);
  let sum = 0;
  for (const weight of window) sum += weight;
  const re = samples.map((x, n) => x * window[n]);
  const im = new Float64Array(length);
  transform(re, im);
  const amplitudes = Float64Array.from({ length: length / 2 + 1 }, (_, k) => (2 * Math.hypot(re[k], im[k])) / sum);
  return { amplitudes, binHz: rate / length };
}

/** The complex amplitude of the sine of exactly `hz` in a signal: a·sin(2π·hz·n/rate + φ) gives a and φ (in radians). */
export function sineAt(samples: Float64Array, hz: number, rate: number): { amplitude: number; phase: number } {
  const window = kaiser(samples.length);
  let [re, im, sum] = [0, 0, 0];
  for (let n = 0; n < samples.length; n++) {
    const angle = 2 * Math.PI * (((hz / rate) * n) % 1);
    re += samples[n] * window[n] * Math.cos(angle);
    im -= samples[n] * window[n] * Math.sin(angle);
    sum += window[n];
  }
  return { amplitude: (2 * Math.hypot(re, im)) / sum, phase: Math.atan2(im, re) + Math.PI / 2 };
}

/** The strongest line from `lowHz` to `highHz`, its place between bins by a parabola through the levels in decibels. */
export function strongestLine({ amplitudes, binHz }: LineSpectrum, lowHz: number, highHz: number): Line {
  let best = Math.max(1, Math.ceil(lowHz / binHz));
  const last = Math.min(amplitudes.length - 2, Math.floor(highHz / binHz));
  for (let k = best; k <= last; k++) if (amplitudes[k] > amplitudes[best]) best = k;
  const [a, b, c] = [amplitudes[best - 1], amplitudes[best], amplitudes[best + 1]].map((x) => decibels(x + 1e-300));
  const offset = a + c - 2 * b === 0 ? 0 : (a - c) / (2 * (a + c - 2 * b));
  return { hz: (best + offset) * binHz, amplitude: amplitudes[best] };
}

/**
 * The strongest line from 0 Hz to `limitHz` that belongs to no harmonic of `hz`: everything further from all k·hz than
 * the window's main lobe is wide. 0 Hz counts as a harmonic; to look for a constant, take the mean.
 */
export function strongestInharmonic({ amplitudes, binHz }: LineSpectrum, hz: number, limitHz: number): Line {
  let best = -1;
  for (let k = 0; k * binHz <= limitHz; k++) {
    const harmonic = Math.round((k * binHz) / hz) * hz;
    if (Math.abs(harmonic / binHz - k) <= KAISER_BINS) continue;
    if (best < 0 || amplitudes[k] > amplitudes[best]) best = k;
  }
  if (best < 0) throw new Error(`the spectrum is too short: its lines of ${hz} Hz leave nothing between them`);
  return { hz: best * binHz, amplitude: amplitudes[best] };
}

/** The mean frequency, weighted by power. */
export function centroid({ amplitudes, binHz }: LineSpectrum): number {
  let [sum, weighted] = [0, 0];
  for (let k = 0; k < amplitudes.length; k++) {
    sum += amplitudes[k] ** 2;
    weighted += amplitudes[k] ** 2 * k * binHz;
  }
  return weighted / sum;
}

/** The share of the power from `lowHz` to below `highHz`, of all, in decibels. */
export function bandShareDb({ amplitudes, binHz }: LineSpectrum, lowHz: number, highHz: number): number {
  let [inside, all] = [0, 0];
  for (let k = 0; k < amplitudes.length; k++) {
    const power = amplitudes[k] ** 2;
    all += power;
    if (k * binHz >= lowHz && k * binHz < highHz) inside += power;
  }
  return 10 * Math.log10(inside / all);
}
