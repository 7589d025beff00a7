/** Delays without feedback. Patch language. */

import { clampOr } from '../internal/guard.ts';
import { delayOf, makeLine, readLine, roomFrames } from '../internal/line.ts';

/**
 * A delay whose time may change in every frame and fall between frames.
 * @param maxSeconds longest delay, up to 60
 * @param x signal
 * @param seconds delay, 0…maxSeconds
 * @returns x as it was `seconds` ago
 * Source: cubic Lagrange interpolation (Laakso, Välimäki, Karjalainen and Laine 1996); SuperCollider DelayC, Faust `de.fdelay4`.
 * @example
 * const late = delayLine(0.5)
 * const kick = kickDrum()
 * const clock = impulse()
 * export default () => {
 *   const x = 0.4 * kick(clock(2))
 *   return [x, late(x, 0.18)]
 * }
 */
export function delayLine(maxSeconds: number): (x: number, seconds: number) => number {
  const most = roomFrames(maxSeconds);
  const line = makeLine(most);
  const mask = line.length - 1;
  let at = 0;
  return (x, seconds) => {
    at = (at + 1) & mask;
    line[at] = x;
    return readLine(line, at, delayOf(seconds, 0, most));
  };
}

/**
 * A delay by whole frames.
 * @param maxFrames longest delay, up to 2^22
 * @param x signal
 * @param frames delay, 0…maxFrames, cut to a whole number
 * @returns x as it was `frames` frames ago
 * Source: a ring buffer; Faust `de.delay`.
 * @example
 * // The difference to what was half a period ago: only odd harmonics are left.
 * const late = delayFrames(1000)
 * const osc = saw()
 * export default () => {
 *   const x = 0.2 * osc(sampleRate / 400)
 *   return x - late(x, 200)
 * }
 */
export function delayFrames(maxFrames: number): (x: number, frames: number) => number {
  const most = Math.floor(clampOr(maxFrames, 0, 4194304, 0));
  const line = makeLine(most);
  const mask = line.length - 1;
  let at = 0;
  return (x, frames) => {
    at = (at + 1) & mask;
    line[at] = x;
    return line[(at - Math.floor(clampOr(frames, 0, most, 0))) & mask];
  };
}

/**
 * A delay that is written once a frame and read as often as wanted.
 * @param maxSeconds longest delay, up to 60
 * @param x signal
 * @param seconds delay, 0…maxSeconds, from the last write
 * @returns `write(x)`, which gives x, and `read(seconds)`
 * Source: as `delayLine`; DaisySP DelayLine.
 * @example
 * const taps = tapDelay(1)
 * const kick = kickDrum()
 * const clock = impulse()
 * export default () => {
 *   const x = taps.write(0.4 * kick(clock(1)))
 *   return [x + taps.read(0.2), x + 0.6 * taps.read(0.33) + 0.3 * taps.read(0.5)]
 * }
 */
export function tapDelay(maxSeconds: number): { write: (x: number) => number; read: (seconds: number) => number } {
  const most = roomFrames(maxSeconds);
  const line = makeLine(most);
  const mask = line.length - 1;
  let at = 0;
  return {
    write: (x) => {
      at = (at + 1) & mask;
      line[at] = x;
      return x;
    },
    read: (seconds) => readLine(line, at, delayOf(seconds, 0, most)),
  };
}
