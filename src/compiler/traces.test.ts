/** The variant of a patch that finds its first number that is not finite: what traps, where, and what does not. */

import { describe, expect, it } from 'vitest';
import { testLibrary } from '../testing/compileText.ts';
import { patches } from '../testing/texts.ts';
import { findNonFinite } from '../worker/findNonFinite.ts';
import { compile } from './compile.ts';
import { emit } from './emit/emit.ts';
import type { LowerOptions } from './lower/lower.ts';
import { placeKey } from './lower/tracing.ts';
import { printFunction } from './printIr.ts';
import { verifyPatch } from './verifyIr.ts';

const KEPT = { trapsWhere: 'kept', neutral: new Set<string>() } as const;

/** What the diagnostic says of a patch: `NaN: what «expression»`, or `finite`. */
function firstNonFinite(text: string): string {
  const found = findNonFinite(text, testLibrary(), { sampleRate: 48_000, emit });
  const neutral = new Set(found ? [placeKey(found.span)] : []);
  for (const traces of [
    KEPT,
    { trapsWhere: 'made', neutral: new Set<string>() },
    { trapsWhere: 'kept', neutral },
  ] as const) {
    const { lowered, libraryUnits } = compile(text, testLibrary(), null, { traces });
    expect(lowered && verifyPatch(lowered, libraryUnits)).toEqual([]);
  }
  if (!found) return 'finite';
  const [, what = '', value] = /^(.*?) becomes (NaN|infinite)/.exec(found.message) ?? [];
  return `${value}: ${what[0]?.toLowerCase()}${what.slice(1)} «${text.slice(found.span.start, found.span.end)}»`;
}

describe('traps at what is kept in state', () => {
  it.each([
    [
      'a filter that explodes',
      `let y = 0
export default (t) => {
  y = 1e3 * y + t + 1
  return Math.max(-1, Math.min(1, y))
}`,
      'infinite: `y` «1e3 * y + t + 1»',
    ],
    ['0 / 0 at once', 'let x = 0\nexport default () => { x += 0 / 0; return 0 }', 'NaN: `x` «x += 0 / 0»'],
    [
      'the logarithm of a negative number in a nested closure',
      `const voice = () => {
  let last = 1
  return () => { const step = () => { last = Math.log(last - 1.5); return last }; return step() }
}
const voices = [voice(), voice()]
export default () => voices[0]() + voices[1]()`,
      'NaN: `last` «Math.log(last - 1.5)»',
    ],
    [
      'an array element',
      'const xs = [0, 1]\nlet i = 0\nexport default () => { xs[i++ & 1] = 1 / xs[0]; return 0 }',
      'infinite: `xs[i++ & 1]` «1 / xs[0]»',
    ],
    [
      'an element of a typed array, which rounds to infinity',
      'const xs = new Float32Array(2)\nexport default () => { xs[1] = 1e300; return 0 }',
      'infinite: `xs[1]` «1e300»',
    ],
    [
      'what is absent, in a typed array',
      'const xs = new Float64Array(2)\nconst ys = [1]\nexport default () => { xs[1] = ys[3]; return 0 }',
      'NaN: `xs[1]` «ys[3]»',
    ],
    [
      'a field, by a pattern',
      'const v = { x: 0, y: 0 }\nexport default (t) => { [v.x, v.y] = [t, Math.sqrt(-1)]; return 0 }',
      'NaN: `v.y` «Math.sqrt(-1)»',
    ],
    [
      'a variable of mixed kinds',
      "let x = 'a'\nexport default (t) => { const was = x; x = t / 0 - t / 0; return was ? 0 : 1 }",
      'NaN: `x` «t / 0 - t / 0»',
    ],
    [
      'an array method',
      'const xs = [0, 1]\nexport default (t) => { xs.fill(1 / t); return 0 }',
      'infinite: an element of the array «xs.fill(1 / t)»',
    ],
    ['an increment', 'let x = -Infinity\nexport default () => { x++; return 0 }', 'infinite: `-Infinity` «-Infinity»'],
    ['a logical assignment', 'let x = 0\nexport default () => { x ||= -1 / 0; return 0 }', 'infinite: `x` «-1 / 0»'],
  ])('%s', (_, text, place) => {
    expect(firstNonFinite(text)).toBe(place);
  });
});

