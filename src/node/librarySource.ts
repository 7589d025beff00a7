/** Reads the modules of src/library from disk, for sessions in Node. */

import { readFileSync } from 'node:fs';
import type { LibrarySource } from '../compiler/library.ts';
import { LIBRARY_MODULES } from '../library/modules.ts';

export function readLibrary(): LibrarySource[] {
  return LIBRARY_MODULES.map((path) => ({
    name: path.replace(/^.*\//, ''),
    text: readFileSync(new URL(`../library/${path}`, import.meta.url), 'utf8'),
  }));
}
