/**
 * Values of controls that somebody has moved, as they are kept with a text: in a link, in the browser. In: anything that was
 * stored or came from elsewhere. Out: names and values that may be used. Main thread.
 */

import { MAX_CONTROL_NAME, MAX_CONTROLS, type MovedControl } from '../protocol/controls.ts';
import type { Store } from './store.ts';
import { textName } from './textName.ts';

const KEPT = 'segue.moved';
/** Texts whose values are kept. */
const MAX_TEXTS = 64;

type Stored = readonly (readonly [name: string, ...values: number[]])[];

export const storedMoved = (moved: readonly MovedControl[]): Stored =>
  moved.map(({ name, value }) => (typeof value === 'number' ? [name, value] : [name, ...value]));

/** What is not as it should be is left out; never throws. */
export function readMoved(stored: unknown): readonly MovedControl[] {
  if (!Array.isArray(stored)) return [];
  return stored.slice(0, MAX_CONTROLS).flatMap((entry: unknown): MovedControl[] => {
    if (!Array.isArray(entry)) return [];
    const [name, x, y] = entry as readonly unknown[];
    if (typeof name !== 'string' || name.length > MAX_CONTROL_NAME || !isNumber(x)) return [];
    if (entry.length === 2) return [{ name, value: x }];
    return entry.length === 3 && isNumber(y) ? [{ name, value: [x, y] }] : [];
  });
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** What was moved in which text; that which was kept last counts, and too many are forgotten. */
export class MovedMemory {
  readonly #store: Store | null;

  constructor(store: Store | null) {
    this.#store = store;
  }

  of(text: string): readonly MovedControl[] {
    const name = textName(text);
    return readMoved(this.#all.find(([known]) => known === name)?.[1]);
  }

  keep(text: string, moved: readonly MovedControl[]): void {
    const name = textName(text);
    const others = this.#all.filter(([known]) => known !== name);
    const all = moved.length > 0 ? [[name, storedMoved(moved)], ...others] : others;
    try {
      this.#store?.setItem(KEPT, JSON.stringify(all.slice(0, MAX_TEXTS)));
    } catch {
      // Values that are lost are the text's own again, which is told nowhere else either.
    }
  }

  get #all(): readonly (readonly [name: unknown, moved: unknown])[] {
    try {
      const all: unknown = JSON.parse(this.#store?.getItem(KEPT) ?? '[]');
      return Array.isArray(all) ? all.filter((entry): entry is [unknown, unknown] => Array.isArray(entry)) : [];
    } catch {
      return [];
    }
  }
}
