/** Where something begins. Patch language. */

import { clampOr } from '../internal/guard.ts';
import { spectrum } from './stft.ts';

/** After an onset, seconds until the next one counts. */
const REST_SECONDS = 0.05;
/** The sum of amplitudes below which nothing counts. */
const FLOOR = 1e-3;

/**
 * A trigger at each onset.
 * @param size frames that are looked at, a power of two 16…65536; a trigger comes within size/2 frames
 * @param x signal
 * @param threshold 0…1: the part of the spectrum that has to be new
 * @returns 1 in the frame of an onset, else 0; at most one in 50 ms
 * Source: spectral flux (Dixon 2006), taken relative to the level, so that it does not depend on loudness.
 * @example
 * const onset = onsetTrig()
 * const kick = kickDrum()
 * const clock = impulse()
 * const bell = perc()
 * const osc = sine()
 * export default () => {
 *   const x = 0.4 * kick(clock(2))
 *   return x + 0.2 * bell(onset(x), 0.001, 0.2) * osc(880)
 * }
 */
export function onsetTrig(size = 512): (x: number, threshold?: number) => number {
  const hop = Math.max(1, Math.round(clampOr(size, 16, 65536, 512) / 4));
  const look = spectrum(size, hop);
  const rest = Math.round(REST_SECONDS * sampleRate);
  const last = new Float64Array(look(0).length);
  // The spectrum has been called once above.
  let count = 1;
  let since = rest;
  let wasNew = false;
  return (x, threshold = 0.3) => {
    const levels = look(x);
    count += 1;
    since += 1;
    if (count < hop) return 0;
    count = 0;
    let rise = 0;
    let sum = FLOOR;
    for (let k = 0; k < last.length; k++) {
      rise += Math.max(levels[k] - last[k], 0);
      sum += levels[k] + last[k];
      last[k] = levels[k];
    }
    const isNew = rise > clampOr(threshold, 0, 1, 0.3) * sum;
    const begins = isNew && !wasNew && since >= rest;
    wasNew = isNew;
    since = begins ? 0 : since;
    return begins ? 1 : 0;
  };
}
