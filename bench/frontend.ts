/**
 * `npm run bench -- frontend [--edits N] [--lines N]`: what an edit of one closure in a patch of 300 lines costs before
 * any code is made: parse, resolve, infer, and finding the units that changed. Node, one thread.
 */

import { parseArgs } from 'node:util';
import { infer } from '../src/compiler/infer/infer.ts';
import { Library } from '../src/compiler/library.ts';
import { lower } from '../src/compiler/lower/lower.ts';
import { parse } from '../src/compiler/parse.ts';
import { ParseCache } from '../src/compiler/parseCache.ts';
import { resolve } from '../src/compiler/resolve/resolve.ts';
import { readLibrary } from '../src/node/librarySource.ts';
import { keyOf } from '../src/worker/objects.ts';
import { largePatch } from './largePatch.ts';
import { quantile, table } from './statistics.ts';

const AIM_MS = 3;
const STAGES = ['parse', 'resolve', 'infer', 'diff', 'together', '(lower)'] as const;

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { edits: { type: 'string' }, lines: { type: 'string' } } });
  const edits = Number(values.edits ?? 300);
  const lines = Number(values.lines ?? 300);
  const library = new Library(readLibrary());
  const cache = new ParseCache();
  const series: Record<(typeof STAGES)[number], number[]> = {
    parse: [],
    resolve: [],
    infer: [],
    diff: [],
    together: [],
    '(lower)': [],
  };
  // The first third warms the code up.
  for (let count = 0; count < edits; count++) {
    const text = largePatch({ lines, edits: count });
    const startMs = performance.now();
    const parsed = parse(text, cache);
    const parsedMs = performance.now();
    const resolved = resolve(text, parsed);
    const resolvedMs = performance.now();
    const typed = infer(resolved, library);
    const inferredMs = performance.now();
    const lowered = lower(typed, library);
    const loweredMs = performance.now();
    for (const unit of lowered.units) {
      if (unit.functions.length > 0) keyOf(unit.functions);
      if (unit.initialiser) keyOf([unit.initialiser]);
    }
    const endMs = performance.now();
    if (count < edits / 3) continue;
    series.parse.push(parsedMs - startMs);
    series.resolve.push(resolvedMs - parsedMs);
    series.infer.push(inferredMs - resolvedMs);
    series.diff.push(endMs - loweredMs);
    series['(lower)'].push(loweredMs - inferredMs);
    series.together.push(inferredMs - startMs + endMs - loweredMs);
  }
  const rows = STAGES.map((stage) => [
    stage,
    ...[0.5, 0.95].map((part) => `${quantile(series[stage], part).toFixed(2)} ms`),
  ]);
  process.stdout.write(`${table([['', 'median', '95 %'], ...rows, ['aim', `${AIM_MS.toFixed(2)} ms`, '']])}\n`);
}
