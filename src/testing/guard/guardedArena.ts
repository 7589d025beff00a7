/**
 * One arena in a guarded memory, brought to life as the shadow and the loader do it, and watched: what of its own header
 * only the host may set, its GOT and its constant texts have to stay as they were. In: a linked draft, its
 * functions in the table, a place. Out: samples, how it stopped, and what it broke. Tests only.
 */

import type { Linker } from '../../linker/linker.ts';
import type { Draft } from '../../linker/linkTypes.ts';
import { bpmOffsetOf } from '../../linker/tempo.ts';
import {
  ACCESS_REACH_BYTES,
  DEFAULT_BPM,
  GOT_ENTRY_BYTES,
  HEADER,
  NULL_GUARD_BYTES,
  type RenderFunction,
  SCRATCH_BYTES,
  SYMBOLS_START,
} from '../../protocol/arena.ts';
import type { GuardedMemory, Owned } from './guardedMemory.ts';

export type Initialiser = (base: number, environment: number) => void;

/** What is linked and in the table. */
export interface Runnable {
  readonly draft: Draft;
  readonly offsets: Pick<Linker, 'offsetOf'>;
  readonly initialisers: readonly Initialiser[];
  readonly render: RenderFunction;
}

/** How an arena begins, beside what its code makes of it. */
export interface ArenaSetting {
  /** What the heap is filled with before anything is made there: code must not rely on what it finds. */
  readonly heapByte: number;
  readonly sampleRate: number;
}

/** Where code stopped: the trap site it left in the header, if any. */
export interface ArenaTrap {
  readonly isTopLevel: boolean;
  /** The frame that was not finished; 0 at the top level. */
  readonly frame: number;
  readonly trapSymbol: number;
  readonly trapSite: number;
  readonly reason: string;
  readonly stack: string;
}

const TOP_LEVEL_FUEL = 2 ** 31 - 1;
const BLOCK_FUEL = 2 ** 27;
/** The second tier gives itself four times as much. */
export const SECOND_TIER_FUEL = 4 * BLOCK_FUEL;
const RANDOM_SEED = 1;
/** Header fields that nobody uses: gaps, and what is below any pointer. */
const UNUSED: readonly (readonly [start: number, end: number])[] = [
  [0, NULL_GUARD_BYTES],
  [HEADER.TRAP_SITE + 4, HEADER.SAMPLE_RATE],
  [HEADER.RANDOM_STATE + 4, HEADER.FRAME_LEFT],
  [HEADER.REACHABLE_COUNT, HEADER.BEAT_FRAME + 8],
  [HEADER.GOT_ENTRIES + 4, HEADER.OUTPUT_LEFT],
  [HEADER.REACHABLE, SYMBOLS_START],
];

export class GuardedArena {
  readonly base: number;
  readonly left: number[] = [];
  readonly right: number[] = [];
  /** `null`: it has not stopped. */
  trap: ArenaTrap | null = null;
  private readonly runnable: Runnable;
  private readonly guarded: GuardedMemory;
  private readonly view: DataView;
  private sizeBytes: number;
  /** The entries as the host has set them. */
  private readonly got: Uint8Array;
  private heapEnd = 0;
  /** Where what code may allocate and point at ends. */
  private limit = 0;
  private frame = 0;
  private bpmSet = 0;

  constructor(guarded: GuardedMemory, place: number, runnable: Runnable, { heapByte, sampleRate }: ArenaSetting) {
    this.guarded = guarded;
    const { draft } = runnable;
    this.base = guarded.places[place]! + draft.gotBytes;
    this.runnable = runnable;
    this.view = new DataView(guarded.memory.buffer);
    this.sizeBytes = guarded.placeBytes - draft.gotBytes;
    const bytes = new Uint8Array(guarded.memory.buffer);
    bytes.fill(0, this.owned.start, this.base + draft.heapStart);
    bytes.fill(heapByte, this.base + draft.heapStart, this.base + this.sizeBytes);
    this.setInt(HEADER.HEAP_POINTER, draft.heapStart);
    this.setLimit(this.sizeBytes - SCRATCH_BYTES - ACCESS_REACH_BYTES);
    this.setInt(HEADER.GOT_ENTRIES, draft.gotBytes / GOT_ENTRY_BYTES);
    this.setInt(HEADER.FUEL, TOP_LEVEL_FUEL);
    this.setInt(HEADER.FUEL_PER_BLOCK, BLOCK_FUEL);
    this.setInt(HEADER.RANDOM_STATE, RANDOM_SEED);
    this.view.setFloat64(this.base + HEADER.SAMPLE_RATE, sampleRate, true);
    for (const { offset, value } of draft.words) this.setInt(offset, value);
    this.got = this.gotNow();
  }

  /** What the arena may write. */
  get owned(): Owned {
    return { start: this.base - this.runnable.draft.gotBytes, end: this.base + this.sizeBytes };
  }

  /** The bytes of the arena as they are. */
  get bytes(): Uint8Array {
    return new Uint8Array(this.guarded.memory.buffer).slice(this.base, this.base + this.sizeBytes);
  }

