/** Bars, bells and skins as sums of modes. Patch language. */

import { clampOr, fallPole, flushed } from '../internal/guard.ts';
import type { Table } from '../types.ts';

/**
 * Modes that ring, each a complex number that turns and shrinks: it stays bounded, however its frequency moves.
 * Called with what goes in, the frequency of ratio 1 and a factor of all times; the levels say how much of it each mode takes.
 */
function modeBank(
  ratios: Float64Array,
  levels: Float64Array,
  times: Float64Array,
): (x: number, hz: number, scale: number) => number {
  const count = ratios.length;
  const re = new Float64Array(count);
  const im = new Float64Array(count);
  const turnRe = new Float64Array(count);
  const turnIm = new Float64Array(count);
  let lastHz = -1;
  let lastScale = -1;
  return (x, hz, scale) => {
    if (hz !== lastHz || scale !== lastScale) {
      lastHz = hz;
      lastScale = scale;
      for (let i = 0; i < count; i++) {
        const frequency = ratios[i] * hz;
        // What is above half the sample rate is silent.
        const radius = frequency < 0.5 * sampleRate ? fallPole(times[i] * scale) : 0;
        turnRe[i] = radius * Math.cos((2 * Math.PI * frequency) / sampleRate);
        turnIm[i] = radius * Math.sin((2 * Math.PI * frequency) / sampleRate);
      }
    }
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const a = re[i] * turnRe[i] - im[i] * turnIm[i] + x * levels[i];
      const b = re[i] * turnIm[i] + im[i] * turnRe[i];
      re[i] = Math.abs(a) > 1e-30 ? a : 0;
      im[i] = Math.abs(b) > 1e-30 ? b : 0;
      sum += b;
    }
    return sum;
  };
}

/**
 * Any number of modes that ring together.
 * @param ratios of their frequencies to hz
 * @param levels of each
 * @param times T60 of each, in seconds
 * @param x what strikes them
 * @param hz frequency of ratio 1; modes above half the sample rate are silent
 * @param scale factor of all times, 0.001…1000
 * @returns Σ levels·resonators: a unit impulse gives sines that begin at 0 and fall by 60 dB in their times
 * Source: Adrien 1991; a complex resonator for each mode; SuperCollider DynKlank, Faust `pm.modalModel`, DaisySP ModalVoice.
 * @example
 * const plate = modal([1, 1.58, 2.24, 2.92, 3.5], [0.3, 0.2, 0.2, 0.1, 0.1], [2, 1.5, 1, 0.7, 0.5])
 * const clock = impulse()
 * export default () => plate(0.6 * clock(1), 330)
 */
export function modal(ratios: Table, levels: Table, times: Table): (x: number, hz: number, scale?: number) => number {
  const count = Math.min(ratios.length, levels.length, times.length);
  const a = new Float64Array(count);
  const b = new Float64Array(count);
  const c = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    a[i] = ratios[i];
    b[i] = levels[i];
    c[i] = times[i];
  }
  const bank = modeBank(a, b, c);
  return (x, hz, scale = 1) => bank(flushed(x), clampOr(hz, 0, sampleRate, 220), clampOr(scale, 0.001, 1000, 1));
}

/** Half a sine, `seconds` long, with an area of 1 whatever its length, started by a trigger and as strong as it is. */
function mallet(): (trig: number, seconds: number) => number {
  let phase = 1;
  let step = 0;
  let strength = 0;
  let wasOn = false;
  return (trig, seconds) => {
    const isOn = trig > 0;
    if (isOn && !wasOn) {
      phase = 0;
      step = 1 / Math.max(seconds * sampleRate, 2);
      strength = Math.min(trig, 10) * 0.5 * Math.PI * step;
    }
    wasOn = isOn;
    const y = phase < 1 ? strength * Math.sin(Math.PI * phase) : 0;
    phase = Math.min(phase + step, 1);
    return y;
  };
}

/**
 * A marimba's bar.
 * @param trig strikes with its strength
 * @param hz pitch
 * @param hardness of the mallet, 0 soft … 1 hard
 * @returns the bar
 * Source: Bork 1995: an arched bar's modes 1 : 3.93 : 9.24 and a mallet of a half sine; Faust `pm.marimba`.
 * @example
 * const bar = marimba()
 * const clock = impulse()
 * const notes = sequence([60, 64, 67, 72, 67, 64])
 * export default () => {
 *   const beat = clock(6)
 *   return 0.5 * bar(beat, mtof(notes(beat)), 0.5)
 * }
 */
