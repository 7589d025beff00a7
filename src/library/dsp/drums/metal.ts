/** Hats, claps and cowbells. Patch language: factories at the top level, closures once per frame. */

import { decayEnv, perc } from '../envelopes/adsr.ts';
import { bandpass } from '../filters/secondOrder.ts';
import { butterHighpass } from '../filters/steep.ts';
import { fallFactor } from '../internal/rates.ts';
import { softSquare } from '../internal/squares.ts';
import { wrapTurns } from '../internal/turns.ts';
import { whiteNoise } from '../noise/colours.ts';

/** The six oscillators of the TR-808's hats, in Hz. */
const HAT_HERTZ = [205.3, 304.4, 369.6, 522.7, 540, 800];

/**
 * A hi-hat: six square waves that do not fit, and some noise, through a highpass.
 * @param trig a trigger strikes it, as hard as it is strong
 * @param decay seconds in which it falls by 60 dB: 0.03 closed … 0.6 open; 0.08 if not given
 * @param tone 0 dark … 1 bright; 0.5 if not given
 * @returns about -1…1 for strength 1
 * Source: the TR-808; DaisySP's HiHat.
 * @example
 * const beat = impulse()
 * const hat = hiHat()
 * export default (t) => 0.5 * hat(beat(8), t % 1 < 0.5 ? 0.05 : 0.3)
 */
export function hiHat(): (trig: number, decay?: number, tone?: number) => number {
  const env = perc();
  const noise = whiteNoise();
  const thin = butterHighpass(4);
  const phases = new Float64Array(6);
  return (trig: number, decay = 0.08, tone = 0.5): number => {
    const bright = tone > 1 ? 1 : tone >= 0 ? tone : tone < 0 ? 0 : 0.5;
    let metal = 0;
    for (let i = 0; i < 6; i++) {
      // An octave and a half above the circuit's, where its own filters let their harmonics through.
      const step = (2.8 * HAT_HERTZ[i]) / sampleRate;
      metal += softSquare(phases[i], step);
      phases[i] = wrapTurns(phases[i] + step);
    }
    const sound = thin(0.3 * metal + 0.6 * noise(), 5000 * 1.8 ** bright);
    return 0.9 * env(trig, 0.0005, Number.isNaN(decay) ? 0.08 : decay) * sound;
  };
}

/**
 * A hand clap: three quick bursts of noise and a tail.
 * @param trig a trigger starts it, as loud as it is strong
 * @param decay seconds in which the tail falls by 60 dB; 0.25 if not given
 * @param tone 0 dark … 1 bright; 0.5 if not given
 * @returns about -1…1 for strength 1
 * Source: the TR-808's circuit: bursts 10 ms apart through a bandpass around 1 kHz; Faust's sy.clap.
 * @example
 * const beat = impulse()
 * const clap = handClap()
 * export default () => 0.6 * clap(beat(1))
 */
export function handClap(): (trig: number, decay?: number, tone?: number) => number {
  const noise = whiteNoise();
  const filter = bandpass();
  let before = 0;
  let strength = 0;
  let frames = 0;
  let part = 4;
  let level = 0;
  return (trig: number, decay = 0.25, tone = 0.5): number => {
    const seconds = decay > 0 ? decay : decay <= 0 ? 0 : 0.25;
    const bright = tone > 1 ? 1 : tone >= 0 ? tone : tone < 0 ? 0 : 0.5;
    const starts = trig > 0 && !(before > 0);
    before = trig;
    strength = starts ? +trig : strength;
    part = starts ? 0 : part;
    // Part 0 to 2 are the bursts, 3 is the tail; shorter ones come quicker.
    const spacing = Math.min(0.01, seconds / 3) * sampleRate;
    frames = starts ? 0 : frames + 1;
    const bursts = part < 3 && frames >= spacing;
    frames = bursts ? 0 : frames;
    part += bursts ? 1 : 0;
    const fallen = level * fallFactor(part < 3 ? 0.02 : seconds);
    const next = starts || bursts ? strength : fallen;
    level = next > 1e-30 ? next : 0;
    return 3 * filter(level * noise(), 750 * 2 ** (0.4 + 1.2 * (bright - 0.5)), 1.8);
  };
}

/**
 * A cowbell: two square waves a fifth and a little apart, through a bandpass.
 * @param trig a trigger strikes it, as hard as it is strong
 * @param hz pitch in Hz; 540 if not given
 * @param decay seconds in which it falls by 60 dB; 0.3 if not given
 * @returns about -1…1 for strength 1
 * Source: the TR-808's circuit, its second tone at 1.48·hz.
 * @example
 * const beat = impulse()
 * const bell = cowbell()
 * export default () => 0.6 * bell(beat(4))
 */
export function cowbell(): (trig: number, hz?: number, decay?: number) => number {
  const knock = decayEnv();
  const ring = perc();
  const filter = bandpass();
  let low = 0;
  let high = 0;
  return (trig: number, hz = 540, decay = 0.3): number => {
    const pitch = Number.isNaN(hz) ? 540 : hz;
    const step = Math.min(0.49, Math.abs(pitch) / sampleRate);
    const tones = softSquare(low, step) + softSquare(high, 1.48 * step);
    low = wrapTurns(low + step);
    high = wrapTurns(high + 1.48 * step);
    const level = 0.5 * ring(trig, 0.0005, Number.isNaN(decay) ? 0.3 : decay) + 0.4 * knock(trig, 0.03);
    return 0.7 * filter(level * tones, 1.7 * pitch, 1);
  };
}
