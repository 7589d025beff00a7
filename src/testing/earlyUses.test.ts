/**
 * Variables that are used before their declaration has run, and variables that are assigned on some ways only: what
 * JavaScript does decides. Where it throws, the text is refused or the frame traps, with the place; everywhere else the samples
 * are the same.
 */

import { describe, expect, it } from 'vitest';
import { renderPatch } from '../node/renderPatch.ts';
import { expectSameRender } from './compare.ts';
import { loadOracle, renderOracle } from './oracle.ts';

const FRAMES = 256;

/** Whether JavaScript throws in one of the frames, or before them. */
function throwsInJavaScript(text: string): boolean {
  try {
    const program = loadOracle(text);
    for (let frame = 0; frame < FRAMES; frame++) program.frame(frame);
    return false;
  } catch (thrown) {
    // Thrown by what the text does, and not because it cannot be read.
    expect(thrown).toBeInstanceOf(ReferenceError);
    return true;
  }
}

async function outcomeOf(text: string): Promise<string[]> {
  const { diagnostics, left, right, played } = await renderPatch({ text, frames: FRAMES, raw: true });
  if (diagnostics.length === 0 && played) {
    expectSameRender(text, { left, right }, renderOracle(text, { frames: FRAMES }), { tolerance: 0 });
  }
  return diagnostics.map(({ code, span }) => `${code} «${text.slice(span.start, span.end)}»`);
}

describe('JavaScript throws', () => {
  it.each<[string, string]>([
    ['export default () => { h(); const rec = { a: 1, b: 2, c: 3 }; function h() { rec.c = 0.5 } return 0.1 }', 'rec'],
    ['export default () => { let f; f = () => z; f(); let z; return 0 }', 'z'],
    ['const a = f()\nconst k = 2\nfunction f() { return k }\nexport default () => a', 'k'],
    ['const v = [1, 2].map((x) => amp * x)\nconst amp = 0.1\nexport default () => v[0]', 'amp'],
    ['const v = v1() + 1\nfunction v1() { return v }\nexport default () => v', 'v'],
    ['const period = 1 / freq\nconst freq = 220\nexport default () => period', 'freq'],
    ['export default () => { let r = 0; switch (1) { case 0: const z = {}; case 1: z.c = 1 } return r }', 'z'],
    [
      'let n = 0\nexport default () => { n++; switch (n % 2) { case 0: let y = 3; return y; default: if (n > 60) return y } return 0 }',
      'y',
    ],
    [
      'export default () => { let r = 0; for (let i = 0; i < 3; i++) { const get = () => w; if (i === 2) r = get(); const w = i; r += w } return r }',
      'w',
    ],
    ['export default () => { set(); let xs = [1]; function set() { xs = [2] } return xs[0] }', 'xs'],
    ['export default () => { const g = () => f(); const x = g(); const f = () => 1; return x }', 'f'],
    ['export default () => { const on = () => b; const x = on() ? 1 : 0; const b = true; return x }', 'b'],
    ['export default () => { const say = () => s.length; const x = say(); const s = "ab"; return x }', 's'],
    ['export default () => { L: { use(); break L; const z = 1; function use() { return z } } return 0 }', 'z'],
    ['const o = { get: () => late }\nconst x = o.get()\nconst late = 1\nexport default () => x', 'late'],
  ])('%s', async (text, name) => {
    expect(throwsInJavaScript(text)).toBe(true);
    expect((await outcomeOf(text)).at(-1)).toBe(`used-before-declared «${name}»`);
  });
});

describe('JavaScript plays', () => {
  it.each([
    'const f = (g) => (0 ? g() : 0); let v = f(() => z); const z = 1\nexport default () => v',
    'export default () => { if (currentFrame < 0) f(); let z = 2; function f() { return z } return f() }',
    'export default () => { switch (1) { case 1: return 0.5; case 0: let z; z } return 0 }',
    'function mk() { let p = 0; const step = () => next(); const next = () => (p += 0.001); return step }\nconst s = mk()\nexport default () => s()',
    'const late = () => base * 2\nconst base = 0.25\nexport default () => late()',
    'const v = [1, 2].map((f) => ({ f, g: () => amp * f }))\nconst amp = 0.1\nexport default () => v[0].g() + v[1].g()',
    'const twice = (x) => x * k\nconst k = 2\nconst y = twice(3)\nexport default () => y + twice(1)',
    'export default (t) => { let n = 0; switch (currentFrame % 3) { case 0: let y = 1; n = y; case 1: y = 5; n += y } return n }'
      .replace('case 1:', 'break; case 1: let w = 2; n += w; case 2: n++; break; default:')
      .replace('default: y = 5; n += y', 'default: n = 7'),
  ])('%s', async (text) => {
    expect(throwsInJavaScript(text)).toBe(false);
    expect(await outcomeOf(text)).toEqual([]);
  });
});

describe('what a frame assigns on some ways only keeps its value on the others', () => {
  const sometimes = 'currentFrame % 4 > 0';
  it.each([
    `let y = 0; export default () => { a: { if (${sometimes}) break a; y = currentFrame + 1 } return y }`,
    `let y = 0; export default () => { for (let i = 0; i < 2; i++) { if (${sometimes}) continue; y = currentFrame + i } return y }`,
    `let y = 0; export default () => { a: for (;;) { for (;;) { if (${sometimes}) break a; y = currentFrame; break a } } return y }`,
    `let y = 0; const f = (x) => x; export default () => { const g = ${sometimes} ? undefined : f; g?.((y = currentFrame)); return y }`,
    `let y = 0; const xs = [1, 2]; export default () => { const a = ${sometimes} ? undefined : xs; a?.[(y = currentFrame) % 2]; return y }`,
    `let y = 0; const xs = [1, 2]; export default () => { const a = ${sometimes} ? undefined : xs; a?.indexOf((y = currentFrame)); return y }`,
    `let y = 0, n = 0; export default () => { n = ${sometimes} ? 1 : 0; n ||= (y = currentFrame); return y }`,
    `let y = 0, n = 0; export default () => { n = ${sometimes} ? 0 : 1; n &&= (y = currentFrame); return y }`,
    `let y = 0; export default () => { let n = ${sometimes} ? 1 : undefined; n ??= (y = currentFrame); return y + n }`,
    `let y = 0; export default () => { switch (currentFrame % 4) { case 0: y = currentFrame; break; case 1: break; default: } return y }`,
    `let y; export default () => { L: { break L; y = 1 } return y }`,
    `let r = 0; export default () => { set(); r = currentFrame; function set() { r += 0.5 } return r }`,
    `let f3 = () => 0; export default () => { const x = f5(); function f5() { return f3() } f3 = () => currentFrame; return x }`,
    `let rows = [0]; export default () => { a: { if (${sometimes}) break a; rows = rows } return rows[0] + 1 }`,
  ])('%s', async (text) => {
    expect(throwsInJavaScript(text)).toBe(false);
    expect(await outcomeOf(text)).toEqual([]);
  });
});
