/** The cache must never be seen: trees are the same as if every text were parsed from scratch. */

import { expect, it } from 'vitest';
import { describeProblems, testLibrary } from '../testing/compileText.ts';
import { patches as handwritten } from '../testing/texts.ts';
import { CompileCache, compile } from './compile.ts';
import { parse } from './parse.ts';
import { ParseCache } from './parseCache.ts';

const patches = handwritten().map(({ text }) => text);

/** Trees without what the parser only keeps for printing. */
const bare = (statements: unknown): string =>
  JSON.stringify(statements, (key, value: unknown) =>
    key === 'loc' || key === 'extra' || key === 'errors' || key.endsWith('Comments') ? undefined : value,
  );

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const seed = Number(process.env.SEGUE_SEED ?? 20);

it(`gives the tree of every text in a row of edits, well-formed or not (seed ${seed})`, () => {
  const random = mulberry(seed);
  const pick = (count: number): number => Math.floor(random() * count);
  for (const patch of patches) {
    const cache = new ParseCache();
    let text = patch;
    for (let edit = 0; edit < 60; edit++) {
      const { statements } = parse(text);
      const cached = parse(text, cache);
      expect(bare(cached.statements)).toBe(bare(statements));
      const at = pick(text.length);
      const insertion = ['', '1', ' ', '\n', '// x\n', '}', '(', 'const q = 1\n', '`'][pick(9)]!;
      text = random() < 0.3 ? patch : text.slice(0, at) + insertion + text.slice(at + pick(3));
    }
  }
});

it('keeps two equal declarations apart', () => {
  const cache = new ParseCache();
  const text = 'let a = 1\nlet b = 2\nlet a = 1\n';
  for (const variant of [text, `// moved\n${text}`]) {
    expect(bare(parse(variant, cache).statements)).toBe(bare(parse(variant).statements));
  }
});

it('keeps what is wrong in functions that nobody calls, wherever they come to stand', () => {
  const cache = new CompileCache();
  const told = (text: string): string[] =>
    describeProblems(text, compile(text, testLibrary(), cache).diagnostics).concat(String(cache.uncalled.found.length));
  const dead = 'const dead = (x) => { const v = { a: x }; return v.b }\n';
  const sound = 'export default (t) => t\n';
  expect(told(dead + sound)).toEqual(['unknown-member «b»', '1']);
  expect(told(`const gain = 2\n${dead}${sound}`)).toEqual(['unknown-member «b»', '1']);
  expect(told(dead.replace('v.b', 'v.a') + sound)).toEqual(['0']);
  expect(told(dead.replace('v.b', 'v.c * v.d') + sound)).toEqual(['unknown-member «c»', '1']);
  expect(told(sound)).toEqual(['0']);
});

it('says of functions that nobody calls what holds now, whatever it depends on', () => {
  const text = (row: string, body = 'row.a', rest = '') =>
    `const row = ${row}\nlet kind = 1\nconst dead = (x) => { const v = row; return v.b * x + kind }\n${rest}export default () => ${body}\n`;
  const cache = new CompileCache();
  const texts = [
    text('{ a: 1 }'),
    text('{ a: 1, b: 2 }'),
    text('{ a: 1 }'),
    text('{ a: 1 }', 'row.a + 1'),
    text('{ a: 1 }', 'row.a + 1', 'const part = { c: 1 }\n'),
    text('{ a: 1, b: 2 }', '{ kind += 1; return kind }'),
  ];
  const problems = texts.map((one) => describeProblems(one, compile(one, testLibrary(), cache).diagnostics));
  const alone = texts.map((one) => describeProblems(one, compile(one, testLibrary()).diagnostics));
  expect(problems).toEqual(alone);
  expect(problems.map(({ length }) => length)).toEqual([1, 0, 1, 1, 1, 0]);
});
