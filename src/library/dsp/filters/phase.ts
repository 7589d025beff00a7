/** Filters for phase and for vowels. Patch language: factories at the top level, closures once per frame. */

import { dampingOf, prewarp, svfCore } from '../internal/svf.ts';

/** Four allpasses (c - z⁻²)/(1 - c·z⁻²) in a row: early and late are what each has been given, and the last has given, one and
 * two frames ago. */
function allpassChain(c1: number, c2: number, c3: number, c4: number): (x: number) => number {
  const early = new Float64Array(5);
  const late = new Float64Array(5);
  const weights = new Float64Array([0, c1, c2, c3, c4]);
  return (x: number): number => {
    let y = x;
    for (let i = 1; i <= 4; i++) {
      const next = weights[i] * (y + late[i]) - late[i - 1];
      late[i - 1] = early[i - 1];
      early[i - 1] = Math.abs(y) > 1e-30 ? y : 0;
      y = next;
    }
    late[4] = early[4];
    early[4] = Math.abs(y) > 1e-30 ? y : 0;
    return y;
  };
}

/**
 * Makes a pair a quarter of a period apart at all frequencies: for shifting frequencies and for envelopes.
 * @param x signal
 * @returns [re, im], both as loud as x; im is 90 degrees behind re, from 50 Hz to 0.49·sampleRate
 * Source: two chains of allpasses (Olli Niemitalo, Hilbert transform); SuperCollider's Hilbert.
 * @example
 * const tone = saw()
 * const pair = hilbert()
 * const turn = quadSine()
 * export default () => {
 *   const [re, im] = pair(tone(110))
 *   const [s, c] = turn(30)
 *   return 0.3 * (re * c + im * s)
 * }
 */
export function hilbert(): (x: number) => [re: number, im: number] {
  const first = allpassChain(0.479400865589, 0.876218493539, 0.976597589508, 0.997499255936);
  const second = allpassChain(0.161758498368, 0.733028932341, 0.945349700329, 0.990599156685);
  let delayed = 0;
  return (x: number): [re: number, im: number] => {
    const clean = Number.isNaN(x) ? 0 : +x;
    const im = delayed;
    delayed = first(clean);
    return [second(clean), im];
  };
}

/** Formants of a bass singing a, e, i, o and u: five frequencies in Hz for each. */
const FREQUENCIES = [
  ...[600, 1040, 2250, 2450, 2750],
  ...[400, 1620, 2400, 2800, 3100],
  ...[250, 1750, 2600, 3050, 3340],
  ...[400, 750, 2400, 2600, 2900],
  ...[350, 600, 2400, 2675, 2950],
];
/** Their levels in decibels. */
const LEVELS = [
  ...[0, -7, -9, -9, -20],
  ...[0, -12, -9, -12, -18],
  ...[0, -30, -16, -22, -28],
  ...[0, -11, -21, -20, -40],
  ...[0, -20, -32, -28, -36],
];
/** Their widths in Hz. */
const WIDTHS = [
  ...[60, 70, 110, 120, 130],
  ...[40, 80, 100, 120, 120],
  ...[60, 90, 100, 120, 120],
  ...[40, 80, 100, 120, 120],
  ...[40, 80, 100, 120, 120],
];

/**
 * Makes a signal speak: the formants of a vowel.
 * @param x signal, best one with many partials
 * @param vowel 0 a, 1 e, 2 i, 3 o, 4 u, and between them a blend; 0 if not given
 * @param shift factor of all formants, 0.25…4: above 1 for smaller heads; 1 if not given
 * @returns the signal through five bandpasses
 * Source: the formants of a bass in the tables of the IRCAM (Csound manual); Faust's pm.formantFilterBP.
 * @example
 * const tone = saw()
 * const mouth = vowelFilter()
 * export default (t) => 0.6 * mouth(tone(110), 2 + 2 * Math.sin(2 * t))
 */
export function vowelFilter(): (x: number, vowel?: number, shift?: number) => number {
  const cores = Array.from({ length: 5 }, () => svfCore());
  const gains = LEVELS.map((level) => 10 ** (level / 20));
  return (x: number, vowel = 0, shift = 1): number => {
    const place = vowel > 4 ? 4 : vowel > 0 ? vowel : 0;
    const factor = shift > 4 ? 4 : shift >= 0.25 ? shift : shift < 0.25 ? 0.25 : 1;
    const from = 5 * Math.min(3, Math.floor(place));
    const t = place - from / 5;
    let sum = 0;
    for (let i = 0; i < 5; i++) {
      const a = from + i;
      const b = a + 5;
      const hz = FREQUENCIES[a] + (FREQUENCIES[b] - FREQUENCIES[a]) * t;
      const width = WIDTHS[a] + (WIDTHS[b] - WIDTHS[a]) * t;
      const gain = gains[a] + (gains[b] - gains[a]) * t;
      const damping = dampingOf(hz / width, 1);
      sum += gain * damping * cores[i](x, prewarp(hz * factor), damping)[0];
    }
    return sum;
  };
}
