/**
 * What one function does with arrays and cursors, for rings.ts: steps of cursors, writes to elements, and indices. In: what Scan
 * finds, place by place. Out: lists of it, which can be compared with those of another time.
 */

import type { Span } from '../protocol/diagnostic.ts';
import type { FunctionNode, Variable } from './ast.ts';
import { find, type ObjectType, type RecordType } from './infer/types.ts';
import type { CellName, IndexShape, LengthShape } from './ringShape.ts';
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

/** An index, and where it stands. */
export interface IndexUse {
  readonly record: RecordType | null;
  readonly index: IndexShape;
  readonly node: FunctionNode;
  readonly at: { readonly span: Span };
}

export type SymbolOf = (variable: Variable) => string;

/** What stands for fields and elements: one object for each. */
export class RingKeys {
  private readonly symbolOf: SymbolOf;
  private readonly fieldKeys = new Map<RecordType, Map<string, FieldKey>>();
  private readonly elementKeys = new Map<ObjectType, ElementKey>();

  constructor(symbolOf: SymbolOf) {
    this.symbolOf = symbolOf;
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

  /** For an element, the name of the array. */
  nameOf(place: Place): CellName {
    if (place.kind === 'element') {
      const holder = placeOf(place.object);
      if (!holder || holder.kind === 'element') throw new Error('rings: an element of nothing that has a name');
      return this.nameOf(holder);
    }
    if (place.kind === 'field') return { kind: 'own', owner: '', name: place.name, order: null };
    const { owner, name, order } = place.variable;
    if (owner === null) return { kind: 'global', symbol: this.symbolOf(place.variable) };
    return { kind: 'own', owner: owner.path, name, order };
  }
}

export interface ScanResults extends Pick<RingKeys, 'fieldKey' | 'elementKey' | 'nameOf'> {
  addWrite(key: Key, write: Write): void;
  addSite(key: Key, site: Site): void;
  addIndex(record: RecordType | null, index: IndexShape, node: FunctionNode, at: IndexUse['at']): void;
}

export class FoundInScan implements ScanResults {
  readonly writes: { readonly key: Key; readonly write: Write }[] = [];
  readonly sites: { readonly key: Key; readonly site: Site }[] = [];
  readonly indices: IndexUse[] = [];
  private readonly keys: RingKeys;

  constructor(keys: RingKeys) {
    this.keys = keys;
  }

  fieldKey = (record: RecordType, name: string) => this.keys.fieldKey(record, name);
  elementKey = (array: ObjectType) => this.keys.elementKey(array);
  nameOf = (place: Place) => this.keys.nameOf(place);

  addWrite(key: Key, write: Write): void {
    this.writes.push({ key, write });
  }

  addSite(key: Key, site: Site): void {
    this.sites.push({ key, site });
  }

  addIndex(record: RecordType | null, index: IndexShape, node: FunctionNode, at: IndexUse['at']): void {
    this.indices.push({ record, index, node, at });
  }

  isSame({ writes, sites, indices }: FoundInScan): boolean {
    return isAlike(this.writes, writes) && isAlike(this.sites, sites) && isAlike(this.indices, indices);
  }
}

/** Plain data of one shape; trees and types are the same where they are the same objects. */
function isAlike(a: unknown, b: unknown, depth = 0): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || depth > MAX_DEPTH) return false;
  const [first, second] = [Object.entries(a), Object.entries(b)];
  const others = b as Readonly<Record<string, unknown>>;
  return first.length === second.length && first.every(([name, value]) => isAlike(value, others[name], depth + 1));
}

const MAX_DEPTH = 12;
