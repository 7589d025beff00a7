/** A plate. Patch language. */

import { bounded, clampOr, flushed } from '../internal/guard.ts';
import { makeLine, readLine } from '../internal/line.ts';
import { fixedAllpass } from '../internal/ringLine.ts';
import { sineTurns, wrapTurns } from '../internal/turns.ts';
import type { Stereo } from '../types.ts';

/** The rate of the paper, for which all lengths are given. */
const PAPER_RATE = 29761;
/** How far the allpasses swing: so little and so slowly that a steady sine does not beat. */
const EXCURSION = 5;
const SWING_HZ = 0.05;

/** A delay in frames of the paper that can be tapped anywhere. */
function plateLine(frames: number): { write: (x: number) => void; read: (frames: number) => number } {
  const line = makeLine(Math.ceil((frames * sampleRate) / PAPER_RATE));
  const mask = line.length - 1;
  const scale = sampleRate / PAPER_RATE;
  let at = 0;
  return {
    write: (x) => {
      at = (at + 1) & mask;
      line[at] = x;
    },
    // What was written last is a frame old when it is read.
    read: (frames) => line[(at - Math.round(frames * scale) + 1) & mask],
  };
}

/** An allpass whose delay swings, in frames of the paper: g is that of (g + z^−d)/(1 + g·z^−d). */
function swungAllpass(frames: number, g: number): (x: number, swing: number) => number {
  const scale = sampleRate / PAPER_RATE;
  const line = makeLine(Math.ceil((frames + EXCURSION) * scale));
  const mask = line.length - 1;
  let at = 0;
  return (x, swing) => {
    at = (at + 1) & mask;
    const late = readLine(line, at, (frames + EXCURSION * swing) * scale);
    const inside = x - g * late;
    line[at] = bounded(inside);
    return late + g * inside;
  };
}

/**
 * A dense, bright reverberation like a sheet of steel.
 * @param x stereo signal; both sides go in together
 * @param decay 0…0.98: how long it lasts
 * @param damp 0…1: how much sooner the treble is gone
 * @param bandwidth 0…1: how much treble goes in
 * @returns the reverberation only
 * Source: Dattorro 1997, lengths scaled from 29761 Hz; its two swings are slower, so that nothing beats. Faust `re.dattorro_rev`.
 * @example
 * const plate = plateReverb()
 * const snare = snareDrum()
 * const clock = impulse()
 * export default () => {
 *   const x = 0.4 * snare(clock(1))
 *   return addStereo([x, x], plate([x, x], 0.7, 0.2))
 * }
 */
export function plateReverb(): (x: Stereo, decay?: number, damp?: number, bandwidth?: number) => Stereo {
  const scale = sampleRate / PAPER_RATE;
  const diffusers = [
    fixedAllpass(142 * scale, 0.75),
    fixedAllpass(107 * scale, 0.75),
    fixedAllpass(379 * scale, 0.625),
    fixedAllpass(277 * scale, 0.625),
  ];
  // The tank: what comes after one half goes into the other.
  const swungA = swungAllpass(672, -0.7);
  const longA = plateLine(4453);
  const spreadA = plateLine(1800);
  const lastA = plateLine(3720);
  const swungB = swungAllpass(908, -0.7);
  const longB = plateLine(4217);
  const spreadB = plateLine(2656);
  const lastB = plateLine(3163);
  let bright = 0;
  let darkA = 0;
  let darkB = 0;
  let phase = 0;
  return ([l, r], decay = 0.6, damp = 0.2, bandwidth = 0.8) => {
    const again = clampOr(decay, 0, 0.98, 0.6);
    const pole = 0.95 * clampOr(damp, 0, 1, 0.2);
    const diffusion = Math.min(Math.max(again + 0.15, 0.25), 0.5);
    const x = flushed(0.5 * (l + r));
    bright = flushed(bright + (x - bright) * clampOr(bandwidth, 0, 1, 0.8));
    const fed = diffusers[3](diffusers[2](diffusers[1](diffusers[0](bright))));
    phase = wrapTurns(phase + SWING_HZ / sampleRate);

    const fromA = lastA.read(3720);
    const fromB = lastB.read(3163);
    const a = swungA(fed + again * fromB, sineTurns(phase));
    const b = swungB(fed + again * fromA, sineTurns(phase + 0.25));
    const farA = longA.read(4453);
    const farB = longB.read(4217);
    longA.write(a);
    longB.write(b);
    darkA = flushed(farA + (darkA - farA) * pole);
    darkB = flushed(farB + (darkB - farB) * pole);
    const lateA = spreadA.read(1800);
    const lateB = spreadB.read(2656);
    const insideA = flushed(again * darkA + diffusion * lateA);
    const insideB = flushed(again * darkB + diffusion * lateB);
    spreadA.write(insideA);
    spreadB.write(insideB);
    lastA.write(lateA - diffusion * insideA);
    lastB.write(lateB - diffusion * insideB);

    const left =
      longB.read(266) +
      longB.read(2974) -
      spreadB.read(1913) +
      lastB.read(1996) -
      longA.read(1990) -
      spreadA.read(187) -
      lastA.read(1066);
    const right =
      longA.read(353) +
      longA.read(3627) -
      spreadA.read(1228) +
      lastA.read(2673) -
      longB.read(2111) -
      spreadB.read(335) -
      lastB.read(121);
    return [0.6 * left, 0.6 * right];
  };
}
