/**
 * `npm run bench -- lookups [--rounds N]`: nanoseconds per look-up in a `Map`, a `Set` and a dictionary of 8 to 10,000 keys while it
 * sounds, in both tiers and in JavaScript. Each frame looks up 16 keys, some of which are not there; the fast tenth counts. Node, one thread.
 */

import { parseArgs } from 'node:util';
import { readLibrary } from '../src/node/librarySource.ts';
import { quantile, table } from './statistics.ts';
import { ownRunners } from './throughput/ownRunners.ts';
import { BLOCK_FRAMES, type Made, type Runner } from './throughput/runner.ts';

const LOOKUPS_PER_FRAME = 16;
const ROUNDS = 31;
const WARM_UP = 20;
const SIZES = [4, 8, 64, 1000, 10_000];

interface Kind {
  readonly name: string;
  readonly text: (size: number) => string;
}

/** The keys that are asked for are those that are there and an eighth more. */
const frames = (lookup: string): string => `let at = 0
export default () => {
  let sum = 0
  for (let n = 0; n < ${LOOKUPS_PER_FRAME}; n++) {
    at = (at + 7) % asked.length
    ${lookup}
  }
  return sum
}`;

const KINDS: readonly Kind[] = [
  {
    name: 'Map, numbers',
    text: (size) => `const map = new Map()
for (let i = 0; i < ${size}; i++) map.set(i * 3, i)
const asked = Array.from({ length: ${(size * 9) >> 3} }, (_, i) => i * 3)
${frames('sum += map.get(asked[at]) ?? 1')}`,
  },
  {
    name: 'Map, texts',
    text: (size) => `const map = new Map()
const asked = Array.from({ length: ${(size * 9) >> 3} }, (_, i) => 'key' + i)
for (let i = 0; i < ${size}; i++) map.set(asked[i], i)
${frames('sum += map.get(asked[at]) ?? 1')}`,
  },
  {
    name: 'Set, fractions',
    text: (size) => `const set = new Set()
const asked = Array.from({ length: ${(size * 9) >> 3} }, (_, i) => i / 7)
for (let i = 0; i < ${size}; i++) set.add(asked[i])
${frames('sum += set.has(asked[at]) ? 2 : 1')}`,
  },
  {
    name: 'dictionary',
    text: (size) => `const table = {}
const asked = Array.from({ length: ${(size * 9) >> 3} }, (_, i) => 'key' + i)
for (let i = 0; i < ${size}; i++) table[asked[i]] = i
${frames('sum += table[asked[at]] ?? 1')}`,
  },
  {
    name: 'delete and set',
    text: (size) => `const map = new Map()
for (let i = 0; i < ${size}; i++) map.set(i * 3, i)
const asked = Array.from({ length: ${size} }, (_, i) => i * 3)
${frames('map.delete(asked[at]); map.set(asked[at], n); sum += map.size')}`,
  },
  {
    name: 'known keys',
    text: (size) => `const table = { ${Array.from({ length: size }, (_, i) => `key${i}: ${i}`).join(', ')} }
const asked = [${Array.from({ length: size }, (_, i) => `'key${i}'`).join(', ')}]
${frames('sum += table[asked[at]]')}`,
  },
];

function nanoseconds(made: Made, rounds: number): string {
  if ('missing' in made) return made.missing;
  const runner: Runner = made;
  const series: number[] = [];
  try {
    for (let round = -WARM_UP; round < rounds; round++) {
      const startMs = performance.now();
      runner.run();
      const ms = performance.now() - startMs;
      if (round >= 0) series.push((ms * 1e6) / (BLOCK_FRAMES * LOOKUPS_PER_FRAME));
    }
  } catch {
    return 'stopped';
  }
  return `${quantile(series, 0.1).toFixed(1)} ns`;
}

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { rounds: { type: 'string' }, only: { type: 'string' }, sizes: { type: 'string' } },
  });
  const rounds = Number(values.rounds ?? ROUNDS);
  const sizes = values.sizes?.split(',').map(Number) ?? SIZES;
  const rows = [['', 'keys', 'tier 1', 'tier 2', 'JavaScript']];
  for (const { name, text } of KINDS) {
    if (values.only && !name.includes(values.only)) continue;
    for (const size of sizes) {
      // Records of thousands of members are none that anybody writes.
      if (name === 'known keys' && size > 1000) continue;
      try {
        const runners = ownRunners(text(size), readLibrary());
        const columns = (['tier 1', 'tier 2', 'JavaScript'] as const).map((column) =>
          nanoseconds(runners[column], rounds),
        );
        rows.push([name, String(size), ...columns]);
      } catch (error) {
        const message = error instanceof Error ? error.message.slice(0, 60) : String(error);
        rows.push([name, String(size), message, '', '']);
      }
    }
  }
  process.stdout.write(`${table(rows)}\n`);
}
