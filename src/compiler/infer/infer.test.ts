/** Types from use: of variables, of specialisations, where kinds meet; and one message for each mistake. */

import { describe, expect, it } from 'vitest';
import { compileText, problemsOf, testLibrary, using } from '../../testing/compileText.ts';
import { dump } from '../dump.ts';
import { printType } from './types.ts';

/** The type of a top-level variable of a patch without mistakes. */
function typeOf(text: string, name: string): string {
  const { diagnostics, typed } = compileText(text);
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  const found = [...typed.globals].find(([variable]) => variable.name === name);
  return found ? printType(found[1]) : 'not there';
}

/** The specialisations of a function that a patch reaches. */
const versionsOf = (text: string, path: string): string[] => {
  expect(problemsOf(text)).toEqual([]);
  return dump(text, 'types', testLibrary())
    .split('\n')
    .filter((line) => line.startsWith(`${path}(`))
    .sort();
};

describe('an expression', () => {
  it.each([
    ['1', 'number'],
    ['true', 'boolean'],
    ["'text'", 'string'],
    ['undefined', 'undefined'],
    ['null', 'null'],
    ['1 + 2 * 3', 'number'],
    ['1 < 2', 'boolean'],
    ['!1', 'boolean'],
    ['~1 >>> 0', 'number'],
    ['-true', 'number'],
    ['true + true', 'number'],
    ['void 0', 'undefined'],
    ['typeof 1', 'string'],
    ["'a' === 'b'", 'boolean'],
    ['1 < 2 ? 1 : 2', 'number'],
    ['1 < 2 ? 1 : true', 'number | boolean'],
    ['1 < 2 ? 1 : undefined', 'number | undefined'],
    ['1 < 2 && 3', 'number | boolean'],
    ['(1 < 2 ? 1 : undefined) ?? 3', 'number'],
    ['(1 < 2 ? 1 : null) ?? true', 'number | boolean'],
    ['(1, true)', 'boolean'],
    ['sampleRate', 'number'],
    ['Math.PI * 2', 'number'],
    ['Math.max(1, 2)', 'number'],
    ['Number.isNaN(1)', 'boolean'],
    ['[1, 2]', 'number[]'],
    ['[1, true]', '(number | boolean)[]'],
    ['[1, undefined]', '(number | undefined)[]'],
    ['[[1], [2, 3]]', 'number[][]'],
    ['[1, 2].length', 'number'],
    ['[1, 2].map((x) => x > 1)', 'boolean[]'],
    ['[1, 2].map((x) => ({ x }))', '{ x: number }[]'],
    ['[1, 2].map((x) => [x])', 'number[][]'],
    ['[1, 2].reduce((a, b) => a + b, 0)', 'number'],
    ['Array.from({ length: 3 }, (_, i) => i)', 'number[]'],
    ['Array.from({ length: 3 }, () => true)', 'boolean[]'],
    ['new Float32Array(4)', 'Float32Array'],
    ['new Uint8Array(4).map((x) => x + 1)', 'Uint8Array'],
    ['{ a: 1, b: true, c: [1] }', '{ a: number, b: boolean, c: number[] }'],
    ['{ a: { b: 1 } }.a', '{ b: number }'],
    ['[{ a: 1 }, { a: true }]', '{ a: number | boolean }[]'],
    ['[{ a: 1 }, { b: 2 }]', '{ a: number | undefined, b: number | undefined }[]'],
    ['(x) => x', 'function value'],
    ['((x) => x)(1)', 'number'],
    ['((x) => x > 0)(1)', 'boolean'],
    ['(() => {})()', 'undefined'],
    ['((a, b = 2) => a + b)(1)', 'number'],
    ['((...xs) => xs)(1, 2)', 'number[]'],
  ])('%s is %s', (expression, type) => {
    expect(typeOf(using(`const value = ${expression}`, '0'), 'value')).toBe(type);
  });

  it.each([
    ['a number that is assigned a boolean', 'let value = 1\nvalue = true', 'number | boolean'],
    ['a number that is assigned nothing', 'let value = 1\nvalue = undefined', 'number | undefined'],
    ['nothing that is assigned a number', 'let value\nvalue = 1', 'number | undefined'],
    [
      'an object, from a member that comes later',
      'const value = { a: 1 }\nvalue.b = true',
      '{ a: number, b: boolean | undefined }',
    ],
    ['an object or nothing', 'let value = { a: 1 }\nvalue = null', '{ a: number } | null'],
    [
      'what a function gives in each case',
      'const f = (x) => { if (x > 1) return 1; return true }\nconst value = f(2)',
      'number | boolean',
    ],
    [
      'what a function may not give',
      'const f = (x) => { if (x > 1) return 1 }\nconst value = f(2)',
      'number | undefined',
    ],
    [
      'what a loop that never ends returns from',
      'const f = (x) => { while (true) if (x++ > 3) return x }\nconst value = f(2)',
      'number',
    ],
    [
      'what a function that calls itself gives',
      'const f = (n) => (n < 2 ? 1 : n * f(n - 1))\nconst value = f(5)',
      'number',
    ],
    [
      'what two functions that call each other give',
      'const even = (n) => (n === 0 ? true : odd(n - 1))\nconst odd = (n) => (n === 0 ? false : even(n - 1))\nconst value = even(5)',
      'boolean',
    ],
  ])('%s', (_, declarations, type) => {
    expect(typeOf(using(declarations, '0'), 'value')).toBe(type);
  });
});

