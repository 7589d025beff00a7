/** The verifier passes what `lower` makes of every text there is, and finds whatever is wrong with IR made by hand. */

import { describe, expect, it } from 'vitest';
import { compileText } from '../testing/compileText.ts';
import { patches, programs } from '../testing/texts.ts';
import {
  binary,
  f64,
  type GuardTarget,
  type IrExpression,
  type IrFunction,
  type IrStatement,
  i32,
  i64,
  load,
  local,
  set,
  store,
  tee,
  unary,
} from './ir.ts';
import { verifyIr } from './verifyIr.ts';

describe('what lower makes', () => {
  it.each([...patches(), ...programs()])('of $name', ({ text }) => {
    const { diagnostics, lowered } = compileText(text);
    expect(diagnostics).toEqual([]);
    expect(lowered?.units.flatMap((unit) => unit.functions).length).toBeGreaterThan(0);
  });
});

/** Locals: 0 the environment, 1 an f64, 2 an i32, 3 an i64. */
const made = (body: readonly IrStatement[], changes: Partial<IrFunction> = {}): IrFunction => ({
  symbol: 'f',
  signature: { parameters: ['f64', 'i32'], result: 'f64' },
  locals: ['i64'],
  body: [...body, { op: 'return', value: f64(0) }],
  ...changes,
});

const sites = [{ code: 'endless-loop' }, { code: 'per-frame-memory' }, { code: 'undefined-value' }];
const callee: IrFunction = {
  symbol: 'g',
  signature: { parameters: ['f64'], result: 'i32' },
  locals: [],
  body: [{ op: 'return', value: i32(1) }],
};

const faultsOf = (fn: IrFunction): string[] =>
  verifyIr({
    functions: [
      { ir: fn, sites },
      { ir: callee, sites: [] },
    ],
    staticClosures: [{ symbol: 'c', code: 'g' }],
    strings: new Map([['s', 'text']]),
    variables: new Set(['v: number']),
  }).map((fault) => fault.replace(/^f: /, ''));

const effect = (value: IrExpression): IrStatement => ({ op: 'effect', value });
const call = (args: readonly IrExpression[], target = 'g', signature = callee.signature): IrExpression => ({
  op: 'call',
  target,
  signature,
  args,
});
const symbol = (kind: 'function' | 'variable' | 'closure' | 'string', name: string): IrExpression => ({
  op: 'symbol',
  kind,
  name,
});
const guarded = (index: number, target: GuardTarget = 'object'): IrExpression => ({
  ...{ op: 'guard', target, index, bytes: 8, site: 2 },
});
const block = (label: string, body: readonly IrStatement[]): IrStatement => ({ op: 'block', label, body });
const loop = (label: string, body: readonly IrStatement[], site = 0): IrStatement => ({
  op: 'loop',
  label,
  body,
  site,
});

describe('a function that is right', () => {
  it.each<[string, IrStatement]>([
    ['sets and reads locals', set(1, binary('f64.add', local('f64', 1), f64(1)))],
    ['sets on the way', set(2, tee('i32', 2, i32(-5)))],
    ['converts', set(3, unary('i64.extend_u', unary('i32.trunc_s_sat.f64', local('f64', 1))))],
    ['stores 32-bit floats', store('f32', guarded(2), 8, unary('f32.demote', f64(0.5)))],
    ['stores bytes', store('u8', guarded(2), 0, i32(255))],
    ['compares in i64', effect(binary('i64.eq', tee('i64', 3, i64(2n)), local('i64', 3)))],
    [
      'loops and leaves',
      block('end', [
        loop('turn', [
          { op: 'break', label: 'end' },
          { op: 'continue', label: 'turn' },
        ]),
      ]),
    ],
    ['calls', effect(call([i32(0), f64(1)]))],
    [
      'calls through a record',
      effect({
        op: 'callIndirect',
        code: { op: 'block', effects: [set(2, load('i32', guarded(2)))], value: guarded(2, 'entry') },
        signature: callee.signature,
        args: [i32(16), f64(1)],
      }),
    ],
    ['names symbols', effect(load('f64', symbol('variable', 'v: number')))],
    ['names records and texts', set(2, binary('i32.add', symbol('closure', 'c'), symbol('string', 's')))],
    ['allocates', set(2, { op: 'allocate', sizeBytes: i32(24), site: 1 })],
    ['traps', { op: 'if', test: local('i32', 2), yes: [{ op: 'trap', site: 2 }], no: [] }],
    ['chooses', set(1, { op: 'conditional', type: 'f64', test: local('i32', 2), yes: f64(1), no: f64(Number.NaN) })],
  ])('%s', (_, statement) => {
    expect(faultsOf(made([statement]))).toEqual([]);
  });
});

