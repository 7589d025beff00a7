/** Chains read in parts are the tree that the parser makes of the whole, and chains of any length are programs. */
import { parse as parseModule } from '@babel/parser';
import type { Statement } from '@babel/types';
import { describe, expect, it } from 'vitest';
import { renderPatch } from '../node/renderPatch.ts';
import { createSession } from '../node/session.ts';
import { parseLongChains } from './longChains.ts';
import { parse } from './parse.ts';
import { ParseCache } from './parseCache.ts';

const OFFSET = 70;

/** Without what no pass reads. */
const bare = (statements: readonly Statement[]): unknown =>
  JSON.parse(
    JSON.stringify(statements, (key, value: unknown) =>
      key === 'loc' || key === 'extra' || key.endsWith('Comments') || key === 'range' ? undefined : value,
    ),
  );

function whole(text: string, offset: number): readonly Statement[] | null {
  try {
    const { program } = parseModule(text, {
      ...{ sourceType: 'module', plugins: ['typescript'], startIndex: offset, startColumn: offset },
    });
    return program.body;
  } catch {
    return null;
  }
}

/** As if the parser's stack were good for a number of characters: it refuses the text as long as it is longer. */
const limited = (limit: number) => (text: string, offset: number) =>
  text.length > limit && !/\s{200}/.test(text) ? null : whole(text, offset);

/** Short enough for any stack: how deep the parser gets on it depends on what the engine has optimised so far. */
const chain = (operator: string, term: (n: number) => string, count = 400): string =>
  Array.from({ length: count }, (_, n) => term(n)).join(` ${operator} `);

const TEXTS: readonly (readonly [what: string, text: string])[] = [
  ['a sum', `const y = ${chain('+', (n) => `x${n}`)}`],
  ['a sum of products, in a call', `f(1, ${chain('+', (n) => `a[${n}] * b.c(${n}, 'x') ** 2`)}, 2)`],
  ['differences with signs', `const y = ${chain('-', (n) => `-x${n} * +1`)} + 1`],
  ['conditions, in a condition', `const y = ${chain('&&', (n) => `x < ${n} + 1`)} ? a + b : c || d`],
  ['alternatives of conditions', `if (${chain('||', (n) => `a && b${n}`)}) { f(a + b) }`],
  ['missing values', `const y = ${chain('??', (n) => `x?.y${n}`)}`],
  ['masks', `const y = (z | ${chain('&', (n) => `x << ${n % 8}`)}) ^ 2`],
  ['texts and templates', `const y = ${chain('+', (n) => `\`a\${x + ${n}}b\${y}\` + 'c'`)}`],
  [
    'products over lines, with comments',
    `let y =\n${chain('*\n//  c + d\n', (n) => `(x + ${n}) /* + */ / typeof z`, 300)}\ny += 1`,
  ],
  ['two of them', `const y = ${chain('+', (n) => `x${n}`)}\nconst z = (a) => ${chain('-', (n) => `a.b${n}`)}`],
  ['one within another', `const y = ${chain('+', (n) => (n === 3 ? `(${chain('*', (m) => `z${m}`)})` : `x${n}`))}`],
  ['statements without semicolons', `f()\n${chain('+', (n) => `x${n}`)}\ng(h - 1)`],
  ['a name with dollars', `const $0 = 1, $$ = ${chain('+', (n) => `$${n}`)}`],
];

describe('the tree of', () => {
  it.each(TEXTS)('%s', (_, text) => {
    const expected = whole(text, OFFSET);
    expect(expected).not.toBeNull();
    const made = parseLongChains(text, OFFSET, limited(text.length - 1), 100);
    expect(made).not.toBeNull();
    expect(bare(made!)).toEqual(bare(expected!));
  });

  it.each([
    ['what is deep without a chain', `const y = ${'('.repeat(300)}1${')'.repeat(300)}`],
    ['what is no program', `const y = ${chain('+', (n) => `x${n}`)} +`],
    ['a chain with a mistake in it', `const y = ${chain('+', (n) => (n === 200 ? 'x x' : 'x'))}`],
    ['powers, which group to the right', `const y = ${chain('**', (n) => `x${n}`)}`],
  ])('%s is not made', (_, text) => {
    expect(parseLongChains(text, 0, limited(text.length - 1), 100)).toBeNull();
  });
});

describe('twenty thousand terms', () => {
  const COUNT = 20_000;
  const term = (n: number): string => `t * ${n}`;

  it('are a program, and sound as the sum they are', { timeout: 300_000 }, async () => {
    const text = `export default (t) => (${chain('+', term, COUNT)}) * 1e-9`;
    const { left } = await renderPatch({ text, frames: 8 });
    for (let frame = 0; frame < 8; frame++) {
      let sum = 0;
      for (let n = 0; n < COUNT; n++) sum += (frame / 48_000) * n;
      expect(left[frame]).toBe(sum * 1e-9);
    }
  });

  it.each(['-', '*', '&&', '||', '??', '&', '|', '<'])('may have %s between them', async (operator) => {
    const session = await createSession({ sampleRate: 48_000, fadeFrames: 0, postsModules: false });
    const text = `export default (t) => ((${chain(operator, (n) => (operator === '??' ? 't' : `(t + ${n % 2})`), 6000)}) ? 1 : 0)`;
    const diagnostics = session.check(text);
    expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([]);
  });

  it('have their places in the text, also after a declaration that came before them', () => {
    const cache = new ParseCache();
    const text = `const y = ${chain('+', term, COUNT)}`;
    parse(`const a = 1\n${text}`, cache);
    const { statements } = parse(`const abc = 1\n${text}`, cache);
    const [, declaration] = statements;
    expect([declaration?.start, declaration?.end]).toEqual([14, 14 + text.length]);
    const [first] = declaration?.type === 'VariableDeclaration' ? declaration.declarations : [];
    let node = first?.init;
    let links = 0;
    while (node?.type === 'BinaryExpression' && node.operator === '+') {
      expect(node.start).toBe(14 + 'const y = '.length);
      node = node.left as typeof node;
      links++;
    }
    expect(links).toBe(COUNT - 1);
  });
});
