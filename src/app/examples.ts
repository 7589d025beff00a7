/** The patches that come with Segue, in the order of their file names. */

import type { Entry } from './model.ts';
import { titleOf } from './title.ts';

/** Entries from texts by path. */
export function entriesFrom(texts: Readonly<Record<string, string>>): readonly Entry[] {
  return Object.keys(texts)
    .sort()
    .map((path) => ({ title: titleOf(texts[path]), text: texts[path] }));
}
