/**
 * Finds the state in an arena: walks the image from the top-level variables along the shapes and gives every variable,
 * field and array that is written while the patch sounds a path. Two arenas of two revisions are compared by these paths.
 *
 * A path is made of the names in the text: `voices[2].osc:saw.phase` is the variable `phase` of the closure that `saw`
 * made and that the member `osc` of element 2 of `voices` holds.
 *
 * Beside its path every cell has a *place*, in which variables and functions are counted instead of named. It finds what
 * was renamed.
 */

import { ARRAY, CELL_BYTES } from '../compiler/memoryLayout.ts';
import type { CellShape, ClosureShape, FieldShape, FunctionShape, ObjectShape, RootShape } from '../compiler/shape.ts';
import { NULL_GUARD_BYTES } from '../protocol/arena.ts';

/** How an object is found from the top-level variables: the first way there is. */
export interface ObjectName {
  readonly path: string;
  readonly place: string;
}

export type StateCell = { readonly place: string } & (
  | { readonly kind: 'number' | 'boxed' | 'boolean'; readonly offset: number }
  /** A handle: copied like a pointer, since the text it may name lies in the arena. */
  | { readonly kind: 'string'; readonly offset: number; readonly handle: number }
  | { readonly kind: 'pointer'; readonly offset: number; readonly target: ObjectName | null }
  /** Elements that are plain data; `format` says how one is stored. */
  | {
      readonly kind: 'elements';
      readonly format: string;
      readonly offset: number;
      readonly count: number;
      readonly elementBytes: number;
    }
);

export interface StateObject {
  readonly place: string;
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

export interface StateInput {
  readonly roots: readonly RootShape[];
  /** Closures without captures, which a variable may hold although nothing else leads to them. */
  readonly staticClosures: readonly { readonly symbol: string }[];
  /** Texts of the patch, by symbol. */
  readonly strings: ReadonlyMap<string, string>;
}

export function findState(
  image: Uint8Array,
  { roots, staticClosures, strings }: StateInput,
  offsetOf: OffsetOf,
): ArenaState {
  const walk = new Walk(image, offsetOf);
  for (const { symbol } of staticClosures) {
    const offset = offsetOf(`closure:${symbol}`);
    if (offset !== null) walk.fixed(`closure ${symbol}`, offset);
  }
  for (const symbol of strings.keys()) {
    const offset = offsetOf(`string:${symbol}`);
    if (offset !== null) walk.fixed(`string ${symbol}`, offset);
  }
  for (const root of roots) {
    const offset = offsetOf(`variable:${root.symbol}`);
    if (offset !== null) walk.cell({ path: root.path, place: root.path }, offset, root.cell, root.written);
  }
  walk.run();
  return { cells: walk.cells, objects: walk.objects };
}

class Walk {
  readonly cells = new Map<string, StateCell>();
  readonly objects = new Map<string, StateObject>();
  private readonly view: DataView;
  private readonly offsetOf: OffsetOf;
  private readonly names = new Map<number, ObjectName>();
  /** Pointers still to be followed, so that long chains of objects need no deep recursion. */
  private readonly pending: { name: ObjectName; pointer: number; object: ObjectShape }[] = [];
  /** Written pointers, whose targets get their names in the course of the walk. */
  private readonly pointers: { name: ObjectName; offset: number }[] = [];

  constructor(image: Uint8Array, offsetOf: OffsetOf) {
    this.view = new DataView(image.buffer, image.byteOffset, image.byteLength);
    this.offsetOf = offsetOf;
  }

  /** What is there without the top level having made it; nothing points into its middle. */
  fixed(path: string, offset: number): void {
    this.names.set(offset, { path, place: path });
    this.objects.set(path, { place: path, start: offset, end: offset + CELL_BYTES, type: 'fixed' });
  }

  run(): void {
    for (let index = 0; index < this.pending.length; index++) {
      const { name, pointer, object } = this.pending[index]!;
      this.object(name, pointer, object);
    }
    for (const { name, offset } of this.pointers) {
      const target = this.names.get(this.view.getInt32(offset, true)) ?? null;
      this.addCell(name, { place: name.place, kind: 'pointer', offset, target });
    }
  }

