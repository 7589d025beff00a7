/**
 * How long answers of the language service take. For every patch of the gallery: a question at every so many characters, with
 * the text as it is and cut off there, as when it is being written. Prints milliseconds: median, 95 of 100, largest.
 *
 *   node --import ./bin/typescript.mjs bench/language.ts
 */

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { newService } from '../src/testing/languageDesk.ts';

const KINDS = ['complete', 'signature', 'hover', 'references'] as const;
const STEP_CHARS = 211;
/** Once to get warm. */
const ROUNDS = 2;

const folder = path.join(import.meta.dirname, '../patches');
const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(path.join(folder, name), 'utf8'));
const service = newService();

for (const kind of KINDS) {
  let times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    times = [];
    for (const text of texts) {
      for (let offset = STEP_CHARS; offset < text.length; offset += STEP_CHARS) {
        for (const asked of [text, text.slice(0, offset)]) {
          const from = performance.now();
          service.answer(asked, { kind, offset });
          times.push(performance.now() - from);
        }
      }
    }
  }
  times.sort((a, b) => a - b);
  const at = (part: number): string => (times[Math.floor(part * (times.length - 1))] ?? 0).toFixed(1);
  process.stdout.write(`${kind.padEnd(10)} ${times.length} answers: ${at(0.5)} / ${at(0.95)} / ${at(1)} ms\n`);
}
