/**
 * Opens the text of this page in a new tab, which has audio of its own: for when that of this tab is frozen. What froze it
 * is not played there. In: the text, and what the browser keeps of it. Out: an address to open. Main thread.
 */

import { toFragment } from '../share/link.ts';

/** Says in an address that its text froze the audio, where the browser does not keep that. */
export const HELD = '?held';

export interface NewTabParts {
  readonly readText: () => string;
  /** Writes down what is not saved yet. */
  readonly save: () => void;
  /** The patch that a new page opens; null: none. */
  readonly saved: () => string | null;
  readonly frozen: { of(text: string): unknown; isKept(text: string): boolean };
  /** Opens an address relative to this page's own, in a tab that has nothing to do with this one. */
  readonly open: (address: string) => void;
}

export function openNewTab({ readText, save, saved, frozen, open }: NewTabParts): void {
  save();
  const text = readText();
  const query = frozen.of(text) !== null && !frozen.isKept(text) ? HELD : '';
  const fragment = saved() === text ? '' : (toFragment(text) ?? '');
  open(query + fragment);
}