  /** The same as a copy of its own, to be handed on. */
  get image(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.bytes);
  }

  /** What variables and the heap hold. */
  get state(): Uint8Array {
    return new Uint8Array(this.guarded.memory.buffer).slice(this.base + SYMBOLS_START, this.base + this.heapEnd);
  }

  /** Runs the top level and makes the arena as small as the audio thread's is. */
  runTopLevel(): void {
    try {
      for (const run of this.runnable.initialisers) run(this.base, 0);
    } catch (thrown) {
      this.trap = this.readTrap(thrown, true);
      return;
    }
    this.heapEnd = this.int(HEADER.HEAP_POINTER);
    const scratchBytes = this.runnable.draft.input.allocatesPerFrame ? SCRATCH_BYTES : 0;
    const whole = this.owned;
    this.sizeBytes = this.heapEnd + scratchBytes + ACCESS_REACH_BYTES;
    this.guarded.restore([{ start: this.owned.end, end: whole.end }]);
    this.setInt(HEADER.SCRATCH_START, this.heapEnd);
    this.setLimit(this.heapEnd + scratchBytes);
    this.setInt(HEADER.FUEL, 0);
    this.bpmSet = this.bpm;
    this.view.setFloat64(this.base + HEADER.BPM, this.bpmSet, true);
  }

  private get bpm(): number {
    const { draft, offsets } = this.runnable;
    const image = new Uint8Array(this.guarded.memory.buffer, this.base, this.sizeBytes);
    const offset = bpmOffsetOf({ draft, image }, offsets);
    return offset === null ? DEFAULT_BPM : this.view.getFloat64(this.base + offset, true);
  }

  /** Renders a block, unless it has stopped. */
  render(frames: number): void {
    if (this.trap) return;
    let rendered = frames;
    try {
      this.runnable.render(this.base, frames);
    } catch (thrown) {
      this.trap = this.readTrap(thrown, false);
      rendered = Math.max(0, Math.min(frames, this.trap.frame - this.frame));
    }
    this.frame += rendered;
    for (let n = 0; n < rendered; n++) {
      this.left.push(this.view.getFloat64(this.base + HEADER.OUTPUT_LEFT + 8 * n, true));
      this.right.push(this.view.getFloat64(this.base + HEADER.OUTPUT_RIGHT + 8 * n, true));
    }
  }

  /** Parts of its own arena that it changed and must not have; `null`: none. `blockFuel`: what a block began with. */
  brokenInside(sampleRate: number, blockFuel = BLOCK_FUEL): string | null {
    for (const [start, end] of UNUSED) {
      for (let at = start; at < end; at++) {
        if (this.view.getUint8(this.base + at) !== 0) return `byte ${at} of the header, which is not used, was written`;
      }
    }
    const isTop = this.trap?.isTopLevel ?? false;
    const expected: readonly (readonly [name: string, offset: number, value: number])[] = [
      ['HEAP_LIMIT', HEADER.HEAP_LIMIT, this.limit],
      ['POINTER_LIMIT', HEADER.POINTER_LIMIT, this.limit - SYMBOLS_START],
      ['GOT_ENTRIES', HEADER.GOT_ENTRIES, this.runnable.draft.gotBytes / GOT_ENTRY_BYTES],
      ['SCRATCH_START', HEADER.SCRATCH_START, isTop ? 0 : this.heapEnd],
      ['FUEL_PER_BLOCK', HEADER.FUEL_PER_BLOCK, BLOCK_FUEL],
    ];
    for (const [name, offset, value] of expected) {
      if (this.int(offset) !== value) return `${name} is ${this.int(offset)} instead of ${value}`;
    }
    const rate = this.view.getFloat64(this.base + HEADER.SAMPLE_RATE, true);
    if (rate !== sampleRate) return `SAMPLE_RATE is ${rate} instead of ${sampleRate}`;
    const frame = this.view.getFloat64(this.base + HEADER.CURRENT_FRAME, true);
    if (frame !== this.frame) return `CURRENT_FRAME is ${frame} instead of ${this.frame}`;
    if (!this.trap && this.int(HEADER.TRAP_SYMBOL) !== 0) return 'TRAP_SYMBOL is set, and nothing trapped';
    if (this.bpmSet !== this.view.getFloat64(this.base + HEADER.BPM, true)) return 'BPM is not what was set';
    const fuel = this.int(HEADER.FUEL);
    if (fuel > (isTop ? TOP_LEVEL_FUEL : blockFuel)) return `FUEL is ${fuel}, more than was given`;
    const heap = this.int(HEADER.HEAP_POINTER);
    if (heap < this.runnable.draft.heapStart || heap > this.limit) return `HEAP_POINTER is ${heap}`;
    if (Buffer.compare(this.gotNow(), this.got) !== 0) return 'an entry of the GOT was written';
    for (const { offset, value } of this.runnable.draft.words) {
      if (this.int(offset) !== value)
        return `the constant word at ${offset} is ${this.int(offset)} instead of ${value}`;
    }
    return null;
  }

  private gotNow(): Uint8Array {
    return new Uint8Array(this.guarded.memory.buffer).slice(this.owned.start, this.base);
  }

  private readTrap(thrown: unknown, isTopLevel: boolean): ArenaTrap {
    return {
      isTopLevel,
      frame: this.view.getFloat64(this.base + HEADER.CURRENT_FRAME, true),
      trapSymbol: this.int(HEADER.TRAP_SYMBOL),
      trapSite: this.int(HEADER.TRAP_SITE),
      reason: thrown instanceof Error ? thrown.message : String(thrown),
      stack: thrown instanceof Error ? (thrown.stack ?? '') : '',
    };
  }

  private setLimit(limit: number): void {
    this.limit = limit;
    this.setInt(HEADER.HEAP_LIMIT, limit);
    this.setInt(HEADER.POINTER_LIMIT, limit - SYMBOLS_START);
  }

  private int(offset: number): number {
    return this.view.getInt32(this.base + offset, true);
  }

  private setInt(offset: number, value: number): void {
    this.view.setInt32(this.base + offset, value, true);
  }
}
