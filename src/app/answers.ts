/** What who evaluates or undoes is told, which is also what `window.segue` gives. Types only. */

import type { PlayState, Problem, Swap } from './model.ts';

export interface Evaluation {
  /** Whether the text was compiled and is what plays, or will play. */
  readonly ok: boolean;
  /** The generation that is playing; null before the first. */
  readonly generation: number | null;
  readonly diagnostics: readonly Problem[];
  /** From the call to the answer that the generation is committed. */
  readonly latencyMs: number;
  /** What the swap did; null if there was none. */
  readonly swap: Swap | null;
}

export interface Undone {
  /** Whether the version that was asked for plays; false when there is none. */
  readonly ok: boolean;
  readonly generation: number | null;
  /** The text that is playing; null if that is not known. */
  readonly text: string | null;
  readonly latencyMs: number;
  readonly swap: Swap | null;
}

/** The counters of `window.segue.stats()`. */
export interface Stats {
  readonly state: PlayState;
  readonly generation: number | null;
  readonly tier: 1 | 2;
  /** Fraction of real time that rendering takes; 0 while nothing plays. */
  readonly load: number;
  /** Times the output ran dry; null where the browser does not say. */
  readonly underruns: number | null;
  readonly arenaBytes: number;
  readonly slots: number;
  /** The limiter's gain reduction in the last quarter of a second, in dB, 0 or above. */
  readonly reductionDb: number;
  /** The constant offset that was removed in that time, as a fraction of full scale; 0 if there was none. */
  readonly dcOffset: number;
  /** `currentBeat` up to a quarter of a second ago; null while nothing plays. */
  readonly beat: number | null;
}
