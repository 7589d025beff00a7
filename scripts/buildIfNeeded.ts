/**
 * `npm start`, first half: builds the page where there is no build, or where something that goes into it is newer. In: the times of
 * files. Node.
 */

import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';

const ROOT = path.join(import.meta.dirname, '..');
const BUILT = 'dist/index.html';
/** Files and folders that the build is made from. */
const SOURCES = [
  'index.html',
  'package-lock.json',
  'vite.config.ts',
  'patches',
  'public',
  'scripts',
  'src',
  'worklets',
];
const isTest = (name: string): boolean => /\.test\.tsx?$/.test(name);

/** Whether the build below `root` is missing or older than what it is made from. */
export function needsBuild(root: string): boolean {
  const built = path.join(root, BUILT);
  return !existsSync(built) || newestMs(root) > statSync(built).mtimeMs;
}

/** Folders count too: something may have been removed. */
function newestMs(root: string): number {
  let newest = 0;
  for (const source of SOURCES.map((name) => path.join(root, name)).filter((name) => existsSync(name))) {
    const inside = statSync(source).isDirectory() ? readdirSync(source, { recursive: true, encoding: 'utf8' }) : [];
    for (const file of [source, ...inside.filter((name) => !isTest(name)).map((name) => path.join(source, name))]) {
      newest = Math.max(newest, statSync(file).mtimeMs);
    }
  }
  return newest;
}

if (process.argv[1] === import.meta.filename && needsBuild(ROOT)) {
  process.stdout.write('Building the page, since its sources are newer …\n');
  await build({ root: ROOT, logLevel: 'warn' });
}
