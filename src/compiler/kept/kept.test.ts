/**
 * A text that differs from the one before in numbers, comments and space keeps that one's types and most of its code, and is what
 * it is by itself: code, places, warnings, and what its state is, also when that is asked of a text some edits ago. SEGUE_SEED
 * chooses other edits.
 */

import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { given, rolesOf } from '../../testing/compilations.ts';
import { testLibrary } from '../../testing/compileText.ts';
import { mutate, tokensOf } from '../../testing/random/mutations.ts';
import { randomEdit } from '../../testing/random/program.ts';
import { Seeded } from '../../testing/random/seeded.ts';
import { patches as handwritten } from '../../testing/texts.ts';
import { CompileCache, compile } from '../compile.ts';
import type { LoweredPatch } from '../lower/lower.ts';
import { TreeVersion } from './treeHistory.ts';

const seed = Number(process.env.SEGUE_SEED ?? 5200);
const rows = Number(process.env.SEGUE_RUNS ?? 2);
const EDITS = 8;

const NUMBER = /(?<![\w$.])\d+(?:\.\d+)?(?![\w$.])/g;
const NUMBERS = ['0', '1', '2', '3', '7', '0.5', '0.25', '0.95', '12', '440', '1000.5', '1e3', '0x10'];

function withOtherNumber(random: Seeded, text: string): string {
  const places = [...text.matchAll(NUMBER)];
  if (places.length === 0) return `// none\n${text}`;
  const { index, 0: written } = random.pick(places);
  const turned = written.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
  const longer = `${written}${written.includes('.') ? '5' : '.5'}`;
  const other = random.pick([turned, turned, longer, random.pick(NUMBERS)]);
  return text.slice(0, index) + other + text.slice(index + written.length);
}

/** Between lines, or between words. */
function withSpace(random: Seeded, text: string): string {
  const lines = text.split('\n');
  const at = random.below(lines.length);
  const line = lines[at]!;
  lines[at] = random.chance(0.5)
    ? `${random.pick(['', '// a comment', '  '])}\n${line}`
    : line.replace(/ (?=\S)/, '  ');
  return lines.join('\n');
}

it(`a text with other numbers is compiled as by itself (seed ${seed})`, { timeout: 300_000 }, () => {
  const library = testLibrary();
  let keptCount = 0;
  let functionCount = 0;
  let unreadCount = 0;
  for (let row = 0; row < rows; row++) {
    const random = new Seeded(seed + row);
    let text = row % 2 === 0 ? random.pick(handwritten()).text : randomEdit(seed + row).texts[0]!;
    const cache = new CompileCache();
    const before: { readonly lowered: LoweredPatch; readonly text: string }[] = [];
    for (let n = 0; n < EDITS; n++) {
      const cached = compile(text, library, cache);
      const alone = compile(text, library);
      if (!isDeepStrictEqual(given(cached), given(alone))) {
        expect(given(cached), `row ${row}, text ${n}\n${text}`).toEqual(given(alone));
        throw new Error(`row ${row}, text ${n} is another one:\n${text}`);
      }
      if (cached.lowered) before.push({ lowered: cached.lowered, text });
      const last = text;
      text = random.weighted<() => string>([
        [6, () => withOtherNumber(random, last)],
        [2, () => withSpace(random, last)],
        [1, () => withOtherNumber(random, withSpace(random, withOtherNumber(random, last)))],
        [1, () => mutate(random, tokensOf(last), tokensOf(last))],
        [2, () => before.at(-1)?.text ?? last],
      ])();
    }
    for (const { lowered, text: asked } of random.shuffled(before)) {
      const alone = compile(asked, library).lowered!;
      expect(rolesOf(lowered), `row ${row}\n${asked}`).toEqual(rolesOf(alone));
    }
    keptCount += cache.program.counts.texts;
    functionCount += cache.program.counts.functions;
    unreadCount += cache.program.counts.unread;
  }
  // Otherwise it was no test of what is kept.
  expect(keptCount).toBeGreaterThan(rows);
  expect(functionCount).toBeGreaterThan(0);
  expect(unreadCount).toBeGreaterThan(0);
});

/** One change each that types, names or storage may depend on, or a warning: it must not be taken for one that they do not. */
const OTHERS: readonly (readonly [before: string, after: string])[] = [
  ['const a = [1, "x"]\nexport default () => a[0]', 'const a = [1, "x"]\nexport default () => a[1]'],
  [
    'const n = 0\nconst a = [1, "x"]\nexport default () => a[n]',
    'const n = 1\nconst a = [1, "x"]\nexport default () => a[n]',
  ],
  [
    'const a = [[1], [2]].flat(1)\nexport default () => a.length',
    'const a = [[1], [2]].flat(0)\nexport default () => a.length',
  ],
  [
    'export default () => { for (let i = 0; i < 3; i++) {}\nreturn 0 }',
    'export default () => { for (let i = 0.5; i < 3; i++) {}\nreturn 0 }',
  ],
  ['export default () => { let e = 1\ne *= 0.5\nreturn e }', 'export default () => { let e = 1\ne *= 0.95\nreturn e }'],
  [
    'const k = 0.5\nexport default () => { let e = 1\ne *= k\nreturn e }',
    'const k = 0.95\nexport default () => { let e = 1\ne *= k\nreturn e }',
  ],
  [
    'const s = "ab"\nexport default () => s.repeat(2).length',
    'const s = "ab"\nexport default () => s.repeat(0).length',
  ],
  [
    'let x = 0\nconst f = () => x\nexport default () => f()',
    'let x = 0\nconst f = () => (x = 1)\nexport default () => f()',
  ],
  ['const a = 1\nconst b = 2\nexport default () => a + b', 'const b = 2\nconst a = 1\nexport default () => a + b'],
  ['const a = 1\nconst b = 2\nexport default () => a - b', 'const a = 1\nconst b = 2\nexport default () => a - a'],
  ['const f = (x) => x\nexport default () => f(1) + f(2)', 'const f = (x) => x\nexport default () => f(1) + f("2")'],
  [
    'const phasor = () => 1\nexport default () => phasor()',
    'const phasor2 = () => 1\nexport default () => phasor()(1)',
  ],
];

it.each(OTHERS)('%j, then %j', (before, after) => {
  const library = testLibrary();
  const cache = new CompileCache();
  for (const text of [before, after, before, `\n${after}`]) {
    const cached = compile(text, library, cache);
    expect(given(cached)).toEqual(given(compile(text, library)));
  }
});

it('a tree can be read as it was', () => {
  const node = { value: 1, span: 'a' };
  const first = new TreeVersion();
  const second = first.change([
    { holder: node, field: 'value', value: 2 },
    { holder: node, field: 'value', value: 3 },
  ]);
  const third = second.change([{ holder: node, field: 'span', value: 'b' }]);
  const read = (version: TreeVersion) => version.during(() => ({ ...node }));
  expect([first, second, third, first].map(read)).toEqual([
    { value: 1, span: 'a' },
    { value: 3, span: 'a' },
    { value: 3, span: 'b' },
    { value: 1, span: 'a' },
  ]);
  expect(node).toEqual({ value: 3, span: 'b' });
  expect(() => first.change([])).toThrow('old version');
});
