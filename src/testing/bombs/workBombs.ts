/** Programs that take time or memory: when they are made, when they play, and when they are swapped. Tests only. */

import { type Bomb, SOUND, upTo } from './bomb.ts';

const top = (name: string, lines: string): Bomb => ({ name: `${name}, at the top level`, text: `${lines}\n${SOUND}` });
const perFrame = (name: string, before: string, body: string): Bomb => ({
  name: `${name}, in each frame`,
  text: `${before}\nlet n = 0\nexport default (t) => {\n${body}\nreturn 0.1 }`,
});
/** The same, but not before it plays. */
const later = (name: string, before: string, body: string): Bomb => ({
  name: `${name}, when it plays`,
  text: `${before}\nlet n = 0\nexport default (t) => {\nif (t > 0.1) {\n${body}\n}\nreturn 0.1 }`,
});
const everywhere = (name: string, before: string, body: string): Bomb[] => [
  perFrame(name, before, body),
  later(name, before, body),
];

/** Functions without a loop, each of which calls the one before twice. */
const calls = `const f0 = (x) => x + 1\n${upTo(36)
  .map((n) => `const f${n + 1} = (x) => f${n}(x) + f${n}(x + 1)\n`)
  .join('')}`;
const methods = `const o0 = { m: (x) => x }\n${upTo(30)
  .map((n) => `const o${n + 1} = { m: (x) => o${n}.m(x) + o${n}.m(x) }\n`)
  .join('')}`;
const big = 'const big = new Float64Array(2 ** 20)';

const time: readonly Bomb[] = [
  ...everywhere('calls without loops', calls, 'n += f36(t)'),
  ...everywhere('methods without loops', methods, 'n += o30.m(t)'),
  ...everywhere('a loop without end', '', 'for (;;) n++'),
  ...everywhere('loops in loops', '', 'for (let i = 0; i < 1e5; i++) for (let j = 0; j < 1e5; j++) n += i * j'),
  ...everywhere('recursion without end', 'const f = (x) => f(x + 1) + 1', 'n += f(t)'),
  ...everywhere('recursion that doubles', 'const f = (x) => x < 2 ? x : f(x - 1) + f(x - 2)', 'n += f(60)'),
  ...everywhere(
    'recursion of many',
    'const g = (x) => h(x)\nconst h = (x) => (x < 0 ? 0 : g(x + 1) + h(x + 1))',
    'n += g(t)',
  ),
  ...everywhere('bulk copies', big, 'for (let i = 0; i < 1e5; i++) big.copyWithin(1, 0)'),
  ...everywhere('bulk fills', big, 'for (let i = 0; i < 1e5; i++) big.fill(i)'),
  ...everywhere(
    'bulk sets',
    `${big}\nconst other = new Float64Array(2 ** 20)`,
    'for (let i = 0; i < 1e5; i++) big.set(other)',
  ),
  ...everywhere('searches', big, 'for (let i = 0; i < 1e5; i++) n += big.indexOf(1)'),
  ...everywhere(
    'sorts',
    'const all = Array.from({ length: 1e5 }, (_, i) => (i * 7919) % 1e5)',
    'all.sort((a, b) => a - b); all.reverse()',
  ),
  ...everywhere(
    'callbacks in callbacks',
    'const a = [1, 2, 3, 4, 5, 6, 7, 8]',
    `${'a.forEach((x) => '.repeat(12)}n += x${')'.repeat(12)}`,
  ),
  ...everywhere(
    'getters in chains',
    `const o0 = { get x() { return 1 } }\n${upTo(30)
      .map((n) => `const o${n + 1} = { get x() { return o${n}.x + o${n}.x } }\n`)
      .join('')}`,
    'n += o30.x',
  ),
  ...everywhere(
    'closures that make closures',
    'const make = (f) => () => f() + f()',
    `let g = () => 1\n${'g = make(g)\n'.repeat(20)}n += g()`,
  ),
  top('a loop without end', 'let n = 0\nwhile (true) n++'),
  top('calls without loops', `${calls}const x = f36(1)`),
  top('recursion without end', 'const f = (x) => f(x + 1) + 1\nconst x = f(0)'),
  top('recursion as deep as the stack', 'const f = (x) => x < 1 ? 0 : f(x - 1) + 1\nconst x = f(1e6)'),
];

const memory: readonly Bomb[] = [
  ...everywhere('an array that grows', 'const a = [0]', 'for (let i = 0; i < 1e6; i++) a.push(i)'),
  ...everywhere('objects that are made and dropped', '', 'for (let i = 0; i < 1e6; i++) n += { x: i }.x'),
  ...everywhere('arrays that are made and dropped', '', 'for (let i = 0; i < 1e6; i++) n += [i, i + 1][1]'),
  ...everywhere('closures that are made and dropped', '', 'for (let i = 0; i < 1e6; i++) n += (() => i)()'),
  ...everywhere('a length that cannot be', '', 'n += new Float64Array(2 ** 29).length'),
  ...everywhere('a negative length', '', 'n += Array(-1 - t).length'),
  ...everywhere(
    'elements far outside',
    'const a = new Float64Array(8)',
    'for (let i = 0; i < 40; i++) a[2 ** i] = a[-(2 ** i)] = 1e300',
  ),
  ...everywhere('members of nothing', 'let o = { a: { b: 1 } }', 'o.a = undefined; o.a.b = 1'),
  ...everywhere(
    'a variable before it is declared',
    '',
    'h(); const rec = { a: 1, b: 2, c: 3 }; function h() { rec.c = 0.5 }',
  ),
  ...everywhere(
    'an assignment that a jump passes over',
    'const u = new Uint8Array(8)',
    'let p\na: { if (t >= 0) break a; p = u }\np[2 ** 30] = 7; p[4] = 7',
  ),
];

const noise: readonly Bomb[] = [
  perFrame('NaN', '', 'return 0 / 0'),
  perFrame('the largest number', '', 'return 1.7e308 * (t % 2 < 1 ? 1 : -1)'),
  perFrame('numbers too small to be normal', '', 'n = n * 0.999 + 1e-310; return n'),
  { name: 'a pair of three', text: 'export default () => [1, 2, 3]' },
  {
    name: 'very many units',
    text: `${upTo(150)
      .map((n) => `let v${n}=${n}\n`)
      .join('')}${SOUND}`,
  },
  {
    name: 'very many functions',
    text: `${upTo(90)
      .map((n) => `const f${n}=()=>f${(n + 1) % 90}\n`)
      .join('')}${SOUND}`,
  },
  {
    name: 'very many controls over one frame',
    text: `export default (t) => {\n${'if (t > 1) return 0\n'.repeat(90)}return 0.1 }`,
  },
];

export const workBombs: readonly Bomb[] = [...time, ...memory, ...noise];
