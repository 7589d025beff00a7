/**
 * The names of the standard library as the documentation tells them. Out: every name that is global in a patch, with its
 * signature, what its comment says, and its example. Node only.
 */

import { LibraryDocs, type LibraryEntry } from '../src/compiler/service/libraryDocs.ts';
import { readLibrary } from '../src/node/librarySource.ts';

export interface DocumentedName extends LibraryEntry {
  /** From src/library/dsp on. */
  readonly file: string;
}

const FOLDER = 'dsp/';

/** In the order of their files, and there in that of the text. */
export function documentedNames(): DocumentedName[] {
  const docs = new LibraryDocs(readLibrary());
  return [...docs.names].flatMap((name) => {
    const entry = docs.find(name);
    return entry ? [{ ...entry, file: entry.path.slice(FOLDER.length) }] : [];
  });
}
