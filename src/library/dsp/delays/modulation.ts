/** Delays and levels that swing. Patch language. */

import { bounded, clampOr, flushed, tauPole } from '../internal/guard.ts';
import { makeLine, readLine } from '../internal/line.ts';
import { prewarp } from '../internal/svf.ts';
import { sineTurns, wrapTurns } from '../internal/turns.ts';
import { pan2 } from '../mixing/stereo.ts';
import type { Stereo } from '../types.ts';

/** Fastest that anything swings here. */
const FASTEST = 1000;

/** What a cubic between four samples may exceed them by, and 10 % of that again. */
const CHORUS_LEVEL = 0.8799;

/**
 * Two voices that are slightly out of tune, one on each side.
 * @param x signal
 * @param hz how often they swing a second, 0…1000
 * @param depth 0…1 of 8 ms
 * @param blend 0 x alone … 1 the voices alone
 * @returns both sides
 * Source: two delays swung by sines a quarter of a period apart; DaisySP Chorus.
 * @example
 * const wide = chorus()
 * const osc = saw()
 * export default () => wide(0.3 * osc(110), 0.8, 0.5, 0.5)
 */
export function chorus(): (x: number, hz?: number, depth?: number, blend?: number) => Stereo {
  const least = 0.004 * sampleRate;
  const most = 0.008 * sampleRate;
  const line = makeLine(Math.ceil(least + most));
  const mask = line.length - 1;
  let at = 0;
  let phase = 0;
  return (x, hz = 0.8, depth = 0.5, blend = 0.5) => {
    at = (at + 1) & mask;
    line[at] = x;
    phase = wrapTurns(phase + clampOr(hz, 0, FASTEST, 0.8) / sampleRate);
    const swing = 0.5 * most * clampOr(depth, 0, 1, 0.5);
    const wet = clampOr(blend, 0, 1, 0.5);
    const dry = (1 - wet) * x;
    const l = readLine(line, at, least + swing * (1 + sineTurns(phase)));
    const r = readLine(line, at, least + swing * (1 + sineTurns(phase + 0.25)));
    return [dry + wet * CHORUS_LEVEL * l, dry + wet * CHORUS_LEVEL * r];
  };
}

/**
 * The sweep of a comb with many teeth.
 * @param x signal
 * @param hz how often it sweeps a second, 0…1000
 * @param depth 0…1: from 0.5 ms up to 5 ms more
 * @param feedback −0.9999…0.9999: how sharp the teeth are
 * @returns half of x and half of what is delayed
 * Source: Hartmann 1978; Faust `pf.flanger_mono`, DaisySP Flanger.
 * @example
 * const sweep = flanger()
 * const noise = pinkNoise(1)
 * export default () => 0.4 * sweep(noise(), 0.2, 0.7, 0.6)
 */
export function flanger(): (x: number, hz?: number, depth?: number, feedback?: number) => number {
  const least = 0.0005 * sampleRate;
  const most = 0.005 * sampleRate;
  const line = makeLine(Math.ceil(least + most));
  const mask = line.length - 1;
  let at = 0;
  let phase = 0;
  return (x, hz = 0.3, depth = 0.7, feedback = 0.5) => {
    at = (at + 1) & mask;
    const swing = 0.5 * most * clampOr(depth, 0, 1, 0.7);
    const late = readLine(line, at, least + swing * (1 - sineTurns(phase + 0.25)));
    phase = wrapTurns(phase + clampOr(hz, 0, FASTEST, 0.3) / sampleRate);
    line[at] = bounded(x + clampOr(feedback, -0.9999, 0.9999, 0.5) * late);
    return 0.5 * (x + late);
  };
}

/** The sweep goes up and down by so many octaves from the middle of 200 and 4000 Hz. */
const PHASER_MIDDLE = Math.sqrt(200 * 4000);
const PHASER_OCTAVES = Math.log2(4000 / 200) / 2;

/**
 * The sweep of a few notches.
 * @param stages how many allpasses, an even number 2…24; two make a notch
 * @param x signal
 * @param hz how often it sweeps a second, 0…1000
 * @param depth 0…1: at 1 from 200 to 4000 Hz, at 0 it stays in the middle
 * @param feedback −0.9999…0.9999: how sharp it sounds
 * @returns half of x and half of what the allpasses give
 * Source: first-order allpasses in a row (Hartmann 1978, Smith 1984); Faust `pf.phaser2_mono`.
 * @example
 * const sweep = phaser(6)
 * const osc = saw()
 * export default () => 0.4 * sweep(osc(82), 0.3, 0.8, 0.5)
 */
