/** Two functions are taken for the same only if nothing in them differs: every name, number and list of real code is changed once. */

import { expect, it } from 'vitest';
import { compileText, using } from '../testing/compileText.ts';
import type { IrFunction } from './ir.ts';
import { isSameFunction } from './sameIr.ts';

const PROGRAMS = [
  using('const f = (x) => (x > 0 ? x * 2 : -x)\nlet s = 0', '{ s = f(s) + 1; return s }'),
  using(
    `const a = [1, 2, 3]
     const saws = [1, 2].map((n) => { let p = 0; return (hz) => { p = (p + (n * hz) / sampleRate) % 1; return p } })
     const fs = [(x) => x, (x) => x + 1]
     const rec = { name: 'text', list: new Float64Array(8), big: null }
     const count = (n) => (n < 1 ? 0 : 1 + count(n - 1))
     function sum() { let s = 0; for (let i = 0; i < a.length; i++) { if (a[i] > 1) continue; s += a[i] } return s }`,
    `{ rec.list[2] = sum() + count(3) + [1, 2].length + rec.name.length
       rec.list.fill(0)
       return saws[0](3) + fs[a[0] & 1](2) + Math.sin(rec.list[1]) + (rec.list[3] | 0) }`,
  ),
];

/** Large numbers have no next one, and what is not a number is no other one plus one. */
const otherThan = (value: number): number => (Object.is(value + 1, value) ? 0.5 : value + 1);

/** The function with one leaf, or the length of one list, changed, for each of them. */
function* changesOf(fn: IrFunction): Iterable<{ readonly path: string; readonly changed: IrFunction }> {
  const changed = structuredClone(fn);
  function* within(value: object, path: string): Iterable<{ readonly path: string; readonly changed: IrFunction }> {
    if (Array.isArray(value)) {
      value.push(value[0] ?? 'i32');
      yield { path: `${path} longer`, changed };
      value.pop();
    }
    for (const [key, part] of Object.entries(value)) {
      if (typeof part === 'object' && part !== null) {
        yield* within(part, `${path}.${key}`);
        continue;
      }
      const other = typeof part === 'number' ? otherThan(part) : typeof part === 'bigint' ? part + 1n : `${part}'`;
      Reflect.set(value, key, other);
      yield { path: `${path}.${key}`, changed };
      Reflect.set(value, key, part);
    }
  }
  yield* within(changed, '');
}

it('no change of a part goes unseen', () => {
  const ops = new Set<string>();
  for (const program of PROGRAMS) {
    const { lowered, libraryUnits } = compileText(program);
    const units = [...(lowered?.units ?? []), ...libraryUnits.slice(0, 3)];
    for (const { ir } of units.flatMap(({ functions, initialiser }) => [
      ...functions,
      ...(initialiser ? [initialiser] : []),
    ])) {
      expect(isSameFunction(ir, structuredClone(ir))).toBe(true);
      for (const { path, changed } of changesOf(ir)) {
        if (isSameFunction(ir, changed) || isSameFunction(changed, ir)) expect.fail(`${ir.symbol}: ${path}`);
      }
      JSON.stringify(ir, (key, value: unknown) => {
        if (key === 'op') ops.add(String(value));
        return typeof value === 'bigint' ? String(value) : value;
      });
    }
  }
  // Nearly all that the IR has is in these programs.
  expect([...ops].sort()).toEqual(
    expect.arrayContaining([
      ...['allocate', 'binary', 'block', 'break', 'call', 'callIndirect', 'clear', 'conditional', 'const', 'continue'],
      ...['effect', 'fuel', 'guard', 'if', 'load', 'local', 'loop', 'return', 'set', 'store', 'symbol', 'unary'],
    ]),
  );
});

it('tells zero from minus zero', () => {
  const of = (value: number): IrFunction => ({
    ...{ symbol: 'f', signature: { parameters: [], result: 'f64' }, locals: [] },
    body: [{ op: 'return', value: { op: 'const', type: 'f64', value } }],
  });
  expect(isSameFunction(of(0), of(-0))).toBe(false);
  expect(isSameFunction(of(Number.NaN), of(Number.NaN))).toBe(true);
});
