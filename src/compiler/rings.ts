/**
 * Finds the delay lines of a patch: arrays that frames write at a cursor and nowhere else, where the cursor is a variable, a
 * field or an element of which every write is a step through a ring, or `currentFrame`. In: the functions that run while the
 * patch plays. Out: rings for the shapes of closures, of objects, and of the top level.
 */

import type { FunctionNode, Variable } from './ast.ts';
import { find, type Instance, type ObjectType, PER_FRAME, type RecordType } from './infer/types.ts';
import { Scan } from './ringScan.ts';
import type { ArrayUses, CellName, CursorShape, IndexShape, LengthShape, RingShape } from './ringShape.ts';
import { type Place, placeOf, type Step } from './ringSteps.ts';

/** Stands for one variable, for one field of all objects of a type, or for the elements of all arrays of a type. */
export type Key = Variable | FieldKey | ElementKey;

interface FieldKey {
  readonly record: RecordType;
  readonly name: string;
}

interface ElementKey {
  readonly elementsOf: ObjectType;
}

export const isVariable = (key: Key): key is Variable => 'id' in key;

export interface Write {
  readonly node: FunctionNode;
  /** When in its function it happens. */
  readonly order: number;
  readonly step: Step | null;
  readonly length: LengthShape | null;
}

/** A write to an element. */
export interface Site {
  readonly node: FunctionNode;
  readonly array: Place;
  /** The type of the object that has both as its fields; `null`: they are variables. */
  readonly record: RecordType | null;
  /** `null`: something else than a cursor. */
  readonly cursor: { readonly key: Key; readonly place: Place } | 'frame' | null;
  /** The length that the cursor is taken modulo. */
  readonly length: LengthShape | null | undefined;
  /** When the cursor is read. */
  readonly order: number;
}

export type SymbolOf = (variable: Variable) => string;

export class Rings {
  private readonly symbolOf: SymbolOf;
  private readonly writes = new Map<Key, Write[]>();
  private readonly sites = new Map<Key, Site[]>();
  private readonly fieldKeys = new Map<RecordType, Map<string, FieldKey>>();
  private readonly elementKeys = new Map<ObjectType, ElementKey>();
  private readonly uses = new Map<FunctionNode | RecordType | string, { rings: RingShape[]; indices: IndexShape[] }>();

  /** `symbolOf`: of variables of the top level. */
  constructor(instances: Iterable<Instance>, symbolOf: SymbolOf) {
    this.symbolOf = symbolOf;
    const seen = new Set<FunctionNode>();
    for (const instance of instances) {
      const { node } = instance.closure;
      if ((instance.runs & PER_FRAME) === 0) continue;
      new Scan(this, instance, !seen.has(node)).run();
      seen.add(node);
    }
    for (const [key, sites] of this.sites) this.addRing(key, sites);
  }

  /** `of`: a function whose closures capture the arrays, a type of objects that have them, or the symbol of an array. */
  usesOf(of: FunctionNode | RecordType | string): ArrayUses | undefined {
    return this.uses.get(of);
  }

  /** Where to look for a use: whoever makes or calls a function has what that captures, too. */
  private placesOf(record: RecordType | null, array: CellName, isGlobal: boolean, nodes: readonly FunctionNode[]) {
    const places: (FunctionNode | RecordType | string)[] = [];
    if (record) places.push(record);
    else if (isGlobal && array.kind === 'global') places.push(array.symbol);
    else
      for (const start of nodes)
        for (let node: FunctionNode | null = start; node; node = node.parent) places.push(node);
    return [...new Set(places)].map((place) => {
      const known = this.uses.get(place) ?? { rings: [], indices: [] };
      this.uses.set(place, known);
      return known;
    });
  }

  addIndex(record: RecordType | null, index: IndexShape, node: FunctionNode): void {
    const isGlobal = index.array.kind === 'global' && index.cell.kind === 'global';
    for (const { indices } of this.placesOf(record, index.array, isGlobal, [node])) indices.push(index);
  }

  fieldKey(record: RecordType, name: string): FieldKey {
    const keys = this.fieldKeys.get(record) ?? new Map<string, FieldKey>();
    this.fieldKeys.set(record, keys);
    const key = keys.get(name) ?? { record, name };
    keys.set(name, key);
    return key;
  }

