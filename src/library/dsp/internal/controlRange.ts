/**
 * The values that a control can have, and how they are followed: what all controls share, so that it is not compiled for each.
 * Patch language; src/protocol/controlRange.ts is the same range for all other threads.
 */

export type Curve = 'linear' | 'log' | number;

/** For what does not say how it is smoothed. */
export const NOT_GIVEN = -1;
/** `curve` as a number: what is above 0 is an exponent. */
const LOG = 0;
/** The part of the range within which a value has arrived. */
const ARRIVED = 1e-6;

export interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly curve: Curve;
  readonly unit: string;
  readonly smooth: number;
}

export function withDefaults(options: Partial<Range>): Range {
  const defaults = { min: 0, max: 1, step: 0, curve: 'linear' as Curve, unit: '', smooth: NOT_GIVEN };
  return { ...defaults, ...options };
}

export function curveNumber(curve: Curve): number {
  if (curve === 'log') return LOG;
  if (curve === 'linear') return 1;
  return curve > 0 ? +curve : 1;
}

/** What is left of the way after each frame, with this time constant in seconds. */
export const shareOf = (smooth: number): number => (smooth > 0 ? 1 - Math.exp(-1 / (smooth * sampleRate)) : 1);

/** A frame further on the way `to` where the hand is. */
export function nearerTo(from: number, to: number, share: number, range: number): number {
  if (from === to) return to;
  const next = from + (to - from) * share;
  return Math.abs(to - next) <= ARRIVED * Math.abs(range) ? to : next;
}

/** The nearest value from one end to the other, in steps from the lower end if `step` is above 0. What is no number is the middle. */
export function clampToRange(value: number, min: number, max: number, step: number): number {
  const low = Math.min(min, max);
  const high = Math.max(min, max);
  const wanted = Number.isNaN(value) ? (min + max) / 2 : value;
  const clamped = Math.min(Math.max(wanted, low), high);
  if (!(step > 0)) return clamped;
  return Math.min(Math.max(min + Math.round((clamped - min) / step) * step, low), high);
}
