/**
 * Which tab this is, and what was in it before it was loaded again: tabs share one memory, and none is to lose its text to
 * another. What is written down when a page is left is taken out when it is there again, so that a tab that is duplicated
 * gets a name of its own. Main thread.
 */

import type { Store } from './store.ts';

/** A tab, with what it was left with; null when it is new. */
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
