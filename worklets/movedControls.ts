/**
 * What somebody has moved, by name: the one truth about the values of controls on the audio thread, whichever arena plays. In:
 * control events, and the controls of what begins to play. Out: values. Audio thread and Node; allocates only where a name is new.
 */

import type { ControlValue } from '../src/protocol/controls.ts';
import type { ControlInput, HostInputs } from '../src/protocol/hostInputs.ts';
import { fitting } from './hostCells.ts';
import { f64Index } from './memoryViews.ts';

/** Names beyond that are not remembered. */
const MAX_NAMES = 1024;

interface Moved {
  x: number;
  y: number;
  /** The defaults for which it stays although it no longer counts as moved; null: it counts. */
  instead: { readonly value: number; readonly second: number } | null;
}

export class MovedControls {
  readonly #moved = new Map<string, Moved>();
  #piece: number | null = null;
  /** Controls of what began to play last. */
  #controls: readonly ControlInput[] = [];

  /** This begins to play. Values of another piece, and those that stayed for the sake of another default, are forgotten. */
  adopt({ piece, moved, controls }: HostInputs): void {
    this.#controls = controls;
    if (piece !== this.#piece) {
      this.#moved.clear();
      this.#piece = piece;
      for (const { name, value } of moved) this.move(name, value);
    }
    for (const { name, value, second } of controls) {
      const instead = this.#moved.get(name)?.instead;
      if (instead && (instead.value !== value || instead.second !== second)) this.#moved.delete(name);
    }
  }

  /** The control of that name in what began to play last. */
  of(name: string): ControlInput | null {
    for (const control of this.#controls) if (control.name === name) return control;
    return null;
  }

  move(name: string, value: ControlValue): void {
    const [x, y] = typeof value === 'number' ? [value, value] : value;
    const known = this.#moved.get(name);
    if (known) {
      known.x = x;
      known.y = y;
      known.instead = null;
    } else if (this.#moved.size < MAX_NAMES) {
      this.#moved.set(name, { x, y, instead: null });
    }
  }

  /** It stands where the text says. */
  release(name: string): void {
    this.#moved.delete(name);
  }

  /** It stays until the text says another default. */
  settle(name: string): void {
    const known = this.#moved.get(name);
    const control = this.of(name);
    if (known && control) known.instead = { value: control.value, second: control.second };
  }

  /** Writes the values of all controls, or of one, into an arena. */
  writeTo(f64: Float64Array, base: number, { controls }: HostInputs, only: string | null = null): void {
    for (const control of controls) {
      if (only !== null && control.name !== only) continue;
      const moved = this.#moved.get(control.name);
      const { offset, secondOffset, value, second } = control;
      f64[f64Index(base + offset)] = moved ? fitting(control, moved.x, value) : value;
      if (secondOffset === null) continue;
      f64[f64Index(base + secondOffset)] = moved ? fitting(control, moved.y, second) : second;
    }
  }
}