export function marimba(): (trig: number, hz: number, hardness?: number) => number {
  const ratios = new Float64Array([1, 3.93, 9.24]);
  const levels = new Float64Array([0.8, 0.35, 0.2]);
  const times = new Float64Array([1, 0.3, 0.12]);
  const bank = modeBank(ratios, levels, times);
  const strike = mallet();
  return (trig, hz, hardness = 0.5) => {
    const pitch = clampOr(hz, 10, sampleRate / 2, 220);
    // A hard mallet touches it for a quarter of a millisecond, a soft one for two; low bars ring longer.
    const seconds = 0.002 * 0.125 ** clampOr(hardness, 0, 1, 0.5);
    return bank(strike(trig, seconds), pitch, Math.min(Math.max(Math.sqrt(440 / pitch), 0.2), 4));
  };
}

/**
 * A church bell.
 * @param trig strikes with its strength
 * @param hz pitch of the prime, an octave above the hum and one below the nominal
 * @param decay seconds in which the prime falls by 60 dB
 * @returns the bell
 * Source: Rossing and Perrin 1987: hum ½, prime 1, tierce 1.2, quint 1.5, nominal 2 and higher ones, the hum longest; Faust
 * `pm.churchBell`.
 * @example
 * const bell = churchBell()
 * const clock = impulse()
 * export default () => 0.4 * bell(clock(0.5), 220, 8)
 */
export function churchBell(): (trig: number, hz: number, decay?: number) => number {
  const ratios = new Float64Array([0.5, 1, 1.2, 1.5, 2, 2.5, 2.62, 3, 4.05, 5.2]);
  const levels = new Float64Array([0.2, 0.22, 0.25, 0.08, 0.3, 0.08, 0.07, 0.15, 0.1, 0.06]);
  const times = new Float64Array([1.8, 1, 0.7, 0.5, 0.45, 0.2, 0.2, 0.2, 0.12, 0.08]);
  const bank = modeBank(ratios, levels, times);
  const strike = mallet();
  return (trig, hz, decay = 10) =>
    bank(0.6 * strike(trig, 0.0004), clampOr(hz, 10, sampleRate / 2, 220), clampOr(decay, 0.01, 1000, 10));
}

// For each mode of a round skin: circles and lines, the zero of its Bessel function, and its frequency to the lowest.
const SKIN_ORDERS = [0, 1, 2, 0, 3, 1];
const SKIN_ZEROS = [
  2.404825557695773, 3.831705970207512, 5.135622301840683, 5.520078110286311, 6.380161895923984, 7.015586669815619,
];
const SKIN_RATIOS = [1, 1.593, 2.136, 2.296, 2.653, 2.918];

/** The Bessel function J of a whole order, by its series. */
function besselJ(order: number, x: number): number {
  let term = 1;
  for (let k = 1; k <= order; k++) term *= x / (2 * k);
  let sum = term;
  for (let k = 1; k < 30; k++) {
    term *= (-x * x) / (4 * k * (k + order));
    sum += term;
  }
  return sum;
}

/**
 * A drum with a round skin.
 * @param trig strikes with its strength
 * @param hz pitch of its lowest mode
 * @param decay seconds in which that falls by 60 dB
 * @param strike where it is struck: 0 in the middle … 1 near the rim
 * @returns the skin
 * Source: Rayleigh 1877: the modes 1, 1.593, 2.136, 2.296, 2.653 and 2.918 of an ideal membrane, each as strong as it moves where it
 * is struck; Faust `pm.djembe`.
 * @example
 * const skin = drumhead()
 * const clock = impulse()
 * export default (t) => 0.6 * skin(clock(3), 110, 0.6, 0.4 + 0.4 * Math.sin(3 * t))
 */
export function drumhead(): (trig: number, hz: number, decay?: number, strike?: number) => number {
  const count = SKIN_ZEROS.length;
  const levels = new Float64Array(count);
  const times = new Float64Array([1, 0.8, 0.65, 0.7, 0.5, 0.5]);
  const bank = modeBank(Float64Array.from(SKIN_RATIOS), levels, times);
  const stroke = mallet();
  let lastStrike = -1;
  return (trig, hz, decay = 0.6, strike = 0.4) => {
    const place = clampOr(strike, 0, 1, 0.4);
    if (place !== lastStrike) {
      lastStrike = place;
      let power = 0;
      for (let i = 0; i < count; i++) {
        levels[i] = besselJ(SKIN_ORDERS[i], SKIN_ZEROS[i] * 0.92 * place);
        power += levels[i] * levels[i];
      }
      const level = 0.6 / Math.sqrt(power);
      for (let i = 0; i < count; i++) levels[i] *= level;
    }
    return bank(stroke(trig, 0.0008), clampOr(hz, 10, sampleRate / 2, 110), clampOr(decay, 0.01, 1000, 0.6));
  };
}
