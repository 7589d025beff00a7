/**
 * Delay lines that get another length. In: two arenas as their top levels left them, with the rings that their shapes know
 * of. Out: which rings are to be turned, so that the last samples are kept in order up to the cursor, wherever that is when
 * the new generation is committed; and which indices have to be brought back into arrays that have become shorter.
 */

import type { ArrayUses, CellName, IndexShape, LengthShape, RingShape } from '../compiler/ringShape.ts';
import type { CellShape, FieldShape } from '../compiler/shape.ts';
import { HEADER } from '../protocol/arena.ts';
import { NO_POINTER, RING, RING_FLAGS, RING_WORDS } from '../protocol/generation.ts';
import { sameBytes } from './bytes.ts';
import { OffsetMap } from './offsetMap.ts';
import type { ArrayPair, Match } from './pairings.ts';
import { type ArenaState, isObject, leadOf, objectsIn } from './state.ts';

/** A ring in an arena. */
export interface FoundRing {
  /** Offset of the array's descriptor. */
  readonly array: number;
  readonly length: number;
  readonly cursor: FoundCursor;
  readonly isNewestAtCursor: boolean;
  readonly runsDown: boolean;
}

interface FoundCursor {
  readonly kind: 'wrapped' | 'counter' | 'frame';
  readonly offset: number;
  /** By what is known whether it was kept: the cell itself, or the array that it is an element of. */
  readonly keptBy: number;
  /** An integer of 32 bits, and not an f64. */
  readonly isInt32: boolean;
}

/** A ring that goes over with another length, or another cursor. Offsets are those of the images. */
export interface RingTurn {
  readonly oldData: number;
  readonly newData: number;
  readonly elementBytes: number;
  readonly old: FoundRing;
  readonly next: FoundRing;
}

/** An index into an array that has become shorter. */
export interface IndexFit {
  /** Offset of the cell in the new image. */
  readonly offset: number;
  readonly length: number;
  /** An index below this is taken modulo the length; 0: it is only looked at when something goes wrong. */
  readonly oldLength: number;
  readonly names: { readonly array: string; readonly cell: string };
  readonly index: IndexShape;
}

export interface RingTurns {
  readonly turns: ReadonlyMap<ArrayPair, RingTurn>;
  readonly fits: readonly IndexFit[];
}

/** Marks in `match.kept` the cursors that are set. */
export function planRings(old: ArenaState, next: ArenaState, match: Match): RingTurns {
  const turns = new Map<ArrayPair, RingTurn>();
  const { rings: newRings, indices } = usesIn(next);
  if (newRings.size + indices.length === 0) return { turns, fits: [] };
  const arrays = new Set(match.arrays.filter(({ isState }) => isState).map(({ newArray }) => newArray));
  /** Elements are kept with their array, of which it is not known yet. */
  const isKept = ({ offset, keptBy }: { readonly offset: number; readonly keptBy: number }): boolean =>
    offset === keptBy ? match.kept.get(offset) !== 0 : arrays.has(keptBy);
  const oldRings = new Map([...usesIn(old).rings.values()].map((ring) => [old.dataOf(ring.array), ring]));
  const candidates = match.arrays.flatMap((pair) => {
    const [from, to] = [oldRings.get(pair.oldData), newRings.get(pair.newArray)];
    return from && to && canTurn(old, next, pair, from, to, isKept) ? [{ pair, from, to }] : [];
  });
  // What is written at the same cursor is turned together.
  const turned = new Set(candidates.filter(({ from, to }) => !isAlike(from, to)).map(({ to }) => to.cursor.offset));
  for (const { pair, from, to } of candidates) {
    if (!turned.has(to.cursor.offset)) continue;
    const { oldData, newData, elementBytes } = pair;
    turns.set(pair, { oldData, newData, elementBytes, old: from, next: to });
    if (to.cursor.kind === 'wrapped') match.kept.set(to.cursor.keptBy, 1);
  }
  const oldCounts = new Map(match.arrays.map(({ newArray, oldCount }) => [newArray, oldCount]));
  const fits = new Map<number, IndexFit>();
  for (const { array, offset, keptBy, isDirect, names, index } of indices) {
    const ring = newRings.get(array);
    const isCursor = ring?.cursor.offset === offset;
    // A count is taken modulo the length anyway.
    if (!isKept({ offset, keptBy }) || (isCursor && (turned.has(offset) || ring.cursor.kind === 'counter'))) continue;
    const length = isCursor ? ring.length : next.lengthOf(array);
    // What was beyond the old array is so on purpose, but for a cursor, which is never beyond its own.
    const oldLength = isCursor ? MAX_LENGTH : (oldCounts.get(array) ?? 0);
    const known = fits.get(offset);
    if (length === 0 || length >= oldLength || (known && known.length <= length)) continue;
    fits.set(offset, { offset, length, oldLength: isDirect || known?.oldLength ? oldLength : 0, names, index });
  }
  return { turns, fits: [...fits.values()] };
}

