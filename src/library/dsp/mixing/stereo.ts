/** Pairs of samples: placing, balancing, widening and adding them. Patch language; pure functions. */

import { quarterTurn } from '../internal/turns.ts';
import type { Stereo } from '../types.ts';

/**
 * Places a mono signal between left and right at constant power.
 * @param x signal
 * @param position -1 left, 0 middle, 1 right; clamped
 * @returns [x·cos((position + 1)·π/4), x·sin((position + 1)·π/4)]
 * Source: SuperCollider's Pan2.
 * @example
 * export default (t) => pan2(0.3 * Math.sin(TAU * 220 * t), Math.sin(t))
 */
export function pan2(x: number, position = 0): Stereo {
  const place = position > 1 ? 1 : position >= -1 ? position : position < -1 ? -1 : 0;
  const [left, right] = quarterTurn(0.5 * (place + 1));
  return [x * left, x * right];
}

/**
 * Makes one side of a pair softer.
 * @param x pair
 * @param position -1 left only, 0 as it is, 1 right only; clamped
 * @returns the pair, the other side softer by a straight line
 * Source: the balance control of amplifiers; SuperCollider's Balance2 in spirit.
 * @example
 * export default (t) => balance([0.3 * Math.sin(TAU * 220 * t), 0.3 * Math.sin(TAU * 331 * t)], Math.sin(t))
 */
export function balance(x: Stereo, position = 0): Stereo {
  const right = position > 0 ? (position < 1 ? 1 - position : 0) : 1;
  const left = position < 0 ? (position > -1 ? 1 + position : 0) : 1;
  return [x[0] * right, x[1] * left];
}

/**
 * Makes the difference of the sides smaller or greater.
 * @param x pair
 * @param width 0 mono, 1 as it is, 2 wide; not below 0
 * @returns [mid + side·width, mid - side·width]
 * Source: mid-side technique (Blumlein 1933); Faust's ef.stereo_width.
 * @example
 * export default (t) => stereoWidth([0.3 * Math.sin(TAU * 220 * t), 0.3 * Math.sin(TAU * 331 * t)], 0.5)
 */
export function stereoWidth(x: Stereo, width = 1): Stereo {
  const wide = width >= 0 ? width : width < 0 ? 0 : 1;
  const mid = (x[0] + x[1]) * 0.5;
  const side = (x[0] - x[1]) * 0.5 * wide;
  return [mid + side, mid - side];
}

/**
 * Turns left and right into middle and side.
 * @param x pair
 * @returns [(left + right)/2, (left - right)/2]
 * Source: Blumlein 1933; Tone.js MidSideSplit.
 * @example
 * export default (t) => {
 *   const [mid, side] = midSide([0.3 * Math.sin(TAU * 220 * t), 0.3 * Math.sin(TAU * 331 * t)])
 *   return fromMidSide([mid, 0.5 * side])
 * }
 */
export function midSide(x: Stereo): [mid: number, side: number] {
  return [(x[0] + x[1]) * 0.5, (x[0] - x[1]) * 0.5];
}

/**
 * Turns middle and side back into left and right.
 * @param ms pair of middle and side
 * @returns [mid + side, mid - side]
 * Source: Blumlein 1933; Tone.js MidSideMerge.
 * @example
 * export default (t) => fromMidSide([0.3 * Math.sin(TAU * 220 * t), 0.1 * Math.sin(TAU * 331 * t)])
 */
export function fromMidSide(ms: [mid: number, side: number]): Stereo {
  return [ms[0] + ms[1], ms[0] - ms[1]];
}

/**
 * The mean of both sides.
 * @param x pair
 * @returns (left + right)/2
 * Source: Tone.js Mono.
 * @example
 * export default (t) => toMono([0.3 * Math.sin(TAU * 220 * t), 0.3 * Math.sin(TAU * 331 * t)])
 */
export function toMono(x: Stereo): number {
  return (x[0] + x[1]) * 0.5;
}

/**
 * Adds pairs.
 * @param pairs any number of pairs
 * @returns the sums of the left and of the right sides
 * Source: a mixer's bus.
 * @example
 * export default (t) => addStereo(pan2(0.2 * Math.sin(TAU * 220 * t), -0.5), pan2(0.2 * Math.sin(TAU * 331 * t), 0.5))
 */
export function addStereo(...pairs: Stereo[]): Stereo {
  let left = 0;
  let right = 0;
  for (const pair of pairs) {
    left += pair[0];
    right += pair[1];
  }
  return [left, right];
}

/**
 * Makes a pair louder or softer.
 * @param x pair
 * @param gain linear
 * @returns both sides times gain
 * Source: a mixer's fader.
 * @example
 * export default (t) => gainStereo([Math.sin(TAU * 220 * t), Math.sin(TAU * 331 * t)], db(-12))
 */
export function gainStereo(x: Stereo, gain: number): Stereo {
  return [x[0] * gain, x[1] * gain];
}
