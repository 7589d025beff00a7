/** Resonators and combs. Patch language: factories at the top level, closures once per frame. */

import { fallFactor } from '../internal/rates.ts';
import { lagrangeAt, ringFor } from '../internal/ring.ts';
import { sineTurns } from '../internal/turns.ts';

/**
 * Rings at a frequency when it is struck.
 * @param x signal; an impulse strikes it
 * @param hz frequency in Hz, 1…0.49·sampleRate
 * @param t60 seconds in which it falls by 60 dB; 1 if not given
 * @returns for a unit impulse r^n·sin(2π·hz·n/sampleRate), r = 0.001^(1/(t60·sampleRate))
 * Source: two poles, as a rotation in the plane (Mathews & Smith 2003), so that hz may change; SuperCollider's Ringz.
 * @example
 * const hit = impulse()
 * const bell = resonator()
 * export default () => 0.4 * bell(hit(2), 660, 0.5)
 */
export function resonator(): (x: number, hz: number, t60?: number) => number {
  let cosine = 0;
  let sine = 0;
  let lastHz = 0;
  let lastT60 = -1;
  let turnCosine = 0;
  let turnSine = 0;
  return (x: number, hz: number, t60 = 1): number => {
    // Mostly these stay as they are, and then the rotation costs four products.
    if (hz !== lastHz || t60 !== lastT60) {
      const top = 0.49 * sampleRate;
      const cutoff = hz > top ? top : hz >= 1 ? hz : hz < 1 ? 1 : 1000;
      const radius = fallFactor(Number.isNaN(t60) ? 1 : t60);
      turnCosine = radius * sineTurns(cutoff / sampleRate + 0.25);
      turnSine = radius * sineTurns(cutoff / sampleRate);
      lastHz = hz;
      lastT60 = t60;
    }
    const nextCosine = turnCosine * cosine - turnSine * sine + x;
    const nextSine = turnSine * cosine + turnCosine * sine;
    cosine = Math.abs(nextCosine) > 1e-30 ? nextCosine : 0;
    sine = Math.abs(nextSine) > 1e-30 ? nextSine : 0;
    return sine;
  };
}

/** What stays within a loop at most: beyond full scale through the strongest feedback. */
const LOUDEST = 100000;

/**
 * A comb: a signal and its echoes, each softer than the one before by a constant factor.
 * @param maxSeconds the longest delay it has room for
 * @param x signal
 * @param seconds delay, from one frame to maxSeconds
 * @param feedback factor from echo to echo, -0.9999…0.9999; 0.5 if not given
 * @returns x + feedback·y[n - seconds·sampleRate]
 * Source: Schroeder 1962; SuperCollider's CombC, Faust's fi.fb_fcomb. Between frames by cubics of Lagrange.
 * @example
 * const hiss = whiteNoise()
 * const pipe = combFilter(0.02)
 * export default () => 0.05 * pipe(hiss(), 1 / 220, 0.9)
 */
export function combFilter(maxSeconds: number): (x: number, seconds: number, feedback?: number) => number {
  const ring = ringFor(maxSeconds);
  const longest = Math.max(1, (maxSeconds > 0 ? maxSeconds : 0) * sampleRate);
  let at = 0;
  return (x: number, seconds: number, feedback = 0.5): number => {
    const wanted = seconds * sampleRate;
    const frames = wanted > longest ? longest : wanted > 1 ? wanted : 1;
    const back = feedback > 0.9999 ? 0.9999 : feedback >= -0.9999 ? feedback : feedback < -0.9999 ? -0.9999 : 0.5;
    const y = x + back * lagrangeAt(ring, at, frames);
    const size = Math.abs(y);
    ring[at] = size > 1e-30 ? (size < LOUDEST ? y : y > 0 ? LOUDEST : -LOUDEST) : 0;
    at = (at + 1) & (ring.length - 1);
    return size < LOUDEST ? y : y > 0 ? LOUDEST : y < 0 ? -LOUDEST : y;
  };
}

/**
 * A comb whose echoes leave all levels as they are: what reverberators are made of.
 * @param maxSeconds the longest delay it has room for
 * @param x signal
 * @param seconds delay, from one frame to maxSeconds
 * @param gain factor from echo to echo, -0.9999…0.9999; 0.5 if not given
 * @returns the signal through (z^-D - gain)/(1 - gain·z^-D), D = seconds·sampleRate
 * Source: Schroeder 1962; SuperCollider's AllpassC. Between frames by cubics of Lagrange.
 * @example
 * const hit = impulse()
 * const blur = allpassComb(0.1)
 * const ring = resonator()
 * export default () => 0.3 * blur(ring(hit(1), 440, 0.2), 0.07, 0.7)
 */
export function allpassComb(maxSeconds: number): (x: number, seconds: number, gain?: number) => number {
  const ring = ringFor(maxSeconds);
  const longest = Math.max(1, (maxSeconds > 0 ? maxSeconds : 0) * sampleRate);
  let at = 0;
  return (x: number, seconds: number, gain = 0.5): number => {
    const wanted = seconds * sampleRate;
    const frames = wanted > longest ? longest : wanted > 1 ? wanted : 1;
    const back = gain > 0.9999 ? 0.9999 : gain >= -0.9999 ? gain : gain < -0.9999 ? -0.9999 : 0.5;
    const delayed = lagrangeAt(ring, at, frames);
    const v = x + back * delayed;
    const size = Math.abs(v);
    const limited = size < LOUDEST ? v : v > 0 ? LOUDEST : v < 0 ? -LOUDEST : v;
    ring[at] = size > 1e-30 ? limited : 0;
    at = (at + 1) & (ring.length - 1);
    return delayed - back * limited;
  };
}
