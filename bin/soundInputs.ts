/** Files that a render listens to and plays: `--input`, `--sample`, `--midi`. Throws `UsageError` for what is none. */

import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type MidiEvent as FileEvent, parseMidi } from 'midi-file';
import type { ScriptEvent } from '../src/node/scriptHost.ts';
import type { MidiEvent } from '../src/protocol/hostEvents.ts';
import { type LoadedSample, MAX_SAMPLE_VALUES } from '../src/protocol/samples.ts';
import { decodeSound } from '../src/sound/decodeSound.ts';
import { UsageError } from './command.ts';
import { systemReason } from './patchFiles.ts';

const MAX_FILE_BYTES = 2 ** 29;
/** By so much rounding may put a time behind the frame that it is. */
const SLACK_FRAMES = 1e-6;
/** Microseconds of a quarter note where a file does not say. */
const DEFAULT_TEMPO = 500_000;

function readBytes(name: string, folder: string): Uint8Array {
  const file = path.resolve(folder, name);
  try {
    const status = statSync(file);
    if (!status.isFile()) throw new UsageError(`${name} is not a file`);
    if (status.size > MAX_FILE_BYTES) throw new UsageError(`${name} is too large: the limit is 512 MiB`);
    return readFileSync(file);
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`cannot read ${name}: ${systemReason(error)}`);
  }
}

function readSound(name: string, folder: string): LoadedSample {
  const sound = decodeSound(readBytes(name, folder));
  if (!sound) throw new UsageError(`${name} is no WAV or AIFF file, or is compressed`);
  return sound;
}

/** What comes in from frame 0 on: it has to be at the rate of the render. */
export function readInput(name: string | undefined, folder: string, sampleRate: number): readonly Float32Array[] {
  if (name === undefined) return [];
  const { channels, rate } = readSound(name, folder);
  if (rate === sampleRate) return channels;
  throw new UsageError(
    `${name} has ${rate} frames per second: render with --rate ${rate}, or convert it to ${sampleRate}`,
  );
}

/** `NAME=FILE`. */
export function readSample(text: string, folder: string): readonly [name: string, sample: LoadedSample] {
  const equals = text.indexOf('=');
  const file = text.slice(equals + 1);
  if (equals < 1 || file === '') {
    throw new UsageError(`--sample takes NAME=FILE, such as kick=kick.wav, not ${JSON.stringify(text)}`);
  }
  const sample = readSound(file, folder);
  if (sample.channels[0].length * Math.min(2, sample.channels.length) > MAX_SAMPLE_VALUES) {
    throw new UsageError(`${file} is too long: the limit is ${MAX_SAMPLE_VALUES} samples`);
  }
  return [text.slice(0, equals), sample];
}

/** The notes and controllers of a MIDI file, at their frames. */
export function readMidi(name: string | undefined, folder: string, sampleRate: number): readonly ScriptEvent[] {
  if (name === undefined) return [];
  const bytes = readBytes(name, folder);
  try {
    return eventsOf(parseMidi(bytes), sampleRate);
  } catch (error) {
    throw new UsageError(`${name} is no MIDI file: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function eventsOf({ header, tracks }: ReturnType<typeof parseMidi>, sampleRate: number): ScriptEvent[] {
  const timed = tracks.flatMap((track) => {
    let ticks = 0;
    return track.map((event) => {
      ticks += event.deltaTime;
      return { ticks, event };
    });
  });
  timed.sort((a, b) => a.ticks - b.ticks);
  const { ticksPerBeat, framesPerSecond, ticksPerFrame } = header;
  let secondsPerTick = ticksPerBeat
    ? DEFAULT_TEMPO / 1e6 / ticksPerBeat
    : 1 / ((framesPerSecond || 25) * (ticksPerFrame || 40));
  let [seconds, before] = [0, 0];
  return timed.flatMap(({ ticks, event }) => {
    seconds += (ticks - before) * secondsPerTick;
    before = ticks;
    if (event.type === 'setTempo' && ticksPerBeat) secondsPerTick = event.microsecondsPerBeat / 1e6 / ticksPerBeat;
    const played = musicOf(event);
    return played ? [{ frame: Math.max(0, Math.ceil(seconds * sampleRate - SLACK_FRAMES)), event: played }] : [];
  });
}

function musicOf(event: FileEvent): MidiEvent | null {
  switch (event.type) {
    case 'noteOn':
      return { kind: 'note', note: event.noteNumber, velocity: event.velocity / 127, channel: event.channel + 1 };
    case 'noteOff':
      return { kind: 'note', note: event.noteNumber, velocity: 0, channel: event.channel + 1 };
    case 'noteAftertouch':
      return { kind: 'notePressure', note: event.noteNumber, value: event.amount / 127, channel: event.channel + 1 };
    case 'channelAftertouch':
      return { kind: 'pressure', value: event.amount / 127, channel: event.channel + 1 };
    case 'pitchBend':
      return { kind: 'bend', value: Math.max(-1, event.value / 8191), channel: event.channel + 1 };
    case 'controller':
      return event.controllerType === 123
        ? { kind: 'allNotesOff', channel: event.channel + 1 }
        : { kind: 'cc', number: event.controllerType, value: event.value, channel: event.channel + 1 };
    default:
      return null;
  }
}