const MAX_LENGTH = 2 ** 31 - 1;

function canTurn(
  old: ArenaState,
  next: ArenaState,
  pair: ArrayPair,
  from: FoundRing,
  to: FoundRing,
  isKept: (cursor: FoundCursor) => boolean,
): boolean {
  const { oldData, newData, oldCount, newCount, elementBytes, isState } = pair;
  if (!isState || from.length > oldCount || to.length > newCount) return false;
  const [before, now] = [from.cursor, to.cursor];
  // Where the text begins it elsewhere, it is to begin there.
  const isSameCell = before.kind !== 'frame' && isKept(now);
  const mayBeSet = before.kind === 'frame' || isSameCell || beginsAlike(old, from, next, to);
  if (now.kind === 'wrapped' && !mayBeSet) return false;
  if (now.kind === 'counter' && !isSameCell) return false;
  const sizeBytes = Math.min(from.length, to.length) * elementBytes;
  return sameBytes(old.image, oldData, next.image, newData, sizeBytes) || pair.isDrawn();
}

/** Whether two cursors begin at the same place, or both at the end that they come from. */
function beginsAlike(old: ArenaState, from: FoundRing, next: ArenaState, to: FoundRing): boolean {
  const [before, now] = [cursorIn(old, from.cursor), cursorIn(next, to.cursor)];
  const isAtEnd = from.length - before === to.length - now;
  return before === now || (from.runsDown && to.runsDown && isAtEnd);
}

const cursorIn = (state: ArenaState, { offset, isInt32 }: FoundCursor): number =>
  isInt32 ? state.word(offset) : state.numberAt(offset);

const isAlike = (a: FoundRing, b: FoundRing): boolean =>
  a.length === b.length &&
  a.cursor.kind === b.cursor.kind &&
  a.isNewestAtCursor === b.isNewestAtCursor &&
  a.runsDown === b.runsDown;

/** The entry of a plan, with the places at which both arenas have their data. */
export function ringWords(
  { oldData, newData, elementBytes, old, next }: RingTurn,
  from: (offset: number) => number,
  to: (offset: number) => number,
): number[] {
  const words: number[] = new Array(RING_WORDS).fill(0);
  const isSet = next.cursor.kind === 'wrapped';
  words[RING.FROM] = from(oldData);
  words[RING.TO] = to(newData);
  words[RING.OLD_LENGTH] = old.length;
  words[RING.NEW_LENGTH] = next.length;
  words[RING.ELEMENT_BYTES] = elementBytes;
  words[RING.OLD_CURSOR] = old.cursor.offset;
  words[RING.OLD_MORE] = old.isNewestAtCursor ? 1 : 0;
  words[RING.NEW_CURSOR] = isSet ? next.cursor.offset : NO_POINTER;
  words[RING.COUNT] = next.cursor.kind === 'counter' ? old.cursor.offset : HEADER.CURRENT_FRAME;
  words[RING.NEW_MORE] = next.isNewestAtCursor ? 1 : 0;
  words[RING.FLAGS] =
    (old.cursor.isInt32 ? RING_FLAGS.OLD_IS_INT32 : 0) |
    (next.cursor.isInt32 ? RING_FLAGS.NEW_IS_INT32 : 0) |
    (old.runsDown ? RING_FLAGS.OLD_RUNS_DOWN : 0) |
    (next.runsDown ? RING_FLAGS.NEW_RUNS_DOWN : 0);
  words[RING.OLD_HEAD] = -1;
  return words;
}

