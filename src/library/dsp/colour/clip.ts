/** Curves that bend a signal: clipping, folding, bits and tables. Patch language. */

import { clampOr, numberOr } from '../internal/guard.ts';
import type { Table } from '../types.ts';

/**
 * Cuts off what is above a limit.
 * @param x signal
 * @param limit largest absolute value, from 0
 * @returns −limit…limit
 * Source: the definition; FunDSP `clip`.
 * @example
 * const osc = sine()
 * export default (t) => 0.3 * hardClip((1.5 + Math.sin(t)) * osc(110))
 */
export function hardClip(x: number, limit = 1): number {
  const top = Math.max(numberOr(limit, 1), 0);
  return Math.min(Math.max(x, -top), top);
}

/**
 * A cubic that bends into its limit.
 * @param x signal
 * @returns 1.5·x − 0.5·x³ within −1…1, ±1 outside
 * Source: musicdsp.org; Faust `ef.cubicnl`.
 * @example
 * const osc = sine()
 * export default (t) => 0.3 * softClip((1.5 + Math.sin(t)) * osc(110))
 */
export function softClip(x: number): number {
  const inside = Math.min(Math.max(x, -1), 1);
  return 1.5 * inside - 0.5 * inside * inside * inside;
}

/**
 * Bends a signal by tanh; ±1 stays ±1.
 * @param x signal
 * @param drive above 0, up to 1000: how much it is bent
 * @returns tanh(drive·x)/tanh(drive)
 * Source: FunDSP `Tanh`.
 * @example
 * const osc = triangle()
 * export default (t) => 0.3 * saturate(osc(110), 3 + 2 * Math.sin(t))
 */
export function saturate(x: number, drive = 1): number {
  const amount = clampOr(drive, 1e-6, 1000, 1);
  return Math.tanh(amount * x) / Math.tanh(amount);
}

/**
 * Folds a signal back, again and again, along a sine.
 * @param x signal
 * @param amount from 0: 1 bends −1…1 to a whole arch, 3 folds it once at both sides
 * @returns sin(π/2·amount·x)
 * Source: the folders of Buchla and Serge, in spirit; Faust `ef.wavefold`.
 * @example
 * const osc = sine()
 * export default (t) => 0.3 * sineFold(osc(110), 3 + 2 * Math.sin(t))
 */
export function sineFold(x: number, amount = 1): number {
  return Math.sin((Math.PI / 2) * Math.max(numberOr(amount, 1), 0) * x);
}

/**
 * Rounds a signal to few bits.
 * @param x signal
 * @param bits 1…32, fractions too
 * @returns round(x·2^(bits−1))/2^(bits−1)
 * Source: linear quantisation; Strudel `crush`, Faust `ba.bitcrusher`.
 * @example
 * const osc = sine()
 * export default (t) => 0.3 * bitCrush(osc(220), 3 + 2 * Math.sin(t))
 */
export function bitCrush(x: number, bits = 8): number {
  const steps = 2 ** (clampOr(bits, 1, 32, 8) - 1);
  return Math.round(x * steps) / steps;
}

/**
 * Holds a signal for a while, as a low sample rate does.
 * @param x signal
 * @param hz how often a new value is taken, 0…sampleRate
 * @returns x as it was when it was taken last
 * Source: sample and hold by a phase; DaisySP SampleRateReducer, Strudel `coarse`.
 * @example
 * const reduce = rateReduce()
 * const osc = saw()
 * export default (t) => 0.3 * reduce(osc(110), 4000 + 3000 * Math.sin(t))
 */
export function rateReduce(): (x: number, hz: number) => number {
  // The first call takes x.
  let phase = 1;
  let held = 0;
  return (x, hz) => {
    const takes = phase >= 1;
    held = takes ? x : held;
    phase = (takes ? phase - 1 : phase) + clampOr(hz, 0, sampleRate, sampleRate) / sampleRate;
    return held;
  };
}

/**
 * Bends a signal by a table.
 * @param table at least two values, spread over −1…1
 * @param x signal
 * @returns what the table says, read linearly; outside −1…1 the value at that end
 * Source: Arfib 1979, Le Brun 1979; SuperCollider Shaper, Tone.js WaveShaper.
 * @example
 * const bend = shaper([-0.8, -0.9, -0.2, 0.2, 0.5, 1])
 * const osc = sine()
 * export default () => 0.3 * bend(osc(220))
 */
export function shaper(table: Table): (x: number) => number {
  const points = Float64Array.from(table);
  const last = points.length - 1;
  return (x) => {
    const position = (clampOr(x, -1, 1, 0) + 1) * 0.5 * last;
    const index = Math.min(Math.floor(position), Math.max(last - 1, 0));
    const a = points[index];
    const b = points[Math.min(index + 1, last)];
    return a + (b - a) * (position - index);
  };
}

/**
 * Makes harmonics of a sine: of a cosine of amplitude 1, harmonic k with levels[k−1].
 * @param levels of the harmonics, from the first on
 * @param x signal, −1…1
 * @returns Σ levels[k−1]·T_k(x)
 * Source: Le Brun 1979; Clenshaw's recursion; Tone.js Chebyshev.
 * @example
 * const add = chebyshev([0.5, 0.2, 0, 0.2, 0.1])
 * const osc = sine()
 * export default (t) => 0.4 * add(osc(110) * (0.6 + 0.4 * Math.sin(t)))
 */
export function chebyshev(levels: Table): (x: number) => number {
  const weights = Float64Array.from(levels);
  return (x) => {
    const inside = clampOr(x, -1, 1, 0);
    let b1 = 0;
    let b2 = 0;
    for (let k = weights.length - 1; k >= 0; k--) {
      const b = weights[k] + 2 * inside * b1 - b2;
      b2 = b1;
      b1 = b;
    }
    return inside * b1 - b2;
  };
}
