/**
 * What an arena holds, read from its image along the shapes: which function a closure is, where arrays have their
 * elements, and all arrays. Which of it is state, with its paths: stateList.ts.
 */

import { ARRAY } from '../compiler/memoryLayout.ts';
import type { Roles } from '../compiler/role.ts';
import type { CellShape, ClosureShape, FieldShape, FunctionShape, ObjectShape, RootShape } from '../compiler/shape.ts';
import { NULL_GUARD_BYTES } from '../protocol/arena.ts';
import { OffsetMap } from './offsetMap.ts';

/** Offsets of symbols in the arena; `null` where nothing names the symbol. */
export type OffsetOf = (symbol: string) => number | null;

export interface StateInput {
  readonly roots: readonly RootShape[];
  /** By which state is found that moved to another place in the text. */
  readonly roles?: Roles;
  /** Closures without captures, which a variable may hold although nothing else leads to them. */
  readonly staticClosures: readonly { readonly symbol: string }[];
  /** Texts of the patch, by symbol. */
  readonly strings: ReadonlyMap<string, string>;
}

export interface Root {
  readonly shape: RootShape;
  readonly offset: number;
}

/** An image and how to read it. */
export class ArenaState {
  readonly image: Uint8Array;
  /** The same as i32 words. */
  readonly words: Int32Array;
  readonly roots: readonly Root[];
  /** What is there without the top level having made it, by symbol. */
  readonly fixed: ReadonlyMap<string, number>;
  readonly texts: ReadonlySet<string>;
  readonly roles: Roles | null;
  private readonly input: Omit<StateInput, 'roles'>;
  private readonly offsetOf: OffsetOf;
  private readonly members = new Map<FunctionShape, Map<number, ClosureShape>>();

  constructor(image: Uint8Array, { roots, roles, staticClosures, strings }: StateInput, offsetOf: OffsetOf) {
    this.image = image;
    this.words = new Int32Array(image.buffer, image.byteOffset, image.byteLength >> 2);
    this.offsetOf = offsetOf;
    this.input = { roots, staticClosures, strings };
    this.roles = roles ?? null;
    const found: Root[] = [];
    for (const shape of roots) {
      const offset = offsetOf(`variable:${shape.symbol}`);
      if (offset !== null) found.push({ shape, offset });
    }
    this.roots = found;
    const fixed = new Map<string, number>();
    for (const name of [
      ...staticClosures.map(({ symbol }) => `closure:${symbol}`),
      ...[...strings.keys()].map((symbol) => `string:${symbol}`),
    ]) {
      const offset = offsetOf(name);
      if (offset !== null) fixed.set(name, offset);
    }
    this.fixed = fixed;
    this.texts = new Set(strings.keys());
  }

  /** The same, of which nothing leads to the program that it is of. */
  withoutRoles(): ArenaState {
    return new ArenaState(this.image, this.input, this.offsetOf);
  }

  word(offset: number): number {
    return this.words[offset >> 2]!;
  }

  numberAt(offset: number): number {
    return new DataView(this.image.buffer, this.image.byteOffset).getFloat64(offset, true);
  }

  /** What a top-level number begins with; `null`: it is none. */
  rootNumber(symbol: string): number | null {
    const root = this.roots.find(({ shape }) => shape.symbol === symbol);
    return root?.shape.cell.kind === 'number' ? this.numberAt(root.offset) : null;
  }

  /** Which of the functions a closure is: the only one, or the one whose code it names. */
  memberAt(pointer: number, shape: FunctionShape): ClosureShape | null {
    if (shape.members.length === 1) return shape.members[0] ?? null;
    return this.memberWith(this.word(pointer), shape);
  }

  /** Which of several functions has this code: the first word of a closure. */
  memberWith(code: number, shape: FunctionShape): ClosureShape | null {
    let byCode = this.members.get(shape);
    if (!byCode) {
      byCode = new Map();
      for (const member of shape.members) {
        const own = member.code === null ? null : this.offsetOf(`function:${member.code}`);
        if (own !== null && !byCode.has(own)) byCode.set(own, member);
      }
      this.members.set(shape, byCode);
    }
    return byCode.get(code) ?? null;
  }

  lengthOf(array: number): number {
    return this.word(array + ARRAY.LENGTH);
  }

  dataOf(array: number): number {
    return this.word(array + ARRAY.DATA);
  }
}

