/**
 * Who owns which numbers: ranges of bytes for arenas, slots of the table, offsets of symbols. The worker is the only
 * allocator; what is given back here is used again only after the audio thread has acknowledged that it is free.
 */

import { ARENA_ALIGNMENT_BYTES, SYMBOLS_START } from '../protocol/arena.ts';
import { type Address, type ArenaOffset, address, arenaOffset, type Slot, slot } from '../protocol/units.ts';

interface Range {
  start: number;
  end: number;
}

/** First-fit allocation of byte ranges; neighbours that are free become one. */
export class RangeAllocator {
  /** Free ranges in rising order; the last one has no end. */
  private readonly free: Range[];
  private readonly used = new Map<number, number>();
  private peak: number;

  constructor(start: number) {
    this.free = [{ start, end: Number.POSITIVE_INFINITY }];
    this.peak = start;
  }

  allocate(sizeBytes: number): Address {
    const size = sizeClass(sizeBytes);
    const index = this.free.findIndex((range) => range.end - range.start >= size);
    const range = this.free[index]!;
    const { start } = range;
    range.start += size;
    if (range.start === range.end) this.free.splice(index, 1);
    this.used.set(start, size);
    this.peak = Math.max(this.peak, start + size);
    return address(start);
  }

  release(start: Address): void {
    const size = this.used.get(start);
    if (size === undefined) throw new Error(`linker: no arena at ${start}`);
    this.used.delete(start);
    const index = this.free.findIndex((range) => range.start > start);
    this.free.splice(index, 0, { start, end: start + size });
    this.mergeAround(index);
  }

  private mergeAround(index: number): void {
    for (const left of [index, index - 1]) {
      const [range, next] = [this.free[left], this.free[left + 1]];
      if (!range || !next || range.end !== next.start) continue;
      range.end = next.end;
      this.free.splice(left + 1, 1);
    }
  }

  /** The end of the highest range ever given out. */
  get peakBytes(): number {
    return this.peak;
  }

  get usedBytes(): number {
    let bytes = 0;
    for (const size of this.used.values()) bytes += size;
    return bytes;
  }
}

/**
 * Sizes are rounded up to eight steps an octave, so that an arena that grew or shrank a little fits where the last but one
 * was: memory stays flat over any number of edits.
 */
function sizeClass(sizeBytes: number): number {
  const octave = 2 ** Math.floor(Math.log2(Math.max(sizeBytes, 1024)));
  return align(sizeBytes, Math.max(ARENA_ALIGNMENT_BYTES, octave / 8));
}

export const align = (value: number, to: number): number => Math.ceil(value / to) * to;

/** The lowest free slot first, so that the table stays as small as what is in use. Slot 0 stays empty: calls of it trap. */
export class SlotAllocator {
  private readonly free: number[] = [];
  private next = 1;

  allocate(): Slot {
    return slot(this.free.pop() ?? this.next++);
  }

  release(freed: Slot): void {
    this.free.push(freed);
    this.free.sort((a, b) => b - a);
    // What is free at the end is not counted, so that what was tried in vain leaves no trace.
    while (this.free[0] === this.next - 1) {
      this.free.shift();
      this.next--;
    }
  }

  get usedSlots(): number {
    return this.next - 1 - this.free.length;
  }

  /** Slots that the table must have. */
  get tableSlots(): number {
    return this.next;
  }
}

const SYMBOL_BYTES = 8;

/** Where symbols lie, by name, and where the last one ends. */
export interface SymbolLayout {
  readonly symbols: readonly (readonly [name: string, offset: number])[];
  readonly end: number;
}

/**
 * Offsets of symbols: one cell each, in every arena at the same place, for as long as any generation names the symbol.
 * Code that was compiled once can therefore be kept, wherever the arena lies and whatever else changes.
 */
export class SymbolTable {
  private readonly entries = new Map<
    string,
    { readonly offset: ArenaOffset; readonly sizeBytes: number; uses: number }
  >();
  /** Free offsets by size. */
  private readonly free = new Map<number, number[]>();
  /** The sizes of what is free, by where it ends. */
  private readonly freeEnds = new Map<number, number>();
  private end: number;
  private readonly known: ReadonlyMap<string, number>;

  /**
   * `layout`: where another table has had its symbols, which they get here too. Symbols that it did not have get no place
   * of their own, but the one behind the last.
   */
  constructor(layout: SymbolLayout = { symbols: [], end: SYMBOLS_START }) {
    this.known = new Map(layout.symbols);
    this.end = layout.end;
  }

  /** Counts one more use of a symbol, of `sizeBytes` bytes in the arena, and gives its offset. */
  retain(name: string, sizeBytes = SYMBOL_BYTES): ArenaOffset {
    let entry = this.entries.get(name);
    if (!entry) {
      const size = align(sizeBytes, SYMBOL_BYTES);
      let offset = this.known.size > 0 ? (this.known.get(name) ?? this.end) : this.free.get(size)?.pop();
      if (offset === undefined) {
        offset = this.end;
        this.end += size;
      } else this.freeEnds.delete(offset + size);
      entry = { offset: arenaOffset(offset), sizeBytes: size, uses: 0 };
      this.entries.set(name, entry);
    }
    entry.uses++;
    return entry.offset;
  }

  release(name: string): void {
    const entry = this.entries.get(name);
    if (!entry) throw new Error(`linker: no symbol ${name}`);
    if (--entry.uses > 0) return;
    this.entries.delete(name);
    const { offset, sizeBytes } = entry;
    const free = this.free.get(sizeBytes);
    if (free) free.push(offset);
    else this.free.set(sizeBytes, [offset]);
    this.freeEnds.set(offset + sizeBytes, sizeBytes);
    this.trim();
  }

  /** What is free at the end is not part of the table, so that what was tried and taken back leaves no trace. */
  private trim(): void {
    for (let size = this.freeEnds.get(this.end); size !== undefined; size = this.freeEnds.get(this.end)) {
      this.freeEnds.delete(this.end);
      this.end -= size;
      const free = this.free.get(size)!;
      free.splice(free.indexOf(this.end), 1);
    }
  }

  /** `null`: nothing names it. */
  offsetOf(name: string): ArenaOffset | null {
    return this.entries.get(name)?.offset ?? null;
  }

  /** The offset behind the last symbol. */
  get endOffset(): number {
    return this.end;
  }

  get size(): number {
    return this.entries.size;
  }

  get layout(): SymbolLayout {
    return { symbols: [...this.entries].map(([name, { offset }]) => [name, offset] as const), end: this.end };
  }
}
