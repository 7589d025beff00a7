/**
 * Evaluating and playing: what happens when somebody types, presses a key or calls `window.segue`.
 *
 *   text ─▶ compiler ─▶ outcome ─▶ model (status, problems) and code view (markers, light)
 *   play ─▶ compile what has not been compiled ─▶ sound
 *
 * In: wishes. Out: the model, and results for who asked. Main thread; the compiler and the sound come as what
 * src/engine offers, the code view as what src/editor offers.
 */

import type { Compiled, CompileOutcome } from '../engine/compileClient.ts';
import type { Meter, Sound, SoundState } from '../engine/sound.ts';
import type { WorkerToMain } from '../protocol/compile.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import type { Message, Model, PlayState, Problem } from './model.ts';
import { changedLines, lineColumn } from './position.ts';

export interface Evaluation {
  /** Whether the text was compiled and is what plays, or will play. */
  readonly ok: boolean;
  /** The generation that plays now; null before the first. */
  readonly generation: number | null;
  readonly diagnostics: readonly Problem[];
  /** From the call to the answer that the generation is committed. */
  readonly latencyMs: number;
}

/** The counters of `window.segue.stats()`. */
export interface Stats {
  readonly state: PlayState;
  readonly generation: number | null;
  readonly tier: 1 | 2;
  /** Part of the time there is that rendering takes, from 0; 0 while nothing plays. */
  readonly load: number;
  /** Times the output ran dry; null where the browser does not say. */
  readonly underruns: number | null;
  readonly arenaBytes: number;
  readonly slots: number;
}

/** What the conductor needs of the code on the page. */
export interface CodeView {
  showProblems(problems: readonly Problem[]): void;
  /** Lights up lines, from 1, both included. */
  flash(from: number, to: number): void;
}

export interface Parts {
  readonly model: Model;
  readonly compiler: { update(text: string): Promise<Compiled> };
  /** Resolves when the sound is there and the compiler is connected to it. */
  readonly sound: Promise<SoundPart>;
  readonly readText: () => string;
  readonly code: CodeView;
  /** Milliseconds from any fixed time. */
  readonly now: () => number;
}

/** The part of `Sound` that is used here. */
export type SoundPart = Pick<Sound, 'sampleRate' | 'prepare' | 'start' | 'stop' | 'underruns'>;

