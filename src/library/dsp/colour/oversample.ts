/** Oversampling: a curve at a multiple of the sample rate, so that its harmonics do not fold back. Patch language. */

import { flushed } from '../internal/guard.ts';

/** The modified Bessel function I0. */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < 60; k++) {
    term *= (x / (2 * k)) * (x / (2 * k));
    sum += term;
  }
  return sum;
}

/**
 * Every second tap of a halfband lowpass of 4·half − 1 taps: a sinc under a Kaiser window. The tap in the middle is ½, and
 * the other taps between these are 0.
 */
function halfbandTaps(half: number): Float64Array {
  const taps = new Float64Array(2 * half);
  // Side lobes 90 dB down.
  const beta = 8.96;
  let sum = 0;
  for (let i = 0; i < 2 * half; i++) {
    const distance = 2 * i - (2 * half - 1);
    const place = distance / (2 * half);
    taps[i] =
      (Math.sin((Math.PI * distance) / 2) / (Math.PI * distance)) * besselI0(beta * Math.sqrt(1 - place * place));
    sum += taps[i];
  }
  for (let i = 0; i < 2 * half; i++) taps[i] *= 0.5 / sum;
  return taps;
}

/**
 * Samples as they came: written twice, so that the last `length` of them are always in one piece, the newest last. `at` is
 * where the piece begins.
 */
function history(length: number): { push: (x: number) => number; values: Float64Array } {
  const values = new Float64Array(2 * length);
  let at = 0;
  return {
    values,
    push: (x) => {
      values[at] = x;
      values[at + length] = x;
      at = at + 1 < length ? at + 1 : 0;
      return at;
    },
  };
}

/** Twice as many samples: `run(from, to, count)` reads the first `count` numbers of `from` and writes 2·count into `to`. */
function upsampler(half: number): (from: Float64Array, to: Float64Array, count: number) => void {
  const taps = halfbandTaps(half);
  const length = 2 * half;
  const { push, values } = history(length);
  return (from, to, count) => {
    for (let n = 0; n < count; n++) {
      const at = push(from[n]);
      let sum = 0;
      for (let i = 0; i < half; i++) sum += taps[i] * (values[at + i] + values[at + length - 1 - i]);
      to[2 * n] = 2 * sum;
      to[2 * n + 1] = values[at + half];
    }
  };
}

/** Half as many samples: reads 2·count numbers of `from` and writes `count` into `to`. */
function downsampler(half: number): (from: Float64Array, to: Float64Array, count: number) => void {
  const taps = halfbandTaps(half);
  const length = 2 * half;
  const even = history(length);
  const odd = history(length);
  return (from, to, count) => {
    for (let n = 0; n < count; n++) {
      const a = even.push(from[2 * n]);
      // The odd samples before this pair.
      const middle = odd.values[odd.push(from[2 * n + 1]) + half - 1];
      let sum = 0;
      for (let i = 0; i < half; i++) sum += taps[i] * (even.values[a + i] + even.values[a + length - 1 - i]);
      to[n] = sum + 0.5 * middle;
    }
  };
}

/** Half as many taps as a filter of each doubling has, less one: the first one must be steep, the others have room. */
const HALVES = [16, 6, 4];

/**
 * Runs a curve at 2, 4 or 8 times the sample rate. Latency: 31, 36.5 or 38.25 frames.
 * @param factor 2, 4 or 8
 * @param shape what is done to x; called factor times a frame, with `p` as second argument
 * @param x signal
 * @param p goes to shape as it is
 * @returns what shape makes of x
 * Source: halfband FIR filters in a cascade (Kaiser windows, side lobes 90 dB down); FunDSP `oversample`.
 * @example
 * const fold = oversample(4, (x, p) => sineFold(x, p))
 * const osc = sine()
 * export default (t) => 0.3 * fold(osc(330), 4 + 3 * Math.sin(t))
 */
export function oversample(factor: number, shape: (x: number, p: number) => number): (x: number, p?: number) => number {
  const stages = factor >= 8 ? 3 : factor >= 4 ? 2 : 1;
  const count = 2 ** stages;
  const ups = Array.from({ length: stages }, (_, i) => upsampler(HALVES[i]));
  const downs = Array.from({ length: stages }, (_, i) => downsampler(HALVES[i]));
  const samples = new Float64Array(count);
  const others = new Float64Array(count);
  return (x, p = 0) => {
    samples[0] = flushed(x);
    for (let i = 0; i < stages; i++) {
      ups[i](samples, others, 2 ** i);
      for (let n = 0; n < count; n++) samples[n] = others[n];
    }
    for (let n = 0; n < count; n++) samples[n] = flushed(shape(samples[n], p));
    for (let i = stages - 1; i >= 0; i--) {
      downs[i](samples, others, 2 ** i);
      for (let n = 0; n < count; n++) samples[n] = others[n];
    }
    return samples[0];
  };
}
