/** Scopes, captures, paths and names; what is refused is named, with what to write instead. */

import { describe, expect, it } from 'vitest';
import { compileText, problemsOf, testLibrary } from '../../testing/compileText.ts';
import type { Variable } from '../ast.ts';
import { dump } from '../dump.ts';

/** The storage of all variables of this name, in the order of the text. */
function storagesOf(text: string, name: string): string[] {
  const tree = dump(text, 'ast', testLibrary());
  return [
    ...new Set(
      [...tree.matchAll(/"variable": "([^"]*) \((\w+)\)"/g)].flatMap(([, found, storage]) =>
        found === name ? [storage] : [],
      ),
    ),
  ];
}

/** All variables that the tree of a text names. */
function variablesOf(text: string): Set<Variable> {
  const seen = new Set<object>();
  const variables = new Set<Variable>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if ('mayBeUnset' in value) variables.add(value as Variable);
    for (const inner of value instanceof Map ? value.values() : Object.values(value)) visit(inner);
  };
  visit(compileText(text).resolved.units);
  return variables;
}

const messagesOf = (text: string): string[] => compileText(text).diagnostics.map(({ message }) => message);

describe('a variable lives', () => {
  it.each([
    ['in a symbol, at the top level', 'let n = 0\nexport default () => (n += 1)', 'n', 'global'],
    ['in a local, where no closure sees it', 'export default (t) => { let n = t; n += 1; return n }', 'n', 'local'],
    [
      'in the closure, when it never changes',
      'const f = (k) => () => k\nconst g = f(1)\nexport default () => g()',
      'k',
      'local',
    ],
    [
      'in the closure, when it is set once before',
      'const f = () => { let k = 2; return () => k }\nconst g = f()\nexport default () => g()',
      'k',
      'local',
    ],
    [
      'in a frame, when the closure changes it',
      'const f = () => { let k = 2; return () => (k += 1) }\nconst g = f()\nexport default () => g()',
      'k',
      'cell',
    ],
    [
      'in a frame, when it changes after the closure is made',
      'const f = () => { let k = 2; const g = () => k; k = 3; return g }\nconst g = f()\nexport default () => g()',
      'k',
      'cell',
    ],
    [
      'in a frame, when it is declared after the closure',
      'const f = () => { const g = () => k; const k = 3; return g }\nconst g = f()\nexport default () => g()',
      'k',
      'cell',
    ],
    [
      'in a frame, when a parameter is changed',
      'const f = (k) => () => (k += 1)\nconst g = f(1)\nexport default () => g()',
      'k',
      'cell',
    ],
    [
      'in a frame, when it counts a loop in which closures are made',
      'const fs = Array.from({ length: 3 }, () => () => 0)\nfor (let k = 0; k < 3; k++) fs[k] = () => k\nexport default () => fs[1]()',
      'k',
      'cell',
    ],
    [
      'in the closure, when each turn has its own',
      'const fs = [1, 2].map((x) => () => x)\nfor (const k of [0, 1]) fs[k] = () => k\nexport default () => fs[1]()',
      'k',
      'local',
    ],
    [
      'in the closure of a closure',
      'const f = (k) => () => () => k\nconst g = f(1)()\nexport default () => g()',
      'k',
      'local',
    ],
  ])('%s', (_, text, name, storage) => {
    expect(problemsOf(text)).toEqual([]);
    expect(storagesOf(text, name)).toEqual([storage]);
  });

  it('apart from another one of the same name', () => {
    const text =
      'let n = 1\nconst f = () => { let n = 2; return () => (n += 1) }\nconst g = f()\nexport default () => { n += 1; return n + g() }';
    expect(storagesOf(text, 'n').sort()).toEqual(['cell', 'global']);
  });
});

describe('functions have lexical paths', () => {
  it.each([
    ['const saw = () => 1', ['saw']],
    ['function saw() { return 1 }', ['saw']],
    ['const saw = () => () => 1', ['saw', 'saw.λ1']],
    ['const saw = () => { const step = () => 1; return () => step() }', ['saw', 'saw.step', 'saw.λ1']],
    ['const saw = () => [() => 1, () => 2]', ['saw', 'saw.λ1', 'saw.λ2']],
    ['const saw = () => ({ tick: () => 1, reset() { return 2 } })', ['saw', 'saw.tick', 'saw.reset']],
    ['const saw = function ramp() { return 1 }', ['ramp']],
    ['const saw = () => { let f = () => 1; f = () => 2; return f }', ['saw', 'saw.f', 'saw.f']],
  ])('%s', (declaration, paths) => {
    const { resolved } = compileText(`${declaration}\nexport default () => 0`);
    expect(resolved.units[0].functions.map((node) => node.path)).toEqual(paths);
  });

  it('that do not depend on what stands beside them', () => {
    const voice = 'const voice = () => { let n = 0; return () => (n += 1) }';
    const pathsOf = (text: string) =>
      compileText(`${text}\nexport default () => 0`)
        .resolved.units.find((unit) => unit.name === 'voice')
        ?.functions.map((node) => node.path);
    expect(pathsOf(`const a = () => () => 1\n${voice}\nconst b = () => 2`)).toEqual(pathsOf(voice));
  });

  it('as every top-level declaration is a unit with a name of its own', () => {
    const { resolved } = compileText(
      'const a = 1, b = 2\nlet c = 3\nfunction d() { return 4 }\na + b\nc + 1\nexport default () => d()',
    );
    expect(resolved.units.map((unit) => unit.name).sort()).toEqual([
      'a',
      'b',
      'c',
      'd',
      'default',
      'statement',
      'statement#2',
    ]);
  });
});

