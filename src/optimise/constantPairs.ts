/**
 * Pairs of constants, in globals of the module. In: pairs, as they are met. Out: the numbers of globals, and their section.
 *
 * The globals can be written as far as the engine knows, and no code does: V8's compiler of version 11 puts a constant of 128
 * bits together in three instructions wherever it is used, each time, and moves what it is used for with it into arms of tests.
 * A value that was read before the loop stays in a register, or is read from the stack by one instruction.
 */

import type { ByteWriter } from '../compiler/emit/byteWriter.ts';
import { OP } from '../compiler/emit/opcodes.ts';
import { writeConstantPair } from './laneCodes.ts';

/** Two f64, or two words of 64 bits. */
export type ConstantPair = readonly [number | bigint, number | bigint];

const V128 = 0x7b;
const MUTABLE = 0x01;

export class ConstantPairs {
  private readonly pairs: ConstantPair[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly first: number;

  /** `first`: the number of the first global that is not imported. */
  constructor(first: number) {
    this.first = first;
  }

  get isEmpty(): boolean {
    return this.pairs.length === 0;
  }

  numberOf(pair: ConstantPair): number {
    const key = pair.map(bitsOf).join();
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.first + this.pairs.length;
      this.numbers.set(key, number);
      this.pairs.push(pair);
    }
    return number;
  }

  write(out: ByteWriter): void {
    out.u32(this.pairs.length);
    for (const pair of this.pairs) {
      out.byte(V128);
      out.byte(MUTABLE);
      writeConstantPair(out, pair);
      out.op(OP.END);
    }
  }
}

const bits = new DataView(new ArrayBuffer(8));

function bitsOf(value: number | bigint): string {
  if (typeof value === 'bigint') return BigInt.asUintN(64, value).toString(16);
  bits.setFloat64(0, value);
  return bits.getBigUint64(0).toString(16);
}