describe('a function that is wrong', () => {
  it.each<[string, IrStatement, string]>([
    ['a number set where an i32 is', set(2, f64(1)), 'set of local 2 as f64, which is i32'],
    ['a local that is not there', set(4, i32(1)), 'set of local 4, but there are 4'],
    ['a local read as another type', effect(local('f64', 2)), 'get of local 2 as f64, which is i32'],
    ['a tee of another type', effect(tee('i32', 2, f64(1))), 'value of a tee is f64, not i32'],
    ['an i32 added as a number', effect(binary('f64.add', f64(1), i32(1))), 'right of f64.add is i32, not f64'],
    ['a number added as an i32', effect(binary('i32.add', f64(1), i32(1))), 'left of i32.add is f64, not i32'],
    ['a number converted from i32', effect(unary('f64.convert_s.i32', f64(1))), 'f64.convert_s.i32 is f64, not i32'],
    ['a number promoted', effect(unary('f64.promote', f64(1))), 'f64.promote is f64, not f32'],
    ['an i32 negated as a number', effect(unary('f64.neg', i32(1))), 'f64.neg is i32, not f64'],
    ['a number as a pointer', effect(load('f64', f64(16))), 'pointer of load.f64 is f64, not i32'],
    ['a number stored as f32', store('f32', i32(16), 0, f64(1)), 'value of store.f32 is f64, not f32'],
    ['a number stored as a byte', store('u8', i32(16), 0, f64(1)), 'value of store.u8 is f64, not i32'],
    ['an offset below zero', store('i32', i32(16), -4, i32(1)), 'offset -4'],
    ['a number as a test', { op: 'if', test: f64(1), yes: [], no: [] }, 'test of an if is f64, not i32'],
    [
      'sides of different types',
      effect({ op: 'conditional', type: 'f64', test: i32(1), yes: f64(1), no: i32(1) }),
      'no of a conditional is i32, not f64',
    ],
    ['a break to nowhere', { op: 'break', label: 'end' }, 'break to end, where no such block is open'],
    ['a break to a loop', loop('a', [{ op: 'break', label: 'a' }]), 'break to a, where no such block is open'],
    [
      'a continue to a block',
      block('a', [{ op: 'continue', label: 'a' }]),
      'continue to a, where no such loop is open',
    ],
    ['a label in itself', block('a', [block('a', [])]), 'label a is open already'],
    ['a loop without its site', loop('a', [], 3), 'site 3 of 3'],
    ['a loop with the site of an allocation', loop('a', [], 1), 'site 1 is per-frame-memory, not endless-loop'],
    ['a trap without a site', { op: 'trap', site: -1 }, 'site -1 of 3'],
    [
      'an allocation with the site of a loop',
      effect({ op: 'allocate', sizeBytes: i32(8), site: 0 }),
      'site 0 is endless-loop, not per-frame-memory',
    ],
    [
      'an allocation of half bytes',
      effect({ op: 'allocate', sizeBytes: f64(8), site: 1 }),
      'size of an allocation is f64, not i32',
    ],
    ['nothing returned', { op: 'return', value: null }, 'returns nothing instead of f64'],
    ['an i32 returned', { op: 'return', value: i32(1) }, 'returned value is i32, not f64'],
    ['a call of nothing', effect(call([i32(0)], 'h', { parameters: [], result: 'void' })), 'there is no function h'],
    [
      'a call with another signature',
      effect(call([i32(0), f64(1)], 'g', { parameters: ['f64'], result: 'f64' })),
      'calls g as (f64) f64, which is (f64) i32',
    ],
    ['a call without environment', effect(call([f64(1)])), 'a call has 1 arguments instead of 2'],
    ['a call with an argument of another type', effect(call([i32(0), i32(1)])), 'argument 1 is i32, not f64'],
    ['a variable that is not there', effect(symbol('variable', 'w: number')), 'there is no variable w: number'],
    ['a record that is not there', effect(symbol('closure', 'd')), 'there is no closure d'],
    ['a text that is not there', effect(symbol('string', 't')), 'there is no string t'],
    ['half an integer', effect(i32(0.5)), '0.5 is no i32'],
    ['an integer that is too large', effect(i32(2 ** 32)), '4294967296 is no i32'],
    ['a number where 64 bits are', effect({ op: 'const', type: 'i64', value: 1 }), '1 is no i64'],
    [
      'a mistake deep inside',
      set(1, { op: 'block', effects: [set(1, i32(1))], value: f64(1) }),
      'set of local 1 as i32, which is f64',
    ],
    ['a mistake while it sounds', { op: 'ifLive', yes: [set(1, i32(1))] }, 'set of local 1 as i32, which is f64'],
  ])('%s', (_, statement, fault) => {
    expect(faultsOf(made([statement]))).toContain(fault);
  });

  it('an end without a value', () => {
    expect(faultsOf({ ...made([]), body: [set(1, f64(1))] })).toEqual(['can end without a value']);
  });

  it('a value where there is none to return', () => {
    expect(faultsOf(made([], { signature: { parameters: ['f64', 'i32'], result: 'void' } }))).toEqual([
      'returns a value where there is none to return',
    ]);
  });

  it('two functions, or two records, with one symbol; a record of nothing', () => {
    const twice = { ir: callee, sites: [] };
    const closures = [
      { symbol: 'c', code: null },
      { symbol: 'c', code: 'h' },
    ];
    expect(
      verifyIr({ functions: [twice, twice], staticClosures: closures, strings: new Map(), variables: new Set() }),
    ).toEqual(['g: is there twice', 'closure c: is there twice', 'closure c: there is no function h']);
  });
});
