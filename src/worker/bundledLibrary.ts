/** The modules of src/library as text, built into the worker, without their comments. */

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
  {
    query: '?lean',
    import: 'default',
    eager: true,
  },
);

const SOURCES: readonly LibrarySource[] = Object.entries(TEXTS)
  .map(([path, text]) => ({ name: path.slice(FOLDER.length), text }))
  .filter(({ name }) => isLibraryModule(name));

/** The same list each time, so that sessions share what is derived from it. */
export const bundledLibrary = (): readonly LibrarySource[] => SOURCES;
