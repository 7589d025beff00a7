/**
 * Which variables, fields and functions of an old program are which of a new one: by their names, and where a name is gone
 * and another one stands in its place, by that. In: shapes of both, and both images, since what was renamed still begins
 * with the same value. Knows no addresses; `match.ts` follows the pointers.
 */

import { BOX } from '../compiler/memoryLayout.ts';
import type { CellShape, ClosureShape, FieldShape, FunctionShape, ObjectShape } from '../compiler/shape.ts';
import { align } from './align.ts';
import { completed, sameCell } from './bytes.ts';
import { isKeyedTable } from './keyedEntries.ts';
import { isDrawnAlike, isSameUnderOtherName, isWrittenAlike } from './roleChecks.ts';
import { type ArenaState, cellBytes, isObject, isPlain, leadOf, objectsIn, type Root } from './state.ts';

/** A variable of a closure, or a field: in the record itself, or in the frame record that it points to. */
export interface Spot {
  readonly shape: FieldShape;
  /** Offset of the pointer to the frame record; -1: in the record itself. */
  readonly frame: number;
  readonly offset: number;
  readonly cell: CellShape;
  readonly written: boolean;
}

export interface NamedSpot extends Spot {
  readonly name: string;
  readonly owner: string;
  readonly order: number;
}

export interface SpotPair {
  readonly old: Spot;
  readonly next: Spot;
}

type Fields = readonly FieldShape[];

export class Correspondence {
  readonly rootPairs: readonly { readonly old: Root; readonly next: Root }[];
  private readonly old: ArenaState;
  private readonly next: ArenaState;
  /** Units that were renamed. */
  private readonly renames = new Map<string, string>();
  private readonly oldPaths: ReadonlySet<string>;
  private readonly newPaths: ReadonlySet<string>;
  private readonly spotPairs: Pairs = new Map();
  private readonly namedPairs: Pairs = new Map();
  private readonly partners = new Map<ClosureShape, Map<FunctionShape, ClosureShape | null>>();

  constructor(old: ArenaState, next: ArenaState) {
    this.old = old;
    this.next = next;
    this.oldPaths = functionPaths(old);
    this.newPaths = functionPaths(next);
    this.rootPairs = this.pairRoots();
  }

  private pairRoots(): { old: Root; next: Root }[] {
    const { old, next } = this;
    const ids = new Ids();
    const names = [old, next].map(({ roots }) => roots.map(({ shape }) => ids.of(shape.path)));
    const isRenamed = (a: number, b: number): boolean => this.isRenamed(old.roots[a]!, next.roots[b]!);
    const match = align(
      old.roots.length,
      next.roots.length,
      [() => [names[0]!, names[1]!]],
      [(a, b) => isWrittenAlike(old, old.roots[a]!.shape, next, next.roots[b]!.shape) && isRenamed(a, b), isRenamed],
    );
    return [...match].flatMap((a, b) => (a < 0 ? [] : [{ old: old.roots[a]!, next: next.roots[b]! }]));
  }

  /** Whether two top-level names in the same place, of which each program has one, are the same but for the name. */
  private isRenamed(old: Root, next: Root): boolean {
    if (!this.looksSame(old.shape.cell, old.offset, next.shape.cell, next.offset, 0)) return false;
    if (!isSameUnderOtherName(this.old, old.shape, this.next, next.shape, false)) return false;
    // A function has no value to be known by: which one took its place is seen where its closures are used.
    if (!isBareFunction(next.shape.cell)) this.renames.set(unitOf(old.shape.path), unitOf(next.shape.path));
    return true;
  }

