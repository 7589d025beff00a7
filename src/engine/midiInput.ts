/**
 * MIDI devices by Web MIDI: asks for access when somebody wants it and not before, listens to one device or to all. Out: events
 * with their time stamps, and which devices there are. Main thread.
 */

import type { MidiEvent } from '../protocol/hostEvents.ts';
import { midiEventOf } from './midiMessage.ts';

export interface MidiDevice {
  readonly id: string;
  readonly name: string;
}

/** `missing`: the browser has no MIDI. `refused`: the visitor or the browser does not allow it. */
export type MidiAccessState = 'missing' | 'off' | 'refused' | 'on';

export interface MidiInputEvents {
  /** `timeStampMs`: on the clock of `performance.now`. */
  event(event: MidiEvent, timeStampMs: number): void;
  /** Another state, or other devices. */
  changed(): void;
}

export class MidiInput {
  readonly #events: MidiInputEvents;
  #access: MIDIAccess | null = null;
  #isRefused = false;
  /** The device that is listened to; null: all. */
  #chosen: string | null = null;

  constructor(events: MidiInputEvents) {
    this.#events = events;
  }

  get state(): MidiAccessState {
    if (this.#access) return 'on';
    if (!('requestMIDIAccess' in navigator)) return 'missing';
    return this.#isRefused ? 'refused' : 'off';
  }

  get devices(): readonly MidiDevice[] {
    return [...(this.#access?.inputs.values() ?? [])]
      .filter(({ state }) => state === 'connected')
      .map(({ id, name }) => ({ id, name: name ?? 'device without a name' }));
  }

  get chosen(): string | null {
    return this.#chosen;
  }

  /** To be called in the handler of a click: browsers ask the visitor. Never rejects. */
  async open(): Promise<void> {
    if (this.state === 'missing' || this.#access) return;
    try {
      this.#access = await navigator.requestMIDIAccess();
      this.#access.addEventListener('statechange', () => this.#listen());
      this.#listen();
    } catch {
      this.#isRefused = true;
      this.#events.changed();
    }
  }

  choose(id: string | null): void {
    this.#chosen = id;
    this.#listen();
  }

  #listen(): void {
    for (const input of this.#access?.inputs.values() ?? []) {
      const isHeard = this.#chosen === null || input.id === this.#chosen;
      input.onmidimessage = isHeard ? ({ data, timeStamp }) => this.#receive(data, timeStamp) : null;
    }
    this.#events.changed();
  }

  #receive(data: Uint8Array | null, timeStampMs: number): void {
    const event = data && midiEventOf(data);
    if (event) this.#events.event(event, timeStampMs);
  }
}
