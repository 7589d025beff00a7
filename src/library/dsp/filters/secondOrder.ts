/** Filters of second order. Patch language: factories at the top level, closures once per frame. */

import { dampingOf, prewarp, svfCore } from '../internal/svf.ts';

/**
 * Lets what is below a frequency pass, -12 dB per octave above it.
 * @param x signal
 * @param hz cutoff in Hz, 1…0.49·sampleRate
 * @param q resonance, 0.05…1000: the gain at the cutoff; 0.7071 (none) if not given
 * @returns the signal through 1/(s² + s/q + 1)
 * Source: RBJ Audio EQ Cookbook; Simper 2013.
 * @example
 * const tone = saw()
 * const filter = lowpass()
 * export default (t) => 0.3 * filter(tone(110), 1500 + 1000 * Math.sin(2 * t), 2)
 */
export function lowpass(): (x: number, hz: number, q?: number) => number {
  const core = svfCore();
  return (x: number, hz: number, q = Math.SQRT1_2): number => core(x, prewarp(hz), dampingOf(q, Math.SQRT1_2))[1];
}

/**
 * Lets what is above a frequency pass, -12 dB per octave below it.
 * @param x signal
 * @param hz cutoff in Hz, 1…0.49·sampleRate
 * @param q resonance, 0.05…1000: the gain at the cutoff; 0.7071 (none) if not given
 * @returns the signal through s²/(s² + s/q + 1)
 * Source: RBJ Audio EQ Cookbook; Simper 2013.
 * @example
 * const hiss = whiteNoise()
 * const filter = highpass()
 * export default (t) => 0.1 * filter(hiss(), 4000 + 3000 * Math.sin(2 * t))
 */
export function highpass(): (x: number, hz: number, q?: number) => number {
  const core = svfCore();
  return (x: number, hz: number, q = Math.SQRT1_2): number => {
    const damping = dampingOf(q, Math.SQRT1_2);
    const [band, low] = core(x, prewarp(hz), damping);
    return x - damping * band - low;
  };
}

/**
 * Lets what is around a frequency pass.
 * @param x signal
 * @param hz centre in Hz, 1…0.49·sampleRate
 * @param q centre divided by width, 0.05…1000; 1 if not given
 * @returns the signal through (s/q)/(s² + s/q + 1): gain 1 at the centre
 * Source: RBJ Audio EQ Cookbook; Simper 2013.
 * @example
 * const hiss = whiteNoise()
 * const filter = bandpass()
 * export default (t) => filter(hiss(), 800 + 600 * Math.sin(2 * t), 8)
 */
export function bandpass(): (x: number, hz: number, q?: number) => number {
  const core = svfCore();
  return (x: number, hz: number, q = 1): number => {
    const damping = dampingOf(q, 1);
    return damping * core(x, prewarp(hz), damping)[0];
  };
}

/**
 * Takes away what is around a frequency.
 * @param x signal
 * @param hz centre in Hz, 1…0.49·sampleRate
 * @param q centre divided by width, 0.05…1000; 1 if not given
 * @returns the signal through (s² + 1)/(s² + s/q + 1): nothing at the centre
 * Source: RBJ Audio EQ Cookbook; Simper 2013.
 * @example
 * const tone = saw()
 * const filter = notch()
 * export default (t) => 0.3 * filter(tone(110), 800 + 600 * Math.sin(2 * t))
 */
export function notch(): (x: number, hz: number, q?: number) => number {
  const core = svfCore();
  return (x: number, hz: number, q = 1): number => {
    const damping = dampingOf(q, 1);
    return x - damping * core(x, prewarp(hz), damping)[0];
  };
}

/**
 * Turns the phase and leaves all levels as they are.
 * @param x signal
 * @param hz where the phase is turned by half, in Hz, 1…0.49·sampleRate
 * @param q how quickly it turns, 0.05…1000; 0.7071 if not given
 * @returns the signal through (s² - s/q + 1)/(s² + s/q + 1)
 * Source: RBJ Audio EQ Cookbook; Simper 2013.
 * @example
 * const tone = saw()
 * const turn = allpass()
 * export default (t) => {
 *   const x = tone(110)
 *   return 0.15 * (x + turn(x, 800 + 600 * Math.sin(2 * t)))
 * }
 */
export function allpass(): (x: number, hz: number, q?: number) => number {
  const core = svfCore();
  return (x: number, hz: number, q = Math.SQRT1_2): number => {
    const damping = dampingOf(q, Math.SQRT1_2);
    return x - 2 * damping * core(x, prewarp(hz), damping)[0];
  };
}

/**
 * All outputs of one filter.
 * @param x signal
 * @param hz cutoff in Hz, 1…0.49·sampleRate
 * @param q resonance, 0.05…1000; 0.7071 (none) if not given
 * @returns low, band (gain 1 at the cutoff), high, notch, and peak = low - high; low + band + high is x
 * Source: Simper 2013; DaisySP's Svf.
 * @example
 * const tone = saw()
 * const filter = svf()
 * export default (t) => {
 *   const { low, high } = filter(tone(110), 800, 2)
 *   return [0.3 * low, 0.3 * high]
 * }
 */
export function svf(): (
  x: number,
  hz: number,
  q?: number,
) => { low: number; band: number; high: number; notch: number; peak: number } {
  const core = svfCore();
  return (x: number, hz: number, q = Math.SQRT1_2) => {
    const damping = dampingOf(q, Math.SQRT1_2);
    const [slope, low] = core(x, prewarp(hz), damping);
    const band = damping * slope;
    const high = x - band - low;
    return { low, band, high, notch: x - band, peak: low - high };
  };
}
