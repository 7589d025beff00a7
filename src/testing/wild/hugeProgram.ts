/**
 * Patches with arrays so large that sizes in bytes do not fit into 32 bits, or nearly so: spread many times, joined,
 * indexed far out. What becomes of them is not asked (JavaScript would run out of memory), only that nothing outside of
 * the arena is touched. Tests only.
 */

import { Seeded } from '../random/seeded.ts';

const TYPED = ['Uint8Array', 'Int8Array', 'Int16Array', 'Float32Array', 'Float64Array'];
const BYTES: Readonly<Record<string, number>> = { Int16Array: 2, Float32Array: 4, Float64Array: 8 };
/** Size of the largest array, so that it fits into an arena of the test. */
const MOST_BYTES = 2 ** 24;
const PARTS = [2, 4, 8, 16, 31, 32, 33, 63, 64, 65, 128, 256, 257];
const FAR = [
  ...[
    '0',
    '1',
    '-1',
    '2 ** 28',
    '2 ** 29',
    '2 ** 29 - 1',
    '2 ** 29 + 1',
    '2 ** 30',
    '2 ** 31',
    '2 ** 32',
    '-(2 ** 31)',
  ],
  ...[
    '536870912 - 200',
    '2 ** 28 - 100',
    '-8',
    '-16',
    '-500',
    '-(2 ** 28)',
    '-(2 ** 29)',
    '2 ** 32 - 8',
    '1e18',
    'NaN',
  ],
];
const LENGTHS = [
  ...[
    '2 ** 24',
    '2 ** 26',
    '2 ** 27',
    '2 ** 28',
    '2 ** 28 + 1',
    '2 ** 29',
    '2 ** 30',
    '2 ** 31',
    '2 ** 32',
    '2 ** 32 + 8',
  ],
  ...[
    '536870911',
    '268435455',
    '1073741823',
    '4294967295',
    '2 ** 53',
    '-1',
    '2 ** 29 - 2',
    '2 ** 30 - 1',
    '0x1ffffffe',
  ],
];

export function hugeProgram(seed: number): string {
  const random = new Seeded(seed ^ 0x4e6e_0000);
  const name = random.pick(TYPED);
  const largest = MOST_BYTES / (BYTES[name] ?? 1);
  const length = random.pick([largest, largest, largest / 2, largest / 4, largest - 1, largest / 2 + 1, 1024, 65_537]);
  const parts = random.pick(PARTS);
  const list = (part: string): string => Array.from({ length: parts }, () => part).join(', ');
  const far = (): string => random.pick(FAR);
  const long = (): string => random.pick(LENGTHS);
  const make = random.weighted<() => string>([
    [4, () => `[${list('...u')}]`],
    [1, () => `[1, ${list('...u')}, 2]`],
    [2, () => `[...u].concat(${list('[...u]')})`],
    [1, () => `[${list('w')}].flat()`],
    [1, () => `w.flatMap(() => [${list('...w')}])`],
    [2, () => `new ${random.pick(TYPED)}(${long()})`],
    [1, () => `new Array(${long()}).fill(1)`],
    [1, () => `Array.from({ length: ${long()} }, (_, i) => i)`],
    [1, () => `[...u].slice(${far()}, ${far()})`],
    [1, () => `u.slice(${far()}, ${far()})`],
    [2, () => `u.subarray(${far()}, ${far()})`],
    [1, () => `u.subarray(${far()}).subarray(${far()}, ${far()})`],
    [1, () => `new ${random.pick(TYPED)}([${list('...u')}])`],
    [1, () => `new ${random.pick(TYPED)}(u)`],
    [1, () => `((...xs) => xs)(${list('...u')})`],
    [1, () => `u.map((x) => x + 1)`],
  ])();
  const act = random.weighted<() => string>([
    [4, () => `a[${far()}] = 3;`],
    [1, () => `a[a.length - 1] = 3;`],
    [1, () => `a[k] = 3;`],
    [1, () => `a.fill(1, ${far()}, ${far()});`],
    [2, () => `a.copyWithin(${far()}, ${far()}, ${far()});`],
    [1, () => `u.set(u.subarray(${far()}), ${far()});`],
    [1, () => `a.reverse();`],
    [1, () => ``],
  ])();
  const declared = `const u = new ${name}(${length});\nconst w = [1, 2, 3, 4];\nlet k = 0;`;
  const isTop = random.chance(0.4);
  const made = `const a = ${make};`;
  return `${declared}\n${isTop ? made : ''}
export default () => {
${isTop ? '' : made}
k = ${far()};
${act}
return [a[${far()}], a[0] + u[k] + a.length]
}`;
}
