/** Maps, sets and dictionaries of many keys: what they do, against JavaScript; what a look-up costs; and what edits leave as it is. */
import { describe, expect, it } from 'vitest';
import { readLibrary } from '../node/librarySource.ts';
import { twoTiers } from '../node/twoTiers.ts';
import { HEADER } from '../protocol/arena.ts';
import { expectLikeJavaScript } from './bothTiers.ts';
import { expectSameRender } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { renderOracle } from './oracle.ts';
import { Seeded } from './random/seeded.ts';

/** Keys of each kind, equal ones among them that are not the same bits. */
const KEYS = {
  numbers: (n: number) =>
    `Array.from({ length: ${n} }, (_, i) => [0, -0, 0 / 0, 1 / 0, -1 / 0][i] ?? (i % 3 === 0 ? i : i % 3 === 1 ? i / 7 : -i * 1e9))`,
  texts: (n: number) => `Array.from({ length: ${n} }, (_, i) => i < 4 ? ['', 'a', 'b', 'ab'][i] : 'k' + i * i)`,
  mixed: (n: number) =>
    `Array.from({ length: ${n} }, (_, i) => i % 4 === 0 ? i : i % 4 === 1 ? 'k' + i : i % 4 === 2 ? (i < 4 ? true : i < 8 ? false : i / 3) : i < 4 ? undefined : i < 8 ? null : -i)`,
  objects: (n: number) => `Array.from({ length: ${n} }, (_, i) => ({ i }))`,
} as const;

/** Random operations on a map and a set, drawn in the patch itself, all of whose results are heard. */
function mapPatch(seed: number): string {
  const random = new Seeded(seed);
  const kind = random.pick(Object.keys(KEYS) as (keyof typeof KEYS)[]);
  const room = random.pick([3, 8, 9, 17, 40, 100]);
  const all = room + random.between(1, room);
  return `// seed ${seed}
const keys = ${KEYS[kind](all)}
let seed = ${1 + random.below(1e6)}
const draw = (n) => { seed = (seed * 16807) % 2147483647; return seed % n }
const map = new Map(), set = new Set()
for (let i = 0; i < ${room}; i++) {
  map.set(keys[i], i)
  set.add(keys[i])
  ${random.weighted<string>([
    [1, ''],
    [1, 'if (i % 5 === 3) { const gone = draw(i); if (map.delete(keys[gone])) map.set(keys[gone], -i) }'],
  ])}
}
let n = 0
export default () => {
  n++
  let sum = 0
  for (let turn = 0; turn < 6; turn++) {
    const key = keys[draw(keys.length)], what = draw(16)
    if (what < 5) { if (map.has(key) || map.size < ${room - 2}) map.set(key, n + turn) }
    else if (what < 8) sum += map.delete(key) ? 3 : 5
    else if (what < 10) { if (set.has(key) || set.size < ${room - 2}) set.add(key) }
    else if (what < 12) sum += set.delete(key) ? 7 : 11
    else sum += (map.get(key) ?? 13) + (set.has(key) ? 17 : 19)
  }
  let at = 1
  for (const [key, value] of map) {
    sum += value * at
    at = (at * 3) % 101
    if (draw(9) === 0) { map.delete(key); if (draw(2) === 0) map.set(key, n) }
  }
  set.forEach((key) => {
    sum += at * keys.indexOf(key)
    at = (at * 3) % 101
    if (draw(11) === 0) set.delete(keys[draw(keys.length)])
  })
  if (draw(40) === 0) { if (draw(2)) map.clear(); else set.clear() }
  return sum + map.size * 1000 + set.size * 100000
}
`;
}

