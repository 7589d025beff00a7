/**
 * Which text plays, which one was set aside, and what the last generations were made from. In: what became of swaps.
 * Out: answers to the conductor and to whoever marks places. Knows nobody.
 */

import { KeptTexts } from './texts.ts';

export class Played {
  readonly #texts = new KeptTexts();
  #text: string | null = null;
  #setAside: string | null = null;
  #stepsBack = 0;

  /** The text that plays; null when that is not known. */
  get text(): string | null {
    return this.#text;
  }

  /** Undos since the last evaluation that was taken in. */
  get stepsBack(): number {
    return this.#stepsBack;
  }

  /** Whether there is only one generation as yet. */
  get isFirst(): boolean {
    return this.#texts.size <= 1;
  }

  /** The text of a generation; null when it is not known, or known no more. */
  of(generation: number | null): string | null {
    return this.#texts.of(generation);
  }

  keep(generation: number, text: string): void {
    this.#texts.keep(generation, text);
  }

  /** Whether play has no need to compile `text`: it plays, or it plays no more because of an undo or a trap. */
  isTried(text: string): boolean {
    return text === this.#text || text === this.#setAside;
  }

  /** The text in the editor was evaluated, and plays. */
  takenIn(text: string): void {
    this.#text = text;
    this.#setAside = null;
    this.#stepsBack = 0;
  }

  /** A generation was brought back; `isFurther`: an older one than played. */
  wentBack(generation: number, editorText: string, isFurther: boolean): void {
    this.#text = this.of(generation);
    this.#setAside = editorText;
    if (isFurther) this.#stepsBack++;
  }

  /** A trap ended `from`; `to` plays instead, nothing if null. */
  rolledBack(from: number, to: number | null): void {
    this.#text = this.of(to);
    this.#setAside = to === null ? null : this.of(from);
  }

  /** What played goes on under another number. */
  resumed(generation: number, text: string): void {
    this.keep(generation, text);
    this.#text = text;
  }
}
