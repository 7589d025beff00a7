/**
 * The whole compile side, without threads: text in, batches for the audio thread out. Used by the worker's shell in the
 * browser and as it is in Node.
 *
 * At most one batch is under way: `update` may be called again once the last one is committed or refused.
 */

import { compile, nestedTooDeep } from '../compiler/compile.ts';
import { Library, type LibrarySource } from '../compiler/library.ts';
import type { LoweredPatch, LoweredUnit } from '../compiler/lower/lower.ts';
import { ParseCache } from '../compiler/parseCache.ts';
import { diagnose } from '../language/diagnostics.ts';
import { CARRY_LIMITS, type CarryLimits } from '../linker/limits.ts';
import { compareUnits, Linker, stateOf } from '../linker/linker.ts';
import type { Draft, LinkedGeneration, Placed } from '../linker/linkTypes.ts';
import { listNames } from '../linker/state.ts';
import { MAX_MEMORY_PAGES, PAGE_BYTES, TABLE_SLOTS } from '../protocol/arena.ts';
import { type Inheritance, NON_FINITE, type ProcessorToWorker, TOO_SLOW } from '../protocol/audio.ts';
import type { Checkpoint, CodeEvent, CodeRow, Quantise, SwapReport } from '../protocol/compile.ts';
import type { Diagnostic, Span } from '../protocol/diagnostic.ts';
import type { Appointment, CopyPlan, GenerationBatch } from '../protocol/generation.ts';
import type { Generation, Slot } from '../protocol/units.ts';
import { CodeTable } from './codeTable.ts';
import { findNonFinite } from './findNonFinite.ts';
import { linkInput } from './linkInput.ts';
import { type Emitter, EmitterPending, type KnownObjects, ObjectStore, type UnitObjects } from './objects.ts';
import { checkpointOf, inheritance } from './resume.ts';
import { type Audition, Shadow } from './shadow.ts';
import { quantumFramesOf } from './tempo.ts';
import { describeTrap, type FunctionsByName, functionsOf, siteOf } from './trapMessages.ts';

export interface SessionOptions {
  /** Frames per second. */
  readonly sampleRate: number;
  /** Length of the transition from one generation to the next. */
  readonly fadeFrames: number;
  /** Whether batches carry compiled modules, or bytes for browsers that cannot post modules. */
  readonly postsModules: boolean;
  /** What `Math.random` begins with, 32 bits; 1 if not given. The same seed gives the same sound. */
  readonly seed?: number;
  /** Generations are counted from the next number on; 0 if not given. */
  readonly lastGeneration?: number;
  /** Makes modules; loaded with the session if not given. */
  readonly emit?: Emitter;
  /** Objects that need not be emitted again. */
  readonly known?: KnownObjects;
  /** The modules of src/library, in the order in which they import each other. */
  readonly library: readonly LibrarySource[];
  /** All the memory and table slots that the audio thread has; as many as there may be if not given. */
  readonly memoryBytes?: number;
  readonly tableSlots?: number;
  /** From which sizes on state is not copied; for tests. */
  readonly limits?: CarryLimits;
  /** Milliseconds on a clock that only rises, by which auditions tell what is too slow. Without it nothing is. */
  readonly now?: () => number;
  /** Whether what would take the place of a sound may be no sound at all, but samples that are not finite. */
  readonly allowsNonFinite?: boolean;
}

export interface UpdateOptions {
  /** Begins all state anew, even where nothing changed. */
  readonly fresh?: boolean;
}

export type UpdateResult =
  /** The text has mistakes: nothing to do, what plays plays on. */
  | { readonly kind: 'rejected'; readonly diagnostics: readonly Diagnostic[] }
  /** Means the same as what plays. */
  | { readonly kind: 'unchanged'; readonly diagnostics: readonly Diagnostic[]; readonly report: SwapReport }
  /** There will be room once these generations have been given up, which are only kept. */
  | { readonly kind: 'crowded'; readonly diagnostics: readonly Diagnostic[]; readonly kept: readonly Generation[] }
  | BatchResult;