  /** Whether two values begin alike. */
  private looksSame(a: CellShape, aOffset: number, b: CellShape, bOffset: number, depth: number): boolean {
    const { old, next } = this;
    if (a.kind === 'box' && b.kind === 'box' && leadOf(old, a, aOffset) && leadOf(next, b, bOffset)) {
      return old.word(aOffset + 4) === next.word(bOffset + 4);
    }
    if (a.kind !== 'pointer' || b.kind !== 'pointer') {
      return a.kind === b.kind && sameCell(old.words, aOffset, next.words, bOffset, cellBytes(a));
    }
    const [p, q] = [old.word(aOffset), next.word(bOffset)];
    if (!isObject(p) || !isObject(q)) return p === q;
    if (depth > MAX_DEPTH) return true;
    const [x, y] = [a.object, b.object];
    if (x.kind === 'typedArray' || x.kind === 'array') {
      if (x.kind !== y.kind || old.lengthOf(p) !== next.lengthOf(q)) return false;
      if (x.kind === 'typedArray') return y.kind === 'typedArray' && x.name === y.name;
      if (y.kind !== 'array') return false;
      for (let n = Math.min(old.lengthOf(p), FIRST_ELEMENTS) - 1; n >= 0; n--) {
        const [s, t] = [old.dataOf(p) + n * x.elementBytes, next.dataOf(q) + n * y.elementBytes];
        if (!this.looksSame(x.element, s, y.element, t, depth + 1)) return false;
      }
      return true;
    }
    let fields: readonly [Fields, Fields];
    if (x.kind === 'record') {
      if (y.kind !== 'record') return false;
      fields = [x.fields, y.fields];
    } else {
      const [m, n] = [old.memberAt(p, x), y.kind === 'function' ? next.memberAt(q, y) : null];
      if (!m || !n || !(this.isSameFunction(m, n) || this.mayBeRenamed(m, n))) return false;
      fields = [m.fields, n.fields];
    }
    const pairs = pairSpots(...fields, this.waysToBeRenamed(p, q));
    const counts = fields.map((list) => flatten(list).length);
    return (
      pairs.length === counts[0] &&
      pairs.length === counts[1] &&
      pairs.every(({ old: s, next: t }) =>
        this.looksSame(s.cell, spotOffset(old, p, s), t.cell, spotOffset(next, q, t), depth + 1),
      )
    );
  }

  private mayBeRenamed(old: ClosureShape, next: ClosureShape): boolean {
    return old.outline === next.outline && !this.newPaths.has(old.path) && !this.oldPaths.has(next.path);
  }

  /** The path that a function has in the new program if nothing but units were renamed. */
  private renamed(path: string): string {
    const unit = unitOf(path);
    const name = this.renames.get(unit);
    return name === undefined ? path : name + path.slice(unit.length);
  }

  private isSameFunction(old: ClosureShape, next: ClosureShape): boolean {
    const path = this.renamed(old.path);
    if (path === next.path) return true;
    const isLost = !this.newPaths.has(path);
    const isNew = ![...this.oldPaths].some((known) => this.renamed(known) === next.path);
    if (!isLost || !isNew) return false;
    return this.renamed(old.place) === next.place || this.isInRenamedUnit(old, next);
  }

  /** The variable is the same, the function that made its value is gone, and another one is there with the same inside. */
  private isInRenamedUnit(old: ClosureShape, next: ClosureShape): boolean {
    const [from, to] = [unitOf(old.path), unitOf(next.path)];
    return (
      old.outline === next.outline &&
      old.path.slice(from.length) === next.path.slice(to.length) &&
      ![...this.newPaths].some((path) => unitOf(path) === from) &&
      ![...this.oldPaths].some((path) => unitOf(path) === to)
    );
  }

  /** Which function of a new variable an old function is. */
  partnerOf(old: ClosureShape, shape: FunctionShape): ClosureShape | null {
    const known = this.partners.get(old) ?? new Map<FunctionShape, ClosureShape | null>();
    this.partners.set(old, known);
    let partner = known.get(shape);
    if (partner === undefined) {
      const { members } = shape;
      const path = this.renamed(old.path);
      const isHere = (member: ClosureShape): boolean => member.path === path && member.place === old.place;
      partner =
        // Specialisations of one function have the same path and place.
        members.find((member) => isHere(member) && member.code === old.code) ??
        members.find(isHere) ??
        members.find((member) => member.path === path) ??
        members.find((member) => this.isSameFunction(old, member)) ??
        null;
      known.set(shape, partner);
    }
    return partner;
  }

  /** Whether a new function is what an old one is now, or another specialisation of that. */
  arePartners(old: ClosureShape, next: ClosureShape, shape: FunctionShape): boolean {
    const partner = this.partnerOf(old, shape);
    return partner === next || (partner?.path === next.path && partner.place === next.place);
  }

