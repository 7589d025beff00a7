/**
 * Names for parts of the program as they are: other ones as soon as anything in them changes. Build time only.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..');
const COMPILER = ['src/compiler', 'src/language', 'src/library', 'src/protocol'];
const OBJECTS = ['src/worker/objects.ts', 'src/worker/objectCache.ts'];

/** The version of all that decides what a unit's code becomes. Compiled code that browsers keep bears it. */
export const compilerVersion = (): string => versionOf(COMPILER, OBJECTS);

/** The version of all sources in these folders, and these files, but for tests. */
export function versionOf(folders: readonly string[], files: readonly string[] = []): string {
  const hash = createHash('sha256');
  const inFolders = folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => path.join(folder, name)),
  );
  for (const file of [...inFolders, ...files].sort()) hash.update(file).update(readFileSync(path.join(ROOT, file)));
  return hash.digest('hex').slice(0, 32);
}
