/** What `lower` makes means what JavaScript says, in the order JavaScript says it, and is the same for the same meaning. */

import { describe, expect, it } from 'vitest';
import { expectSameRender } from '../../testing/compare.ts';
import { compileText } from '../../testing/compileText.ts';
import { LivePatch } from '../../testing/live.ts';
import { renderOracle } from '../../testing/oracle.ts';
import { patches } from '../../testing/texts.ts';
import { printCode, printFunction } from '../printIr.ts';

/** The compiled patch gives the samples of the same text run as JavaScript, bit for bit. */
async function expectAsJavaScript(text: string, frames: number): Promise<void> {
  compileText(text);
  const live = await LivePatch.create(text);
  expectSameRender(text, live.render(frames), renderOracle(text, { frames }), { tolerance: 0 });
}

/** A patch that gives the value of one function after the other, one a frame. */
const inTurn = (declarations: string, bodies: readonly string[]): string =>
  `${declarations}
${bodies.map((body, n) => `const f${n} = () => { ${body} }`).join('\n')}
export default () => {
${bodies.map((_, n) => `  if (currentFrame === ${n}) return +f${n}()`).join('\n')}
  return -1
}`;

describe('operands are read from left to right, before the right one changes them', () => {
  const arithmetic = '+ - * / % ** & | ^ << >> >>>'.split(' ');
  const comparisons = '< <= > >= == != === !=='.split(' ');
  /** `X` stands for a place that holds a number. */
  const bodies = [
    ...[...arithmetic, ...comparisons].flatMap((operator) => [
      `return X ${operator} (X = 2)`,
      `return (X = 9) ${operator} X`,
      `return X ${operator} X++`,
      `return --X ${operator} X`,
    ]),
    ...arithmetic.map((operator) => `return (X ${operator}= (X = 3)) + X * 100`),
  ];
  /** A place by where it lives: the expression for it, and what stands in front. */
  const places: Readonly<Record<string, readonly [place: string, before: string]>> = {
    'a local': ['x', 'let x = 7.5;'],
    'a variable that a closure shares': ['x', 'let x = 7.5; const change = () => { x += 1 }; change();'],
    'a top-level variable': ['g', 'g = 7.5;'],
    'an element': ['list[1]', 'list[1] = 7.5;'],
    'an element of a typed array': ['floats[1]', 'floats[1] = 7.5;'],
    'a member': ['o.m', 'o.m = 7.5;'],
  };
  const declarations = 'let g = 0\nconst list = [0, 0]\nconst floats = new Float64Array(2)\nconst o = { m: 0 }';

  it.each(Object.entries(places))('%s', async (_, [place, before]) => {
    const placed = bodies.map((body) => `${before} ${body.replaceAll('X', place)}`);
    expect(placed.length).toBe(4 * 20 + 12);
    await expectAsJavaScript(inTurn(declarations, placed), placed.length);
  });

  it('of values that may be of several kinds', async () => {
    const kinds = ['true', 'false', 'undefined', 'null', '0', '1', '0 / 0'];
    const bodies = kinds.flatMap((first) =>
      kinds.flatMap((second) =>
        ['===', '!==', '==', '!=', '%', '+', '<'].map(
          (operator) =>
            `let u = maybe(${first}); const r = u ${operator} (u = maybe(${second})); return r === r ? r : 77`,
        ),
      ),
    );
    const maybe = 'const odd = [true, false, undefined, null, 0, 1, 0 / 0]\nconst maybe = (x) => odd[odd.length] ?? x';
    await expectAsJavaScript(inTurn(maybe, bodies), bodies.length);
  });

  it('in calls, arrays, objects, indices and conditions', async () => {
    const bodies = [
      'let x = 1; return three(x, (x = 2), x)',
      'let x = 1; return three(x++, x++, x++)',
      'let x = 1; const a = [x, (x = 2), x]; return a[0] + a[1] * 10 + a[2] * 100',
      'let x = 1; const a = { p: x, q: (x = 2), r: x }; return a.p + a.q * 10 + a.r * 100',
      'let x = 1; const a = [10, 20, 30]; return a[x] + a[(x = 2)] + a[x]',
      'let a = [1, 2]; const b = [3, 4]; return a[(a = b, 1)] * 10 + a[0]',
      'let a = [1, 2]; const b = [3, 4]; const c = a; a[0] = (a = b, 9); return c[0] * 10 + a[0]',
      'let o = { v: 1 }; const p = { v: 2 }; const q = o; o.v += (o = p, 5); return q.v * 10 + o.v',
      'let x = 1; return x > 0 ? (x = 5) + x : x',
      'let x = 0; return (x || (x = 4)) + x * 10',
      'let x = 3; return (x && (x = 0)) + x + (x ?? 9)',
      'let x = 1; x += x++ + ++x; return x',
      'let x = 2; return x ** (x = 3) + (-x) ** 2',
      'let f = (y) => y + 1; return f((f = (y) => y * 100, 3)) + f(2)',
      'let x = 1; return Math.max(x, (x = 5), x) * 10 + Math.min(x, (x = 2))',
      'let x = 7; return Math.atan2(x, (x = 0)) > 1 ? x + 1 : x + 2',
      'let n = 0; const bump = () => { n++ }; return (undefined === bump() ? 1 : 2) + n * 10',
      'let n = 0; const bump = () => { n++ }; return (bump() === undefined ? 1 : 2) + (bump() == null ? 4 : 8) + n * 100',
      'let n = 0; const bump = () => { n++ }; return (bump() === bump() ? 1 : 2) + n * 10',
      'let n = 0; const bump = () => { n++ }; return (null == bump() ? 1 : 2) + (null !== bump() ? 4 : 8) + n * 100',
      'let n = 0; const bump = () => { n++; return [n] }; return (bump() === 1 ? 1 : 2) + (1 !== bump() ? 4 : 8) + n * 100',
    ];
    await expectAsJavaScript(inTurn('const three = (a, b, c) => a + b * 10 + c * 100', bodies), bodies.length);
  });
});