describe('a function', () => {
  it('is compiled once for each list of argument types', () => {
    const text =
      'const same = (x) => x\nconst a = same(1), b = same(2), c = same(true), d = same([1])\nexport default () => a + b';
    expect(versionsOf(text, 'same')).toEqual([
      'same(boolean): boolean',
      'same(number): number',
      'same(number[]): number[]',
    ]);
  });

  it('takes undefined for what is not given', () => {
    const text = 'const f = (a, b) => (b === undefined ? a : b)\nexport default () => f(1) + f(1, 2)';
    expect(versionsOf(text, 'f')).toEqual(['f(number, number): number', 'f(number, undefined): number | undefined']);
  });

  it('is not there for anybody when nobody calls it', () => {
    expect(versionsOf('const f = (a) => a\nexport default () => 1', 'f')).toEqual([]);
  });

  it('made by a factory is compiled for each kind of factory call, not for each call', () => {
    const text =
      'const hold = (x) => () => x\nconst a = hold(1), b = hold(2), c = hold(true)\nexport default () => a() + b() + (c() ? 1 : 0)';
    expect(versionsOf(text, 'hold')).toEqual(['hold(boolean): function hold.λ1', 'hold(number): function hold.λ1']);
    expect(versionsOf(text, 'hold.λ1')).toEqual(['hold.λ1(): boolean', 'hold.λ1(): number']);
  });

  it('may be one of several in a variable, which then share their types', () => {
    const text = 'const fs = [(x) => x, (x) => x > 1]\nexport default () => (fs[currentFrame % 2](2) ? 1 : 0)';
    expect(problemsOf(text)).toEqual([]);
    expect(typeOf(text, 'fs')).toMatch(/function.*\[\]$/);
  });
});

