/** Distortion with a state: amplifiers, and curves without aliasing. Patch language. */

import { clampOr, flushed, numberOr } from '../internal/guard.ts';

/** The pole of a lowpass whose impulse response is never negative, so that it is bounded by what goes in. */
const lowpassPole = (hz: number) => Math.exp((-2 * Math.PI * hz) / sampleRate);

/**
 * A pedal: soft clipping and a tone control, about as loud as what goes in.
 * @param x signal
 * @param drive 0…1
 * @param tone 0…1: a lowpass from 500 to 8000 Hz
 * @returns the signal distorted, within ±1
 * Source: DaisySP Overdrive, Tube Screamer in spirit: tanh, gain taken back at half level.
 * @example
 * const dirt = overdrive()
 * const osc = saw()
 * export default (t) => 0.4 * dirt(0.5 * osc(82), 0.6 + 0.4 * Math.sin(t), 0.6)
 */
export function overdrive(): (x: number, drive?: number, tone?: number) => number {
  let y = 0;
  let lastDrive = -1;
  let before = 1;
  let after = 1;
  let lastTone = -1;
  let pole = 0;
  return (x, drive = 0.5, tone = 0.5) => {
    const amount = clampOr(drive, 0, 1, 0.5);
    if (amount !== lastDrive) {
      lastDrive = amount;
      before = 60 ** amount;
      after = Math.min(1, 0.5 / Math.tanh(0.5 * before));
    }
    const bright = clampOr(tone, 0, 1, 0.5);
    if (bright !== lastTone) {
      lastTone = bright;
      pole = lowpassPole(500 * 16 ** bright);
    }
    const bent = Math.tanh(before * numberOr(x, 0)) * after;
    y = flushed(bent + (y - bent) * pole);
    return y;
  };
}

/**
 * Two tubes in a row: bent to one side, without DC.
 * @param x signal
 * @param drive 0…100
 * @param bias −2…2; 0 bends both sides alike
 * @returns the signal distorted, without DC
 * Source: tanh around a bias, twice, and a highpass of 10 Hz.
 * @example
 * const warm = tube()
 * const osc = sine()
 * export default (t) => 0.3 * warm(osc(110), 2 + Math.sin(t), 0.4)
 */
export function tube(): (x: number, drive?: number, bias?: number) => number {
  let constant = 0;
  const follow = 1 - lowpassPole(10);
  return (x, drive = 1, bias = 0.2) => {
    const shift = clampOr(bias, -2, 2, 0.2);
    const rest = Math.tanh(shift);
    const first = Math.tanh(clampOr(drive, 0, 100, 1) * numberOr(x, 0) + shift) - rest;
    const second = Math.tanh(first + shift) - rest;
    constant = flushed(constant + (second - constant) * follow);
    return second - constant;
  };
}

/** Closer than this, two values count as one, and the curve itself is taken in the middle between them. */
const NEAR = 1e-5;

/** The antiderivative of tanh. */
const logCosh = (x: number) => {
  const size = Math.abs(x);
  return size + Math.log1p(Math.exp(-2 * size)) - Math.LN2;
};

/**
 * tanh with little aliasing. Half a frame late.
 * @param x signal
 * @param drive 0…1000
 * @returns tanh(drive·x)
 * Source: Parker, Zavalishin and Le Bihan 2016: antiderivative antialiasing of first order; Faust `aa.tanh1`.
 * @example
 * const bend = adaaTanh()
 * const osc = sine()
 * export default (t) => 0.3 * bend(osc(1200 + 600 * Math.sin(t)), 8)
 */
export function adaaTanh(): (x: number, drive?: number) => number {
  let last = 0;
  let lastArea = 0;
  return (x, drive = 1) => {
    const u = flushed(clampOr(drive, 0, 1000, 1) * x);
    const area = logCosh(u);
    const distance = u - last;
    const y = Math.abs(distance) > NEAR ? (area - lastArea) / distance : Math.tanh(0.5 * (u + last));
    last = u;
    lastArea = area;
    return y;
  };
}

/** The antiderivative of a hard clip at ±1. */
const clipArea = (x: number) => {
  const size = Math.abs(x);
  return size <= 1 ? 0.5 * x * x : size - 0.5;
};

/**
 * Hard clipping at ±1 with little aliasing. Half a frame late.
 * @param x signal
 * @param drive 0…1000
 * @returns drive·x within −1…1
 * Source: Parker, Zavalishin and Le Bihan 2016; Faust `aa.hardclip`.
 * @example
 * const bend = adaaClip()
 * const osc = sine()
 * export default (t) => 0.3 * bend(osc(1200 + 600 * Math.sin(t)), 8)
 */
export function adaaClip(): (x: number, drive?: number) => number {
  let last = 0;
  let lastArea = 0;
  return (x, drive = 1) => {
    const u = flushed(clampOr(drive, 0, 1000, 1) * x);
    const area = clipArea(u);
    const distance = u - last;
    const y = Math.abs(distance) > NEAR ? (area - lastArea) / distance : Math.min(Math.max(0.5 * (u + last), -1), 1);
    last = u;
    lastArea = area;
    return y;
  };
}
