/** Reads the modules of src/library from disk, for sessions in Node. */

import { readFileSync } from 'node:fs';
import type { LibrarySource } from '../compiler/library.ts';
import { LIBRARY_MODULES } from '../library/modules.ts';

let sources: LibrarySource[] | null = null;

/** The same array every time, so that sessions share what is derived from it. */
export function readLibrary(): LibrarySource[] {
  sources ??= LIBRARY_MODULES.map((path) => ({
    name: path.replace(/^.*\//, ''),
    text: readFileSync(new URL(`../library/${path}`, import.meta.url), 'utf8'),
  }));
  return sources;
}
