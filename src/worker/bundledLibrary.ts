/** The modules of src/library as text, built into the worker. */

import type { LibrarySource } from '../compiler/library.ts';
import { LIBRARY_MODULES } from '../library/modules.ts';

const TEXTS: Readonly<Record<string, string>> = import.meta.glob(
  [
    '../library/math/*.ts',
    '../library/*.ts',
    '!../library/modules.ts',
    '!../library/intrinsics.ts',
    '!../library/*.test.ts',
    '!../library/math/*.test.ts',
    '!../library/math/intrinsics.ts',
  ],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);

export function bundledLibrary(): LibrarySource[] {
  return LIBRARY_MODULES.map((path) => ({
    name: path.replace(/^.*\//, ''),
    text: TEXTS[`../library/${path}`] ?? '',
  }));
}
