/**
 * The whole compile side, without threads: text in, batches for the audio thread out. Used by the worker's shell in the
 * browser and as it is in Node. Compiling is in patchCompiler.ts, what becomes of generations in
 * retainedGenerations.ts, what traps mean in explanations.ts; here the three meet.
 *
 * At most one batch is under way: `update` may be called again once the last one is committed or refused.
 */

import type { LibrarySource } from '../compiler/library.ts';
import { diagnose } from '../language/diagnostics.ts';
import { CARRY_LIMITS } from '../linker/limits.ts';
import { compareUnits, Linker, sharesState, stateOf } from '../linker/linker.ts';
import type { Draft, LinkedGeneration, Placed } from '../linker/linkTypes.ts';
import type { IndexFit } from '../linker/rings.ts';
import { listNames } from '../linker/stateList.ts';
import { canRunTogether, HEADER, MAX_MEMORY_PAGES, PAGE_BYTES, TABLE_SLOTS } from '../protocol/arena.ts';
import type { Inheritance } from '../protocol/audio.ts';
import type { Checkpoint, CodeEvent, CodeRow, MainToWorker, Quantise, SwapReport } from '../protocol/compile.ts';
import { type HostDeclarations, type MovedControl, NO_HOST_DECLARATIONS } from '../protocol/controls.ts';
import type { Diagnostic, Span } from '../protocol/diagnostic.ts';
import type { Appointment, CopyPlan, GenerationBatch, Promotion, ReinstatingBatch } from '../protocol/generation.ts';
import type { Answers, AnswerTo, Question } from '../protocol/language.ts';
import type { Evaluated } from '../protocol/peek.ts';
import type { LoadedSample } from '../protocol/samples.ts';
import type { Generation, Slot } from '../protocol/units.ts';
import { CodeTable, inTier } from './codeTable.ts';
import type { LiveTrap } from './explanations.ts';
import { Inspector } from './inspector.ts';
import { withRunning } from './languageDesk.ts';
import type { Emitter } from './objects.ts';
import type { OptimiserAnswer, OptimiserJob } from './optimiserJob.ts';
import { PatchCompiler, type TriedProgram } from './patchCompiler.ts';
import { Promotions } from './promotions.ts';
import { checkpointOf, inheritance } from './resume.ts';
import { RetainedGenerations, type Sent } from './retainedGenerations.ts';
import type { BatchResult, SessionOptions, UpdateOptions, UpdateResult } from './sessionTypes.ts';
import { Shadow } from './shadow.ts';
import { AT_ONCE, beatsPerBarOf, quantumOf } from './tempo.ts';
import { wholeOf } from './trapMessages.ts';

const fitText = ({ names, length }: IndexFit): string =>
  `\`${names.cell}\` is kept within \`${names.array}\`, which now has ${length} elements`;

export type { BatchResult, SessionOptions, UpdateOptions, UpdateResult } from './sessionTypes.ts';

/** What is about to be placed. */
type Program = Pick<LinkedGeneration, 'draft' | 'image'>;

/** What a block of it takes, and may take. */
const fuelOf = (fuel: number, { image }: Pick<LinkedGeneration, 'image'>) => ({
  fuel,
  own: new DataView(image.buffer, image.byteOffset).getInt32(HEADER.FUEL_PER_BLOCK, true),
});

const FUNCTION_PREFIX = 'function:';
const MAX_FADE_MS = 10_000;
const MAX_SHORT_FADE_SECONDS = 0.05;
/** What takes less than this when it is tried is in time, unless it does more work later. */
const LIGHT_LOAD = 0.6;
/** How late a fade may be at its end, where old and new together take more time than there is: the output's buffer. */
const MAX_LATE_MS = 3;

export class Session {
  private readonly options: SessionOptions;
  private fadeFrames: number;
  private quantise: Quantise = 'off';
  /** Whether the last text was one to go back to. */
  private isAtOnce = false;
  private moved: { readonly piece: number; readonly controls: readonly MovedControl[] } = { piece: 0, controls: [] };
  private readonly linker: Linker;
  private readonly compiler: PatchCompiler;
  private readonly code = new CodeTable();
  private readonly retained: RetainedGenerations;
  readonly promotions: Promotions;
  readonly inspector: Inspector;

