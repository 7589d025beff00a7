/**
 * Patches that were saved by hand: they stay for as long as the browser keeps anything, however many there are, and each is
 * there once. In and out: texts. A refusal (a private window, an embedded page, a full disk) is told to whoever saves.
 * Main thread, asynchronous.
 */

import { entries, get, set } from 'idb-keyval';
import type { MovedControl } from '../protocol/controls.ts';
import { databaseStore } from '../storage/database.ts';
import { readMoved, storedMoved } from './movedValues.ts';

export interface SavedPatch {
  readonly text: string;
  /** When it was saved last, in milliseconds since 1970. */
  readonly savedMs: number;
  /** Where its controls stood. */
  readonly moved: readonly MovedControl[];
}

export interface Archive {
  /** Whether the text is there from now on. Never rejects. */
  save(text: string, moved: readonly MovedControl[]): Promise<boolean>;
  /** All that were ever saved, the newest first; none where they cannot be read. Never rejects. */
  all(): Promise<readonly SavedPatch[]>;
}

export function browserArchive(): Archive {
  const store = databaseStore('segue-saved', 'patches');
  return {
    save: async (text, moved) => {
      try {
        const key = await keyOf(text);
        await set(key, { text, savedMs: Date.now(), moved: storedMoved(moved) }, store);
        const kept = await get<unknown>(key, store);
        return isSavedPatch(kept) && kept.text === text;
      } catch {
        return false;
      }
    },
    all: async () => {
      try {
        const found = (await entries<string, unknown>(store)).map(([, saved]) => saved);
        const saved = found.filter(isSavedPatch).map((patch) => ({ ...patch, moved: readMoved(patch.moved) }));
        return saved.sort((a, b) => b.savedMs - a.savedMs);
      } catch {
        return [];
      }
    },
  };
}

/** SHA-256 of the text, so that what is saved twice is there once. */
async function keyOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What was saved before there were controls has no `moved`. */
function isSavedPatch(value: unknown): value is Omit<SavedPatch, 'moved'> & { readonly moved?: unknown } {
  if (typeof value !== 'object' || value === null) return false;
  const { text, savedMs } = value as Partial<Record<keyof SavedPatch, unknown>>;
  return typeof text === 'string' && typeof savedMs === 'number';
}
