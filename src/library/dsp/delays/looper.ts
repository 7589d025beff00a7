/** A looper. Patch language. */

import { bounded, clampOr } from '../internal/guard.ts';

/**
 * Records a loop and plays it, over and over.
 * @param maxSeconds longest loop, up to 60
 * @param x signal
 * @param record a gate: the first time, its length is the loop's; later, what comes in is added to what is there
 * @param play a gate: while it is off, the loop stands at its beginning
 * @param erase a gate: while it is on there is no loop
 * @returns the loop only
 * Source: the tape loop; DaisySP Looper.
 * @example
 * const loop = looper(2)
 * const osc = triangle()
 * const env = perc()
 * const clock = impulse()
 * export default (t) => {
 *   const x = 0.3 * osc(t < 1 ? 220 : 330) * env(clock(4), 0.002, 0.2)
 *   return x + loop(x, t < 0.5 || (t > 2 && t < 2.5))
 * }
 */
export function looper(maxSeconds: number): (x: number, record: number, play?: number, erase?: number) => number {
  const most = Math.max(1, Math.ceil(clampOr(maxSeconds, 0, 60, 1) * sampleRate));
  const loop = new Float64Array(most);
  let length = 0;
  let at = 0;
  let isFirst = false;
  return (x, record, play = 1, erase = 0) => {
    const isOn = record > 0;
    if (erase > 0) {
      length = 0;
      at = 0;
      isFirst = false;
      return 0;
    }
    if (length === 0) {
      // The first recording, until the gate goes off or there is no more room.
      isFirst = isFirst || isOn;
      if (isOn && at < most) {
        loop[at] = bounded(x);
        at += 1;
        return 0;
      }
      if (!isFirst) return 0;
      length = at;
      at = 0;
      isFirst = false;
    }
    if (play <= 0) {
      at = 0;
      return 0;
    }
    const y = loop[at];
    loop[at] = isOn ? bounded(y + x) : y;
    at = at + 1 < length ? at + 1 : 0;
    return y;
  };
}
