/** Envelopes that follow gates and triggers. Patch language: factories at the top level, closures once per frame. */

import { fallFactor } from '../internal/rates.ts';

/**
 * An envelope in four parts: attack, decay, sustain and release.
 * @param gate on while it is above 0
 * @param attack seconds from 0 to 1, a straight line from wherever it is; 0.01 if not given
 * @param decay seconds in which the distance to sustain falls by 60 dB; 0.1 if not given
 * @param sustain level while the gate is on, 0…1; 0.7 if not given
 * @param release seconds in which the rest falls by 60 dB after the gate; 0.3 if not given
 * @returns 0…1, exactly 0 once below 0.00001
 * Source: the envelope of analogue synthesisers; FunDSP's adsr, Faust's en.adsre.
 * @example
 * const env = adsr()
 * const tone = saw()
 * export default (t) => 0.3 * env(t % 0.5 < 0.25, 0.01, 0.2, 0.5, 0.2) * tone(110)
 */
export function adsr(): (gate: number, attack?: number, decay?: number, sustain?: number, release?: number) => number {
  let level = 0;
  let attacking = 0;
  let before = 0;
  return (gate: number, attack = 0.01, decay = 0.1, sustain = 0.7, release = 0.3): number => {
    const isOn = gate > 0;
    const hold = sustain > 1 ? 1 : sustain >= 0 ? sustain : sustain < 0 ? 0 : 0.7;
    const rise = level + (attack > 0 ? 1 / (attack * sampleRate) : attack <= 0 ? 1 : 100 / sampleRate);
    const decayed = hold + (level - hold) * fallFactor(Number.isNaN(decay) ? 0.1 : decay);
    const released = level * fallFactor(Number.isNaN(release) ? 0.3 : release);
    attacking = isOn ? (before > 0 ? attacking : 1) : 0;
    before = isOn ? 1 : 0;
    const next = isOn ? (attacking > 0 ? rise : decayed) : released;
    attacking = next < 1 ? attacking : 0;
    // What falls ends; what rises begins, however slowly.
    level = next > 1 ? 1 : next > 0.00001 || next > level ? next : 0;
    return level;
  };
}

/**
 * An envelope that stays at 1 while a gate is on.
 * @param gate on while it is above 0
 * @param attack seconds from 0 to 1, a straight line from wherever it is; 0.01 if not given
 * @param release seconds in which it falls by 60 dB after the gate; 0.3 if not given
 * @returns 0…1, exactly 0 once below 0.00001
 * Source: `adsr` with sustain 1; Faust's en.asr.
 * @example
 * const env = asr()
 * const tone = triangle()
 * export default (t) => 0.3 * env(t % 1 < 0.5, 0.1, 0.4) * tone(220)
 */
export function asr(): (gate: number, attack?: number, release?: number) => number {
  const env = adsr();
  return (gate: number, attack = 0.01, release = 0.3): number => env(gate, attack, 0, 1, release);
}

/**
 * An envelope of attack and release, started by a trigger, as loud as the trigger is strong.
 * @param trig a trigger starts it from the level it has
 * @param attack seconds from 0 to the trigger's strength, a straight line; 0.005 if not given
 * @param release seconds in which it falls by 60 dB from there; 0.3 if not given
 * @returns 0…strength
 * Source: SuperCollider's Env.perc, DaisySP's AdEnv.
 * @example
 * const hit = impulse()
 * const env = perc()
 * const tone = sine()
 * export default () => 0.4 * env(hit(3), 0.01, 0.3) * tone(330)
 */
export function perc(): (trig: number, attack?: number, release?: number) => number {
  let level = 0;
  let goal = 0;
  let before = 0;
  return (trig: number, attack = 0.005, release = 0.3): number => {
    goal = trig > 0 && !(before > 0) ? +trig : goal;
    before = trig;
    const step = attack > 0 ? goal / (attack * sampleRate) : attack <= 0 ? goal : goal / (0.005 * sampleRate);
    const risen = level + step;
    const fallen = level * fallFactor(Number.isNaN(release) ? 0.3 : release);
    const next = goal > level ? Math.min(goal, risen) : fallen;
    // Once there, or beyond, it falls.
    goal = next >= goal ? 0 : goal;
    level = next > 1e-30 ? next : 0;
    return level;
  };
}

/**
 * An envelope that is at a trigger's strength at once and falls from there.
 * @param trig a trigger starts it
 * @param seconds in which it falls by 60 dB; 0.3 if not given
 * @returns strength·0.001^(t/seconds), t since the trigger
 * Source: SuperCollider's Decay.
 * @example
 * const hit = impulse()
 * const env = decayEnv()
 * const tone = sine()
 * export default () => 0.4 * env(hit(4), 0.2) * tone(440)
 */
export function decayEnv(): (trig: number, seconds?: number) => number {
  let level = 0;
  let before = 0;
  return (trig: number, seconds = 0.3): number => {
    const fallen = level * fallFactor(Number.isNaN(seconds) ? 0.3 : seconds);
    const next = trig > 0 && !(before > 0) ? +trig : fallen;
    before = trig;
    level = next > 1e-30 ? next : 0;
    return level;
  };
}
