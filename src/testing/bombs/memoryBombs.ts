/** Programs whose top level makes as much as it may: few large arrays, many small things, and what lies in between. Tests only. */

import { type Bomb, SOUND } from './bomb.ts';

const top = (name: string, lines: string, sound = SOUND): Bomb => ({
  name: `${name}, at the top level`,
  text: `${lines}\n${sound}`,
});

/** Elements of 8 bytes, in as much memory as there is. */
const MOST = '2 ** 24 - 2 ** 18';
const MOST_OBJECTS = 130_000;

const many = (name: string, element: string): Bomb =>
  top(`${name} by the hundred thousand`, `const a = Array.from({ length: ${MOST_OBJECTS} }, (_, i) => ${element})`);

export const memoryBombs: readonly Bomb[] = [
  top('three million objects', 'const a = []\nfor (let i = 0; i < 3e6; i++) a.push({ x: i })'),
  top('three million objects by a callback', 'const a = Array.from({ length: 3e6 }, (_, i) => ({ x: i }))'),
  top('a million closures', 'const a = Array.from({ length: 1e6 }, (_, i) => () => i)'),
  top('a list of a million links', 'let a = null\nfor (let i = 0; i < 1e6; i++) a = { next: a }'),
  top('a million arrays', 'const a = Array.from({ length: 1e6 }, () => [0])'),
  top('one object, ten million times', 'const o = { x: 1 }\nconst a = Array(1e7).fill(o)'),
  top('the largest array', 'const a = new Float64Array(2 ** 28)'),
  top('arrays of 2^28 elements', 'const a = Array(2 ** 28).fill(0)'),
  top('lengths that wrap', `const u = new Uint8Array(2 ** 24)\nconst a = [${'...u,'.repeat(32)}]`),
  top('an array that is spread into itself', `let a = [1, 2]\n${'a = [...a, ...a, ...a, ...a]\n'.repeat(40)}`),
  top('an array joined to itself', `let a = [1, 2]\n${'a = a.concat(a, a, a)\n'.repeat(40)}`),
  top(
    'arrays of arrays of arrays',
    'const make = (n) => n < 1 ? [0] : [0]\nconst a = Array.from({ length: 300 }, () => Array.from({ length: 300 }, () => Array(300).fill(0)))',
  ),
  top(
    'arrays of arrays of arrays, as many as there may be',
    'const a = Array.from({ length: 220 }, () => Array.from({ length: 220 }, () => Array(300).fill(0)))',
  ),
  top('an array of half a gigabyte', 'const a = new Float64Array(2 ** 26)'),
  top('an array that grows forever', 'const a = [0]\nfor (;;) a.push(1)'),

  top('as much as there is, in one array', `const a = new Float64Array(${MOST})`),
  top(
    'as much as there is, in one array that is written',
    `const a = new Float64Array(${MOST})`,
    'export default () => { a[currentFrame] = 1; return a[currentFrame + 512] + 0.1 }',
  ),
  top('as much as there is, filled', 'const a = new Float64Array(15e6).fill(0.5)'),
  top(
    'as much as there is, a number in each page',
    `const a = new Float64Array(${MOST})\nfor (let i = 0; i < a.length; i += 512) a[i] = 1`,
  ),
  top(
    'as much as there is, as many gaps as are left out',
    `const a = new Float64Array(${MOST})\nfor (let i = 0; i < a.length; i += 260) a[i] = 1`,
    'export default () => { a[currentFrame] = 1; return 0.1 }',
  ),
  top(
    'as much as there is, in a hundred thousand arrays',
    'const a = Array.from({ length: 100000 }, () => new Float64Array(150))',
    'export default () => { a[currentFrame % 100000][1] = 1; return 0.1 }',
  ),
  top(
    'as many gaps as can be, in two texts with a word between',
    `const a = new Float64Array(2 ** 23)\nfor (let i = 0; i < a.length; i += 258) a[i] = i`,
    'export default () => { a[currentFrame] += 1; return 0.1 }',
  ),
  many('short arrays', '[i]'),
  many('records', '({ x: i, y: 1 })'),
  many('closures', '() => i'),
  many('boxes', '(i % 2 ? i : { x: i })'),
  many('records of what there may be', '(i % 2 ? null : { x: i })'),
  top(
    'records that are written, by the hundred thousand',
    'const a = Array.from({ length: 95_000 }, (_, i) => ({ x: i, y: 1 }))',
    'export default () => { a[currentFrame % 95_000].x++; return 0.1 }',
  ),
  top(
    'records of records, by the hundred thousand',
    'const a = Array.from({ length: 65_000 }, (_, i) => ({ x: i, y: { z: i } }))',
    'export default () => { a[currentFrame % 65_000].y.z++; return 0.1 }',
  ),
  top(
    'wide records, by the hundred thousand',
    'const a = Array.from({ length: 190_000 }, (_, i) => ({ a: i, b: 1, c: 2, d: 3, e: 4, f: 5, g: 6, h: 7, i: 8, j: 9 }))',
    'export default () => { const v = a[currentFrame % 190_000]; v.a++; v.b++; v.c++; v.d++; v.e++; return 0.1 }',
  ),
  top(
    'wide records, as many as there may be',
    'const a = Array.from({ length: 33_000 }, (_, i) => ({ a: i, b: 1, c: 2, d: 3, e: 4, f: 5, g: 6, h: 7, i: 8, j: 9 }))',
    'export default () => { const v = a[currentFrame % 33_000]; v.a++; v.b++; v.c++; v.d++; v.e++; return 0.1 }',
  ),
  top(
    'closures that capture much, by the hundred thousand',
    'const make = () => { let a = 1, b = 2, c = 3, d = 4, e = 5, f = 6; return () => a++ + b++ + c++ + d++ + e++ + f++ }\nconst fs = Array.from({ length: 190_000 }, () => make())',
    'export default () => fs[currentFrame % 190_000]() * 1e-9',
  ),
  top(
    'a list of links that frames turn',
    'let a = null\nfor (let i = 0; i < 95_000; i++) a = { next: a, x: i }',
    'export default () => { a = a.next ?? a; a.x++; return 0.1 }',
  ),
  top('texts by the hundred thousand', "const a = Array.from({ length: 95_000 }, (_, i) => 't' + i)"),
  top(
    'views of one array by the hundred thousand',
    'const b = new Float64Array(2 ** 20)\nconst a = Array.from({ length: 100000 }, (_, i) => b.subarray(i))',
    'export default () => { b[0] = 1; return a[5][0] }',
  ),
  top(
    'maps of maps',
    'const m = new Map()\nfor (let i = 0; i < 99; i++) { const k = new Map(); for (let j = 0; j < 99; j++) k.set(j, i); m.set(i, k) }',
  ),
  top('a map of a million', 'const m = new Map()\nfor (let i = 0; i < 1e6; i++) m.set(i, i)'),
];
