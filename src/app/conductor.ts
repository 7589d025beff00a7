/**
 * Evaluating, undoing and redoing: what happens when somebody types, presses a key or calls `window.segue`.
 *
 *   text ─▶ compiler ─▶ outcome ─▶ history (what plays), status (problems, message), swap, light in the code view
 *   undo, redo ─▶ a version of the history ─▶ compiler ─▶ it plays; the editor keeps the text it has
 *
 * In: wishes. Out: the model's `compiling`, `waiting` and `swap`, and results for who asked. Main thread; the compiler and
 * the sound come as what src/engine offers, the code view as what src/editor offers.
 */

import type { Compiled, CompileOutcome, UpdateOptions } from '../engine/compileClient.ts';
import { frozenBy } from '../engine/workerKeeper.ts';
import type { WorkerToMain } from '../protocol/compile.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import type { Generation } from '../protocol/units.ts';
import type { FrozenTexts } from '../share/frozenTexts.ts';
import type { Evaluation, Undone } from './answers.ts';
import { type Fact, located, NOTHING_TO_REDO, NOTHING_TO_UNDO, notRestored, problemsOf } from './messages.ts';
import type { Model, Problem, Swap } from './model.ts';
import type { Say } from './notes.ts';
import type { PlaybackHistory, Version } from './playbackHistory.ts';
import { changedLines } from './position.ts';
import type { Marks, Status } from './status.ts';
import { swapOf } from './swaps.ts';

/** What the conductor needs of the code on the page. */
export interface CodeView extends Marks {
  /** Lights up lines, from 1, both included. */
  flash(from: number, to: number): void;
}

export interface Parts {
  readonly model: Pick<Model, 'compiling' | 'waiting' | 'swap' | 'generation' | 'settings'>;
  readonly status: Pick<Status, 'answered' | 'checked'>;
  readonly history: PlaybackHistory;
  readonly compiler: {
    update(text: string, options: UpdateOptions): Promise<Compiled>;
    restore(text: string, generation: Generation, piece?: number): Promise<Compiled>;
  };
  /** What is wrong with a text, without evaluating it; `null`: there is no answer just now. */
  readonly check: (text: string) => Promise<readonly Diagnostic[] | null>;
  /** Resolves when the sound is there and the compiler is connected to it. */
  readonly sound: Promise<{ readonly sampleRate: number }>;
  readonly readText: () => string;
  /** Texts in which the audio hung. */
  readonly frozen: Pick<FrozenTexts, 'of' | 'release'>;
  readonly code: Pick<CodeView, 'flash'>;
  readonly say: Say;
  /** Milliseconds on the clock that the compiler has, too. */
  readonly now: () => number;
}

export interface EvaluateOptions {
  readonly byHand?: boolean;
  readonly fresh?: boolean;
  /** The gesture of a hand that moves a number in the text; all that it changes is one version. */
  readonly gesture?: number;
}

/** How long typing has to pause. Long enough not to evaluate every half-typed word. */
const PAUSE_MS = 250;

/** The newest request that has no answer yet. */
interface Pending {
  /** The version that is to be brought back; null: a text is evaluated. */
  readonly version: Version | null;
}

/** What came back, and what of it concerns who asked. */
interface Answer extends Compiled {
  readonly askedMs: number;
  readonly latencyMs: number;
  readonly swap: Swap | null;
  /** Whether nothing has been asked for since. */
  readonly isNewest: boolean;
}

export class Conductor {
  readonly #parts: Parts;
  #pending: Pending | null = null;
  #requestedText: string | null = null;
  /** A restart from scratch was asked for and has no answer yet: a newer text that takes its place starts from scratch as well. */
  #owesFresh = false;
  /** Which piece the text in the editor is of, and how many there have been. */
  #piece = 0;
  #pieces = 0;
  #memory = { arenaBytes: 0, slots: 0 };
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What the live generation takes: bytes of memory and entries of the table. */
  get memory(): { readonly arenaBytes: number; readonly slots: number } {
    return this.#memory;
  }

  /** Which piece the text in the editor is of. */
  get piece(): number {
    return this.#piece;
  }

  /** Another piece was put into the editor: it is no edit of what plays, which it will replace from scratch. */
  opened(): void {
    this.#piece = ++this.#pieces;
  }

