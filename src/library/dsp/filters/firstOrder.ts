/** Filters of first order, and what is given by coefficients. Patch language: factories and closures. */

import { onePoleCore, prewarp } from '../internal/svf.ts';
import type { Table } from '../types.ts';

/**
 * Lets what is below a frequency pass, -6 dB per octave above it.
 * @param x signal
 * @param hz cutoff in Hz, 1…0.49·sampleRate
 * @returns the signal through 1/(s + 1)
 * Source: Zavalishin 2012; Faust's fi.lowpass(1).
 * @example
 * const tone = saw()
 * const dull = lowpass1()
 * export default () => 0.4 * dull(tone(110), 600)
 */
export function lowpass1(): (x: number, hz: number) => number {
  const core = onePoleCore();
  return (x: number, hz: number): number => core(x, prewarp(hz));
}

/**
 * Lets what is above a frequency pass, -6 dB per octave below it.
 * @param x signal
 * @param hz cutoff in Hz, 1…0.49·sampleRate
 * @returns the signal through s/(s + 1)
 * Source: Zavalishin 2012; Faust's fi.highpass(1).
 * @example
 * const tone = saw()
 * const thin = highpass1()
 * export default () => 0.3 * thin(tone(110), 1000)
 */
export function highpass1(): (x: number, hz: number) => number {
  const core = onePoleCore();
  return (x: number, hz: number): number => x - core(x, prewarp(hz));
}

/**
 * Turns the phase by up to half a turn and leaves all levels as they are.
 * @param x signal
 * @param hz where the phase is turned by a quarter, in Hz, 1…0.49·sampleRate
 * @returns the signal through (1 - s)/(1 + s)
 * Source: Zavalishin 2012.
 * @example
 * const tone = saw()
 * const turn = allpass1()
 * export default (t) => {
 *   const x = tone(110)
 *   return 0.15 * (x + turn(x, 800 + 600 * Math.sin(2 * t)))
 * }
 */
export function allpass1(): (x: number, hz: number) => number {
  const core = onePoleCore();
  return (x: number, hz: number): number => 2 * core(x, prewarp(hz)) - x;
}

/**
 * Takes away what is constant.
 * @param x signal
 * @param hz cutoff in Hz, 1…0.49·sampleRate; 10 if not given
 * @returns the signal through s/(s + 1)
 * Source: a highpass of first order; Faust's fi.dcblocker.
 * @example
 * const tone = lfPulse()
 * const block = dcBlock()
 * export default () => 0.3 * block(tone(110, 0.2))
 */
export function dcBlock(): (x: number, hz?: number) => number {
  const core = onePoleCore();
  return (x: number, hz = 10): number => x - core(x, prewarp(Number.isNaN(hz) ? 10 : hz));
}

/**
 * Any filter of second order, by its coefficients; a0 is 1.
 * @param x signal
 * @param b0 of x
 * @param b1 of x one frame ago
 * @param b2 of x two frames ago
 * @param a1 of the result one frame ago, taken away
 * @param a2 of the result two frames ago, taken away; stable where |a2| < 1 and |a1| < 1 + a2
 * @returns b0·x[n] + b1·x[n-1] + b2·x[n-2] - a1·y[n-1] - a2·y[n-2]
 * Source: transposed direct form II; SuperCollider's SOS with the opposite sign of a1 and a2.
 * @example
 * const hiss = whiteNoise()
 * const filter = biquad()
 * export default () => 0.05 * filter(hiss(), 1, 0, -1, -1.9, 0.95)
 */
export function biquad(): (x: number, b0: number, b1: number, b2: number, a1: number, a2: number) => number {
  let first = 0;
  let second = 0;
  return (x: number, b0: number, b1: number, b2: number, a1: number, a2: number): number => {
    const y = b0 * x + first;
    const nextFirst = b1 * x - a1 * y + second;
    const nextSecond = b2 * x - a2 * y;
    first = Math.abs(nextFirst) > 1e-30 ? nextFirst : 0;
    second = Math.abs(nextSecond) > 1e-30 ? nextSecond : 0;
    return y;
  };
}

/**
 * A filter by its impulse response.
 * @param taps the response, up to 4096 numbers
 * @param x signal
 * @returns Σ taps[k]·x[n-k]
 * Source: the definition; Faust's fi.fir.
 * @example
 * const tone = saw()
 * const soft = fir([0.1, 0.2, 0.4, 0.2, 0.1])
 * export default () => 0.3 * soft(tone(110))
 */
export function fir(taps: Table): (x: number) => number {
  const count = Math.min(4096, Math.max(1, taps.length));
  const weights = new Float64Array(count);
  for (let k = 0; k < Math.min(count, taps.length); k++) weights[k] = taps[k];
  // The newest is at `at` and, so that a sum need not wrap, once more behind the end.
  const past = new Float64Array(2 * count);
  let at = 0;
  return (x: number): number => {
    at = at > 0 ? at - 1 : count - 1;
    const clean = Number.isNaN(x) ? 0 : +x;
    past[at] = clean;
    past[at + count] = clean;
    let sum = 0;
    for (let k = 0; k < count; k++) sum += weights[k] * past[at + k];
    return sum;
  };
}
