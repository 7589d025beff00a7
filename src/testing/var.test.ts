/** `var`: the code that `let` gives where both mean the same, and what is kept through an edit. */
import { describe, expect, it } from 'vitest';
import { printFunction } from '../compiler/printIr.ts';
import { expectSameRender } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { compileText } from './compileText.ts';
import { renderOracle } from './oracle.ts';

const printed = (text: string): string[] => {
  const { lowered, diagnostics } = compileText(text);
  if (!lowered) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return lowered.units.flatMap(({ functions, initialiser }) =>
    [...functions, ...(initialiser ? [initialiser] : [])].map(({ ir }) => printFunction(ir)),
  );
};

describe('where a block might declare the variable, the code is that of `let`', () => {
  it.each([
    ['a variable of a function', 'export default (t) => { let x = t * 2; x += 1; return x }'],
    ['a variable of the top level', 'let x = 0\nexport default () => (x += 1)'],
    ['a variable below its use', 'export default function dsp() { return (x += 1) }\nlet x = 0'],
    ['one that a function below uses', 'let x = 0\nfunction next() { return (x += 1) }\nexport default () => next()'],
    [
      'the counters of two loops',
      `const xs = [1, 2, 3]
export default (t) => {
  let sum = 0
  for (let i = 0; i < xs.length; i++) sum += xs[i]
  for (let i = 0; i < 2; i++) { let y = xs[i] * t; sum -= y }
  return sum
}`,
    ],
    [
      'loops over arrays',
      `const xs = [{ a: 1, b: [2] }]
export default (t) => {
  let sum = 0
  for (let { a, b: [c] } of xs) sum += a * c
  for (let [i, x] of xs.entries()) sum += i * x.a
  return sum * t
}`,
    ],
    [
      'a closure over variables of its maker',
      `function make(f) {
  let phase = 0
  let step = f / sampleRate
  return function () { phase = (phase + step) % 1; return phase }
}
const a = make(220)
export default () => a()`,
    ],
    [
      'variables of several kinds in blocks',
      'export default (t) => { if (t > 1) { let x = 1; t += x } else { let x = [t]; t += x[0] } return t }',
    ],
    ['a variable of one frame', 'let x\nexport default (t) => { x = t * 2; return x + 1 }'],
  ])('%s', (_, text) => {
    const changed = text.replaceAll('let ', 'var ');
    expect(changed).not.toBe(text);
    expect(printed(changed)).toEqual(printed(text));
  });

  it('a function that calls itself', () => {
    const text =
      'function f(n) { DECLARE g = (m) => (m < 1 ? n : g(m - 1) * 2); return g(3) }\nexport default (t) => f(t)';
    expect(compileText(text.replace('DECLARE', 'var')).diagnostics).toEqual([]);
    expect(printed(text.replace('DECLARE', 'var')).join()).not.toContain('trap');
  });

  it.each([
    ['after a branch that sets it either way', '{ if (t > 1) var x = 1; else x = 2; return x }'],
    ['after a loop whose head sets it', '{ for (var x = 0; x < 3; x++) t += x; return t + x }'],
    ['in a function that runs later', '{ var f = () => x; var x = t; return f() }'],
    ['declared first, set later', '{ var x, y; y = t; x = y + 1; return x }'],
  ])('a variable that is set by then holds plain numbers: %s', (_, body) => {
    const text = `export default (t) => ${body}`;
    expect(compileText(text).diagnostics).toEqual([]);
    expect(printed(text).join()).not.toMatch(/i64|reinterpret/);
  });
});

const S = 512;
const FRAMES = 1024;
const FADE_FRAMES = 32;