  /** Compiles the text as it is now and swaps it into the sound; `fresh` resets all state. Never rejects. */
  async evaluate({ byHand = true, fresh = false, gesture }: EvaluateOptions = {}): Promise<Evaluation> {
    const { model, status, history, compiler, readText, frozen } = this.#parts;
    if (byHand) frozen.release(readText());
    else if (frozen.of(readText())) return this.#holdBack(readText());
    this.#owesFresh ||= fresh;
    const isFresh = this.#owesFresh;
    // Read once: the editor may have another one when the compiler can be asked.
    const text = readText();
    const piece = this.#piece;
    this.#requestedText = text;
    const isOtherPiece = history.piece !== null && history.piece !== piece;
    const cause = isOtherPiece ? 'another piece' : isFresh ? 'restart from scratch' : 'edit';
    const answer = await this.#ask({ version: null }, cause, () => compiler.update(text, { fresh: isFresh, piece }));
    const { outcome, answeredBy, askedMs, latencyMs, swap, isNewest } = answer;
    const problems = problemsOf(outcome, answer.text);
    const isTakenIn = outcome.kind === 'committed' || outcome.kind === 'unchanged';
    if (answeredBy === 'itself') {
      if (isNewest) {
        this.#owesFresh = false;
        if (outcome.kind !== 'failed') status.answered(factOf(outcome, problems), problems);
        // What moves under a hand needs no light.
        if (isTakenIn && gesture === undefined) this.#light(text, { byHand, isFresh: isFresh || isOtherPiece });
      }
      if (isTakenIn) {
        const hand = gesture === undefined ? {} : { gesture };
        history.evaluated(outcome.generation, text, { byHand, atMs: askedMs, piece, ...hand });
        this.#remember(outcome, swap);
      }
    }
    const ok = isTakenIn && answeredBy !== 'restore';
    return { ok, generation: model.generation.value, diagnostics: problems, latencyMs, swap };
  }

  /** A text that froze the audio is not tried again because of a pause in typing, or because the page was opened. */
  #holdBack(text: string): Evaluation {
    const { model, status, frozen } = this.#parts;
    clearTimeout(this.#pause);
    this.#requestedText = text;
    const [problem] = problemsOf({ kind: 'rejected', id: 0, diagnostics: [frozenBy(text)] }, text);
    const hasBefore = (frozen.of(text)?.before ?? null) !== null;
    status.answered({ kind: 'frozen', problem, hasBefore }, [problem]);
    return { ok: false, generation: model.generation.value, diagnostics: [problem], latencyMs: 0, swap: null };
  }

  /** A text that has stopped is tried once more without the state that the function uses in which it did. Never rejects. */
  async tryAgain(text: string, withoutStateOf: string): Promise<void> {
    const { history, compiler, status, now } = this.#parts;
    const atMs = now();
    const piece = history.piece ?? this.#piece;
    const answer = await this.#ask({ version: null }, 'edit', () => compiler.update(text, { withoutStateOf, piece }));
    const { outcome, answeredBy, swap, isNewest } = answer;
    if (answeredBy !== 'itself' || outcome.kind !== 'committed') return;
    history.evaluated(outcome.generation, text, { byHand: true, atMs, piece });
    this.#remember(outcome, swap);
    const reset = outcome.report.stateReset.filter(({ reason }) => reason === 'restarted').map(({ path }) => path);
    if (isNewest) status.answered({ kind: 'tried again', reset }, problemsOf(outcome, text));
  }

  /** What plays means something else than when it was compiled: a sound file has come. Never rejects. */
  async playAgain(): Promise<void> {
    const { history, compiler } = this.#parts;
    const { text, piece } = history;
    if (text === null) return;
    const of = piece === null ? {} : { piece };
    const { outcome, swap } = await this.#ask({ version: null }, 'edit', () => compiler.update(text, of));
    if (outcome.kind !== 'committed') return;
    history.resumed(outcome.generation, text);
    this.#remember(outcome, swap);
  }

  /** Brings a text into play that is not the one in the editor, which stays as it is. Never rejects. */
  async playInstead(text: string): Promise<void> {
    const { history, compiler } = this.#parts;
    const piece = history.pieceOf(text);
    const { outcome, swap } = await this.#ask({ version: null }, 'undo', () => compiler.update(text, { piece }));
    if (outcome.kind !== 'committed' && outcome.kind !== 'unchanged') return;
    history.resumed(outcome.generation, text);
    this.#remember(outcome, swap);
  }

