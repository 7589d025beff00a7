/**
 * Moved values belong to their text: they come back with it after a reload, from a link, from what was saved, and are kept as
 * they change. In: texts that are opened, moves. Out: what the board begins with. Main thread.
 */

import type { MovedControl } from '../protocol/controls.ts';
import type { MovedMemory } from '../share/movedValues.ts';
import type { ControlBoard } from './controlBoard.ts';

export interface KeptValuesParts {
  readonly board: Pick<ControlBoard, 'moved' | 'preset'>;
  readonly memory: Pick<MovedMemory, 'of' | 'keep'>;
  readonly readText: () => string;
  /** Which piece the text in the editor is of. */
  readonly piece: () => number;
  readonly kept: () => void;
}

/** Kept after a pause this long in moving and typing. */
const KEEP_AFTER_MS = 300;

export class KeptValues {
  readonly #parts: KeptValuesParts;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: KeptValuesParts) {
    this.#parts = parts;
  }

  /** The text in the editor was opened. `given`: the values that came with it; null: those that it had here. */
  opened(given: readonly MovedControl[] | null = null): void {
    const { board, memory, readText, piece } = this.#parts;
    clearTimeout(this.#pause);
    board.preset(given ?? memory.of(readText()), piece());
  }

  /** Values that belong to the text in the editor. */
  get now(): readonly MovedControl[] {
    const { board, piece } = this.#parts;
    return board.moved(piece());
  }

  /** Something was moved, or the text is another. */
  changed(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.keep(), KEEP_AFTER_MS);
  }

  keep(): void {
    clearTimeout(this.#pause);
    const { memory, readText, kept } = this.#parts;
    memory.keep(readText(), this.now);
    kept();
  }
}
