/**
 * The boundary between the compiler worker and the audio processor (a direct MessagePort), and between the main thread
 * and the processor (the AudioWorkletNode's port). Every message is an event: nobody waits for an answer on the audio thread.
 */

import type { Appointment, CopyPlan, GenerationBatch, Promotion, Transition } from './generation.ts';
import type { TimedEvent } from './hostEvents.ts';
import type { Look, Seen } from './look.ts';
import type { PrintedWords } from './printed.ts';
import type { Generation, Slot } from './units.ts';

/** The `reason` of a trap that is none: the generation makes only samples that are not finite. */
export const NON_FINITE = 'its samples are not finite numbers';
/** Nor is this one: from the start the generation needed more than real time. */
export const TOO_SLOW = 'it takes more time than there is';
/** Why it stops when it runs out of fuel after blocks that took more than theirs, too: it is slow, and not endless. */
export const OVER_BUDGET = 'it does more work than there is time for, block after block';

/** Worker → processor. */
export type WorkerToProcessor =
  /** Stage this batch over the next blocks and commit it at a block boundary. At most one is under way at a time. */
  | { readonly kind: 'batch'; readonly batch: GenerationBatch; readonly inherits?: Inheritance }
  /** This batch, if it is not committed yet, is to follow what plays in another way: the settings have changed. */
  | {
      readonly kind: 'appoint';
      readonly generation: Generation;
      readonly appointment: Appointment;
    }
  /** Take back this batch if it is not committed yet, which `refused` then says; otherwise nothing. */
  | { readonly kind: 'withdraw'; readonly generation: Generation }
  /**
   * How state goes from `from` back to `to`, which is kept, should `from` trap. `demotes`: with that state `to` cannot run its
   * code of tier 2, if it has any.
   */
  | {
      readonly kind: 'rollbackPlan';
      readonly from: Generation;
      readonly to: Generation;
      readonly plan: CopyPlan;
      readonly demotes?: boolean;
    }
  /** Other code for what plays: answered by `promoted` or `notPromoted`. A second one for the same generation is ignored. */
  | { readonly kind: 'promote'; readonly promotion: Promotion }
  /** Retire these kept generations: their memory is needed. */
  | { readonly kind: 'drop'; readonly generations: readonly Generation[] }
  /** Empty these slots: no generation uses them any more. */
  | { readonly kind: 'release'; readonly slots: readonly Slot[] }
  /**
   * Asks what plays and what became of a batch: answered by `status`. Ports keep the order, so the answer is
   * conclusive.
   */
  | { readonly kind: 'status'; readonly serial: number }
  /** Answered by `seen` once blocks have been rendered, unless a newer one comes before. */
  | { readonly kind: 'look'; readonly look: Look }
  /** A tiny compiled module, to find out whether modules can be posted here; answered by `probed`. */
  | { readonly kind: 'probe'; readonly module: WebAssembly.Module };

/** State of what the previous worker left behind, which plays until this worker's first batch commits. */
export interface Inheritance {
  /** The generation of the previous worker; nothing is copied if another one plays. */
  readonly generation: Generation;
  /** From its arena to that of the batch, which is in another memory. */
  readonly plan: CopyPlan;
}

