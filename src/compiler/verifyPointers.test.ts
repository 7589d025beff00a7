/**
 * What the verifier lets through is proven, and every way in which a pointer or a local is not is found. Held against IR made
 * by hand, and against every way in which control can come to a use.
 */

import { describe, expect, it } from 'vitest';
import { ACCESS_REACH_BYTES, HEADER, NULL_GUARD_BYTES } from '../protocol/arena.ts';
import { guardPointers } from './guardPointers.ts';
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
} from './ir.ts';
import { verifyPointers } from './verifyPointers.ts';

/** Locals: 0 the environment, 1 an i32 parameter, 2 and 3 i32 that nothing has set. */
const made = (body: readonly IrStatement[]): IrFunction => ({
  symbol: 'f',
  signature: { parameters: ['i32'], result: 'void' },
  locals: ['i32', 'i32'],
  body,
});

const P = 1;
const Q = 2;
const guard = (index: number, target: GuardTarget = 'object', bytes = 8): IrExpression => ({
  op: 'guard',
  target,
  index,
  bytes,
  site: 0,
});
const effect = (value: IrExpression): IrStatement => ({ op: 'effect', value });
const read = (pointer: IrExpression, offset = 0): IrStatement => effect(load('f64', pointer, offset));
const through = (index: number, offset = 0): IrStatement => read(local('i32', index), offset);
const callThrough = (code: IrExpression): IrStatement =>
  effect({ op: 'callIndirect', code, signature: { parameters: [], result: 'i32' }, args: [i32(0)] });
const check = effect(guard(P));
const when = (yes: readonly IrStatement[], no: readonly IrStatement[] = []): IrStatement => ({
  op: 'if',
  test: local('i32', 0),
  yes,
  no,
});
const block = (label: string, body: readonly IrStatement[]): IrStatement => ({ op: 'block', label, body });
const loop = (label: string, body: readonly IrStatement[]): IrStatement => ({ op: 'loop', label, body, site: 0 });
const leave = (label: string): IrStatement => ({ op: 'break', label });
const again = (label: string): IrStatement => ({ op: 'continue', label });
const back: IrStatement = { op: 'return', value: null };
const allocated: IrExpression = { op: 'allocate', sizeBytes: i32(64), site: 0 };
const symbol = (kind: 'function' | 'variable' | 'closure' | 'string'): IrExpression => ({
  op: 'symbol',
  kind,
  name: 'x',
});

describe('lets through', () => {
  it.each<[string, readonly IrStatement[]]>([
    ['what is checked where it is used', [read(guard(P))]],
    ['what was checked before', [check, through(P), through(P, ACCESS_REACH_BYTES - 8)]],
    ['what was allocated', [set(Q, allocated), through(Q, 56)]],
    ['a copy of what was checked', [check, set(Q, local('i32', P)), through(Q)]],
    ['a tee of what was allocated', [read(tee('i32', Q, allocated)), through(Q)]],
    ['what both sides check', [when([check], [effect(guard(P))]), through(P)]],
    ['what one side checks and the other never leaves', [when([check], [back]), through(P)]],
    ['what every way out of a block checks', [block('a', [when([check, leave('a')]), check]), through(P)]],
    ['what a loop does not change', [check, loop('l', [through(P), again('l')])]],
    ['what a loop checks again', [check, loop('l', [set(P, i32(0)), check, through(P), again('l')])]],
    ['elements, checked', [read(guard(P, 'elements'))]],
    ['a call through an entry, checked', [callThrough(guard(P, 'entry', 4))]],
    ['symbols', [read(symbol('variable')), read(symbol('string'), 8), read(symbol('closure'))]],
    [
      'a heap and a budget that begin where the host says',
      [
        store('i32', i32(0), HEADER.HEAP_POINTER, load('i32', i32(0), HEADER.SCRATCH_START)),
        store('i32', i32(0), HEADER.FUEL, load('i32', i32(0), HEADER.FUEL_PER_BLOCK)),
      ],
    ],
    [
      'what code reads of the header',
      [read(i32(0), HEADER.SAMPLE_RATE), effect(load('i32', i32(0), HEADER.RANDOM_STATE))],
    ],
    [
      'a frame of the output',
      [
        store(
          'f64',
          binary('i32.shl', binary('i32.and', local('i32', P), i32(127)), i32(3)),
          HEADER.OUTPUT_RIGHT,
          f64(1),
        ),
      ],
    ],
  ])('%s', (_, body) => {
    expect(verifyPointers(made(body))).toEqual([]);
  });
});

