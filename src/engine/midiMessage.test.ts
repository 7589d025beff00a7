/** Messages as the MIDI 1.0 specification lays them out. */
import { expect, it } from 'vitest';
import { midiEventOf } from './midiMessage.ts';

it.each<[number[], unknown]>([
  [[0x90, 60, 127], { kind: 'note', note: 60, velocity: 1, channel: 1 }],
  [[0x93, 61, 0], { kind: 'note', note: 61, velocity: 0, channel: 4 }],
  [[0x8f, 62, 64], { kind: 'note', note: 62, velocity: 0, channel: 16 }],
  [[0xa0, 60, 127], { kind: 'notePressure', note: 60, value: 1, channel: 1 }],
  [[0xb0, 7, 100], { kind: 'cc', number: 7, value: 100, channel: 1 }],
  [[0xb1, 123, 0], { kind: 'allNotesOff', channel: 2 }],
  [[0xb1, 120, 0], { kind: 'allNotesOff', channel: 2 }],
  [[0xd0, 127], { kind: 'pressure', value: 1, channel: 1 }],
  [[0xe0, 0, 64], { kind: 'bend', value: 0, channel: 1 }],
  [[0xe0, 127, 127], { kind: 'bend', value: 1, channel: 1 }],
  [[0xe0, 0, 0], { kind: 'bend', value: -1, channel: 1 }],
  [[0xc0, 5], null],
  [[0xf8], null],
  [[0xf0, 1, 2, 0xf7], null],
  [[], null],
])('%j is %j', (bytes, wanted) => {
  expect(midiEventOf(Uint8Array.from(bytes))).toEqual(wanted);
});
