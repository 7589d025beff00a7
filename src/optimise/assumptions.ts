/**
 * What is assumed of memory while a patch is worked through, hopefully: that frames write nowhere else than was seen so far.
 * Where that turns out wrong, the whole is begun again with what is known by then; nothing is ever taken back, so that this
 * ends. In: accesses. Out: what may be read from the image, and what may live in values for a block.
 */

import type { Access } from '../compiler/ir.ts';
import { few } from './builder.ts';
import { ACCESS_BYTES } from './image.ts';

/** All accesses lie in cells of eight bytes. */
const CELL_SHIFT = 3;
const MAX_RANGES = 4096;

/** Something was assumed that is not so; what is known now suffices to do better. */
export class WrongAssumption extends Error {}

/** Why a patch stays as it is. */
export class NotOptimised extends Error {}

interface Range {
  readonly from: number;
  readonly to: number;
}

export class Assumptions {
  /** How each cell is accessed at offsets that are known; `null`: in more than one way, so that it stays in memory. */
  private readonly layouts = new Map<number, string | null>();
  private readonly written = new Set<number>();
  /** Where code reads or writes at offsets that are not known. */
  private readonly readRanges: Range[] = [];
  private readonly writtenRanges: Range[] = [];
  /** What pointers may be that frames change, by offset. */
  private readonly pointers = new Map<number, readonly number[] | null>();
  private changes = 0;

  /** Rises whenever something new is known. */
  get version(): number {
    return this.changes;
  }

  /** Cells that frames write at known offsets, and of which no others know: they can be values. */
  get promoted(): readonly number[] {
    return [...this.written].filter((cell) => this.isPromoted(cell));
  }

  private isPromoted(cell: number): boolean {
    if (this.layouts.get(cell) === null) return false;
    const [from, to] = [cell << CELL_SHIFT, (cell + 1) << CELL_SHIFT];
    return !overlaps(this.readRanges, from, to) && !overlaps(this.writtenRanges, from, to);
  }

  /** Where a value may stand in for memory: at this offset, by this access. */
  isValue(offset: number, access: Access): boolean {
    const cell = offset >> CELL_SHIFT;
    return this.layouts.get(cell) === layoutOf(offset, access) && this.isPromoted(cell);
  }

  /** Whether frames may write there. */
  isWritten(offset: number, access: Access): boolean {
    const cell = offset >> CELL_SHIFT;
    return this.written.has(cell) || overlaps(this.writtenRanges, offset, offset + ACCESS_BYTES[access]);
  }

  isRangeWritten(from: number, to: number): boolean {
    if (overlaps(this.writtenRanges, from, to)) return true;
    const [first, last] = [from >> CELL_SHIFT, (to - 1) >> CELL_SHIFT];
    if (last - first < this.written.size) {
      for (let cell = first; cell <= last; cell++) if (this.written.has(cell)) return true;
      return false;
    }
    for (const cell of this.written) if (cell >= first && cell <= last) return true;
    return false;
  }

  /** An access at a known offset. */
  access(offset: number, access: Access, writes: boolean): void {
    const cell = offset >> CELL_SHIFT;
    const layout = layoutOf(offset, access);
    const known = this.layouts.get(cell);
    if (known === undefined) this.layouts.set(cell, layout);
    else if (known !== null && known !== layout) {
      this.layouts.set(cell, null);
      if (this.written.has(cell)) this.changed();
    }
    if (writes && !this.written.has(cell)) {
      this.written.add(cell);
      this.changed();
    }
  }

  accessRange(from: number, to: number, writes: boolean): void {
    const ranges = writes ? this.writtenRanges : this.readRanges;
    if (ranges.some((range) => range.from <= from && to <= range.to)) return;
    if (ranges.length >= MAX_RANGES) throw new NotOptimised('too many places are written through pointers');
    const touches = this.isRangeWritten(from, to);
    ranges.push({ from, to });
    if (writes || touches) this.changed();
  }

  /** What may stand in a cell that holds a pointer; `undefined` where nobody asked yet. */
  possibleAt(offset: number): readonly number[] | null | undefined {
    return this.pointers.get(offset);
  }

  /** `values`: `null` for anything. */
  mayHold(offset: number, values: readonly number[] | null): void {
    const known = this.pointers.get(offset);
    if (known === undefined) {
      this.pointers.set(offset, values);
      this.changes++;
      return;
    }
    if (known === null) return;
    const joined = values === null ? null : few([...known, ...values]);
    if (joined !== null && joined.length === known.length) return;
    this.pointers.set(offset, joined);
    this.changed();
  }

  /** What the cells of carried state must hold for all of this to be right, by offset. */
  get assumedPointers(): ReadonlyMap<number, readonly number[] | null> {
    return this.pointers;
  }

  private changed(): void {
    this.changes++;
  }
}

const layoutOf = (offset: number, access: Access): string => `${offset & 7}${access}`;

const overlaps = (ranges: readonly Range[], from: number, to: number): boolean =>
  ranges.some((range) => range.from < to && from < range.to);