  elementKey(array: ObjectType): ElementKey {
    const root = find(array);
    const key = this.elementKeys.get(root) ?? { elementsOf: root };
    this.elementKeys.set(root, key);
    return key;
  }

  addWrite(key: Key, write: Write): void {
    const known = this.writes.get(key);
    if (known) known.push(write);
    else this.writes.set(key, [write]);
  }

  addSite(key: Key, site: Site): void {
    const known = this.sites.get(key);
    if (known) known.push(site);
    else this.sites.set(key, [site]);
  }

  /** For an element, the name of the array. */
  nameOf(place: Place): CellName {
    if (place.kind === 'element') {
      const holder = placeOf(place.object);
      if (!holder || holder.kind === 'element') throw new Error('rings: an element of nothing that has a name');
      return this.nameOf(holder);
    }
    if (place.kind === 'field') return { kind: 'own', owner: '', name: place.name, order: null };
    const { owner, name, span } = place.variable;
    if (owner === null) return { kind: 'global', symbol: this.symbolOf(place.variable) };
    return { kind: 'own', owner: owner.path, name, order: span.start };
  }

  private addRing(arrayKey: Key, sites: readonly Site[]): void {
    const [first] = sites;
    if (!first?.cursor || isReplaced(arrayKey)) return;
    const { cursor, record } = first;
    const isCommon = sites.every(
      (site) =>
        site.cursor === cursor ||
        (site.cursor && site.cursor !== 'frame' && cursor !== 'frame' && site.cursor.key === cursor.key),
    );
    if (!isCommon) return;
    const lengths: LengthShape[] = [];
    for (const { length } of sites) {
      if (length === null) return;
      if (length) lengths.push(length);
    }
    let shape: CursorShape = { kind: 'frame' };
    let isNewestAtCursor = false;
    let runsDown = false;
    if (cursor !== 'frame') {
      const writes = this.writes.get(cursor.key) ?? [];
      const isBounded = writes.some(({ step }) => step?.kind === 'bound');
      for (const { step, length } of writes) {
        if (step === null || (step.kind === 'bound' && length === null)) return;
        if (length) lengths.push(length);
      }
      const directions = new Set(writes.map(({ step }) => step?.isDown ?? null).filter((isDown) => isDown !== null));
      const isNewest = newestAtCursor(sites, writes);
      runsDown = directions.has(true);
      // A count that falls is below 0 where it is taken modulo the length.
      if (isNewest === null || directions.size > 1 || (runsDown && !isBounded)) return;
      isNewestAtCursor = isNewest;
      shape = { kind: isBounded ? 'wrapped' : 'counter', cell: this.nameOf(cursor.place) };
    }
    if (lengths.length === 0) return;
    const isEach = first.array.kind === 'element';
    const ring: RingShape = {
      ...{ array: this.nameOf(first.array), cursor: shape, isEach, runsDown },
      ...{ lengths, isNewestAtCursor },
    };
    const nodes = sites.map(({ node }) => node);
    for (const { rings } of this.placesOf(record, ring.array, isOfTopLevel(ring), nodes)) rings.push(ring);
  }
}

/** Whether frames put another array in the place of one. */
function isReplaced(key: Key): boolean {
  if (isVariable(key)) return false;
  if ('record' in key) return key.record.fields.get(key.name)?.written === true;
  const { elementsOf } = key;
  return elementsOf.kind !== 'array' || elementsOf.written;
}

const isOfTopLevel = ({ array, cursor }: RingShape): boolean =>
  array.kind === 'global' && (cursor.kind === 'frame' || cursor.cell.kind === 'global');

/** Whether the cursor is stepped before the element is written. `null`: before some and after others. */
function newestAtCursor(sites: readonly Site[], writes: readonly Write[]): boolean | null {
  let found: boolean | null = null;
  for (const site of sites) {
    for (const { node, order, step } of writes) {
      if (node !== site.node || step === null || (step.kind === 'bound' && !step.advances)) continue;
      const isBefore = order < site.order;
      if (found !== null && found !== isBefore) return null;
      found = isBefore;
    }
  }
  return found ?? false;
}
