/**
 * Where a patch spends its time. From the worker to the page. Counted, not timed: the instructions that run are weighed by what
 * they cost (src/compiler/countWork.ts), over a stretch that a copy of the running patch plays in the worker.
 */

export interface UnitShare {
  /** As in `CodeRow`. */
  readonly unit: string;
  /** Its part of all work, 0 to 1: what its own functions do, without what they call. */
  readonly share: number;
  /** Calls of its functions in a frame. */
  readonly calls: number;
}

export interface LineShare {
  /** From 1, in `Profile.text`. */
  readonly line: number;
  /** Its part of all work, 0 to 1: what the line does, with what it calls of the library, and without what it calls of the patch. */
  readonly share: number;
  /** How often what begins there runs in a frame. */
  readonly runs: number;
}

export interface Profile {
  /** The text that plays. */
  readonly text: string;
  /** Over so many frames. */
  readonly frames: number;
  /** The dearest first; the shares of all come to 1. */
  readonly units: readonly UnitShare[];
  /** In the order of the text. */
  readonly lines: readonly LineShare[];
  /** What the host and the library do ahead of each frame, such as smoothing controls: no line's. */
  readonly outside: number;
}

/** `none`: why there is no profile. */
export type Profiled = Profile | { readonly none: string };
