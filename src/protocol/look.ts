/**
 * A look into the arena that plays, between two blocks: for watched variables and for the profile. Asked by the worker, which
 * gives the room for the answer, so that the audio thread allocates nothing; each is answered once, or replaced by a newer one.
 */

import type { Generation } from './units.ts';

/** A watch and a copy do not replace each other. */
export type LookPurpose = 'watch' | 'copy';

export interface Look {
  readonly serial: number;
  readonly purpose: LookPurpose;
  /** Nothing is read if another one plays. */
  readonly generation: Generation;
  /** So many frames are looked on, whole blocks; the answer comes at the end of the last. */
  readonly frames: number;
  /** Offsets of f64 cells from the base of the arena, of which the least and the largest value at the ends of blocks are wanted. */
  readonly cells: Int32Array<ArrayBuffer>;
  /** The least and the largest of each; Infinity and -Infinity as it is sent, and where there was no number. */
  readonly extremes: Float64Array<ArrayBuffer>;
  /** Pairs (offset, size in bytes) of what is copied at the end. */
  readonly ranges: Int32Array<ArrayBuffer>;
  /** Takes the bytes of all ranges one after the other. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The same buffers, filled. */
export interface Seen {
  readonly serial: number;
  readonly purpose: LookPurpose;
  /** Whether that generation played; nothing was read otherwise. */
  readonly isThere: boolean;
  /** The frame at the end of the last block. */
  readonly frame: number;
  readonly extremes: Float64Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** More cells, or ranges, than these are not looked at. */
export const MAX_LOOK_CELLS = 16;
export const MAX_LOOK_RANGES = 1024;
/** A block copies no more than this; what is larger is copied over several blocks, and is of several moments then. */
export const LOOK_BYTES_PER_BLOCK = 2 ** 19;