  /**
   * The variables or fields that two records have in common. Those that were renamed are found by how they begin in the
   * first two records for which this is asked.
   */
  spots(old: Fields, next: Fields, oldPointer: number, newPointer: number): readonly SpotPair[] {
    return cached(this.spotPairs, old, next, () => pairSpots(old, next, this.waysToBeRenamed(oldPointer, newPointer)));
  }

  /** Whether a variable was drawn at random on both sides, so that its value tells nothing. */
  isDrawn(old: Spot, next: Spot): boolean {
    return isDrawnAlike(this.old, old.shape, this.next, next.shape);
  }

  isDrawnArray(isOld: boolean, shape: ObjectShape, other: ObjectShape): boolean {
    const [old, next] = isOld ? [shape, other] : [other, shape];
    return isDrawnAlike(this.old, old, this.next, next);
  }

  /** Those among them that have the same name. */
  namedSpots(old: Fields, next: Fields): readonly SpotPair[] {
    return cached(this.namedPairs, old, next, () => pairSpots(old, next, []));
  }

  private waysToBeRenamed(oldPointer: number, newPointer: number): readonly IsRenamed[] {
    const isRenamed: IsRenamed = (a, b) => this.beginAlike(oldPointer, a, newPointer, b);
    return [(a, b) => isWrittenAlike(this.old, a.shape, this.next, b.shape) && isRenamed(a, b), isRenamed];
  }

  private beginAlike(oldPointer: number, a: NamedSpot, newPointer: number, b: NamedSpot): boolean {
    if (!isSameKind(a.cell, b.cell)) return false;
    const { old, next } = this;
    const [from, to] = [spotOffset(old, oldPointer, a), spotOffset(next, newPointer, b)];
    const isAlike =
      leadOf(old, a.cell, from) !== null
        ? leadOf(next, b.cell, to) !== null
        : a.cell.kind === 'pointer'
          ? isObject(old.word(from)) === isObject(next.word(to))
          : sameCell(old.words, from, next.words, to, cellBytes(a.cell));
    return isAlike && isSameUnderOtherName(old, a.shape, next, b.shape, true);
  }
}

const MAX_DEPTH = 4;
const FIRST_ELEMENTS = 16;

const isBareFunction = (cell: CellShape): boolean =>
  cell.kind === 'pointer' &&
  cell.object.kind === 'function' &&
  cell.object.members.every(({ fields }) => fields.length === 0);

const unitOf = (path: string): string => (path.includes('.') ? path.slice(0, path.indexOf('.')) : path);

/** Where a variable of the closure at `pointer`, or a field of the record there, lies in the image. */
export const spotOffset = (state: ArenaState, pointer: number, { frame, offset }: Spot): number =>
  (frame < 0 ? pointer : state.word(pointer + frame)) + offset;

/** Variables in frame records stand beside those that closures carry themselves: where one lives may change. */
export function flatten(fields: Fields): readonly NamedSpot[] {
  // Shapes never change, and every object of one asks for them.
  const known = flattened.get(fields);
  if (known) return known;
  const spots: NamedSpot[] = [];
  for (const field of fields) {
    if (isKeyedTable(field)) continue;
    if (field.name !== '') spots.push({ ...field, shape: field, frame: -1 });
    else if (field.cell.kind === 'pointer' && field.cell.object.kind === 'record') {
      for (const inner of field.cell.object.fields) {
        if (!isKeyedTable(inner)) spots.push({ ...inner, shape: inner, frame: field.offset });
      }
    }
  }
  spots.sort((a, b) => a.order - b.order);
  flattened.set(fields, spots);
  return spots;
}

const flattened = new WeakMap<Fields, readonly NamedSpot[]>();

type Pairs = Map<Fields, Map<Fields, readonly SpotPair[]>>;

function cached(pairs: Pairs, old: Fields, next: Fields, make: () => readonly SpotPair[]): readonly SpotPair[] {
  let known = pairs.get(old);
  if (!known) {
    known = new Map();
    pairs.set(old, known);
  }
  let found = known.get(next);
  if (!found) {
    found = make();
    known.set(next, found);
  }
  return found;
}

/** Whether two that stand in the same place and have different names are the same. */
type IsRenamed = (old: NamedSpot, next: NamedSpot) => boolean;