export interface BatchResult {
  readonly kind: 'batch';
  readonly batch: GenerationBatch;
  /** What it was made from. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly report: SwapReport;
}

/** A generation that was sent, until it retires. */
interface Sent {
  readonly linked: LinkedGeneration;
  readonly text: string;
  readonly functions: FunctionsByName;
  /** What is to be pointed at when it is about the whole. */
  readonly span: Span;
  /** Part of the time there is that rendering takes; `null` where nobody measured. */
  readonly load: number | null;
  /** What it took the place of. */
  readonly follows: Generation | null;
}

/** A trap in the audio thread. */
export type LiveTrap = Pick<
  Extract<ProcessorToWorker, { kind: 'trapped' }>,
  'generation' | 'trapSymbol' | 'trapSite' | 'reason' | 'stack' | 'load'
>;

const MAX_FADE_MS = 10_000;
/** As many fade out at a time. */
const MAX_FADING = 2;
const MAX_UNDO_FADE_SECONDS = 0.05;
/** Generations that are kept may take up this much memory altogether; beyond it they are given up. */
const MAX_KEPT_BYTES = 256 * 2 ** 20;
/**
 * A busy machine makes what is tried look slower than it is. Beyond this it is refused; what is below and still too much,
 * the audio thread leaves by itself (worklets/overloadWatch.ts).
 */
const MAX_LOAD = 1.25;
/** What takes less than this when it is tried is in time, unless it does more work later. */
const LIGHT_LOAD = 0.6;
/** How late a fade may be at its end, where old and new together take more time than there is: the output's buffer. */
const MAX_LATE_MS = 3;

export class Session {
  private readonly options: SessionOptions;
  private fadeFrames: number;
  private quantise: Quantise = 'off';
  private readonly library: Library;
  private readonly parses = new ParseCache();
  private readonly emitter: Emitter;
  private readonly objects: ObjectStore;
  private readonly linker: Linker;
  private readonly shadow: Shadow;
  private readonly code = new CodeTable();
  /** What plays, or will once the batch under way commits. */
  private current: Sent | null = null;
  /** The batch that is neither committed nor refused yet, what plays until then, and what it brings back. */
  private underWay: { readonly sent: Sent; replaces: Sent | null; readonly reinstates: Sent | null } | null = null;
  /** What may still sound beside what plays: its fade was not over when the next one came. */
  private fading: readonly Sent[] = [];
  /** Every generation that has not retired, by when it was sent. */
  private readonly sent = new Map<Generation, Sent>();