describe('traps at what is heard', () => {
  it.each([
    ['a number', 'export default (t) => Math.sqrt(-1 - t)', 'NaN: the result «Math.sqrt(-1 - t)»'],
    ['a pair', 'export default (t) => [t, 1 / t]', 'infinite: the right channel «1 / t»'],
    [
      'a pair from elsewhere',
      'const pan = (x) => [x, x / 0]\nexport default (t) => pan(t + 1)',
      'infinite: `x / 0` «x / 0»',
    ],
    [
      'one of several returns',
      'export default (t) => { if (t < 0.001) return 0; return Math.asin(2) }',
      'NaN: the result «Math.asin(2)»',
    ],
    ['an array', 'const out = [0, NaN]\nexport default () => out', 'NaN: `NaN` «NaN»'],
    [
      'one of several functions',
      'export default Math.random() < 2 ? (t) => 0 / t : (t) => t',
      'NaN: the result «Math.random() < 2 ? (t) => 0 / t : (t) => t»',
    ],
    ['nothing', 'export default (t) => { if (t > 5) return 1 }', 'NaN: the result «(t) => { if (t > 5) return 1 }»'],
  ])('%s', (_, text, place) => {
    expect(firstNonFinite(text)).toBe(place);
  });
});

describe('lets what is harmless pass', () => {
  it.each([
    ['NaN that becomes an integer', 'let n = 0\nexport default (t) => { n = (0 / 0) | 0; return n + ((t / 0) & 3) }'],
    [
      'reading past the end',
      "const xs = [1]\nlet last\nexport default () => { last = xs[4]; return 'abc'[9] ? 1 : 0 }",
    ],
    ['infinities in between', 'let x = 0\nexport default (t) => { x = Math.min(1, 1 / t); return 1 / (1 / t) }'],
    [
      'what the top level makes',
      'let peak = -Infinity\nlet x = NaN\nexport default (t) => { peak = Math.max(peak, t); return peak }',
    ],
    ['integer elements', 'const xs = new Int16Array(2)\nexport default () => { xs[0] = 0 / 0; return xs[0] }'],
    [
      'variables that last for a frame',
      `export default (t) => {
  let low = 5
  const look = (x) => { low = x < low ? x : Infinity }
  look(1)
  look(2)
  return low > 9 ? 0 : t
}`,
    ],
    ['booleans and texts', "let x = 1\nexport default (t) => { x = t > 1 ? 'a' : t > 0; return 0 }"],
  ])('%s', (_, text) => {
    expect(firstNonFinite(text)).toBe('finite');
  });
});

it('changes no code unless it is asked for', () => {
  const text = 'let y = 0\nexport default (t) => { y += t; return [y, y * 2] }';
  const print = (options: LowerOptions): string[] => {
    const { units } = compile(text, testLibrary(), null, options).lowered!;
    return units.flatMap((unit) => unit.functions.map(({ ir }) => printFunction(ir)));
  };
  expect(print({ traces: KEPT })).not.toEqual(print({}));
  expect(print({}).join('')).not.toContain('ifLive');
});

describe('marks where the first of them is made', () => {
  it.each([
    [
      'a constant',
      'const pitch = 0 / 0\nlet phase = 0\nexport default () => {\n  phase += pitch / sampleRate\n  return Math.sin(phase)\n}',
      'NaN: `0 / 0` «0 / 0»',
    ],
    [
      'a note past the end of a scale, through two functions',
      'const notes = [220, 330, 440]\nconst pick = (n) => notes[n]\nconst osc = () => { let p = 0; return (f) => (p += f / sampleRate) }\nconst o = osc()\nexport default (t) => {\n  const f = pick((t * 4) % 3)\n  return o(f)\n}',
      'NaN: `notes[n]` «notes[n]»',
    ],
    [
      'what came before that is harmless',
      'const limit = 1 / 0\nconst pitch = Math.log(-1)\nlet y = 0\nexport default () => {\n  y = Math.min(limit, y + pitch)\n  return y\n}',
      'NaN: `Math.log(-1)` «Math.log(-1)»',
    ],
    [
      'what is made while it sounds, and kept later, by another function',
      'let held = 0\nconst hold = (x) => {\n  held = x\n}\nconst slope = (t) => 1 / (t - 1)\nexport default (t) => {\n  hold(slope(t))\n  return held\n}',
      'infinite: `1 / (t - 1)` «1 / (t - 1)»',
    ],
    [
      'an argument that is missing',
      'let y = 0\nconst twice = (x) => x * 2\nexport default () => {\n  y = twice()\n  return y\n}',
      'NaN: `x` «x»',
    ],
    [
      'a record that was made at the top level',
      'const voice = { hz: 440 / 0 }\nlet p = 0\nexport default () => {\n  p += voice.hz\n  return p\n}',
      'infinite: `440 / 0` «440 / 0»',
    ],
  ])('%s', (_, text, place) => {
    expect(firstNonFinite(text)).toBe(place);
    const found = findNonFinite(text, testLibrary(), { sampleRate: 48_000, emit });
    // And where it gets to.
    expect(found?.related).toHaveLength(1);
  });
});

it('makes valid code of all patches, whatever it looks for', () => {
  for (const { name, text } of patches()) {
    for (const trapsWhere of ['kept', 'made'] as const) {
      const { lowered, libraryUnits } = compile(text, testLibrary(), null, { traces: { ...KEPT, trapsWhere } });
      expect(lowered && verifyPatch(lowered, libraryUnits), name).toEqual([]);
    }
  }
});