  private constructor(options: SessionOptions, emit: Emitter) {
    this.options = options;
    this.fadeFrames = options.fadeFrames;
    this.linker = new Linker({
      postsModules: options.postsModules,
      memoryBytes: options.memoryBytes ?? MAX_MEMORY_PAGES * PAGE_BYTES,
      tableSlots: options.tableSlots ?? TABLE_SLOTS,
      lastGeneration: options.lastGeneration ?? 0,
      ...(options.limits && { limits: options.limits }),
    });
    this.compiler = new PatchCompiler(options, emit, this.linker);
    this.retained = new RetainedGenerations(this.linker, this.code, (slots) => this.compiler.emptied(slots));
    this.promotions = new Promotions({
      ...{ linker: this.linker, postsModules: options.postsModules, now: options.now ?? null },
      spaceFor: (footprint) => this.compiler.spaceFor(footprint),
    });
    this.inspector = new Inspector(this.compiler, this.retained, this.linker);
  }

  static async create(options: SessionOptions): Promise<Session> {
    return new Session(options, options.emit ?? (await import('../compiler/emit/emit.ts')).emit);
  }

  /** For the swaps to come. `fadeMs`: 0 to 10000. */
  configure({ fadeMs, quantise }: { readonly fadeMs: number; readonly quantise: Quantise }): void {
    const inRange = Math.min(MAX_FADE_MS, Math.max(0, fadeMs));
    this.fadeFrames = Math.round((inRange / 1000) * this.options.sampleRate);
    this.quantise = quantise;
  }

  /** For the texts to come: sound files (`null`: it is gone), and controls of a piece that stand elsewhere than its text says. */
  setSample = (name: string, sample: LoadedSample | null): void => this.compiler.setSample(name, sample);
  setMoved(piece: number, controls: readonly MovedControl[]): void {
    this.moved = { piece, controls };
  }
  hear(message: Extract<MainToWorker, { kind: 'moved' | 'sample' }>): void {
    if (message.kind === 'sample') this.setSample(message.name, message.sample);
    else this.setMoved(message.piece, message.controls);
  }

  private movedIn(piece: number): readonly MovedControl[] {
    return piece === this.moved.piece ? this.moved.controls : [];
  }

  /** What a batch that does not commit at once waits for. */
  get waitsFor(): 'beat' | 'bar' {
    return this.quantise === 'bar' ? 'bar' : 'beat';
  }

  secondsOf(frames: number): number {
    return frames / this.options.sampleRate;
  }

  /** The mistakes in a text, without doing anything about it. */
  check(text: string): readonly Diagnostic[] {
    return this.compiler.check(text);
  }

  /** What an expression of a text gives, without doing anything else about it. */
  evaluate(text: string, place: Span): Evaluated {
    return this.compiler.evaluate(text, place);
  }

  /** See `PatchCompiler.document`. */
  document = (sources: readonly LibrarySource[]): void => this.compiler.document(sources);

  /** Answers a question about a text, with what runs of it, or about what plays. */
  ask(text: string, question: Question): AnswerTo<Question> {
    if (question.kind === 'graph') return this.retained.graph();
    const answer = this.compiler.ask(text, question);
    return question.kind === 'hover' ? withRunning(answer as Answers['hover'], this.rows()) : answer;
  }

  update(text: string, options: UpdateOptions = {}): UpdateResult {
    this.promotions.abandon();
    const before = this.retained.current;
    const { fresh = false, atOnce = false, withoutStateOf = null, piece = before?.piece ?? 0 } = options;
    const program = this.compiler.compile(text, before?.linked ?? null, this.movedIn(piece));
    if (program.kind === 'rejected') return program;
    try {
      return this.offer(program, before, { fresh, atOnce, withoutStateOf, piece });
    } catch (thrown) {
      this.compiler.discard(program.draft);
      throw thrown;
    }
  }

