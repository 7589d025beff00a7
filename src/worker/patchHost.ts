/**
 * What a patch has to do with the world outside: its controls, as they are shown, and as the audio thread writes them. In: the calls
 * that name them, and the image as the top level leaves it, in which are their ranges. Out: declarations and cells. Pure.
 */

import type { HostCall } from '../compiler/resolve/hostCalls.ts';
import { hostModule } from '../language/hostNames.ts';
import { fillImage } from '../linker/bytes.ts';
import type { Timed } from '../linker/tempo.ts';
import { MAX_BLOCK_FRAMES } from '../protocol/arena.ts';
import { valueInRange } from '../protocol/controlRange.ts';
import {
  CONTROL_KINDS,
  type ControlCurve,
  type ControlDeclaration,
  type ControlKind,
  type HostDeclarations,
  MAX_OPTIONS,
  type MovedControl,
  NO_HOST_DECLARATIONS,
} from '../protocol/controls.ts';
import {
  type ControlInput,
  type HostInputs,
  MIDI_ROOM,
  MIDI_WORDS,
  type MidiInput,
  type ProbeCells,
  type SoundInputCells,
} from '../protocol/hostInputs.ts';
import { MAX_PRINT_SITES } from '../protocol/printed.ts';
import type { LoadedSample } from '../protocol/samples.ts';
import { arenaOffset } from '../protocol/units.ts';
import { ImageReader } from './imageReader.ts';
import { bytesOfSample, sizeOf } from './samples.ts';

export interface PatchHost {
  readonly declarations: HostDeclarations;
  readonly inputs: Omit<HostInputs, 'piece' | 'moved'>;
}

export const NO_PATCH_HOST: PatchHost = {
  declarations: NO_HOST_DECLARATIONS,
  inputs: { controls: [], midi: null, sound: null, probes: [], print: null },
};

/** A control whose declaration has run. */
interface FoundControl {
  readonly declaration: ControlDeclaration;
  readonly input: ControlInput;
}

export function hostOf(
  calls: readonly HostCall[],
  program: Timed,
  offsets: { offsetOf(name: string): number | null },
): PatchHost {
  const reader = new ImageReader(program, offsets);
  const first = new Map<string, HostCall>();
  for (const call of calls) if (!first.has(`${call.what} ${call.name}`)) first.set(`${call.what} ${call.name}`, call);
  let room = MAX_OPTIONS;
  const controls = [...first.values()].flatMap((call) => {
    const control = call.what === 'control' ? controlOf(reader, call, room) : null;
    room -= control?.declaration.options.length ?? 0;
    return control ?? [];
  });
  const midi = midiOf(reader);
  const sound = soundOf(reader);
  const probes = [...first.values()].flatMap((call) => (call.what === 'probe' ? (probeOf(reader, call) ?? []) : []));
  return {
    declarations: {
      ...NO_HOST_DECLARATIONS,
      controls: controls.map(({ declaration }) => declaration),
      hasNotes: midi !== null,
      hasInput: sound !== null,
      probes: probes.map(({ name, span }) => ({ name, span })),
      samples: [...first.values()].filter(({ what }) => what === 'sample').map(({ name }) => name),
    },
    inputs: {
      controls: controls.map(({ input }) => input),
      midi,
      sound,
      probes: probes.map(({ cells }) => cells),
      print: null,
    },
  };
}

const MIDI_MODULE = 'host/midi';

function midiOf(reader: ImageReader): MidiInput | null {
  const arrived = reader.offset(MIDI_MODULE, 'arrived', 'number');
  const inbox = reader.array(MIDI_MODULE, 'inbox', 8);
  if (arrived === null || inbox?.length !== MIDI_ROOM * MIDI_WORDS) return null;
  return { arrivedOffset: arenaOffset(arrived), inboxOffset: arenaOffset(inbox.offset) };
}

const INPUT_MODULE = 'host/input';

function soundOf(reader: ImageReader): SoundInputCells | null {
  const start = reader.offset(INPUT_MODULE, 'inputStart', 'number');
  const [left, right] = ['inputLeft', 'inputRight'].map((name) => reader.array(INPUT_MODULE, name, 8));
  if (start === null || left?.length !== MAX_BLOCK_FRAMES || right?.length !== MAX_BLOCK_FRAMES) return null;
  return {
    startOffset: arenaOffset(start),
    leftOffset: arenaOffset(left.offset),
    rightOffset: arenaOffset(right.offset),
  };
}

function probeOf(reader: ImageReader, { name, span }: HostCall) {
  const [last, least, most] = ['last', 'least', 'most'].map((variable) =>
    reader.offset(hostModule('probe', name), variable, 'number'),
  );
  if (last == null || least == null || most == null) return null;
  const [lastOffset, leastOffset, mostOffset] = [arenaOffset(last), arenaOffset(least), arenaOffset(most)];
  return { name, span, cells: { lastOffset, leastOffset, mostOffset } satisfies ProbeCells };
}

const kindOf = (by: string): ControlKind | null => CONTROL_KINDS.find((kind) => kind === by) ?? null;

