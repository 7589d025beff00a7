/**
 * Tries random programs and swaps by the thousand: `npm run fuzz -- --programs 1..50000 --swaps 1..5000`.
 *
 *   --programs A..B   plain and wild programs of these seeds in a guarded memory, against JavaScript
 *                     (also A,B,C)
 *   --only plain|wild just the one kind of programs
 *   --shard K/N       every Nth seed, from the Kth on
 *   --no-reduce       prints what fails as it is
 *   --ignore REGEX    passes over failures of these kinds
 *   --limit N         stops after so many failures (20)
 *
 * Prints each seed that fails with a text made small; ends with 1 if there was one.
 */

import { parseArgs } from 'node:util';
import { GuardedPlays } from '../guard/guardedPlays.ts';
import { randomProgram } from '../random/program.ts';
import { reduce } from '../random/reduce.ts';
import { wildProgram } from '../wild/wildProgram.ts';
import { goesWrongGuarded, judgeGuarded } from './judgeGuarded.ts';

const { values } = parseArgs({
  options: {
    programs: { type: 'string' },
    only: { type: 'string' },
    shard: { type: 'string', default: '1/1' },
    'no-reduce': { type: 'boolean', default: false },
    ignore: { type: 'string' },
    limit: { type: 'string', default: '20' },
  },
});

const GENERATORS = { plain: randomProgram, wild: wildProgram };

const ignored = values.ignore === undefined ? null : new RegExp(values.ignore);

function seedsOf(range: string): number[] {
  if (range.includes(',')) return range.split(',').map(Number);
  const [from, to] = range.split('..').map(Number) as [number, number?];
  const [shard, shards] = values.shard.split('/').map(Number) as [number, number];
  const all = Array.from({ length: (to ?? from) - from + 1 }, (_, n) => from + n);
  return all.filter((seed) => seed % shards === shard % shards);
}

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

async function tryPrograms(range: string): Promise<number> {
  const plays = new GuardedPlays();
  const counts = new Map<string, number>();
  const startMs = performance.now();
  let failures = 0;
  let tried = 0;
  for (const seed of seedsOf(range)) {
    for (const [name, generate] of Object.entries(GENERATORS)) {
      if (values.only && values.only !== name) continue;
      const text = generate(seed);
      const { verdict, outcome } = judgeGuarded(plays, text);
      tried++;
      counts.set(`${name} ${outcome}`, (counts.get(`${name} ${outcome}`) ?? 0) + 1);
      if (!verdict || (ignored?.test(verdict.kind) ?? false)) continue;
      failures++;
      const small = values['no-reduce']
        ? text
        : await reduce(text, (shorter) => goesWrongGuarded(plays, shorter, verdict.kind), 1500);
      const { report } = judgeGuarded(plays, small).verdict ?? verdict;
      print(`\n### ${name} ${seed}: ${verdict.kind}\n${small.trim()}\n--\n${report}`);
      if (failures >= Number(values.limit)) break;
    }
    if (failures >= Number(values.limit)) break;
  }
  const seconds = (performance.now() - startMs) / 1000;
  print(
    `\n${tried} programs in ${seconds.toFixed(0)} s (${(tried / seconds).toFixed(1)} per second), ${failures} failures`,
  );
  for (const [outcome, count] of [...counts].sort((a, b) => b[1] - a[1])) print(`  ${count} ${outcome}`);
  return failures;
}

let failures = 0;
if (values.programs) failures += await tryPrograms(values.programs);
process.exitCode = failures > 0 ? 1 : 0;
