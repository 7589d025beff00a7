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

/** The bytes of the new arena that are not zero, in one buffer, which is transferred. */
export interface ArenaImage {
  /** Pairs (offset from the arena's base, sizeBytes), multiples of four. What no run covers is zero. */
  readonly runs: Int32Array<ArrayBuffer>;
  /** The bytes of all runs, one run behind the other. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * What goes over from the live arena to the new one, in two phases. Offsets are from each arena's own base; data that was
 * adopted may lie below it.
 *
 * Before the commit, over as many blocks as it takes, while the live generation plays on: `ahead` is copied, and pointers
 * are translated. At the commit: `copies` are made, which therefore name all of `ahead` that may have been written
 * meanwhile, and pointers that have changed since are translated again.
 */
export interface CopyPlan {
  /** Triples (from, to, sizeBytes) for before the commit. Only into an arena that nothing has played on. */
  readonly ahead: Int32Array<ArrayBuffer>;
  /** Triples (from, to, sizeBytes) for the commit. */
  readonly copies: Int32Array<ArrayBuffer>;
  /**
   * Quadruples (from, to, NO_POINTER, NO_POINTER): i32 fields that point at objects, and room for what is found before the
   * commit: the old value and the new one.
   */
  readonly pointers: Int32Array<ArrayBuffer>;
  /** Triples (oldStart, oldEnd, newStart) by oldStart, to translate pointers by. What is not found keeps its new value. */
  readonly objects: Int32Array<ArrayBuffer>;
}

/** No field ever holds this. */
export const NO_POINTER = -(2 ** 31);

/** Words of an entry in `CopyPlan.pointers`. */
export const POINTER_WORDS = 4;

/**
 * How one generation follows another. `cut`: at once, when nothing is heard or nothing played. `fade`: both sound for
 * `fadeFrames`. `offset`: the old one stops, and the step between the two is removed by an offset that decays over
 * `fadeFrames`; for when both together would take too long, or share memory that both write.
 */
export type Transition = 'cut' | 'fade' | 'offset';

/** When and how a generation follows what plays. */
export interface Appointment {
  /** Length of the transition from the previous generation, in frames; 0 switches at once. */
  readonly fadeFrames: number;
  readonly transition: Transition;
  /** Commits at the first frame that is a multiple of this (a fraction is allowed), rounded up; 0: as soon as it can. */
  readonly quantumFrames: number;
}

export interface GenerationBatch extends Appointment {
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
  readonly image: ArenaImage;
  /**
   * Pairs (start, end) of offsets in the arena that are neither cleared nor written: they belong to other generations.
   */
  readonly holes: Int32Array<ArrayBuffer>;
  /**
   * Data of this generation that lies outside of its arena and begins with the image: triples (start, end, cleanFrom) of
   * offsets from the base. From `cleanFrom` on the memory was never used before.
   */
  readonly outside: Int32Array<ArrayBuffer>;
  /** The kept generation whose arena this one adopts as it is: there is no image, and nothing is cleared. */
  readonly reinstates: Generation | null;
  readonly plan: CopyPlan;
  /** Slot of the `RenderFunction`. */
  readonly render: Slot;
  /** In the test run it took far less than real time: if it is late, the machine is busy with other things. */
  readonly isLight?: boolean;
}
