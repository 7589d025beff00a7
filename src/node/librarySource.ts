/** Reads the modules of src/library from disk, for sessions in Node. */

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LibrarySource } from '../compiler/library.ts';
import { isLibraryModule } from '../library/modules.ts';

const FOLDER = path.join(import.meta.dirname, '../library');

let sources: LibrarySource[] | null = null;

/** The same array every time, so that sessions share what is derived from it. */
export function readLibrary(): LibrarySource[] {
  sources ??= readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll(path.sep, '/'))
    .filter(isLibraryModule)
    .sort()
    .map((name) => ({ name, text: readFileSync(path.join(FOLDER, name), 'utf8') }));
  return sources;
}