  private constructor(options: SessionOptions, emit: Emitter) {
    this.options = options;
    this.fadeFrames = options.fadeFrames;
    this.library = libraryOf(options.library);
    this.emitter = emit;
    this.objects = new ObjectStore(emit, options.known);
    this.linker = new Linker({
      postsModules: options.postsModules,
      memoryBytes: options.memoryBytes ?? MAX_MEMORY_PAGES * PAGE_BYTES,
      tableSlots: options.tableSlots ?? TABLE_SLOTS,
      lastGeneration: options.lastGeneration ?? 0,
      ...(options.limits && { limits: options.limits }),
    });
    const { sampleRate, seed = 1, now } = options;
    this.shadow = new Shadow({ sampleRate, seed, ...(now && { now }) });
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

  /** The mistakes in a text, without doing anything about it. */
  check(text: string): readonly Diagnostic[] {
    return compile(text, this.library, this.parses).diagnostics;
  }

  /** @throws EmitterPending before anything was changed, where the emitter is one that loads later. */
  update(text: string, { fresh = false }: UpdateOptions = {}): UpdateResult {
    const { diagnostics, lowered, libraryUnits } = compile(text, this.library, this.parses);
    if (!lowered) return { kind: 'rejected', diagnostics };
    const units = [...libraryUnits, ...lowered.units];
    const compiled = this.emit(units, lowered);
    if (!compiled) return { kind: 'rejected', diagnostics: [nestedTooDeep(text)] };
    const draft = this.linker.link(linkInput(compiled, lowered), this.current?.linked ?? null);
    const functions = functionsOf(units);
    const span = defaultExportOf(lowered) ?? wholeOf(text);
    const offsetOf = (name: string) => this.linker.offsetOf(name);
    const isAllocation = (symbol: number, site: number) =>
      siteOf(functions, offsetOf, symbol, site)?.site.code === 'per-frame-memory';
    const result = this.shadow.run(draft, this.linker, isAllocation);
    const problem =
      result.kind === 'trap'
        ? describeTrap(result.trap, functions, offsetOf, text)
        : this.judge(result.audition, text, span);
    if (result.kind === 'trap' || problem) {
      this.giveUp(draft);
      return { kind: 'rejected', diagnostics: problem ? [problem] : [] };
    }
    const { image, audition } = result;
    const before = this.current;
    if (before && !fresh && this.linker.isSame(draft, image, before.linked)) {
      const report = this.report(draft, before, {
        stateKept: listNames(stateOf(before.linked)),
      });
      this.linker.rename(before.linked, draft);
      this.giveUp(draft);
      return { kind: 'unchanged', diagnostics, report };
    }
    const options = { ...this.followUp(audition.load, { draft, image }), isFresh: fresh };
    const placed = this.linker.place(draft, image, before?.linked ?? null, options);
    if (placed.kind === 'blocked') {
      this.giveUp(draft);
      const inTheWay = [...this.sent.values()].filter(({ linked }) => placed.by.includes(linked.tenancy));
      return { kind: 'crowded', diagnostics, kept: inTheWay.map(({ linked }) => linked.generation) };
    }
    if (placed.kind === 'full') {
      this.giveUp(draft);
      const kept = [...this.sent.keys()].filter((generation) => generation !== before?.linked.generation);
      if (kept.length > 0) return { kind: 'crowded', diagnostics, kept };
      const needed = `${Math.ceil(placed.neededBytes / 2 ** 20)} MB`;
      return { kind: 'rejected', diagnostics: [diagnose(wholeOf(text), 'no-room', needed)] };
    }
    return this.send(placed, { text, functions, span, load: audition.load, diagnostics, reinstates: null });
  }

  /**
   * The first update of a session that takes over from one before: what that one has left behind plays, and its state
   * goes on where that can be.
   */
  resume(checkpoint: Checkpoint): { readonly result: UpdateResult; readonly inherits: Inheritance | null } {
    const result = this.update(checkpoint.text);
    if (result.kind !== 'batch' || !this.current) return { result, inherits: null };
    const { sampleRate, seed = 1, limits = CARRY_LIMITS } = this.options;
    return { result, inherits: inheritance(checkpoint, this.current.linked, new Shadow({ sampleRate, seed }), limits) };
  }

  /** Of the batch that was just made, for the session that may have to take over. */
  checkpoint(): Checkpoint | null {
    return this.current && checkpointOf(this.current.linked, this.linker, this.current.text);
  }

  /** The generation before the one that plays, as a batch; `null`: there is none that is kept. */
  undo(): BatchResult | null {
    const target = this.before(this.current);
    if (!this.current || !target) return null;
    const followUp = this.followUp(target.load, target.linked);
    const placed = this.linker.reinstate(target.linked, this.current.linked, {
      ...followUp,
      // At once: whoever goes back wants to be rid of something.
      fadeFrames: Math.min(followUp.fadeFrames, Math.round(MAX_UNDO_FADE_SECONDS * this.options.sampleRate)),
      quantumFrames: 0,
      isFresh: false,
    });
    const { text, functions, span, load } = target;
    return this.send(placed, { text, functions, span, load, diagnostics: [], reinstates: target });
  }

  /** What a generation took the place of, as far back as is kept. */
  private before(sent: Sent | null): Sent | null {
    return sent?.follows ? (this.sent.get(sent.follows) ?? null) : null;
  }

  private send(
    { linked, batch: placed, planned }: Placed,
    made: Pick<Sent, 'text' | 'functions' | 'span' | 'load'> & {
      readonly diagnostics: readonly Diagnostic[];
      readonly reinstates: Sent | null;
    },
  ): BatchResult {
    const { text, functions, span, load, diagnostics, reinstates } = made;
    const { current } = this;
    const follows = reinstates ? reinstates.follows : (current?.linked.generation ?? null);
    const sent: Sent = { linked, text, functions, span, load, follows };
    const batch = load !== null && load < LIGHT_LOAD ? { ...placed, isLight: true } : placed;
    const { copiedBytes, adoptedBytes } = planned;
    const { fadeFrames, transition } = batch;
    const report = this.report(linked.draft, current, {
      ...{ stateKept: planned.kept, stateReset: planned.reset, copiedBytes, adoptedBytes },
      ...{ batchBytes: linked.batchBytes, fadeFrames, transition },
    });
    this.sent.set(linked.generation, sent);
    this.underWay = { sent, replaces: current, reinstates };
    this.current = sent;
    this.code.linked(linked);
    return { kind: 'batch', batch, text, diagnostics, report };
  }

  /** How the next batch follows what plays. */
  private followUp(load: number | null, next: Pick<LinkedGeneration, 'draft' | 'image'>, playing = this.current) {
    const { sampleRate } = this.options;
    let loadOfAll = (playing?.load ?? 0) + (load ?? 0);
    for (const fading of this.fading) loadOfAll += fading.load ?? 0;
    return {
      fadeFrames: this.fadeFrames,
      quantumFrames: playing ? quantumFramesOf(playing.linked, next, this.linker, sampleRate, this.quantise) : 0,
      canFade: (loadOfAll - 1) * ((1000 * this.fadeFrames) / sampleRate) <= MAX_LATE_MS,
    };
  }

  /** What the audition found that must not take the place of a sound. */
  private judge({ load, endsFinite }: Audition, text: string, span: Span): Diagnostic | null {
    if (load !== null && load > MAX_LOAD) return tooSlow(span, load);
    if (endsFinite || !this.current || this.options.allowsNonFinite) return null;
    return this.findNonFinite(text) ?? diagnose(span, 'not-finite', 'the sound', 'NaN');
  }

  /** Where a text first makes a number that is not finite, if it does so within some seconds and by itself. */
  findNonFinite(text: string): Diagnostic | null {
    try {
      return findNonFinite(text, this.library, { ...this.options, emit: this.emitter });
    } catch (thrown) {
      if (thrown instanceof EmitterPending) return null;
      throw thrown;
    }
  }

  /** The batch plays. Returns generations to be given up, since they take too much memory. */
  committed(generation: Generation): readonly Generation[] {
    const { underWay } = this;
    if (underWay?.sent.linked.generation !== generation) return [];
    this.underWay = null;
    if (underWay.replaces) this.fading = [...this.fading, underWay.replaces].slice(-MAX_FADING);
    // Its arena has a new owner.
    if (underWay.reinstates) this.forget(underWay.reinstates);
    this.code.committed(underWay.sent.linked, underWay.replaces?.linked ?? null);
    return this.tooMuch();
  }

  /** How the batch under way is to follow what plays, by the newest settings. */
  appointment(): Appointment | null {
    const { underWay } = this;
    if (!underWay || underWay.reinstates) return null;
    const { sent, replaces } = underWay;
    const options = { ...this.followUp(sent.load, sent.linked, replaces), isFresh: false };
    return this.linker.appointment(replaces?.linked ?? null, sent.linked, options);
  }

  /** The oldest generations that are only kept, as long as what is kept takes too much memory. */
  private tooMuch(): Generation[] {
    const needed = new Set([this.current, this.before(this.current)]);
    const kept = [...this.sent.values()].filter((sent) => !needed.has(sent));
    let bytes = 0;
    for (const { linked } of kept) bytes += linked.sizeBytes;
    const dropped: Generation[] = [];
    for (const { linked } of kept) {
      if (bytes <= MAX_KEPT_BYTES) break;
      bytes -= linked.sizeBytes;
      dropped.push(linked.generation);
    }
    return dropped;
  }

  /** What plays now plays alone. How state goes back from it to what played before, should it trap. */
  wayBack(): { readonly from: Generation; readonly to: Generation; readonly plan: CopyPlan } | null {
    this.fading = [];
    const to = this.before(this.current);
    if (!this.current || !to || this.underWay) return null;
    const plan = this.linker.planBack(this.current.linked, to.linked);
    return { from: this.current.linked.generation, to: to.linked.generation, plan };
  }

  /** No block uses the generation any more. Returns the slots to empty. */
  retired(generation: Generation): readonly Slot[] {
    const sent = this.sent.get(generation);
    if (!sent) return [];
    return this.giveBack(sent, (linked) => this.linker.retire(linked));
  }

  /** The batch could not be taken; what played before plays on. Returns the slots to empty. */
  refused(generation: Generation): readonly Slot[] {
    const { underWay } = this;
    if (underWay?.sent.linked.generation !== generation) return [];
    this.current = underWay.replaces;
    this.underWay = null;
    this.code.refused(underWay.sent.linked);
    if (underWay.reinstates) {
      this.forget(underWay.sent);
      return [];
    }
    return this.giveBack(underWay.sent, (linked) => this.linker.refuse(linked));
  }

  private giveBack(sent: Sent, release: (linked: LinkedGeneration) => readonly Slot[]): readonly Slot[] {
    this.forget(sent);
    const slots = release(sent.linked);
    this.code.retired(sent.linked, slots);
    this.shadow.release(slots);
    return slots;
  }

  private forget(sent: Sent): void {
    this.sent.delete(sent.linked.generation);
  }

  /** A draft that is not sent after all. */
  private giveUp(draft: Draft): void {
    this.shadow.release(this.linker.discard(draft));
  }

  /** A generation stopped in the audio thread; `fallback` plays instead, which edits continue from now on. */
  trapped(generation: Generation, fallback: Generation | null): void {
    const playing = fallback === null ? null : (this.sent.get(fallback) ?? null);
    const trapped = this.sent.get(generation);
    if (trapped) this.code.rolledBack(trapped.linked);
    // A batch under way continues what no longer plays: it will be refused, and what plays instead stays.
    if (this.underWay?.replaces?.linked.generation === generation) this.underWay.replaces = playing;
    if (this.current?.linked.generation !== generation) return;
    this.current = playing;
    this.underWay = null;
  }

  /** What a trap in the audio thread means. To be asked before the generation retires. */
  describeTrap({ trapSymbol, trapSite, reason, stack, generation, load = 1 }: LiveTrap): Diagnostic {
    const trap = { phase: 'audition', trapSymbol, trapSite, reason, stack } as const;
    const offsetOf = (name: string) => this.linker.offsetOf(name);
    // The newest generation that has the function: its text is the one that people see.
    const candidates = [...this.sent.values()].reverse();
    const named = this.sent.get(generation);
    if (reason === NON_FINITE) {
      const text = named?.text ?? '';
      return this.findNonFinite(text) ?? diagnose(wholeOf(text), 'not-finite', 'the sound', 'NaN');
    }
    if (reason === TOO_SLOW) return tooSlow(named?.span ?? wholeOf(''), load);
    const knowing =
      named ?? candidates.find(({ functions }) => siteOf(functions, offsetOf, trapSymbol, trapSite) !== null);
    return describeTrap(trap, knowing?.functions ?? new Map(), offsetOf, knowing?.text ?? '');
  }

  /** Where the samples of a generation come from that are not finite, as far as that can be found out. */
  explainNonFinite(generation: Generation): Diagnostic | null {
    const text = this.sent.get(generation)?.text;
    return text === undefined ? null : this.findNonFinite(text);
  }

  /** `load`: part of the time there is that it takes. */
  explainSlow(generation: Generation, load: number): Diagnostic | null {
    const span = this.sent.get(generation)?.span;
    return span ? tooSlow(span, load) : null;
  }

  /** All that were sent and have not retired. */
  generations(): readonly Generation[] {
    return [...this.sent.keys()];
  }

  /** The code that runs. */
  rows(): readonly CodeRow[] {
    return this.current ? this.code.rows(this.current.linked) : [];
  }

  /** What happened to units since this was asked last. */
  takeEvents(): readonly CodeEvent[] {
    return this.code.takeEvents();
  }

  memory(): { arenaBytes: number; peakBytes: number; slots: number; modules: number } {
    return {
      arenaBytes: this.current?.linked.sizeBytes ?? 0,
      peakBytes: this.linker.arenaPeakBytes,
      slots: this.linker.usedSlots,
      modules: this.linker.moduleCount,
    };
  }

  /** `null`: expressions nested deeper than the emitter's own recursion goes. */
  private emit(units: readonly LoweredUnit[], lowered: LoweredPatch): UnitObjects[] | null {
    try {
      return this.objects.compile(units, lowered.strings);
    } catch (thrown) {
      if (thrown instanceof RangeError) return null;
      throw thrown;
    }
  }

  private report(draft: Draft, before: Sent | null, what: Partial<SwapReport>): SwapReport {
    const names = new Set(draft.input.units.map((unit) => unit.name));
    const old = before?.linked.draft.input.units ?? [];
    const removed = old.filter((unit) => !unit.isLibrary && !names.has(unit.name)).map((unit) => unit.name);
    // Not as of the draft: one that is brought back was linked when something else played.
    const { changed, kept } = compareUnits(draft.input.units, old);
    return {
      ...{ changed, kept, removed, stateKept: [], stateReset: [], batchBytes: 0, fadeFrames: 0 },
      ...{ transition: 'cut', copiedBytes: 0, adoptedBytes: 0 },
      ...what,
    };
  }
}

const tooSlow = (span: Span, load: number): Diagnostic => diagnose(span, 'too-slow', `${Math.round(100 * load)} %`);

const wholeOf = (text: string): Span => ({ start: 0, end: Math.min(1, text.length) });

function defaultExportOf({ units }: LoweredPatch): Span | null {
  return units.find(({ name }) => name === 'default')?.source?.span ?? null;
}

/** A library is read once and never changes: sessions with the same sources share it. */
const libraries = new WeakMap<readonly LibrarySource[], Library>();

function libraryOf(sources: readonly LibrarySource[]): Library {
  let library = libraries.get(sources);
  if (!library) {
    library = new Library(sources);
    libraries.set(sources, library);
  }
  return library;
}
