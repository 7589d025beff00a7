/** The boundary between the main thread and the compiler worker. Requests carry an id; the newest one wins. */

import type { HostDeclarations, MovedControl } from './controls.ts';
import type { Diagnostic, Span } from './diagnostic.ts';
import type { Transition } from './generation.ts';
import type { AnswerTo, Question } from './language.ts';
import type { Evaluated } from './peek.ts';
import type { Profiled } from './profile.ts';
import type { LoadedSample } from './samples.ts';
import type { Generation, Slot } from './units.ts';
import type { Watched } from './watch.ts';

/** What an update of the running patch did, for display and tests. Units and variables are named by lexical path. */
export interface SwapReport {
  /** Units recompiled for this edit. */
  readonly changed: readonly string[];
  /** Units that kept their object, module and slot. */
  readonly kept: readonly string[];
  readonly removed: readonly string[];
  /** Variables and arrays whose live value is kept. */
  readonly stateKept: readonly string[];
  /** Variables and arrays whose value was lost. */
  readonly stateReset: readonly StateReset[];
  /** Variables and arrays that there were not before. */
  readonly stateNew: readonly string[];
  /** Sentences about indices that are kept within arrays which are shorter now; absent: there are none. */
  readonly stateFitted?: readonly string[];
  /** Bytes of WebAssembly in the batch. */
  readonly batchBytes: number;
  readonly fadeFrames: number;
  /** The transition that the batch asks for; the processor reports which one was used. */
  readonly transition: Transition;
  /** Bytes of state that are copied at the commit, and of buffers that the new generation adopts where they are. */
  readonly copiedBytes: number;
  readonly adoptedBytes: number;
}

export interface StateReset {
  /** As it reads in the text: `strings[0].strike`. */
  readonly path: string;
  /**
   * `edited`: it begins with another value. `kind`: it holds something else, or a fraction where there is an index now.
   * `ambiguous`: it may be one of several. `gone`: there is none any more. `restarted`: on purpose.
   */
  readonly reason: 'edited' | 'kind' | 'ambiguous' | 'gone' | 'restarted';
}

/** When a swap may happen: at once, or on the next beat or bar of what plays. */
export type Quantise = 'off' | 'beat' | 'bar';

/** One unit of the code that runs. */
export interface CodeRow {
  readonly unit: string;
  /** Counts the versions of the unit's code, from 1. */
  readonly version: number;
  /** The table entries of its functions. */
  readonly slots: readonly Slot[];
  readonly codeBytes: number;
  /** Bytes of the unit's variables and arrays that swaps keep. */
  readonly stateBytes: number;
  readonly tier: 1 | 2;
  /** Why it stays in tier 1, where that has been found out; absent: it may still get to tier 2. */
  readonly tierReason?: string;
  /** Its span in the text that plays; `null` for the library. */
  readonly span: Span | null;
}

/** What a frame takes of the time and of the fuel, once the engine has made the code as fast as it gets, on this machine. */
export interface Cost {
  readonly nanoseconds: number;
  readonly work: number;
}

/** What happened to a unit. `refused`: with its batch, by the processor. */
export interface CodeEvent {
  readonly kind: 'linked' | 'committed' | 'retired' | 'rolledBack' | 'refused';
  readonly generation: Generation;
  readonly row: CodeRow;
}

/** What a new worker has to know to continue where the previous one ended. */
export interface Checkpoint {
  readonly generation: Generation;
  /** The text that the generation was made from, and the piece that it is of. */
  readonly text: string;
  readonly piece: number;
  /** Offsets of the symbols in its arena, by import name, the end of the last one, and the bytes of the GOT. */
  readonly layout: {
    readonly symbols: readonly (readonly [name: string, offset: number])[];
    readonly end: number;
    readonly gotBytes: number;
  };
  readonly address: number;
  /** Data of the arena that is stored elsewhere: offsets in its image, and the address. */
  readonly regions: readonly {
    readonly start: number;
    readonly end: number;
    readonly address: number;
    readonly isState: boolean;
  }[];
  /** What it has adopted from the previous generation: pairs (start, end) of offsets in the image. */
  readonly carried: readonly number[];
  /** Length of the arena's image: another length means another layout. */
  readonly imageBytes: number;
}

/** The name of a worker that is to give up all code from earlier visits; others have none. */
export const WITHOUT_CACHE = 'without cache';

