/** Kinds of what is played, as the host names them (src/protocol/hostInputs.ts). Patch language. */

export const MIDI_NOTE = 1;
export const MIDI_BEND = 2;
export const MIDI_PRESSURE = 3;
export const MIDI_NOTE_PRESSURE = 4;
export const MIDI_CC = 5;
export const MIDI_ALL_OFF = 6;
