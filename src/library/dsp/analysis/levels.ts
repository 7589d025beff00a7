/** How loud, how often and how much of one frequency: measures over a window of time. Patch language. */

import { clampOr, flushed } from '../internal/guard.ts';
import type { Stereo } from '../types.ts';

const LONGEST_WINDOW = 60;

/**
 * The sum of the last `frames` values. A second sum that restarts with each round takes the place of the first, so that
 * rounding never adds up.
 */
function slidingSum(frames: number): (x: number) => number {
  const past = new Float64Array(frames);
  let at = 0;
  let sum = 0;
  let next = 0;
  return (x) => {
    sum += x - past[at];
    next += x;
    past[at] = x;
    at += 1;
    if (at >= frames) {
      at = 0;
      sum = next;
      next = 0;
    }
    return Math.max(sum, 0);
  };
}

/** Frames of a window of so many seconds, at least one. */
function windowFrames(seconds: number, fallback: number): number {
  return Math.max(1, Math.round(clampOr(seconds, 0, LONGEST_WINDOW, fallback) * sampleRate));
}

/**
 * The root of the mean square of the last seconds.
 * @param seconds length of the window, up to 60
 * @param x signal
 * @returns the level, linear: a/√2 for a sine of amplitude a
 * Source: the definition; Faust `ba.slidingRMS`.
 * @example
 * // The noise is as loud as the beat was in the last tenth of a second.
 * const level = rms(0.1)
 * const kick = kickDrum()
 * const clock = impulse()
 * const noise = pinkNoise(1)
 * export default () => {
 *   const beat = 0.4 * kick(clock(2))
 *   return beat + noise() * level(beat)
 * }
 */
export function rms(seconds = 0.3): (x: number) => number {
  const frames = windowFrames(seconds, 0.3);
  const squares = slidingSum(frames);
  return (x) => {
    const clean = flushed(x);
    return Math.sqrt(squares(clean * clean) / frames);
  };
}

/** The weighting of BS.1770: a shelf for the head, and a highpass. At any sample rate, after its analogue prototype. */
function kWeighting(): (x: number) => number {
  const k = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const q = 0.7071752369554196;
  const a0 = 1 + k / q + k * k;
  const b0 = (high + (band * k) / q + k * k) / a0;
  const b1 = (2 * (k * k - high)) / a0;
  const b2 = (high - (band * k) / q + k * k) / a0;
  const a1 = (2 * (k * k - 1)) / a0;
  const a2 = (1 - k / q + k * k) / a0;
  const h = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const p = 0.5003270373238773;
  const c0 = 1 + h / p + h * h;
  const c1 = (2 * (h * h - 1)) / c0;
  const c2 = (1 - h / p + h * h) / c0;
  let s1 = 0;
  let s2 = 0;
  let t1 = 0;
  let t2 = 0;
  return (x) => {
    const shelved = b0 * x + s1;
    s1 = flushed(b1 * x - a1 * shelved + s2);
    s2 = flushed(b2 * x - a2 * shelved);
    const y = shelved + t1;
    t1 = flushed(-2 * shelved - c1 * y + t2);
    t2 = flushed(shelved - c2 * y);
    return y;
  };
}

/**
 * How loud it is to the ear.
 * @param seconds length of the window: 0.4 momentary, 3 short-term
 * @param x stereo signal
 * @returns LUFS, in dB; −Infinity for silence
 * Source: ITU-R BS.1770-4: K-weighting, mean square, −0.691 + 10·log10 of the sum of both sides.
 * @example
 * // Turns itself to −20 LUFS.
 * const loud = loudness(3)
 * const osc = saw()
 * let level = 0.1
 * export default () => {
 *   const x = level * osc(110)
 *   const lufs = loud([x, x])
 *   level = clamp(level * (lufs < -20 ? 1.00001 : 0.99999), 0.01, 0.5)
 *   return x
 * }
 */
export function loudness(seconds = 0.4): (x: Stereo) => number {
  const frames = windowFrames(seconds, 0.4);
  const left = kWeighting();
  const right = kWeighting();
  const squares = slidingSum(frames);
  return ([l, r]) => {
    const a = left(flushed(l));
    const b = right(flushed(r));
    return -0.691 + 10 * Math.log10(squares(a * a + b * b) / frames);
  };
}

/**
 * How often the signal crosses zero upwards.
 * @param seconds length of the window, up to 60
 * @param x signal
 * @returns upward crossings a second: f ± 1/seconds for a sine of f
 * Source: Kedem 1986; SuperCollider ZeroCrossing, Faust `an.zcr`.
 * @example
 * const crossings = zeroCrossings(0.05)
 * const osc = sine()
 * const other = sine()
 * export default (t) => {
 *   const x = 0.2 * osc(330 + 110 * Math.sin(t))
 *   return x + 0.2 * other(1.5 * crossings(x))
 * }
 */
export function zeroCrossings(seconds = 0.1): (x: number) => number {
  const frames = windowFrames(seconds, 0.1);
  const past = new Uint8Array(frames);
  let at = 0;
  let count = 0;
  let last = 0;
  return (x) => {
    const crosses = x > 0 && last <= 0 ? 1 : 0;
    last = flushed(x);
    count += crosses - past[at];
    past[at] = crosses;
    at = at + 1 < frames ? at + 1 : 0;
    return (count * sampleRate) / frames;
  };
}

/**
 * The amplitude at one frequency.
 * @param size frames that are looked at; the amplitude is renewed after each
 * @param x signal
 * @param hz frequency, 0…sampleRate/2; taken at the first frame of each `size`
 * @returns the amplitude at hz
 * Source: Goertzel 1958; Faust `an.goertzel`.
 * @example
 * const level = goertzel(1024)
 * const osc = saw()
 * const other = sine()
 * export default () => {
 *   const x = 0.2 * osc(187.5)
 *   return x + level(x, 562.5) * other(1125)
 * }
 */
export function goertzel(size: number): (x: number, hz: number) => number {
  const frames = Math.round(clampOr(size, 1, 1048576, 1024));
  let count = 0;
  let c = 0;
  let s1 = 0;
  let s2 = 0;
  let amplitude = 0;
  return (x, hz) => {
    if (count === 0) c = 2 * Math.cos((2 * Math.PI * clampOr(hz, 0, sampleRate / 2, 0)) / sampleRate);
    const s = flushed(x) + c * s1 - s2;
    s2 = s1;
    s1 = s;
    count += 1;
    if (count >= frames) {
      amplitude = (2 / frames) * Math.sqrt(Math.max(s1 * s1 + s2 * s2 - c * s1 * s2, 0));
      count = 0;
      s1 = 0;
      s2 = 0;
    }
    return amplitude;
  };
}
