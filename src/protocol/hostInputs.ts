/**
 * The parts of an arena that the host writes and reads, as they come with a batch: offsets of cells, and what may be in them. Whoever takes a
 * batch checks the offsets once (worklets/hostCells.ts).
 */

import type { ControlKind, MovedControl } from './controls.ts';
import type { PrintCells } from './printed.ts';
import type { ArenaOffset } from './units.ts';

/** The cells of one control, f64 each, and its range. */
export interface ControlInput {
  readonly name: string;
  readonly kind: ControlKind;
  readonly offset: ArenaOffset;
  /** The y of an `xy`. */
  readonly secondOffset: ArenaOffset | null;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Where it stands unless somebody moved it. */
  readonly value: number;
  readonly second: number;
}

/** Where what is played arrives: an f64 that counts entries, and MIDI_ROOM entries of four f64: kind, channel, number, value. */
export interface MidiInput {
  readonly arrivedOffset: ArenaOffset;
  readonly inboxOffset: ArenaOffset;
}

/** Events that are heard in one frame; those beyond are heard in the next. As in src/library/dsp/host/midi.ts. */
export const MIDI_ROOM = 64;
export const MIDI_WORDS = 4;
/** Kinds of entries. */
export const MIDI_KIND = { note: 1, bend: 2, pressure: 3, notePressure: 4, cc: 5, allNotesOff: 6 } as const;

/** Where the sound that comes in arrives: the frame that both buffers begin with, and MAX_BLOCK_FRAMES f64 for each side. */
export interface SoundInputCells {
  readonly startOffset: ArenaOffset;
  readonly leftOffset: ArenaOffset;
  readonly rightOffset: ArenaOffset;
}

/** What a probe saw: the last value, and the least and the largest since they were looked at; f64 each. */
export interface ProbeCells {
  readonly lastOffset: ArenaOffset;
  readonly leastOffset: ArenaOffset;
  readonly mostOffset: ArenaOffset;
}

export interface HostInputs {
  /** Which piece it is of: what was moved in another one does not count. */
  readonly piece: number;
  /** What was moved in this piece, for a processor that does not know it. */
  readonly moved: readonly MovedControl[];
  readonly controls: readonly ControlInput[];
  /** Null: it plays no notes. */
  readonly midi: MidiInput | null;
  /** Null: it does not listen. */
  readonly sound: SoundInputCells | null;
  /** In the order of `HostDeclarations.probes`. */
  readonly probes: readonly ProbeCells[];
  /** Null: it prints nothing. */
  readonly print: PrintCells | null;
}

export const NO_HOST_INPUTS: HostInputs = {
  piece: 0,
  moved: [],
  controls: [],
  midi: null,
  sound: null,
  probes: [],
  print: null,
};
