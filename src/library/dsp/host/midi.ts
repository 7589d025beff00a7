/**
 * What is played while the patch sounds: notes, bends, pressure, controllers. Patch language.
 *
 * The host writes what happens in a frame into `inbox`, in front of that frame, and `arrived` says how much that is. `hearMidi`
 * takes it in before all else: the tables are by channel, where 0 stands for all of them.
 */

import { MIDI_BEND, MIDI_CC, MIDI_NOTE, MIDI_NOTE_PRESSURE, MIDI_PRESSURE } from '../internal/midiKinds.ts';

const CHANNELS = 17;
const KEYS = 128;
const ROOM = 64;
/** Kind, channel, number, value. */
const WORDS = 4;
const DEFAULT_NOTE = 60;
const DEFAULT_RANGE = 2;
/** Bend range of the members of an MPE zone, in semitones. */
const MPE_RANGE = 48;
const NOT_MOVED = -1;
/** Controllers that choose a parameter, and set it. */
const RPN_HIGH = 101;
const RPN_LOW = 100;
const DATA_ENTRY = 6;
const RPN_BEND_RANGE = 0;
const RPN_MPE = 6;
const LAST_CHANNEL = 16;

// Written by the host.
const inbox = new Float64Array(WORDS * ROOM);
let arrived = 0;

/** How much of `inbox` is of this frame. */
let count = 0;
let orders = 0;

/** When each key was pressed, as a count; 0: it is not held. */
const pressed = new Float64Array(CHANNELS * KEYS);
const held = new Float64Array(CHANNELS);
const notes = new Float64Array(CHANNELS).fill(DEFAULT_NOTE);
const velocities = new Float64Array(CHANNELS);
const trigs = new Float64Array(CHANNELS);
let hasTrigs = 0;
const bends = new Float64Array(CHANNELS);
const pressures = new Float64Array(CHANNELS);
const controllers = new Float64Array(CHANNELS * KEYS).fill(NOT_MOVED);
/** Semitones, by the registered parameter 0. */
const ranges = new Float64Array(CHANNELS).fill(DEFAULT_RANGE);
const parameters = new Float64Array(CHANNELS).fill(NOT_MOVED);
/** The master channel of the MPE zone that a channel is a member of; 0: none. */
const masters = new Float64Array(CHANNELS);

/** @internal */
export function receiveMidi(kind: number, channel: number, number: number, value: number): void {
  const at = WORDS * arrived;
  inbox[at] = kind;
  inbox[at + 1] = channel;
  inbox[at + 2] = number;
  inbox[at + 3] = value;
  arrived += 1;
}

/**
 * Takes in what has arrived. In every frame, before the default export.
 * @internal
 */
export function hearMidi(): void {
  count = Math.min(arrived, ROOM);
  arrived = 0;
  if (hasTrigs > 0) trigs.fill(0);
  hasTrigs = 0;
  for (let event = 0; event < count; event++) {
    const at = WORDS * event;
    hear(inbox[at], inbox[at + 1], inbox[at + 2], inbox[at + 3]);
  }
}

function hear(kind: number, channel: number, number: number, value: number): void {
  if (kind === MIDI_NOTE) {
    if (value > 0) press(channel, number, value);
    else release(channel, number);
  } else if (kind === MIDI_BEND) {
    bends[channel] = value;
    bends[0] = value;
  } else if (kind === MIDI_PRESSURE) {
    pressures[channel] = value;
    pressures[0] = value;
  } else if (kind === MIDI_NOTE_PRESSURE) {
    if (notes[channel] === number) pressures[channel] = value;
    if (notes[0] === number) pressures[0] = value;
  } else if (kind === MIDI_CC) {
    controllers[KEYS * channel + number] = value;
    controllers[number] = value;
    setParameter(channel, number, value);
  } else {
    for (let one = 1; one < CHANNELS; one++) {
      if (channel !== 0 && channel !== one) continue;
      for (let key = 0; key < KEYS; key++) if (pressed[KEYS * one + key] > 0) release(one, key);
    }
  }
}