/** Processor → worker. */
export type ProcessorToWorker =
  /**
   * First message: all the memory and table slots there are. Neither grows while playing. `leftBehind`: what the
   * previous worker left playing.
   */
  | {
      readonly kind: 'connected';
      readonly memoryBytes: number;
      readonly tableSlots: number;
      readonly leftBehind: Generation | null;
    }
  | { readonly kind: 'probed' }
  /**
   * `playing`: what is heard, or would be; before this worker's first commit it is what the previous worker left behind.
   * `staged`: the batch that is not committed yet, and `waitFrames` the frames until it may commit; null where that is not known.
   * `held`: what is fading out, and what is retained for undo. `tier`: of the code that plays. `promoting`: whose code of
   * tier 2 is not in place yet.
   */
  | {
      readonly kind: 'status';
      readonly serial: number;
      readonly playing: Generation | null;
      readonly staged: Generation | null;
      readonly waitFrames: number | null;
      readonly held: readonly Generation[];
      readonly isFading: boolean;
      readonly frame: number;
      readonly tier: 1 | 2;
      readonly promoting: Generation | null;
    }
  /** To a `look`. */
  | { readonly kind: 'seen'; readonly seen: Seen }
  /** The generation runs its code of tier 2 since this frame. */
  | { readonly kind: 'promoted'; readonly generation: Generation; readonly frame: number }
  /** It runs its code of tier 1: that of tier 2 was not taken, or was left with the state that came back. */
  | {
      readonly kind: 'notPromoted';
      readonly generation: Generation;
      readonly reason: 'gone' | 'state' | 'failed';
      readonly detail?: string;
    }
  /** The generation produced its first NaN or infinite sample. */
  | { readonly kind: 'nonFinite'; readonly generation: Generation; readonly frame: number }
  /** The generation takes this fraction of real time, more than all of it, and there is nothing to go back to. */
  | { readonly kind: 'slow'; readonly generation: Generation; readonly load: number }
  /** The batch plays since this frame (the first frame of its fade). `transition`: the one that was used. */
  | {
      readonly kind: 'committed';
      readonly generation: Generation;
      readonly frame: number;
      readonly transition: Transition;
      /** No state was copied, because what played produced NaN or infinite samples. */
      readonly isStateLost?: boolean;
    }
  /** The generation plays alone: its fade is over, and what it replaced is kept or retired. */
  | { readonly kind: 'settled'; readonly generation: Generation; readonly frame: number }
  /** No block uses this generation any more: its arena and what only it used may be reused. */
  | { readonly kind: 'retired'; readonly generation: Generation; readonly frame: number }
  /** The batch could not be staged; the previous generation keeps playing. Its arena and slots may be reused. */
  | { readonly kind: 'refused'; readonly generation: Generation; readonly reason: string }
  /** A generation trapped while it played; `fallback` plays instead, silence if null. */
  | {
      readonly kind: 'trapped';
      readonly generation: Generation;
      readonly fallback: Generation | null;
      readonly trapSymbol: number;
      readonly trapSite: number;
      readonly frame: number;
      readonly reason: string;
      /** Where it happened, as the engine prints it; empty if it does not say. */
      readonly stack: string;
      /** What the indices are that its batch names in `CopyPlan.fits`, in their order; absent: there are none. */
      readonly indices?: readonly number[];
      /** For a generation that was too slow: the fraction of real time that it took. */
      readonly load?: number;
    };

/** Main thread → processor. */
export type MainToProcessor =
  /** The compiler worker's port. `memoryBytes`: all the memory that it needs; as much as there can be if not given. */
  | { readonly kind: 'connect'; readonly port: MessagePort; readonly memoryBytes?: number }
  /** Start or stop rendering, with a short ramp. Time (`currentFrame`) stands still while stopped. */
  | { readonly kind: 'run'; readonly running: boolean }
  /** The context does not run: nothing is heard until the next block, which begins with the ramp of a start. */
  | { readonly kind: 'interrupted' }
  /** The last `meter` was read: the next one may be sent, so that they do not pile up in a sleeping page. */
  | { readonly kind: 'meterRead' }
  /** The same for the last `probes`. */
  | { readonly kind: 'probesRead' }
  /** Record the next frames (at most MAX_RECORD_FRAMES) of what is really played. */
  | { readonly kind: 'record'; readonly id: number; readonly frames: number }
  /** Empty blocks, of one length, for what is played from now on. Without any nothing is taped; each comes back in a `taped`. */
  | { readonly kind: 'tape'; readonly blocks: readonly TapeBlock[] }
  /** Whether somebody wants each block as soon as it is full; at first nobody does. */
  | { readonly kind: 'tapeLive'; readonly isLive: boolean }
  /** Send what has been taped: answered by a `taped` with this serial, which what is played later follows. */
  | { readonly kind: 'cutTape'; readonly serial: number }
  /** Something happens to the patch that plays. */
  | { readonly kind: 'event'; readonly event: TimedEvent }
  /** Whether `probes` are to be sent. */
  | { readonly kind: 'watchProbes'; readonly isOn: boolean }
  /** Switches the limiter; it is on at first. */
  | { readonly kind: 'limiter'; readonly isOn: boolean }
  /** Answered by `pong` at once: is the audio thread still there? */
  | { readonly kind: 'ping'; readonly serial: number }
  /** Nothing is played from here on, and nothing is taken but a `ping`. */
  | { readonly kind: 'end' }
  /**
   * For tests, and sent by nothing else: the next block throws, or never ends. `injected` says that it is about to, so
   * that no test believes in a fault that did not happen.
   */
  | { readonly kind: 'inject'; readonly fault: 'throw' | 'endless' };

