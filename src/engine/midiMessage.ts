/** Bytes of a MIDI message as an event. In: one whole message, as Web MIDI gives it. Out: an event, null for all else. Pure. */

import type { MidiEvent } from '../protocol/hostEvents.ts';

const MAX_7_BITS = 127;
/** In the middle of 14 bits. */
const BEND_CENTRE = 8192;
/** All sound off, and all notes off. */
const ENDS_ALL = [120, 123];

export function midiEventOf(bytes: Uint8Array): MidiEvent | null {
  const [status = 0, first = 0, second = 0] = bytes;
  const channel = (status & 0x0f) + 1;
  switch (status >> 4) {
    case 0x8:
      return { kind: 'note', note: first, velocity: 0, channel };
    case 0x9:
      return { kind: 'note', note: first, velocity: second / MAX_7_BITS, channel };
    case 0xa:
      return { kind: 'notePressure', note: first, value: second / MAX_7_BITS, channel };
    case 0xb:
      if (ENDS_ALL.includes(first)) return { kind: 'allNotesOff', channel };
      return { kind: 'cc', number: first, value: second, channel };
    case 0xd:
      return { kind: 'pressure', value: first / MAX_7_BITS, channel };
    case 0xe: {
      const bend = first + 128 * second - BEND_CENTRE;
      // One step more downwards than upwards; both ends are the whole way.
      return { kind: 'bend', value: bend < 0 ? bend / BEND_CENTRE : bend / (BEND_CENTRE - 1), channel };
    }
    default:
      return null;
  }
}