  /** Makes a batch of a program. Where it throws, the draft is still to be discarded, and nothing else. */
  private offer(
    { text, draft, image, diagnostics, functions, span, load, fuel, host }: TriedProgram,
    before: Sent | null,
    { fresh, atOnce, withoutStateOf, piece }: Required<UpdateOptions>,
  ): UpdateResult {
    const isOtherPiece = before !== null && piece !== before.piece;
    if (before && !fresh && !isOtherPiece && this.linker.isSame(draft, image, before.linked)) {
      const report = this.report(draft, before, {
        stateKept: listNames(stateOf(before.linked)),
      });
      // What is said of it from now on is of the text that people see.
      this.retained.retell(before, { text, functions, span, host });
      this.linker.rename(before.linked, draft);
      this.compiler.discard(draft);
      return { kind: 'unchanged', diagnostics, report };
    }
    this.isAtOnce = atOnce;
    const followUp = this.followUp({ load, fuel }, { draft, image }, before, atOnce);
    const options = { ...followUp, isFresh: fresh, isOtherPiece, withoutStateOf };
    const placed = this.linker.place(draft, image, before?.linked ?? null, options);
    if (placed.kind === 'blocked') {
      this.compiler.discard(draft);
      return { kind: 'crowded', diagnostics, kept: this.retained.holding(placed.by) };
    }
    if (placed.kind === 'full') {
      this.compiler.discard(draft);
      const kept = this.retained.spare();
      if (kept.length > 0) return { kind: 'crowded', diagnostics, kept };
      const needed = `${Math.ceil(placed.neededBytes / 2 ** 20)} MB`;
      return { kind: 'rejected', diagnostics: [diagnose(wholeOf(text), 'no-room', needed)] };
    }
    try {
      return this.send(placed, { text, functions, span, load, fuel, piece, host, diagnostics, reinstates: null });
    } catch (thrown) {
      this.linker.unplace(placed.linked);
      throw thrown;
    }
  }

  /**
   * The first update of a session that takes over from one before: what that one has left behind plays, and its state
   * goes on where that can be.
   */
  resume(checkpoint: Checkpoint): { readonly result: UpdateResult; readonly inherits: Inheritance | null } {
    const result = this.update(checkpoint.text, { piece: checkpoint.piece });
    const { current } = this.retained;
    if (result.kind !== 'batch' || !current) return { result, inherits: null };
    const { sampleRate, seed = 1, limits = CARRY_LIMITS } = this.options;
    return { result, inherits: inheritance(checkpoint, current.linked, new Shadow({ sampleRate, seed }), limits) };
  }

  /** A checkpoint of the batch that was just made, for the session that may have to take over. */
  checkpoint(): Checkpoint | null {
    const { current } = this.retained;
    return current && checkpointOf(current, this.linker);
  }

  /**
   * Brings a version back at once: on the arena of the generation that it was, with the state that both have, as long as
   * that one is kept; else its text is compiled again, and state is carried by name. A version of another piece comes back
   * with the state that it had, or starts from scratch where that is gone.
   */
  restore(
    text: string,
    generation: Generation,
    { piece }: Pick<UpdateOptions, 'piece'> = {},
  ): UpdateResult<GenerationBatch> {
    const { current } = this.retained;
    const kept = this.retained.of(generation);
    if (kept && current && kept !== current) return this.reinstate(kept, current);
    return this.update(text, { atOnce: true, ...(piece !== undefined && { piece }) });
  }

  /** The generation before the one that plays, as a batch; `null`: there is none that is kept. */
  undo(): BatchResult<ReinstatingBatch> | null {
    const { current } = this.retained;
    const target = this.retained.before();
    return current && target && this.reinstate(target, current);
  }

  private reinstate(target: Sent, current: Sent): BatchResult<ReinstatingBatch> {
    this.promotions.abandon();
    const isOtherPiece = target.piece !== current.piece;
    const options = { ...this.followUp(target, target.linked, current, true), isFresh: false, isOtherPiece };
    const placed = this.linker.reinstate(target.linked, current.linked, options);
    const { text, functions, span, load, fuel, piece, host } = target;
    this.promotions.reinstated(target.linked.generation, placed.linked.generation);
    return this.send(placed, { text, functions, span, load, fuel, piece, host, diagnostics: [], reinstates: target });
  }