describe('a patch', () => {
  it.each([
    [
      'whose default export calls itself by its name',
      'export default function play(n) { return n > 3 ? n : play(n + 1) + currentFrame }',
    ],
    [
      'whose default export returns a pair and calls itself',
      'const play = (t) => { if (t > 3) return [t, -t]; const p = play(t + 1); return [p[0] + 1, p[1]] }\nexport default play',
    ],
    [
      'whose default export returns a pair and is called by another function',
      'const play = (t) => [t + 1, t]\nconst half = (t) => play(t)[0] / 2\nconst list = [play, play]\nexport default play\nlet n = half(3) + list[1](2)[1]',
    ],
    [
      'whose default export is called by what it calls',
      'const play = (t) => (t > 2 ? [t, 1] : [other(t), 2])\nconst other = (t) => play(t + 3)[0]\nexport default play',
    ],
    [
      'with functions of one path, which are not the same',
      'const a = { f: () => 1 }\nconst b = { f: () => 2 }\nconst make = () => { const p = { f: () => 1 }, q = { f: () => 2 }; return p.f === q.f ? 1 : 0 }\nexport default () => [a.f === b.f ? 1 : 0, make()]',
    ],
    [
      'with a function that is the same wherever it is named',
      'const f = (x) => x\nconst list = [f, (x) => x]\nexport default () => [list[0] === f ? 1 : 0, list[1] === f ? 1 : 0]',
    ],
    [
      'with a name that the library has, too',
      'const TWO_OVER_PI_DIGITS = [1, 2, 3]\nconst fmod = (a, b) => a - b\nconst std = 5\nexport default () => [TWO_OVER_PI_DIGITS[currentFrame % 3], fmod(currentFrame, std) % 7]',
    ],
    [
      'with a function expression that calls itself',
      'const f = function fact(n) { return n < 2 ? 1 : n * fact(n - 1) }\nexport default () => f(currentFrame % 10)',
    ],
    [
      'whose top level stops halfway through blocks',
      'let n = 0\n{ let k = 3; while (true) { n += k; if (--k < 0) break } }\nout: { n *= 2; if (n > 5) break out; n = 100 }\nexport default () => n',
    ],
    [
      'with one function for several, which return different things',
      'const fs = [() => 1, () => true, () => {}, () => null]\nexport default () => fs[currentFrame % 4]() ?? 7',
    ],
    [
      'with arguments too many and too few',
      'const f = (a, b) => (b === undefined ? a : a + b)\nlet n = 0\nexport default () => [f(1, 2, n++, n++), f(5) + n]',
    ],
  ])('%s', async (_, text) => {
    await expectAsJavaScript(text, 40);
  });
});

describe('the IR', () => {
  const codeOf = (text: string): string[] =>
    compileText(text).lowered?.units.flatMap((unit) => unit.functions.map((fn) => printCode(fn.ir))) ?? [];

  it('is the same each time', () => {
    for (const { text } of patches()) {
      const print = () =>
        compileText(text).lowered?.units.flatMap((unit) => unit.functions.map((fn) => printFunction(fn.ir)));
      expect(print()).toEqual(print());
    }
  });

  const patch = `
const voice = (hz) => {
  let phase = 0
  const step = (by) => { phase = (phase + by) % 1; return phase }
  return () => { for (let i = 0; i < 2; i++) step(hz * i); return step(1) }
}
const voices = [voice(1), voice(2)]
export default (t) => { let sum = t; for (const v of voices) sum += v(); return sum }
`;

  it.each<[string, (text: string) => string]>([
    ['comments and white space', (text) => `/* x */${text.replaceAll('\n', ' // y\n\n  ')}`],
    [
      'renamed locals',
      (text) =>
        text
          .replaceAll('sum', 'total')
          .replaceAll('(t)', '(time)')
          .replaceAll('= t;', '= time;')
          .replaceAll('by', 'amount'),
    ],
    [
      'brackets, semicolons and other ways to write numbers',
      (text) =>
        text.replaceAll('phase + by', '((phase) + (by))').replaceAll('% 1', '% 0x1').replaceAll('= 0\n', '= 0.0;\n'),
    ],
    ['types', (text) => text.replace('(hz)', '(hz: number)').replace('let phase', 'let phase: number')],
  ])('does not depend on %s', (_, change) => {
    expect(change(patch)).not.toBe(patch);
    expect(codeOf(change(patch))).toEqual(codeOf(patch));
  });

  it('of the other units stays when one is edited', () => {
    const edited = patch.replace('t; for', 't * 2; for');
    const byUnit = (text: string) =>
      new Map(
        compileText(text).lowered?.units.map((unit) => [
          unit.name,
          unit.functions.map((fn) => printFunction(fn.ir)).join(),
        ]),
      );
    const [before, after] = [byUnit(patch), byUnit(edited)];
    expect(after.get('voice')).toBe(before.get('voice'));
    expect(after.get('default')).not.toBe(before.get('default'));
  });
});
