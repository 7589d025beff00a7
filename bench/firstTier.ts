/**
 * `npm run bench -- firstTier [--only NAMES] [--rounds N]`: the first tier against plain JavaScript, on the kernels and on all of
 * the gallery, in alternation; the slowest by comparison first. `throughput` compares with everything else.
 */

import { parseArgs } from 'node:util';
import { readLibrary } from '../src/node/librarySource.ts';
import { quantile } from './statistics.ts';
import { kernels } from './throughput/kernels.ts';
import { measure } from './throughput/measure.ts';
import { ownRunners } from './throughput/ownRunners.ts';
import { isThere, type Runner } from './throughput/runner.ts';

const ROUNDS = 21;

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { only: { type: 'string' }, rounds: { type: 'string' } } });
  const library = readLibrary();
  const rows: { name: string; tier1: number; javaScript: number }[] = [];
  for (const { name, text } of kernels(values.only?.split(',') ?? null)) {
    const own = ownRunners(text, library, true);
    const runners = new Map<'tier1' | 'javaScript', Runner>();
    if (isThere(own['tier 1'])) runners.set('tier1', own['tier 1']);
    if (isThere(own.JavaScript)) runners.set('javaScript', own.JavaScript);
    const series = measure(runners, { rounds: Number(values.rounds ?? ROUNDS), now: processorMs });
    const of = (which: 'tier1' | 'javaScript'): number => quantile(series.get(which) ?? [], 0.5);
    rows.push({ name, tier1: of('tier1'), javaScript: of('javaScript') });
    process.stderr.write(`${name}\n`);
  }
  rows.sort((a, b) => a.javaScript / a.tier1 - b.javaScript / b.tier1);
  process.stdout.write('times JavaScript  ns per frame, tier 1 and JavaScript\n');
  for (const { name, tier1, javaScript } of rows) {
    const times = (javaScript / tier1).toFixed(2).padStart(16);
    process.stdout.write(`${times} ${tier1.toFixed(1).padStart(9)} ${javaScript.toFixed(1).padStart(9)}  ${name}\n`);
  }
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