/** A stretch of what was played: the left channel in the first half, the right one in the second. */
export type TapeBlock = Float32Array<ArrayBuffer>;
/** Rounded to whole frames; a message has at most as many. */
export const TAPE_BLOCKS_PER_SECOND = 10;

/** What was played since the last such message; time that stood still is not in it. */
export interface Taped {
  readonly kind: 'taped';
  readonly blocks: readonly TapeBlock[];
  /** Frames in the last block, if that is not full; the others are. */
  readonly lastFrames: number | null;
  /** Frames right before the first block that are missing, since there was no block for them. */
  readonly lostFrames: number;
  /** Number of the `cutTape` that this answers. */
  readonly cut: number | null;
}

/** Recordings under way at a time have no more frames together: ten minutes at 48 kHz, stereo, 230 MB. */
export const MAX_RECORD_FRAMES = 28_800_000;
/** Nor are there more of them. */
export const MAX_RECORDINGS = 16;

/**
 * Processor → main thread. A message is made on the audio thread, and there is no other garbage there, so there are few: at
 * most MAX_MESSAGES_PER_SECOND, and one answer for each question.
 */
export type ProcessorToMain =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'pong'; readonly serial: number }
  | { readonly kind: 'injected'; readonly fault: 'throw' | 'endless' }
  /** Something threw that must not: the processor is silent from here on, and takes no more messages. */
  | { readonly kind: 'failed'; readonly reason: string }
  | {
      readonly kind: 'recorded';
      readonly id: number;
      readonly left: Float32Array<ArrayBuffer>;
      readonly right: Float32Array<ArrayBuffer>;
    }
  /** There was no room for the recording. */
  | { readonly kind: 'unrecorded'; readonly id: number; readonly reason: string }
  | Taped
  /** About four times a second while running and while each is answered by `meterRead`. */
  | {
      readonly kind: 'meter';
      /** Fraction of real time that rendering took, 0 to 1 and above, by a coarse clock: at most so much more (worklets/loadMeter.ts). */
      readonly load: number;
      readonly loadTolerance: number;
      /** What was done meanwhile by the code that plays, in units of fuel, and its tier; 0: it has only begun. */
      readonly workPerFrame: number;
      readonly tier: 1 | 2;
      /** Samples that were not finite since the last meter message, and the newest generation that made any. */
      readonly nonFinite: number;
      readonly nonFiniteFrom: Generation | null;
      /**
       * The largest constant offset in magnitude, with its sign, that the sound had since the last meter message and that
       * is taken out; 0 when it has none.
       */
      readonly dcOffset: number;
      /** Largest gain reduction by the limiter since the last meter message, in dB, 0 or above. */
      readonly reductionDb: number;
      /** `currentBeat` in `frame`, and the beats per minute since. */
      readonly beat: number;
      readonly bpm: number;
      readonly frame: number;
      readonly generation: Generation | null;
      /** What it has printed since the last meter. */
      readonly printed?: PrintedWords;
    }
  /**
   * For each probe of the generation that plays, in its order: the last value, the least and the largest since the last message, Infinity
   * and -Infinity where it saw none. Some sixteen times a second while they are watched and while each is answered by `probesRead`.
   */
  | { readonly kind: 'probes'; readonly generation: Generation; readonly values: Float64Array<ArrayBuffer> };

/** Meters, what probes see, recordings that are full, and blocks of tape while somebody wants each (otherwise a tenth of them). */
export const METERS_PER_SECOND = 4;
export const PROBES_PER_SECOND = 16;
export const RECORDINGS_PER_SECOND = 8;
export const MAX_MESSAGES_PER_SECOND =
  METERS_PER_SECOND + PROBES_PER_SECOND + RECORDINGS_PER_SECOND + TAPE_BLOCKS_PER_SECOND;

/** The name under which the processor registers itself. */
export const PROCESSOR_NAME = 'segue';