  private send<Batch extends GenerationBatch>(
    { linked, batch: placed, planned }: Placed<Batch>,
    made: Pick<Sent, 'text' | 'functions' | 'span' | 'load' | 'fuel' | 'piece' | 'host'> & {
      readonly diagnostics: readonly Diagnostic[];
      readonly reinstates: Sent | null;
    },
  ): BatchResult<Batch> {
    const { text, functions, span, load, fuel, piece, host, diagnostics, reinstates } = made;
    const { current } = this.retained;
    const follows = reinstates ? reinstates.follows : (current?.linked.generation ?? null);
    const batch: Batch = {
      ...placed,
      ...(load !== null && load < LIGHT_LOAD && { hasHeadroom: true }),
      ...(this.promotions.demotes(linked) && { demotes: true }),
      inputs: { ...host.inputs, piece, moved: this.movedIn(piece) },
    };
    const { copiedBytes, adoptedBytes } = planned;
    const { fadeFrames, transition } = batch;
    const report = this.report(linked.draft, current, {
      ...{ stateKept: planned.kept, stateReset: planned.reset, stateNew: planned.fresh, copiedBytes, adoptedBytes },
      ...(planned.fitted.length > 0 && { stateFitted: planned.fitted.map(fitText) }),
      ...{ batchBytes: linked.batchBytes, fadeFrames, transition },
    });
    this.retained.send({ linked, text, functions, span, load, fuel, piece, host, follows }, reinstates);
    return { kind: 'batch', batch, text, diagnostics, report };
  }

  /** How the next batch follows what plays. */
  private followUp(
    { load, fuel }: Pick<Sent, 'load' | 'fuel'>,
    next: LinkedGeneration | Program,
    current: Sent | null,
    atOnce: boolean,
  ) {
    const { sampleRate } = this.options;
    const { fading } = this.retained;
    const shortFrames = Math.round(MAX_SHORT_FADE_SECONDS * sampleRate);
    const fadeFrames = atOnce ? Math.min(this.fadeFrames, shortFrames) : this.fadeFrames;
    const waits = current !== null && !atOnce;
    let loadOfAll = (current?.load ?? 0) + (load ?? 0);
    for (const sent of fading) loadOfAll += sent.load ?? 0;
    const others = [...fading, ...(current ? [current] : [])].map((sent) => fuelOf(sent.fuel, sent.linked));
    const hasFuel = canRunTogether([...others, fuelOf(fuel, next)]);
    const isShared = 'tenancy' in next && fading.some(({ linked }) => sharesState(linked, next));
    return {
      fadeFrames,
      ...(waits ? quantumOf(current.linked, next, this.linker, this.quantise) : AT_ONCE),
      canFade: !isShared && hasFuel && (loadOfAll - 1) * ((1000 * fadeFrames) / sampleRate) <= MAX_LATE_MS,
    };
  }

  /** How the batch under way is to follow what plays, by the newest settings; `null`: as it was told. */
  appointment(): Appointment | null {
    const { pending } = this.retained;
    if (!pending || pending.reinstates) return null;
    const { sent, replaces } = pending;
    const options = { ...this.followUp(sent, sent.linked, replaces, this.isAtOnce), isFresh: false };
    return this.linker.appointment(replaces?.linked ?? null, sent.linked, options);
  }

  /** The batch plays. Returns generations to be given up, since they take too much memory. */
  committed(generation: Generation): readonly Generation[] {
    const dropped = this.retained.committed(generation);
    // What it brings back is known by its number alone from now on.
    this.promotions.keepOnly(this.generations());
    return dropped;
  }

  /** What plays now plays alone. How state goes back from it to what played before, should it trap. */
  rollbackPlan(): {
    readonly from: Generation;
    readonly to: Generation;
    readonly plan: CopyPlan;
    readonly demotes?: boolean;
  } | null {
    const back = this.retained.rollbackPlan();
    const to = back && this.retained.of(back.to);
    return to && this.promotions.demotes(to.linked) ? { ...back, demotes: true } : back;
  }

  /**
   * What plays alone is to get to tier 2, and nothing else is to be done: what the optimiser is to answer. `null`: it stays
   * where it is, or is on its way already.
   */
  promotionJob(): OptimiserJob | null {
    const { current, pending } = this.retained;
    return current && !pending && this.promotions.isWanted(current) ? this.promotions.begin(current) : null;
  }

  /** The optimiser's answer for that generation. */
  optimised(answer: OptimiserAnswer): void {
    this.promotions.optimised(answer);
  }

  /** The next piece of trying its code. A promotion is to be sent; `null`: there is nothing more to do. */
  promotionStep(): Promotion | 'working' | null {
    return this.promotions.step();
  }

  /** The generation runs its code of tier 2. */
  promoted(generation: Generation): void {
    this.promotions.promoted(generation);
  }

  /** It runs that of tier 1. */
  notPromoted(generation: Generation, reason: 'gone' | 'state' | 'failed', detail?: string): void {
    this.promotions.notPromoted(generation, reason, detail);
  }

