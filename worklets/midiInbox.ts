/**
 * Notes and the like, as an arena gets them. In: an event, as anybody may have made it. Out: an entry in the arena's inbox, with what
 * is in it within its bounds. Audio thread and Node; allocates nothing.
 */

import { MIDI_CHANNELS, type MidiEvent } from '../src/protocol/hostEvents.ts';
import { type HostInputs, MIDI_KIND, MIDI_ROOM, MIDI_WORDS } from '../src/protocol/hostInputs.ts';
import { f64Index } from './memoryViews.ts';

const MAX_DATA = 127;

/** What is no number is `low`. */
const within = (value: number, low: number, high: number): number =>
  Number.isNaN(value) ? low : Math.min(Math.max(value, low), high);

/** Puts an event behind those of the same frame; without room it is lost, which the queue prevents. */
export function deliverMidi(event: MidiEvent, f64: Float64Array, base: number, { midi }: HostInputs): void {
  if (midi === null) return;
  const arrived = f64Index(base + midi.arrivedOffset);
  const count = f64[arrived];
  if (!(count >= 0 && count < MIDI_ROOM)) return;
  const entry = f64Index(base + midi.inboxOffset) + MIDI_WORDS * Math.floor(count);
  const isOfAll = event.kind === 'allNotesOff' && !event.channel;
  f64[entry] = MIDI_KIND[event.kind];
  f64[entry + 1] = isOfAll ? 0 : Math.round(within(event.channel ?? 1, 1, MIDI_CHANNELS));
  f64[entry + 2] = numberOf(event);
  f64[entry + 3] = amountOf(event);
  f64[arrived] = Math.floor(count) + 1;
}

function numberOf(event: MidiEvent): number {
  if (event.kind === 'note' || event.kind === 'notePressure') return Math.round(within(event.note, 0, MAX_DATA));
  return event.kind === 'cc' ? Math.round(within(event.number, 0, MAX_DATA)) : 0;
}

function amountOf(event: MidiEvent): number {
  switch (event.kind) {
    case 'note':
      return within(event.velocity, 0, 1);
    case 'bend':
      return Number.isNaN(event.value) ? 0 : within(event.value, -1, 1);
    case 'pressure':
    case 'notePressure':
      return within(event.value, 0, 1);
    case 'cc':
      return within(event.value, 0, MAX_DATA);
    case 'allNotesOff':
      return 0;
  }
}
