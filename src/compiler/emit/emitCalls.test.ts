/** Calls as `emit` makes them: direct, through the GOT and through records, and what traps. */

import { describe, expect, it } from 'vitest';
import { HEADER, SYMBOLS_START } from '../../protocol/arena.ts';
import { BASE, HEAP, make } from '../../testing/emitted.ts';
import { binary, f64, type IrExpression, type IrFunction, i32, load, local, store } from '../ir.ts';

describe('calls', () => {
  const double: IrFunction = {
    symbol: 'double',
    signature: { parameters: ['f64'], result: 'f64' },
    locals: [],
    body: [{ op: 'return', value: binary('f64.add', local('f64', 1), local('f64', 1)) }],
  };
  const calling: IrFunction = {
    symbol: 'f',
    signature: double.signature,
    locals: [],
    body: [
      {
        op: 'return',
        value: { op: 'call', target: 'double', signature: double.signature, args: [i32(0), local('f64', 1)] },
      },
    ],
  };
  const triple: IrFunction = {
    ...double,
    symbol: 'triple',
    body: [{ op: 'return', value: binary('f64.mul', local('f64', 1), f64(3)) }],
  };

  it('of another unit go through the GOT, so that what is called can be replaced', () => {
    const { run, table } = make([double, calling, triple]);
    expect(run('f', 21)).toBe(42);
    table.set(1, table.get(3));
    expect(run('f', 21)).toBe(63);
  });

  it('within a unit are direct', () => {
    const { run, table } = make([double, calling, triple], BASE, true);
    table.set(1, null);
    expect(run('f', 21)).toBe(42);
  });

  it('through a record reach the code that its first word names, and hand the record on', () => {
    const reading: IrFunction = {
      symbol: 'read',
      signature: { parameters: ['f64'], result: 'f64' },
      locals: [],
      body: [{ op: 'return', value: binary('f64.add', load('f64', local('i32', 0), 8), local('f64', 1)) }],
    };
    const code: IrExpression = load('i32', i32(HEAP));
    const indirect: IrFunction = {
      ...calling,
      body: [
        store('i32', i32(HEAP), 0, { op: 'symbol', kind: 'function', name: 'read' }),
        store('f64', i32(HEAP), 8, f64(100)),
        {
          op: 'return',
          value: { op: 'callIndirect', code, signature: reading.signature, args: [i32(HEAP), local('f64', 1)] },
        },
      ],
    };
    expect(make([reading, indirect]).run('f', 5)).toBe(105);
  });

  /** Calls through the code that it is given. */
  const throughCode: IrFunction = {
    symbol: 'through',
    signature: { parameters: ['i32'], result: 'f64' },
    locals: [],
    body: [
      {
        op: 'return',
        value: {
          op: 'callIndirect',
          code: { op: 'guard', target: 'entry', index: 1, bytes: 4, site: 3 },
          signature: double.signature,
          args: [i32(0), f64(21)],
        },
      },
    ],
  };

  it('through a guarded word reach the entries of the GOT and nothing else, however it is forged', () => {
    const { run, view, i32: word } = make([double, calling, throughCode]);
    const entries = word(HEADER.GOT_ENTRIES);
    // The slot of `double` all around: in the GOT, in the header, between two entries, and where a patch can write.
    for (let at = -64; at < 64; at++) view.setUint8(BASE + at, 1);
    view.setInt32(BASE + HEADER.GOT_ENTRIES, entries, true);
    for (let n = 1; n <= entries; n++) view.setInt32(BASE - 4 * n, 1, true);
    for (const at of [HEAP, SYMBOLS_START, HEADER.OUTPUT_LEFT]) view.setInt32(BASE + at, 1, true);
    const isEntry = (code: number): boolean => code < 0 && code >= -4 * entries && code % 4 === 0;
    const codes = Array.from({ length: 200 }, (_, n) => n - 100);
    codes.push(HEAP, SYMBOLS_START, HEADER.OUTPUT_LEFT, 2 ** 31 - 1, -(2 ** 31), -(2 ** 30), 2 ** 30, -(2 ** 31) + 4);
    let reached = 0;
    for (const code of codes) {
      view.setInt32(BASE + HEADER.TRAP_SITE, 0, true);
      if (isEntry(code)) {
        expect(run('through', code)).toBe(42);
        reached++;
      } else {
        expect(() => run('through', code)).toThrow(/unreachable/);
        expect(word(HEADER.TRAP_SITE)).toBe(3);
      }
    }
    expect(reached).toBe(entries);
    expect(entries).toBeGreaterThan(1);
  });

  it('of what is not there trap', () => {
    const { run, table } = make([double, calling]);
    table.set(1, null);
    expect(() => run('f', 1)).toThrow(WebAssembly.RuntimeError);
  });
});
