/** The sources of the standard library. Node only. */

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../../library/dsp');

/** Their paths, from the root of its folder. */
export const libraryFiles = (): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll(path.sep, '/'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('.d.ts'))
    .sort();

export const libraryText = (file: string): string => readFileSync(path.join(root, file), 'utf8');
