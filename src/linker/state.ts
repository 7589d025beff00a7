/**
 * Finds the state in an arena: walks the image from the top-level variables along the shapes and gives every variable,
 * field and array that is written while the patch sounds a path. Two arenas of two revisions are compared by these paths.
 *
 * A path is made of the names in the text: `voices[2].osc:saw.phase` is the variable `phase` of the closure that `saw`
 * made and that the member `osc` of element 2 of `voices` holds.
 */

import type { CellShape, ClosureShape, FieldShape, FunctionShape, ObjectShape, RootShape } from '../compiler/shape.ts';
import { NULL_GUARD_BYTES } from '../protocol/arena.ts';

export type StateCell =
  | { readonly kind: 'number' | 'boxed' | 'boolean'; readonly offset: number }
  | { readonly kind: 'pointer'; readonly offset: number; readonly target: string | null }
  /** Elements that are plain data; `format` says how one is stored. */
  | {
      readonly kind: 'elements';
      readonly format: string;
      readonly offset: number;
      readonly count: number;
      readonly elementBytes: number;
    };

export interface StateObject {
  readonly start: number;
  readonly end: number;
  /** Objects agree if this does. */
  readonly type: string;
}

export interface ArenaState {
  readonly cells: ReadonlyMap<string, StateCell>;
  /** Objects that a written pointer may point to: all that were found. */
  readonly objects: ReadonlyMap<string, StateObject>;
}

/** Offsets of symbols in the arena; `null` where nothing names the symbol. */
export type OffsetOf = (symbol: string) => number | null;

export function findState(image: Uint8Array, roots: readonly RootShape[], offsetOf: OffsetOf): ArenaState {
  const walk = new Walk(image, offsetOf);
  for (const root of roots) {
    const offset = offsetOf(`variable:${root.symbol}`);
    if (offset !== null) walk.cell(root.path, offset, root.cell, root.written);
  }
  walk.run();
  return { cells: walk.cells, objects: walk.objects };
}

const ARRAY_DATA = 0;
const ARRAY_LENGTH = 4;
const ARRAY_DESCRIPTOR_BYTES = 16;

class Walk {
  readonly cells = new Map<string, StateCell>();
  readonly objects = new Map<string, StateObject>();
  private readonly view: DataView;
  private readonly offsetOf: OffsetOf;
  private readonly paths = new Map<number, string>();
  /** Pointers still to be followed, so that long chains of objects need no deep recursion. */
  private readonly pending: { path: string; pointer: number; object: ObjectShape }[] = [];
  /** Written pointers, whose targets get their paths in the course of the walk. */
  private readonly pointers: { path: string; offset: number }[] = [];

  constructor(image: Uint8Array, offsetOf: OffsetOf) {
    this.view = new DataView(image.buffer, image.byteOffset, image.byteLength);
    this.offsetOf = offsetOf;
  }

  run(): void {
    for (let next = this.pending.shift(); next; next = this.pending.shift()) this.object(next.path, next.pointer, next.object);
    for (const { path, offset } of this.pointers) {
      const target = this.paths.get(this.view.getInt32(offset, true)) ?? null;
      this.cells.set(path, { kind: 'pointer', offset, target });
    }
  }

  cell(path: string, offset: number, cell: CellShape, written: boolean): void {
    if (cell.kind !== 'pointer') {
      if (written) this.cells.set(path, { kind: cell.kind, offset });
      return;
    }
    if (written) this.pointers.push({ path, offset });
    this.pending.push({ path, pointer: this.view.getInt32(offset, true), object: cell.object });
  }

  private object(path: string, pointer: number, object: ObjectShape): void {
    if (pointer >= 0 && pointer < NULL_GUARD_BYTES) return;
    if (this.paths.has(pointer)) return;
    this.paths.set(pointer, path);
    switch (object.kind) {
      case 'record':
        this.objects.set(path, { start: pointer, end: pointer + object.sizeBytes, type: 'record' });
        this.fields(path, pointer, object.fields);
        return;
      case 'typedArray': {
        this.array(path, pointer, object.name);
        const count = this.view.getInt32(pointer + ARRAY_LENGTH, true);
        const offset = this.view.getInt32(pointer + ARRAY_DATA, true);
        const { elementBytes, name: format } = object;
        if (object.written) this.cells.set(path, { kind: 'elements', format, offset, count, elementBytes });
        return;
      }
      case 'array':
        this.elements(path, pointer, object);
        return;
      case 'function': {
        const member = this.memberAt(pointer, object);
        if (!member) return;
        const type = `function ${member.path}`;
        this.objects.set(path, { start: pointer, end: pointer + member.sizeBytes, type });
        this.fields(`${path}:${factoryOf(member.path)}`, pointer, member.fields);
        return;
      }
    }
  }

  private array(path: string, pointer: number, type: string): void {
    this.objects.set(path, { start: pointer, end: pointer + ARRAY_DESCRIPTOR_BYTES, type });
  }

  private elements(path: string, pointer: number, object: ObjectShape & { kind: 'array' }): void {
    this.array(path, pointer, 'array');
    const count = this.view.getInt32(pointer + ARRAY_LENGTH, true);
    const offset = this.view.getInt32(pointer + ARRAY_DATA, true);
    const { element, elementBytes, written } = object;
    if (element.kind !== 'pointer') {
      if (written) this.cells.set(path, { kind: 'elements', format: element.kind, offset, count, elementBytes });
      return;
    }
    for (let index = 0; index < count; index++) this.cell(`${path}[${index}]`, offset + index * elementBytes, element, written);
  }

  private fields(path: string, pointer: number, fields: readonly FieldShape[]): void {
    for (const field of fields) {
      // A frame record has no name: its variables belong to the closure that carries it.
      const name = field.name === '' ? path : `${path}.${field.name}`;
      this.cell(name, pointer + field.offset, field.cell, field.written);
    }
  }

  /** Which of the functions a record belongs to: the only one, or the one whose code it names. */
  private memberAt(pointer: number, object: FunctionShape): ClosureShape | null {
    if (object.members.length === 1) return object.members[0] ?? null;
    const code = this.view.getInt32(pointer, true);
    return object.members.find((member) => member.code !== null && this.offsetOf(`function:${member.code}`) === code) ?? null;
  }
}

/** Variables that a closure carries are those of the functions around it. */
const factoryOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('.'))) || path;
