/** Warns of local variables meant as state, but not of sums, choices and loop counters. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileText } from '../../testing/compileText.ts';
import { formulas, synths } from '../../testing/corpus/corpus.ts';

const warned = (text: string): string[] =>
  compileText(text)
    .diagnostics.filter(({ code }) => code === 'restarts-each-call')
    .map(({ span }) => text.slice(span.start, span.end));

/** A function of one call per frame. */
const called = (body: string, parameters = 'f', args = 'currentFrame'): string =>
  `const step = 0.01\nconst rates = [1, 2]\nfunction g(${parameters}) { ${body} }\nexport default (t) => g(${args})`;

describe('state in a local variable', () => {
  it.each([
    'let p = 0; p += f; return p',
    'let p = 0; p += f / sampleRate; if (p >= 1) p -= 1; return 2 * p - 1',
    'let p = 0; p += f / sampleRate; while (p >= 1) p -= 1; return p',
    'let p = 0; p = (p + f / sampleRate) % 1; return p',
    'let p = 0; p += f * step; p %= 1; return p',
    'let p = 0.25; p += f / sampleRate; p -= Math.floor(p); return p',
    'let p = 0; p = p + step; return p',
    'let p = 0; return (p += step) % 1',
    'let n = 0; n++; return n',
    'let n = -1; n += 1; return n',
    'let n = 8; n--; return n / 8',
    'let y = 0; y += 0.1 * (f - y); return y',
    'let y = 0.5; y += (f - y) / 20; return y',
    'let y = 0; y = 0.9 * y + 0.1 * f; return y',
    'let e = 1; e *= 0.9995; return e * f',
  ])('%s', (body) => {
    expect(warned(called(body))).toEqual([/let (\w+)/.exec(body)![1]]);
  });

  it('in the default export', () => {
    expect(warned('export default (t) => { let p = 0; p += 440 / sampleRate; return Math.sin(6.28 * p) }')).toEqual([
      'p',
    ]);
    expect(warned('export default (t) => { let n = 0; n += t; return n }')).toEqual([]);
  });

  it('with what a member says', () => {
    expect(warned(called('let p = 0; p += v.f / sampleRate; return p', 'v', '{ f: 220 }'))).toEqual(['p']);
    expect(warned(called('let x = 0; x += v.level; return x', 'v', '{ level: t }'))).toEqual([]);
  });
});

describe('no state', () => {
  it.each([
    ['a sum of two', 'let x = 0; x += f; x += f * f; return x'],
    ['a sum over a loop', 'let x = 0; for (let i = 0; i < 4; i++) x += f; return x'],
    ['a sum over an array', 'let x = 0; for (const r of rates) x += r * f; return x'],
    ['a sum by a callback', 'let x = 0; rates.forEach((r) => { x += r }); return x'],
    ['a count of conditions', 'let n = 0; if (f > 1) n++; if (f > 2) n++; return n'],
    ['one condition', 'let n = 0; if (f > 1) n += 1; return n'],
    ['a base and an addition on condition', 'let x = 0; x += f; if (f > 2) x += 0.3; return x'],
    ['a sum that is muted', 'let x = 0; x += f; if (f > 2) x = 0; return x'],
    ['a call that is added', 'let x = 0; x += Math.sin(f); return x'],
    ['an element that is added', 'let x = 0; x += rates[f & 1]; return x'],
    ['what another variable holds', 'const y = f * 2; let x = 0; x += y; return x'],
    ['one that is assigned afterwards', 'let x = 0; x += f; x = f * 2; return x'],
    ['one that starts from a parameter', 'let x = f; x += step; return x'],
    ['one that starts from an expression', 'let x = 2 * step; x += f; return x'],
    ['one minus', 'let x = 1; x -= f; return x'],
    ['a gain', 'let g = 1; g *= f; return g'],
    ['a half', 'let g = 1; g *= 0.5; return g * f'],
    ['a polynomial', 'let y = 2; y = y * f + 1; y = y * f + 3; return y'],
    ['a block inside', 'if (f > 1) { let x = 0; x += f; return x } return 0'],
    ['one that nobody reads', 'let x = 0; x += f; return f'],
  ])('%s', (_, body) => {
    expect(warned(called(body))).toEqual([]);
  });

  it('a mix of parameters', () => {
    expect(warned(called('let x = 0; x += a * 0.5 + b * 0.5; return x', 'a, b', 't, t'))).toEqual([]);
  });

  it('a closure that keeps it', () => {
    const text =
      'const saw = () => { let p = 0; return (f) => { p += f; return p } }\nconst s = saw()\nexport default (t) => s(t)';
    expect(warned(text)).toEqual([]);
  });

  it('a function that only the top level calls', () => {
    expect(
      warned('const f = (x) => { let p = 0; p += x; return p }\nconst y = f(2)\nexport default (t) => t * y'),
    ).toEqual([]);
  });
});

describe('what people write', () => {
  const folder = (name: string): [string, string][] => {
    const at = path.join(import.meta.dirname, '../../..', name);
    return readdirSync(at)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => [`${name}/${file}`, readFileSync(path.join(at, file), 'utf8')]);
  };
  const corpus = [...formulas, ...synths].flatMap(({ name: group, patches }) =>
    patches.map(({ name, text }): [string, string] => [`${group}: ${name}`, text]),
  );
  const texts = [...folder('src/testing/handwritten'), ...folder('src/testing/programs'), ...corpus];

  it('is there', () => {
    expect(texts.length).toBeGreaterThan(200);
  });

  it('has none of it', () => {
    expect(texts.filter(([, text]) => warned(text).length > 0).map(([name]) => name)).toEqual([]);
  });
});
