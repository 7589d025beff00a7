/**
 * Who owns which numbers: ranges of bytes for arenas, slots of the table, offsets of symbols. The worker is the only
 * allocator; what is given back here is used again only after the audio thread has acknowledged that it is free.
 */

import { isGotEntry } from '../compiler/symbols.ts';
import { ARENA_ALIGNMENT_BYTES, GOT_ENTRY_BYTES, SYMBOLS_START } from '../protocol/arena.ts';
import { type Address, type ArenaOffset, address, arenaOffset, type Slot, slot } from '../protocol/units.ts';

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Above this many pieces only few places are tried. */
const MAX_TRIED_PIECES = 8;

/** The lowest place that fits; neighbours that are free become one. */
export class RangeAllocator {
  /** In rising order. */
  private free: Range[];
  private readonly limit: number;
  private peak: number;

  /** Addresses from `start` up to `limitBytes`, both multiples of the alignment of arenas. */
  constructor(start: number, limitBytes: number) {
    this.limit = limitBytes;
    this.free = [{ start, end: limitBytes }];
    this.peak = start;
  }

  /**
   * Finds a place for `sizeBytes` bytes, of which only `pieces` (offsets, rising) need to be free; the first may begin below
   * 0. Returns the address and the ranges to be given back. `null`: there is none.
   */
  allocate(
    sizeBytes: number,
    pieces: readonly Range[] = [{ start: 0, end: sizeBytes }],
  ): { readonly address: Address; readonly ranges: Range[] } | null {
    const last = pieces.length - 1;
    // Only arenas that are in one piece take turns in the same places.
    const size = pieces.length > 1 ? align(sizeBytes, ARENA_ALIGNMENT_BYTES) : sizeClass(sizeBytes);
    const rounded = pieces.map((piece, n) => (n === last && piece.end === sizeBytes ? { ...piece, end: size } : piece));
    const base = this.find(rounded, sizeBytes);
    if (base === null) return null;
    const ranges = rounded.map(({ start, end }) => ({ start: base + start, end: base + end }));
    for (const range of ranges) this.take(range);
    return { address: address(base), ranges };
  }

  private find(pieces: readonly Range[], sizeBytes: number): number | null {
    const tried = pieces.slice(0, pieces.length <= MAX_TRIED_PIECES ? undefined : 1);
    const bases = this.free.flatMap((range) => tried.map((piece) => range.start - piece.start));
    bases.sort((a, b) => a - b);
    const fits = (base: number): boolean =>
      base >= 0 && base + sizeBytes <= this.limit && pieces.every((piece) => this.isFree(base, piece));
    return bases.find(fits) ?? null;
  }

  private isFree(base: number, { start, end }: Range): boolean {
    const range = this.free[this.indexBehind(base + start) - 1];
    return range !== undefined && base + end <= range.end;
  }

