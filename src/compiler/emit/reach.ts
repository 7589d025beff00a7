/**
 * `isReachable(base, pointer, bytes)`: whether code may reach so many bytes from a pointer, in an arena that is not in one
 * piece, or in array data that lies outside of it (`HEADER.REACHABLE`). Guards ask it where their own comparison has not let a
 * pointer through, and fills and copies for all of their bytes. The list rises, so that it takes a few steps however long it is.
 */

import { ACCESS_REACH_BYTES, HEADER, SYMBOLS_START } from '../../protocol/arena.ts';
import { ByteWriter } from './byteWriter.ts';
import { BLOCK_TYPES, OP, VALUE_TYPES } from './opcodes.ts';

export const REACH_NAME = 'isReachable';
export const REACH_TYPE = { parameters: ['i32', 'i32', 'i32'], result: 'i32' } as const;

const [BASE, POINTER, BYTES, DISTANCE, SIZE, LOW, HIGH, MIDDLE] = [0, 1, 2, 3, 4, 5, 6, 7];
const ENTRY_SHIFT = 3;
const ENTRY_BYTES = 1 << ENTRY_SHIFT;

export function reachBody(): Uint8Array {
  const out = new ByteWriter();
  const get = (index: number): void => {
    out.op(OP.LOCAL_GET);
    out.u32(index);
  };
  const set = (index: number): void => {
    out.op(OP.LOCAL_SET);
    out.u32(index);
  };
  const constant = (value: number): void => {
    out.op(OP.I32_CONST);
    out.i32(value);
  };
  const load = (from: number, offset: number): void => {
    get(from);
    out.op(0x28);
    out.u32(2);
    out.u32(offset);
  };
  /** A word of an entry of the list. */
  const loadEntry = (number: number, offset: number): void => {
    get(BASE);
    get(number);
    constant(ENTRY_SHIFT);
    out.op(OP.I32_SHL);
    out.op(OP.I32_ADD);
    out.op(0x28);
    out.u32(2);
    out.u32(offset);
  };
  /** Returns 1 if `bytes` from DISTANCE on are within SIZE. */
  const returnIfInside = (): void => {
    get(DISTANCE);
    get(SIZE);
    out.op(OP.I32_LE_U);
    get(BYTES);
    get(SIZE);
    get(DISTANCE);
    out.op(OP.I32_SUB);
    out.op(OP.I32_LE_U);
    out.op(OP.I32_AND);
    out.op(OP.IF);
    out.byte(BLOCK_TYPES.void);
    constant(1);
    out.op(OP.RETURN);
    out.op(OP.END);
  };
  out.u32(1);
  out.u32(5);
  out.byte(VALUE_TYPES.i32);
  // The piece that begins with the symbols ends ACCESS_REACH_BYTES behind the last pointer into it.
  get(POINTER);
  constant(SYMBOLS_START);
  out.op(OP.I32_SUB);
  set(DISTANCE);
  load(BASE, HEADER.POINTER_LIMIT);
  constant(ACCESS_REACH_BYTES);
  out.op(OP.I32_ADD);
  set(SIZE);
  returnIfInside();
  // How many ranges begin at the pointer or below it: the last of those is the only one that may have it.
  load(BASE, HEADER.REACHABLE_COUNT);
  set(HIGH);
  out.op(OP.LOOP);
  out.byte(BLOCK_TYPES.void);
  get(LOW);
  get(HIGH);
  out.op(OP.I32_LT_U);
  out.op(OP.IF);
  out.byte(BLOCK_TYPES.void);
  get(LOW);
  get(HIGH);
  out.op(OP.I32_ADD);
  constant(1);
  out.op(OP.I32_SHR_U);
  set(MIDDLE);
  get(POINTER);
  loadEntry(MIDDLE, HEADER.REACHABLE);
  out.op(OP.I32_LT_U);
  out.op(OP.IF);
  out.byte(BLOCK_TYPES.void);
  get(MIDDLE);
  set(HIGH);
  out.op(OP.ELSE);
  get(MIDDLE);
  constant(1);
  out.op(OP.I32_ADD);
  set(LOW);
  out.op(OP.END);
  out.op(OP.BR);
  out.u32(1);
  out.op(OP.END);
  out.op(OP.END);
  get(LOW);
  out.op(OP.IF);
  out.byte(BLOCK_TYPES.void);
  get(POINTER);
  loadEntry(LOW, HEADER.REACHABLE - ENTRY_BYTES);
  out.op(OP.I32_SUB);
  set(DISTANCE);
  loadEntry(LOW, HEADER.REACHABLE - ENTRY_BYTES + 4);
  set(SIZE);
  returnIfInside();
  out.op(OP.END);
  constant(0);
  out.op(OP.END);
  return out.finish();
}