describe('a name that is not declared', () => {
  it.each([
    ['const freq = 1\nexport default () => frq', 'freq'],
    ['const cutoff = 1\nexport default () => cutof', 'cutoff'],
    ['const cutoff = 1\nexport default () => cutfof', 'cutoff'],
    ['export default () => samplerate', 'sampleRate'],
    ['export default () => curentFrame', 'currentFrame'],
    ['export default () => math.sin(1)', 'Math'],
    ['const f = (amount) => amout\nexport default () => f(1)', 'amount'],
  ])('is likely another one: %s', (text, meant) => {
    expect(messagesOf(text)).toEqual([expect.stringContaining(`Did you mean \`${meant}\`?`)]);
  });

  it.each([
    'export default () => zzz',
    'const a = 1\nexport default () => qwertz',
    'const f = (x) => x\nexport default () => f(1) + yy',
  ])('is like no other: %s', (text) => {
    expect(messagesOf(text)).toEqual([expect.stringMatching(/^`\w+` is not defined\.$/)]);
  });

  it.each([
    ['{ const a = 1 }\nexport default () => a', 'a'],
    ['const f = () => { const a = 1; return a }\nexport default () => f() + a', 'a'],
    ['for (let a = 0; a < 2; a++) {}\nexport default () => a', 'a'],
    ['const f = (a) => a\nexport default () => f(1) + a', 'a'],
    ['const f = function a() { return 1 }\nexport default () => f() + a()', 'a'],
  ])('is out of its scope: %s', (text, name) => {
    expect(problemsOf(text)).toEqual([`undefined-name «${name}»`]);
  });
});

