/** Instructions on pairs in the binary format: WebAssembly Core Specification, section 5.4.10. */

import type { ByteWriter } from '../compiler/emit/byteWriter.ts';
import { BINARY_CODES, OP } from '../compiler/emit/opcodes.ts';
import { LANE_CODES, type LaneKind, type LaneName } from './lanes.ts';

const PREFIX = 0xfd;
const CONSTANT = 12;
const SPLAT: Readonly<Record<LaneKind, number>> = { f64: 20, i64: 18, mask: 18 };
const EXTRACT: Readonly<Record<LaneKind, number>> = { f64: 33, i64: 29, mask: 29 };
const REPLACE: Readonly<Record<LaneKind, number>> = { f64: 34, i64: 30, mask: 30 };

function op(out: ByteWriter, code: number): void {
  out.byte(PREFIX);
  out.u32(code);
}

/** Masks are asked by the signs of their lanes: in machine code that is one instruction where other tests take three. */
const SIGNS = 196;
const BOTH = 3;

export function writeLanes(out: ByteWriter, name: LaneName): void {
  if (name !== 'v128.any_true' && name !== 'i64x2.all_true') {
    op(out, LANE_CODES[name]);
    return;
  }
  op(out, SIGNS);
  out.op(OP.I32_CONST);
  out.i32(name === 'v128.any_true' ? 0 : BOTH);
  out.op(BINARY_CODES[name === 'v128.any_true' ? 'i32.ne' : 'i32.eq']);
}

export const writeSplat = (out: ByteWriter, kind: LaneKind): void => op(out, SPLAT[kind]);

/** The pair and the second value are on the stack. */
export function writeReplaceSecond(out: ByteWriter, kind: LaneKind): void {
  op(out, REPLACE[kind]);
  out.byte(1);
}

export function writeExtract(out: ByteWriter, kind: LaneKind, lane: 0 | 1): void {
  op(out, EXTRACT[kind]);
  out.byte(lane);
}

/** Two f64 or two words of 64 bits. */
export function writeConstantPair(out: ByteWriter, values: readonly [number | bigint, number | bigint]): void {
  op(out, CONSTANT);
  const bytes = new DataView(new ArrayBuffer(16));
  for (const [lane, value] of values.entries()) {
    if (typeof value === 'bigint') bytes.setBigInt64(8 * lane, BigInt.asIntN(64, value), true);
    else bytes.setFloat64(8 * lane, value, true);
  }
  out.append(new Uint8Array(bytes.buffer));
}
