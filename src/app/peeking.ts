/**
 * The value of a line or a selection, on request: asked of the compiler, shown beside the text until that is edited. In:
 * the key, and edits. Out: the model's `peeked`. Main thread.
 */

import type { Span } from '../protocol/diagnostic.ts';
import type { Evaluated } from '../protocol/peek.ts';
import type { Model } from './model.ts';

export interface PeekingParts {
  readonly model: Pick<Model, 'peeked'>;
  readonly compiler: { evaluate(text: string, place: Span): Promise<Evaluated> };
  readonly code: { readonly text: string; readonly selection: Span };
}

export class Peeking {
  readonly #parts: PeekingParts;
  #serial = 0;

  constructor(parts: PeekingParts) {
    this.#parts = parts;
  }

  /** Never rejects. */
  async ask(): Promise<void> {
    const { model, compiler, code } = this.#parts;
    const { text, selection } = code;
    const serial = ++this.#serial;
    const evaluated = await compiler.evaluate(text, selection);
    if (serial !== this.#serial || text !== code.text) return;
    model.peeked.value = { serial, offset: selection.end, evaluated };
  }

  /** The text is another: what was said of it may not be so any more. */
  end(): void {
    this.#serial++;
    this.#parts.model.peeked.value = null;
  }
}
