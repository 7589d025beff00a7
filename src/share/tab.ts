/**
 * Which tab this is, and what was in it before it was loaded again: tabs share one memory, and none may lose its text
 * to another. What is stored when a page is left is removed when it is loaded again, so that a duplicated tab gets its
 * own name. Main thread.
 */

import type { Store } from './store.ts';

/** A tab and the text it was left with; null if it is new. */
export interface Tab {
  readonly name: string;
  readonly text: string | null;
}

const LEFT = 'segue.tab';

/** Finds out which tab this is. `store` lasts as long as the tab and is its own; null where that is refused. */
export function takeTab(store: Store | null, newName: () => string): Tab {
  try {
    const left: unknown = JSON.parse(store?.getItem(LEFT) ?? 'null');
    store?.removeItem(LEFT);
    const { name, text } = (left ?? {}) as { readonly name?: unknown; readonly text?: unknown };
    if (typeof name === 'string') return { name, text: typeof text === 'string' ? text : null };
  } catch {
    // What cannot be read was not written here.
  }
  return { name: newName(), text: null };
}

/** To be called when the page is left. */
export function leaveTab(store: Store | null, { name, text }: Tab): void {
  try {
    store?.setItem(LEFT, JSON.stringify({ name, text }));
  } catch {
    // The patch itself is in the memory of all tabs.
  }
}