describe('finds', () => {
  it.each<[string, readonly IrStatement[]]>([
    ['what nobody checked', [through(P)]],
    ['what is written through an unchecked pointer', [store('i32', local('i32', P), 0, i32(1))]],
    ['what was checked and then set', [check, set(P, i32(0)), through(P)]],
    ['what is set in the address of another access', [check, read(tee('i32', P, local('i32', 0)))]],
    ['what only one side checks', [when([check]), through(P)]],
    ['what one side sets', [check, when([set(P, i32(0))]), through(P)]],
    ['what a way out of a block has not checked', [block('a', [when([leave('a')]), check]), through(P)]],
    [
      'what a way out of an outer block has set',
      [check, block('a', [block('b', [when([set(P, i32(0)), leave('a')]), leave('b')])]), through(P)],
    ],
    ['what the turn of a loop before has set', [check, loop('l', [through(P), set(P, i32(0)), again('l')])]],
    [
      'what only the second side of a choice checks',
      [effect({ op: 'conditional', type: 'i32', test: local('i32', 0), yes: i32(0), no: guard(P) }), through(P)],
    ],
    ['what is only checked while it sounds', [{ op: 'ifLive', yes: [check] }, through(P)]],
    ['more than a check reaches', [check, through(P, ACCESS_REACH_BYTES - 7)]],
    ['an object where only elements were checked', [effect(guard(P, 'elements')), through(P)]],
    ['more of an element than was checked', [read(guard(P, 'elements', 4))]],
    ['behind a symbol', [read(symbol('variable'), 8)]],
    ['the slots of functions', [read(symbol('function'))]],
    ['what the host alone writes', [store('i32', i32(0), HEADER.POINTER_LIMIT, i32(-1))]],
    ['the tempo', [store('f64', i32(0), HEADER.BPM, f64(1))]],
    ['the length of a block that is not there', [store('i32', i32(0), HEADER.FUEL_PER_BLOCK, i32(-1))]],
    ['a heap that begins in the header', [store('i32', i32(0), HEADER.HEAP_POINTER, i32(0)), read(allocated)]],
    ['a heap that begins where a local says', [store('i32', i32(0), HEADER.HEAP_POINTER, local('i32', P))]],
    [
      'a heap that begins at another field',
      [store('i32', i32(0), HEADER.HEAP_POINTER, load('i32', i32(0), HEADER.FUEL))],
    ],
    ['a heap that is cleared away', [{ op: 'clear', pointer: i32(0), sizeBytes: i32(8), site: 0 }]],
    ['the end of the heap, by a store that begins before', [store('f64', i32(0), HEADER.HEAP_POINTER, f64(1))]],
    ['the budget of a block, by a store that begins before', [store('i64', i32(0), HEADER.FUEL, i64(1n))]],
    ['fuel out of nothing', [store('i32', i32(0), HEADER.FUEL, i32(2 ** 30))]],
    ['before a symbol', [read(symbol('variable'), -8)]],
    ['before what was checked', [check, through(P, -8)]],
    ['where nothing is', [read(i32(NULL_GUARD_BYTES - 8))]],
    [
      'an output that an index leads out of',
      [store('f64', binary('i32.shl', local('i32', P), i32(3)), HEADER.OUTPUT_LEFT, f64(1))],
    ],
    [
      'a small fill through an unchecked pointer',
      [{ op: 'clear', pointer: local('i32', P), sizeBytes: i32(16), site: 0 }],
    ],
  ])('%s', (_, body) => {
    expect(verifyPointers(made(body)).join()).toMatch(/^(read|write) of \d+ bytes at .* is not guarded$/);
    // And what guards are put into is let through, whatever it was.
    const guarded = guardPointers(made(body), () => 0);
    const addressesHeader = body.some(
      (one) => (one.op === 'store' || one.op === 'clear') && one.pointer.op === 'const',
    );
    if (!addressesHeader) expect(verifyPointers(guarded)).toEqual([]);
  });

  it.each([
    ['an unchecked pointer', local('i32', P)],
    ['a pointer that was checked as one', guard(P)],
    ['an element', guard(P, 'elements', 4)],
    ['a symbol', symbol('function')],
  ])('code named by %s', (_, code) => {
    const body: readonly IrStatement[] = [callThrough(code)];
    expect(verifyPointers(made(body)).join()).toMatch(/^call through .* which may be no GOT entry$/);
    expect(verifyPointers(guardPointers(made(body), () => 0))).toEqual([]);
  });

  it('guards again in a loop what was checked before anything set it', () => {
    const body = [effect(local('i32', P)), through(Q), loop('l', [through(Q), set(Q, local('i32', P)), again('l')])];
    const guarded = guardPointers(made(body), () => 0);
    expect(JSON.stringify(guarded.body).split('"guard"')).toHaveLength(3);
  });

  const unset = 'local 2 may be read before it is set';
  it.each<[string, readonly IrStatement[]]>([
    ['never', [effect(local('i32', Q))]],
    ['on one side', [when([set(Q, i32(1))]), effect(local('i32', Q))]],
    ['behind a break', [block('a', [when([leave('a')]), set(Q, i32(1))]), effect(local('i32', Q))]],
    ['in a loop, after it was read', [loop('l', [effect(local('i32', Q)), set(Q, i32(1)), again('l')])]],
    [
      'in one case of an expression',
      [
        effect({ op: 'conditional', type: 'i32', test: local('i32', 0), yes: tee('i32', Q, i32(1)), no: i32(0) }),
        effect(local('i32', Q)),
      ],
    ],
  ])('a local that is set %s', (_, body) => {
    expect(verifyPointers(made(body))).toContain(unset);
  });
});
