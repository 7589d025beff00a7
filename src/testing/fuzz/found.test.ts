/**
 * What random programs found, made small: each went wrong once, by what is said of it. JavaScript is asked what is right,
 * in a guarded memory.
 */
import { expect, it } from 'vitest';
import { GuardedPlays } from '../guard/guardedPlays.ts';
import { FRAMES, judgeGuarded } from './judgeGuarded.ts';

const plays = new GuardedPlays({ frames: FRAMES });

/** `outcome`: what has to come of it; see `Judgement`. */
const FOUND: readonly (readonly [what: string, outcome: string, text: string])[] = [
  [
    'an assignment behind a break to a label was taken for certain',
    'plays',
    'let y = 0; export default () => { a: { if (currentFrame % 4 > 0) break a; y = currentFrame + 1 } return y }',
  ],
  [
    'the same, of what has no value yet',
    'plays',
    'let y; export default () => { L: { break L; y = 1 } return y ?? 0.5 }',
  ],
  [
    '(never wrong, its sibling) an assignment behind continue to a label',
    'plays',
    'let y = 7; export default () => { a: for (let i = 0; i < 2; i++) { for (;;) { if (currentFrame % 3) continue a; y = currentFrame; break } } return y }',
  ],
  [
    'assignments in optional calls and elements were taken for certain',
    'plays',
    'let f, xs; let y = 3, z = 4; export default () => { const a = f?.((y = 1)); const b = xs?.[(z = 2)]; return [y + (a ?? 0), z + (b ?? 0)] }',
  ],
  [
    'assignments on the right of ||=, &&= and ??= were taken for certain',
    'plays',
    'let a = 1, b = 0, c = 2, x = 3, y = 4, z = 5; export default () => { a ||= (x = 9); b &&= (y = 9); c ??= (z = 9); return [x + y, z] }',
  ],
  [
    'an array in such a variable was used at offset 0',
    'plays',
    'const kept = [5, 6]; let xs = [1, 2, 3]; export default () => { L: { if (currentFrame % 2) break L; xs = kept } xs[0] += 1; return xs[0] }',
  ],
  [
    'a function was called before a constant of its own was there, and wrote into the header',
    'stopped: used-before-declared',
    'export default () => { if (currentFrame === 2) h(); const rec = { a: 1, b: 2, c: 3 }; function h() { rec.c = 0.5 } return rec.c }',
  ],
  [
    'a case reached what another case declares',
    'stopped: used-before-declared',
    'export default () => { switch (currentFrame % 3) { case 0: const z = { c: 1 }; return z.c; case 1: return 2; default: z.c = 1 } return 0 }',
  ],
  [
    'a turn of a loop saw the variable of the turn before',
    'stopped: used-before-declared',
    'export default () => { let s = 0; for (let i = 0; i < 2; i++) { const f = () => (z[1] = i); if (i > 0 && currentFrame > 3) f(); const z = [1, 2]; s += f() } return s }',
  ],
  [
    'a closure of the frame was called where the one of the top level should have been',
    'plays',
    'let f3 = () => 1; export default () => { const a = g(); function g() { return f3() } f3 = () => 2; return a }',
  ],
  [
    'a function captured parameters before their defaults were put in',
    'plays',
    'const g = (p = 5, q = { c: 1 }) => { function f() { q.c += 1; return p * q.c } return f() }; export default () => g(currentFrame % 2 ? 3 : undefined)',
  ],
  [
    'a function captured the rest of the arguments before there was an array of them',
    'plays',
    'const g = (...xs) => { function f() { xs[0] += 1; return xs[0] + xs.length } return f() }; export default () => g(5, currentFrame)',
  ],
  [
    'what the comparator of a typed array did to the array remained',
    'plays',
    'const v = new Float64Array([4, 3, 2, 1]); const w = v.subarray(1, 3); export default () => { v.sort((a, b) => { w[0] = 9; v[3] = 7; return a - b }); const r = v[0] + 10 * v[1] + 100 * v[2] + 1000 * v[3]; v.set([4, 3, 2, 1]); return r }',
  ],
  [
    'a private field of a class was that of its parent',
    'plays',
    'class A { #x = 3; #up() { return 1 } a() { this.#x = 0; return this.#x + this.#up() } } class B extends A { #x = 5; #up() { return 10 } b() { return this.a() + 100 * this.#x + 1000 * this.#up() } } class C extends B { #x = 7; c() { class D { #x = 2; d() { return this.#x } } this.#x += 1; return this.b() + 10000 * this.#x + 100000 * new D().d() } } const c = new C(); export default () => c.c()',
  ],
  [
    'the setter of a parent was called in spite of a getter that hides it',
    'refused: refused',
    'class A { set half(h) {} } class B extends A { get half() { return 3 } } const b = new B(); export default () => { b.half = 0; return 0 }',
  ],
  [
    'the same, by an object that may be one of either class',
    'refused: refused',
    'class A { n = 0; get x() { return 1 } set x(v) { this.n = v } } class B extends A { get x() { return 2 } } const all = [new A(), new B()]; export default () => { const o = all[currentFrame > 5 ? 1 : 0]; o.x = 4; return [o.x, o.n] }',
  ],
  [
    'the getter of a parent was read in spite of a setter that hides it',
    'plays',
    'class A { n = 1; get half() { return this.n } } class B extends A { set half(h) { this.n = h } } const b = new B(); export default () => { b.half = currentFrame; return [b.half ?? 7, b.n] }',
  ],
  [
    'a method and an accessor of one name were both there',
    'plays',
    'class A { get x() { return 1 } x() { return 2 } } class B extends A { get x() { return 3 } } class C extends B { x() { return 4 } } const a = new A(), b = new B(), c = new C(); export default () => [a.x() + 10 * b.x, c.x()]',
  ],
  [
    'a setter was dropped that replaces a value',
    'refused: refused',
    'const o = { x: 1, set x(v) {} }; export default () => o.x ?? 5',
  ],
  [
    'a field kept the getter of its name',
    'refused: refused',
    'class A { get x() { return 4 } x } const a = new A(); export default () => a.x ?? 8',
  ],
  [
    'forEach of a map saw the keys that there were when it began',
    'plays',
    "const g = new Map([['a', 1], ['b', 2], ['c', 3]]); let n = 0; export default () => { let s = 0; n = 0; g.forEach((v, k) => { s = s * 10 + v; if (n++ < 5) { g.delete(k); g.set(k, v) } }); return s }",
  ],
  [
    'the same, of a set',
    'plays',
    'const g = new Set([1, 2, 3]); let n = 0; export default () => { let s = 0; n = 0; g.forEach((v) => { s = s * 10 + v; if (n++ < 5) { g.delete(3); g.delete(v); g.add(v) } }); return s }',
  ],
  [
    'the same, of a set that gets one more',
    'plays',
    'const g = new Set([1, 2, 3, 4]); g.delete(4); let n = 0; export default () => { let s = 0; g.forEach((v) => { s = s * 10 + v; g.add(4) }); g.delete(4); return s }',
  ],
  [
    'the same, at the top level, where the map grows',
    'plays',
    'const g = new Map([[1, 5]]); let s = 0; g.forEach((v, k) => { s = s * 10 + v; if (k < 5) g.set(k + 1, v + 1) }); export default () => s + g.size',
  ],
  [
    'for…of saw the entries of a map as they were when it began',
    'plays',
    "const g = new Map([['a', 1], ['b', 2], ['c', 3]]); let n = 0; export default () => { let s = 0; n = 0; for (const [k, v] of g) { s = s * 10 + v; if (n++ < 5) { g.delete(k); g.set(k, v) } } return s }",
  ],
  [
    'the same, of its keys',
    'plays',
    "const g = new Map([['a', 1], ['b', 2], ['c', 3]]); let n = 0; export default () => { let s = 0; n = 0; for (const k of g.keys()) { const v = g.get(k); s = s * 10 + v; if (n++ < 5) { g.delete(k); g.set(k, v) } } return s }",
  ],
  [
    'the same, of a set',
    'plays',
    'const g = new Set([1, 2, 3, 4]); g.delete(4); let n = 0; export default () => { let s = 0; for (const v of g) { s = s * 10 + v; if (v === 1) g.delete(2); g.add(4) } g.delete(4); g.add(2); return s }',
  ],
  [
    'the same, of entries at the top level',
    'plays',
    'const g = new Map([[1, 5]]); let s = 0; for (const [k, v] of g.entries()) { s = s * 10 + v; if (k < 5) g.set(k + 1, v + 1) } export default () => s + g.size',
  ],
  [
    '(never wrong, its sibling) a loop through values, left early, and one within it',
    'plays',
    'const g = new Map([[1, 5], [2, 6]]); let s = 0; export default () => { s = 0; for (const v of g.values()) { s = s * 10 + v; for (const [k, w] of g) { if (w > 5) continue; s += w } if (s > 50) break } return s }',
  ],
  [
    '(never wrong, its sibling) loops through maps and arrays in one text',
    'plays',
    'const g = new Map([[1, [5]], [2, [6]]]); const xs = [1, 2]; let s = 0; export default () => { s = 0; for (const x of xs) for (const [y] of g.values()) { s += y * x } for (const [i, x] of xs.entries()) s += i * x; for (const i of xs.keys()) s += i; const h = [...g.keys()]; for (const k of h) s += k; return s }',
  ],
  [
    '(never wrong, its sibling) a loop through objects in a map',
    'plays',
    'const g = new Map([[1, { a: 2 }], [2, { a: 4 }]]); export default () => { let s = 0; for (const v of g.values()) { v.a += 1; s += v.a } for (const { a } of g.values()) s += a; return s }',
  ],
  [
    '(never wrong, its sibling) a loop through an empty set',
    'plays',
    'const g = new Set(); for (const v of g) g.add(v + 1); export default () => g.size',
  ],
  [
    '(never wrong, its sibling) one loop for a map and an array',
    'plays',
    "const names = (m) => { let s = 0; for (const [k, v] of m) s += v; return s }; const a = new Map([['x', 1]]); export default () => names(a) + names([['q', 5], ['r', 6]])",
  ],
];

it.each(FOUND)('%s', (_, outcome, text) => {
  const judgement = judgeGuarded(plays, text);
  expect(judgement.verdict?.report).toBeUndefined();
  expect(judgement.outcome).toBe(outcome);
});
