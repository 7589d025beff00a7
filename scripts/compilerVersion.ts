/**
 * A name for the compiler as it is: another one as soon as anything changes that decides what a unit's code becomes. What
 * browsers keep of compiled code bears it. Build time only.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..');
const FOLDERS = ['src/compiler', 'src/language', 'src/library', 'src/protocol'];
const FILES = ['src/worker/objects.ts', 'src/worker/objectCache.ts'];

export function compilerVersion(): string {
  const hash = createHash('sha256');
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => path.join(folder, name)),
  );
  for (const file of [...inFolders, ...FILES].sort()) hash.update(file).update(readFileSync(path.join(ROOT, file)));
  return hash.digest('hex').slice(0, 32);
}
