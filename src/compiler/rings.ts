/**
 * Finds the delay lines of a patch: arrays that frames write at a cursor and nowhere else, where the cursor is a variable, a
 * field or an element of which every write is a step through a ring, or `currentFrame`. In: the functions that run while the
 * patch plays. Out: rings for the shapes of closures, of objects, and of the top level.
 */

import type { Span } from '../protocol/diagnostic.ts';
import type { FunctionNode } from './ast.ts';
import { type Instance, PER_FRAME, type RecordType } from './infer/types.ts';
import { Scan } from './ringScan.ts';
import type { ArrayUses, CellName, CursorShape, IndexShape, LengthShape, RingShape } from './ringShape.ts';
import {
  FoundInScan,
  type IndexUse,
  isVariable,
  type Key,
  RingKeys,
  type Site,
  type SymbolOf,
  type Write,
} from './ringUses.ts';

/** What a function was found to do. */
interface Scanned {
  readonly isFirst: boolean;
  readonly found: FoundInScan;
}

function listIn<Item>(lists: Map<Key, Item[]>, key: Key): Item[] {
  let list = lists.get(key);
  if (!list) {
    list = [];
    lists.set(key, list);
  }
  return list;
}

export class Rings {
  private readonly keys: RingKeys;
  private readonly writes = new Map<Key, Write[]>();
  private readonly sites = new Map<Key, Site[]>();
  private readonly uses = new Map<FunctionNode | RecordType | string, { rings: RingShape[]; indices: IndexShape[] }>();
  private readonly scanned = new Map<Instance, Scanned>();
  private readonly places = new Map<IndexShape, { readonly span: Span }>();

  /** `symbolOf`: of variables of the top level. */
  constructor(instances: Iterable<Instance>, symbolOf: SymbolOf) {
    this.keys = new RingKeys(symbolOf);
    const seen = new Set<FunctionNode>();
    for (const instance of instances) {
      const { node } = instance.closure;
      if ((instance.runs & PER_FRAME) === 0) continue;
      const isFirst = !seen.has(node);
      const found = this.scan(instance, isFirst);
      seen.add(node);
      this.scanned.set(instance, { isFirst, found });
      for (const { key, write } of found.writes) listIn(this.writes, key).push(write);
      for (const { key, site } of found.sites) listIn(this.sites, key).push(site);
      for (const use of found.indices) this.addIndex(use);
    }
    for (const [key, sites] of this.sites) this.addRing(key, sites);
  }

  private scan(instance: Instance, isFirst: boolean): FoundInScan {
    const found = new FoundInScan(this.keys);
    new Scan(found, instance, isFirst).run();
    return found;
  }

  /** Whether all that was found would be found again where some functions have other numbers in them. */
  isStillSame(isOther: (node: FunctionNode) => boolean): boolean {
    for (const [instance, { isFirst, found }] of this.scanned) {
      if (isOther(instance.closure.node) && !found.isSame(this.scan(instance, isFirst))) return false;
    }
    return true;
  }

  /** Where indices stand in the text: in a call, for those of the library. */
  indexSpans(): ReadonlyMap<IndexShape, Span> {
    return new Map([...this.places].map(([index, { span }]) => [index, span]));
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

  private addIndex({ record, index, node, at }: IndexUse): void {
    this.places.set(index, at);
    const isGlobal = index.array.kind === 'global' && index.cell.kind === 'global';
    for (const { indices } of this.placesOf(record, index.array, isGlobal, [node])) indices.push(index);
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
      shape = { kind: isBounded ? 'wrapped' : 'counter', cell: this.keys.nameOf(cursor.place) };
    }
    if (lengths.length === 0) return;
    const isEach = first.array.kind === 'element';
    const ring: RingShape = {
      ...{ array: this.keys.nameOf(first.array), cursor: shape, isEach, runsDown },
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
