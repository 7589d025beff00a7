/** Folding gives what the instruction gives: each is run by the engine on edges of its type and on random bits. */
import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../compiler/emit/byteWriter.ts';
import { BINARY_CODES, OP, UNARY_CODES, VALUE_TYPES } from '../compiler/emit/opcodes.ts';
import { type BinaryName, binaryType, type UnaryName, unaryType, type ValueType } from '../compiler/ir.ts';
import { randomPicks } from '../testing/compileText.ts';
import { foldBinary, foldUnary } from './fold.ts';

const SEED = 20_261_127;

function operandType(name: string): ValueType {
  const from = /^\w+\.\w+\.(f64|i32)$/.exec(name)?.[1];
  if (from) return from as ValueType;
  if (name === 'f64.promote') return 'f32';
  if (name === 'f32.demote' || name === 'i64.reinterpret') return 'f64';
  if (name === 'f64.reinterpret' || name === 'i32.wrap') return 'i64';
  return name === 'i64.extend_u' ? 'i32' : (name.slice(0, 3) as ValueType);
}

/** The instruction as a function. */
function instruction(code: number, parameters: readonly ValueType[], result: ValueType) {
  const out = new ByteWriter();
  out.append(Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00));
  const section = (id: number, bytes: readonly number[]): void => {
    out.byte(id);
    out.u32(bytes.length);
    out.append(Uint8Array.from(bytes));
  };
  section(1, [1, 0x60, parameters.length, ...parameters.map((type) => VALUE_TYPES[type]), 1, VALUE_TYPES[result]]);
  section(3, [1, 0]);
  section(7, [1, 1, 0x66, 0, 0]);
  const body = new ByteWriter();
  body.byte(0);
  for (const n of parameters.keys()) {
    body.op(OP.LOCAL_GET);
    body.u32(n);
  }
  body.op(code);
  body.op(OP.END);
  const code2 = body.finish();
  section(10, [1, code2.length, ...code2]);
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(out.finish())).exports;
  return f as (...args: (number | bigint)[]) => number | bigint;
}

const pick = randomPicks(SEED);
const bits = new DataView(new ArrayBuffer(8));

function randomDouble(): number {
  bits.setUint32(0, pick(2 ** 31) * 2 + pick(2));
  bits.setUint32(4, pick(2 ** 31) * 2 + pick(2));
  return bits.getFloat64(0);
}

function valuesOf(type: ValueType): (number | bigint)[] {
  const random = (make: () => number | bigint) => Array.from({ length: 40 }, make);
  switch (type) {
    case 'f64':
      return [0, -0, 0.5, -0.5, 1.5, 2.5, -2.5, 1, -1, 2 ** 31, -(2 ** 31) - 1, 2 ** 32, 2 ** 53, 1e300, 5e-324]
        .concat([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2 ** 63, -(2 ** 63)])
        .concat(random(randomDouble) as number[]);
    case 'f32':
      return [0, -0, 0.5, 1e30, Number.NaN].map(Math.fround);
    case 'i32':
      return [0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 31, 32, 33, 255].concat(
        random(() => (pick(2 ** 31) * 2) | 0) as number[],
      );
    case 'i64':
      return [0n, 1n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 63n, 64n, 0x3ff0_0000_0000_0000n].concat(
        random(() => BigInt.asIntN(64, (BigInt(pick(2 ** 31)) << 33n) ^ BigInt(pick(2 ** 31)))) as bigint[],
      );
  }
}

const same = (a: number | bigint, b: number | bigint): boolean => Object.is(a, b);

describe(`folds as the engine computes (seed ${SEED})`, () => {
  it.each(Object.keys(UNARY_CODES) as UnaryName[])('%s', (name) => {
    const run = instruction(UNARY_CODES[name], [operandType(name)], unaryType(name));
    let folded = 0;
    for (const value of valuesOf(operandType(name))) {
      const result = foldUnary(name, value);
      if (result === null) continue;
      folded++;
      expect(same(result, run(value)), `${name} ${value}: ${result}, not ${run(value)}`).toBe(true);
    }
    expect(folded).toBeGreaterThan(0);
  });

  it.each(Object.keys(BINARY_CODES) as BinaryName[])('%s', (name) => {
    const type = operandType(name);
    const run = instruction(BINARY_CODES[name], [type, type], binaryType(name));
    let folded = 0;
    for (const left of valuesOf(type)) {
      for (const right of valuesOf(type)) {
        const result = foldBinary(name, left, right);
        if (result === null) continue;
        folded++;
        expect(same(result, run(left, right)), `${name} ${left} ${right}: ${result}`).toBe(true);
      }
    }
    expect(folded).toBeGreaterThan(0);
  });
});