function dictionaryPatch(seed: number): string {
  const random = new Seeded(seed);
  const count = random.pick([5, 8, 9, 20, 70]);
  return `// seed ${seed}
const keys = Array.from({ length: ${count} }, (_, i) => i % 3 === 0 ? String((i * 37) % 64) : i % 7 === 1 ? String(-i / 2) : 'k' + i)
let seed = ${1 + random.below(1e6)}
const draw = (n) => { seed = (seed * 16807) % 2147483647; return seed % n }
const table = {}
for (const key of keys) table[key] = draw(100)
for (const key of keys) if (draw(4) === 0) { delete table[key]; if (draw(2)) table[key] = draw(50) }
for (const key of keys) table[key] ??= 1
export default () => {
  let sum = 0, at = 1
  for (let turn = 0; turn < 6; turn++) {
    const key = keys[draw(keys.length)]
    if (draw(3) === 0) delete table[key]
    else table[key] = (table[key] ?? 3) + 1
    sum += table[draw(64)] ?? 7
  }
  for (const key in table) { sum += table[key] * at; at = (at * 3) % 101 }
  return sum + Object.keys(table).length * 1000
}
`;
}

/** Expects the first tier to play what JavaScript does, without a tolerance. */
async function expectSamples(text: string): Promise<void> {
  const frames = 600;
  expectSameRender(text, await renderCompiled({ text, frames }), renderOracle(text, { frames }), { tolerance: 0 });
}

const seedsFrom = (first: number, count: number): number[] => Array.from({ length: count }, (_, n) => first + n);

describe('random operations, as in JavaScript', () => {
  it.each(seedsFrom(4200, 6))('on a map and a set, seed %i', (seed) => expectSamples(mapPatch(seed)));

  it.each(seedsFrom(4300, 3))('on a dictionary, seed %i', (seed) => expectSamples(dictionaryPatch(seed)));

  it.each([
    ['at the top level', 'const s = new Set([-0, 5]), m = new Map([[-0, 1]])', ''],
    [
      'in frames',
      'const s = new Set([1, 5]), m = new Map([[1, 1]])',
      's.delete(1); s.add(0 * -n); m.clear(); m.set(0 * -n, 1)',
    ],
  ])('keep -0 as 0 %s', (_, made, changed) => {
    expectLikeJavaScript(`${made}
let n = 0
export default () => {
  n++
  ${changed}
  let sum = 0
  for (const key of s) sum += 1 / key
  for (const key of m.keys()) sum += 2 / key
  return sum
}`);
  });

  it('in the second tier', () => {
    const isOptimised = expectLikeJavaScript(`const keys = Array.from({ length: 40 }, (_, i) => 'k' + i)
const map = new Map(), table = {}
for (const key of keys) { map.set(key, 1); table[key] = 2 }
let n = 0
export default () => {
  n++
  const key = keys[(n * 7) % keys.length], other = keys[(n * 11) % keys.length]
  if (n % 3 === 0) map.delete(key)
  else map.set(key, n)
  table[other] = (table[other] ?? 0) + n
  return (map.get(other) ?? -1) + map.size + table[key]
}`);
    expect(isOptimised).toBe(true);
  });
});

