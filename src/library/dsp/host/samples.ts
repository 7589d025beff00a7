/**
 * Sound files: `sample` and `samplePlayer`. Patch language. A patch has this module once for each name, as it has host/controls.ts,
 * with the size of that file in place of the three numbers (src/compiler/libraryModules.ts); the host fills `data` once the top level has run,
 * and nothing writes it afterwards.
 */

import { requireTopLevel } from '../../intrinsics.ts';
import { cubic } from '../maths/tables.ts';
import type { Stereo } from '../types.ts';

const FRAMES = 0;
const CHANNELS = 0;
const RATE = 0;

/** One channel behind the other. */
const data = new Float32Array(FRAMES * CHANNELS);

/** @internal */
export function sampleData(): Float32Array {
  return data;
}

/** 0 outside; a file with one channel has it on both sides. */
function elementOf(frame: number, channel: number): number {
  if (!(frame >= 0 && frame < FRAMES)) return 0;
  return data[FRAMES * Math.min(channel > 0 ? 1 : 0, CHANNELS - 1) + frame];
}

function valueAt(position: number, channel: number): number {
  const frame = Math.floor(position);
  const part = position - frame;
  if (part === 0) return elementOf(frame, channel);
  if (!(position > -1 && position < FRAMES)) return 0;
  return cubic(
    elementOf(frame - 1, channel),
    elementOf(frame, channel),
    elementOf(frame + 1, channel),
    elementOf(frame + 2, channel),
    part,
  );
}

/**
 * A sound file, as numbers. It is silent, and has no frames, until it has been loaded.
 * @param name what the file is called on the page, or by `--sample NAME=FILE`; or an address that begins with `https://`
 * @returns closures: `ready`, 1 when it has been loaded; `frames`; `rate` in frames per second; `channels`; and `at(frame, channel = 0)`, which
 *   reads between frames by a cubic, and gives 0 outside
 * Source: Max buffer~ and index~.
 * @example
 * const file = sample('voice')
 * const osc = sine()
 * let frame = 0
 * export default () => file.at(frame++ % Math.max(1, file.frames())) + 0.1 * osc(220)
 */
export function sample(name: string): {
  readonly ready: () => number;
  readonly frames: () => number;
  readonly rate: () => number;
  readonly channels: () => number;
  readonly at: (frame: number, channel?: number) => number;
} {
  void name;
  requireTopLevel();
  return {
    ready: () => (FRAMES > 0 ? 1 : 0),
    frames: () => FRAMES,
    rate: () => (RATE > 0 ? RATE : sampleRate),
    channels: () => CHANNELS,
    at: (frame: number, channel = 0) => valueAt(frame, channel),
  };
}

/**
 * Plays a sound file.
 * @param name what the file is called on the page, or by `--sample NAME=FILE`; or an address that begins with `https://`
 * @param trig begins it, with the trigger's strength
 * @param speed 1 is the pitch of the file; below 0 backwards
 * @param start where it begins, 0 to 1 of its length; backwards from 0 is from the end
 * @param loop a gate: while it is on, the file goes round
 * @returns left and right; silence before the first trigger, after the end, and until it has been loaded
 * Source: SuperCollider PlayBuf, Max groove~.
 * @example
 * const player = samplePlayer('break')
 * const beat = impulse()
 * const osc = sine()
 * export default () => {
 *   const [left, right] = player(beat(1))
 *   const tone = 0.1 * osc(110)
 *   return [left + tone, right + tone]
 * }
 */
export function samplePlayer(name: string): (trig: number, speed?: number, start?: number, loop?: number) => Stereo {
  void name;
  requireTopLevel();
  let position = 0;
  let strength = 0;
  let before = 0;
  return (trig: number, speed = 1, start = 0, loop = 0): Stereo => {
    const pace = Number.isNaN(speed) ? 1 : speed;
    if (trig > 0 && !(before > 0)) {
      const part = start > 0 ? Math.min(start, 1) : 0;
      position = part === 0 && pace < 0 ? FRAMES - 1 : Math.floor(part * FRAMES);
      strength = +trig;
    }
    before = trig;
    if (strength === 0 || FRAMES === 0) return [0, 0];
    const isOutside = !(position > -1 && position < FRAMES);
    if (isOutside && loop > 0) position -= FRAMES * Math.floor(position / FRAMES);
    else if (isOutside) strength = 0;
    if (strength === 0) return [0, 0];
    const left = strength * valueAt(position, 0);
    const right = strength * valueAt(position, 1);
    position += (pace * RATE) / sampleRate;
    return [left, right];
  };
}