  /** The first free range that begins behind this address. */
  private indexBehind(at: number): number {
    let low = 0;
    let high = this.free.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.free[middle]!.start <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private take({ start, end }: Range): void {
    const index = this.indexBehind(start) - 1;
    const range = this.free[index]!;
    const left = [
      { start: range.start, end: start },
      { start: end, end: range.end },
    ].filter((part) => part.start < part.end);
    this.free.splice(index, 1, ...left);
    this.peak = Math.max(this.peak, end);
  }

  /** Takes exactly this range; false: it is not free. */
  claim(range: Range): boolean {
    if (range.end > this.limit || !this.isFree(range.start, { start: 0, end: range.end - range.start })) return false;
    this.take(range);
    return true;
  }

  /** Gives back what was given out, or a part of it. */
  release({ start, end }: Range): void {
    const index = this.indexBehind(start);
    const [before, behind] = [this.free[index - 1], this.free[index]];
    if ((before && before.end > start) || (behind && behind.start < end)) {
      throw new Error(`linker: ${start} to ${end} is free already`);
    }
    const joinsBefore = before?.end === start;
    const joinsBehind = behind?.start === end;
    const range = { start: joinsBefore ? before.start : start, end: joinsBehind ? behind.end : end };
    const from = joinsBefore ? index - 1 : index;
    this.free.splice(from, (joinsBefore ? 1 : 0) + (joinsBehind ? 1 : 0), range);
  }

  /** The end of the highest range ever given out. */
  get peakBytes(): number {
    return this.peak;
  }

  /** The end of the highest range that is in use. */
  get endBytes(): number {
    const last = this.free.at(-1);
    return last && last.end === this.limit ? last.start : this.limit;
  }

  get freeBytes(): number {
    return this.free.reduce((sum, { start, end }) => sum + end - start, 0);
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

  release(freed: readonly Slot[]): void {
    for (const slot of freed) this.free.push(slot);
    this.free.sort((a, b) => b - a);
    // What is free at the end is not counted, so that what was tried in vain leaves no trace.
    let atEnd = 0;
    while (this.free[atEnd] === this.next - 1) {
      atEnd++;
      this.next--;
    }
    this.free.splice(0, atEnd);
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

/** Where symbols lie, by name, where the last one ends, and how far the GOT reaches down from the base. */
export interface SymbolLayout {
  readonly symbols: readonly (readonly [name: string, offset: number])[];
  readonly end: number;
  readonly gotBytes: number;
}

/** Places for symbols, from a start upwards. */
class Places {
  /** In rising order; neighbours that are free are one. */
  private readonly free: Range[] = [];
  private endOffset: number;

  constructor(end: number) {
    this.endOffset = end;
  }

  /** Behind the last place that is taken. */
  get end(): number {
    return this.endOffset;
  }

  /** The smallest range that is large enough, so that large ones stay whole. */
  take(sizeBytes: number): number {
    let best = -1;
    let bestBytes = Number.POSITIVE_INFINITY;
    for (const [index, { start, end }] of this.free.entries()) {
      if (end - start < sizeBytes || end - start >= bestBytes) continue;
      best = index;
      bestBytes = end - start;
    }
    const range = this.free[best];
    if (!range) {
      this.endOffset += sizeBytes;
      return this.endOffset - sizeBytes;
    }
    const rest = { start: range.start + sizeBytes, end: range.end };
    this.free.splice(best, 1, ...(rest.start < rest.end ? [rest] : []));
    return range.start;
  }

  /** What is free at the end is not part of the table, so that what was tried and taken back leaves no trace. */
  giveBack(start: number, end: number): void {
    const behind = this.free.findIndex((range) => range.start > start);
    const index = behind < 0 ? this.free.length : behind;
    const [before, after] = [this.free[index - 1], this.free[index]];
    const joinsBefore = before?.end === start;
    const joinsAfter = after?.start === end;
    const range = { start: joinsBefore ? before.start : start, end: joinsAfter ? after.end : end };
    this.free.splice(joinsBefore ? index - 1 : index, (joinsBefore ? 1 : 0) + (joinsAfter ? 1 : 0), range);
    if (this.free.at(-1)?.end === this.endOffset) this.endOffset = this.free.pop()!.start;
  }
}

interface SymbolEntry {
  readonly offset: ArenaOffset;
  readonly sizeBytes: number;
  uses: number;
}

/**
 * Offsets of symbols, in every arena the same, for as long as any generation names the symbol: GOT entries below the base,
 * all others behind the header. Code that was compiled once can therefore be kept, wherever the arena lies and whatever
 * else changes.
 */
export class SymbolTable {
  private readonly entries = new Map<string, SymbolEntry>();
  private readonly data: Places;
  /** In bytes below the base. */
  private readonly got: Places;
  private readonly known: ReadonlyMap<string, number>;

  /**
   * `layout`: where another table has had its symbols, which they get here too. Symbols that it did not have get no place
   * of their own, but the one behind the last.
   */
  constructor(layout: SymbolLayout = { symbols: [], end: SYMBOLS_START, gotBytes: 0 }) {
    this.known = new Map(layout.symbols);
    this.data = new Places(layout.end);
    this.got = new Places(layout.gotBytes);
  }

  /** Counts one more use of a symbol, of `sizeBytes` bytes in the arena if it is no GOT entry, and gives its offset. */
  retain(name: string, sizeBytes = SYMBOL_BYTES): ArenaOffset {
    let entry = this.entries.get(name);
    if (!entry) {
      const size = isGotEntry(name) ? GOT_ENTRY_BYTES : align(sizeBytes, SYMBOL_BYTES);
      const offset = this.known.size > 0 ? this.placeBefore(name) : this.take(name, size);
      entry = { offset: arenaOffset(offset), sizeBytes: size, uses: 0 };
      this.entries.set(name, entry);
    }
    entry.uses++;
    return entry.offset;
  }

  private take(name: string, sizeBytes: number): number {
    return isGotEntry(name) ? -(this.got.take(sizeBytes) + sizeBytes) : this.data.take(sizeBytes);
  }

  private placeBefore(name: string): number {
    return this.known.get(name) ?? (isGotEntry(name) ? -(this.got.end + GOT_ENTRY_BYTES) : this.data.end);
  }

  release(name: string): void {
    const entry = this.entries.get(name);
    if (!entry) throw new Error(`linker: no symbol ${name}`);
    if (--entry.uses > 0) return;
    this.entries.delete(name);
    const { offset, sizeBytes } = entry;
    if (isGotEntry(name)) this.got.giveBack(-offset - sizeBytes, -offset);
    else this.data.giveBack(offset, offset + sizeBytes);
  }

  /** `null`: nothing names it. */
  offsetOf(name: string): ArenaOffset | null {
    return this.entries.get(name)?.offset ?? null;
  }

  /** The offset behind the last symbol. */
  get endOffset(): number {
    return this.data.end;
  }

  /** How far the GOT reaches down from the base. */
  get gotBytes(): number {
    return this.got.end;
  }

  get size(): number {
    return this.entries.size;
  }

  get layout(): SymbolLayout {
    const symbols = [...this.entries].map(([name, { offset }]) => [name, offset] as const);
    return { symbols, end: this.endOffset, gotBytes: this.gotBytes };
  }
}
