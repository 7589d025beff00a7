/** Texts that ask inference for specialisations, unions and rounds without end. Tests only. */

import { type Bomb, nested, numbered, SOUND, upTo } from './bomb.ts';

/** Functions each of which calls the one before twice, with another kind of value. */
function doubledCalls(count: number, call: (before: string) => string): string {
  const lines = upTo(count).map((n) => `const f${n + 1} = (x) => ${call(`f${n}`)}`);
  return `const f0 = (x) => x\n${lines.join('\n')}\nexport default (t) => { f${count}(t); return 0.1 }`;
}

/** Functions in functions, each called with two kinds of value. */
function doubledInside(count: number): string {
  const open = upTo(count).map((n) => `const g${n} = (x${n}) => {\n`);
  const close = upTo(count)
    .reverse()
    .map((n) => `return 0 }\ng${n}(1); g${n}([1])\n`);
  return `export default (t) => {\n${open.join('')}${close.join('')}return 0.1 }`;
}

/** Variables that each get their type from the next one. */
function chain(count: number, order: (lines: string[]) => string[]): string {
  const names = upTo(count).map((n) => `v${n}`);
  const lines = names.slice(1).map((name, n) => `v${n} = ${name}`);
  return `let ${names.join(', ')}\nexport default (t) => {\n${order(lines).join('\n')}\nv${count - 1} = t\nreturn 0.1 }`;
}

export const typeBombs: readonly Bomb[] = [
  { name: 'calls that double with each function', text: doubledCalls(36, (f) => `${f}(${f}(x))`) },
  { name: 'kinds that double with each function', text: doubledCalls(30, (f) => `[${f}(x), ${f}([x])]`) },
  { name: 'closures that double with each function', text: doubledCalls(30, (f) => `{ ${f}(() => x); ${f}(x) }`) },
  { name: 'objects that grow with each function', text: doubledCalls(30, (f) => `({ a: ${f}(x), b: ${f}({ x }) })`) },
  { name: 'functions in functions, for two kinds each', text: doubledInside(24) },
  { name: 'types through a chain of variables', text: chain(90, (lines) => lines) },
  { name: 'types through a chain, the other way', text: chain(90, (lines) => lines.reverse()) },
  {
    name: 'types through a chain in disorder',
    text: chain(90, (lines) => lines.map((_, n) => lines[(n * 37) % lines.length]!)),
  },
  {
    name: 'recursion that makes ever new closures',
    text: 'const f = (g) => f(() => g)\nexport default () => f(() => 1)',
  },
  {
    name: 'recursion that makes ever deeper arrays',
    text: 'const f = (x, n) => n < 1 ? x : f([x], n - 1)\nexport default (t) => { f(t, 9); return 0.1 }',
  },
  {
    name: 'recursion that makes ever deeper objects',
    text: 'const f = (x, n) => n < 1 ? x : f({ x }, n - 1)\nexport default (t) => { f(t, 9); return 0.1 }',
  },
  { name: 'a function of itself', text: 'const f = (x) => x(x)\nexport default () => f(f)' },
  { name: 'a function of two of itself', text: 'const f = (x) => (y) => x(x)(y(y))\nexport default () => f(f)(f)' },
  { name: 'an array in itself', text: 'const a = []\na.push(a)\nexport default () => a[0].length' },
  { name: 'an object in itself', text: 'const o = {}\no.o = o\nexport default () => o.o.o.x' },
  {
    name: 'a hundred functions in functions, all called',
    text: `const x = ${'() => '.repeat(100)}1\nexport default () => x${'()'.repeat(100)}`,
  },
  {
    name: 'functions in functions that take all there is',
    text: `const x = ${upTo(60)
      .map((n) => `(a${n}) => `)
      .join('')}${upTo(60)
      .map((n) => `a${n}`)
      .join('+')}\nexport default (t) => x${'(t)'.repeat(60)}`,
  },
  {
    name: 'callbacks in callbacks',
    text: `const x = ${nested(`const x = \n${SOUND}`, '[1].map((a) => ', '1', ')')}\n${SOUND}`,
  },
  {
    name: 'callbacks of every kind',
    text: `const f = (g) => [g].map((h) => h)\n${numbered(`const f = (g) => [g].map((h) => h)\n${SOUND}`, (n) => `f(() => f(${n}))\n`)}${SOUND}`,
  },
  {
    name: 'getters in chains',
    text: `const o0 = { get x() { return 0.1 } }\n${upTo(30)
      .map((n) => `const o${n + 1} = { get x() { return o${n}.x + o${n}.x } }\n`)
      .join('')}export default () => o30.x`,
  },
  {
    name: 'destructuring in destructuring',
    text: `const f = (${nested(`const f = () => a\n${SOUND}`, '{a=1,b:', 'c', '}')}) => a\n${SOUND}`,
  },
  {
    name: 'an exchange of very many variables',
    text: `${'let a, b, c, d, e, f, g, h\n'}export default () => {\n${'[a,b,c,d,e,f,g,h]=[b,c,d,e,f,g,h,a]\n'.repeat(45)}return 0.1 }`,
  },
  {
    name: 'families of functions that call each other',
    text: `const all = [${upTo(40)
      .map((n) => `(x, y) => all[y](x${n}, x)`.replace(`x${n}`, `x + ${n}`))
      .join(',\n')}]\nexport default (t) => all[0](t, 1)`,
  },
  {
    name: 'very many cases',
    text: `export default (t) => { switch (t) {\n${numbered('export default (t) => { switch (t) {\n} return 0.1 }', (n) => `case ${n}:\n`)}} return 0.1 }`,
  },
  {
    name: 'annotations that are very deep',
    text: `let x: ${nested(`let x:  = 1\n${SOUND}`, 'Array<', 'number', '>')} = 1\n${SOUND}`,
  },
  {
    name: 'types that name each other',
    text: `${upTo(40)
      .map((n) => `type T${n} = { a: T${n + 1}; b: T${n + 1} }\n`)
      .join('')}type T40 = T0\nconst x: T0 = { a: 1 }\n${SOUND}`,
  },
  {
    name: 'classes that each hold one of the class they extend',
    text: `class C0 { x = 1 }\n${upTo(50)
      .map((n) => `class C${n + 1} extends C${n} { y${n} = new C${n}() }\n`)
      .join('')}const o = new C50()\n${SOUND}`,
  },
];
