/** What the tests of the gallery look for in a text and in its sound. */

import type { Channels } from './compare.ts';

/** -1 dBFS. */
export const CEILING = 10 ** (-1 / 20);

/** NaN where one is. */
export function peakOf({ left, right }: Channels): number {
  let peak = 0;
  for (let n = 0; n < left.length; n++) peak = Math.max(peak, Math.abs(left[n]), Math.abs(right[n]));
  return peak;
}

/** Largest mean of both channels. */
export function meanOf({ left, right }: Channels): number {
  const mean = (channel: ArrayLike<number>) => {
    let sum = 0;
    for (let n = 0; n < channel.length; n++) sum += channel[n];
    return Math.abs(sum / channel.length);
  };
  return Math.max(mean(left), mean(right));
}

/** The most frames in a row in which neither channel gets beyond `level`. */
export function longestSilence({ left, right }: Channels, level: number): number {
  let [run, longest] = [0, 0];
  for (let n = 0; n < left.length; n++) {
    run = Math.max(Math.abs(left[n]), Math.abs(right[n])) > level ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** Integrated loudness in LUFS, as ITU-R BS.1770-4 defines it: K-weighting, 400 ms blocks, gates at -70 and -10 LU. */
export function loudnessOf({ left, right }: Channels, sampleRate: number): number {
  const [a, b] = [left, right].map((channel) => kWeighted(channel, sampleRate));
  const hopFrames = Math.round(sampleRate / 10);
  const powers: number[] = [];
  for (let from = 0; from + 4 * hopFrames <= a.length; from += hopFrames) {
    let sum = 0;
    for (let n = from; n < from + 4 * hopFrames; n++) sum += a[n] ** 2 + b[n] ** 2;
    powers.push(sum / (4 * hopFrames));
  }
  const lufs = (power: number) => -0.691 + 10 * Math.log10(power);
  const meanOfLoud = (gate: number) => {
    const loud = powers.filter((power) => lufs(power) > gate);
    return loud.reduce((sum, power) => sum + power, 0) / loud.length;
  };
  return lufs(meanOfLoud(lufs(meanOfLoud(-70)) - 10));
}

/** A shelf of 4 dB for the head, then a highpass, from their analogue prototypes. */
function kWeighted(x: ArrayLike<number>, sampleRate: number): Float64Array {
  const shelf = (hz: number, q: number, decibels: number) => {
    const k = Math.tan((Math.PI * hz) / sampleRate);
    const high = 10 ** (decibels / 20);
    const band = high ** 0.4996667741545416;
    const a0 = 1 + k / q + k * k;
    const numerator = [high + (band * k) / q + k * k, 2 * (k * k - high), high - (band * k) / q + k * k];
    return { b: numerator.map((c) => c / a0), a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0] };
  };
  const highpass = (hz: number, q: number) => {
    const k = Math.tan((Math.PI * hz) / sampleRate);
    const a0 = 1 + k / q + k * k;
    return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0] };
  };
  let y = Float64Array.from(x);
  for (const { b, a } of [
    shelf(1681.974450955533, 0.7071752369554196, 3.999843853973347),
    highpass(38.13547087602444, 0.5003270373238773),
  ]) {
    const out = new Float64Array(y.length);
    let [x1, x2, y1, y2] = [0, 0, 0, 0];
    for (let n = 0; n < y.length; n++) {
      out[n] = b[0] * y[n] + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2;
      [x2, x1, y2, y1] = [x1, y[n], y1, out[n]];
    }
    y = out;
  }
  return y;
}

/** Whether a patch has a constant, a function or a control of this name. */
export function declares(text: string, name: string): boolean {
  return declarationOf(text, name) !== null || text.includes(`'${name}'`);
}

/** `const NAME = VALUE` on a line of its own, as far as its value is one number. */
export function numberOf(text: string, name: string): number | null {
  const [, value] = new RegExp(`^const ${name} = (-?[\\d.]+)(?: //.*)?$`, 'm').exec(text) ?? [];
  return value === undefined ? null : Number(value);
}

const declarationOf = (text: string, name: string): RegExpExecArray | null =>
  /^[\w$]+$/.test(name) ? new RegExp(`^(?:const|let|function) ${name}\\b`, 'm').exec(text) : null;
