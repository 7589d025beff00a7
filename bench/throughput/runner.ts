/** What is measured: something that renders blocks, and where it comes from. Node and browser alike. */

export const SAMPLE_RATE = 48_000;
export const BLOCK_FRAMES = 128;

/** A patch of the benchmark. */
export interface Kernel {
  readonly name: string;
  readonly text: string;
  /** Whether there is the same in C, Faust and AssemblyScript. */
  readonly hasPeers: boolean;
}

/** One of the ways to play a kernel. */
export interface Runner {
  /** Renders the next block of 128 frames. */
  run(): void;
  /** The same, into two arrays. */
  read(left: Float64Array, right: Float64Array): void;
}

/** Columns of the table, in their order. */
export const COLUMNS = ['tier 2', 'tier 1', 'JavaScript', 'C', 'C, SIMD', 'Faust', 'AssemblyScript'] as const;
export type Column = (typeof COLUMNS)[number];

/** A way that is there, or why it is not. */
export type Made = Runner | { readonly missing: string };

export const isThere = (made: Made | undefined): made is Runner => made !== undefined && 'run' in made;