interface FoundUses {
  /** By the descriptors of their arrays. */
  readonly rings: ReadonlyMap<number, FoundRing>;
  /** Offsets of descriptors, and of the cells. */
  readonly indices: readonly (Pick<IndexFit, 'offset' | 'names' | 'index'> & {
    readonly array: number;
    readonly keptBy: number;
    readonly isDirect: boolean;
  })[];
}

const usesOf = new WeakMap<ArenaState, FoundUses>();

/** All rings and indices that anything leads to. */
export function usesIn(state: ArenaState): FoundUses {
  const known = usesOf.get(state);
  if (known) return known;
  const found = hasUses(state) ? findUses(state) : { rings: new Map<number, FoundRing>(), indices: [] };
  usesOf.set(state, found);
  return found;
}

/** Whether any shape knows of such uses: there are few shapes and may be many objects. */
function hasUses({ roots }: ArenaState): boolean {
  const seen = new Set<unknown>();
  const pending: CellShape[] = [];
  for (const { shape } of roots) {
    if (shape.uses) return true;
    pending.push(shape.cell);
  }
  for (let cell = pending.pop(); cell; cell = pending.pop()) {
    for (const object of objectsIn(cell)) {
      if (seen.has(object)) continue;
      seen.add(object);
      if (object.kind === 'array') pending.push(object.element);
      for (const part of object.kind === 'function' ? object.members : object.kind === 'record' ? [object] : []) {
        if (part.uses) return true;
        for (const field of part.fields) pending.push(field.cell);
      }
    }
  }
  return false;
}

function findUses(state: ArenaState): FoundUses {
  const indices: FoundUses['indices'][number][] = [];
  const found = new Map<number, FoundRing | null>();
  let count = 0;
  const add = (pointer: number, fields: readonly FieldShape[], uses: ArrayUses = NO_USES): void => {
    const place = new Place(state, pointer, fields);
    for (const index of uses.indices) {
      const own = count > MAX_USES ? [] : place.indices(index);
      count += own.length;
      for (const one of own) indices.push(one);
    }
    for (const shape of uses.rings) {
      const own = count > MAX_USES ? [] : place.rings(shape);
      count += own.length;
      for (const ring of own) {
        const other = found.get(ring.array);
        // An array that is written at two cursors has none.
        if (other === undefined) found.set(ring.array, ring);
        else if (other !== null && !isSame(other, ring)) found.set(ring.array, null);
      }
    }
  };
  const seen = new OffsetMap();
  const pending: { readonly cell: CellShape; readonly offset: number }[] = [];
  for (const { shape, offset } of state.roots) {
    add(0, [], shape.uses);
    pending.push({ cell: shape.cell, offset });
  }
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { cell, offset } = next;
    const lead = leadOf(state, cell, offset);
    if (!lead || seen.get(lead.pointer) !== 0) continue;
    const { pointer, object } = lead;
    seen.set(pointer, 1);
    if (object.kind === 'typedArray') continue;
    if (object.kind === 'array') {
      if (objectsIn(object.element).length === 0) continue;
      const [data, count] = [state.dataOf(pointer), state.lengthOf(pointer)];
      for (let n = 0; n < count; n++) pending.push({ cell: object.element, offset: data + n * object.elementBytes });
      continue;
    }
    const part = object.kind === 'record' ? object : state.memberAt(pointer, object);
    if (part === null) continue;
    add(pointer, part.fields, part.uses);
    for (const field of part.fields) pending.push({ cell: field.cell, offset: pointer + field.offset });
  }
  const rings = new Map<number, FoundRing>();
  if (count > MAX_USES) return { rings, indices: [] };
  for (const [array, ring] of found) if (ring !== null) rings.set(array, ring);
  return { rings, indices };
}

/** Thousands of closures that each go through the same thousands of arrays: where there are more uses, none is known. */
const MAX_USES = 2 ** 18;

const NO_USES: ArrayUses = { rings: [], indices: [] };

const isSame = (a: FoundRing, b: FoundRing): boolean => isAlike(a, b) && a.cursor.offset === b.cursor.offset;