describe('a mistake', () => {
  it.each([
    ['a number called', 'const a = 1', 'a()', 'not-callable «a»'],
    ['a member called that is no function', 'const o = { a: 1 }', 'o.a()', 'not-callable «o.a»'],
    ['an element called that is no function', 'const a = [1]', 'a[0]()', 'not-callable «a[0]»'],
    ['undefined called', 'let a', 'a()', 'not-callable «a»'],
    ['a number indexed', 'const a = 1', 'a[0]', 'not-indexable «a»'],
    ['a function indexed', 'const a = () => 1', 'a[0]', 'not-indexable «a»'],
    ['an array added', 'const a = [1]', 'a + 1', 'not-a-number «a»'],
    ['an object multiplied', 'const a = { b: 1 }', '2 * a', 'not-a-number «a»'],
    ['a function compared by size', 'const a = () => 1', 'a > 1', 'not-a-number «a»'],
    ['an object for a sine', 'const a = { b: 1 }', 'Math.sin(a)', 'not-a-number «a»'],
    ['an object counted up', 'let a = { b: 1 }', 'a++', 'not-a-number «a»'],
    ['an object added to', 'let a = { b: 1 }', '(a += 1)', 'not-a-number «a»'],
    ['a variable of two kinds, used as one', 'let a = 1\na = [2]', 'a + 1', 'several-kinds «a»'],
    ['typed arrays of two kinds', 'let a = new Int8Array(1)\na = new Uint8Array(1)', 'a[0]', 'two-kinds'],
    ['an object as an index', 'const a = [1], b = { c: 1 }', 'a[b]', 'not-a-number «b»'],
    ['an array in a typed array', 'const a = new Float32Array(2), b = [1]', '(a[0] = b, 1)', 'not-a-number'],
    ['a member that is not there', 'const a = { freq: 1 }', 'a.frq', 'unknown-member «frq»'],
    ['a method that is not there', 'const a = [1]', 'a.mpa((x) => x)[0]', 'unknown-member «mpa»'],
    ['a member of a number', 'const a = 1', 'a.b', 'unknown-member «b»'],
    ['a member of undefined', 'let a', 'a.b', 'unknown-member «b»'],
    ['a member set on a function', 'const a = () => 1', '(a.b = 1)', 'unknown-member «b»'],
    ['text joined while it runs', "const f = (x) => 'a' + x", '(f(1) ? 1 : 0)', "refused «'a' + x»"],
    [
      'returns of two kinds',
      'const f = (x) => { if (x > 1) return 1; return [1] }',
      '2 * f(1)',
      'several-kinds «f(1)»',
    ],
    [
      'recursion with ever new types',
      'const f = (x) => (currentFrame > 9 ? 1 : f([x]))',
      'f(1)',
      'too-many-versions «f»',
    ],
    ['recursion without an end', 'const f = (x) => f(x)', 'f(1)', 'never-returns'],
  ])('is found once, at its characters: %s', (_, declarations, expression, problem) => {
    const problems = problemsOf(using(declarations, expression));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it.each([
    ["() => 'a'", 'a string'],
    ['() => ({ a: 1 })', 'an object'],
    ['() => {}', 'nothing'],
    ['() => () => 1', 'a function'],
    ["() => [1, 'a']", ''],
  ])('of the default export is named: %s', (root, kind) => {
    const { diagnostics } = compileText(`export default ${root}`);
    expect(diagnostics.map(({ code }) => code)).toEqual(['default-export-result']);
    expect(diagnostics[0].message).toContain(kind);
  });

  it.each([
    ['5', 'a number'],
    ['[1]', 'an array'],
    ['undefined', 'undefined'],
    ['{ a: () => 1 }', 'an object'],
  ])('of a default export that is no function is named: %s', (root, kind) => {
    const { diagnostics } = compileText(`export default (${root})`);
    expect(diagnostics.map(({ code }) => code)).toEqual(['default-export-not-function']);
    expect(diagnostics[0].message).toContain(kind);
  });

  it('names the two kinds that meet', () => {
    const [{ message }] = compileText(using('const f = (x) => (x > 1 ? 1 : { a: 1 })', 'f(1)')).diagnostics;
    expect(message).toContain('a number');
    expect(message).toContain('an object');
  });

  it('names what was called, and what it is', () => {
    const [{ message }] = compileText(using('const freq = 440', 'freq(1)')).diagnostics;
    expect(message).toContain('`freq`');
    expect(message).toContain('a number');
  });

  it('names what there is instead of a member that is not there', () => {
    const [{ message }] = compileText(using('const osc = { freq: 1, gain: 2 }', 'osc.frq')).diagnostics;
    expect(message).toContain('`frq`');
    expect(message).toContain('freq');
  });

  it('in a function that is never called is none, nor in what comes after a mistake of the text', () => {
    expect(problemsOf(using('const f = (x) => x.a.b.c()', '1'))).toEqual([]);
    expect(problemsOf(using('const a = missing', 'a.b.c() + a[0] + a()'))).toEqual(['undefined-name «missing»']);
  });

  it('does not grow into others: each of ten costs one message', () => {
    const mistakes = Array.from(
      { length: 10 },
      (_, n) => `const a${n} = [1]\nconst b${n} = a${n}(${n})\nconst c${n} = b${n} + 1`,
    );
    const uses = Array.from({ length: 10 }, (_, n) => `c${n}`).join(' + ');
    expect(problemsOf(using(mistakes.join('\n'), uses))).toEqual(
      Array.from({ length: 10 }, (_, n) => `not-callable «a${n}»`),
    );
  });
});

describe('what is made while it sounds', () => {
  it.each([
    ['an array in an object that stays', 'const o = { list: [0] }', '{ o.list = [1, currentFrame]; return o.list[0] }'],
    [
      'a closure in an array that stays',
      'const fs = [() => 0]',
      '{ const n = currentFrame; fs[0] = () => n; return fs[0]() }',
    ],
    [
      'an object of a factory, in an array that stays',
      'const make = (x) => ({ x })\nconst all = [make(0)]',
      '{ all[0] = make(currentFrame); return all[0].x }',
    ],
    [
      'an array in a variable of a closure that stays',
      'const keep = () => { let list = [0]; return (x) => { const before = list[0]; list = [x]; return before } }\nconst k = keep()',
      'k(currentFrame)',
    ],
  ])('must not stay: %s', (_, declarations, body) => {
    const { diagnostics } = compileText(`${declarations}\nexport default () => ${body}`);
    expect(diagnostics.map(({ code }) => code)).toEqual(['escapes-frame']);
    expect(diagnostics[0].message).toMatch(/top level/);
  });

  it.each([
    ['an array that is read and forgotten', '', '{ const a = [currentFrame, 1]; return a[0] + a[1] }'],
    ['an object handed to a function', 'const f = (o) => o.x + 1', 'f({ x: currentFrame })'],
    ['a closure called at once', '', '[1, 2].map((x) => x * currentFrame)[1]'],
    ['a closure without captures', 'let f = () => 0', '{ f = () => 1; return f() }'],
    [
      'an object of the top level',
      'const a = { x: 1 }, b = { x: 2 }\nlet now = a',
      '{ now = currentFrame % 2 ? a : b; return now.x }',
    ],
  ])('may be used: %s', (_, declarations, body) => {
    expect(problemsOf(`${declarations}\nexport default () => ${body}`)).toEqual([]);
  });
});
