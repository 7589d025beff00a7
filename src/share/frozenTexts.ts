/**
 * Texts in which the audio thread hung. They are not played again by themselves, neither here nor by a page that is loaded
 * later, however this one ends: a browser may have to be told to end it. In and out: texts. Storage may be refused; then
 * they are known to this page only. Main thread.
 */

import type { Store } from './store.ts';

/** `before`: what played before it, and may be played in its place; null: nothing. */
export interface FrozenText {
  readonly text: string;
  readonly before: string | null;
}

const NAME = 'segue.frozen';
/** Few people have more than one. */
const MAX_FROZEN = 4;

export class FrozenTexts {
  readonly #store: Store | null;
  /** The newest first. */
  #here: readonly FrozenText[] = [];
  readonly #released = new Set<string>();

  constructor(store: Store | null) {
    this.#store = store;
  }

  /** What is known of a text; null when it never froze the audio, or was released since. */
  of(text: string): FrozenText | null {
    const isIt = (frozen: FrozenText) => frozen.text === text;
    return this.#here.find(isIt) ?? (this.#released.has(text) ? null : (this.#read().find(isIt) ?? null));
  }

  add(frozen: FrozenText): void {
    const others = ({ text }: FrozenText) => text !== frozen.text;
    this.#released.delete(frozen.text);
    this.#here = [frozen, ...this.#here.filter(others)].slice(0, MAX_FROZEN);
    this.#write([frozen, ...this.#read().filter(others)].slice(0, MAX_FROZEN));
  }

  /** Somebody wants to hear it all the same. */
  release(text: string): void {
    if (this.of(text) === null) return;
    this.#released.add(text);
    this.#here = this.#here.filter((frozen) => frozen.text !== text);
    this.#write(this.#read().filter((frozen) => frozen.text !== text));
  }

  /** Whether a page that is opened now knows of the text. */
  isKept(text: string): boolean {
    return this.#read().some((frozen) => frozen.text === text);
  }

  #read(): FrozenText[] {
    try {
      const found: unknown = JSON.parse(this.#store?.getItem(NAME) ?? '[]');
      return Array.isArray(found) ? found.filter(isFrozenText) : [];
    } catch {
      return [];
    }
  }

  #write(frozen: readonly FrozenText[]): void {
    try {
      if (frozen.length > 0) this.#store?.setItem(NAME, JSON.stringify(frozen));
      else this.#store?.removeItem(NAME);
    } catch {
      // A page that is opened from here is told by its address.
    }
  }
}

function isFrozenText(value: unknown): value is FrozenText {
  if (typeof value !== 'object' || value === null) return false;
  const { text, before } = value as { readonly text?: unknown; readonly before?: unknown };
  return typeof text === 'string' && (before === null || typeof before === 'string');
}