describe('declarations', () => {
  it.each([
    ['const a = 1\nconst a = 2\nexport default () => a', ['declared-twice «a»']],
    ['const a = 1\nfunction a() { return 2 }\nexport default () => a', ['declared-twice «a»']],
    ['const a = 1\nconst a = () => 2\nexport default () => a', ['declared-twice «a»']],
    ['const a = 1\nconst a = Math.sin\nexport default () => a', ['declared-twice «a»']],
    ['const a = 1\nconst { a } = { a: 2 }\nexport default () => a', ['declared-twice «a»']],
    ['const f = (a) => { let a = 1; return a }\nexport default () => f(1)', ['declared-twice «a»']],
    ['const f = (a) => { { let a = 1; return a } }\nexport default () => f(1)', []],
    ['const a = 1\nconst f = (a) => a\nexport default () => f(a)', []],
    ['export default () => 1\nexport default () => 2', ['second-default-export «export default () => 2»']],
  ])('are made once in a scope: %s', (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it.each<[string, string]>([
    ['const a = b\nconst b = 1\nexport default () => a', 'b'],
    ['const a = a + 1\nexport default () => a', 'a'],
    ['export default () => { const x = y; const y = 1; return x }', 'y'],
    ['export default () => { y = 2; let y = 1; return y }', 'y'],
    ['export default () => { f(); const y = 1; function f() { return y } return y }', 'y'],
    ['export default () => { const f = () => g(); f(); const y = 1; function g() { return y } return y }', 'y'],
    ['const a = [1].map((x) => x * b)\nconst b = 1\nexport default () => a[0]', 'b'],
    ['export default (t) => { switch (t) { case 0: let y = 1; break; default: return y } return 0 }', 'y'],
    ['const a = b()\nfunction b() { return 1 }\nexport default () => a', ''],
    ['const a = () => b\nconst b = 1\nexport default () => a()', ''],
    ['export default () => b\nconst b = 1', ''],
    ['export default () => { const f = () => y; const y = 1; return f() }', ''],
    ['export default () => { let y = 1; return f(); function f() { return y++ } }', ''],
    ['export default (t) => { switch (t) { case 0: let y = 1; return y; default: return 0 } }', ''],
    ['const fact = (n) => (n < 2 ? 1 : n * fact(n - 1))\nconst x = fact(5)\nexport default () => x', ''],
  ])('are looked at where they may be used too early: %s', (text, names) => {
    const variables = [...variablesOf(text)];
    expect(variables.flatMap(({ name, mayBeUnset }) => (mayBeUnset ? [name] : [])).join()).toBe(names);
  });

  it.each([
    ['const a = 1\nexport default () => (a = 2)', ['assign-to-const «a»']],
    ['const a = 1\nexport default () => a++', ['assign-to-const «a»']],
    ['const a = 1\nexport default () => { [a] = [2]; return a }', ['assign-to-const «a»']],
    ['export default () => { for (const x of [1]) x = 2; return 1 }', ['assign-to-const «x»']],
    ['export default () => (sampleRate = 1)', ['assign-to-builtin «sampleRate»']],
    ['export default () => (Math.PI = 3)', ['assign-to-builtin «Math.PI»']],
    ['export default () => (undefined = 3)', ['assign-to-builtin «undefined»']],
    ['const a = [1]\nexport default () => (a[0] = 2)', []],
  ])('are assigned to where they can be: %s', (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });
});

describe('what is built in', () => {
  it.each([
    'const { sin, PI } = Math\nexport default () => sin(PI)',
    'const { sin: s, PI: p } = Math\nexport default () => s(p)',
    'const sin = Math.sin\nconst p = Math.PI\nexport default () => sin(p)',
    'export default () => { const { sin, PI } = Math; return sin(PI) }',
  ])('can be called by a name of one’s own, without a variable: %s', (text) => {
    expect(problemsOf(text)).toEqual([]);
    expect(compileText(text).typed.globals.size).toBe(1);
  });

  it.each([
    ['export default () => Math.sine(1)', '`Math.sine` does not exist. Did you mean `Math.sin`?'],
    ['const { sine } = Math\nexport default () => sine(1)', '`Math.sine` does not exist. Did you mean `Math.sin`?'],
    ['export default () => Math.Pi', '`Math.Pi` does not exist. Did you mean `Math.PI`?'],
    [
      'const { cos, Pi } = Math\nexport default () => cos(Pi) + Pi',
      '`Math.Pi` does not exist. Did you mean `Math.PI`?',
    ],
    ['export default () => Number.MAX', '`Number.MAX` does not exist.'],
  ])('is named when it is not: %s', (text, message) => {
    expect(messagesOf(text)).toEqual([message]);
  });

  it('can be hidden by what the patch declares', () => {
    expect(problemsOf('const isNaN = (x) => x + 1\nexport default () => isNaN(1)')).toEqual([]);
    expect(problemsOf('const f = (sampleRate) => sampleRate\nexport default () => f(1)')).toEqual([]);
  });
});

describe('what is outside the language', () => {
  /** The characters, the name of the construct, and a word of the advice. */
  it.each([
    ['const f = async () => 1', 'async', 'async functions', 'leave out'],
    ['function* f() { yield 1 }', '*', 'generators', 'variable'],
    ['const a = /x/', '/x/', 'regular expressions', 'arrays'],
    ['const a = 1n', '1n', 'big integers', 'leave out'],
    ["import { a } from 'b'", "import { a } from 'b'", 'imports', 'paste'],
    ["export * from 'b'", "export * from 'b'", 'exports other than', 'leave out'],
    ['enum A { B }', 'enum A { B }', 'enums', 'constants'],
    ['namespace A { export const b = 1 }', 'namespace A { export const b = 1 }', 'namespaces', 'object literal'],
    ['const f = (s) => 1\nconst a = f`x`', 'f`x`', 'tagged templates', 'arguments'],
    ['const a = new WeakMap()', 'WeakMap', '`WeakMap`', 'array'],
    ['const f = () => this', 'this', '`this`', 'name the object'],
    ['const f = () => arguments', 'arguments', '`arguments`', '...rest'],
    ["const a = eval('1')", "eval('1')", '`eval`', 'code itself'],
    [
      'class O { constructor() { this.a = 1 } }\nconst o = new O()\ndelete o.a',
      'delete o.a',
      '`delete`',
      '`undefined`',
    ],
    ['debugger', 'debugger', '`debugger`', 'remove'],
  ])('is refused once, by name, with what to write instead: %s', (text, characters, construct, way) => {
    const { diagnostics } = compileText(`${text}\nexport default () => 1`);
    expect(diagnostics.map(({ span }) => text.slice(span.start, span.end))).toEqual([characters]);
    expect(diagnostics[0].code).toBe('refused');
    expect(diagnostics[0].message).toMatch(new RegExp(`^${construct}.* not supported: `, 'i'));
    expect(diagnostics[0].message).toContain(way);
  });

  it.each([
    "import { saw, sine } from 'sounds'\nconst s = saw()\nexport default () => s(1) + sine(2)",
    'enum Shape { Saw, Sine }\nexport default () => (Shape.Saw === 1 ? 1 : 2)',
    'function* steps() { yield 1; yield 2 }\nconst s = steps()\nexport default () => s.next().value',
    'const load = async () => { await wait(1); return 2 }\nexport default () => load() * 2',
  ])('costs one message, whatever is done with it: %s', (text) => {
    expect(problemsOf(text)).toEqual([expect.stringMatching(/^refused /)]);
  });

  it('hides no other mistake', () => {
    expect(problemsOf('enum A { B }\nconst b = missing\nexport default () => b + absent')).toEqual([
      'refused «enum A { B }»',
      'undefined-name «missing»',
      'undefined-name «absent»',
    ]);
  });
});
