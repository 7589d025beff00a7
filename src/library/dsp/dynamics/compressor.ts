/** Compression and expansion. Patch language. */

import { clampOr, fallPole, numberOr, tauPole } from '../internal/guard.ts';
import type { Stereo } from '../types.ts';

/** Levels below this count as this. */
const LEAST_LEVEL = 1e-9;

/** The natural logarithm of the gain: the quadratic knee of Giannoulis, Massberg and Reiss. */
function logGain(level: number, threshold: number, ratio: number, knee: number): number {
  const slope = 1 / Math.max(numberOr(ratio, 4), 1) - 1;
  const width = Math.log(clampOr(knee, 1, 1e6, 1));
  const over = Math.log(Math.max(numberOr(level, 0), LEAST_LEVEL) / clampOr(threshold, LEAST_LEVEL, 1e9, 0.1));
  const bent = Math.max(over + width / 2, 0);
  // Where the knee has no width, this is 0/0 at the threshold itself, and not chosen there.
  return 2 * over >= width ? slope * over : width > 0 ? (slope * bent * bent) / (2 * width) : 0;
}

/**
 * The gain that a compressor settles at for a level.
 * @param level linear
 * @param threshold linear
 * @param ratio from 1; Infinity limits
 * @param knee the width of the bend, linear: 1 is hard, db(6) is 6 dB wide
 * @returns a gain 0…1
 * Source: Giannoulis, Massberg and Reiss 2012, equation 4.
 * @example
 * const osc = saw()
 * export default (t) => {
 *   const x = osc(110) * (0.2 + 0.2 * Math.sin(3 * t))
 *   return x * compressorGain(Math.abs(x), 0.1, 4)
 * }
 */
export function compressorGain(level: number, threshold: number, ratio: number, knee = 1): number {
  return Math.exp(logGain(level, threshold, ratio, knee));
}

/** The gain that follows a level: in dB, towards less by `attack` and back by `release`, both τ. */
function gainFollower(): (
  level: number,
  threshold: number,
  ratio: number,
  attack: number,
  release: number,
  knee: number,
) => number {
  let smoothed = 0;
  let attackTau = -1;
  let attackPole = 0;
  let releaseTau = -1;
  let releasePole = 0;
  return (level, threshold, ratio, attack, release, knee) => {
    const down = clampOr(attack, 0, 60, 0.005);
    const up = clampOr(release, 0, 60, 0.1);
    if (down !== attackTau) {
      attackTau = down;
      attackPole = tauPole(down);
    }
    if (up !== releaseTau) {
      releaseTau = up;
      releasePole = tauPole(up);
    }
    const wanted = logGain(Math.min(level, 1e9), threshold, ratio, knee);
    const next = wanted + (smoothed - wanted) * (wanted < smoothed ? attackPole : releasePole);
    smoothed = next < -1e-12 ? next : 0;
    return Math.exp(smoothed);
  };
}

/**
 * Makes what is loud softer.
 * @param x signal
 * @param threshold linear
 * @param ratio from 1; Infinity limits
 * @param attack τ in seconds
 * @param release τ in seconds
 * @param knee width of the bend, linear: 1 is hard, db(6) is 6 dB wide
 * @returns the signal, softer; without make-up gain
 * Source: Giannoulis, Massberg and Reiss 2012: feed-forward, peak level, gain smoothed in dB, branching; Faust `co.compressor_mono`.
 * @example
 * const squeeze = compressor()
 * const kick = kickDrum()
 * const clock = impulse()
 * const osc = saw()
 * export default () => 1.4 * squeeze(0.2 * osc(55) + 0.8 * kick(clock(2)), db(-20), 4)
 */
export function compressor(): (
  x: number,
  threshold?: number,
  ratio?: number,
  attack?: number,
  release?: number,
  knee?: number,
) => number {
  const gain = gainFollower();
  return (x, threshold = 0.1, ratio = 4, attack = 0.005, release = 0.1, knee = 1) =>
    x * gain(Math.abs(x), threshold, ratio, attack, release, knee);
}

