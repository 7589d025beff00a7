/** What may be paired by what it is, what may not, and that nothing is looked at where names lead to everything. */

import { describe, expect, it } from 'vitest';
import type { Role, Writer } from '../compiler/role.ts';
import type { FieldShape, RootShape } from '../compiler/shape.ts';
import { CARRY_LIMITS } from './limits.ts';
import { matchStates } from './match.ts';
import { ArenaState } from './state.ts';

interface Made {
  readonly init?: number;
  readonly role: Role;
}

const writer = (full: string, constants: readonly number[] = [], isInteger = false): Writer => ({
  spine: full.replaceAll(/[#~]/g, '?'),
  full,
  constants: constants.map((value) => ({ kind: 'number', value })),
  isInteger,
  element: null,
});

const role = (writers: readonly Writer[], readers: readonly string[] = ['* 0'], isIndex = false): Role => ({
  writers,
  readers,
  isIndex,
});
const PHASE = (step: number): Made => ({ role: role([writer('%(+(•,#),#)', [step, 1])]) });

/**
 * A program of top-level numbers, or of the fields of one object, to which neither names nor places lead from numbers.
 * `asked` counts how often somebody wants to know what one of them is.
 */
function program(variables: Readonly<Record<string, Made>>, isObject: boolean) {
  const image = new Uint8Array(8192);
  const view = new DataView(image.buffer);
  const names = Object.keys(variables);
  const at = (name: string): number => (name === 'o' ? 4000 : 4096 + 8 * names.indexOf(name));
  const offsetOf = (symbol: string): number => at(symbol.replace('variable:', ''));
  for (const name of names) view.setFloat64(at(name), variables[name]!.init ?? 0, true);
  view.setInt32(at('o'), 4096, true);
  const asked = { count: 0 };
  const roles = new Map<object, Role>();
  const cell = { kind: 'number' } as const;
  const roots: RootShape[] = [];
  const fields: FieldShape[] = [];
  for (const [n, name] of names.entries()) {
    const { role } = variables[name]!;
    const root = { path: name, symbol: name, cell, written: true };
    const field = { name, owner: '', order: n, offset: 8 * n, cell, written: true };
    roles.set(root, role).set(field, role);
    roots.push(root);
    fields.push(field);
  }
  const object = { kind: 'record', sizeBytes: 8 * names.length, fields } as const;
  const holder: RootShape = { path: 'o', symbol: 'o', cell: { kind: 'pointer', object }, written: false };
  const of = (shape: object): Role | null => {
    asked.count++;
    return roles.get(shape) ?? null;
  };
  const made = {
    roots: isObject ? [holder] : roots,
    roles: { of, usedBy: () => null, drawnBy: () => null },
    staticClosures: [],
    strings: new Map(),
  };
  const state = new ArenaState(image, made, offsetOf);
  return { state, carried: null, asked, at };
}

/** Which new variable each old one is, by name. */
function pairs(
  before: Readonly<Record<string, Made>>,
  after: Readonly<Record<string, Made>>,
  isObject: readonly [boolean, boolean] = [false, true],
) {
  const [old, next] = [program(before, isObject[0]), program(after, isObject[1])];
  const { copies, ambiguous, leftoverCount } = matchStates(old, next, CARRY_LIMITS);
  const found: Record<string, string> = {};
  const nameAt = (names: Readonly<Record<string, Made>>, side: typeof old, offset: number) =>
    Object.keys(names).find((name) => side.at(name) === offset)!;
  for (let n = 0; n < copies.length; n += 3) {
    found[nameAt(before, old, copies[n]!)] = nameAt(after, next, copies[n + 1]!);
  }
  const names = Object.keys(after).filter((name) => ambiguous.has(next.at(name)));
  return { found, ambiguous: names, leftoverCount, asked: old.asked.count + next.asked.count };
}

describe('by what they are', () => {
  it('the same constants count before the order', () => {
    const { found, ambiguous } = pairs({ a: PHASE(1), b: PHASE(2) }, { d: PHASE(2), c: PHASE(1) });
    expect(found).toEqual({ a: 'c', b: 'd' });
    expect(ambiguous).toEqual([]);
  });

  it('the name counts before the order where the constants are others', () => {
    const { found } = pairs({ a: PHASE(1), b: PHASE(2) }, { b: PHASE(3), a: PHASE(4) });
    expect(found).toEqual({ a: 'a', b: 'b' });
  });

  it('other readers are somebody else, where neither name nor constants agree', () => {
    const other: Made = { role: role([writer('%(+(•,#),#)', [2, 1])], ['< 0']) };
    expect(pairs({ a: PHASE(1) }, { b: PHASE(2) }).found).toEqual({ a: 'b' });
    expect(pairs({ a: PHASE(1) }, { b: other }).found).toEqual({});
  });

  it('another initial value is something else', () => {
    expect(pairs({ a: PHASE(1) }, { a: { ...PHASE(1), init: 2 } }).found).toEqual({});
  });

  it('several that are alike go in their order, if there are as many', () => {
    const { found } = pairs({ a: PHASE(1), b: PHASE(1) }, { c: PHASE(1), d: PHASE(1) });
    expect(found).toEqual({ a: 'c', b: 'd' });
  });

  it('and are ambiguous if there are not', () => {
    const { found, ambiguous } = pairs({ a: PHASE(1), b: PHASE(1), c: PHASE(1) }, { d: PHASE(1), e: PHASE(1) });
    expect(found).toEqual({});
    expect(ambiguous).toEqual(['d', 'e']);
  });

  it('an object of which half is something else is another one', () => {
    const [x, y] = [
      { init: 5, role: role([writer('+(•,~)')]) },
      { init: 6, role: role([writer('*(•,~)')]) },
    ];
    const toNumbers = [true, false] as const;
    expect(pairs({ a: PHASE(1), x }, { b: PHASE(1), y }, toNumbers).found).toEqual({});
    expect(pairs({ a: PHASE(1), x }, { b: PHASE(1), z: x }, toNumbers).found).toEqual({ a: 'b', x: 'z' });
  });

  it('what is only assigned says too little without a name', () => {
    const last: Made = { role: role([writer('~')]) };
    expect(pairs({ a: last }, { b: last }).found).toEqual({});
    expect(pairs({ a: last }, { a: last }).found).toEqual({ a: 'a' });
  });
});

const index: Made = { role: role([writer('%(+(•,#),#)', [1, 8], true)], ['* 0'], true) };
const steps = (size: number, isInteger: boolean): Made => ({
  role: role([writer('%(+(•,#),#)', [size, 8], isInteger)]),
});

describe.each([
  ['by what it is', [false, true] as const],
  ['by its place', [false, false] as const],
])('%s', (_, isObject) => {
  it('no fraction becomes an index', () => {
    expect(pairs({ a: steps(0.5, true) }, { k: index }, isObject).found).toEqual({});
    expect(pairs({ a: steps(1, true) }, { k: index }, isObject).found).toEqual({ a: 'k' });
    expect(pairs({ a: steps(1, false) }, { k: index }, isObject).found).toEqual({});
    expect(pairs({ a: index }, { k: index }, isObject).found).toEqual({ a: 'k' });
  });
});

it('a place alone makes nothing the same that is written in another way', () => {
  const level: Made = { role: role([writer('*(•,#)', [0.99])]) };
  expect(pairs({ a: PHASE(1) }, { b: level }, [false, false]).found).toEqual({});
  expect(pairs({ a: PHASE(1) }, { b: PHASE(2) }, [false, false]).found).toEqual({ a: 'b' });
});

describe('work', () => {
  it.each([
    ['nothing is edited', { a: PHASE(1), b: PHASE(2) }, { a: PHASE(1), b: PHASE(2) }],
    ['a constant is edited', { a: PHASE(1) }, { a: PHASE(3) }],
    ['an initial value is edited', { a: PHASE(1) }, { a: { ...PHASE(1), init: 2 } }],
    ['something is new', { a: PHASE(1) }, { a: PHASE(1), b: PHASE(2), c: PHASE(3) }],
    ['something is gone', { a: PHASE(1), b: PHASE(2) }, { b: PHASE(2) }],
  ])('none where %s', (_, before, after) => {
    expect(pairs(before, after, [false, false])).toMatchObject({ asked: 0, leftoverCount: 0 });
  });

  it('in proportion to the state, where an edit restructures', () => {
    const many = (prefix: string) =>
      Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`${prefix}${n}`, { init: n, role: PHASE(n).role }]));
    const { found, asked, leftoverCount } = pairs(many('a'), many('b'));
    expect(Object.keys(found)).toHaveLength(100);
    expect(leftoverCount).toBe(200);
    // Each of both sides once, and once more where two are written alike.
    expect(asked).toBeLessThanOrEqual(2 * 200 + 1);
  });
});