/** `waysToBeRenamed`: the strictest first. */
function pairSpots(oldFields: Fields, newFields: Fields, waysToBeRenamed: readonly IsRenamed[]): SpotPair[] {
  const [old, next] = [flatten(oldFields), flatten(newFields)];
  // As after most edits: nothing came, went or moved.
  if (old.length === next.length && old.every((spot, n) => isSameSpot(spot, next[n]!)))
    return old.map((spot, n) => ({ old: spot, next: next[n]! }));
  const ids = new Ids();
  const column = (of: (spot: NamedSpot) => string) => [old, next].map((spots) => spots.map((spot) => ids.of(of(spot))));
  const [exact, names] = [column(({ owner, name }) => `${owner} ${name}`), column(({ name }) => name)];
  const match = align(
    old.length,
    next.length,
    [() => [exact[0]!, exact[1]!], () => [names[0]!, names[1]!]],
    waysToBeRenamed.map((isRenamed) => (a, b) => isRenamed(old[a]!, next[b]!)),
  );
  return [...match].flatMap((a, b) => (a < 0 ? [] : [{ old: old[a]!, next: next[b]! }]));
}

const isSameSpot = (a: NamedSpot, b: NamedSpot): boolean => a.name === b.name && a.owner === b.owner;

function isSameKind(a: CellShape, b: CellShape): boolean {
  if (a.kind !== 'pointer' || b.kind !== 'pointer') return a.kind === b.kind;
  if (a.object.kind === 'typedArray') return b.object.kind === 'typedArray' && a.object.name === b.object.name;
  return a.object.kind === b.object.kind;
}

class Ids {
  private readonly ids = new Map<string, number>();

  of(text: string): number {
    let id = this.ids.get(text);
    if (id === undefined) {
      id = this.ids.size;
      this.ids.set(text, id);
    }
    return id;
  }
}

/** What plays was the new one of the match before. */
const knownPaths = new WeakMap<ArenaState, ReadonlySet<string>>();

function functionPaths(state: ArenaState): ReadonlySet<string> {
  const paths = knownPaths.get(state) ?? findPaths(state);
  knownPaths.set(state, paths);
  return paths;
}

/** Paths of all functions that the variables of a program may hold. */
function findPaths({ roots }: ArenaState): ReadonlySet<string> {
  const paths = new Set<string>();
  const seen = new Set<ObjectShape>();
  const pending: CellShape[] = roots.map(({ shape }) => shape.cell);
  for (let cell = pending.pop(); cell; cell = pending.pop()) {
    for (const object of objectsIn(cell)) {
      if (seen.has(object)) continue;
      seen.add(object);
      if (object.kind === 'array') pending.push(object.element);
      if (object.kind === 'record') for (const field of object.fields) pending.push(field.cell);
      if (object.kind === 'function') {
        for (const member of object.members) {
          paths.add(member.path);
          for (const field of member.fields) pending.push(field.cell);
        }
      }
    }
  }
  return paths;
}

/**
 * Numbers by which the objects in two arrays can be recognised: made of what the top level put into them, as far as both
 * programs have it. `withState`: also of what frames write, which is how it begins.
 */
export class Fingerprints {
  private readonly correspondence: Correspondence;
  private readonly withState: boolean;
  private readonly withDrawn: boolean;
  private a = 0;
  private b = 0;
  private room = 0;

  /** `withDrawn`: also of what was drawn at random, which need not be found out then. */
  constructor(correspondence: Correspondence, withState: boolean, withDrawn = false) {
    this.correspondence = correspondence;
    this.withState = withState;
    this.withDrawn = withDrawn;
  }

  /** Whether the last number stands for all that there is, and not for the first cells alone. */
  get isWhole(): boolean {
    return this.room > 0;
  }

  /** A hash of the value in a cell of the one arena, as far as `other`, its shape in the other one, has the same parts. */
  of(state: ArenaState, isOld: boolean, cell: CellShape, other: CellShape, offset: number): number {
    this.a = 0x811c9dc5 | 0;
    this.b = 0x2545f491;
    this.room = this.withDrawn ? MAX_WHOLE_CELLS : MAX_FINGERPRINT_CELLS;
    this.cell(state, isOld, cell, other, offset, 0);
    return (this.a >>> 0) * 0x10_0000 + (this.b >>> 12);
  }

