/**
 * Who holds which bytes of the audio thread's memory. A generation holds its arena, but for holes; data that several
 * generations use where it lies is a block that stays until the last of them goes. Nothing here is done by time: what is
 * released is free at once, so releasing waits for the audio thread's word.
 */

import { CELL_BYTES } from '../compiler/memoryLayout.ts';
import { ACCESS_REACH_BYTES, ARENA_ALIGNMENT_BYTES } from '../protocol/arena.ts';
import type { Address } from '../protocol/units.ts';
import { align, type Range, RangeAllocator } from './allocators.ts';

/** Bytes that several generations use. */
export interface Block extends Range {
  users: number;
  /** Some frame writes it. */
  isWritten: boolean;
}

/** What one generation holds. */
export interface Tenancy {
  readonly address: Address;
  readonly sizeBytes: number;
  /** Offset in the arena from which on the memory was never used before. */
  readonly cleanFrom: number;
  ranges: Range[];
  readonly blocks: Set<Block>;
}

export class Arenas {
  private readonly memory: RangeAllocator;
  private readonly wholeBytes: number;

  /** From `start` up to `limitBytes`. */
  constructor(start: number, limitBytes: number) {
    this.memory = new RangeAllocator(start, limitBytes);
    this.wholeBytes = this.memory.freeBytes;
  }

  /**
   * An arena of which the parts in `holes` (in offsets, rising) belong to others or to nobody. `null`: there is no room.
   */
  place(sizeBytes: number, holes: readonly Range[] = []): Tenancy | null {
    const peak = this.memory.peakBytes;
    const pieces = between(holes, sizeBytes);
    const placed = this.memory.allocate(sizeBytes, pieces);
    if (placed === null) return null;
    const { address, ranges } = placed;
    const cleanFrom = Math.min(sizeBytes, Math.max(0, peak - address));
    return { address, sizeBytes, cleanFrom, ranges, blocks: new Set() };
  }

  /** Makes what lies at these addresses common to the owner and another generation. */
  share(owner: Tenancy, start: number, end: number, other: Tenancy, isWritten: boolean): void {
    const from = start - (start % ARENA_ALIGNMENT_BYTES);
    const to = align(end, ARENA_ALIGNMENT_BYTES);
    for (const block of owner.blocks) if (block.start < to && block.end > from) use(other, block, isWritten);
    const left: Range[] = [];
    for (const range of owner.ranges) {
      const block = { start: Math.max(range.start, from), end: Math.min(range.end, to), users: 1, isWritten };
      if (block.start >= block.end) {
        left.push(range);
        continue;
      }
      if (range.start < block.start) left.push({ start: range.start, end: block.start });
      if (block.end < range.end) left.push({ start: block.end, end: range.end });
      owner.blocks.add(block);
      use(other, block, isWritten);
    }
    owner.ranges = left;
  }

  release(tenancy: Tenancy): void {
    for (const range of tenancy.ranges) this.memory.release(range);
    for (const block of tenancy.blocks) if (--block.users === 0) this.memory.release(block);
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

function use(tenancy: Tenancy, block: Block, isWritten: boolean): void {
  block.isWritten ||= isWritten;
  if (tenancy.blocks.has(block)) return;
  tenancy.blocks.add(block);
  block.users++;
}

/**
 * What is not in the holes, in pieces that begin and end at multiples of the alignment; the last one has no such end. Each
 * piece keeps some bytes of the hole behind it, since code may reach that far beyond an object in the piece.
 */
function between(holes: readonly Range[], sizeBytes: number): Range[] {
  const pieces: Range[] = [];
  let start = 0;
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