export function phaser(stages = 6): (x: number, hz?: number, depth?: number, feedback?: number) => number {
  const count = 2 * Math.round(clampOr(stages, 2, 24, 6) / 2);
  const states = new Float64Array(count);
  let phase = 0;
  let last = 0;
  return (x, hz = 0.3, depth = 0.7, feedback = 0) => {
    const octaves = PHASER_OCTAVES * clampOr(depth, 0, 1, 0.7) * sineTurns(phase);
    phase = wrapTurns(phase + clampOr(hz, 0, FASTEST, 0.3) / sampleRate);
    const g = prewarp(PHASER_MIDDLE * 2 ** octaves);
    const part = g / (1 + g);
    let y = bounded(x + clampOr(feedback, -0.9999, 0.9999, 0) * last);
    for (let i = 0; i < count; i++) {
      const v = (y - states[i]) * part;
      const low = v + states[i];
      states[i] = flushed(low + v);
      y = 2 * low - y;
    }
    last = y;
    return 0.5 * (x + y);
  };
}

/**
 * A pitch that swings.
 * @param x signal
 * @param hz how often a second, 0.1…1000
 * @param semitones how far it swings to both sides, 0…12; slow and wide swings are cut to what 0.1 seconds of delay hold
 * @returns x, some milliseconds late
 * Source: a delay swung by a sine, whose slope is the shift (Dutilleux 1991); DaisySP-style vibrato.
 * @example
 * const wave = vibrato()
 * const osc = saw()
 * export default () => 0.3 * wave(osc(220), 5, 0.4)
 */
export function vibrato(): (x: number, hz?: number, semitones?: number) => number {
  const most = 0.1 * sampleRate;
  const line = makeLine(Math.ceil(most + 4));
  const mask = line.length - 1;
  const follow = 1 - tauPole(0.02);
  let at = 0;
  let phase = 0;
  let swing = -1;
  return (x, hz = 5, semitones = 0.3) => {
    at = (at + 1) & mask;
    line[at] = x;
    const rate = clampOr(hz, 0.1, FASTEST, 5);
    const interval = clampOr(semitones, 0, 12, 0.3) / 12;
    // Half the distance between the ratios up and down: the slope of the delay where it is steepest.
    const slope = 0.5 * (2 ** interval - 2 ** -interval);
    const wanted = Math.min((slope * sampleRate) / (2 * Math.PI * rate), 0.5 * most);
    swing = swing < 0 ? wanted : swing + (wanted - swing) * follow;
    phase = wrapTurns(phase + rate / sampleRate);
    return readLine(line, at, 1 + swing * (1 + sineTurns(phase)));
  };
}

/**
 * A level that swings.
 * @param x signal
 * @param hz how often a second, 0…1000
 * @param depth 0…1: the least level is 1 − depth
 * @returns x·(1 − depth·(1 − cos)/2); the first frame is x
 * Source: amplitude modulation by a raised cosine; DaisySP Tremolo.
 * @example
 * const swell = tremolo()
 * const osc = saw()
 * export default () => 0.3 * swell(osc(110), 6, 0.8)
 */
export function tremolo(): (x: number, hz?: number, depth?: number) => number {
  let phase = 0;
  return (x, hz = 5, depth = 0.5) => {
    // (1 − cos 2πp)/2 = sin² πp
    const half = sineTurns(0.5 * phase);
    const y = x * (1 - clampOr(depth, 0, 1, 0.5) * half * half);
    phase = wrapTurns(phase + clampOr(hz, 0, FASTEST, 5) / sampleRate);
    return y;
  };
}

/**
 * A sound that goes from side to side.
 * @param x signal
 * @param hz how often a second, 0…1000
 * @param depth 0…1: how far, 1 is all the way
 * @returns both sides; their powers add up to that of x
 * Source: `pan2` by a sine; Tone.js AutoPanner.
 * @example
 * const around = autoPan()
 * const osc = triangle()
 * export default () => around(0.4 * osc(220), 0.7)
 */
export function autoPan(): (x: number, hz?: number, depth?: number) => Stereo {
  let phase = 0;
  return (x, hz = 1, depth = 1) => {
    const place = clampOr(depth, 0, 1, 1) * sineTurns(phase);
    phase = wrapTurns(phase + clampOr(hz, 0, FASTEST, 1) / sampleRate);
    return pan2(x, place);
  };
}

/**
 * Multiplies by a sine: each partial becomes its sum and its difference with hz.
 * @param x signal
 * @param hz frequency of the sine
 * @param depth 0…1: 0 leaves x as it is
 * @returns x·(1 − depth + depth·sin)
 * Source: Bode 1948; Extempore `ringmod_c`.
 * @example
 * const ring = ringMod()
 * const osc = triangle()
 * export default (t) => 0.4 * ring(osc(220), 300 + 200 * Math.sin(t))
 */
export function ringMod(): (x: number, hz: number, depth?: number) => number {
  let phase = 0;
  return (x, hz, depth = 1) => {
    const amount = clampOr(depth, 0, 1, 1);
    const y = x * (1 - amount + amount * sineTurns(phase));
    phase = wrapTurns(phase + clampOr(hz, -sampleRate, sampleRate, 0) / sampleRate);
    return y;
  };
}
