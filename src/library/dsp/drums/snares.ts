/** Drums with wires: snares. Patch language: factories at the top level, closures once per frame. */

import { decayEnv, perc } from '../envelopes/adsr.ts';
import { resonator } from '../filters/resonant.ts';
import { bandpass, highpass } from '../filters/secondOrder.ts';
import { sineTurns, wrapTurns } from '../internal/turns.ts';
import { whiteNoise } from '../noise/colours.ts';

/**
 * A snare drum: two modes of a skin, and wires.
 * @param trig a trigger strikes it, as hard as it is strong
 * @param hz pitch of the skin in Hz; 185 if not given
 * @param decay seconds in which it falls by 60 dB; 0.2 if not given
 * @param snap 0 skin … 1 wires; 0.6 if not given
 * @returns about -1…1 for strength 1
 * Source: DaisySP's SyntheticSnareDrum in spirit.
 * @example
 * const beat = impulse()
 * const snare = snareDrum()
 * export default () => 0.6 * snare(beat(2))
 */
export function snareDrum(): (trig: number, hz?: number, decay?: number, snap?: number) => number {
  const body = perc();
  const fall = decayEnv();
  const rattle = perc();
  const noise = whiteNoise();
  const wires = highpass();
  const ring = bandpass();
  let turns = 0;
  let upper = 0;
  let level = 0;
  return (trig: number, hz = 185, decay = 0.2, snap = 0.6): number => {
    const share = snap > 1 ? 1 : snap >= 0 ? snap : snap < 0 ? 0 : 0.6;
    const seconds = Number.isNaN(decay) ? 0.2 : decay;
    const silent = level < 0.001;
    turns = silent ? 0 : turns;
    upper = silent ? 0 : upper;
    level = body(trig, 0.0005, 0.8 * seconds);
    const pitch = (Number.isNaN(hz) ? 185 : hz) * (1 + 0.5 * fall(trig > 0 ? 1 : 0, 0.03));
    const skin = level * (0.7 * sineTurns(turns) + 0.3 * sineTurns(upper));
    turns = wrapTurns(turns + pitch / sampleRate);
    upper = wrapTurns(upper + (1.59 * pitch) / sampleRate);
    const hiss = rattle(trig, 0.001, seconds) * noise();
    const bright = 0.6 * wires(hiss, 1800) + 0.7 * ring(hiss, 5000, 1);
    return (1 - 0.9 * share) * skin + (0.05 + 0.6 * share) * bright;
  };
}

/**
 * The snare drum of the TR-808: five modes that are struck, and noise.
 * @param trig a trigger strikes it, as hard as it is strong
 * @param hz pitch of the lowest mode in Hz; 180 if not given
 * @param decay seconds in which it falls by 60 dB; 0.25 if not given
 * @param snap 0 skin … 1 noise; 0.5 if not given
 * @returns about -1…1 for strength 1
 * Source: DaisySP's AnalogSnareDrum, with its modes at 1, 2, 3.18, 4.16 and 5.62.
 * @example
 * const beat = impulse()
 * const snare = snare808()
 * export default () => 0.6 * snare(beat(2))
 */
export function snare808(): (trig: number, hz?: number, decay?: number, snap?: number) => number {
  const strike = strikeOf();
  const first = resonator();
  const second = resonator();
  const third = resonator();
  const fourth = resonator();
  const fifth = resonator();
  const rattle = perc();
  const noise = whiteNoise();
  const wires = highpass();
  return (trig: number, hz = 180, decay = 0.25, snap = 0.5): number => {
    const share = snap > 1 ? 1 : snap >= 0 ? snap : snap < 0 ? 0 : 0.5;
    const seconds = Number.isNaN(decay) ? 0.25 : decay;
    const pitch = Number.isNaN(hz) ? 180 : hz;
    const x = strike(trig);
    const skin =
      0.5 * first(x, pitch, seconds) +
      0.4 * second(x, 2 * pitch, 0.7 * seconds) +
      0.15 * third(x, 3.18 * pitch, 0.5 * seconds) +
      0.1 * fourth(x, 4.16 * pitch, 0.4 * seconds) +
      0.08 * fifth(x, 5.62 * pitch, 0.3 * seconds);
    const hiss = wires(rattle(trig, 0.0005, 0.8 * seconds) * noise(), 2500);
    return (1 - 0.9 * share) * 0.9 * skin + (0.05 + 0.75 * share) * hiss;
  };
}

/** The strength of a trigger in its frame, else 0. */
function strikeOf(): (trig: number) => number {
  let before = 0;
  return (trig: number): number => {
    const y = trig > 0 && !(before > 0) ? +trig : 0;
    before = trig;
    return y;
  };
}
