/** The modules of src/library/dsp as they are, with their comments: for what shows them, which loads this when it is needed. */

import type { LibrarySource } from '../compiler/library.ts';
import { isLibraryModule } from '../library/modules.ts';

const FOLDER = '../library/';

const TEXTS: Readonly<Record<string, string>> = import.meta.glob(
  ['../library/dsp/**/*.ts', '!../library/**/*.d.ts', '!../library/**/*.test.ts', '!../library/**/testing/**'],
  { query: '?raw', import: 'default', eager: true },
);

export function documentedLibrary(): LibrarySource[] {
  return Object.entries(TEXTS)
    .map(([path, text]) => ({ name: path.slice(FOLDER.length), text }))
    .filter(({ name }) => isLibraryModule(name));
}