const FRAME_CURSOR: FoundCursor = {
  kind: 'frame',
  offset: HEADER.CURRENT_FRAME,
  keptBy: HEADER.CURRENT_FRAME,
  isInt32: false,
};

/** An array in an array, and the cursor at the same index. */
interface Element {
  readonly array: number;
  readonly index: number;
  readonly cursor?: Omit<FoundCursor, 'kind'>;
}

interface FoundCell {
  readonly cell: CellShape;
  readonly offset: number;
}

/** The closure or object that names are looked up in. */
class Place {
  private readonly state: ArenaState;
  private readonly pointer: number;
  private readonly fields: readonly FieldShape[];

  constructor(state: ArenaState, pointer: number, fields: readonly FieldShape[]) {
    this.state = state;
    this.pointer = pointer;
    this.fields = fields;
  }

  indices(shape: IndexShape): FoundUses['indices'][number][] {
    const { array: name, cell: cellName, isEach, isDirect, names } = shape;
    if (!isEach) {
      const [array, cell] = [this.array(name), this.find(cellName)];
      if (array === null || cell?.cell.kind !== 'number') return [];
      return [{ array, offset: cell.offset, keptBy: cell.offset, isDirect, names, index: shape }];
    }
    return this.pairs(name, cellName).flatMap(({ array, cursor, index }) => {
      const own = { array: `${names.array}[${index}]`, cell: `${names.cell}[${index}]` };
      return cursor.isInt32
        ? []
        : [{ array, ...{ offset: cursor.offset, keptBy: cursor.keptBy }, isDirect, names: own, index: shape }];
    });
  }

  rings(shape: RingShape): FoundRing[] {
    const { array: name, cursor, isEach } = shape;
    if (isEach) {
      const pairs = cursor.kind === 'frame' ? this.elements(name) : this.pairs(name, cursor.cell);
      return pairs.flatMap((pair) => {
        const own = pair.cursor ? { ...pair.cursor, kind: cursor.kind } : FRAME_CURSOR;
        return this.ring(shape, pair.array, own, pair.index);
      });
    }
    const array = this.array(name);
    if (array === null) return [];
    if (cursor.kind === 'frame') return this.ring(shape, array, FRAME_CURSOR, -1);
    const cell = this.find(cursor.cell);
    if (cell?.cell.kind !== 'number') return [];
    const { offset } = cell;
    return this.ring(shape, array, { kind: cursor.kind, offset, keptBy: offset, isInt32: false }, -1);
  }

  /** `index`: at which both are elements; -1: they are none. */
  private ring(
    { lengths, isNewestAtCursor, runsDown }: RingShape,
    array: number,
    cursor: FoundCursor,
    index: number,
  ): FoundRing[] {
    const values = lengths.map((length) => this.length(length, index));
    const [length] = values;
    if (length === undefined || !values.every((value) => value === length)) return [];
    if (!Number.isInteger(length) || length < 1 || length > this.state.lengthOf(array)) return [];
    const isNewest = cursor.kind !== 'frame' && isNewestAtCursor;
    return [{ array, length, cursor, isNewestAtCursor: isNewest, runsDown }];
  }

  /** The arrays in an array. */
  private elements(name: CellName): Element[] {
    const found = this.find(name);
    const holder = this.array(name);
    const object = found?.cell.kind === 'pointer' ? found.cell.object : null;
    if (holder === null || object?.kind !== 'array' || object.element.kind !== 'pointer') return [];
    const { kind } = object.element.object;
    if (kind !== 'array' && kind !== 'typedArray') return [];
    const [data, count] = [this.state.dataOf(holder), this.state.lengthOf(holder)];
    return Array.from({ length: count }, (_, index) => ({
      array: this.state.word(data + object.elementBytes * index),
      index,
    })).filter(({ array }) => isObject(array));
  }