export const isObject = (pointer: number): boolean => pointer >= NULL_GUARD_BYTES;

/** Bytes of a cell that mean anything. */
export const cellBytes = ({ kind }: CellShape): number =>
  kind === 'number' || kind === 'boxed' || kind === 'box' ? 8 : 4;

/** Elements that are data and no pointers lie in one piece. */
export const isPlain = ({ kind }: CellShape): boolean => kind !== 'pointer' && kind !== 'string' && kind !== 'box';

/** An object that a cell leads to. */
export interface Lead {
  readonly pointer: number;
  readonly object: ObjectShape;
}

/** What a cell leads to: by its pointer, or by the one in its box, which is one only if the tag says so. `null`: to nothing. */
export function leadOf(state: ArenaState, cell: CellShape, offset: number): Lead | null {
  if (cell.kind !== 'pointer' && cell.kind !== 'box') return null;
  const object = cell.kind === 'pointer' ? cell.object : cell.boxed.get(state.word(offset + 4));
  const pointer = state.word(offset);
  return object && isObject(pointer) ? { pointer, object } : null;
}

/** What a cell may lead to. */
export function objectsIn(cell: CellShape): readonly ObjectShape[] {
  if (cell.kind === 'pointer') return [cell.object];
  return cell.kind === 'box' ? [...cell.boxed.values()] : [];
}

/** An array that the variables of a patch lead to, and where its elements lie. */
export interface FoundArray {
  /** Offset of the descriptor. */
  readonly offset: number;
  readonly data: number;
  readonly sizeBytes: number;
  /** Whether it ends where its room ends. */
  readonly isFull: boolean;
  /** Whether it is data that frames write. */
  readonly isWrittenData: boolean;
}

/** All arrays that anything leads to. */
export function listArrays(state: ArenaState): readonly FoundArray[] {
  const known = arraysOf.get(state);
  if (known) return known;
  const found: FoundArray[] = [];
  const seen = new OffsetMap();
  const pending: { readonly cell: CellShape; readonly offset: number }[] = state.roots.map(({ shape, offset }) => ({
    cell: shape.cell,
    offset,
  }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { cell, offset } = next;
    const lead = leadOf(state, cell, offset);
    if (!lead || seen.get(lead.pointer) !== 0) continue;
    const { pointer, object } = lead;
    seen.set(pointer, 1);
    if (object.kind === 'array' || object.kind === 'typedArray') {
      const { elementBytes } = object;
      const [data, count] = [state.dataOf(pointer), state.lengthOf(pointer)];
      const isFull = object.kind === 'typedArray' || state.word(pointer + ARRAY.CAPACITY) === count;
      const isWrittenData = object.written && (object.kind === 'typedArray' || isPlain(object.element));
      found.push({ offset: pointer, data, sizeBytes: count * elementBytes, isFull, isWrittenData });
      if (object.kind === 'typedArray' || objectsIn(object.element).length === 0) continue;
      for (let n = 0; n < count; n++) pending.push({ cell: object.element, offset: data + n * elementBytes });
      continue;
    }
    const fields = object.kind === 'record' ? object.fields : state.memberAt(pointer, object)?.fields;
    for (const field of fields ?? []) pending.push({ cell: field.cell, offset: pointer + field.offset });
  }
  arraysOf.set(state, found);
  return found;
}

/** They are asked for several times while an arena gets its place. */
const arraysOf = new WeakMap<ArenaState, readonly FoundArray[]>();

/** All names by which state can be found again. */
export function namesIn({ roots }: ArenaState): string {
  const names: string[] = [];
  const seen = new Set<ObjectShape>();
  const pending: CellShape[] = [];
  const add = (fields: readonly FieldShape[]): void => {
    for (const { name, owner, cell } of fields) {
      names.push(`${owner} ${name}`);
      pending.push(cell);
    }
  };
  for (const { shape } of roots) {
    names.push(shape.path);
    pending.push(shape.cell);
  }
  for (let cell = pending.pop(); cell; cell = pending.pop()) {
    for (const object of objectsIn(cell)) {
      if (seen.has(object)) continue;
      seen.add(object);
      if (object.kind === 'array') pending.push(object.element);
      if (object.kind === 'record') add(object.fields);
      if (object.kind !== 'function') continue;
      for (const { path, place, fields } of object.members) {
        names.push(`${path} ${place}`);
        add(fields);
      }
    }
  }
  return names.join('\n');
}
