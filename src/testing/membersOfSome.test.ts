/** Members that only some of the values in one place have: the text run as JavaScript says what the others give, in both tiers. */
import { describe, expect, it } from 'vitest';
import { readLibrary } from '../node/librarySource.ts';
import { RejectedPatch, twoTiers } from '../node/twoTiers.ts';
import { expectLikeJavaScript } from './bothTiers.ts';

const library = readLibrary();

const DICTIONARY = "const d = {}\nfor (const k of ['0', 'foo']) d[k] = 7\n";

/** Each is read of one value after another: `x`. */
const PLAYED: readonly (readonly [values: string, read: string])[] = [
  ['0.5, { a: 1 }', 'x.length ?? 6'],
  ["0.5, { a: 1 }, 'abc'", 'x.length ?? 6'],
  ['0.5, { a: 1 }, [2]', 'x.b ?? 6'],
  ["{ length: 3 }, 5, [1, 2], 'abcd'", 'x.length ?? 9'],
  ["'abc', 0.5, null", 'x?.length ?? 6'],
  ["'ab', true, 7", 'x.length > 1 ? 1 : 0'],
  ["'ab', 7", "x[1] === 'b' ? 1 : 0"],
  ["'ab', undefined, 7", 'x?.foo ?? 2'],
  ['{ a: 1 }, undefined, 7', 'x?.b ?? 2'],
  ['{ a: 1 }, undefined, [7]', 'x?.b ?? 2'],
  ['[4], { 0: 5 }', 'x[0]'],
  ['[4], { 1: 5 }, 3', 'x[0] ?? 8'],
  ['[4], d, 2', 'x[0] ?? 1'],
  ['[4], d, 2', 'x.foo ?? 1'],
  ['[[1, 2], undefined]', 'x.foo ?? 1'],
  ['new Map([[1, 2]]), 5, [1, 2, 3]', 'x.size ?? x.length ?? 9'],
];

/** What these have from JavaScript, and what cannot be told apart, is a mistake at its place and never another number. */
const REFUSED: readonly (readonly [values: string, read: string])[] = [
  ['0, () => 1, (a, b) => 1', 'x.length ?? 5'],
  ['[1, 2], () => 1', 'x.length'],
  ["'abc', (a) => 1, null", 'x?.length ?? 7'],
  ['{ length: 3 }, (a) => 1', 'x.length'],
  ['0.5, new Float32Array(3), { length: 2 }', 'x.length ?? 6'],
];

const patch = (values: string, read: string): string => `${DICTIONARY}const xs = [${values}]
export default () => { const x = xs[currentFrame % xs.length]; return ${read} }`;

const ask = (x: string): string =>
  `const f = (x) => ${x} ?? 1
export default () => f([1, 2]) + f('abc') * 10 + f(4) * 100 + f({ length: 5, foo: 2 }) * 1000 + f(true)`;

describe('a member that some of the values have', () => {
  it.each(PLAYED)('of %s: `%s`', (values, read) => {
    expectLikeJavaScript(patch(values, read));
  });

  it.each(REFUSED)('of %s: `%s` is refused', (values, read) => {
    expect(() => twoTiers(patch(values, read), library)).toThrow(RejectedPatch);
  });

  it('is asked for in a function compiled once for each kind', () => {
    for (const read of ['x.length', 'x.foo', '(x.foo ?? x.length)']) expectLikeJavaScript(ask(read));
  });

  it('is looked for once, whatever else the expression does', () => {
    expectLikeJavaScript('let n = 0\nconst g = () => { n++; return [1] }\nexport default () => (g().foo ?? 1) + n');
  });
});