  /**
   * Brings back the version before the one that plays, and each time it is asked the one before that. The text in the
   * editor stays; the next evaluation swaps it in again. What is on its way is taken back. Never rejects.
   */
  undo(): Promise<Undone> {
    const { history, say, model } = this.#parts;
    const isTakingBack = this.#pending !== null && this.#pending.version === null;
    const version = isTakingBack ? history.playing : history.before(this.#pending?.version);
    if (version) return this.#restore('undo', version);
    const { value } = model.generation;
    say(NOTHING_TO_UNDO, () => model.generation.value === value);
    return Promise.resolve(this.#nothingDone());
  }

  /** Brings back what was undone last. Never rejects. */
  redo(): Promise<Undone> {
    const { history, say, model } = this.#parts;
    const isEvaluating = this.#pending !== null && this.#pending.version === null;
    const version = isEvaluating ? null : history.after(this.#pending?.version);
    if (version) return this.#restore('redo', version);
    const { value } = model.generation;
    say(NOTHING_TO_REDO, () => model.generation.value === value);
    return Promise.resolve(this.#nothingDone());
  }

  async #restore(cause: 'undo' | 'redo', version: Version): Promise<Undone> {
    const { model, history, compiler, say, readText } = this.#parts;
    this.#owesFresh = false;
    const { outcome, answeredBy, latencyMs, swap, isNewest } = await this.#ask({ version }, cause, () =>
      compiler.restore(version.text, version.generation, version.piece),
    );
    const ok = outcome.kind === 'committed' || outcome.kind === 'unchanged';
    if (answeredBy === 'itself') {
      if (ok) {
        history.restored(version, outcome.generation, readText());
        this.#remember(outcome, swap);
        if (isNewest) this.#showRestored(outcome);
      } else if (outcome.kind === 'rejected') {
        history.lost(version);
        const [diagnostic] = outcome.diagnostics;
        if (diagnostic) say(notRestored(diagnostic));
      }
    }
    return { ok, generation: model.generation.value, text: history.text, latencyMs, swap };
  }

  #nothingDone(): Undone {
    const { model, history } = this.#parts;
    return { ok: false, generation: model.generation.value, text: history.text, latencyMs: 0, swap: null };
  }

  async #ask(pending: Pending, cause: Swap['cause'], request: () => Promise<Compiled>): Promise<Answer> {
    clearTimeout(this.#pause);
    const { model, sound, now } = this.#parts;
    const askedMs = now();
    this.#pending = pending;
    model.compiling.value = true;
    let sampleRate = 0;
    const compiled = await sound.then(
      (opened) => {
        ({ sampleRate } = opened);
        return request();
      },
      (error: unknown): Compiled => ({
        text: '',
        outcome: { kind: 'failed', reason: String(error) },
        answeredBy: 'itself',
      }),
    );
    const { outcome } = compiled;
    // The page may be busy when the answer comes; the sound has changed before.
    const endedMs = outcome.kind === 'committed' ? Math.min(outcome.atMs, now()) : now();
    const latencyMs = Math.max(0, endedMs - askedMs);
    const isNewest = this.#pending === pending;
    if (isNewest) {
      this.#pending = null;
      model.compiling.value = false;
      model.waiting.value = null;
    }
    const swap = outcome.kind === 'committed' ? swapOf(outcome, cause, latencyMs, sampleRate) : null;
    return { ...compiled, askedMs, latencyMs, swap, isNewest };
  }

  /** To be told of every change of the text: evaluates when the changes pause, or says what is wrong with it. */
  textChanged(): void {
    clearTimeout(this.#pause);
    const { history, readText } = this.#parts;
    // What was opened has been undone in the editor before it was heard.
    if (history.piece !== null && readText() === history.text) this.#piece = history.piece;
    this.#pause = setTimeout(() => {
      if (!this.#parts.model.settings.value.autoEvaluate) void this.#check();
      else if (readText() !== this.#requestedText) void this.evaluate({ byHand: false });
    }, PAUSE_MS);
  }

  async #check(): Promise<void> {
    const { readText, check, status } = this.#parts;
    const text = readText();
    const diagnostics = await check(text);
    if (diagnostics && readText() === text && !this.#pending) status.checked(located(diagnostics, text));
  }

  /** The newest request is compiled as far as that goes, and waits; told again when it waits for something else. */
  waiting({ reason, seconds }: Extract<WorkerToMain, { kind: 'waiting' }>): void {
    const { model, now } = this.#parts;
    if (!this.#pending) return;
    model.compiling.value = false;
    model.waiting.value = { reason, untilMs: seconds === null ? null : now() + 1000 * seconds };
  }

  #showRestored(outcome: Extract<CompileOutcome, { kind: 'committed' | 'unchanged' }>): void {
    const { status, history, readText } = this.#parts;
    const { text, stepsBack } = history;
    // Marks are of the text in the editor: those of another one would be in wrong places.
    if (text === readText()) status.answered(null, problemsOf(outcome, text));
    else if (stepsBack > 0 || outcome.kind === 'unchanged') status.answered({ kind: 'undone', stepsBack }, null);
    else status.answered(null, null);
  }

  /** To be called while the version before is still what plays as far as the history knows. */
  #light(text: string, { byHand, isFresh }: { byHand: boolean; isFresh: boolean }): void {
    const { model, history, code } = this.#parts;
    const before = history.of(model.generation.value);
    const lines = isFresh ? null : changedLines(before ?? text, text);
    if (lines) code.flash(lines.from, lines.to);
    // The key was heard, even if it changed nothing in the text.
    else if (byHand || isFresh) code.flash(1, text.split('\n').length);
  }

  #remember(outcome: Extract<CompileOutcome, { kind: 'committed' | 'unchanged' }>, swap: Swap | null): void {
    if (outcome.kind !== 'committed') return;
    const { model, history } = this.#parts;
    this.#memory = { arenaBytes: outcome.arenaBytes, slots: outcome.slots };
    // The first one waits for the compiler to load, and takes nothing's place.
    if (!history.isFirst) model.swap.value = swap;
  }
}

/** What the status line says of an evaluation; null: nothing. */
function factOf(outcome: CompileOutcome, problems: readonly Problem[]): Fact | null {
  const worst = problems.find(({ severity }) => severity === 'error') ?? problems[0];
  if (!worst) return null;
  // It plays, but part of it is silence.
  if (outcome.kind !== 'rejected' && worst.code === 'not-finite') return { kind: 'noticed', problem: worst };
  return { kind: outcome.kind === 'rejected' ? 'rejected' : 'warned', problem: worst };
}