/** How long typing has to pause. Long enough not to evaluate every half-typed word. */
const PAUSE_MS = 250;
/** Texts of the last generations are kept, to find the line of a trap. */
const MAX_KEPT_TEXTS = 16;

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
  #playedText: string | null = null;
  readonly #texts = new Map<number, string>();
  #memory = { arenaBytes: 0, slots: 0 };
  #nonFiniteReported: number | null = null;
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

  /** Compiles the text as it is now and swaps it into the sound. Never rejects. */
  async evaluate({ byHand = true } = {}): Promise<Evaluation> {
    clearTimeout(this.#pause);
    const { model, compiler, sound, readText, now } = this.#parts;
    const startedMs = now();
    const serial = ++this.#lastEvaluation;
    this.#requestedText = readText();
    model.compiling.value = true;
    const { text, outcome } = await sound.then(
      () => compiler.update(this.#requestedText ?? readText()),
      (error: unknown): Compiled => ({ text: readText(), outcome: { kind: 'failed', reason: String(error) } }),
    );
    const latencyMs = now() - startedMs;
    const problems = problemsOf(outcome, text);
    const isNewest = serial === this.#lastEvaluation;
    if (isNewest) {
      model.compiling.value = false;
      this.#show(outcome, text, problems);
      this.#light(outcome, text, byHand);
    }
    this.#remember(outcome, text, latencyMs);
    const ok = outcome.kind === 'committed' || outcome.kind === 'unchanged';
    return { ok, generation: model.generation.value, diagnostics: problems, latencyMs };
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
    const { model, readText } = this.#parts;
    this.#isStarting = true;
    this.#updateState();
    try {
      const sound = await this.#parts.sound;
      if (readText() !== this.#playedText) await this.evaluate({ byHand: false });
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
    if (state === 'stopped') this.#parts.model.load.value = null;
    this.#updateState();
  }

  metered({ load, nonFinite, generation }: Meter): void {
    const { model } = this.#parts;
    if (this.#soundState !== 'stopped') model.load.value = load;
    if (nonFinite === 0 || generation === this.#nonFiniteReported) return;
    this.#nonFiniteReported = generation;
    model.message.value = {
      tone: 'warning',
      text: 'The patch made values that are not finite numbers.',
      sound: 'Silence took their place.',
    };
  }

  trapped({ generation, fallback, diagnostic }: Extract<WorkerToMain, { kind: 'trapped' }>): void {
    const { model, code } = this.#parts;
    const problem = { ...diagnostic, ...lineColumn(this.#texts.get(generation) ?? '', diagnostic.span.start) };
    model.generation.value = fallback;
    // What plays is no longer the text, so the next evaluation has something to swap in.
    this.#playedText = null;
    model.problems.value = [problem];
    code.showProblems([problem]);
    model.message.value = {
      ...failure(problem),
      tone: 'error',
      sound: fallback === null ? 'Nothing sounds until it is mended.' : 'The sound goes on with the version before.',
    };
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

  /** What played is with another worker, or in another output, under this number now. */
  resumed(generation: number, text: string): void {
    const { model } = this.#parts;
    this.#texts.set(generation, text);
    this.#playedText = text;
    model.generation.value = generation;
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
    const { model, code } = this.#parts;
    if (outcome.kind === 'failed') return;
    model.problems.value = problems;
    code.showProblems(problems);
    const worst = problems.find(({ severity }) => severity === 'error') ?? problems[0];
    if (outcome.kind === 'rejected' && worst) {
      model.message.value = { ...failure(worst), sound: this.#soundGoesOn() };
    } else {
      model.message.value = worst ? { ...failure(worst), tone: 'note' } : null;
      this.#playedText = text;
    }
  }

  #light(outcome: CompileOutcome, text: string, byHand: boolean): void {
    if (outcome.kind !== 'committed' && outcome.kind !== 'unchanged') return;
    const before = this.#texts.get(this.#parts.model.generation.value ?? -1);
    const lines = changedLines(before ?? text, text);
    if (lines) this.#parts.code.flash(lines.from, lines.to);
    // The key was heard, even if it changed nothing.
    else if (byHand) this.#parts.code.flash(1, text.split('\n').length);
  }

  #remember(outcome: CompileOutcome, text: string, latencyMs: number): void {
    if (outcome.kind !== 'committed' && outcome.kind !== 'unchanged') return;
    const { model } = this.#parts;
    const { generation } = outcome;
    this.#texts.delete(generation);
    this.#texts.set(generation, text);
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= MAX_KEPT_TEXTS) break;
      this.#texts.delete(oldest);
    }
    if (outcome.kind !== 'committed') return;
    model.generation.value = generation;
    this.#memory = { arenaBytes: outcome.arenaBytes, slots: outcome.slots };
    const fadeMs = (1000 * outcome.report.fadeFrames) / (this.#sound?.sampleRate ?? 48_000);
    // The first one waits for the compiler to load, and takes nothing's place.
    if (this.#texts.size > 1) model.swap.value = { serial: generation, latencyMs, fadeMs };
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

function problemsOf(outcome: CompileOutcome, text: string): readonly Problem[] {
  const diagnostics: readonly Diagnostic[] =
    outcome.kind === 'failed'
      ? [{ severity: 'error', code: 'compiler-failed', message: outcome.reason, span: { start: 0, end: 0 } }]
      : outcome.diagnostics;
  return diagnostics.map((diagnostic) => ({ ...diagnostic, ...lineColumn(text, diagnostic.span.start) }));
}

function failure({ line, message }: Problem): Message {
  return { tone: 'warning', text: `Line ${line}: ${message}` };
}
