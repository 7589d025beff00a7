/**
 * Finds a variable of the text in the arena of what plays, along the shapes that carry state, and reads it. In: shapes, a
 * name with the place of its declaration, memory as far as it was fetched. Out: the cells of that name, one for each
 * activation that has it, with their paths and values. Pure, and bounded by count; nothing is believed of the memory.
 */

import { ARRAY } from '../compiler/memoryLayout.ts';
import type { CellShape, FieldShape, ObjectShape, RootShape } from '../compiler/shape.ts';
import type { WatchedPlace } from '../protocol/watch.ts';
import type { LiveBytes } from './liveBytes.ts';
import { type ArenaState, isObject } from './state.ts';
import { valueText } from './valueText.ts';

/** A variable by what stays the same through edits: which of those of this name, in the order of the text, in its function. */
export interface WatchKey {
  readonly name: string;
  /** Path of the function whose variable it is; null: of the top level. */
  readonly owner: string | null;
  readonly position: number;
}

export interface WatchedCell extends WatchedPlace {
  readonly offset: number;
  readonly isNumber: boolean;
}

export interface WatchedCells {
  readonly cells: readonly WatchedCell[];
  readonly isMore: boolean;
}

/** The most cells that one name is watched in. */
const MAX_CELLS = 16;
/** Objects that are followed, and elements of each array. */
const MAX_OBJECTS = 512;
const MAX_ELEMENTS = 64;

const isOwn = ({ path }: RootShape): boolean => !path.startsWith('std/');

/** What the variables of a text lead to, and where the names of those stand that are fields. */
export interface Declared {
  readonly roots: readonly RootShape[];
  readonly declaredAt?: (field: FieldShape) => number | null;
}

/** `at`: offset of the name in its declaration; null: at the top level. `null`: nothing in memory has it. */
export function keyOf({ roots, declaredAt }: Declared, name: string, at: number | null): WatchKey | null {
  if (at === null) return rootNamed(roots, name) ? { name, owner: null, position: 0 } : null;
  const fields = fieldsIn(roots).filter((field) => field.name === name && field.owner !== '');
  const own = fields.find((field) => declaredAt?.(field) === at);
  if (!own) return null;
  return { name, owner: own.owner, position: ordersOf(fields, own.owner).indexOf(own.order) };
}

const ordersOf = (fields: readonly FieldShape[], owner: string): number[] =>
  [...new Set(fields.filter((field) => field.owner === owner).map(({ order }) => order))].sort((a, b) => a - b);

function rootNamed(roots: readonly RootShape[], name: string): RootShape | undefined {
  return roots.find((root) => isOwn(root) && (root.path === name || root.path.endsWith(`.${name}`)));
}

/** All fields of the shapes that the patch's own variables lead to. */
function fieldsIn(roots: readonly RootShape[]): FieldShape[] {
  const found: FieldShape[] = [];
  const seen = new Set<ObjectShape>();
  const pending: CellShape[] = roots.filter(isOwn).map(({ cell }) => cell);
  for (let cell = pending.pop(); cell; cell = pending.pop()) {
    for (const object of objectsOf(cell)) {
      if (seen.has(object)) continue;
      seen.add(object);
      if (object.kind === 'array') pending.push(object.element);
      for (const field of fieldsOf(object)) {
        found.push(field);
        pending.push(field.cell);
      }
    }
  }
  return found;
}

/** What a cell may lead to. */
function objectsOf(cell: CellShape): readonly ObjectShape[] {
  if (cell.kind === 'pointer') return [cell.object];
  return cell.kind === 'box' ? [...cell.boxed.values()] : [];
}

function fieldsOf(object: ObjectShape): readonly FieldShape[] {
  if (object.kind === 'record') return object.fields;
  return object.kind === 'function' ? object.members.flatMap(({ fields }) => fields) : [];
}

/** Where the variable is now. What could not be read yet is missing in `memory`, and the answer is not the last one then. */
export function findWatched(state: ArenaState, key: WatchKey, memory: LiveBytes): WatchedCells {
  const roots = state.roots.filter(({ shape }) => isOwn(shape));
  if (key.owner === null) {
    const root = rootNamed(
      roots.map(({ shape }) => shape),
      key.name,
    );
    const place = roots.find(({ shape }) => shape === root);
    if (!place) return { cells: [], isMore: false };
    return { cells: [cellAt(state, place.shape.path, place.offset, place.shape.cell, memory)], isMore: false };
  }
  return new Search(state, key, memory).run();
}

function cellAt(state: ArenaState, path: string, offset: number, cell: CellShape, memory: LiveBytes): WatchedCell {
  const isNumber = cell.kind === 'number' || cell.kind === 'boxed' || cell.kind === 'box';
  return { path, offset, isNumber, value: valueText(state, cell, offset, memory) };
}

