/**
 * Who holds which bytes of the audio thread's memory. A generation holds its arena, but for holes; data that several
 * generations use where it lies is a block that stays until the last of them goes. Large arrays that frames write are
 * blocks of their own from the start (a *home*), with room behind them, so that they can grow in place. Nothing here is done by time: what is
 * released is free at once, so releasing waits for the audio thread's word.
 */

import { CELL_BYTES } from '../compiler/memoryLayout.ts';
import { ACCESS_REACH_BYTES, ARENA_ALIGNMENT_BYTES } from '../protocol/arena.ts';
import type { Address } from '../protocol/units.ts';
import { align, type Range, RangeAllocator } from './allocators.ts';

/** Bytes that several generations use. */
export interface Block extends Range {
  end: number;
  refCount: number;
  /** Some frame writes it. */
  isWritten: boolean;
  /** Not `null`: one large array has it to itself, so that it can grow where it lies. */
  readonly home: Home | null;
}

interface Home {
  /** Up to here the memory is kept free for it, as long as there is enough. */
  roomEnd: number;
  /** From this address on it was never used before. */
  cleanFrom: number;
  /** Up to which address each of its users has it. */
  readonly ends: Map<Tenancy, number>;
}

/** Whether an array can grow where it lies: if not, who is in the way. */
export type Room =
  | { readonly isFree: true; readonly block: Block }
  | { readonly isFree: false; readonly by: readonly Tenancy[] };

/** What one generation holds. */
export interface Tenancy {
  readonly address: Address;
  readonly sizeBytes: number;
  /** Offset in the arena from which on the memory was never used before. */
  readonly cleanFrom: number;
  ranges: Range[];
  readonly blocks: Set<Block>;
}

/** Room to grow into is kept as long as it is a small part of what is free. */
const MIN_FREE_PARTS = 4;

export class Arenas {
  private readonly memory: RangeAllocator;
  private readonly wholeBytes: number;
  private readonly homes = new Set<Block>();

  /** From `start` up to `limitBytes`. */
  constructor(start: number, limitBytes: number) {
    this.memory = new RangeAllocator(start, limitBytes);
    this.wholeBytes = this.memory.freeBytes;
  }

  /**
   * An arena of which the parts in `holes` (in offsets, rising) belong to others or to nobody, with `gotBytes` in front of
   * it. `null`: there is no room.
   */
  place(sizeBytes: number, holes: readonly Range[] = [], gotBytes = 0): Tenancy | null {
    const peak = this.memory.peakBytes;
    const pieces = between(holes, sizeBytes, -gotBytes);
    const placed =
      this.memory.allocate(sizeBytes, pieces) ?? this.withoutRooms(() => this.memory.allocate(sizeBytes, pieces));
    if (placed === null) return null;
    const { address, ranges } = placed;
    const cleanFrom = Math.min(sizeBytes, Math.max(0, peak - address));
    return { address, sizeBytes, cleanFrom, ranges, blocks: new Set() };
  }

  /** Memory for one large array, with as much again to grow into where that can be had. `null`: there is none. */
  home(sizeBytes: number): Block | null {
    const peak = this.memory.peakBytes;
    const withRoom =
      2 * sizeBytes <= this.memory.freeBytes / MIN_FREE_PARTS ? this.memory.allocate(2 * sizeBytes) : null;
    const placed =
      withRoom ?? this.memory.allocate(sizeBytes) ?? this.withoutRooms(() => this.memory.allocate(sizeBytes));
    if (placed === null) return null;
    const [{ start, end: roomEnd }] = placed.ranges as [Range];
    const home = { roomEnd, cleanFrom: Math.min(roomEnd, Math.max(start, peak)), ends: new Map<Tenancy, number>() };
    const block = { start, end: align(start + sizeBytes, ARENA_ALIGNMENT_BYTES), refCount: 0, isWritten: true, home };
    this.homes.add(block);
    return block;
  }

  /** Gives back a home that nobody has moved into. */
  abandon(block: Block): void {
    this.free(block);
  }

  /** A generation uses a home up to this address. Returns from where on the memory was never used before. */
  occupy(block: Block, tenancy: Tenancy, end: number): number {
    use(tenancy, block, true, end);
    const { home } = block;
    if (home === null) return end;
    const { cleanFrom } = home;
    home.cleanFrom = Math.max(cleanFrom, block.end);
    return cleanFrom;
  }

