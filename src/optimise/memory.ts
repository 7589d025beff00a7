/**
 * Reads and writes of memory while a patch is worked through. A cell at a known offset that frames write becomes a value;
 * what no frame writes is read from the image; the rest stays in memory, in its order. In: accesses of the IR. Out: values
 * and nodes, and what is noted about memory as a whole.
 */

import { type Access, accessType } from '../compiler/ir.ts';
import { CELL_BYTES } from '../compiler/memoryLayout.ts';
import { HEADER, SYMBOLS_START } from '../protocol/arena.ts';
import { NotOptimised } from './assumptions.ts';
import { few, listOf } from './builder.ts';
import { type CellState, CLEARED } from './cells.ts';
import { ACCESS_BYTES } from './image.ts';
import type { Specialiser } from './specialiser.ts';
import type { Place, Value } from './ssa.ts';

const OUTPUT_END = HEADER.OUTPUT_RIGHT + (HEADER.OUTPUT_RIGHT - HEADER.OUTPUT_LEFT);
/** What is in longer arrays of words is not told apart. */
const MAX_POINTER_BYTES = 4096;
/** Nor are those in longer ones that no frame writes looked through, once for each access and try. */
const MAX_SCANNED_BYTES = 2 ** 16;
/** More is not cleared as cells. */
const MAX_CLEARED_BYTES = 16_384;

const zeroOf = (work: Specialiser, access: Access): Value => {
  const type = accessType(access);
  return work.builder.constant(type, type === 'i64' ? 0n : 0);
};

/** What a cell holds: what was set on this way, or what it held when the block began. */
export function cellValue(work: Specialiser, offset: number, access: Access, state: CellState | undefined): Value {
  if (state === CLEARED) return zeroOf(work, access);
  return state ? state.value : entryValue(work, offset, access);
}

function entryValue(work: Specialiser, offset: number, access: Access): Value {
  const known = work.entryLoads.get(offset);
  if (known) return known;
  const { assumptions, builder } = work;
  const possible = access === 'i32' ? assumptions.possibleAt(offset, initialAt(work, offset)) : null;
  const open = builder.region;
  builder.reopen(work.rootRegion);
  const value = builder.load(access, builder.i32(0), offset, false, possible, placeOf(offset, access));
  builder.reopen(open);
  work.entryLoads.set(offset, value);
  return value;
}

export function loadThrough(work: Specialiser, access: Access, pointer: Value, offset: number): Value {
  const list = work.builder.possibleHere(pointer);
  if (list && list.length === 1) return loadAt(work, access, list[0]! + offset);
  if (list) return loadFromSome(work, access, pointer, offset, list);
  const { from, to } = bounds(work, pointer, offset, access);
  const isWritten = work.assumptions.isRangeWritten(from, to);
  work.assumptions.accessRange(from, to, false);
  if (!isWritten && work.input.image.isKnown(from, to - from)) {
    const isScanned = access === 'i32' && to - from <= MAX_SCANNED_BYTES;
    const possible = isScanned ? valuesBetween(work, from, to) : null;
    return work.builder.loadConstant(access, pointer, offset, possible, { from, to });
  }
  const mayBePointers = access === 'i32' && to - from <= MAX_POINTER_BYTES;
  const possible = mayBePointers ? work.assumptions.possibleBetween(from, to, (at) => initialAt(work, at)) : null;
  return work.builder.load(access, pointer, offset, false, possible, { from, to });
}

function loadAt(work: Specialiser, access: Access, at: number): Value {
  const { assumptions, builder } = work;
  requireReach(work, at, ACCESS_BYTES[access]);
  assumptions.access(at, access, false);
  const state = work.reached().cells.get(at);
  if (assumptions.isValue(at, access) && (state === undefined || state === CLEARED || state.access === access)) {
    if (state !== undefined) return cellValue(work, at, access, state);
    if (!assumptions.isWritten(at, access)) {
      const known = imageValue(work, access, at);
      if (known) return known;
    }
    return entryValue(work, at, access);
  }
  if (!assumptions.isWritten(at, access)) {
    const known = imageValue(work, access, at);
    if (known) return known;
  }
  const possible = access === 'i32' ? assumptions.possibleAt(at, initialAt(work, at)) : null;
  return builder.load(access, builder.i32(0), at, false, possible, placeOf(at, access));
}

/** What stands in a word when a generation begins; nothing where frames make what they use, all of which they write first. */
function initialAt(work: Specialiser, at: number): readonly number[] | null {
  const { image } = work.input;
  if (at >= image.scratchStart && at < image.heapLimit) return [];
  const initial = image.isKnown(at, 4) ? image.read('i32', at) : null;
  return typeof initial === 'number' ? [initial] : null;
}

function imageValue(work: Specialiser, access: Access, at: number): Value | null {
  const { image } = work.input;
  if (!image.isKnown(at, ACCESS_BYTES[access])) return null;
  const value = image.read(access, at);
  return value === null ? null : work.builder.constant(accessType(access), value);
}