  tierOf(generation: Generation): { readonly tier: 1 | 2; readonly reason: string | null } {
    return this.promotions.tierOf(generation);
  }

  /** No block uses the generation any more. Returns the slots to empty. */
  retired(generation: Generation): readonly Slot[] {
    this.promotions.retired(generation);
    return this.retained.retired(generation);
  }

  /** The batch could not be taken; what played before plays on. Returns the slots to empty. */
  refused(generation: Generation): readonly Slot[] {
    this.promotions.retired(generation);
    return this.retained.refused(generation);
  }

  /** A generation stopped in the audio thread; `fallback` plays instead, which edits continue from now on. */
  trapped(generation: Generation, fallback: Generation | null): void {
    this.promotions.abandon();
    const trapped = this.retained.of(generation);
    if (trapped) this.compiler.distrust(trapped.linked.draft.modules);
    this.retained.trapped(generation, fallback);
  }

  /** The function in which a generation stopped; empty where that is not known. */
  functionOf({ generation, trapSymbol }: LiveTrap): string {
    for (const name of this.retained.of(generation)?.functions.keys() ?? []) {
      if (trapSymbol !== 0 && this.linker.offsetOf(name) === trapSymbol) return name.slice(FUNCTION_PREFIX.length);
    }
    return '';
  }

  /** What a trap in the audio thread means. To be asked before the generation retires. */
  describeTrap(trap: LiveTrap): Diagnostic {
    return this.compiler.explanations.liveTrap(trap, this.retained.all());
  }

  /** Where a text first makes a number that is not finite, if it does so within some seconds and by itself. */
  findNonFinite(text: string): Diagnostic | null {
    return this.compiler.explanations.nonFiniteIn(text);
  }

  /** Where the samples of a generation come from that are not finite: its default export, if no more can be found out. */
  explainNonFinite(generation: Generation): Diagnostic | null {
    const sent = this.retained.of(generation);
    return sent && this.compiler.explanations.nonFinite(sent);
  }

  /** `load`: part of the time there is that it takes. */
  explainSlow(generation: Generation, load: number): Diagnostic | null {
    const sent = this.retained.of(generation);
    return sent && this.compiler.explanations.slow(sent, load);
  }

  /** All that were sent and have not retired. */
  generations(): readonly Generation[] {
    return this.retained.all().map(({ linked }) => linked.generation);
  }

  /** Beats per bar of what plays; `null`: it has no tempo that swaps wait for. */
  beatsPerBar(): number | null {
    const { current } = this.retained;
    return current && beatsPerBarOf(current.linked, this.linker);
  }

  /** What plays has to do with the world outside, and which piece it is of. */
  outside(): { readonly piece: number; readonly host: HostDeclarations } {
    const { current } = this.retained;
    return { piece: current?.piece ?? 0, host: current?.host.declarations ?? NO_HOST_DECLARATIONS };
  }

  /** The code that runs. */
  rows(): readonly CodeRow[] {
    const { current } = this.retained;
    return current ? inTier(this.retained.rows(), this.promotions.tierOf(current.linked.generation)) : [];
  }

  /** What happened to units since this was asked last. */
  takeEvents(): readonly CodeEvent[] {
    return this.code.takeEvents();
  }

  /** See `Linker.knownCarryovers`. */
  get knownCarryovers(): number {
    return this.linker.knownCarryovers;
  }

  memory(): { arenaBytes: number; peakBytes: number; slots: number; modules: number } {
    return {
      arenaBytes: this.retained.current?.linked.sizeBytes ?? 0,
      peakBytes: this.linker.arenaPeakBytes,
      slots: this.linker.usedSlots,
      modules: this.linker.moduleCount,
    };
  }

  private report(draft: Draft, before: Sent | null, what: Partial<SwapReport>): SwapReport {
    const names = new Set(draft.input.units.map((unit) => unit.name));
    const old = before?.linked.draft.input.units ?? [];
    const removed = old.filter((unit) => !unit.isLibrary && !names.has(unit.name)).map((unit) => unit.name);
    // Not as of the draft: one that is brought back was linked when something else played.
    const { changed, kept } = compareUnits(draft.input.units, old);
    return {
      ...{ changed, kept, removed, stateKept: [], stateReset: [], stateNew: [], batchBytes: 0, fadeFrames: 0 },
      ...{ transition: 'cut', copiedBytes: 0, adoptedBytes: 0 },
      ...what,
    };
  }
}
