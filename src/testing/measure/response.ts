/** What a linear time-invariant process does to a sine, from its impulse response. */

import { decibels } from './levels.ts';
import { collect } from './rates.ts';

export interface Response {
  readonly gain: number;
  readonly db: number;
  /** −180…180 degrees. */
  readonly phase: number;
}

export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** The response to a unit impulse in the first frame. */
export const impulseResponse = (process: (x: number) => number, frames: number): Float64Array =>
  collect(frames, (n) => process(n === 0 ? 1 : 0));

/** The Fourier transform of a response at one frequency: Σ h[n]·e^(−2πi·hz·n/rate). */
export function responseAt(impulse: Float64Array, hz: number, rate: number): Response {
  const end = audibleLength(impulse);
  const turns = hz / rate;
  const [stepRe, stepIm] = [Math.cos(2 * Math.PI * turns), -Math.sin(2 * Math.PI * turns)];
  let [re, im] = [0, 0];
  let [c, s] = [1, 0];
  for (let n = 0; n < end; n++) {
    // Turned on from frame to frame, and set right again now and then.
    if (n % 256 === 0) {
      const angle = 2 * Math.PI * ((turns * n) % 1);
      [c, s] = [Math.cos(angle), -Math.sin(angle)];
    }
    re += impulse[n] * c;
    im += impulse[n] * s;
    const next = c * stepRe - s * stepIm;
    s = c * stepIm + s * stepRe;
    c = next;
  }
  return responseOf({ re, im });
}

const lengths = new WeakMap<Float64Array, number>();

/** Up to the last sample within 300 dB of full scale. */
function audibleLength(impulse: Float64Array): number {
  let end = lengths.get(impulse);
  if (end === undefined) {
    end = impulse.length;
    while (end > 0 && Math.abs(impulse[end - 1]) < 1e-15) end--;
    lengths.set(impulse, end);
  }
  return end;
}

export function responseOf({ re, im }: Complex): Response {
  const gain = Math.hypot(re, im);
  return { gain, db: decibels(gain), phase: (Math.atan2(im, re) * 180) / Math.PI };
}

/** (Σ top[k]·s^k)/(Σ bottom[k]·s^k) for s = j·omega. */
export function rational(top: readonly number[], bottom: readonly number[], omega: number): Complex {
  return divide(polynomial(top, omega), polynomial(bottom, omega));
}

/**
 * s of an analogue prototype under the bilinear transform with prewarping, without its j:
 * tan(π·hz/rate)/tan(π·cutoff/rate).
 */
export const prewarped = (hz: number, cutoffHz: number, rate: number): number =>
  Math.tan((Math.PI * hz) / rate) / Math.tan((Math.PI * cutoffHz) / rate);

export const multiply = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
});

export function divide(a: Complex, b: Complex): Complex {
  const size = b.re * b.re + b.im * b.im;
  return { re: (a.re * b.re + a.im * b.im) / size, im: (a.im * b.re - a.re * b.im) / size };
}

function polynomial(coefficients: readonly number[], omega: number): Complex {
  let sum: Complex = { re: 0, im: 0 };
  for (const coefficient of coefficients.toReversed()) {
    const product = multiply(sum, { re: 0, im: omega });
    sum = { re: product.re + coefficient, im: product.im };
  }
  return sum;
}

/** The distance of two phases in degrees, 0…180. */
export function phaseDistance(a: number, b: number): number {
  const turns = (a - b) / 360;
  return 360 * Math.abs(turns - Math.round(turns));
}

/** `count` frequencies, equally spaced in octaves, both ends included. */
export const octaveSpaced = (lowHz: number, highHz: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => lowHz * (highHz / lowHz) ** (i / (count - 1)));