function press(channel: number, key: number, velocity: number): void {
  orders += 1;
  pressed[KEYS * channel + key] = orders;
  pressed[key] = orders;
  sound(channel, key, velocity);
  sound(0, key, velocity);
}

function sound(channel: number, key: number, velocity: number): void {
  notes[channel] = key;
  velocities[channel] = velocity;
  trigs[channel] = velocity;
  held[channel] = 1;
  hasTrigs = 1;
}

function release(channel: number, key: number): void {
  pressed[KEYS * channel + key] = 0;
  let latest = 0;
  for (let one = 1; one < CHANNELS; one++) latest = Math.max(latest, pressed[KEYS * one + key]);
  pressed[key] = latest;
  goBack(channel);
  goBack(0);
}

/** To the key that was pressed last and is still held. */
function goBack(channel: number): void {
  let latest = 0;
  for (let key = 0; key < KEYS; key++) {
    const order = pressed[KEYS * channel + key];
    if (order > latest) {
      latest = order;
      notes[channel] = key;
    }
  }
  held[channel] = latest > 0 ? 1 : 0;
}

/** Registered parameters: the bend range, and the zones of MPE. */
function setParameter(channel: number, number: number, value: number): void {
  if (number === RPN_HIGH) parameters[channel] = value > 0 ? NOT_MOVED : 0;
  else if (number === RPN_LOW && parameters[channel] >= 0) parameters[channel] = value;
  else if (number === DATA_ENTRY && parameters[channel] === RPN_BEND_RANGE) {
    // Members of a zone share theirs.
    for (let one = 1; one < CHANNELS; one++) {
      if (one === channel || (masters[channel] > 0 && masters[one] === masters[channel])) ranges[one] = value;
    }
  } else if (number === DATA_ENTRY && parameters[channel] === RPN_MPE) {
    if (channel === 1 || channel === LAST_CHANNEL) makeZone(channel, Math.min(value, LAST_CHANNEL - 1));
  }
}

function makeZone(master: number, members: number): void {
  ranges[master] = DEFAULT_RANGE;
  for (let one = 1; one < CHANNELS; one++) {
    const distance = Math.abs(one - master);
    if (distance > 0 && distance <= members) {
      masters[one] = master;
      ranges[one] = MPE_RANGE;
    } else if (masters[one] === master) {
      masters[one] = 0;
      ranges[one] = DEFAULT_RANGE;
    }
  }
}

// What instances read. Channels are whole numbers from 0 to 16.

/** @internal */
export const midiChannel = (channel: number): number =>
  channel >= 1 && channel <= LAST_CHANNEL ? Math.floor(channel) : 0;
/** @internal */
export const midiCount = (): number => count;
/** @internal */
export const midiWord = (event: number, word: number): number => inbox[WORDS * event + word];
/** @internal */
export const keyNote = (channel: number): number => notes[channel];
/** @internal */
export const keyGate = (channel: number): number => held[channel];
/** @internal */
export const keyTrig = (channel: number): number => trigs[channel];
/** @internal */
export const keyVelocity = (channel: number): number => velocities[channel];
/** @internal */
export const channelBend = (channel: number): number => bends[channel];
/** @internal */
export const channelPressure = (channel: number): number => pressures[channel];
/** In semitones, with what the master of its zone adds. @internal */
export const voiceBend = (channel: number): number => {
  const master = masters[channel];
  return bends[channel] * ranges[channel] + (master > 0 ? bends[master] * ranges[master] : 0);
};
/** @internal */
export const voicePressure = (channel: number): number => {
  const master = masters[channel];
  return Math.max(pressures[channel], master > 0 ? pressures[master] : 0);
};
/** 0 to 127; below 0: it was not moved. @internal */
export const controllerValue = (channel: number, number: number): number => controllers[KEYS * channel + number];
