/** The modules of src/library with their comments, for the editor's help. Loaded when it is first asked for. */

import type { LibrarySource } from '../compiler/library.ts';
import { isLibraryModule } from '../library/modules.ts';

const FOLDER = '../library/';

const TEXTS: Readonly<Record<string, string>> = import.meta.glob(
  [
    '../library/**/*.ts',
    '!../library/modules.ts',
    '!../library/**/intrinsics.ts',
    '!../library/**/*.d.ts',
    '!../library/**/*.test.ts',
    '!../library/**/testing/**',
  ],
  { query: '?raw', import: 'default', eager: true },
);

export const documentedLibrary = (): readonly LibrarySource[] =>
  Object.entries(TEXTS)
    .map(([path, text]) => ({ name: path.slice(FOLDER.length), text }))
    .filter(({ name }) => isLibraryModule(name));
