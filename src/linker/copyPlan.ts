/**
 * Which bytes of the live arena go where in the new one. Computed from the two arenas as their top levels left them:
 * state goes on where path and type agree and the text still begins it with the same value.
 */

import { LOWEST_CHARACTER } from '../compiler/memoryLayout.ts';
import { HEADER, NULL_GUARD_BYTES } from '../protocol/arena.ts';
import type { CopyPlan } from '../protocol/generation.ts';
import type { ArenaState, StateCell } from './state.ts';

export interface PlannedCopy {
  readonly plan: CopyPlan;
  readonly kept: readonly string[];
  readonly reset: readonly string[];
  /** Bytes copied at the commit, and bytes of buffers that stay where they are and change hands. */
  readonly copiedBytes: number;
  readonly adoptedBytes: number;
}

export const EMPTY_PLAN: CopyPlan = {
  copies: new Int32Array(0),
  pointers: new Int32Array(0),
  objects: new Int32Array(0),
};

interface Revision {
  readonly state: ArenaState;
  /** The arena as the top level left it. */
  readonly image: Uint8Array;
}

export function planCopy(old: Revision | null, next: Revision): PlannedCopy {
  if (!old) {
    return { plan: EMPTY_PLAN, kept: [], reset: [...next.state.cells.keys()], copiedBytes: 0, adoptedBytes: 0 };
  }
  const copies = new CopyList();
  const pointers: number[] = [];
  const kept: string[] = [];
  const reset: string[] = [];
  copies.add(HEADER.RANDOM_STATE, HEADER.RANDOM_STATE, 8);
  const renamed = placesOfLost(old.state, next.state);
  for (const [path, cell] of next.state.cells) {
    const before = old.state.cells.get(path) ?? renamed.get(cell.place);
    const goesOn = before !== undefined && copyCell(old.image, before, next.image, cell, copies, pointers);
    (goesOn ? kept : reset).push(path);
  }
  return {
    plan: {
      copies: copies.finish(),
      pointers: Int32Array.from(pointers),
      objects: pointers.length > 0 ? objectMap(old.state, next.state) : new Int32Array(0),
    },
    kept,
    reset,
    copiedBytes: copies.sizeBytes,
    adoptedBytes: 0,
  };
}

/** Cells whose path is gone, by place: one of another name in the same place is the same, renamed. */
function placesOfLost(old: ArenaState, next: ArenaState): Map<string, StateCell> {
  const lost = new Map<string, StateCell>();
  for (const [path, cell] of old.cells) if (!next.cells.has(path)) lost.set(cell.place, cell);
  return lost;
}

/** Plans the copy of one cell; returns whether anything of it goes on. */
function copyCell(
  oldImage: Uint8Array,
  before: StateCell,
  nextImage: Uint8Array,
  cell: StateCell,
  copies: CopyList,
  pointers: number[],
): boolean {
  if (before.kind === 'pointer' && cell.kind === 'pointer') {
    if (before.target?.path !== cell.target?.path && before.target?.place !== cell.target?.place) return false;
    pointers.push(before.offset, cell.offset);
    return true;
  }
  if (before.kind === 'string' && cell.kind === 'string') {
    // The same text has the same handle in both, as long as both name it.
    if (before.handle !== cell.handle) return false;
    pointers.push(before.offset, cell.offset);
    return true;
  }
  if (before.kind === 'elements' && cell.kind === 'elements') {
    if (before.format !== cell.format) return false;
    return copyElements(oldImage, before, nextImage, cell, copies);
  }
  if (before.kind !== cell.kind || before.kind === 'elements' || cell.kind === 'elements') return false;
  const sizeBytes = cell.kind === 'boolean' ? 4 : 8;
  if (!sameBytes(oldImage, before.offset, nextImage, cell.offset, sizeBytes)) return false;
  copies.add(before.offset, cell.offset, sizeBytes);
  return true;
}

type Elements = StateCell & { readonly kind: 'elements' };

/** The elements that both have go on, but for those whose first value was edited. */
function copyElements(
  oldImage: Uint8Array,
  before: Elements,
  nextImage: Uint8Array,
  cell: Elements,
  copies: CopyList,
): boolean {
  const { elementBytes } = cell;
  const count = Math.min(before.count, cell.count);
  if (sameBytes(oldImage, before.offset, nextImage, cell.offset, count * elementBytes)) {
    copies.add(before.offset, cell.offset, count * elementBytes);
    return true;
  }
  let any = false;
  for (let index = 0; index < count; index++) {
    const at = index * elementBytes;
    if (!sameBytes(oldImage, before.offset + at, nextImage, cell.offset + at, elementBytes)) continue;
    copies.add(before.offset + at, cell.offset + at, elementBytes);
    any = true;
  }
  return any;
}

function sameBytes(a: Uint8Array, aStart: number, b: Uint8Array, bStart: number, sizeBytes: number): boolean {
  for (let index = 0; index < sizeBytes; index++) if (a[aStart + index] !== b[bStart + index]) return false;
  return true;
}

/** Triples (from, to, sizeBytes); copies that continue one another become one. */
class CopyList {
  private readonly triples: number[] = [];

  add(from: number, to: number, sizeBytes: number): void {
    if (sizeBytes === 0) return;
    const last = this.triples.length - 3;
    if (last >= 0) {
      const size = this.triples[last + 2]!;
      if (this.triples[last]! + size === from && this.triples[last + 1]! + size === to) {
        this.triples[last + 2] = size + sizeBytes;
        return;
      }
    }
    this.triples.push(from, to, sizeBytes);
  }

  get sizeBytes(): number {
    let sizeBytes = 0;
    for (let n = 2; n < this.triples.length; n += 3) sizeBytes += this.triples[n]!;
    return sizeBytes;
  }

  finish(): Int32Array<ArrayBuffer> {
    return Int32Array.from(this.triples);
  }
}

/** Where every object that both have was and is: triples (oldStart, oldEnd, newStart), by oldStart. */
function objectMap(old: ArenaState, next: ArenaState): Int32Array<ArrayBuffer> {
  const triples: [number, number, number][] = [];
  const byPlace = new Map([...old.objects.values()].map((object) => [object.place, object]));
  for (const [path, object] of next.objects) {
    const before = old.objects.get(path) ?? byPlace.get(object.place);
    if (before && before.type === object.type) triples.push([before.start, before.end, object.start]);
  }
  // Characters, `undefined` and `null` are the same everywhere.
  triples.push([LOWEST_CHARACTER, 0, LOWEST_CHARACTER], [0, NULL_GUARD_BYTES, 0]);
  triples.sort((a, b) => a[0] - b[0]);
  return Int32Array.from(triples.flat());
}