interface Pending {
  readonly path: string;
  readonly pointer: number;
  readonly object: ObjectShape;
}

class Search {
  private readonly state: ArenaState;
  private readonly memory: LiveBytes;
  private readonly key: WatchKey;
  /** The place of the declaration in the text that plays; null: it has no such variable. */
  private readonly order: number | null;
  /** Shapes from which the variable can be reached. */
  private readonly leading: ReadonlySet<ObjectShape>;
  private readonly found: WatchedCell[] = [];
  private readonly seen = new Set<number>();
  private readonly pending: Pending[] = [];
  private isMore = false;

  constructor(state: ArenaState, key: WatchKey, memory: LiveBytes) {
    this.state = state;
    this.memory = memory;
    this.key = key;
    const fields = fieldsIn(state.roots.map(({ shape }) => shape)).filter(({ name }) => name === key.name);
    this.order = ordersOf(fields, key.owner ?? '')[key.position] ?? null;
    this.leading = this.shapesThatLead();
  }

  run(): WatchedCells {
    for (const { shape, offset } of this.state.roots) if (isOwn(shape)) this.follow(shape.path, offset, shape.cell);
    for (let n = 0; n < this.pending.length && !this.isMore; n++) {
      if (n >= MAX_OBJECTS) this.isMore = true;
      else this.object(this.pending[n]!);
    }
    return { cells: this.found, isMore: this.isMore };
  }

  private isMeant({ name, owner, order }: FieldShape): boolean {
    return name === this.key.name && owner === this.key.owner && order === this.order;
  }

  /** Against the direction of pointers, from the shapes that have the variable. */
  private shapesThatLead(): Set<ObjectShape> {
    const from = new Map<ObjectShape, ObjectShape[]>();
    const seen = new Set<ObjectShape>();
    const leading: ObjectShape[] = [];
    const pending: ObjectShape[] = [];
    const meet = (cell: CellShape, by: ObjectShape | null): void => {
      for (const object of objectsOf(cell)) {
        if (by) from.set(object, [...(from.get(object) ?? []), by]);
        if (!seen.has(object)) pending.push(object);
        seen.add(object);
      }
    };
    for (const { shape } of this.state.roots) if (isOwn(shape)) meet(shape.cell, null);
    for (let object = pending.pop(); object; object = pending.pop()) {
      const fields = fieldsOf(object);
      if (fields.some((field) => this.isMeant(field))) leading.push(object);
      if (object.kind === 'array') meet(object.element, object);
      for (const { cell } of fields) meet(cell, object);
    }
    const all = new Set(leading);
    for (let object = leading.pop(); object; object = leading.pop()) {
      for (const before of from.get(object) ?? []) {
        if (all.has(before)) continue;
        all.add(before);
        leading.push(before);
      }
    }
    return all;
  }

  private follow(path: string, offset: number, cell: CellShape): void {
    if (!objectsOf(cell).some((object) => this.leading.has(object))) return;
    const pointer = this.memory.i32(offset);
    const object = cell.kind === 'box' ? cell.boxed.get(this.memory.i32(offset + 4)) : objectsOf(cell)[0];
    if (!object || !isObject(pointer) || this.seen.has(pointer)) return;
    this.seen.add(pointer);
    this.pending.push({ path, pointer, object });
  }

  private object({ path, pointer, object }: Pending): void {
    if (object.kind === 'array') {
      const data = this.memory.i32(pointer + ARRAY.DATA);
      const count = this.memory.i32(pointer + ARRAY.LENGTH);
      for (let n = 0; n < Math.min(count, MAX_ELEMENTS); n++) {
        this.follow(`${path}[${n}]`, data + n * object.elementBytes, object.element);
      }
      if (count > MAX_ELEMENTS && this.found.length > 0) this.isMore = true;
      return;
    }
    for (const field of this.fieldsAt(pointer, object)) {
      const { name, offset, cell } = field;
      const own = name === '' ? path : `${path}.${name}`;
      if (this.isMeant(field)) this.add(own, pointer + offset, cell);
      this.follow(own, pointer + offset, cell);
    }
  }

  private fieldsAt(pointer: number, object: ObjectShape): readonly FieldShape[] {
    if (object.kind === 'record') return object.fields;
    if (object.kind !== 'function') return [];
    const [only] = object.members;
    if (object.members.length === 1) return only?.fields ?? [];
    return this.state.memberWith(this.memory.i32(pointer), object)?.fields ?? [];
  }

  private add(path: string, offset: number, cell: CellShape): void {
    if (this.found.some((known) => known.offset === offset)) return;
    if (this.found.length >= MAX_CELLS) this.isMore = true;
    else this.found.push(cellAt(this.state, path, offset, cell, this.memory));
  }
}
