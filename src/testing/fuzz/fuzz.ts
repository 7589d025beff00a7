/**
 * Tries random programs and swaps by the thousand: `npm run fuzz -- --programs 1..50000 --swaps 1..5000`.
 *
 *   --programs A..B   plain, wild and everyday programs of these seeds; also --plain, --wild, --everyday, --huge, --tiers, --swaps (see campaign.ts)
 *   --from A --count N  the same for programs and swaps alike
 *   --shard K/N       every Nth seed, from the Kth on
 *   --no-reduce       prints what fails as it is
 *   --ignore REGEX    passes over failures of these kinds
 *   --limit N         stops after so many failures (20)
 *
 * A range may also be a list: 3,7,12. Prints each seed that fails with a text made small; ends with 1 if there was one.
 */

import { parseArgs } from 'node:util';
import { Campaign, describeFailure, FAMILIES, type Family } from './campaign.ts';

const { values } = parseArgs({
  options: {
    programs: { type: 'string' },
    plain: { type: 'string' },
    wild: { type: 'string' },
    everyday: { type: 'string' },
    huge: { type: 'string' },
    tiers: { type: 'string' },
    swaps: { type: 'string' },
    from: { type: 'string', default: '1' },
    count: { type: 'string' },
    shard: { type: 'string', default: '1/1' },
    'no-reduce': { type: 'boolean', default: false },
    ignore: { type: 'string' },
    limit: { type: 'string', default: '20' },
  },
});

function seedsOf(range: string): number[] {
  if (range.includes(',')) return range.split(',').map(Number);
  const [from, to] = range.split('..').map(Number) as [number, number?];
  const [shard, shards] = values.shard.split('/').map(Number) as [number, number];
  const all = Array.from({ length: (to ?? from) - from + 1 }, (_, n) => from + n);
  return all.filter((seed) => seed % shards === shard % shards);
}

function rangeOf(family: Family): string | undefined {
  const first = Number(values.from);
  const all = values.count === undefined ? undefined : `${first}..${first + Number(values.count) - 1}`;
  const isProgram = family === 'plain' || family === 'wild' || family === 'everyday';
  return (
    values[family] ??
    (isProgram ? values.programs : undefined) ??
    (family === 'huge' || family === 'tiers' ? undefined : all)
  );
}

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const ignored = values.ignore === undefined ? null : new RegExp(values.ignore);
const limit = Number(values.limit);
const campaign = new Campaign({ ignored, ...(values['no-reduce'] && { questions: 0 }) });
let failures = 0;
for (const family of FAMILIES) {
  const range = rangeOf(family);
  if (range === undefined) continue;
  const startMs = performance.now();
  let tried = 0;
  for (const seed of seedsOf(range)) {
    if (failures >= limit) break;
    const failure = await campaign.try(family, seed);
    tried++;
    if (tried % 2000 === 0) print(`… ${family} ${seed}`);
    if (!failure) continue;
    failures++;
    print(`\n${describeFailure(failure)}`);
  }
  const seconds = (performance.now() - startMs) / 1000;
  print(`\n${tried} ${family} in ${seconds.toFixed(0)} s (${(tried / seconds).toFixed(1)} per second)`);
}
for (const [outcome, count] of [...campaign.counts].sort((a, b) => b[1] - a[1])) print(`  ${count} ${outcome}`);
print(`${failures} failures`);
process.exitCode = failures > 0 ? 1 : 0;