  /** The block that has the byte at this address, of those that the owner uses. */
  blockAt(owner: Tenancy, at: number): Block | null {
    return [...owner.blocks].find(({ start, end }) => start <= at && at < end) ?? null;
  }

  /** Whether what the owner has up to `end` can be had up to `newEnd`; what is free there is kept free for it. */
  roomBehind(owner: Tenancy, end: number, newEnd: number): Room {
    const block = [...owner.blocks].find(({ home }) => home?.ends.get(owner) === end);
    if (!block?.home) return { isFree: false, by: [] };
    const { home } = block;
    const by = [...home.ends].filter(([other, otherEnd]) => other !== owner && otherEnd > end).map(([other]) => other);
    if (by.length > 0) return { isFree: false, by };
    const wanted = align(newEnd, ARENA_ALIGNMENT_BYTES);
    if (wanted > home.roomEnd) {
      if (!this.memory.claim({ start: home.roomEnd, end: wanted })) return { isFree: false, by: [] };
      home.roomEnd = wanted;
    }
    return { isFree: true, block };
  }

  /** What is only kept free is given up where memory is short. */
  private withoutRooms<Result>(retry: () => Result | null): Result | null {
    let hasAny = false;
    for (const block of this.homes) {
      if (block.home === null || block.home.roomEnd === block.end) continue;
      this.memory.release({ start: block.end, end: block.home.roomEnd });
      block.home.roomEnd = block.end;
      hasAny = true;
    }
    return hasAny ? retry() : null;
  }

  private free(block: Block): void {
    this.memory.release({ start: block.start, end: block.home?.roomEnd ?? block.end });
    this.homes.delete(block);
  }

  /** Makes what lies at these addresses common to the owner and another generation. */
  share(owner: Tenancy, start: number, end: number, other: Tenancy, isWritten: boolean): void {
    const from = start - (start % ARENA_ALIGNMENT_BYTES);
    const to = align(end, ARENA_ALIGNMENT_BYTES);
    for (const block of owner.blocks) if (block.start < to && block.end > from) use(other, block, isWritten, end);
    const left: Range[] = [];
    for (const range of owner.ranges) {
      const block = {
        start: Math.max(range.start, from),
        end: Math.min(range.end, to),
        refCount: 1,
        isWritten,
        home: null,
      };
      if (block.start >= block.end) {
        left.push(range);
        continue;
      }
      if (range.start < block.start) left.push({ start: range.start, end: block.start });
      if (block.end < range.end) left.push({ start: block.end, end: range.end });
      owner.blocks.add(block);
      use(other, block, isWritten, end);
    }
    owner.ranges = left;
  }

  release(tenancy: Tenancy): void {
    for (const range of tenancy.ranges) this.memory.release(range);
    for (const block of tenancy.blocks) {
      block.home?.ends.delete(tenancy);
      if (--block.refCount === 0) this.free(block);
    }
    tenancy.ranges = [];
    tenancy.blocks.clear();
  }

  /** The end of the highest range ever given out. */
  get peakBytes(): number {
    return this.memory.peakBytes;
  }

  get usedBytes(): number {
    return this.wholeBytes - this.memory.freeBytes;
  }

  /** The end of the highest range that is in use. */
  get endBytes(): number {
    return this.memory.endBytes;
  }
}

function use(tenancy: Tenancy, block: Block, isWritten: boolean, end: number): void {
  block.isWritten ||= isWritten;
  if (block.home !== null) {
    block.end = Math.max(block.end, align(end, ARENA_ALIGNMENT_BYTES));
    block.home.ends.set(tenancy, Math.max(end, block.home.ends.get(tenancy) ?? 0));
  }
  if (tenancy.blocks.has(block)) return;
  tenancy.blocks.add(block);
  block.refCount++;
}

/**
 * What is not in the holes, in pieces that begin and end at multiples of the alignment; the last one has no such end. Each
 * piece keeps some bytes of the hole behind it, since code may reach that far beyond an object in the piece.
 */
function between(holes: readonly Range[], sizeBytes: number, begin: number): Range[] {
  const pieces: Range[] = [];
  let start = begin;
  for (const hole of holes) {
    const from = align(hole.start + ACCESS_REACH_BYTES + CELL_BYTES, ARENA_ALIGNMENT_BYTES);
    const to = hole.end - (hole.end % ARENA_ALIGNMENT_BYTES);
    if (to <= from) continue;
    if (from > start) pieces.push({ start, end: from });
    start = to;
  }
  if (start < sizeBytes) pieces.push({ start, end: sizeBytes });
  return pieces;
}
