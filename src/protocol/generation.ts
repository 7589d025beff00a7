/**
 * What one edit becomes for the audio thread: modules to instantiate, the image of the new arena, and the plan by which
 * live state is copied. Everything is decided in the worker (addresses, slots, bytes); the audio thread only carries it
 * out.
 */

import type { Address, ArenaOffset, Generation, Slot } from './units.ts';

/** One module of a batch. `code` is a compiled module where the browser can post one, bytes otherwise. */
export interface BatchModule {
  readonly code: WebAssembly.Module | Uint8Array<ArrayBuffer>;
  /** Values of the immutable i32 globals that the module imports from `IMPORTS.SYMBOLS`, by name. */
  readonly symbols: Readonly<Record<string, number>>;
  /** Which exported function goes into which slot. */
  readonly exports: readonly { readonly name: string; readonly slot: Slot }[];
}

/** A run of bytes of the new arena's image; what no segment covers is zero. */
export interface ImageSegment {
  readonly offset: ArenaOffset;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * What is copied from the live arena to the new one at the commit. `copies` holds triples (from, to, sizeBytes), each
 * an offset from its own arena's base. `pointers` holds pairs (from, to) of i32 fields that point at objects; the old
 * value is looked up in `objects`, which holds triples (oldStart, oldEnd, newStart) sorted by oldStart; pointers that
 * are not found there keep their new value.
 */
export interface CopyPlan {
  readonly copies: Int32Array<ArrayBuffer>;
  readonly pointers: Int32Array<ArrayBuffer>;
  readonly objects: Int32Array<ArrayBuffer>;
}

/**
 * How one generation follows another. `cut`: at once, when nothing is heard or nothing played. `fade`: both sound for
 * `fadeFrames`. `offset`: the old one stops, and the step between the two is removed by an offset that decays over
 * `fadeFrames`; for when both together would take too long, or share memory that both write.
 */
export type Transition = 'cut' | 'fade' | 'offset';

export interface GenerationBatch {
  readonly generation: Generation;
  /**
   * The generation whose state the plan copies: the one that is live when this one commits. `null`: none, start from
   * scratch.
   */
  readonly from: Generation | null;
  /** The memory must have at least this many bytes before the image is written. */
  readonly memoryBytes: number;
  /** The table must have at least this many slots before modules are instantiated. */
  readonly tableSlots: number;
  readonly modules: readonly BatchModule[];
  readonly arena: {
    readonly address: Address;
    readonly sizeBytes: number;
    /** From this offset on the memory was never used: it is zero. If absent, all of it must be cleared. */
    readonly cleanFrom?: ArenaOffset;
  };
  readonly image: readonly ImageSegment[];
  /**
   * Pairs (start, end) of offsets in the arena that are neither cleared nor written: they belong to other generations.
   */
  readonly holes: Int32Array<ArrayBuffer>;
  /** The kept generation whose arena this one adopts as it is: there is no image, and nothing is cleared. */
  readonly reinstates: Generation | null;
  readonly plan: CopyPlan;
  /** Slot of the `RenderFunction`. */
  readonly render: Slot;
  /** Length of the transition from the previous generation, in frames; 0 switches at once. */
  readonly fadeFrames: number;
  readonly transition: Transition;
  /** Commits at the first frame that is a multiple of this (a fraction is allowed), rounded up; 0: as soon as it can. */
  readonly quantumFrames: number;
  /** In the test run it took far less than real time: if it is late, the machine is busy with other things. */
  readonly isLight?: boolean;
}
