/**
 * Evaluating, undoing and playing: what happens when somebody types, presses a key or calls `window.segue`.
 *
 *   text ─▶ compiler ─▶ outcome ─▶ model (status, problems, swap) and code view (markers, light)
 *   undo ─▶ compiler ─▶ an older text plays; the editor keeps the one it has
 *   play ─▶ compile what has not been compiled ─▶ sound
 *
 * In: wishes. Out: the model, and results for who asked. Main thread; the compiler and the sound come as what
 * src/engine offers, the code view as what src/editor offers.
 */

import type { Compiled, CompileOutcome } from '../engine/compileClient.ts';
import type { Sound, SoundState } from '../engine/sound.ts';
import type { Evaluation, Stats, Undone } from './answers.ts';
import type { Message, Model, Problem, Swap } from './model.ts';
import type { Played } from './played.ts';
import { changedLines } from './position.ts';
import { swapOf } from './swaps.ts';
import { failure, NOTHING_TO_UNDO, problemsOf, undoMessage } from './words.ts';

/** What the conductor needs of the code on the page. */
export interface CodeView {
  showProblems(problems: readonly Problem[]): void;
  /** Lights up lines, from 1, both included. */
  flash(from: number, to: number): void;
}

export interface Parts {
  readonly model: Model;
  /** Shared with src/app/watch.ts, which writes down rollbacks. */
  readonly played: Played;
  readonly compiler: {
    update(text: string, options: { readonly fresh: boolean }): Promise<Compiled>;
    undo(): Promise<Compiled>;
  };
  /** Resolves when the sound is there and the compiler is connected to it. */
  readonly sound: Promise<SoundPart>;
  readonly readText: () => string;
  readonly code: CodeView;
  /** Says something once. */
  readonly say: (note: Message) => void;
  /** Milliseconds on the clock that the compiler has, too. */
  readonly now: () => number;
}

/** The part of `Sound` that is used here. */
export type SoundPart = Pick<Sound, 'sampleRate' | 'prepare' | 'start' | 'stop' | 'underruns'>;

/** How long typing has to pause. Long enough not to evaluate every half-typed word. */
const PAUSE_MS = 250;

/** What came back, and what of it concerns who asked. */
interface Answer extends Compiled {
  readonly latencyMs: number;
  readonly swap: Swap | null;
  /** Whether nothing has been asked for since. */
  readonly isNewest: boolean;
}

