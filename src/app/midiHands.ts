/**
 * What comes from MIDI devices, the piano and the computer's keys: on to the patch, and to the controls that have learned a
 * controller. In: events. Out: events for the sound, moves, the model's `midi`. Main thread.
 */

import type { MidiDevice, MidiInput } from '../engine/midiInput.ts';
import { valueAt } from '../protocol/controlRange.ts';
import type { ControlDeclaration, ControlValue } from '../protocol/controls.ts';
import type { MidiEvent } from '../protocol/hostEvents.ts';
import type { ControlBoard } from './controlBoard.ts';
import type { Model } from './model.ts';

/** A controller, and the channel on which it was moved. */
export interface Controller {
  readonly number: number;
  readonly channel: number;
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

const MAX_VALUE = 127;
/** From here on something is on. */
const HALF = 64;

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

  /** Something was played. */
  play(event: MidiEvent, timeStampMs?: number): void {
    if (event.kind === 'cc') this.#turn(event.number, event.value, event.channel ?? 1);
    this.#parts.send(event, timeStampMs);
  }

  #turn(number: number, value: number, channel: number): void {
    const { model, board } = this.#parts;
    const { learning, learned } = model.midi.value;
    if (learning !== null) {
      this.#set({ learning: null });
      this.#learned({ ...learned, [learning]: { number, channel } });
    }
    for (const { declaration } of model.controls.value) {
      const controller = model.midi.value.learned[declaration.name];
      if (controller?.number !== number || controller.channel !== channel) continue;
      board.move(declaration.name, controlled(value, declaration));
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

/** Where a controller, 0 to 127, puts a control. Of an `xy` it moves x. */
export function controlled(value: number, declaration: ControlDeclaration): ControlValue {
  const { kind, defaultValue } = declaration;
  if (kind === 'toggle' || kind === 'button') return value >= HALF ? 1 : 0;
  const position = value / MAX_VALUE;
  if (kind === 'xy') return [valueAt(position, declaration), typeof defaultValue === 'number' ? 0 : defaultValue[1]];
  return valueAt(position, declaration);
}

/** What was kept, as far as it makes sense. */
export function readLearned(kept: unknown): MidiState['learned'] {
  if (typeof kept !== 'object' || kept === null) return {};
  const isByte = (value: unknown): value is number =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_VALUE;
  return Object.fromEntries(
    Object.entries(kept).flatMap(([name, controller]: [string, unknown]) => {
      const { number, channel } = (controller ?? {}) as { readonly number?: unknown; readonly channel?: unknown };
      return isByte(number) && isByte(channel) ? [[name, { number, channel }]] : [];
    }),
  );
}
