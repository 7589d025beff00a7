/** What a session is given, and what it answers with. */

import type { CarryLimits } from '../linker/limits.ts';
import type { SwapReport } from '../protocol/compile.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import type { GenerationBatch, NewArenaBatch } from '../protocol/generation.ts';
import type { Generation } from '../protocol/units.ts';
import type { Emitter } from './objects.ts';
import type { PatchCompilerOptions } from './patchCompiler.ts';

export interface SessionOptions extends PatchCompilerOptions {
  /** Length of the transition from one generation to the next. */
  readonly fadeFrames: number;
  /** Whether batches carry compiled modules, or bytes for browsers that cannot post modules. */
  readonly postsModules: boolean;
  /** Generations are counted from the next number on; 0 if not given. */
  readonly lastGeneration?: number;
  /** Makes modules; loaded with the session if not given. */
  readonly emit?: Emitter;
  /** All the memory and table slots that the audio thread has; as many as there may be if not given. */
  readonly memoryBytes?: number;
  readonly tableSlots?: number;
  /** From which sizes on state is not copied; for tests. */
  readonly limits?: CarryLimits;
}

export interface UpdateOptions {
  /** Resets all state, even where nothing changed. */
  readonly fresh?: boolean;
  /** Which piece the text is of; that of what plays if not given. Another one starts from scratch. */
  readonly piece?: number;
  /** Waits for no beat and fades shortly: whoever goes back wants to be rid of something. */
  readonly atOnce?: boolean;
  /** The state that this function uses is reset; all of it where that is not known. */
  readonly withoutStateOf?: string | null;
}

export type UpdateResult<Batch extends GenerationBatch = NewArenaBatch> =
  /** The text has mistakes: nothing to do, what plays plays on. */
  | { readonly kind: 'rejected'; readonly diagnostics: readonly Diagnostic[] }
  /** Means the same as what plays. */
  | { readonly kind: 'unchanged'; readonly diagnostics: readonly Diagnostic[]; readonly report: SwapReport }
  /** There will be room once these generations have been given up, which are only kept. */
  | { readonly kind: 'crowded'; readonly diagnostics: readonly Diagnostic[]; readonly kept: readonly Generation[] }
  | BatchResult<Batch>;

export interface BatchResult<Batch extends GenerationBatch = GenerationBatch> {
  readonly kind: 'batch';
  readonly batch: Batch;
  /** What it was made from. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly report: SwapReport;
}