export class Conductor {
  readonly #parts: Parts;
  #sound: SoundPart | null = null;
  #soundState: SoundState = 'stopped';
  #soundFailure: string | null = null;
  #isReady = false;
  #isStarting = false;
  /** Rises with each request and with each stop, so that late answers can be told. */
  #lastEvaluation = 0;
  #lastPlay = 0;
  #requestedText: string | null = null;
  /** A fresh start was asked for and has no answer yet: a newer text that takes its place begins anew as well. */
  #owesFresh = false;
  #memory = { arenaBytes: 0, slots: 0 };
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.sound.then(
      (sound) => {
        this.#sound = sound;
        this.#updateState();
      },
      (error: unknown) => this.soundFailed(error instanceof Error ? error.message : String(error)),
    );
  }

  /** Compiles the text as it is now and swaps it into the sound; `fresh` begins all state anew. Never rejects. */
  async evaluate({ byHand = true, fresh = false } = {}): Promise<Evaluation> {
    const { model, compiler, readText } = this.#parts;
    this.#owesFresh ||= fresh;
    const isFresh = this.#owesFresh;
    this.#requestedText = readText();
    const { text, outcome, latencyMs, swap, isNewest } = await this.#ask(isFresh ? 'fresh start' : 'edit', () =>
      compiler.update(this.#requestedText ?? readText(), { fresh: isFresh }),
    );
    const problems = problemsOf(outcome, text ?? '');
    if (isNewest && text !== null) {
      this.#owesFresh = false;
      this.#show(outcome, text, problems);
      this.#light(outcome, text, { byHand, isFresh });
    }
    this.#remember(outcome, text, swap);
    const ok = outcome.kind === 'committed' || (outcome.kind === 'unchanged' && text !== null);
    return { ok, generation: model.generation.value, diagnostics: problems, latencyMs, swap };
  }

  /**
   * Brings back the sound before the last swap, and each time it is asked the one before that. The text in the editor
   * stays; the next evaluation swaps it in again. Never rejects.
   */
  async undo(): Promise<Undone> {
    const { model, played, compiler, say, readText } = this.#parts;
    this.#owesFresh = false;
    const { text, outcome, latencyMs, swap, isNewest } = await this.#ask('undo', () => compiler.undo());
    // Unchanged: a swap that waited for its beat has been taken back.
    const ok = outcome.kind === 'committed' || outcome.kind === 'unchanged';
    this.#remember(outcome, text, swap);
    if (ok) {
      played.wentBack(outcome.generation, readText(), outcome.kind === 'committed');
      if (isNewest) this.#showUndone(outcome);
    }
    if (outcome.kind === 'nothingToUndo') say(NOTHING_TO_UNDO);
    return { ok, generation: model.generation.value, text: played.text, latencyMs, swap };
  }

  async #ask(cause: Swap['cause'], request: () => Promise<Compiled>): Promise<Answer> {
    clearTimeout(this.#pause);
    const { model, sound, now } = this.#parts;
    const startedMs = now();
    const serial = ++this.#lastEvaluation;
    model.compiling.value = true;
    const { text, outcome } = await sound.then(
      request,
      (error: unknown): Compiled => ({ text: '', outcome: { kind: 'failed', reason: String(error) } }),
    );
    // The page may be busy when the answer comes; the sound has changed before.
    const endedMs = outcome.kind === 'committed' ? Math.min(outcome.atMs, now()) : now();
    const latencyMs = Math.max(0, endedMs - startedMs);
    const isNewest = serial === this.#lastEvaluation;
    if (isNewest) {
      model.compiling.value = false;
      model.waiting.value = null;
    }
    const swap =
      outcome.kind === 'committed' ? swapOf(outcome, cause, latencyMs, this.#sound?.sampleRate ?? 48_000) : null;
    return { text, outcome, latencyMs, swap, isNewest };
  }

  /** To be told of every change of the text: evaluates when the changes pause. */
  textChanged(): void {
    clearTimeout(this.#pause);
    if (!this.#parts.model.settings.value.autoEvaluate) return;
    this.#pause = setTimeout(() => {
      if (this.#parts.readText() !== this.#requestedText) void this.evaluate({ byHand: false });
    }, PAUSE_MS);
  }

  /**
   * Starts the sound, and compiles first what has not been compiled. Resolves when it sounds, or was stopped meanwhile.
   * @throws Error when there is nothing that could sound.
   */
  async play(): Promise<void> {
    // First thing, while the browser still counts this as the visitor's own doing.
    this.#sound?.prepare();
    const serial = ++this.#lastPlay;
    const { model, played, readText } = this.#parts;
    this.#isStarting = true;
    this.#updateState();
    try {
      const sound = await this.#parts.sound;
      if (model.generation.value === null || !played.isTried(readText())) await this.evaluate({ byHand: false });
      if (serial !== this.#lastPlay) return;
      if (model.generation.value === null)
        throw new Error(model.message.value?.text ?? 'There is nothing to play yet.');
      this.#isStarting = false;
      await sound.start();
    } finally {
      if (serial === this.#lastPlay) this.#isStarting = false;
      this.#updateState();
    }
  }

  /** Ends the sound, also one that is only about to begin. */
  stop(): void {
    this.#lastPlay++;
    this.#isStarting = false;
    this.#sound?.stop();
    this.#updateState();
  }

  stats(): Stats {
    const { model } = this.#parts;
    return {
      state: model.state.value,
      generation: model.generation.value,
      tier: 1,
      load: model.load.value ?? 0,
      underruns: this.#sound?.underruns() ?? null,
      reductionDb: model.reductionDb.value,
      dcOffset: model.dcOffset.value,
      ...this.#memory,
    };
  }

  /** The compiler has loaded. */
  ready(): void {
    this.#isReady = true;
    this.#updateState();
  }

  soundChanged(state: SoundState): void {
    this.#soundState = state;
    if (state === 'stopped') {
      const { load, reductionDb, dcOffset } = this.#parts.model;
      load.value = null;
      reductionDb.value = 0;
      dcOffset.value = 0;
    }
    this.#updateState();
  }

  soundFailed(reason: string): void {
    this.#soundFailure = reason;
    this.#parts.model.message.value = {
      tone: 'error',
      text: `This browser gives no sound: ${reason}.`,
      sound: 'Reload the page to try again.',
    };
    this.#updateState();
  }

  /** The compiler's worker ended, and another one goes on. */
  compilerRestarted(reason: string): void {
    this.#parts.model.message.value = {
      tone: 'warning',
      text: `The compiler was started again: ${reason}.`,
      sound: this.#soundState === 'stopped' ? 'Your text is kept.' : 'The sound went on.',
    };
  }

  /** The output broke, and another one plays the patch. */
  soundRebuilt(reason: string): void {
    this.#parts.model.message.value = {
      tone: 'warning',
      text: `The sound was made anew: ${reason}.`,
      sound: this.#soundState === 'stopped' ? 'Play works again.' : 'The patch plays again.',
    };
    this.#updateState();
  }

  compilerFailed(reason: string): void {
    this.#parts.model.message.value = {
      tone: 'error',
      text: `The compiler stopped working: ${reason}. Reload the page to go on editing; your text is kept.`,
      sound: this.#soundGoesOn(),
    };
    this.#isReady = true;
    this.#updateState();
  }

  #show(outcome: CompileOutcome, text: string, problems: readonly Problem[]): void {
    const { model, played, code } = this.#parts;
    if (outcome.kind === 'failed' || outcome.kind === 'nothingToUndo') return;
    model.problems.value = problems;
    code.showProblems(problems);
    const worst = problems.find(({ severity }) => severity === 'error') ?? problems[0];
    if (outcome.kind === 'rejected' && worst) {
      model.message.value = { ...failure(worst), sound: this.#soundGoesOn() };
    } else {
      model.message.value = worst ? { ...failure(worst), tone: 'note' } : null;
      played.takenIn(text);
    }
  }

  #showUndone(outcome: Extract<CompileOutcome, { kind: 'committed' | 'unchanged' }>): void {
    const { model, played, code, readText } = this.#parts;
    const { text } = played;
    model.message.value = text === readText() ? null : undoMessage(played.stepsBack);
    // Marks are of the text in the editor: those of another one would be in wrong places.
    if (text !== readText()) return;
    model.problems.value = problemsOf(outcome, text);
    code.showProblems(model.problems.value);
  }

  #light(outcome: CompileOutcome, text: string, { byHand, isFresh }: { byHand: boolean; isFresh: boolean }): void {
    if (outcome.kind !== 'committed' && outcome.kind !== 'unchanged') return;
    const { model, played, code } = this.#parts;
    const before = played.of(model.generation.value);
    const lines = isFresh ? null : changedLines(before ?? text, text);
    if (lines) code.flash(lines.from, lines.to);
    // The key was heard, even if it changed nothing in the text.
    else if (byHand || isFresh) code.flash(1, text.split('\n').length);
  }

  #remember(outcome: CompileOutcome, text: string | null, swap: Swap | null): void {
    if (text === null || (outcome.kind !== 'committed' && outcome.kind !== 'unchanged')) return;
    const { model, played } = this.#parts;
    const { generation } = outcome;
    played.keep(generation, text);
    if (outcome.kind !== 'committed') return;
    model.generation.value = generation;
    this.#memory = { arenaBytes: outcome.arenaBytes, slots: outcome.slots };
    // The first one waits for the compiler to load, and takes nothing's place.
    if (!played.isFirst) model.swap.value = swap;
  }

  #soundGoesOn(): string {
    if (this.#soundState !== 'stopped') return 'The sound goes on with the version before.';
    return this.#parts.model.generation.value === null
      ? 'There is nothing to play yet.'
      : 'Play has the version before.';
  }

  #updateState(): void {
    const { state } = this.#parts.model;
    if (this.#soundFailure !== null) state.value = 'stopped';
    else if (this.#soundState !== 'stopped') state.value = this.#soundState;
    else if (this.#isStarting) state.value = 'starting';
    else state.value = this.#sound && this.#isReady ? 'stopped' : 'loading';
  }
}
