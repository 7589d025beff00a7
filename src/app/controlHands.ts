/**
 * What the views of controls do: move, release, and write values into the text, which is an edit like any other. In: wishes.
 * Out: calls of the board, edits, an evaluation. Main thread.
 */

import type { ControlValue } from '../protocol/controls.ts';
import type { ControlBoard } from './controlBoard.ts';
import type { Message, Model } from './model.ts';
import { namesText } from './swaps.ts';
import { type TextEdit, writeBack } from './writeBack.ts';

export interface HandsParts {
  readonly model: Pick<Model, 'controls' | 'code' | 'settings'>;
  readonly board: Pick<ControlBoard, 'move' | 'release' | 'writtenBack'>;
  readonly code: { readonly text: string; edit(edits: readonly TextEdit[]): void };
  /** To be called when the text was changed on purpose. */
  readonly evaluate: () => void;
  readonly say: (note: Message) => void;
}

export interface Hands {
  move(name: string, value: ControlValue): void;
  /** Back to what the text says. */
  release(name: string): void;
  /** Writes values into the text: of these, or of all that were moved. One step of the editor's undo. */
  writeBack(names?: readonly string[]): void;
}

export function createHands({ model, board, code, evaluate, say }: HandsParts): Hands {
  return {
    move: (name, value) => void board.move(name, value),
    release: (name) => void board.release(name),
    writeBack: (names) => {
      const moved = model.controls.value.filter(
        ({ declaration, isMoved }) => isMoved && (names?.includes(declaration.name) ?? true),
      );
      const written = writeBack(code.text, model.code.value.text, moved);
      if (written.refused.length > 0) say(notWritten(written.refused));
      if (written.names.length === 0) return;
      code.edit(written.edits);
      for (const name of written.names) board.writtenBack(name);
      if (model.settings.value.autoEvaluate) evaluate();
    },
  };
}

const notWritten = (names: readonly string[]): Message => ({
  tone: 'warning',
  text: `Not written: the text computes the value of ${namesText(names)}, or was edited there.`,
});