/** The work of a block, as tier 1 counts it. */
function fuelOf(text: string): number {
  const { first } = twoTiers(text, readLibrary(), { firstOnly: true });
  const before = view(first.arena());
  first.run(64);
  return before.getInt32(HEADER.FUEL_PER_BLOCK, true) - view(first.arena()).getInt32(HEADER.FUEL, true);
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

describe('the work of a look-up', () => {
  const patch = (size: number, make: string, [table, put, use]: readonly [string, string, string]): string =>
    `const asked = Array.from({ length: ${size} }, (_, i) => ${make})
const table = ${table}
asked.forEach((key, i) => { ${put} })
let n = 0
export default () => {
  n++
  let sum = 0
  for (let i = 0; i < 16; i++) {
    const key = asked[(n * 16 + i * 7) % asked.length]
    ${use}
  }
  return sum
}`;
  const uses = {
    'a Map': ['new Map()', 'table.set(key, i)', 'sum += table.get(key) ?? 0'],
    'a Set': ['new Set()', 'table.add(key)', 'sum += table.has(key) ? 1 : 0'],
    'a dictionary': ['{}', 'table[key] = i', 'sum += table[key] ?? 0'],
    'a Map that changes': ['new Map()', 'table.set(key, i)', 'table.delete(key); table.set(key, n); sum += table.size'],
  } as const;
  /** Fractions and powers of 2 are no keys that a dictionary has in thousands: each is made a text. */
  const makesOf = {
    'a Map': [`'key' + i`, 'i / 7'],
    'a Set': ['i * 4096', '2 ** (i % 900) + i'],
    'a dictionary': ['i * 4096', `'key' + i`],
    'a Map that changes': ['i * 65536'],
  } as const;

  it.each(Object.keys(uses) as (keyof typeof uses)[])('in %s is the same among 3,000 keys as among 50', (use) => {
    for (const make of makesOf[use]) {
      const [few, many] = [50, 3000].map((size) => fuelOf(patch(size, make, uses[use])));
      expect(few, make).toBeGreaterThan(64 * 16);
      expect(many, make).toBeLessThan(1.5 * few!);
    }
  });
});

describe('an edit', () => {
  /** At frame 100, half of the keys make room for others, which take their places. `w` is not heard. */
  const patch = (make: string, names: string, count: string, gain: number): string => `const first = ${names}
const fresh = Array.from({ length: 20 }, (_, i) => ${make.replace('#', 'i + 100')})
const old = Array.from({ length: 20 }, (_, i) => ${make.replace('#', '2 * i')})
const map = new Map(first.map((key) => [key, 0]))
const set = new Set(first)
let n = 0
export default () => {
  n++
  if (n === 100) for (let i = 0; i < 20; i++) {
    map.delete(old[i])
    map.set(fresh[i], i)
    set.delete(old[19 - i])
    set.add(fresh[i])
  }
  for (let i = 0; i < 20; i++) if (map.has(fresh[i])) map.set(fresh[i], map.get(fresh[i]) + i)
  let sum = ${count}, at = 1
  for (const [key, value] of map) {
    if (key === 'w') continue
    sum += value * at
    at = (at * 3) % 101
  }
  for (const key of set) {
    if (key === 'w') continue
    sum += fresh.indexOf(key) * at
    at = (at * 3) % 101
  }
  return ${gain} * sum
}`;
  const list = (make: string, order = 'i'): string =>
    `Array.from({ length: 40 }, (_, i) => ${make.replace('#', order)})`;
  const sizes = 'map.size + set.size';

  it.each([
    { what: 'numbers', make: '#', with: (names: string) => names },
    { what: 'texts', make: `'c' + (#)`, with: (names: string) => names },
    { what: 'texts, and adds one in front', make: `'c' + (#)`, with: (names: string) => `['w', ...${names}]` },
    { what: 'texts, and adds one behind', make: `'c' + (#)`, with: (names: string) => `[...${names}, 'w']` },
  ])('keeps which keys are in a table, and their order: $what', async ({ make, with: withAnother }) => {
    const before = patch(make, list(make), sizes, 1);
    const count = withAnother('') === '' ? sizes : `${sizes} - (map.has('w') ? 1 : 0) - (set.has('w') ? 1 : 0)`;
    const after = patch(make, withAnother(list(make)), count, 2);
    const swaps = [
      { frame: 320, text: after },
      { frame: 448, text: before },
    ];
    const render = await renderCompiled({ text: before, frames: 600, fadeFrames: 16, blockFrames: 32, swaps });
    const { left } = renderOracle(before, { frames: 600 });
    const expected = left.map((sample, n) => (n >= 320 && n < 448 ? 2 * sample : sample));
    for (const [fromFrame, toFrame] of [
      [0, 320],
      [336, 448],
      [464, 600],
    ] as const) {
      expectSameRender(make, render, { left: expected, right: expected }, { tolerance: 1e-9, fromFrame, toFrame });
    }
  });
});
