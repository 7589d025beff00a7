/**
 * What is reported while a patch plays: meters, the running code, what happened to it, and what went wrong. In:
 * events of the worker and the processor. Out: the model's figures and code; what else they mean goes to the status and
 * the history. Main thread.
 */

import { effect } from '@preact/signals';
import type { Meter } from '../engine/sound.ts';
import { clockMs } from '../protocol/clock.ts';
import type { CodeEvent, WorkerToMain } from '../protocol/compile.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import type { ControlBoard } from './controlBoard.ts';
import { Load, type SoundTimes } from './load.ts';
import { problemOfRunning } from './messages.ts';
import type { Model, Problem } from './model.ts';
import type { PlaybackHistory } from './playbackHistory.ts';
import type { SampleShelf } from './sampleShelf.ts';
import type { Status } from './status.ts';

export interface WatchParts {
  readonly model: Pick<
    Model,
    | 'state'
    | 'generation'
    | 'problems'
    | 'load'
    | 'underruns'
    | 'reductionDb'
    | 'dcOffset'
    | 'beat'
    | 'host'
    | 'code'
    | 'events'
  >;
  readonly status: Pick<Status, 'found' | 'offsetEnded'>;
  readonly history: Pick<PlaybackHistory, 'of' | 'text' | 'rolledBack'>;
  readonly readText: () => string;
  /** How often the output ran dry since it was made; null where the browser does not say. */
  readonly readUnderruns: () => number | null;
  readonly soundTimes: () => SoundTimes;
  readonly board: Pick<ControlBoard, 'declare'>;
  readonly samples?: Pick<SampleShelf, 'wanted'>;
}

/** Events shown in the log. */
const MAX_KEPT_EVENTS = 100;

export class Watch {
  readonly #parts: WatchParts;
  /** The generation it was reported for. */
  #nonFiniteSaid: number | null = null;
  readonly #load = new Load();
  /** How often the output had run dry when the sound began. */
  #underrunsBefore: number | null = null;

  constructor(parts: WatchParts) {
    this.#parts = parts;
    const { state, load, underruns, reductionDb, dcOffset, beat } = parts.model;
    effect(() => {
      if (state.value === 'playing' || state.value === 'held') return;
      this.#load.reset();
      this.#underrunsBefore = null;
      load.value = null;
      underruns.value = null;
      reductionDb.value = 0;
      dcOffset.value = 0;
      beat.value = null;
    });
  }

  /** What the worker found out about a generation. */
  costTold(cost: Extract<WorkerToMain, { kind: 'cost' }>): void {
    this.#load.told(cost);
  }

  metered(meter: Meter): void {
    const { nonFiniteFrom, dcOffset, reductionDb, beat, bpm } = meter;
    const { model, status, soundTimes } = this.#parts;
    // The last one may arrive after the sound has stopped.
    if (model.state.value === 'playing' || model.state.value === 'held') {
      model.load.value = this.#load.next(meter, soundTimes());
      model.underruns.value = this.#underruns();
      model.reductionDb.value = reductionDb;
      model.dcOffset.value = dcOffset;
      model.beat.value = { position: beat, bpm, atMs: clockMs() };
    }
    if (dcOffset === 0) status.offsetEnded();
    if (nonFiniteFrom === null || nonFiniteFrom === this.#nonFiniteSaid) return;
    this.#nonFiniteSaid = nonFiniteFrom;
    // What plays by now may be the text in which it is put right.
    if (nonFiniteFrom !== model.generation.value) return;
    // The worker may have reported it already, and knows more.
    if (!model.problems.value.some(({ code }) => code === 'not-finite')) status.found({ kind: 'not finite' });
  }

  /** Since the sound began; a new output, which counts from 0, resets it. */
  #underruns(): number | null {
    const now = this.#parts.readUnderruns();
    if (now === null) return null;
    this.#underrunsBefore = Math.min(now, this.#underrunsBefore ?? now);
    return now - this.#underrunsBefore;
  }

  /** The running code, unit by unit. */
  codeChanged({ generation, rows, beatsPerBar, piece, host }: Extract<WorkerToMain, { kind: 'code' }>): void {
    const { model, history, board } = this.#parts;
    board.declare(host.controls, piece);
    model.host.value = host;
    void this.#parts.samples?.wanted(host.samples);
    model.code.value = { rows, text: history.of(generation) ?? history.text ?? '', beatsPerBar };
  }

  handleEvent(events: readonly CodeEvent[]): void {
    const { model } = this.#parts;
    model.events.value = [...model.events.value, ...events].slice(-MAX_KEPT_EVENTS);
  }

  /** Something was found out about the patch that plays; it keeps playing. */
  noticed({ generation, diagnostic }: Extract<WorkerToMain, { kind: 'noticed' }>): void {
    const { model, status } = this.#parts;
    if (generation !== model.generation.value) return;
    const problem = this.#locate(generation, diagnostic);
    status.found({ kind: 'noticed', problem }, problem);
  }

  /** What played has stopped because of a mistake; the version before it plays again. */
  trapped({ generation, fallback, diagnostic }: Extract<WorkerToMain, { kind: 'trapped' }>): void {
    const { status, history } = this.#parts;
    const problem = this.#locate(generation, diagnostic);
    status.found({ kind: 'trapped', problem, fallback }, problem);
    history.rolledBack(generation, fallback);
  }

  #locate(generation: number, diagnostic: Diagnostic): Problem {
    const { history, readText } = this.#parts;
    return problemOfRunning(diagnostic, history.of(generation) ?? '', readText());
  }
}
