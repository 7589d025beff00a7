/** The texts of the last generations: to find the line of a trap, and what an edit changed. Pure. */

/** More than the worker keeps generations. */
const MAX_KEPT_TEXTS = 16;

export class KeptTexts {
  readonly #texts = new Map<number, string>();

  get size(): number {
    return this.#texts.size;
  }

  /** The text of a generation; null if it is not known, or no longer. */
  of(generation: number | null): string | null {
    return generation === null ? null : (this.#texts.get(generation) ?? null);
  }

  keep(generation: number, text: string): void {
    this.#texts.delete(generation);
    this.#texts.set(generation, text);
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= MAX_KEPT_TEXTS) break;
      this.#texts.delete(oldest);
    }
  }
}
