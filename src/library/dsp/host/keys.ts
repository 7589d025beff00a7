/** Instruments for one hand, and what else a MIDI device has: keys, pads, controllers, wheels. Patch language. */

import { MIDI_NOTE } from '../internal/midiKinds.ts';
import { mtof } from '../theory/pitch.ts';
import {
  channelBend,
  channelPressure,
  controllerValue,
  keyGate,
  keyNote,
  keyTrig,
  keyVelocity,
  midiChannel,
  midiCount,
  midiWord,
} from './midi.ts';

const SMOOTH_SECONDS = 0.01;

/**
 * One step a frame towards a value, however often it is asked.
 * @internal
 */
export function framewise(seconds: number, span: number): (goal: number) => number {
  let y = 0;
  let seen = -1;
  const share = seconds > 0 ? 1 - Math.exp(-1 / (seconds * sampleRate)) : 1;
  const arrived = 1e-6 * Math.abs(span);
  return (goal: number): number => {
    if (seen !== currentFrame) {
      const next = seen < 0 ? goal : y + (goal - y) * share;
      y = Math.abs(goal - next) <= arrived ? goal : next;
      seen = currentFrame;
    }
    return y;
  };
}

/**
 * A keyboard on which one note sounds at a time: the one pressed last that is still held.
 * @param options `channel`, 1 to 16, 0: all; `bendRange` in semitones, 2; `glide`, the time in seconds of a straight line in pitch from
 *   note to note, 0
 * @returns closures: `note`; `hz`, with bend and glide; `gate`, 1 while a key is held; `trig`, the velocity in the frame of a new key;
 *   `velocity` 0 to 1; `bend` in semitones; `pressure` 0 to 1
 * Source: last-note priority, as in monophonic synthesizers.
 * @example
 * const keys = keyboard({ glide: 0.05 })
 * const osc = saw()
 * const env = adsr()
 * const drone = sine()
 * export default () => 0.2 * osc(keys.hz()) * env(keys.gate(), 0.01, 0.2, 0.6, 0.3) + 0.05 * drone(110)
 */
export function keyboard(
  options: { readonly channel?: number; readonly bendRange?: number; readonly glide?: number } = {},
): {
  readonly note: () => number;
  readonly hz: () => number;
  readonly gate: () => number;
  readonly trig: () => number;
  readonly velocity: () => number;
  readonly bend: () => number;
  readonly pressure: () => number;
} {
  const o = { ...{ channel: 0, bendRange: 2, glide: 0 }, ...options };
  const channel = midiChannel(o.channel);
  const glideFrames = Math.max(0, o.glide * sampleRate);
  let pitch = -1;
  let goal = -1;
  let step = 0;
  let seen = -1;
  const bend = (): number => channelBend(channel) * o.bendRange;
  const glided = (): number => {
    if (seen !== currentFrame) {
      const note = keyNote(channel);
      if (goal !== note) {
        step = goal < 0 || glideFrames < 1 ? 0 : (note - pitch) / glideFrames;
        goal = note;
        if (step === 0) pitch = note;
      }
      pitch = Math.abs(goal - pitch) <= Math.abs(step) ? goal : pitch + step;
      seen = currentFrame;
    }
    return pitch;
  };
  return {
    note: () => keyNote(channel),
    hz: () => mtof(glided() + bend()),
    gate: () => keyGate(channel),
    trig: () => keyTrig(channel),
    velocity: () => keyVelocity(channel),
    bend,
    pressure: () => channelPressure(channel),
  };
}

/**
 * A pad, or one key: a trigger.
 * @param note its MIDI number
 * @param channel 1 to 16; 0: all
 * @returns the velocity in the frame in which it is hit, else 0
 * Source: drum pads.
 * @example
 * const pad = padTrig(36)
 * const drum = kickDrum()
 * const beat = impulse()
 * export default () => 0.5 * drum(pad() + beat(2))
 */
export function padTrig(note: number, channel = 0): () => number {
  const of = midiChannel(channel);
  return (): number => {
    let velocity = 0;
    for (let event = 0; event < midiCount(); event++) {
      const isHit = midiWord(event, 0) === MIDI_NOTE && midiWord(event, 2) === note && midiWord(event, 3) > 0;
      if (isHit && (of === 0 || midiWord(event, 1) === of)) velocity = midiWord(event, 3);
    }
    return velocity;
  };
}

/**
 * A knob or fader of a MIDI device.
 * @param number of the controller, 0 to 127
 * @param value until it is moved
 * @param options `channel`, 1 to 16, 0: all; `min` and `max`, what 0 and 127 stand for, 0 and 1; `smooth`, a time constant in seconds, 0.01
 * @returns the value as it is now, smoothed
 * Source: MIDI 1.0, control change.
 * @example
 * const cutoff = cc(74, 900, { min: 100, max: 6000 })
 * const osc = saw()
 * const filter = lowpass()
 * export default () => 0.3 * filter(osc(110), cutoff())
 */
export function cc(
  number: number,
  value = 0,
  options: { readonly channel?: number; readonly min?: number; readonly max?: number; readonly smooth?: number } = {},
): () => number {
  const o = { ...{ channel: 0, min: 0, max: 1, smooth: SMOOTH_SECONDS }, ...options };
  const channel = midiChannel(o.channel);
  const controller = Math.min(Math.max(Math.floor(number), 0), 127);
  const follow = framewise(o.smooth, o.max - o.min);
  return (): number => {
    const moved = controllerValue(channel, controller);
    return follow(moved < 0 ? value : o.min + (moved / 127) * (o.max - o.min));
  };
}

/**
 * The pitch wheel.
 * @param channel 1 to 16; 0: all
 * @param range in semitones, 2
 * @returns semitones, from −range to range
 * Source: MIDI 1.0, pitch bend.
 * @example
 * const wheel = pitchBend()
 * const osc = saw()
 * export default () => 0.3 * osc(mtof(57 + wheel()))
 */
export function pitchBend(channel = 0, range = 2): () => number {
  const of = midiChannel(channel);
  return (): number => channelBend(of) * range;
}

/**
 * How hard the keys are pressed after they were struck.
 * @param channel 1 to 16; 0: all
 * @returns 0 to 1, smoothed
 * Source: MIDI 1.0, channel pressure.
 * @example
 * const press = aftertouch()
 * const osc = sine()
 * const lfo = sine()
 * export default () => 0.3 * osc(220 * (1 + 0.03 * press() * lfo(5)))
 */
export function aftertouch(channel = 0): () => number {
  const of = midiChannel(channel);
  const follow = framewise(SMOOTH_SECONDS, 1);
  return (): number => follow(channelPressure(of));
}
