/**
 * A memory with places for arenas, and canaries all around them. In: patterns for the canaries, and the ranges that may be
 * written. Out: the first byte that somebody wrote who must not. Tests only.
 *
 *   canaries │ place 0 │ canaries │ place 1 │ canaries │ …
 *
 * Between two runs every byte is its canary, those of the places as well: what an arena does not take up of its place
 * belongs to nobody.
 */

import { PAGE_BYTES } from '../../protocol/arena.ts';

/** Bytes from `start` to before `end`. */
export interface Owned {
  readonly start: number;
  readonly end: number;
}

export interface GuardedMemoryOptions {
  readonly places: number;
  /** A multiple of 64 KiB. */
  readonly placeBytes: number;
  /** Size of the canaries in front of, between and behind the places; a multiple of 64 KiB. */
  readonly guardBytes?: number;
}

/** Writes canaries all over a memory. */
export type CanaryPattern = (words: Int32Array) => void;

/** Seen as pointers or lengths these are far out of any memory: what follows one traps, or counts as negative. */
export const farCanaries: CanaryPattern = (words) => {
  for (let n = 0; n < words.length; n++) words[n] = 0xa5a50000 | ((n * 0x9e37) & 0xffff);
};

/** Seen as pointers or lengths these are harmless: what follows one gets somewhere, and continues unnoticed. */
export const nearCanaries: CanaryPattern = (words) => {
  for (let n = 0; n < words.length; n++) words[n] = 64 + ((n * 24) & 0x1ff8);
};

export class GuardedMemory {
  readonly memory: WebAssembly.Memory;
  readonly placeBytes: number;
  /** Where the places begin. */
  readonly places: readonly number[];
  private readonly painted = new Map<CanaryPattern, Uint8Array>();
  private canaries: Uint8Array;
  private readonly bytes: Uint8Array;

  constructor({ places, placeBytes, guardBytes = PAGE_BYTES }: GuardedMemoryOptions) {
    this.placeBytes = placeBytes;
    const strideBytes = placeBytes + guardBytes;
    this.places = Array.from({ length: places }, (_, n) => guardBytes + n * strideBytes);
    const pages = (guardBytes + places * strideBytes) / PAGE_BYTES;
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    this.bytes = new Uint8Array(this.memory.buffer);
    this.canaries = this.bytes;
    this.paint(farCanaries);
  }

  /** Fills the whole memory. */
  paint(pattern: CanaryPattern): void {
    let canaries = this.painted.get(pattern);
    if (!canaries) {
      canaries = new Uint8Array(this.bytes.length);
      pattern(new Int32Array(canaries.buffer));
      this.painted.set(pattern, canaries);
    }
    this.canaries = canaries;
    this.bytes.set(canaries);
  }

  /** Puts the canaries back over these ranges. */
  restore(owned: readonly Owned[]): void {
    for (const { start, end } of owned) this.bytes.set(this.canaries.subarray(start, end), start);
  }

  /** The first byte outside of these ranges, which rise, that is not as it was; -1: there is none. */
  firstStrayByte(owned: readonly Owned[]): number {
    let from = 0;
    for (const { start, end } of [...owned, { start: this.bytes.length, end: this.bytes.length }]) {
      const now = this.bytes.subarray(from, start);
      const before = this.canaries.subarray(from, start);
      if (Buffer.compare(now, before) !== 0) return from + now.findIndex((byte, index) => byte !== before[index]);
      from = end;
    }
    return -1;
  }
}