/** `room`: for options. */
function controlOf(reader: ImageReader, { by, name, span, numberSpans }: HostCall, room: number): FoundControl | null {
  const module = hostModule('control', name);
  const kind = kindOf(by);
  const offset = reader.offset(module, 'target', 'number');
  // Where nothing reads it, there is no cell; where the call has not run, there is no range.
  if (kind === null || reader.number(module, 'isDeclared') !== 1) return null;
  const number = (variable: string, instead: number): number => reader.number(module, variable) ?? instead;
  const [min, max, step] = [number('low', 0), number('high', 1), number('steps', 0)];
  const [value, second] = [number('target', 0), number('second', 0)];
  const isPair = kind === 'xy';
  const [valueSpan = null, secondValueSpan = null] = kind === 'select' ? [numberSpans[1] ?? null] : numberSpans;
  const declaration: ControlDeclaration = {
    ...{ kind, name, min, max, step, curve: curveOf(number('curve', 1)), unit: reader.text(module, 'unit') },
    options: kind === 'select' ? reader.texts(module, 'choices', room) : [],
    defaultValue: isPair ? [value, second] : value,
    smooth: number('smooth', 0),
    ...{ span, valueSpan, secondValueSpan: isPair ? secondValueSpan : null },
  };
  if (offset === null) return null;
  const secondOffset = isPair ? reader.offset(module, 'second', 'number') : null;
  const input: ControlInput = {
    ...{ name, kind, min, max, step, value, second },
    offset: arenaOffset(offset),
    secondOffset: secondOffset === null ? null : arenaOffset(secondOffset),
  };
  return { declaration, input };
}

/** As the library has it: 0 is a logarithm, 1 a straight line. */
const curveOf = (code: number): ControlCurve => (code === 0 ? 'log' : code === 1 ? 'linear' : code);

/** A sound file, and where the array that was made for it begins in the image. */
export interface SamplePlace {
  readonly offset: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** In rising order. `program`: as the top level left it. */
export function samplePlaces(
  samples: ReadonlyMap<string, LoadedSample>,
  program: Timed,
  offsets: { offsetOf(name: string): number | null },
): readonly SamplePlace[] {
  if (samples.size === 0) return [];
  const reader = new ImageReader(program, offsets);
  const places = [...samples].flatMap(([name, sample]): SamplePlace[] => {
    const found = reader.array(hostModule('sample', name), 'data', 4);
    const { frames, channels } = sizeOf(sample);
    if (found?.length !== frames * channels) return [];
    return [{ offset: found.offset, bytes: bytesOfSample(sample) }];
  });
  return places.sort((one, other) => one.offset - other.offset);
}

/** Puts sound files into the image, and into the arena that it was taken from. */
export function fillSamples(places: readonly SamplePlace[], image: Uint8Array<ArrayBuffer>, arena: Uint8Array): void {
  for (const { offset, bytes } of places) {
    fillImage(image, offset, bytes);
    arena.set(bytes, offset);
  }
}

/** How many bytes of sound files a program holds. */
export function sampleBytesIn(samples: ReadonlyMap<string, LoadedSample>, { input }: Timed['draft']): number {
  if (samples.size === 0) return 0;
  const modules = new Set(input.roots.map(({ path }) => path.slice(0, path.lastIndexOf('/'))));
  let bytes = 0;
  for (const [name, sample] of samples) {
    const { frames, channels } = sizeOf(sample);
    if (modules.has(`std/${hostModule('sample', name)}`)) bytes += 4 * frames * channels;
  }
  return bytes;
}

/** Writes what was moved into an arena that is tried out. */
export function writeMoved(
  { controls }: PatchHost['inputs'],
  moved: readonly MovedControl[],
  write: (offset: number, value: number) => void,
): void {
  const values = new Map(moved.map(({ name, value }) => [name, value]));
  for (const control of controls) {
    const value = values.get(control.name);
    if (value === undefined) continue;
    const [x, y] = typeof value === 'number' ? [value, value] : value;
    write(control.offset, valueInRange(x, control, control.value));
    if (control.secondOffset !== null) write(control.secondOffset, valueInRange(y, control, control.second));
  }
}

/** Pairs (start, end): bytes that are never constants, since the host writes them between frames. */
export function writtenByHost({ controls, midi, sound, probes, print }: PatchHost['inputs']): number[] {
  const cells = [
    ...controls.flatMap(({ offset, secondOffset }) => (secondOffset === null ? [offset] : [offset, secondOffset])),
    ...probes.flatMap(({ leastOffset, mostOffset }) => [leastOffset, mostOffset]),
    ...(midi === null ? [] : [midi.arrivedOffset]),
    ...(print === null ? [] : [print.usedOffset, print.roomOffset]),
    ...(sound === null ? [] : [sound.startOffset]),
  ];
  const pairs = cells.flatMap((cell) => [cell, cell + 8]);
  if (midi !== null) pairs.push(midi.inboxOffset, midi.inboxOffset + 8 * MIDI_ROOM * MIDI_WORDS);
  if (print !== null) pairs.push(print.countsOffset, print.countsOffset + 8 * MAX_PRINT_SITES);
  for (const start of sound === null ? [] : [sound.leftOffset, sound.rightOffset]) {
    pairs.push(start, start + 8 * MAX_BLOCK_FRAMES);
  }
  return pairs;
}
