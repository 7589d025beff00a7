/**
 * Programs that waste as much time as their fuel buys, from a moment on: each waits for memory in another way, or does what takes
 * longer than other instructions. Used by `bench -- fuel`, which takes the time, and by a test, which counts. Tests only.
 */

import type { Bomb } from './bomb.ts';

/** Frames that are played before it begins: the audition has seen nothing. */
export const PEACEFUL_FRAMES = 128 * 40;

export interface Waster extends Bomb {
  /** How often a turn waits for memory, each time for what it has just read. */
  readonly waits: number;
  /** The same with so many turns in the first frame, and none later, in less memory. */
  readonly bounded: (turns: number) => string;
}

const small = (made: string): string =>
  made
    .replaceAll(String(COUNT), '500')
    .replaceAll(/2 \*\* 2[23]/g, '2 ** 10')
    .replaceAll(/8_388_607|4_194_303/g, '1023');

function waster(name: string, before: string, turn: string, waits = 0): Waster {
  const text = (when: string, turns: string, made = before): string => `${made}
let x = 0
export default () => {
  if (${when}) for (${turns}) { ${turn} }
  return 0.1
}`;
  return {
    ...{ name, waits, text: text(`currentFrame >= ${PEACEFUL_FRAMES}`, ';;') },
    bounded: (turns) => text('currentFrame === 0', `let n = 0; n < ${turns}; n++`, small(before)),
  };
}

/** Every record, array and closure on another page, 30 MB in all, in an order that no processor foresees. */
const COUNT = 50_000;
const STEP = 37_717;
const records = `const cells = []
for (let i = 0; i < ${COUNT}; i++) cells.push({ next: null, pad: new Float64Array(70) })
for (let i = 0; i < ${COUNT}; i++) cells[i].next = cells[(i * ${STEP} + 1) % ${COUNT}]
let at = cells[0]`;
const wholes = `const a = new Int32Array(2 ** 23)
for (let i = 0; i < a.length; i++) a[i] = (Math.imul(i, 4_111_337) + 12_345) & 8_388_607`;
const numbers = `const a = new Float64Array(2 ** 22)
for (let i = 0; i < a.length; i++) a[i] = (Math.imul(i, 2_111_337) + 12_345) & 4_194_303`;

export const wasters: readonly Waster[] = [
  waster('nothing', '', 'x++'),
  waster('square roots', '', 'x = Math.sqrt(x + 1.5)'),
  waster('divisions', '', 'x = 1.5 / (x + 1.1)'),
  waster('remainders of whole numbers', 'let i = 1', 'i = (i * 7 + 1) % 1009'),
  waster('powers', '', 'x = 1.5 ** (x % 3)'),
  waster('records that lead to records', records, 'at = at.next', 1),
  waster('records, four in a turn', records, 'at = at.next.next.next.next', 4),
  waster('records by a call', `${records}\nconst hop = (c) => c.next`, 'at = hop(at)', 1),
  waster(
    'records by calls in calls',
    `${records}\nconst hop = (c) => c.next.next\nconst two = (c) => hop(hop(c))`,
    'at = two(two(at))',
    8,
  ),
  waster(
    'records by calls, three in each',
    `${records}\nconst hop = (c) => c.next.next.next`,
    'at = hop(hop(hop(hop(at))))',
    12,
  ),
  waster('a method that goes on', `${records}\nconst walker = { go: () => { at = at.next.next } }`, 'walker.go()', 2),
  waster('indices that lead to indices', `${wholes}\nlet i = 0`, 'i = a[i]', 1),
  waster('indices, four in a turn', `${wholes}\nlet i = 0`, 'i = a[a[a[a[i]]]]', 4),
  waster('indices by calls', `${wholes}\nlet i = 0\nconst f = (n) => a[a[n]]`, 'i = f(f(f(f(i))))', 8),
  waster('indices by calls, one in each', `${wholes}\nlet i = 0\nconst f = (n) => a[n]`, 'i = f(f(f(f(f(f(i))))))', 6),
  waster(
    'numbers that lead to numbers by calls',
    `${numbers}\nlet i = 0\nconst f = (n) => a[a[n]]`,
    'i = f(f(f(f(i))))',
    8,
  ),
  waster(
    'closures far apart',
    `const fs = []\nfor (let i = 0; i < ${COUNT}; i++) { fs.push(() => (i * ${STEP} + 1) % ${COUNT}); new Float64Array(72) }\nlet i = 0`,
    'i = fs[i]()',
    1,
  ),
  waster('elements all over, at once', `${wholes}\nlet i = 0`, 'i = (i + 1_234_577) & 8_388_607; x += a[i]'),
  waster('writes all over', `${wholes}\nlet i = 0`, 'i = (i + 1_234_577) & 8_388_607; a[i] = i'),
  waster('bulk copies', numbers, 'a.copyWithin(1, 0)'),
  waster('searches', numbers, 'x += a.indexOf(-1)'),
  waster('a map', `const m = new Map()\nfor (let i = 0; i < 2000; i++) m.set(i, i)\n${records}`, 'x += m.get(1999)'),
];