  private mix(word: number): void {
    this.a = Math.imul(this.a ^ word, 0x0100_0193);
    this.a ^= this.a >>> 15;
    this.b = Math.imul(this.b + word, 0x85eb_ca6b | 1);
    this.b ^= this.b >>> 13;
  }

  private cell(state: ArenaState, isOld: boolean, cell: CellShape, other: CellShape, at: number, depth: number): void {
    if (this.room-- <= 0) return;
    if (cell.kind === 'box' && other.kind === 'box') {
      this.box(state, isOld, cell, other, at, depth);
      return;
    }
    if (cell.kind !== 'pointer' || other.kind !== 'pointer') {
      if (cell.kind !== other.kind) return;
      this.mix(state.word(at));
      if (cellBytes(cell) === 8) this.mix(state.word(at + 4));
      return;
    }
    const pointer = state.word(at);
    if (isObject(pointer) && depth < MAX_DEPTH)
      this.object(state, isOld, cell.object, other.object, pointer, depth + 1);
    else this.mix(isObject(pointer) ? 1 : pointer);
  }

  /** What is in a box: an object as such, anything else by its bits. Strings lie elsewhere after an edit. */
  private box(state: ArenaState, isOld: boolean, cell: BoxCell, other: BoxCell, at: number, depth: number): void {
    const tag = state.word(at + 4);
    this.mix(tag);
    const lead = leadOf(state, cell, at);
    const shape = other.boxed.get(tag);
    if (lead && shape && depth < MAX_DEPTH) this.object(state, isOld, lead.object, shape, lead.pointer, depth + 1);
    else if (tag !== BOX.string && !lead) this.mix(state.word(at));
  }

  private object(
    state: ArenaState,
    isOld: boolean,
    shape: ObjectShape,
    other: ObjectShape,
    pointer: number,
    depth: number,
  ): void {
    if (shape.kind === 'typedArray' || shape.kind === 'array') {
      const count = state.lengthOf(pointer);
      this.mix(count);
      if (shape.kind !== other.kind || (shape.written && !this.withState)) return;
      if (!this.withDrawn && this.correspondence.isDrawnArray(isOld, shape, other)) return;
      const data = state.dataOf(pointer);
      if (shape.kind === 'array' && other.kind === 'array' && !isPlain(shape.element)) {
        for (let n = 0; n < Math.min(count, FIRST_ELEMENTS); n++) {
          this.cell(state, isOld, shape.element, other.element, data + n * shape.elementBytes, depth);
        }
        return;
      }
      const bytes = Math.min(count * shape.elementBytes, 8 * FIRST_ELEMENTS);
      const image = completed(state.image, data, data + bytes);
      for (let n = 0; n < bytes; n++) this.mix(image[data + n]!);
      return;
    }
    if (shape.kind === 'record') {
      if (other.kind === 'record') this.fields(state, isOld, shape.fields, other.fields, pointer, depth);
      return;
    }
    const member = state.memberAt(pointer, shape);
    if (!member || other.kind !== 'function') return;
    const partner = isOld
      ? this.correspondence.partnerOf(member, other)
      : (other.members.find((candidate) => this.correspondence.partnerOf(candidate, shape) === member) ?? null);
    this.text((isOld ? partner?.path : member.path) ?? 'gone');
    if (partner) this.fields(state, isOld, member.fields, partner.fields, pointer, depth);
  }

  private text(text: string): void {
    for (let n = 0; n < text.length; n++) this.mix(text.charCodeAt(n));
  }

  private fields(
    state: ArenaState,
    isOld: boolean,
    fields: Fields,
    other: Fields,
    pointer: number,
    depth: number,
  ): void {
    const pairs = isOld ? this.correspondence.namedSpots(fields, other) : this.correspondence.namedSpots(other, fields);
    for (const { old, next } of pairs) {
      if ((old.written || next.written) && !this.withState) continue;
      if (!this.withDrawn && this.correspondence.isDrawn(old, next)) continue;
      const [own, others] = isOld ? [old, next] : [next, old];
      this.cell(state, isOld, own.cell, others.cell, spotOffset(state, pointer, own), depth);
    }
  }
}

type BoxCell = CellShape & { readonly kind: 'box' };

const MAX_FINGERPRINT_CELLS = 64;
/** Of an element that is to be compared as a whole. */
const MAX_WHOLE_CELLS = 512;