/** Through a pointer that is one of some. */
function loadFromSome(
  work: Specialiser,
  access: Access,
  pointer: Value,
  offset: number,
  list: readonly number[],
): Value {
  const { assumptions, builder, input } = work;
  const size = ACCESS_BYTES[access];
  const places = list.map((at) => at + offset);
  let isConstant = true;
  for (const at of places) {
    requireReach(work, at, size);
    if (assumptions.isWritten(at, access) || !input.image.isKnown(at, size)) isConstant = false;
  }
  if (isConstant) {
    const values = places.map((at) => input.image.read(access, at));
    const [first] = values;
    if (first !== null && first !== undefined && values.every((value) => Object.is(value, first))) {
      return builder.constant(accessType(access), first);
    }
    const possible = access === 'i32' ? few(values.map(Number)) : null;
    for (const at of places) assumptions.accessRange(at, at + size, false);
    return builder.loadConstant(access, pointer, offset, possible, placeOfAll(places, access));
  }
  let possible: readonly number[] | null = access === 'i32' ? [] : null;
  for (const at of places) {
    assumptions.accessRange(at, at + size, false);
    if (possible) {
      const held: readonly number[] | null = assumptions.possibleAt(at, initialAt(work, at));
      possible = held && few([...possible, ...held]);
    }
  }
  return builder.load(access, pointer, offset, false, possible, placeOfAll(places, access));
}

/** The elements of an array of pointers that nothing writes. */
function valuesBetween(work: Specialiser, from: number, to: number): readonly number[] | null {
  const { image } = work.input;
  return few(
    (function* () {
      for (let at = from; at + 4 <= to; at += 4) yield Number(image.read('i32', at));
    })(),
  );
}

export function storeThrough(work: Specialiser, access: Access, pointer: Value, offset: number, value: Value): void {
  work.writes++;
  const { assumptions, builder } = work;
  const list = work.builder.possibleHere(pointer);
  const held = access === 'i32' ? listOf(value) : null;
  if (list && list.length === 1) {
    const at = list[0]! + offset;
    requireReach(work, at, ACCESS_BYTES[access]);
    assumptions.access(at, access, true);
    if (access === 'i32') assumptions.mayHold(at, held, initialAt(work, at));
    if (assumptions.isValue(at, access)) work.reached().cells.set(at, { access, value });
    else
      builder.append({ op: 'store', access, pointer: builder.i32(0), offset: at, value, place: placeOf(at, access) });
    return;
  }
  const size = ACCESS_BYTES[access];
  let place: Place;
  if (list) {
    place = placeOfAll(
      list.map((member) => member + offset),
      access,
    );
    for (const member of list) {
      const at = member + offset;
      requireReach(work, at, size);
      assumptions.accessRange(at, at + size, true);
      if (access === 'i32') assumptions.mayHold(at, held, initialAt(work, at));
    }
  } else {
    place = bounds(work, pointer, offset, access);
    const { from, to } = place;
    assumptions.accessRange(from, to, true);
    if (access === 'i32') assumptions.mayHoldBetween(from, to, held);
  }
  builder.append({ op: 'store', access, ...builder.split(pointer, offset), value, place });
}

const placeOf = (at: number, access: Access): Place => ({ from: at, to: at + ACCESS_BYTES[access] });

const placeOfAll = (places: readonly number[], access: Access): Place => ({
  from: Math.min(...places),
  to: Math.max(...places) + ACCESS_BYTES[access],
});

/** Fresh memory that a frame has taken. */
export function clear(work: Specialiser, pointer: Value, size: Value): void {
  if (pointer.op !== 'const' || size.op !== 'const')
    throw new NotOptimised('it clears memory of a size that is not known');
  const [from, bytes] = [Number(pointer.value), Number(size.value)];
  const { scratchStart } = work.input.image;
  if (bytes > MAX_CLEARED_BYTES || from < scratchStart) throw new NotOptimised('it clears much memory while it sounds');
  for (let at = from; at < from + bytes; at += CELL_BYTES) {
    const { cells } = work.reached();
    cells.set(at, CLEARED);
    if (at + 4 < from + bytes) cells.set(at + 4, CLEARED);
  }
  const zero = work.builder.constant('f64', 0);
  for (const at of work.assumptions.clear(from, from + bytes)) {
    const place = placeOf(at, 'f64');
    work.builder.append({ op: 'store', access: 'f64', pointer: work.builder.i32(0), offset: at, value: zero, place });
  }
}

/** Between which offsets an access may be, at the most. */
function bounds(work: Specialiser, pointer: Value, offset: number, access: Access): { from: number; to: number } {
  const { low, high } = work.builder.reach(pointer);
  const [from, to] = [low + offset, high + offset + ACCESS_BYTES[access]];
  if (from >= HEADER.OUTPUT_LEFT && to <= OUTPUT_END) return { from, to };
  requireReach(work, from, to - from);
  return { from, to };
}

function requireReach(work: Specialiser, at: number, bytes: number): void {
  if (at >= 0 && at + bytes <= SYMBOLS_START) return;
  if (!work.input.image.isReachable(at, bytes)) throw new NotOptimised('where a pointer may point is not known');
}

/** Writes what changed to memory, at the end of a block. */
export function storeCells(work: Specialiser): void {
  const { builder, input } = work;
  const { scratchStart, heapLimit } = input.image;
  const { cells } = work.reached();
  for (const offset of cells.offsets()) {
    const state = cells.get(offset);
    if (!state || state === CLEARED) continue;
    // What a frame made is over with it.
    if (offset >= scratchStart && offset < Math.max(heapLimit, scratchStart)) continue;
    if (offset === HEADER.FUEL) continue;
    const value = cellValue(work, offset, state.access, state);
    if (work.entryLoads.get(offset) === value) continue;
    const { access } = state;
    builder.append({ op: 'store', access, pointer: builder.i32(0), offset, value, place: placeOf(offset, access) });
  }
}
