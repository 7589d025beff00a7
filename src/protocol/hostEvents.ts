/**
 * What happens to a patch from outside while it plays: values of controls, notes, bends, pressure, controllers. From the page to
 * the processor, and from the command line to the renderer. Types and bounds only.
 */

import type { ControlValue } from './controls.ts';

/** Channels are 1 to 16. */
export const MIDI_CHANNELS = 16;

/** What somebody plays. Without a channel it is the first one. */
export type MidiEvent =
  /** `velocity` 0 to 1; 0 ends the note. `note` is a MIDI number, 60 = C4. */
  | { readonly kind: 'note'; readonly note: number; readonly velocity: number; readonly channel?: number }
  /** `value` −1 to 1, in parts of the bend range. */
  | { readonly kind: 'bend'; readonly value: number; readonly channel?: number }
  /** Aftertouch of a whole channel, 0 to 1. */
  | { readonly kind: 'pressure'; readonly value: number; readonly channel?: number }
  /** Aftertouch of one note, 0 to 1. */
  | { readonly kind: 'notePressure'; readonly note: number; readonly value: number; readonly channel?: number }
  /** `number` 0 to 127, `value` 0 to 127. */
  | { readonly kind: 'cc'; readonly number: number; readonly value: number; readonly channel?: number }
  /** Ends all notes of a channel; 0 or absent: of all channels. */
  | { readonly kind: 'allNotesOff'; readonly channel?: number };

export type ControlEvent =
  /** It is moved. */
  | { readonly kind: 'control'; readonly name: string; readonly value: ControlValue }
  /** It stands where the text says, and no longer counts as moved. */
  | { readonly kind: 'release'; readonly name: string }
  /** It stays where it is until a text says another default, and no longer counts as moved. */
  | { readonly kind: 'settle'; readonly name: string };

export type HostEvent = MidiEvent | ControlEvent;

/**
 * An event and when it takes effect: in the first frame at or after `atSeconds`, on the clock of the audio context (`currentTime`).
 * Absent or past: in the next frame there is.
 */
export type TimedEvent = HostEvent & { readonly atSeconds?: number };

/** Events that may wait for their frame; a further one is not taken. */
export const MAX_WAITING_EVENTS = 1024;
