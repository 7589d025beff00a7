/** Mistakes in the use of arrays: code, place and advice. */

import { describe, expect, it } from 'vitest';
import { compileText, problemsOf } from '../../testing/compileText.ts';
import { printType } from './types.ts';

/** A patch that says this once, at its top level. */
const atTop = (statement: string): string =>
  `const xs = [3, 1, 2]\nconst f32 = new Float32Array(4);\n${statement}\nexport default () => 0\n`;

/** A patch that says this in every frame. */
const perFrame = (statement: string): string =>
  `const xs = [3, 1, 2]\nconst cells = [{ n: 1 }]\nlet kept = xs\nexport default () => {\nconst before = kept[0]\n${statement}\nreturn before + cells[0].n\n}\n`;

const messageOf = (text: string): string => compileText(text).diagnostics[0]?.message ?? '';

describe('arguments', () => {
  it.each([
    ['xs.map()', 'missing-argument «xs.map()»'],
    ['xs.map(3)', 'wrong-argument «3»'],
    ['xs.filter([1])', 'wrong-argument «[1]»'],
    ['xs.reduce()', 'missing-argument «xs.reduce()»'],
    ['xs.sort(1)', 'wrong-argument «1»'],
    ['xs.at()', 'missing-argument «xs.at()»'],
    ['xs.at([1])', 'wrong-argument «[1]»'],
    ['xs.fill(0, (x) => x)', 'wrong-argument «(x) => x»'],
    ['xs.slice({})', 'wrong-argument «{}»'],
    ['xs.with(1)', 'missing-argument «xs.with(1)»'],
    ['f32.set(3)', 'wrong-argument «3»'],
    ['f32.set()', 'missing-argument «f32.set()»'],
    ['[xs].flat(xs.length)', 'constant-depth «xs.length»'],
    ['Array.from(3)', 'wrong-argument «3»'],
    ['Array.from(xs, 3)', 'wrong-argument «3»'],
    ['Float32Array.from(xs, xs)', 'wrong-argument «xs»'],
    ['Float32Array.from(xs, xs)', 'wrong-argument «xs»'],
  ])('%s', (statement, problem) => {
    expect(problemsOf(atTop(statement))).toEqual([problem]);
  });

  it('says what the method needs', () => {
    expect(messageOf(atTop('xs.map()'))).toBe('`map` needs a function, as in `map((x) => …)`.');
    expect(messageOf(atTop('xs.reduce(1)'))).toBe(
      '`reduce` needs a function, as in `reduce((sum, x) => sum + x, 0)`, but this is a number.',
    );
    expect(messageOf(atTop('f32.set(3)'))).toBe('`set` needs an array, but this is a number.');
  });

  it('speaks of the call and not of the library where a callback gives the wrong thing', () => {
    expect(problemsOf(atTop('f32.map((x) => ({ x }))'))).toEqual(['not-a-number «f32.map((x) => ({ x }))»']);
    expect(problemsOf(atTop('xs.sort((a, b) => [a, b])'))).toEqual(['not-a-number «xs.sort((a, b) => [a, b])»']);
    expect(problemsOf(atTop('xs.fill({})'))).toEqual([]);
    expect(problemsOf(atTop('let f = f32\nxs.push("a".length, f, new Int8Array(2))'))).toEqual([
      'two-kinds «xs.push("a".length, f, new Int8Array(2))»',
    ]);
  });

  it('speaks of the callback where that is wrong', () => {
    expect(problemsOf(atTop('xs.map((x) => x.y)'))).toEqual(['unknown-member «y»']);
    expect(problemsOf(atTop('xs.map((x) => nothing + x)'))).toEqual(['undefined-name «nothing»']);
  });
});

describe('methods that are not there', () => {
  it.each([
    ['xs.mapp((x) => x)', 'unknown-member «mapp»'],
    ['f32.push(1)', 'unknown-member «push»'],
    ['f32.concat(f32)', 'unknown-member «concat»'],
    ['xs.subarray(1)', 'unknown-member «subarray»'],
    ['xs.set([1])', 'unknown-member «set»'],
  ])('%s', (statement, problem) => {
    expect(problemsOf(atTop(statement))).toEqual([problem]);
  });

  it('suggests the nearest', () => {
    expect(messageOf(atTop('xs.mapp((x) => x)'))).toBe('`xs` is an array and has no `mapp`. Did you mean `map`?');
    expect(messageOf(atTop('f32.push(1)'))).not.toContain('push.');
  });
});