/**
 * A compressor with one gain for both sides.
 * @param x stereo signal
 * @param threshold linear; the louder side counts
 * @param ratio from 1; Infinity limits
 * @param attack τ in seconds
 * @param release τ in seconds
 * @param knee width of the bend, linear: 1 is hard
 * @returns both sides with the same gain
 * Source: as `compressor`; Faust `co.compressor_stereo`.
 * @example
 * const squeeze = compressorStereo()
 * const kick = kickDrum()
 * const clock = impulse()
 * const osc = saw()
 * export default () => squeeze([0.8 * kick(clock(2)), 0.3 * osc(110)], db(-20), 4)
 */
export function compressorStereo(): (
  x: Stereo,
  threshold?: number,
  ratio?: number,
  attack?: number,
  release?: number,
  knee?: number,
) => Stereo {
  const gain = gainFollower();
  return ([l, r], threshold = 0.1, ratio = 4, attack = 0.005, release = 0.1, knee = 1) => {
    const g = gain(Math.max(Math.abs(l), Math.abs(r)), threshold, ratio, attack, release, knee);
    return [l * g, r * g];
  };
}

/** A gain 0…1 on its way to what is wanted: up linearly in `attack` seconds, down by 60 dB in `release`. */
function gainRamp(): (wanted: number, attack: number, release: number) => number {
  let gain = 1;
  let releaseSeconds = -1;
  let fall = 0;
  return (wanted, attack, release) => {
    if (release !== releaseSeconds) {
      releaseSeconds = release;
      fall = fallPole(release);
    }
    const rise = attack > 0 ? 1 / (attack * sampleRate) : 1;
    const next = wanted > gain ? Math.min(gain + rise, wanted) : Math.max(gain * fall, wanted);
    gain = next > 1e-9 ? next : 0;
    return gain;
  };
}

/**
 * Makes what is soft softer.
 * @param x signal
 * @param threshold linear
 * @param ratio 1…1000
 * @param attack seconds in which the gain goes from 0 to 1
 * @param release seconds in which it falls by 60 dB
 * @returns the signal, quieter below the threshold
 * Source: Giannoulis, Massberg and Reiss 2012: dB(gain) = (ratio − 1)·(dB(x) − dB(threshold)) below the threshold; Faust
 * `co.expander_N_chan`.
 * @example
 * const expand = expander()
 * const hat = hiHat()
 * const clock = impulse()
 * const hiss = pinkNoise(1)
 * export default () => expand(0.8 * hat(clock(4), 0.2) + 0.02 * hiss(), db(-24), 3)
 */
export function expander(): (
  x: number,
  threshold?: number,
  ratio?: number,
  attack?: number,
  release?: number,
) => number {
  const ramp = gainRamp();
  return (x, threshold = 0.01, ratio = 2, attack = 0.005, release = 0.1) => {
    const below = Math.min(numberOr(Math.abs(x), 0) / clampOr(threshold, LEAST_LEVEL, 1e9, 0.01), 1);
    const wanted = below ** (clampOr(ratio, 1, 1000, 2) - 1);
    return x * ramp(wanted, clampOr(attack, 0, 60, 0.005), clampOr(release, 0, 60, 0.1));
  };
}

/**
 * Silence while the signal is below the threshold, the signal itself while it is above.
 * @param x signal
 * @param threshold linear
 * @param attack seconds from closed to open
 * @param hold seconds it stays open
 * @param release seconds in which it falls by 60 dB
 * @returns x while it is above the threshold, else silence
 * Source: the studio device; Faust `ef.gate_mono`, Tone.js Gate.
 * @example
 * const gate = noiseGate()
 * const snare = snareDrum()
 * const clock = impulse()
 * const hiss = pinkNoise(1)
 * export default () => gate(0.7 * snare(clock(2)) + 0.03 * hiss(), 0.1, 0.001, 0.08, 0.1)
 */
export function noiseGate(): (
  x: number,
  threshold?: number,
  attack?: number,
  hold?: number,
  release?: number,
) => number {
  const ramp = gainRamp();
  // Frames that it stays open; closed at first.
  let left = 0;
  ramp(0, 0, 0);
  return (x, threshold = 0.01, attack = 0.001, hold = 0.05, release = 0.1) => {
    const opens = Math.abs(x) > clampOr(threshold, 0, 1e9, 0.01);
    left = opens ? Math.round(clampOr(hold, 0, 60, 0.05) * sampleRate) + 1 : Math.max(left - 1, 0);
    return x * ramp(left > 0 ? 1 : 0, clampOr(attack, 0, 60, 0.001), clampOr(release, 0, 60, 0.1));
  };
}
