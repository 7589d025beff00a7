/** What a function throws, caught by a `try` of its callers while the top level runs: like the text run as JavaScript, in both tiers. */
import { describe, expect, it } from 'vitest';
import { expectLikeJavaScript } from './bothTiers.ts';
import { renderCompiled } from './compiled.ts';
import { diagnosticsOf } from './diagnose.ts';
import { renderOracle } from './oracle.ts';

const CHECK = "const check = (n) => { if (n > 2) throw new Error('too many'); return n }\n";

const PLAYED: Readonly<Record<string, string>> = {
  'out of a function': `${CHECK}let got = 0, why = ''
try { got = check(1); got += check(3); got = 100 } catch (e) { why = e.message }
export default () => got + why.length`,
  'through functions, round by round, with finally': `${CHECK}const mid = (n) => 1 + check(n)
let got = 0
const log = []
for (let i = 0; i < 5; i++) { try { got += mid(i); log.push('ok') } catch (e) { log.push(e.message) } finally { got += 100 } }
export default () => got + log.indexOf('too many') * 1000`,
  'through a method of arrays, which then calls nothing more': `const parse = (s) => { if (s === '') throw new RangeError('empty'); return s.length }
let total = 0
const seen = []
try { ['a', 'bb', '', 'cccc'].forEach((s) => { seen.push(s); total += parse(s) }) } catch (e) { total += 0.5 }
export default () => total + seen.length * 10`,
  'out of a comparison in sort, and of map': `const xs = [3, 1, 2]
let k = 0
try { xs.sort((a, b) => { if (a === 2 || b === 2) throw new Error('cmp'); return a - b }) } catch (e) { k = 1 }
const m = (() => { try { return xs.map((x) => { if (x === 2) throw 'two'; return x }).length } catch (e) { return e === 'two' ? 7 : 0 } })()
export default () => k + m * 10`,
  'again from catch, past finally': `let count = 0, r = ''
const f = (n) => { if (n === 1) throw new Error('one'); return n }
const g = (n) => {
  let got = 0
  try { got = f(n) } catch (e) { if (n === 1) throw new TypeError('again ' + e.message); got = -1 } finally { count++ }
  return got
}
try { g(0); g(1); g(2) } catch (e) { r = e.name + e.message }
export default () => count + r.length * 10`,
  'past finally alone, from one function to another': `${CHECK}let order = ''
const inner = () => { try { order += 'a'; check(9); order += 'x' } finally { order += 'b' } order += 'x' }
const outer = () => { try { inner(); order += 'x' } finally { order += 'c' } }
try { outer() } catch (e) { order += e.message }
export default () => order.length + order.indexOf('c') * 100`,
  'out of a constructor and a method, an object': `class Bank {
  constructor(n) { if (n < 1) throw new Error('empty bank'); this.n = n }
  get(i) { if (i >= this.n) throw { code: 7 }; return i }
}
let a = 0, b = 0, c = ''
try { const x = new Bank(2); a = x.get(1); a += x.get(2) } catch (e) { b = e.code }
try { new Bank(0) } catch { c = 'no' }
export default () => a + b * 10 + c.length * 100`,
  'out of a getter': `const o = { get v() { throw new Error('getter') }, w: 2 }
let k = 0
try { k = o.w; k += o.v } catch (e) { k += e.message.length }
export default () => k`,
  'out of one of several functions': `const fs = [() => 1, () => { throw new Error('x') }, (a) => 3]
let s = 0
for (const f of fs) { try { s += f(1) } catch { s += 100 } }
export default () => s`,
  'in the midst of a sum, whose parts before it have run': `${CHECK}const order = []
const note = (x) => { order.push(x); return x }
let k = 0
try { k = note(1) + check(note(3)) + note(4) } catch (e) { k = -1 }
export default () => k + order.length * 10`,
  'out of recursion, numbers and strings': `const deep = (n) => { if (n === 0) throw n + 3; return deep(n - 1) + 1 }
let k = 0, p = 0
try { k = deep(10) } catch (e) { k = e }
while (true) { try { p++; if (p > 3) throw 'out'; deep(1) } catch (e) { if (e === 'out') break } }
export default () => k + p * 10`,
  'by a function that frames call, too': `${CHECK}const twice = (xs) => xs.map((x) => check(x) * 2)
let k = 0
try { k = twice([1, 3])[0] } catch { k = -1 }
const ys = [1, 2]
export default () => { let s = 0; for (const y of ys) s += check(y); return k + s + twice(ys)[1] }`,
  'nowhere, while the top level has a finally of its own': `const a = { get g() { return 1 } }
let r = 0
try { if (r > 0) throw 0; r = 5 } catch { r = 2 } finally { r += 1 }
const unused = () => { throw 0 }
export default () => r + a.g`,
  'by the top level itself, past finally alone and out of loops': `const never = (n) => { if (n > 1e9) throw new Error('far'); return n }
let k = 0, why = ''
outer: for (const i of [1, 2, 3, 4]) {
  try {
    try { if (i === 2) continue; if (i === 3) throw new Error('three'); if (i === 4) break outer; k += 1000 } finally { k += i }
    k += 100
  } catch (e) { why += e.message } finally { k += 10 }
}
try { k += 1 } finally { k += 2 }
const o = { get g() { return never(k) } }
export default () => o.g + why.length`,
  'in the function that plays, which the top level has called': `let k = 0
const play = (t) => { try { if (t > 1e9) throw new Error('far'); k += 1 } finally { k += 2 } return [k, t * 0] }
try { play(2e9) } catch (e) { k += e.message.length * 100 }
export default play`,
  'in the function that plays, out of one that it calls': `const check = (t) => { if (t > 1e9) throw new Error('far'); return t }
const play = (t) => [check(t) * 0 + k, 1]
let k = 0
try { play(2e9) } catch (e) { k = e.message.length }
export default play`,
};

