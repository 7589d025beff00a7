/** Many voices for many keys: which voice plays a note, and which one is taken when there are too few. Patch language. */

import { MIDI_ALL_OFF, MIDI_NOTE, MIDI_NOTE_PRESSURE } from '../internal/midiKinds.ts';
import { mtof } from '../theory/pitch.ts';
import type { Stereo } from '../types.ts';
import { midiChannel, midiCount, midiWord, voiceBend, voicePressure } from './midi.ts';

interface Voice {
  note: number;
  hz: number;
  velocity: number;
  gate: number;
  trig: number;
  bend: number;
  pressure: number;
  age: number;
}

interface PolyOptions {
  readonly midi?: boolean;
  readonly channel?: number;
}

interface Players {
  readonly voices: readonly Voice[];
  readonly update: () => void;
  readonly on: (note: number, velocity: number) => void;
  readonly off: (note: number) => void;
  readonly allOff: () => void;
  readonly held: () => number;
}

const DEFAULT_NOTE = 60;
const MAX_VOICES = 128;
/** Calls of `on` and `off` in one frame that are remembered. */
const MAX_CALLS = 128;
const ALL = -1;

function playersOf(count: number, { midi, channel }: { readonly midi: boolean; readonly channel: number }): Players {
  const size = Math.min(Math.max(Math.floor(count), 1), MAX_VOICES);
  const voices: Voice[] = Array.from({ length: size }, () => ({
    note: DEFAULT_NOTE,
    hz: mtof(DEFAULT_NOTE),
    velocity: 0,
    gate: 0,
    trig: 0,
    bend: 0,
    pressure: 0,
    age: Number.POSITIVE_INFINITY,
  }));
  /** By voice: when it was started and released, as a count; 0: never. In which frame it was started; its channel; its own pressure. */
  const started = new Float64Array(size);
  const released = new Float64Array(size);
  const frames = new Float64Array(size);
  const channels = new Float64Array(size);
  const pressures = new Float64Array(size);
  const pitches = new Float64Array(size).fill(DEFAULT_NOTE);
  let order = 0;
  // What was called since the last frame.
  const calledNotes = new Float64Array(MAX_CALLS);
  const calledVelocities = new Float64Array(MAX_CALLS);
  let calls = 0;
  const of = midiChannel(channel);
  let heard = -1;

  const call = (note: number, velocity: number): void => {
    if (calls >= MAX_CALLS) return;
    calledNotes[calls] = note;
    calledVelocities[calls] = velocity;
    calls += 1;
  };

  /** The note's own voice; else one that was never used; else the one released longest ago; else the one started longest ago. */
  const voiceFor = (note: number, from: number): number => {
    let best = -1;
    let rank = Number.POSITIVE_INFINITY;
    for (let n = 0; n < size; n++) {
      const isOwn = started[n] > 0 && voices[n].note === note && channels[n] === from;
      let mine = 3e15 + started[n];
      if (isOwn) mine = 0;
      else if (started[n] === 0) mine = 1e15 + n;
      else if (voices[n].gate === 0) mine = 2e15 + released[n];
      if (mine < rank) {
        rank = mine;
        best = n;
      }
    }
    return best;
  };

  const start = (note: number, velocity: number, from: number): void => {
    const n = voiceFor(note, from);
    order += 1;
    started[n] = order;
    frames[n] = currentFrame;
    channels[n] = from;
    pressures[n] = 0;
    voices[n].note = note;
    voices[n].velocity = velocity;
    voices[n].gate = 1;
    voices[n].trig = velocity;
  };

  /** `note` below 0: all. `from`: the channel, 0 for what was called, −1 for all. */
  const stop = (note: number, from: number): void => {
    for (let n = 0; n < size; n++) {
      const isMeant = (note < 0 || voices[n].note === note) && (from < 0 || channels[n] === from);
      if (isMeant && voices[n].gate > 0) {
        order += 1;
        released[n] = order;
        voices[n].gate = 0;
      }
    }
  };

  const hearMidi = (): void => {
    for (let event = 0; event < midiCount(); event++) {
      const kind = midiWord(event, 0);
      const from = midiWord(event, 1);
      const number = midiWord(event, 2);
      const value = midiWord(event, 3);
      if (of !== 0 && from !== of && !(kind === MIDI_ALL_OFF && from === 0)) continue;
      if (kind === MIDI_NOTE) {
        if (value > 0) start(number, value, from);
        else stop(number, from);
      } else if (kind === MIDI_ALL_OFF) {
        stop(ALL, from === 0 ? ALL : from);
      } else if (kind === MIDI_NOTE_PRESSURE) {
        for (let n = 0; n < size; n++) {
          if (voices[n].note === number && channels[n] === from) pressures[n] = value;
        }
      }
    }
  };

  const update = (): void => {
    for (let n = 0; n < size; n++) voices[n].trig = 0;
    for (let n = 0; n < calls; n++) {
      const note = calledNotes[n];
      const velocity = calledVelocities[n];
      if (note < 0) stop(ALL, ALL);
      else if (velocity > 0) start(note, velocity, 0);
      else stop(note, 0);
    }
    calls = 0;
    if (midi && heard !== currentFrame) {
      heard = currentFrame;
      hearMidi();
    }
    for (let n = 0; n < size; n++) {
      const voice = voices[n];
      const from = channels[n];
      voice.bend = from > 0 ? voiceBend(from) : 0;
      voice.pressure = from > 0 ? Math.max(voicePressure(from), pressures[n]) : 0;
      const pitch = voice.note + voice.bend;
      if (pitches[n] !== pitch) {
        pitches[n] = pitch;
        voice.hz = mtof(pitch);
      }
      voice.age = started[n] > 0 ? (currentFrame - frames[n]) / sampleRate : Number.POSITIVE_INFINITY;
    }
  };

  return {
    voices,
    update,
    on: (note, velocity) => call(note, velocity),
    off: (note) => call(note, 0),
    allOff: () => call(ALL, 0),
    held: () => {
      let sum = 0;
      for (let n = 0; n < size; n++) sum += voices[n].gate;
      return sum;
    },
  };
}