  cell(name: ObjectName, offset: number, cell: CellShape, written: boolean): void {
    if (cell.kind !== 'pointer') {
      if (!written) return;
      const { place } = name;
      const state: StateCell =
        cell.kind === 'string'
          ? { place, kind: 'string', offset, handle: this.view.getInt32(offset, true) }
          : { place, kind: cell.kind, offset };
      this.addCell(name, state);
      return;
    }
    if (written) this.pointers.push({ name, offset });
    this.pending.push({ name, pointer: this.view.getInt32(offset, true), object: cell.object });
  }

  /** Where a name hides another one in the text, the two have the same path; the place tells them apart. */
  private addCell({ path, place }: ObjectName, cell: StateCell): void {
    this.cells.set(this.cells.has(path) ? `${path} (${place})` : path, cell);
  }

  private object(name: ObjectName, pointer: number, object: ObjectShape): void {
    if (pointer >= 0 && pointer < NULL_GUARD_BYTES) return;
    if (this.names.has(pointer)) return;
    this.names.set(pointer, name);
    switch (object.kind) {
      case 'record':
        this.addObject(name, pointer, object.sizeBytes, 'record');
        this.fields(name, pointer, object.fields);
        return;
      case 'typedArray':
        this.addObject(name, pointer, ARRAY.SIZE_BYTES, object.name);
        if (object.written) this.data(name, pointer, object.name, object.elementBytes);
        return;
      case 'array':
        this.addObject(name, pointer, ARRAY.SIZE_BYTES, 'array');
        this.elements(name, pointer, object);
        return;
      case 'function': {
        const member = this.memberAt(pointer, object);
        if (!member) return;
        this.addObject(name, pointer, member.sizeBytes, `function ${member.place}`);
        const inside = {
          path: `${name.path}:${factoryOf(member.path)}`,
          place: `${name.place}:${factoryOf(member.place)}`,
        };
        this.fields(inside, pointer, member.fields);
        return;
      }
    }
  }

  private addObject({ path, place }: ObjectName, start: number, sizeBytes: number, type: string): void {
    const key = this.objects.has(path) ? `${path} (${place})` : path;
    this.objects.set(key, { place, start, end: start + sizeBytes, type });
  }

  private data({ path, place }: ObjectName, pointer: number, format: string, elementBytes: number): void {
    const count = this.view.getInt32(pointer + ARRAY.LENGTH, true);
    const offset = this.view.getInt32(pointer + ARRAY.DATA, true);
    this.addCell({ path, place }, { place, kind: 'elements', format, offset, count, elementBytes });
  }

  private elements(name: ObjectName, pointer: number, object: ObjectShape & { kind: 'array' }): void {
    const { element, elementBytes, written } = object;
    if (element.kind !== 'pointer' && element.kind !== 'string') {
      if (written) this.data(name, pointer, element.kind, elementBytes);
      return;
    }
    const count = this.view.getInt32(pointer + ARRAY.LENGTH, true);
    const offset = this.view.getInt32(pointer + ARRAY.DATA, true);
    for (let index = 0; index < count; index++) {
      const at = { path: `${name.path}[${index}]`, place: `${name.place}[${index}]` };
      this.cell(at, offset + index * elementBytes, element, written);
    }
  }

  private fields({ path, place }: ObjectName, pointer: number, fields: readonly FieldShape[]): void {
    for (const field of fields) {
      // A frame record has no name: its variables belong to the closure that carries it.
      const name = { path: field.name === '' ? path : `${path}.${field.name}`, place: `${place}.${field.place}` };
      this.cell(name, pointer + field.offset, field.cell, field.written);
    }
  }

  /** Which of the functions a record belongs to: the only one, or the one whose code it names. */
  private memberAt(pointer: number, object: FunctionShape): ClosureShape | null {
    if (object.members.length === 1) return object.members[0] ?? null;
    const code = this.view.getInt32(pointer, true);
    return (
      object.members.find((member) => member.code !== null && this.offsetOf(`function:${member.code}`) === code) ?? null
    );
  }
}

/** Variables that a closure carries are those of the functions around it. */
const factoryOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('.'))) || path;
