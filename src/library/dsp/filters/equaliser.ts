/** Filters that make parts of the spectrum louder or softer. Patch language: factories and closures. */

import { dampingOf, onePoleCore, prewarp, svfCore } from '../internal/svf.ts';

/** A gain within 0.01…100. */
const gainOf = (gain: number): number => (gain > 100 ? 100 : gain >= 0.01 ? gain : gain < 0.01 ? 0.01 : 1);

/**
 * Makes what is around a frequency louder or softer.
 * @param x signal
 * @param hz centre in Hz, 1…0.49·sampleRate
 * @param gain at the centre, linear, 0.01…100; 1 if not given
 * @param q centre divided by width, 0.05…1000; 1 if not given
 * @returns the signal through (s² + s·A/q + 1)/(s² + s/(A·q) + 1), A = √gain
 * Source: RBJ Audio EQ Cookbook; Simper 2013.
 * @example
 * const tone = saw()
 * const bell = peaking()
 * export default (t) => 0.1 * bell(tone(110), 800 + 600 * Math.sin(2 * t), 4, 3)
 */
export function peaking(): (x: number, hz: number, gain?: number, q?: number) => number {
  const core = svfCore();
  return (x: number, hz: number, gain = 1, q = 1): number => {
    const power = gainOf(gain);
    const damping = dampingOf(q, 1) / Math.sqrt(power);
    return x + damping * (power - 1) * core(x, prewarp(hz), damping)[0];
  };
}

/**
 * Makes what is below a frequency louder or softer.
 * @param x signal
 * @param hz middle of the slope in Hz, 1…0.49·sampleRate
 * @param gain at 0 Hz, linear, 0.01…100; 1 if not given
 * @param q steepness, 0.05…1000; 0.7071 if not given
 * @returns the signal through A·(s² + s·√A/q + A)/(A·s² + s·√A/q + 1), A = √gain
 * Source: RBJ Audio EQ Cookbook; Simper 2013.
 * @example
 * const tone = saw()
 * const bass = lowshelf()
 * export default () => 0.15 * bass(tone(110), 300, 2)
 */
export function lowshelf(): (x: number, hz: number, gain?: number, q?: number) => number {
  const core = svfCore();
  return (x: number, hz: number, gain = 1, q = Math.SQRT1_2): number => {
    const power = gainOf(gain);
    const a = Math.sqrt(power);
    const damping = dampingOf(q, Math.SQRT1_2);
    const [band, low] = core(x, prewarp(hz) / Math.sqrt(a), damping);
    return x + damping * (a - 1) * band + (power - 1) * low;
  };
}

/**
 * Makes what is above a frequency louder or softer.
 * @param x signal
 * @param hz middle of the slope in Hz, 1…0.49·sampleRate
 * @param gain at half the sample rate, linear, 0.01…100; 1 if not given
 * @param q steepness, 0.05…1000; 0.7071 if not given
 * @returns the signal through A·(A·s² + s·√A/q + 1)/(s² + s·√A/q + A), A = √gain
 * Source: RBJ Audio EQ Cookbook; Simper 2013.
 * @example
 * const tone = saw()
 * const treble = highshelf()
 * export default () => 0.2 * treble(tone(110), 3000, 0.3)
 */
export function highshelf(): (x: number, hz: number, gain?: number, q?: number) => number {
  const core = svfCore();
  return (x: number, hz: number, gain = 1, q = Math.SQRT1_2): number => {
    const power = gainOf(gain);
    const a = Math.sqrt(power);
    const damping = dampingOf(q, Math.SQRT1_2);
    const [band, low] = core(x, prewarp(hz) * Math.sqrt(a), damping);
    return power * x + damping * (1 - a) * a * band + (1 - power) * low;
  };
}

/**
 * Tilts the spectrum around a frequency: treble up and bass down, or the other way.
 * @param x signal
 * @param gain treble times gain, bass divided by it; linear, 0.01…100; 1 (no change) if not given
 * @param hz what keeps its level, in Hz, 1…0.49·sampleRate; 1000 if not given
 * @returns the signal through (gain·s + 1)/(s + gain)
 * Source: a pair of shelves of first order; Faust's fi.spectral_tilt in spirit.
 * @example
 * const hiss = whiteNoise()
 * const darker = tilt()
 * export default () => 0.1 * darker(hiss(), 0.5)
 */
export function tilt(): (x: number, gain?: number, hz?: number) => number {
  const core = onePoleCore();
  return (x: number, gain = 1, hz = 1000): number => {
    const factor = gainOf(gain);
    return factor * x + (1 / factor - factor) * core(x, prewarp(hz) * factor);
  };
}