  /** The same, each with the element of an array of numbers at the same index. */
  private pairs(name: CellName, cursors: CellName): Required<Element>[] {
    const found = this.find(cursors);
    const keptBy = this.array(cursors);
    const object = found?.cell.kind === 'pointer' ? found.cell.object : null;
    if (keptBy === null || (object?.kind !== 'array' && object?.kind !== 'typedArray')) return [];
    const isNumber = object.kind === 'array' ? object.element.kind === 'number' : object.name === 'Float64Array';
    const isInt32 = object.kind === 'typedArray' && (object.name === 'Int32Array' || object.name === 'Uint32Array');
    if (!isNumber && !isInt32) return [];
    const [data, count] = [this.state.dataOf(keptBy), this.state.lengthOf(keptBy)];
    return this.elements(name)
      .filter(({ index }) => index < count)
      .map((one) => ({ ...one, cursor: { offset: data + one.index * object.elementBytes, keptBy, isInt32 } }));
  }

  find(name: CellName): FoundCell | null {
    if (name.kind === 'global') {
      const root = this.state.roots.find(({ shape }) => shape.symbol === name.symbol);
      return root ? { cell: root.shape.cell, offset: root.offset } : null;
    }
    for (const field of this.fields) {
      if (isNamed(field, name)) return { cell: field.cell, offset: this.pointer + field.offset };
      // Variables that change lie in frame records, which have no name.
      if (field.name !== '' || field.cell.kind !== 'pointer' || field.cell.object.kind !== 'record') continue;
      const inner = field.cell.object.fields.find((candidate) => isNamed(candidate, name));
      const frame = this.state.word(this.pointer + field.offset);
      if (inner && isObject(frame)) return { cell: inner.cell, offset: frame + inner.offset };
    }
    return null;
  }

  array(name: CellName): number | null {
    const found = this.find(name);
    if (found?.cell.kind !== 'pointer') return null;
    const { kind } = found.cell.object;
    const pointer = this.state.word(found.offset);
    return (kind === 'array' || kind === 'typedArray') && isObject(pointer) ? pointer : null;
  }

  /** NaN: it is not known. */
  private length(shape: LengthShape, index: number): number {
    switch (shape.kind) {
      case 'number':
        return shape.value;
      case 'cell': {
        const found = this.find(shape.cell);
        return found?.cell.kind === 'number' ? this.number(found.offset) : Number.NaN;
      }
      case 'length': {
        const array = this.array(shape.array);
        return array === null ? Number.NaN : this.state.lengthOf(array);
      }
      case 'element': {
        const array = this.array(shape.array);
        const found = this.find(shape.array);
        const object = found?.cell.kind === 'pointer' ? found.cell.object : null;
        const isNumber = object?.kind === 'array' && object.element.kind === 'number';
        if (array === null || !isNumber || index < 0 || index >= this.state.lengthOf(array)) return Number.NaN;
        return this.number(this.state.dataOf(array) + 8 * index);
      }
      case 'elementLength': {
        const one = this.elements(shape.array).find((element) => element.index === index);
        return one ? this.state.lengthOf(one.array) : Number.NaN;
      }
      case 'sampleRate':
        return this.number(HEADER.SAMPLE_RATE);
      case 'operation':
        return operate(
          shape.name,
          shape.args.map((arg) => this.length(arg, index)),
        );
    }
  }

  private number(offset: number): number {
    const { image } = this.state;
    return new DataView(image.buffer, image.byteOffset).getFloat64(offset, true);
  }
}

const isNamed = (field: FieldShape, name: CellName & { readonly kind: 'own' }): boolean =>
  field.name === name.name && field.owner === name.owner && (name.order === null || field.order === name.order);

const OPERATIONS: Readonly<Record<string, (...args: number[]) => number>> = {
  '+': (a, b) => a! + b!,
  '-': (a, b) => a! - b!,
  '*': (a, b) => a! * b!,
  '/': (a, b) => a! / b!,
  '%': (a, b) => a! % b!,
  '**': (a, b) => a! ** b!,
  'Math.floor': (a) => Math.floor(a!),
  'Math.ceil': (a) => Math.ceil(a!),
  'Math.round': (a) => Math.round(a!),
  'Math.trunc': (a) => Math.trunc(a!),
  'Math.max': Math.max,
  'Math.min': Math.min,
  'Math.pow': (a, b) => a! ** b!,
  mask: (mask) => (Number.isInteger(Math.log2(mask! + 1)) ? mask! + 1 : Number.NaN),
};

const operate = (name: string, args: readonly number[]): number => OPERATIONS[name]?.(...args) ?? Number.NaN;