describe('what is kept through an edit', () => {
  it.each([
    {
      name: 'a `let` that becomes a `var`',
      before: 'let n = 0\nexport default () => (n += 1)',
      after: 'var n = 0\nexport default () => (n += 1) * 2',
      self: (now: string) => `let n = 0\nexport default () => (n += 1) * (${now} ? 2 : 1)`,
      kept: ['n'],
    },
    {
      name: 'a `var` that becomes a `let`',
      before: 'var n = 0\nexport default () => (n += 1)',
      after: 'let n = 0\nexport default () => (n += 1) * 2',
      self: (now: string) => `let n = 0\nexport default () => (n += 1) * (${now} ? 2 : 1)`,
      kept: ['n'],
    },
    {
      name: 'a variable that begins without a value',
      before: 'var n\nexport default () => (n = (n === undefined ? 5 : n) + 1)',
      after: 'var n\nexport default () => (n = (n === undefined ? 5 : n) + 1) * 2',
      self: (now: string) => `var n = 5\nexport default () => (n += 1) * (${now} ? 2 : 1)`,
      kept: ['n'],
    },
    {
      name: 'a variable of the top level that a block declares',
      before: 'const c = 1\nif (c > 0) { var n = 3 }\nexport default () => (n += 1)',
      after: 'const c = 1\nif (c > 0) { var n = 3 }\nexport default () => (n += 1) * 2',
      self: (now: string) => `var n = 3\nexport default () => (n += 1) * (${now} ? 2 : 1)`,
      kept: ['n'],
    },
    {
      name: 'a variable of the top level that a loop declares',
      before:
        'var fs = []\nfor (var i = 0; i < 3; i++) fs.push(() => (i += 1))\nexport default () => fs[0]() + fs[1]()',
      after:
        'var fs = []\nfor (var i = 0; i < 3; i++) fs.push(() => (i += 1))\nexport default () => (fs[0]() + fs[1]()) * 2',
      self: (now: string) => `var i = 3\nexport default () => ((i += 1) + (i += 1)) * (${now} ? 2 : 1)`,
      kept: ['i'],
    },
    {
      name: 'a variable of a closure, declared by `let` and then by `var`',
      before: `function make() { let n = 0; const step = 1; return () => (n += step) }
        const f = make()\nexport default () => f()`,
      after: `function make() { var n = 0, step = 1; return function () { return (n += step + arguments.length) } }
        const f = make()\nexport default () => f()`,
      self: () => 'let n = 0\nexport default () => (n += 1)',
      kept: [],
    },
    {
      name: 'a declaration that moves into a block and is edited there leaves the others alone',
      before: 'var a = 0, b = 1\nexport default () => (a += b)',
      after: 'var a = 0\n{ var b = 2 }\nexport default () => (a += b)',
      self: (now: string) => `let a = 0\nexport default () => (a += ${now} ? 2 : 1)`,
      kept: ['a'],
    },
    {
      name: 'a variable that closures share',
      before: `function make() { for (var n = 0, fs = []; n < 2; n++) fs.push(() => (n += 1)); return fs }
        const fs = make()\nexport default () => fs[0]() + fs[1]()`,
      after: `function make() { for (var n = 0, fs = []; n < 2; n++) fs.push(() => (n += 3)); return fs }
        const fs = make()\nexport default () => fs[0]() + fs[1]()`,
      self: (now: string) => `let n = 2\nconst up = () => (n += ${now} ? 3 : 1)\nexport default () => up() + up()`,
      kept: [],
    },
  ])('$name', async ({ before, after, self, kept }) => {
    const options = { frames: FRAMES, fadeFrames: FADE_FRAMES, blockFrames: 32 };
    const render = await renderCompiled({ text: before, ...options, swaps: [{ frame: S, text: after }] });
    const [swap] = render.swaps;
    if (swap?.kind !== 'committed') throw new Error(swap?.kind);
    expectSameRender('before', render, renderOracle(before, { frames: FRAMES }), { tolerance: 0, toFrame: S });
    const expected = renderOracle(self(`currentFrame >= ${S}`), { frames: FRAMES });
    expectSameRender('after the fade', render, expected, { tolerance: 0, fromFrame: S + FADE_FRAMES });
    expect(swap.report.stateKept).toEqual(expect.arrayContaining(kept));
  });
});
