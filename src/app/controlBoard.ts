/**
 * The controls of the patch that plays, and what was moved. In: what patches declare (from the worker), moves by the panel, the
 * inline widgets, `window.segue`. Out: the model's `controls`, and events for the processor. It remembers moved values by name and
 * piece, so that they outlive an edit that drops a name, the processor and the worker. Main thread.
 */

import type { Signal } from '@preact/signals';
import { valueOfControl } from '../protocol/controlRange.ts';
import type { ControlDeclaration, ControlState, ControlValue, MovedControl } from '../protocol/controls.ts';
import type { ControlEvent } from '../protocol/hostEvents.ts';

export interface ControlBoardParts {
  /** Written here and nowhere else. */
  readonly controls: Signal<readonly ControlState[]>;
  /** To the processor. */
  readonly send: (event: ControlEvent) => void;
}

export class ControlBoard {
  readonly #parts: ControlBoardParts;
  /** By piece: another piece's controls are others, whatever they are called. */
  readonly #moved = new Map<number, Map<string, ControlValue>>();
  /** Values that are no defaults and do not count as moved: buttons that are held, what was written back just now. */
  readonly #resting = new Map<string, { readonly value: ControlValue; readonly instead: ControlValue }>();
  #piece = 0;

  constructor(parts: ControlBoardParts) {
    this.#parts = parts;
  }

  /** What plays declares these, and is of this piece. */
  declare(declarations: readonly ControlDeclaration[], piece = this.#piece): void {
    const isOtherPiece = piece !== this.#piece;
    this.#piece = piece;
    this.#show(declarations);
    // What was moved in the meantime went to the piece before.
    if (isOtherPiece) this.resend();
  }

  /** Values that come with the text of a piece, whatever was moved in it before. */
  preset(moved: readonly MovedControl[], piece: number): void {
    this.#moved.set(piece, new Map(moved.map(({ name, value }) => [name, value])));
    if (piece !== this.#piece) return;
    this.resend();
    this.#show(this.#declarations());
  }

  /**
   * Moves a control: heard at once, and kept until `release` or `writeBack`. The value is clamped to what the control can have.
   * False where what plays has no such control.
   */
  move(name: string, value: ControlValue): boolean {
    const state = this.#of(name);
    if (!state) return false;
    const possible = valueOfControl(value, state.declaration);
    const { kind, defaultValue } = state.declaration;
    // A button is held, not moved.
    if (kind === 'button') this.#resting.set(name, { value: possible, instead: defaultValue });
    else this.#movedNow().set(name, possible);
    this.#parts.send({ kind: 'control', name, value: possible });
    this.#show(this.#declarations());
    return true;
  }

  /** Back to what the text says. False where what plays has no such control. */
  release(name: string): boolean {
    const state = this.#of(name);
    if (!state) return false;
    this.#movedNow().delete(name);
    this.#resting.delete(name);
    this.#parts.send({ kind: 'release', name });
    this.#show(this.#declarations());
    return true;
  }

  /** The text now says the value that was moved to: it is heard on, and no longer counts as moved. */
  writtenBack(name: string): void {
    const state = this.#of(name);
    if (!state) return;
    this.#movedNow().delete(name);
    // It stays where it is until a patch says another default, here and in the processor.
    this.#resting.set(name, { value: state.value, instead: state.declaration.defaultValue });
    this.#parts.send({ kind: 'settle', name });
    this.#show(this.#declarations());
  }

  /** What was moved in a piece, for the worker to try patches with. */
  moved(piece: number): readonly MovedControl[] {
    return [...(this.#moved.get(piece) ?? [])].map(([name, value]) => ({ name, value }));
  }

  /** Tells all moved values to a processor that does not know them. */
  resend(): void {
    for (const { name, value } of this.moved(this.#piece)) this.#parts.send({ kind: 'control', name, value });
  }

  #movedNow(): Map<string, ControlValue> {
    const moved = this.#moved.get(this.#piece) ?? new Map<string, ControlValue>();
    this.#moved.set(this.#piece, moved);
    return moved;
  }

  #of(name: string): ControlState | undefined {
    return this.#parts.controls.peek().find(({ declaration }) => declaration.name === name);
  }

  #declarations(): readonly ControlDeclaration[] {
    return this.#parts.controls.peek().map(({ declaration }) => declaration);
  }

  #show(declarations: readonly ControlDeclaration[]): void {
    const moved = this.#movedNow();
    this.#parts.controls.value = declarations.map((declaration) => {
      const { name, defaultValue } = declaration;
      const value = moved.get(name);
      if (value !== undefined) return { declaration, value: valueOfControl(value, declaration), isMoved: true };
      const resting = this.#resting.get(name);
      if (resting && String(resting.instead) === String(defaultValue)) {
        return { declaration, value: valueOfControl(resting.value, declaration), isMoved: false };
      }
      this.#resting.delete(name);
      return { declaration, value: defaultValue, isMoved: false };
    });
  }
}
