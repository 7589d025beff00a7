/**
 * What comes from MIDI devices, gamepads, the piano and the computer's keys: on to the patch, and to the controls that have learned a
 * controller. In: events. Out: events for the sound, moves, the model's `midi`. Main thread.
 */

import type { PadPart } from '../engine/gamepads.ts';
import type { MidiDevice, MidiInput } from '../engine/midiInput.ts';
import { valueAt } from '../protocol/controlRange.ts';
import type { ControlState, ControlValue } from '../protocol/controls.ts';
import type { MidiEvent } from '../protocol/hostEvents.ts';
import type { ControlBoard } from './controlBoard.ts';
import type { Model } from './model.ts';

/** A MIDI controller, and the channel on which it was moved; or what `of` says of the gamepad `channel`. */
export interface Controller {
  readonly number: number;
  readonly channel: number;
  readonly of?: PadPart['kind'];
}

export interface MidiState {
  readonly access: MidiInput['state'];
  readonly devices: readonly MidiDevice[];
  /** Null: all of them. */
  readonly chosen: string | null;
  /** The control that the next controller is for; null: none learns. */
  readonly learning: string | null;
  /** By the name of the control. */
  readonly learned: Readonly<Record<string, Controller>>;
}

export const NO_MIDI: MidiState = { access: 'off', devices: [], chosen: null, learning: null, learned: {} };

export interface MidiParts {
  readonly model: Pick<Model, 'midi' | 'controls'>;
  readonly input: Pick<MidiInput, 'open' | 'choose' | 'state' | 'devices' | 'chosen'>;
  readonly board: Pick<ControlBoard, 'move' | 'release'>;
  /** To the sound; without a time, as soon as may be. */
  readonly send: (event: MidiEvent, timeStampMs?: number) => void;
  /** Keeps what was learned. */
  readonly keep: (learned: MidiState['learned']) => void;
}

const PAD_KINDS: readonly PadPart['kind'][] = ['axis', 'button'];
const MAX_VALUE = 127;
/** From here on something is on: 64 of 127. */
const HALF = 0.5;

export class MidiHands {
  readonly #parts: MidiParts;

  constructor(parts: MidiParts, learned: MidiState['learned'] = {}) {
    this.#parts = parts;
    parts.model.midi.value = { ...NO_MIDI, access: parts.input.state, learned };
  }

  /** Asks for the devices, in the handler of a click. */
  open(): void {
    void this.#parts.input.open();
  }

  choose(id: string | null): void {
    this.#parts.input.choose(id);
  }

  /** Devices have come or gone, or access was given or refused. */
  changed(): void {
    const { input } = this.#parts;
    this.#set({ access: input.state, devices: input.devices, chosen: input.chosen });
  }

  /** The next controller that is moved is for this control; null: for none. */
  learn(name: string | null): void {
    if (name !== null) this.open();
    this.#set({ learning: name });
  }

  forget(name: string): void {
    const { [name]: _, ...learned } = this.#parts.model.midi.value.learned;
    this.#learned(learned);
  }

  /** A gamepad was moved; `isMeant`: so far that a control may learn it. */
  pad({ pad, kind, number }: PadPart, position: number, isMeant: boolean): void {
    this.#turn({ number, channel: pad, of: kind }, position, isMeant);
  }

  /** Something was played. */
  play(event: MidiEvent, timeStampMs?: number): void {
    if (event.kind === 'cc') {
      this.#turn({ number: event.number, channel: event.channel ?? 1 }, event.value / MAX_VALUE, true);
    }
    this.#parts.send(event, timeStampMs);
  }

  #turn(controller: Controller, position: number, isMeant: boolean): void {
    const { model, board } = this.#parts;
    const { learning, learned } = model.midi.value;
    if (learning !== null && isMeant) {
      this.#set({ learning: null });
      // An edit may have taken the control away since.
      const isThere = model.controls.value.some(({ declaration }) => declaration.name === learning);
      if (isThere) this.#learned({ ...learned, [learning]: controller });
    }
    for (const state of model.controls.value) {
      const own = learnedBy(model.midi.value.learned, state.declaration.name);
      const value = own ? controlled(state, own, controller, position) : null;
      if (value !== null) board.move(state.declaration.name, value);
    }
  }

  #learned(learned: MidiState['learned']): void {
    this.#set({ learned });
    this.#parts.keep(learned);
  }

  #set(change: Partial<MidiState>): void {
    const { midi } = this.#parts.model;
    midi.value = { ...midi.value, ...change };
  }
}

/** What a control has learned, whatever it is called. */
export const learnedBy = (learned: MidiState['learned'], name: string): Controller | undefined =>
  Object.hasOwn(learned, name) ? learned[name] : undefined;

/**
 * Where a controller at a position, 0 to 1, puts a control that has learned `own`; null: it leaves it where it is. Of an `xy` it moves x, but
 * a stick moves both. A button of a gamepad, which nobody holds for long, switches a toggle with each press.
 */
export function controlled(
  { declaration, value }: ControlState,
  own: Controller,
  controller: Controller,
  position: number,
): ControlValue | null {
  if (own.of !== controller.of || own.channel !== controller.channel) return null;
  const { kind } = declaration;
  const isOn = position >= HALF;
  const isOwn = own.number === controller.number;
  if (kind === 'xy') {
    const [x, y] = typeof value === 'number' ? [value, value] : value;
    if (own.of !== 'axis') return isOwn ? [valueAt(position, declaration), y] : null;
    if (own.number >> 1 !== controller.number >> 1) return null;
    return controller.number % 2 === 0 ? [valueAt(position, declaration), y] : [x, valueAt(position, declaration)];
  }
  if (!isOwn) return null;
  if (kind === 'toggle' && own.of === 'button') return isOn ? 1 - Number(value) : null;
  return kind === 'toggle' || kind === 'button' ? Number(isOn) : valueAt(position, declaration);
}

/** What it is called where it can be forgotten. */
export const controllerText = ({ number, channel, of }: Controller): string =>
  of === undefined ? `CC ${number}, channel ${channel}` : `${of} ${number + 1} of gamepad ${channel + 1}`;

/** What was kept, as far as it makes sense. */
export function readLearned(kept: unknown): MidiState['learned'] {
  if (typeof kept !== 'object' || kept === null) return {};
  const isByte = (value: unknown): value is number =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_VALUE;
  return Object.fromEntries(
    Object.entries(kept).flatMap(([name, controller]: [string, unknown]) => {
      const { number, channel, of } = (controller ?? {}) as Readonly<Record<string, unknown>>;
      if (!isByte(number) || !isByte(channel)) return [];
      const kind = PAD_KINDS.find((known) => known === of);
      return [[name, kind === undefined ? { number, channel } : { number, channel, of: kind }]];
    }),
  );
}