describe('what a function throws is caught', () => {
  it.each(Object.entries(PLAYED))('%s', (_, text) => {
    expect(expectLikeJavaScript(text)).toBe(true);
  });

  it('and goes on being caught after an edit', async () => {
    const patch = (n: number): string =>
      `${CHECK}let k = 0\ntry { k = check(${n}) } catch (e) { k = e.message.length }\nexport default () => k`;
    const options = { frames: 512, fadeFrames: 0, blockFrames: 32 };
    const render = await renderCompiled({ ...options, text: patch(1), swaps: [{ frame: 256, text: patch(5) }] });
    expect(render.left[100]).toBe(renderOracle(patch(1), { frames: 1 }).left[0]);
    expect(render.left[500]).toBe(renderOracle(patch(5), { frames: 1 }).left[0]);
  });
});

describe('what nothing catches', () => {
  it.each([
    ['is thrown in a function', `${CHECK}try { check(1) } catch {}\nconst z = check(5)\nexport default () => z`],
    ['passes finally', `${CHECK}let k = 0\ntry { check(5) } finally { k = 3 }\nexport default () => k`],
    ['is thrown in a frame', `${CHECK}let k = 0\ntry { k = check(3) } catch {}\nexport default () => k + check(7)`],
  ])('%s: its message stands where it is thrown', async (_, text) => {
    const [only, ...others] = await diagnosticsOf(text);
    expect(others).toEqual([]);
    expect(only?.code).toBe('thrown');
    expect(only?.message).toContain('too many');
    expect(text.slice(only!.span.start, only!.span.end)).toBe("throw new Error('too many');");
  });

  it('may not be caught in a frame', async () => {
    const text = `${CHECK}let k = 0\nexport default () => { try { k = check(currentFrame) } catch { k = -1 } return k }`;
    expect((await diagnosticsOf(text)).map(({ code }) => code)).toEqual(['refused']);
  });
});