/** Main thread → worker. */
export type MainToWorker =
  /** First message, and again when the processor had to be restarted. `port` leads to the processor. */
  | {
      readonly kind: 'connect';
      readonly port: MessagePort;
      readonly sampleRate: number;
      /** Generations are numbered from here. */
      readonly lastGeneration: number;
      /** A Web Lock that the worker holds while it lives. */
      readonly lockName: string;
    }
  /** Answered by `pong` as soon as everything before it is done. */
  | { readonly kind: 'ping'; readonly serial: number }
  /** Compile this text and swap it in. A waiting request is replaced by a newer one. */
  | {
      readonly kind: 'update';
      readonly id: number;
      readonly text: string;
      /** Resets all state, even where nothing changed. */
      readonly fresh?: boolean;
      /** Which piece the text is of: another one than that which plays starts from scratch. Absent: the one that plays. */
      readonly piece?: number;
      /** A text that stopped: what this function uses is reset, all of it where that is not known. */
      readonly withoutStateOf?: string;
      /**
       * What the previous worker had sent. The one of these that plays is compiled instead of the text, and its state
       * is kept; if none does, the text itself.
       */
      readonly resume?: readonly Checkpoint[];
    }
  /**
   * Bring back what was `generation`, with the state that it has in common with what plays, at once; its text is compiled
   * again where it is no longer kept. Answered like an update; what waits for its beat is taken back.
   */
  | {
      readonly kind: 'restore';
      readonly id: number;
      readonly text: string;
      readonly generation: Generation;
      /** As in an `update`: what was another piece comes back with the state that it had. */
      readonly piece?: number;
    }
  /** What the selection or, where that is empty, the line of `place` gives. Answered by `evaluated`; nothing is swapped. */
  | { readonly kind: 'evaluate'; readonly id: number; readonly text: string; readonly place: Span }
  /**
   * Tell of the variable that is named there in this text, as far as it is one of what plays: answered by `watched`, again and
   * again, until a newer one comes or `offset` is null. Nothing is told while nothing plays.
   */
  | { readonly kind: 'watch'; readonly id: number; readonly text: string; readonly offset: number | null }
  /** Where what plays, which is of this text, spends its time. Answered by `profiled`, once; a newer one replaces it. */
  | { readonly kind: 'profile'; readonly id: number; readonly text: string }
  /** A question of the editor about a text. Answered by `answer`, behind everything that has to do with the sound. */
  | { readonly kind: 'ask'; readonly id: number; readonly text: string; readonly question: Question }
  /** The answer to that is of no use any more. */
  | { readonly kind: 'forget'; readonly id: number }
  /** For the swaps to come. `fadeMs`: 0 to 10000; 10 at first. */
  | { readonly kind: 'settings'; readonly fadeMs: number; readonly quantise: Quantise }
  /** The page has loaded: time that nobody needs may be spent on warming up and on tier 2 from now on. */
  | { readonly kind: 'spare' }
  /** A sound file that the texts to come may play; null: it is gone. */
  | { readonly kind: 'sample'; readonly name: string; readonly sample: LoadedSample | null }
  /** Controls of a piece that stand elsewhere than its text says: the texts to come are tried with these. */
  | { readonly kind: 'moved'; readonly piece: number; readonly controls: readonly MovedControl[] };

/** Worker → main thread. */
export type WorkerToMain =
  /** The compiler has loaded. */
  | { readonly kind: 'ready'; readonly postsModules: boolean }
  | { readonly kind: 'pong'; readonly serial: number }
  | { readonly kind: 'evaluated'; readonly id: number; readonly evaluated: Evaluated }
  | { readonly kind: 'watched'; readonly id: number; readonly watched: Watched }
  | { readonly kind: 'profiled'; readonly id: number; readonly profiled: Profiled }
  /** It has done what it can (src/engine/prebuiltWorker.ts): another worker is to take over what it has sent. */
  | { readonly kind: 'leaves' }
  /** To an `ask`; `null`: a newer question of its kind has taken its place, or it was given up. */
  | { readonly kind: 'answer'; readonly id: number; readonly answer: AnswerTo<Question> | null }
  /** From now on it runs code that was compiled in an earlier visit. Sent before the first of it runs. */
  | { readonly kind: 'reuses' }
  /** With each batch that is sent, for the worker that may have to take over. */
  | { readonly kind: 'checkpoint'; readonly checkpoint: Checkpoint }
  /** Has errors: nothing was sent to the processor, the sound keeps playing. */
  | { readonly kind: 'rejected'; readonly id: number; readonly diagnostics: readonly Diagnostic[] }
  /** A newer request replaced it before it was processed. */
  | { readonly kind: 'superseded'; readonly id: number }
  /**
   * Waits for the next beat or bar of what plays; an answer follows. Told again when it waits for something else. `seconds`: how long, counted from now; null where that is not known.
   */
  | {
      readonly kind: 'waiting';
      readonly id: number;
      readonly reason: 'beat' | 'bar';
      readonly seconds: number | null;
    }
  /** Means the same as what plays: no generation was made. */
  | {
      readonly kind: 'unchanged';
      readonly id: number;
      readonly generation: Generation;
      readonly diagnostics: readonly Diagnostic[];
    }
  /**
   * Plays since `frame`. `compileMs`: from the request to the batch sent. `atMs`: when that was received; see clock.ts.
   */
  | {
      readonly kind: 'committed';
      readonly id: number;
      readonly generation: Generation;
      readonly frame: number;
      readonly compileMs: number;
      readonly atMs: number;
      readonly diagnostics: readonly Diagnostic[];
      readonly report: SwapReport;
      readonly transition: Transition;
      /** The text that plays now: the requested one, or an older one that was brought back. */
      readonly text: string;
      readonly arenaBytes: number;
      readonly slots: number;
      readonly modules: number;
    }
  /** The running code, after each commit and rollback, and when another text means the same. `beatsPerBar`: null where it has no tempo that swaps wait for. */
  | {
      readonly kind: 'code';
      readonly generation: Generation;
      readonly rows: readonly CodeRow[];
      readonly beatsPerBar: number | null;
      /** Which piece it is of, and what it has to do with the world outside. */
      readonly piece: number;
      readonly host: HostDeclarations;
    }
  /** What the generation costs, in each tier for which that was measured. */
  | { readonly kind: 'cost'; readonly generation: Generation; readonly costs: Readonly<Partial<Record<1 | 2, Cost>>> }
  | { readonly kind: 'events'; readonly events: readonly CodeEvent[] }
  /** What was found out about a generation that keeps playing, such as where a NaN or infinite number came from. */
  | { readonly kind: 'noticed'; readonly generation: Generation; readonly diagnostic: Diagnostic }
  /** Compiled code failed while it played, or the processor could not accept it. */
  | {
      readonly kind: 'trapped';
      readonly generation: Generation;
      readonly fallback: Generation | null;
      readonly diagnostic: Diagnostic;
      /**
       * Set where it may have stopped because of state that it took over: the text is to be sent once more without what
       * this function uses. Empty: it is not known which one it was.
       */
      readonly tryWithoutStateOf?: string;
    };