/**
 * Several voices, played by keys, by `on` and `off`, or by both.
 * @param count how many there are, 1 to 128
 * @param make is called with 0, 1, … and makes a voice: a closure that takes what is played, `{ note, hz, velocity, gate, trig, bend,
 *   pressure, age }`, once per frame. `hz` is with bend, `trig` the velocity in a note's first frame, `age` its seconds since then
 * @param options `midi`, whether keys play it, true; `channel`, 1 to 16, 0: all, where bend and pressure of a channel are for its own
 *   notes (MPE)
 * @returns `next`, which runs every voice once and gives the sum; `on(note, velocity)`, `off(note)`, `allOff()`; `held()`, how many are held.
 *   A note takes the voice that plays it already; else one that was never used, then the one released longest ago, then the one started
 *   longest ago
 * Source: voice allocation as in polyphonic synthesizers; MIDI Polyphonic Expression 1.0.
 * @example
 * const synth = poly(8, () => {
 *   const osc = saw()
 *   const env = adsr()
 *   return (v) => 0.2 * v.velocity * osc(v.hz) * env(v.gate, 0.01, 0.2, 0.5, 0.4)
 * })
 * every(0.3, (time, count) => {
 *   synth.allOff()
 *   synth.on(60 + [0, 3, 7, 10][count % 4], 0.8)
 * })
 * export default () => synth.next()
 */
export function poly(
  count: number,
  make: (index: number) => (voice: Voice) => number,
  options: PolyOptions = {},
): {
  readonly next: () => number;
  readonly on: (note: number, velocity: number) => void;
  readonly off: (note: number) => void;
  readonly allOff: () => void;
  readonly held: () => number;
} {
  const players = playersOf(count, { ...{ midi: true, channel: 0 }, ...options });
  const { voices, update, on, off, allOff, held } = players;
  const sounds = voices.map((_, index) => make(index));
  const next = (): number => {
    update();
    let sum = 0;
    for (let n = 0; n < voices.length; n++) sum += sounds[n](voices[n]);
    return sum;
  };
  return { next, on, off, allOff, held };
}

/**
 * As `poly`, with voices in stereo.
 * @param count as of `poly`
 * @param make as of `poly`; its closures return pairs
 * @param options as of `poly`
 * @returns as `poly`; `next` gives a pair, the sum of both sides
 * Source: as `poly`.
 * @example
 * const synth = polyStereo(4, (index) => {
 *   const osc = triangle()
 *   const env = perc()
 *   return (v) => pan2(0.3 * osc(v.hz) * env(v.trig, 0.01, 0.8), index / 2 - 0.75)
 * })
 * every(0.25, (time, count) => { synth.on(60 + [0, 3, 7, 10][count % 4], 0.8) })
 * export default () => synth.next()
 */
export function polyStereo(
  count: number,
  make: (index: number) => (voice: Voice) => Stereo,
  options: PolyOptions = {},
): {
  readonly next: () => Stereo;
  readonly on: (note: number, velocity: number) => void;
  readonly off: (note: number) => void;
  readonly allOff: () => void;
  readonly held: () => number;
} {
  const players = playersOf(count, { ...{ midi: true, channel: 0 }, ...options });
  const { voices, update, on, off, allOff, held } = players;
  const sounds = voices.map((_, index) => make(index));
  const next = (): Stereo => {
    update();
    let left = 0;
    let right = 0;
    for (let n = 0; n < voices.length; n++) {
      const [l, r] = sounds[n](voices[n]);
      left += l;
      right += r;
    }
    return [left, right];
  };
  return { next, on, off, allOff, held };
}
