/** Drums with one skin: kicks and toms. Patch language: factories at the top level, closures once per frame. */

import { decayEnv, perc } from '../envelopes/adsr.ts';
import { lowpass1 } from '../filters/firstOrder.ts';
import { fallFactor } from '../internal/rates.ts';
import { sineTurns, wrapTurns } from '../internal/turns.ts';
import { whiteNoise } from '../noise/colours.ts';

/**
 * A kick drum: a sine that falls in pitch, with a click.
 * @param trig a trigger strikes it, as hard as it is strong
 * @param hz pitch it falls to, in Hz; 50 if not given
 * @param decay seconds in which it falls by 60 dB; 0.4 if not given
 * @param punch 0…1, how far the pitch falls and how loud the click is; 0.5 if not given
 * @returns about -1…1 for strength 1
 * Source: DaisySP's SyntheticBassDrum in spirit, Faust's sy.kick.
 * @example
 * const beat = impulse()
 * const kick = kickDrum()
 * export default () => 0.7 * kick(beat(2))
 */
export function kickDrum(): (trig: number, hz?: number, decay?: number, punch?: number) => number {
  const body = perc();
  const fall = decayEnv();
  const click = decayEnv();
  const dull = lowpass1();
  const noise = whiteNoise();
  let turns = 0;
  let level = 0;
  return (trig: number, hz = 50, decay = 0.4, punch = 0.5): number => {
    const force = punch > 1 ? 1 : punch >= 0 ? punch : punch < 0 ? 0 : 0.5;
    const pitch = Number.isNaN(hz) ? 50 : hz;
    // From silence it begins at 0; struck while it sounds, it continues from where it is.
    turns = level < 0.001 ? 0 : turns;
    level = body(trig, 0.0008, Number.isNaN(decay) ? 0.4 : decay);
    const bend = fall(trig > 0 ? 1 : 0, 0.1);
    const y = level * sineTurns(turns);
    turns = wrapTurns(turns + (pitch * (1 + 7 * force * bend)) / sampleRate);
    return 0.9 * y + 0.6 * force * dull(click(trig, 0.012) * noise(), 5000);
  };
}

/**
 * The kick drum of the TR-808: a resonator that is kicked, and booms.
 * @param trig a trigger strikes it, as hard as it is strong
 * @param hz pitch in Hz; 48 if not given
 * @param decay seconds in which it falls by 60 dB; 0.8 if not given
 * @param tone 0…1, how bright the click is; 0.4 if not given
 * @returns about -1…1 for strength 1
 * Source: Werner, Abel & Smith 2014, A Physically-Informed, Circuit-Bendable, Digital Model of the Roland TR-808 Bass Drum
 * Circuit, reduced to its resonator; DaisySP's AnalogBassDrum.
 * @example
 * const beat = impulse()
 * const kick = kick808()
 * export default () => 0.7 * kick(beat(1.5))
 */
export function kick808(): (trig: number, hz?: number, decay?: number, tone?: number) => number {
  const fall = decayEnv();
  const pulse = decayEnv();
  const dull = lowpass1();
  let cosine = 0;
  let sine = 0;
  let before = 0;
  return (trig: number, hz = 48, decay = 0.8, tone = 0.4): number => {
    const bright = tone > 1 ? 1 : tone >= 0 ? tone : tone < 0 ? 0 : 0.4;
    const strike = trig > 0 && !(before > 0) ? +trig : 0;
    before = trig;
    // The transistor that is opened by the stroke makes it begin an octave higher.
    const bend = fall(trig > 0 ? 1 : 0, 0.1);
    const pitch = (Number.isNaN(hz) ? 48 : hz) * (1 + bend);
    const step = Math.min(0.49, Math.abs(pitch) / sampleRate);
    const radius = fallFactor(Number.isNaN(decay) ? 0.8 : decay);
    const c = radius * sineTurns(step + 0.25);
    const s = radius * sineTurns(step);
    const nextCosine = c * cosine - s * sine + strike;
    const nextSine = s * cosine + c * sine;
    cosine = Math.abs(nextCosine) > 1e-30 ? nextCosine : 0;
    sine = Math.abs(nextSine) > 1e-30 ? nextSine : 0;
    const click = dull(pulse(trig, 0.006), 300 * 20 ** bright);
    return 0.9 * sine + 0.7 * bright * click;
  };
}

/**
 * A tom: a sine that falls a little in pitch, with some breath.
 * @param trig a trigger strikes it, as hard as it is strong
 * @param hz pitch it falls to, in Hz; 110 if not given
 * @param decay seconds in which it falls by 60 dB; 0.35 if not given
 * @returns about -1…1 for strength 1
 * Source: analogue tom circuits: a falling sine and a little noise.
 * @example
 * const beat = impulse()
 * const tom = tomDrum()
 * export default () => 0.6 * tom(beat(3))
 */
export function tomDrum(): (trig: number, hz?: number, decay?: number) => number {
  const body = perc();
  const fall = decayEnv();
  const breath = decayEnv();
  const dull = lowpass1();
  const noise = whiteNoise();
  let turns = 0;
  let level = 0;
  return (trig: number, hz = 110, decay = 0.35): number => {
    const seconds = Number.isNaN(decay) ? 0.35 : decay;
    turns = level < 0.001 ? 0 : turns;
    level = body(trig, 0.001, seconds);
    const bend = fall(trig > 0 ? 1 : 0, 0.2);
    const y = level * sineTurns(turns);
    turns = wrapTurns(turns + ((Number.isNaN(hz) ? 110 : hz) * (1 + 0.7 * bend)) / sampleRate);
    return 0.85 * y + 0.35 * dull(breath(trig, 0.3 * seconds) * noise(), 1500);
  };
}
