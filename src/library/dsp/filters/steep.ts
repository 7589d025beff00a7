/** Steep filters and crossovers. Patch language: factories at the top level, closures once per frame. */

import { prewarp, svfCore } from '../internal/svf.ts';

/** An order from 1 to 12. */
const orderOf = (order: number): number => (order > 12 ? 12 : order >= 1 ? Math.floor(order) : order < 1 ? 1 : 4);

/** 1/q of the pairs of poles of a Butterworth filter, as many as there are: 2·sin((2i + 1)π/(2·order)). */
const dampingsOf = (order: number): Float64Array =>
  Float64Array.from({ length: Math.floor(order / 2) }, (_, i) => 2 * Math.sin(((2 * i + 1) * Math.PI) / (2 * order)));

/**
 * A steep lowpass without ripple, -6 dB per octave and order.
 * @param order 1…12; 4 if not given
 * @param x signal
 * @param hz cutoff in Hz, 1…0.49·sampleRate: -3 dB there
 * @returns the signal, |H|² = 1/(1 + s^(2·order))
 * Source: Butterworth 1930, as a cascade of state variable filters; Faust's fi.lowpass(N).
 * @example
 * const tone = saw()
 * const steep = butterLowpass(8)
 * export default () => 0.4 * steep(tone(110), 700)
 */
export function butterLowpass(order = 4): (x: number, hz: number) => number {
  const count = orderOf(order);
  const dampings = dampingsOf(count);
  const firsts = new Float64Array(dampings.length);
  const seconds = new Float64Array(dampings.length);
  const isOdd = count % 2 === 1;
  let state = 0;
  return (x: number, hz: number): number => {
    const g = prewarp(hz);
    let y = x;
    for (let i = 0; i < dampings.length; i++) {
      const band = (firsts[i] + g * (y - seconds[i])) / (1 + g * (g + dampings[i]));
      y = seconds[i] + g * band;
      const first = 2 * band - firsts[i];
      const second = 2 * y - seconds[i];
      firsts[i] = Math.abs(first) > 1e-30 ? first : 0;
      seconds[i] = Math.abs(second) > 1e-30 ? second : 0;
    }
    const step = ((y - state) * g) / (1 + g);
    const low = state + step;
    const next = low + step;
    state = Math.abs(next) > 1e-30 ? next : 0;
    return isOdd ? low : y;
  };
}

/**
 * A steep highpass without ripple, -6 dB per octave and order.
 * @param order 1…12; 4 if not given
 * @param x signal
 * @param hz cutoff in Hz, 1…0.49·sampleRate: -3 dB there
 * @returns the signal, |H|² = 1/(1 + s^(-2·order))
 * Source: Butterworth 1930, as a cascade of state variable filters; Faust's fi.highpass(N).
 * @example
 * const tone = saw()
 * const steep = butterHighpass(8)
 * export default () => 0.4 * steep(tone(110), 700)
 */
export function butterHighpass(order = 4): (x: number, hz: number) => number {
  const count = orderOf(order);
  const dampings = dampingsOf(count);
  const firsts = new Float64Array(dampings.length);
  const seconds = new Float64Array(dampings.length);
  const isOdd = count % 2 === 1;
  let state = 0;
  return (x: number, hz: number): number => {
    const g = prewarp(hz);
    let y = x;
    for (let i = 0; i < dampings.length; i++) {
      const band = (firsts[i] + g * (y - seconds[i])) / (1 + g * (g + dampings[i]));
      const low = seconds[i] + g * band;
      y = y - dampings[i] * band - low;
      const first = 2 * band - firsts[i];
      const second = 2 * low - seconds[i];
      firsts[i] = Math.abs(first) > 1e-30 ? first : 0;
      seconds[i] = Math.abs(second) > 1e-30 ? second : 0;
    }
    const step = ((y - state) * g) / (1 + g);
    const high = y - state - step;
    const next = state + 2 * step;
    state = Math.abs(next) > 1e-30 ? next : 0;
    return isOdd ? high : y;
  };
}

/**
 * Splits a signal into two bands whose sum is as loud as the signal at all frequencies.
 * @param x signal
 * @param hz where both are at -6 dB, in Hz, 1…0.49·sampleRate
 * @returns [low, high], -24 dB per octave each
 * Source: Linkwitz & Riley 1976, order 4; Faust's fi.crossover2LR4.
 * @example
 * const tone = saw()
 * const split = crossover()
 * export default () => {
 *   const [low, high] = split(tone(110), 800)
 *   return [0.3 * low, 0.3 * high]
 * }
 */
export function crossover(): (x: number, hz: number) => [low: number, high: number] {
  const firstCore = svfCore();
  const secondCore = svfCore();
  return (x: number, hz: number): [low: number, high: number] => {
    const g = prewarp(hz);
    const [band, once] = firstCore(x, g, Math.SQRT2);
    const low = secondCore(once, g, Math.SQRT2)[1];
    // Both bands together are an allpass of second order.
    return [low, x - 2 * Math.SQRT2 * band - low];
  };
}

/**
 * Splits a signal into three bands whose sum is as loud as the signal at all frequencies.
 * @param x signal
 * @param lowHz between low and middle, in Hz, 1…0.49·sampleRate
 * @param highHz between middle and high, in Hz, above lowHz
 * @returns [low, middle, high], -24 dB per octave each
 * Source: Linkwitz & Riley 1976 twice, the low band turned in phase as the upper split turns the others.
 * @example
 * const tone = saw()
 * const split = crossover3()
 * export default () => {
 *   const [low, middle, high] = split(tone(110), 300, 3000)
 *   return 0.2 * (2 * low + 0.3 * middle + high)
 * }
 */
export function crossover3(): (x: number, lowHz: number, highHz: number) => [number, number, number] {
  const lower = crossover();
  const upper = crossover();
  const turn = svfCore();
  return (x: number, lowHz: number, highHz: number): [number, number, number] => {
    const [bottom, rest] = lower(x, lowHz);
    const [middle, high] = upper(rest, highHz);
    const low = bottom - 2 * Math.SQRT2 * turn(bottom, prewarp(highHz), Math.SQRT2)[0];
    return [low, middle, high];
  };
}