describe('what JavaScript does and nobody means', () => {
  it('refuses to sort numbers as text', () => {
    expect(problemsOf(atTop('xs.sort()'))).toEqual(['sort-needs-order «xs.sort()»']);
    expect(problemsOf(atTop('xs.toSorted()'))).toEqual(['sort-needs-order «xs.toSorted()»']);
    expect(problemsOf(atTop('f32.sort()'))).toEqual([]);
    expect(problemsOf(atTop("['b', 'a'].sort()"))).toEqual([]);
    expect(messageOf(atTop('xs.sort()'))).toContain('sort((a, b) => a - b)');
  });

  it('refuses to call a function with elements that were never set', () => {
    expect(problemsOf(atTop('Array(4).map((_, i) => i)'))).toEqual(['array-of-holes «Array(4).map((_, i) => i)»']);
    expect(problemsOf(atTop('new Array(xs.length).forEach((x) => x)'))).toEqual([
      'array-of-holes «new Array(xs.length).forEach((x) => x)»',
    ]);
    expect(problemsOf(atTop('Array(4).fill(0).map((_, i) => i)'))).toEqual([]);
    expect(problemsOf(atTop('[...Array(4)].map((_, i) => i)'))).toEqual([]);
  });

  it.each([
    '«[1, , 3].forEach((x) => x)»',
    'const ys = [1, , 3]; «ys.map((x) => x)»',
    'const ys = [1, , 3]; const zs = ys; «zs.reduce((a, b) => a + (b ?? 0), 0)»',
    'const ys = [60, , [60, 64]]; «ys.filter((x) => x !== null)»',
    "const ys = [60, , 'c']; «ys.some((x) => x === undefined)»",
    'const ys = [1, , 3].slice(); «ys.every((x) => x === undefined)»',
    'const ys = [1].concat([1, , 3]); «ys.flatMap((x) => [x])»',
    'const ys = [1, , 3].splice(0, 2); «ys.reduceRight((a, b) => a + (b ?? 0), 0)»',
    'const ys = [1, , ...xs]; «ys.flat()»',
    'const ys = [[1, , 3], [4]]; «ys.flat()»',
    'const ys = [1, , 3]; «ys.indexOf(undefined)»',
    'const ys = [1, , 3]; «ys.lastIndexOf(ys[1])»',
    'const each = (zs) => «zs.forEach((x) => x)»; each([1, 2]); each([1, , 3])',
    'const all = { ys: [1, , 3] }; «all.ys.forEach((x) => x)»',
    'for (const i in «[1, , 3]») i',
    'Object.keys(«[1, , 3]»)',
  ])('refuses to skip an element that is missing between commas: %s', (statements) => {
    expect(problemsOf(atTop(statements.replace(/[«»]/g, '')))).toEqual([
      `literal-holes ${/«.*»/.exec(statements)![0]}`,
    ]);
  });

  it.each([
    'const [a, , b] = xs',
    'const ys = [1, , 3]; ys.includes(undefined); ys.find((y) => !y); ys.indexOf(3); ys.at(1); ys.sort((a, b) => a - b)',
    'const ys = [1, , 3]; for (const y of ys) y; for (const y of ys.keys()) y',
    '[...[1, , 3]].forEach((x) => x)',
    'Array.from([1, , 3]).forEach((x) => x)',
    '[1, , 3].toReversed().forEach((x) => x)',
    '[1, , 3].with(1, 2).forEach((x) => x)',
    '[, , ,].fill(0).map((_, i) => i)',
    '[1, undefined, 3].map((x) => x)',
    '[1, , 3].slice().at(1); [1, undefined, 3].slice().map((x) => x)',
    'const ys = [1, , 3], zs = [1, undefined, 3]; const part = (ws) => ws.slice(1); part(ys).at(0); part(zs).at(0)',
  ])('lets holes be where JavaScript sees undefined: %s', (statements) => {
    expect(problemsOf(atTop(statements))).toEqual([]);
  });

  it('refuses to set the length', () => {
    expect(problemsOf(atTop('xs.length = 0'))).toEqual(['assign-to-length «xs.length»']);
  });
});

