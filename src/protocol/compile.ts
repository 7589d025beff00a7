/** The boundary between the main thread and the compiler worker. Requests carry an id; the newest one wins. */

import type { Diagnostic } from './diagnostic.ts';
import type { Generation } from './units.ts';

/** What an update of the running patch did, for people and tests. Units and variables are named by lexical path. */
export interface SwapReport {
  /** Units compiled anew for this edit. */
  readonly changed: readonly string[];
  /** Units that kept their object, module and slot. */
  readonly kept: readonly string[];
  readonly removed: readonly string[];
  /** Variables and arrays whose live value goes on. */
  readonly stateKept: readonly string[];
  /** Variables and arrays that begin anew: new ones, edited initial values, changed types. */
  readonly stateReset: readonly string[];
  /** Bytes of WebAssembly in the batch. */
  readonly batchBytes: number;
  readonly fadeFrames: number;
}

/** Main thread → worker. */
export type MainToWorker =
  /** First message. `port` leads to the processor. */
  | { readonly kind: 'connect'; readonly port: MessagePort; readonly sampleRate: number }
  /** Compile this text and swap it in. A request that waits is replaced by a newer one. */
  | { readonly kind: 'update'; readonly id: number; readonly text: string };

/** Worker → main thread. */
export type WorkerToMain =
  /** The compiler has loaded. */
  | { readonly kind: 'ready'; readonly postsModules: boolean }
  /** Has errors: nothing was sent to the processor, the sound goes on. */
  | { readonly kind: 'rejected'; readonly id: number; readonly diagnostics: readonly Diagnostic[] }
  /** A newer request took its place before it was looked at. */
  | { readonly kind: 'superseded'; readonly id: number }
  /** Means the same as what plays: no generation was made. */
  | {
      readonly kind: 'unchanged';
      readonly id: number;
      readonly generation: Generation;
      readonly diagnostics: readonly Diagnostic[];
    }
  /** Plays since `frame`. `compileMs`: from the request to the batch sent. */
  | {
      readonly kind: 'committed';
      readonly id: number;
      readonly generation: Generation;
      readonly frame: number;
      readonly compileMs: number;
      readonly diagnostics: readonly Diagnostic[];
      readonly report: SwapReport;
      readonly arenaBytes: number;
      readonly slots: number;
      readonly modules: number;
    }
  /** Something that compiled went wrong while it played, or could not be taken by the processor. */
  | {
      readonly kind: 'trapped';
      readonly generation: Generation;
      readonly fallback: Generation | null;
      readonly diagnostic: Diagnostic;
    };
