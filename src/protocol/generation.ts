/**
 * What one edit becomes for the audio thread: modules to instantiate, the image of the new arena, and the plan by which
 * live state is copied. Everything is decided in the worker (addresses, slots, bytes); the audio thread only carries it
 * out.
 */

import type { HostInputs } from './hostInputs.ts';
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
  /** Delay lines that get another length, RING_WORDS each (see RING); after all copies. */
  readonly rings: Int32Array<ArrayBuffer>;
  /**
   * Triples (offset in the new arena, length, old length): f64 indices into arrays that are shorter now. After all else, those
   * from the length to below the old length are taken modulo the length.
   */
  readonly fits: Int32Array<ArrayBuffer>;
}

/**
 * Words of an entry in `CopyPlan.rings`. The head of a ring is where its next element goes; it is read from a cell of the old
 * arena, since nobody but the live generation knows it.
 */
export const RING = {
  /** Offsets of the elements. */
  FROM: 0,
  TO: 1,
  /** Lengths of both rings, at least 1, and the size of an element: 1, 2, 4 or 8. */
  OLD_LENGTH: 2,
  NEW_LENGTH: 3,
  ELEMENT_BYTES: 4,
  /** Offset in the old arena of what the old head is read from, and what is added to it: 0 or 1. */
  OLD_CURSOR: 5,
  OLD_MORE: 6,
  /** Offset in the new arena of the cursor that is set; NO_POINTER: it is a count, which is kept. */
  NEW_CURSOR: 7,
  /** Offset in the old arena of that count. */
  COUNT: 8,
  NEW_MORE: 9,
  /**
   * Bits of RING_FLAGS: cursors that are integers and not f64, and rings whose elements follow one another from the end of the
   * array to its start.
   */
  FLAGS: 15,
  /** Whether it is to be copied before the commit, but for what is written meanwhile. */
  IS_AHEAD: 10,
  /** Room for how far that has got: both heads, or -1; elements that are in place; elements that were written since. */
  OLD_HEAD: 11,
  NEW_HEAD: 12,
  DONE: 13,
  WRITTEN: 14,
} as const;
export const RING_WORDS = 16;
export const RING_FLAGS = { OLD_IS_INT32: 1, NEW_IS_INT32: 2, OLD_RUNS_DOWN: 4, NEW_RUNS_DOWN: 8 } as const;

/** Words of an entry in `CopyPlan.fits`. */
export const FIT_WORDS = 3;

/** No field ever holds this. */
export const NO_POINTER = -(2 ** 31);

/**
 * Set in the old offset of an entry in `CopyPlan.pointers`: there is a box of eight bytes, whose lower half is a pointer if its
 * upper half is a `POINTER_TAG`, and which is copied as it is if not.
 */
export const BOXED = 1;
/** Upper halves of boxes that hold a string, and of those that hold an object, of the first kind to the last. */
export const POINTER_TAGS = { STRING: 0x7ffc0004, FIRST_OBJECT: 0x7ffc0006, LAST_OBJECT: 0x7ffc0009 } as const;

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
  /** Commits in the first frame of a beat whose number is a multiple of this; 0: as soon as it can. */
  readonly quantumBeats: number;
  /** Beats are counted as if this had been the tempo since it changed last; 0: by the tempo of what plays. */
  readonly quantumBpm: number;
}

interface AnyBatch extends Appointment {
  readonly generation: Generation;
  /**
   * The generation whose state the plan copies: the one that is live when this one commits. `null`: none, start from
   * scratch.
   */
  readonly from: Generation | null;
  /** The memory must have at least this many bytes before anything is written. */
  readonly memoryBytes: number;
  /** The table must have at least this many slots before modules are instantiated. */
  readonly tableSlots: number;
  readonly arena: {
    readonly address: Address;
    readonly sizeBytes: number;
    /** The GOT in front of the address, which the image writes as a whole. */
    readonly gotBytes: number;
    /** From this offset on the memory was never used: it is zero. If absent, all of it must be cleared. */
    readonly cleanFrom?: ArenaOffset;
  };
  readonly plan: CopyPlan;
  /** Offset of the f64 that says its tempo, in beats per minute, once the plan is carried out; `null`: it has none. */
  readonly bpmOffset: ArenaOffset | null;
  /** What the host writes and reads in the arena; absent: nothing. */
  readonly inputs?: HostInputs;
  /** Slot of the `RenderFunction`. */
  readonly render: Slot;
  /** In the test run it took far less than real time: if it is late, the machine is busy with other things. */
  readonly hasHeadroom?: boolean;
  /** What is reinstated cannot run its code of tier 2 with the state that it gets, if it has any. */
  readonly demotes?: boolean;
}

/** A generation with an arena of its own, which is made from an image. */
export interface NewArenaBatch extends AnyBatch {
  readonly reinstates: null;
  readonly modules: readonly BatchModule[];
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
}

/** A kept generation comes back, under a new number: its arena and its code are there as they are. */
export interface ReinstatingBatch extends AnyBatch {
  readonly reinstates: Generation;
}

export type GenerationBatch = NewArenaBatch | ReinstatingBatch;

/**
 * Code of tier 2 for a generation that plays: the same arena, the same state, the same samples. Between two blocks it takes
 * the place of `render`; the code of tier 1 stays where it is, to go back to.
 */
export interface Promotion {
  readonly generation: Generation;
  /** Only where modules can be posted: bytes would have to be compiled, and would be cold. Exports one function. */
  readonly module: WebAssembly.Module;
  /** Values of the immutable i32 globals that the module imports from `IMPORTS.SYMBOLS`, by name. */
  readonly symbols: Readonly<Record<string, number>>;
  /** The name of the `RenderFunction`. */
  readonly render: string;
  /**
   * What the code takes for granted of state that it did not see: runs of (offset, count, then so many values of which that
   * word must hold one), at most MAX_CHECK_WORDS words. Looked at when the code is to run on state that came from elsewhere.
   */
  readonly checks: Int32Array<ArrayBuffer>;
}

/** Some 4 µs. */
export const MAX_CHECK_WORDS = 2048;
