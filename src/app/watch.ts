/**
 * What comes by itself while a patch plays: meters, the code that runs, what happened to it, and what went wrong. In:
 * events of the worker and the processor. Out: the model, and marks in the code. Main thread.
 */

import type { Meter } from '../engine/sound.ts';
import type { CodeEvent, WorkerToMain } from '../protocol/compile.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import type { CodeView } from './conductor.ts';
import type { Model, Problem } from './model.ts';
import type { Played } from './played.ts';
import { dcMessage, NOT_FINITE, noticeMessage, problemOfRunning, trapMessage } from './words.ts';

export interface WatchParts {
  readonly model: Model;
  readonly played: Played;
  readonly readText: () => string;
  readonly code: Pick<CodeView, 'showProblems'>;
}

/** As many as one looks back at. */
const MAX_KEPT_EVENTS = 100;

export class Watch {
  readonly #parts: WatchParts;
  /** Whether it was said, since there was none. */
  #isDcSaid = false;
  /** The generation of which it was said. */
  #nonFiniteSaid: number | null = null;

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  metered({ load, nonFinite, dcOffset, reductionDb, generation }: Meter): void {
    const { model } = this.#parts;
    // The last one may come after the sound has ended.
    if (model.state.value === 'playing' || model.state.value === 'held') {
      model.load.value = load;
      model.reductionDb.value = reductionDb;
      model.dcOffset.value = dcOffset;
    }
    if (dcOffset === 0) this.#isDcSaid = false;
    else if (!this.#isDcSaid && model.message.value === null) {
      this.#isDcSaid = true;
      model.message.value = dcMessage(dcOffset);
    }
    if (nonFinite === 0 || generation === this.#nonFiniteSaid) return;
    this.#nonFiniteSaid = generation;
    // The worker may have told of it already, and knows more.
    if (model.problems.value.some(({ code }) => code === 'not-finite')) return;
    model.message.value = NOT_FINITE;
  }

  /** The newest swap is compiled, and waits in the processor for its beat or bar. */
  waiting(): void {
    const { model } = this.#parts;
    const { quantise } = model.settings.value;
    model.compiling.value = false;
    model.waiting.value = quantise === 'off' ? 'beat' : quantise;
  }

  /** What runs now, unit by unit. */
  codeChanged({ generation, rows }: Extract<WorkerToMain, { kind: 'code' }>): void {
    const { model, played } = this.#parts;
    model.code.value = { rows, text: played.of(generation) ?? played.text ?? '' };
  }

  happened(events: readonly CodeEvent[]): void {
    const { model } = this.#parts;
    model.events.value = [...model.events.value, ...events].slice(-MAX_KEPT_EVENTS);
  }

  /** Something was found out about what plays; it plays on. */
  noticed({ generation, diagnostic }: Extract<WorkerToMain, { kind: 'noticed' }>): void {
    const { model } = this.#parts;
    if (generation === model.generation.value) model.message.value = noticeMessage(this.#mark(generation, diagnostic));
  }

  /** What played has ended by a mistake, and what it took the place of plays again. */
  trapped({ generation, fallback, diagnostic }: Extract<WorkerToMain, { kind: 'trapped' }>): void {
    const { model, played } = this.#parts;
    model.message.value = trapMessage(fallback, this.#mark(generation, diagnostic));
    model.generation.value = fallback;
    played.rolledBack(generation, fallback);
  }

  /** What played is with another worker, or in another output, under this number now. */
  resumed(generation: number, text: string): void {
    const { model, played } = this.#parts;
    played.resumed(generation, text);
    model.generation.value = generation;
  }

  #mark(generation: number, diagnostic: Diagnostic): Problem {
    const { model, played, code, readText } = this.#parts;
    const problem = problemOfRunning(diagnostic, played.of(generation) ?? '', readText());
    model.problems.value = [problem];
    code.showProblems([problem]);
    return problem;
  }
}