describe('while it sounds', () => {
  it.each(['xs.push(1)', 'xs.pop()', 'xs.shift()', 'xs.unshift(1, 2)', 'xs.splice(0, 1)'])(
    'refuses %s',
    (statement) => {
      expect(problemsOf(perFrame(statement))).toEqual([`grows-per-frame «${statement}»`]);
    },
  );

  it('refuses it in a function that the top level calls too', () => {
    const text = `const add = (list) => list.push(1)\nconst xs = [0]\nadd(xs)\n${'export default () => add(xs)'}`;
    expect(problemsOf(text)).toEqual(['grows-per-frame «list.push(1)»']);
  });

  it('takes it for an array that the frame made', () => {
    expect(problemsOf(perFrame('const own = []\nown.push(1)\nown.unshift(2)\nown.pop()'))).toEqual([]);
    expect(problemsOf(perFrame('xs.slice().push(1)'))).toEqual([]);
  });

  it.each([
    ['kept = xs.map((x) => x)', 'escapes-frame «xs.map((x) => x)»'],
    ['kept = [...xs]', 'escapes-frame «[...xs]»'],
    ['kept = xs.concat(1)', 'escapes-frame «xs.concat(1)»'],
    ['cells[0] = cells.map((c) => ({ n: c.n }))[0]', 'escapes-frame «cells[0] = cells.map((c) => ({ n: c.n }))[0]»'],
    ['cells.fill({ n: 2 })', 'escapes-frame «{ n: 2 }»'],
  ])('reports that %s keeps what the frame made', (statement, problem) => {
    expect(problemsOf(perFrame(statement))).toEqual([problem]);
  });

  it('knows what was there before from what the frame made', () => {
    expect(problemsOf(perFrame('kept = [xs, xs].filter((x) => x)[0]'))).toEqual([]);
    expect(problemsOf(perFrame('cells[0] = cells.slice().reverse()[0]'))).toEqual([]);
    expect(problemsOf(perFrame('kept = xs.sort((a, b) => a - b)'))).toEqual([]);
    const both =
      'const start = [1, 2].slice(1)\nlet kept = start\nexport default () => { const now = start.slice(); now[0] += kept[0]; kept = start; return now[0] }';
    expect(problemsOf(both)).toEqual([]);
  });
});

describe('spread', () => {
  it.each([
    ['Math.hypot(...xs)', 'spread-needs-array-literal «xs»'],
    [
      'const fs = [(...a) => a.length, (...b) => -b.length]\nfs[xs.length - 3](...xs)',
      'spread-needs-array-literal «xs»',
    ],
    ['const f = (...all) => all.length\nf(...3)', 'not-spreadable «3»'],
    ['const f = (a, b) => a + b\nf(...3)', 'not-spreadable «3»'],
    ['[...3]', 'not-spreadable «3»'],
    ['Math.max(...3)', 'not-spreadable «3»'],
    ['const rows = [xs]\nMath.max(...rows)', 'not-a-number «rows»'],
    ['xs.indexOf(...xs)', 'spread-needs-array-literal «xs»'],
  ])('%s', (statement, problem) => {
    expect(problemsOf(atTop(statement))).toEqual([problem]);
  });
});

describe('types', () => {
  const typeOf = (expression: string): string => {
    const { typed } = compileText(
      `const cells = [{ n: 1 }]\nconst xs = [1, 2]\nconst probe = ${expression}\nexport default () => 0`,
    );
    const [, type] = [...typed.globals].find(([variable]) => variable.name === 'probe')!;
    return printType(type);
  };

  it.each([
    ['xs.filter((x) => x > 1)', 'number[]'],
    ['xs.slice(1)', 'number[]'],
    ['xs.concat(3, [4])', 'number[]'],
    ['[...xs, 3]', 'number[]'],
    ['Array(3).fill(0)', 'number[]'],
    ['Array(3)', 'undefined[]'],
    ['cells.find((c) => c.n)', '{ n: number } | undefined'],
    ['cells.at(0)', '{ n: number } | undefined'],
    ['cells.filter((c) => c.n)', '{ n: number }[]'],
    ['xs.find((x) => x)', 'number | undefined'],
    ['xs.reduce((a, x) => a + x)', 'number'],
    ['[[1], [2]].flat()', 'number[]'],
    ['xs.flatMap((x) => [x > 1])', 'boolean[]'],
    ['new Float32Array(4).map((x) => x)', 'Float32Array'],
    ['new Uint8Array(4).subarray(1)', 'Uint8Array'],
    ['Array.from(new Uint8Array(4))', 'number[]'],
    ["[...'ab']", 'string[]'],
    ['xs.some((x) => x)', 'boolean'],
  ])('%s is %s', (expression, type) => {
    expect(typeOf(expression)).toBe(type);
  });

  it('has a version of a method for every callback there is', () => {
    const calls = Array.from({ length: 100 }, (_, i) => `xs.map((x) => x + ${i})[0]`).join(' + ');
    expect(problemsOf(`const xs = [1]\nexport default () => ${calls}`)).toEqual([]);
  });
});
