/**
 * What is assumed of memory while a patch is worked through, hopefully: that frames write nowhere else than was seen so far.
 * Where that turns out wrong, the whole is begun again with what is known by then; nothing is ever taken back, so that this
 * ends. In: accesses. Out: what may be read from the image, and what may live in values for a block.
 */

import type { Access } from '../compiler/ir.ts';
import { CELL_BYTES } from '../compiler/memoryLayout.ts';
import { few } from './builder.ts';
import { ACCESS_BYTES } from './image.ts';

const WORD_SHIFT = 2;
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
  /** How each word is accessed at offsets that are known; `null`: in more than one way, so that it stays in memory. */
  private readonly layouts = new Map<number, string | null>();
  private readonly written = new Set<number>();
  /** Where code reads or writes at offsets that are not known. */
  private readonly readRanges: Range[] = [];
  private readonly writtenRanges: Range[] = [];
  /** What a frame makes, cleared. */
  private readonly clearedRanges: Range[] = [];
  /** What pointers may be that frames change, by offset. */
  private readonly pointers = new Map<number, readonly number[] | null>();
  /** And what is written where among them. */
  private readonly pointerRanges: (Range & { values: readonly number[] | null })[] = [];
  private changes = 0;

  /** Rises whenever something new is known. */
  get version(): number {
    return this.changes;
  }

  /** Where a value may stand in for memory: at this offset, by this access. */
  isValue(offset: number, access: Access): boolean {
    // What is cut to fewer bits when it is stored is another value afterwards.
    if (ACCESS_BYTES[access] < 4) return false;
    const layout = layoutOf(offset, access);
    for (const word of wordsOf(offset, access)) if (this.layouts.get(word) !== layout) return false;
    const end = offset + ACCESS_BYTES[access];
    return !overlaps(this.readRanges, offset, end) && !overlaps(this.writtenRanges, offset, end);
  }

  /** Whether frames may write there. */
  isWritten(offset: number, access: Access): boolean {
    for (const word of wordsOf(offset, access)) if (this.written.has(word)) return true;
    return overlaps(this.writtenRanges, offset, offset + ACCESS_BYTES[access]);
  }

  isRangeWritten(from: number, to: number): boolean {
    if (overlaps(this.writtenRanges, from, to)) return true;
    const [first, last] = [from >> WORD_SHIFT, (to - 1) >> WORD_SHIFT];
    if (last - first < this.written.size) {
      for (let word = first; word <= last; word++) if (this.written.has(word)) return true;
      return false;
    }
    for (const word of this.written) if (word >= first && word <= last) return true;
    return false;
  }

  /** An access at a known offset. */
  access(offset: number, access: Access, writes: boolean): void {
    const layout = layoutOf(offset, access);
    for (const word of wordsOf(offset, access)) {
      const known = this.layouts.get(word);
      if (known === undefined) this.layouts.set(word, layout);
      else if (known !== null && known !== layout) {
        this.layouts.set(word, null);
        this.changes++;
      }
      if (writes && !this.written.has(word)) {
        this.written.add(word);
        this.changes++;
      }
    }
  }

  accessRange(from: number, to: number, writes: boolean): void {
    const ranges = writes ? this.writtenRanges : this.readRanges;
    if (ranges.some((range) => range.from <= from && to <= range.to)) return;
    if (ranges.length >= MAX_RANGES) throw new NotOptimised('too many places are written through pointers');
    const touches = this.isRangeWritten(from, to) || overlaps(this.clearedRanges, from, to);
    ranges.push({ from, to });
    if (writes || touches) this.changes++;
  }

  /** Fresh memory. Returns the cells of it that are read where they lie, so that zeros have to be there. */
  clear(from: number, to: number): number[] {
    if (!this.clearedRanges.some((range) => range.from <= from && to <= range.to))
      this.clearedRanges.push({ from, to });
    const cells: number[] = [];
    for (let at = from; at < to; at += CELL_BYTES) {
      const isMixed = [at, at + 4].some((word) => this.layouts.get(word >> WORD_SHIFT) === null);
      const isReached = [this.readRanges, this.writtenRanges].some((ranges) => overlaps(ranges, at, at + CELL_BYTES));
      if (isMixed || isReached) cells.push(at);
    }
    return cells;
  }

  /** What may stand in a word that holds a pointer. `initial`: what stands there at first; `null` where that is not known. */
  possibleAt(offset: number, initial: readonly number[] | null): readonly number[] | null {
    let known = this.pointers.get(offset);
    if (known === undefined) {
      known = initial;
      this.pointers.set(offset, known);
      this.changes++;
    }
    const all = this.withRanges(known, offset, offset + 4);
    // Nothing has been written there so far.
    return all?.length === 0 ? null : all;
  }

  /** The same for words that lie side by side. */
  possibleBetween(
    from: number,
    to: number,
    initialAt: (offset: number) => readonly number[] | null,
  ): readonly number[] | null {
    let all: readonly number[] | null = [];
    for (let at = from; at < to && all; at += 4) {
      const possible: readonly number[] | null = this.possibleAt(at, initialAt(at));
      all = possible && few([...all, ...possible]);
    }
    return all;
  }

  private withRanges(known: readonly number[] | null, from: number, to: number): readonly number[] | null {
    let all = known;
    for (const range of this.pointerRanges) {
      if (range.to <= from || to <= range.from) continue;
      all = all && range.values && few([...all, ...range.values]);
    }
    return all;
  }

  /** `values`: `null` for anything. */
  mayHold(offset: number, values: readonly number[] | null, initial: readonly number[] | null): void {
    this.possibleAt(offset, initial);
    const known = this.pointers.get(offset)!;
    if (known === null) return;
    const joined = values === null ? null : few([...known, ...values]);
    if (joined !== null && joined.length === known.length) return;
    this.pointers.set(offset, joined);
    this.changes++;
  }

  mayHoldBetween(from: number, to: number, values: readonly number[] | null): void {
    const known = this.pointerRanges.find((range) => range.from === from && range.to === to);
    if (!known) {
      this.pointerRanges.push({ from, to, values });
      this.changes++;
      return;
    }
    if (known.values === null) return;
    const joined = values === null ? null : few([...known.values, ...values]);
    if (joined !== null && joined.length === known.values.length) return;
    known.values = joined;
    this.changes++;
  }

  /** What the cells of carried state must hold for all of this to be right, by offset. */
  get assumedPointers(): ReadonlyMap<number, readonly number[] | null> {
    return this.pointers;
  }
}

const layoutOf = (offset: number, access: Access): string => `${offset}${access}`;

function* wordsOf(offset: number, access: Access): Iterable<number> {
  yield offset >> WORD_SHIFT;
  const last = (offset + ACCESS_BYTES[access] - 1) >> WORD_SHIFT;
  if (last > offset >> WORD_SHIFT) yield last;
}

const overlaps = (ranges: readonly Range[], from: number, to: number): boolean =>
  ranges.some((range) => range.from < to && from < range.to);
