/** Signals that take their time: lags, glides and followers. Patch language: factories and closures. */

import { fallFactor, tauShare } from '../internal/rates.ts';

/**
 * Follows a value with a lag. It begins with the first value it is given.
 * @param x value; NaN is left out
 * @param seconds in which the distance falls by 60 dB; 0.05 if not given
 * @returns x, smoothed
 * Source: SuperCollider's Lag: y += (x - y)·(1 - 0.001^(1/(seconds·sampleRate))).
 * @example
 * const ease = lag()
 * const tone = sine()
 * export default (t) => 0.3 * tone(ease(t % 0.5 < 0.25 ? 220 : 330, 0.2))
 */
export function lag(): (x: number, seconds?: number) => number {
  let y = 0;
  let isFirst = 1;
  return (x: number, seconds = 0.05): number => {
    const factor = fallFactor(Number.isNaN(seconds) ? 0.05 : seconds);
    const goal = Number.isNaN(x) ? y : +x;
    const next = isFirst > 0 ? goal : goal + (y - goal) * factor;
    isFirst = Number.isNaN(x) ? isFirst : 0;
    y = Math.abs(next) > 1e-30 ? next : 0;
    return y;
  };
}

/**
 * Follows a value by a time constant. It begins with the first value it is given.
 * @param x value; NaN is left out
 * @param tau seconds after which a step is 63 % done; 0.01 if not given
 * @returns x, smoothed
 * Source: a one-pole lowpass; Faust's si.smooth(ba.tau2pole(tau)).
 * @example
 * const ease = smooth()
 * const tone = sine()
 * export default (t) => 0.3 * tone(ease(t % 0.5 < 0.25 ? 220 : 330, 0.03))
 */
export function smooth(): (x: number, tau?: number) => number {
  let y = 0;
  let isFirst = 1;
  return (x: number, tau = 0.01): number => {
    const share = tauShare(Number.isNaN(tau) ? 0.01 : tau);
    const goal = Number.isNaN(x) ? y : +x;
    // With a share of 1 exactly the goal.
    const next = isFirst > 0 ? goal : goal + (y - goal) * (1 - share);
    isFirst = Number.isNaN(x) ? isFirst : 0;
    y = Math.abs(next) > 1e-30 ? next : 0;
    return y;
  };
}

/**
 * Follows a value at a limited speed. It begins with the first value it is given.
 * @param x value; NaN is left out
 * @param up units a second it may rise; 10 if not given
 * @param down units a second it may fall; as up if not given
 * @returns x, or as near to it as it may be
 * Source: SuperCollider's Slew.
 * @example
 * const limit = slew()
 * const tone = sine()
 * export default (t) => 0.3 * limit(t % 0.5 < 0.25 ? 1 : 0, 20, 5) * tone(220)
 */
export function slew(): (x: number, up?: number, down?: number) => number {
  let y = 0;
  let isFirst = 1;
  return (x: number, up = 10, down = up): number => {
    const fastest = up >= 0 ? up : up < 0 ? 0 : 10;
    const rise = fastest / sampleRate;
    const fall = (down >= 0 ? down : down < 0 ? 0 : fastest) / sampleRate;
    const goal = Number.isNaN(x) ? y : +x;
    const limited = goal > y + rise ? y + rise : goal < y - fall ? y - fall : goal;
    y = isFirst > 0 ? goal : limited;
    isFirst = Number.isNaN(x) ? isFirst : 0;
    return y;
  };
}

/**
 * Glides from pitch to pitch (portamento): a straight line in semitones that takes the same time for any distance.
 * @param hz frequency in Hz, above 0; the first one is taken at once
 * @param seconds from the pitch it has to a new one; 0.1 if not given
 * @returns frequency in Hz
 * Source: portamento at constant time.
 * @example
 * const bend = glide()
 * const tone = saw()
 * export default (t) => 0.3 * tone(bend(t % 1 < 0.5 ? 110 : 165, 0.2))
 */
export function glide(): (hz: number, seconds?: number) => number {
  let goal = 0;
  let y = 0;
  let ratio = 1;
  let framesLeft = 0;
  return (hz: number, seconds = 0.1): number => {
    if (hz !== goal && !Number.isNaN(hz)) {
      const frames = Math.round((Number.isNaN(seconds) ? 0.1 : seconds) * sampleRate);
      const canGlide = frames > 0 && y > 0 && hz > 0 && frames < 1e15;
      ratio = canGlide ? Math.exp(Math.log(hz / y) / frames) : 1;
      framesLeft = canGlide ? frames : 0;
      goal = +hz;
    }
    framesLeft -= framesLeft > 0 ? 1 : 0;
    // At the end exactly there.
    y = framesLeft > 0 ? y * ratio : goal;
    return y;
  };
}

/**
 * The level of a signal.
 * @param x signal
 * @param attack seconds after which a rise is 63 % done; 0.01 if not given
 * @param release seconds after which a fall is 63 % done; 0.1 if not given
 * @returns level of |x|, from 0
 * Source: Faust's an.amp_follower_ar, FunDSP's afollow.
 * @example
 * const level = follow()
 * const drops = dust(3)
 * const tone = sine()
 * export default () => 0.4 * clamp(3 * level(drops(6), 0.001, 0.2)) * tone(330)
 */
export function follow(): (x: number, attack?: number, release?: number) => number {
  let y = 0;
  return (x: number, attack = 0.01, release = 0.1): number => {
    const rise = tauShare(Number.isNaN(attack) ? 0.01 : attack);
    const fall = tauShare(Number.isNaN(release) ? 0.1 : release);
    const size = Number.isNaN(x) ? y : Math.abs(x);
    const next = size + (y - size) * (1 - (size > y ? rise : fall));
    y = next > 1e-30 ? next : 0;
    return y;
  };
}
