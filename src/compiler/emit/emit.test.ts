/** What `emit` makes is valid WebAssembly that imports nothing but its surroundings, and does what the IR says. */

import { describe, expect, it } from 'vitest';
import { HEADER, IMPORTS } from '../../protocol/arena.ts';
import { compileText } from '../../testing/compileText.ts';
import { BASE, doing, HEAP, make, PAGE, returning } from '../../testing/emitted.ts';
import { patches } from '../../testing/texts.ts';
import {
  type Access,
  accessType,
  type BinaryName,
  binary,
  f64,
  type IrExpression,
  type IrFunction,
  type IrStatement,
  i32,
  i64,
  load,
  local,
  set,
  store,
  type UnaryName,
  unary,
  type ValueType,
} from '../ir.ts';
import { importName } from '../symbols.ts';
import { emit } from './emit.ts';

describe('the modules of the patches', () => {
  it.each(patches())('$name', ({ text }) => {
    const { lowered, libraryUnits } = compileText(text);
    const units = [...libraryUnits, ...(lowered?.units ?? [])].map((unit) => ({
      functions: [...unit.functions, ...(unit.initialiser ? [unit.initialiser] : [])].map((fn) => fn.ir),
    }));
    const { bytes, imports } = emit(units);
    expect(WebAssembly.validate(bytes)).toBe(true);
    const module = new WebAssembly.Module(bytes);
    expect(
      WebAssembly.Module.exports(module)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(units.flatMap(({ functions }) => functions.map((fn) => fn.symbol)).sort());
    const wanted = [
      ['memory', IMPORTS.MODULE, IMPORTS.MEMORY],
      ['table', IMPORTS.MODULE, IMPORTS.TABLE],
      ...imports.map((symbol) => ['global', IMPORTS.SYMBOLS, importName(symbol)]),
    ];
    const found = WebAssembly.Module.imports(module).map(({ kind, module: from, name }) => [kind, from, name]);
    expect(found.sort()).toEqual(wanted.sort());
  });
});

describe('operations', () => {
  const numbers = [
    0,
    -0,
    0.5,
    -0.5,
    1.5,
    2.5,
    -2.5,
    3.999,
    -7,
    255,
    2 ** 31,
    -(2 ** 31),
    4294967295,
    1e300,
    Infinity,
    -Infinity,
    Number.NaN,
  ];
  const integers = [0, 1, -1, 2, 3, 7, 31, 32, 255, 65536, 2 ** 31 - 1, -(2 ** 31), 0x5555];
  const toEven = (x: number): number => {
    const down = Math.floor(x);
    const part = x - down;
    const even = part < 0.5 || (part === 0.5 && down % 2 === 0) ? down : down + 1;
    return Number.isFinite(x) ? (even === 0 ? 0 * Math.sign(x) || (Object.is(x, -0) || x < 0 ? -0 : 0) : even) : x;
  };
  const saturate = (x: number, low: number, high: number): number =>
    Number.isNaN(x) ? 0 : Math.min(high, Math.max(low, Math.trunc(x))) + 0;
  const copySign = (x: number, y: number): number => {
    const isNegative = new DataView(Float64Array.of(y).buffer).getUint8(7) >= 128;
    return isNegative ? -Math.abs(x) : Math.abs(x);
  };

  it.each<[UnaryName, ValueType, (x: number) => number]>([
    ['f64.neg', 'f64', (x) => -x],
    ['f64.abs', 'f64', Math.abs],
    ['f64.sqrt', 'f64', Math.sqrt],
    ['f64.floor', 'f64', Math.floor],
    ['f64.ceil', 'f64', Math.ceil],
    ['f64.trunc', 'f64', Math.trunc],
    ['f64.nearest', 'f64', toEven],
    ['f64.convert_s.i32', 'i32', (x) => x],
    ['f64.convert_u.i32', 'i32', (x) => x >>> 0],
    ['i32.eqz', 'i32', (x) => (x === 0 ? 1 : 0)],
    ['i32.clz', 'i32', Math.clz32],
    ['i32.trunc_s_sat.f64', 'f64', (x) => saturate(x, -(2 ** 31), 2 ** 31 - 1)],
    ['i32.trunc_u_sat.f64', 'f64', (x) => saturate(x, 0, 2 ** 32 - 1) | 0],
  ])('%s', (name, operand, formula) => {
    const { run } = make([returning(unary(name, local(operand, 1)), [operand])]);
    for (const x of operand === 'f64' ? numbers : integers) expect([x, run('f', x)]).toEqual([x, formula(x)]);
  });

  it.each<[BinaryName, (x: number, y: number) => number]>([
    ['f64.add', (x, y) => x + y],
    ['f64.sub', (x, y) => x - y],
    ['f64.mul', (x, y) => x * y],
    ['f64.div', (x, y) => x / y],
    ['f64.min', Math.min],
    ['f64.max', Math.max],
    ['f64.copysign', copySign],
    ['f64.eq', (x, y) => +(x === y)],
    ['f64.ne', (x, y) => +(x !== y)],
    ['f64.lt', (x, y) => +(x < y)],
    ['f64.le', (x, y) => +(x <= y)],
    ['f64.gt', (x, y) => +(x > y)],
    ['f64.ge', (x, y) => +(x >= y)],
    ['i32.add', (x, y) => (x + y) | 0],
    ['i32.sub', (x, y) => (x - y) | 0],
    ['i32.mul', Math.imul],
    ['i32.and', (x, y) => x & y],
    ['i32.or', (x, y) => x | y],
    ['i32.xor', (x, y) => x ^ y],
    ['i32.shl', (x, y) => x << y],
    ['i32.shr_s', (x, y) => x >> y],
    ['i32.shr_u', (x, y) => (x >>> y) | 0],
    ['i32.eq', (x, y) => +(x === y)],
    ['i32.ne', (x, y) => +(x !== y)],
    ['i32.lt_s', (x, y) => +(x < y)],
    ['i32.le_s', (x, y) => +(x <= y)],
    ['i32.gt_s', (x, y) => +(x > y)],
    ['i32.ge_s', (x, y) => +(x >= y)],
    ['i32.lt_u', (x, y) => +(x >>> 0 < y >>> 0)],
    ['i32.gt_u', (x, y) => +(x >>> 0 > y >>> 0)],
  ])('%s', (name, formula) => {
    const type = name.startsWith('f64') ? 'f64' : 'i32';
    const { run } = make([returning(binary(name, local(type, 1), local(type, 2)), [type, type])]);
    const values = type === 'f64' ? numbers : integers;
    for (const x of values) for (const y of values) expect([x, y, run('f', x, y)]).toEqual([x, y, formula(x, y)]);
  });

  it('i32.rem_s, which nothing divides by zero', () => {
    const { run } = make([returning(binary('i32.rem_s', local('i32', 1), local('i32', 2)), ['i32', 'i32'])]);
    for (const x of integers) for (const y of integers) if (y !== 0) expect(run('f', x, y)).toBe((x % y) + 0);
    expect(() => run('f', 1, 0)).toThrow(WebAssembly.RuntimeError);
  });

  it('on 64 bits', () => {
    const wide: [BinaryName, (x: bigint, y: bigint) => bigint | number][] = [
      ['i64.add', (x, y) => BigInt.asIntN(64, x + y)],
      ['i64.mul', (x, y) => BigInt.asIntN(64, x * y)],
      ['i64.or', (x, y) => x | y],
      ['i64.xor', (x, y) => x ^ y],
      ['i64.shl', (x, y) => BigInt.asIntN(64, x << (y & 63n))],
      ['i64.shr_u', (x, y) => BigInt.asIntN(64, BigInt.asUintN(64, x) >> (y & 63n))],
      ['i64.eq', (x, y) => +(x === y)],
    ];
    const values = [0n, 1n, -1n, 50n, 2n ** 52n, -(2n ** 63n), 0x7ff8000000000001n];
    for (const [name, formula] of wide) {
      const { run } = make([returning(binary(name, local('i64', 1), local('i64', 2)), ['i64', 'i64'])]);
      for (const x of values) for (const y of values) expect([name, run('f', x, y)]).toEqual([name, formula(x, y)]);
    }
  });

  it('between types, bit for bit', () => {
    const bits = (x: number): bigint => new DataView(Float64Array.of(x).buffer).getBigInt64(0, true);
    for (const x of numbers.filter((one) => !Number.isNaN(one))) {
      expect(make([returning(unary('i64.reinterpret', local('f64', 1)), ['f64'])]).run('f', x)).toBe(bits(x));
      expect(make([returning(unary('f64.reinterpret', local('i64', 1)), ['i64'])]).run('f', bits(x))).toBe(x);
      const rounded = unary('f64.promote', unary('f32.demote', local('f64', 1)));
      expect(make([returning(rounded, ['f64'])]).run('f', x)).toBe(Math.fround(x));
    }
    const wrapped = unary('i32.wrap', local('i64', 1));
    expect(make([returning(wrapped, ['i64'])]).run('f', 0x1_8000_0001n)).toBe(-0x7fffffff);
    expect(make([returning(unary('i64.extend_u', local('i32', 1)), ['i32'])]).run('f', -1)).toBe(0xffff_ffffn);
    expect(make([returning(unary('i64.trunc_s_sat.f64', local('f64', 1)), ['f64'])]).run('f', -1e15 - 0.5)).toBe(
      -(10n ** 15n),
    );
  });

  it('with constants of every kind', () => {
    for (const x of numbers) expect(make([returning(f64(x))]).run('f')).toBe(x);
    for (const x of integers) expect(make([returning(i32(x))]).run('f')).toBe(x);
    for (const x of [0n, -1n, 2n ** 63n - 1n, 0x7ffc0001_00000000n]) expect(make([returning(i64(x))]).run('f')).toBe(x);
  });
});

describe('memory', () => {
  const cases: [Access, number | bigint, number | bigint][] = [
    ['f64', 0.1, 0.1],
    ['f32', 0.1, Math.fround(0.1)],
    ['i64', -5n, -5n],
    ['i32', -5, -5],
    ['i16', 40_000, 40_000 - 65_536],
    ['u16', -1, 65_535],
    ['i8', 200, 200 - 256],
    ['u8', -1, 255],
  ];

  it.each(cases)('holds %s', (access, stored, read) => {
    const type = accessType(access);
    const value: IrExpression =
      type === 'f32' ? unary('f32.demote', f64(Number(stored))) : { op: 'const', type, value: stored };
    const back = load(access, local('i32', 1), 8);
    const fn: IrFunction = {
      symbol: 'f',
      signature: { parameters: ['i32'], result: type },
      locals: [],
      body: [store(access, local('i32', 1), 8, value), { op: 'return', value: back }],
    };
    const { run, view } = make([fn]);
    expect(run('f', HEAP)).toBe(read);
    // Nothing outside of it was written.
    const sizeBytes = { f64: 8, i64: 8, f32: 4, i32: 4, i16: 2, u16: 2, i8: 1, u8: 1 }[access];
    for (const at of [7, 8 + sizeBytes]) expect(view.getUint8(BASE + HEAP + at)).toBe(0);
  });

  it('lies where the arena lies', () => {
    const fn = doing([
      store('i32', i32(HEAP), 0, i32(7)),
      { op: 'copy', to: i32(HEAP + 16), from: i32(HEAP), sizeBytes: i32(4), site: 0 },
      { op: 'clear', pointer: i32(HEAP), sizeBytes: i32(4), site: 0 },
    ]);
    for (const base of [BASE, PAGE, 2 * PAGE + 64]) {
      const { run, view } = make([fn], base);
      run('f');
      expect([view.getInt32(base + HEAP, true), view.getInt32(base + HEAP + 16, true)]).toEqual([0, 7]);
    }
  });

  it('copies ranges that overlap', () => {
    const { run, view } = make([
      doing([{ op: 'copy', to: i32(HEAP + 1), from: i32(HEAP), sizeBytes: i32(8), site: 0 }]),
    ]);
    for (let n = 0; n < 9; n++) view.setUint8(BASE + HEAP + n, n + 1);
    run('f');
    expect(Array.from({ length: 9 }, (_, n) => view.getUint8(BASE + HEAP + n))).toEqual([1, 1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe('allocation', () => {
  const allocate = (sizeBytes: IrExpression): IrExpression => ({ op: 'allocate', sizeBytes, site: 5 });
  const fn = returning(allocate(local('i32', 1)), ['i32']);

  it('gives eight-byte pieces, one behind the other, up to the limit', () => {
    const { run, i32: word } = make([fn]);
    expect([run('f', 8), run('f', 1), run('f', 0), run('f', 9), run('f', 1024 - 32)]).toEqual([
      HEAP,
      HEAP + 8,
      HEAP + 16,
      HEAP + 16,
      HEAP + 32,
    ]);
    expect(word(HEADER.HEAP_POINTER)).toBe(HEAP + 1024);
    expect(word(HEADER.TRAP_SYMBOL)).toBe(0);
  });

  it.each([1025, 2 ** 31 - 1, -(2 ** 31), -8, -4096])('traps for %i bytes, and takes nothing', (sizeBytes) => {
    const { run, i32: word } = make([fn]);
    expect(() => run('f', sizeBytes)).toThrow(WebAssembly.RuntimeError);
    expect(word(HEADER.TRAP_SITE)).toBe(5);
    expect(word(HEADER.TRAP_SYMBOL)).toBeLessThan(0);
    expect(word(HEADER.HEAP_POINTER)).toBe(HEAP);
  });

  it('may depend on another one', () => {
    const nested = returning(allocate(binary('i32.sub', allocate(i32(24)), i32(HEAP - 16))));
    const { run, i32: word } = make([nested]);
    expect(run('f')).toBe(HEAP + 24);
    expect(word(HEADER.HEAP_POINTER)).toBe(HEAP + 24 + 16);
  });
});

describe('control', () => {
  const counting = (body: readonly IrStatement[]): IrFunction => ({
    symbol: 'f',
    signature: { parameters: ['i32'], result: 'i32' },
    locals: ['i32'],
    body: [...body, { op: 'return', value: local('i32', 2) }],
  });
  const count = set(2, binary('i32.add', local('i32', 2), i32(1)));
  const turns = counting([
    {
      op: 'block',
      label: 'end',
      body: [
        {
          op: 'loop',
          label: 'turn',
          site: 3,
          body: [
            {
              op: 'if',
              test: binary('i32.ge_s', local('i32', 2), local('i32', 1)),
              yes: [{ op: 'break', label: 'end' }],
              no: [],
            },
            count,
            { op: 'continue', label: 'turn' },
          ],
        },
      ],
    },
  ]);

  it('goes round a loop, takes fuel by what is in it, and traps when there is none', () => {
    const { run, i32: word, view } = make([turns]);
    expect(run('f', 10)).toBe(10);
    // The charge is taken as eight instructions; test and exit are five, the count four, the next turn one.
    const turn = 8 + 5 + 4 + 1;
    expect(word(HEADER.FUEL)).toBe(1000 - 11 * turn);
    view.setInt32(BASE + HEADER.FUEL, 5 * turn, true);
    expect(() => run('f', 10)).toThrow(WebAssembly.RuntimeError);
    expect([word(HEADER.FUEL), word(HEADER.TRAP_SITE)]).toEqual([-turn, 3]);
    expect(word(HEADER.TRAP_SYMBOL)).toBeLessThan(0);
  });

  it('leaves an outer block from an inner one', () => {
    const inner: IrStatement = { op: 'block', label: 'inner', body: [count, { op: 'break', label: 'outer' }, count] };
    expect(make([counting([{ op: 'block', label: 'outer', body: [inner, count] }, count])]).run('f', 0)).toBe(2);
  });

  it('takes one side of an if and of a choice, and both of a selection', () => {
    const effect = (by: number): IrExpression => ({
      op: 'block',
      effects: [set(2, binary('i32.add', local('i32', 2), i32(by)))],
      value: i32(0),
    });
    const both = (op: 'conditional' | 'select'): IrFunction =>
      counting([{ op: 'effect', value: { op, type: 'i32', test: local('i32', 1), yes: effect(1), no: effect(10) } }]);
    expect([make([both('conditional')]).run('f', 1), make([both('conditional')]).run('f', 0)]).toEqual([1, 10]);
    expect([make([both('select')]).run('f', 1), make([both('select')]).run('f', 0)]).toEqual([11, 11]);
  });

  it('knows the top level from what sounds', () => {
    const { run, view } = make([counting([{ op: 'ifLive', yes: [count] }])]);
    expect(run('f', 0)).toBe(0);
    view.setInt32(BASE + HEADER.SCRATCH_START, HEAP, true);
    expect(run('f', 0)).toBe(1);
  });

  it('says where it trapped', () => {
    const { run, i32: word } = make([doing([{ op: 'trap', site: 9 }])]);
    expect(() => run('f')).toThrow(WebAssembly.RuntimeError);
    expect(word(HEADER.TRAP_SITE)).toBe(9);
  });
});
