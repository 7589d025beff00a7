/** Gains, decibels and fades between two signals. Patch language; pure functions. */

import { quarterTurn } from '../internal/turns.ts';

/**
 * The gain of so many decibels.
 * @param decibels -6.02 is half, 0 is 1, 6.02 is twice
 * @returns 10^(decibels/20)
 * Source: definition; SuperCollider's dbamp, Faust's ba.db2linear.
 * @example
 * export default (t) => db(-12) * Math.sin(TAU * 220 * t)
 */
export function db(decibels: number): number {
  return 10 ** (decibels / 20);
}

/**
 * The decibels of a gain.
 * @param gain linear; its sign does not matter
 * @returns 20·log10 |gain|, -Infinity at 0
 * Source: definition; SuperCollider's ampdb, Faust's ba.linear2db.
 * @example
 * export default (t) => db(toDb(0.5) - 6) * Math.sin(TAU * 220 * t)
 */
export function toDb(gain: number): number {
  return 20 * Math.log10(Math.abs(gain));
}

/**
 * Fades from one signal to another by a straight line: for signals that are alike.
 * @param a signal at 0
 * @param b signal at 1
 * @param amount 0…1, clamped; 0.5 if not given
 * @returns a + (b - a)·amount
 * Source: DaisySP's CrossFade, Faust's ef.dryWetMixer.
 * @example
 * export default (t) => crossfade(0.3 * Math.sin(TAU * 220 * t), 0.3 * Math.sin(TAU * 440 * t), t % 1)
 */
export function crossfade(a: number, b: number, amount = 0.5): number {
  const place = amount > 1 ? 1 : amount >= 0 ? amount : amount < 0 ? 0 : 0.5;
  // Exact at both ends, which a + (b - a)·1 is not.
  return place === 1 ? b : a + (b - a) * place;
}

/**
 * Fades from one signal to another at constant power: for signals that have nothing to do with each other.
 * @param a signal at 0
 * @param b signal at 1
 * @param amount 0…1, clamped; 0.5 if not given
 * @returns a·cos(amount·π/2) + b·sin(amount·π/2)
 * Source: SuperCollider's XFade2.
 * @example
 * export default (t) => crossfadePower(0.3 * Math.sin(TAU * 220 * t), 0.3 * (Math.random() * 2 - 1), t % 1)
 */
export function crossfadePower(a: number, b: number, amount = 0.5): number {
  const place = amount > 1 ? 1 : amount >= 0 ? amount : amount < 0 ? 0 : 0.5;
  const [from, to] = quarterTurn(place);
  return a * from + b * to;
}
