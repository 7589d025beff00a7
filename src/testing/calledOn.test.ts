/** How functions are called on objects, and what `in` finds, in programs older than classes: as the text run as JavaScript, in both tiers. */
import { describe, expect, it } from 'vitest';
import { expectLikeJavaScript } from './bothTiers.ts';
import { renderCompiled } from './compiled.ts';
import { renderOracle } from './oracle.ts';

const PLAYED: Readonly<Record<string, string>> = {
  '#name in an object': `class A { #x = 1; static is(o) { return #x in o } get() { return this.#x } }
class B { y = 2 }
const a = new A(), b = new B()
export default () => (A.is(a) ? a.get() : 2) + (A.is(b) ? 10 : 20)`,
  'call and apply, each with a this of its own': `const f = function (a, b) { return this.k * a + b }
const o = { k: 3 }, q = { k: 4 }
export default () => f.call(o, 2, 1) + f.apply(q, [2, 1]) * 10`,
  'apply with a list that is kept, and a default': `const f = function (a, b = 5) { return this.k * a + b }
const o = { k: 3 }
const args = [2, 1]
export default () => f.apply(o, args) + f.call(o, 1)`,
  'call and apply without this': `const g = (a, b) => a - b
export default () => g.call(null, 5, 3) + g.apply(undefined, [1, 2]) * 10`,
  'apply with arguments': `function f() { return g.apply(this, arguments) }
function g(a, b) { return a * 10 + b }
export default () => f(1, 2)`,
  'Math.max.apply and its like': `const xs = [1, 5, 3]
export default () => Math.max.apply(null, xs) + Math.min.apply(Math, [4, 2]) * 10 + Math.max.call(null, 1, 7) * 100`,
  'a method of a prototype called on another object': `function A(k) { this.k = k }
A.prototype.m = function (a) { return this.k + a }
const a = new A(2), b = new A(5)
export default () => A.prototype.m.call(a, 1) * 10`,
  'members that are named call and apply': `const o = { call: (x) => x + 1, apply: (x) => x + 2 }
export default () => o.call(1) + o.apply(5) * 10`,
  'call of one of several functions': `const fs = [function (x) { return this.k + x }, function (x) { return this.k * x }]
const o = { k: 3 }
export default () => fs[currentFrame % 2].call(o, 4)`,
  'in, of a dictionary, with what every object has': `const d = {}
d['a' + 1] = 2
export default () => ('toString' in d ? 1 : 0) + ('a1' in d ? 10 : 0) + ('zz' in d ? 100 : 0)`,
  'in, of an instance, with members of its class': `class P { next() { return 1 } get z() { return 2 } }
class Q extends P { w = 3 }
const q = new Q()
export default () => ('next' in q ? 1 : 0) + ('z' in q ? 10 : 0) + ('w' in q ? 100 : 0) + ('constructor' in q ? 1000 : 0) + ('no' in q ? 10000 : 0)`,
  'in, whose object is made once': `let n = 0
const g = () => { n++; return { a: 1 } }
const r = 'valueOf' in g()
export default () => n + (r ? 10 : 0)`,
  'a method of a parent called by its name': `class A { constructor() { this.k = 1 } m(x) { return this.k + x } }
class B extends A { m(x) { return A.prototype.m.call(this, x) * 2 } }
const b = new B()
export default () => b.m(3)`,
};

describe('functions called on objects, and `in`', () => {
  it.each(Object.entries(PLAYED))('%s', (_, text) => {
    expect(expectLikeJavaScript(text)).toBe(true);
  });
});

it('bound methods keep the state of their object when another method is edited', async () => {
  const text = (gain: string): string => `class Saw {
  constructor(hz) { this.hz = hz; this.phase = 0; this.next = this.next.bind(this) }
  next() { this.phase = (this.phase + this.hz / sampleRate) % 1; return this.scaled(2 * this.phase - 1) }
  scaled(x) { return x * ${gain} }
}
const saw = new Saw(220), { next } = saw, again = saw.scaled.bind(saw, 0.5)
export default () => next() + again()`;
  const swaps = [{ frame: 256, text: text('0.25') }];
  const render = await renderCompiled({ text: text('0.5'), frames: 512, fadeFrames: 0, blockFrames: 32, swaps });
  const expected = renderOracle(text('(currentFrame < 256 ? 0.5 : 0.25)'), { frames: 512 });
  expect(render.left.slice(-64)).toEqual(expected.left.slice(-64));
});
