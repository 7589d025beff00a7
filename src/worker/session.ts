/**
 * The whole compile side, without threads: text in, batches for the audio thread out. Used by the worker's shell in the
 * browser and as it is in Node.
 *
 * At most one batch is under way: `update` may be called again once the last one is committed or refused.
 */

import { compile, nestedTooDeep } from '../compiler/compile.ts';
import { Library, type LibrarySource } from '../compiler/library.ts';
import type { LoweredPatch, LoweredUnit } from '../compiler/lower/lower.ts';
import type { LoweredFunction } from '../compiler/lower/program.ts';
import type { TrapSite } from '../compiler/lower/trapSite.ts';
import { ParseCache } from '../compiler/parseCache.ts';
import { diagnose } from '../language/diagnostics.ts';
import { type Draft, type LinkableUnit, type LinkedGeneration, Linker } from '../linker/linker.ts';
import type { Inheritance } from '../protocol/audio.ts';
import type { Checkpoint, SwapReport } from '../protocol/compile.ts';
import type { Diagnostic, Span } from '../protocol/diagnostic.ts';
import type { GenerationBatch } from '../protocol/generation.ts';
import type { Generation, Slot } from '../protocol/units.ts';
import { type Emitter, type KnownObjects, ObjectStore, type UnitObjects } from './objects.ts';
import { checkpointOf, inheritance } from './resume.ts';
import { MAX_HEAP_BYTES, Shadow, type ShadowTrap } from './shadow.ts';

export interface SessionOptions {
  /** Frames per second. */
  readonly sampleRate: number;
  /** Length of the crossfade from one generation to the next. */
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
}

export type UpdateResult =
  /** The text has mistakes: nothing to do, what plays plays on. */
  | { readonly kind: 'rejected'; readonly diagnostics: readonly Diagnostic[] }
  /** Means the same as what plays. */
  | { readonly kind: 'unchanged'; readonly diagnostics: readonly Diagnostic[]; readonly report: SwapReport }
  | {
      readonly kind: 'batch';
      readonly batch: GenerationBatch;
      readonly diagnostics: readonly Diagnostic[];
      readonly report: SwapReport;
    };

export class Session {
  private readonly fadeFrames: number;
  private readonly library: Library;
  private readonly parses = new ParseCache();
  private readonly objects: ObjectStore;
  private readonly linker: Linker;
  private readonly shadow: Shadow;
  private readonly newShadow: () => Shadow;
  /** What plays, or will once the batch under way commits. */
  private current: LinkedGeneration | null = null;
  /** The batch that is neither committed nor refused yet, and what plays until then. */
  private underWay: { readonly batch: LinkedGeneration; replaces: LinkedGeneration | null } | null = null;
  private readonly sent = new Map<Generation, LinkedGeneration>();
  /** Functions of every generation that may still trap, oldest first. */
  private readonly functions = new Map<Generation, FunctionsByName>();

  private constructor(options: SessionOptions, emit: Emitter) {
    this.fadeFrames = options.fadeFrames;
    this.library = libraryOf(options.library);
    this.objects = new ObjectStore(emit, options.known);
    this.linker = new Linker(options.postsModules, { lastGeneration: options.lastGeneration ?? 0 });
    this.newShadow = () => new Shadow(options.sampleRate, options.seed ?? 1);
    this.shadow = this.newShadow();
  }

  static async create(options: SessionOptions): Promise<Session> {
    return new Session(options, options.emit ?? (await import('../compiler/emit.ts')).emit);
  }

  /** @throws EmitterPending before anything was changed, where the emitter is one that loads later. */
  update(text: string): UpdateResult {
    const { diagnostics, lowered, libraryUnits } = compile(text, this.library, this.parses);
    if (!lowered) return { kind: 'rejected', diagnostics };
    const units = [...libraryUnits, ...lowered.units];
    const compiled = this.emit(units, lowered);
    if (!compiled) return { kind: 'rejected', diagnostics: [nestedTooDeep(text)] };
    const draft = this.linker.link(linkInput(compiled, lowered), this.current);
    const functions = functionsOf(units);
    const isAllocation = (symbol: number, site: number) =>
      this.siteOf(functions, symbol, site)?.site.code === 'per-frame-memory';
    const result = this.shadow.run(draft, this.linker, isAllocation);
    if (result.kind === 'trap') {
      const problem = this.describe(result.trap, functions, text);
      this.shadow.release(this.linker.discard(draft));
      return { kind: 'rejected', diagnostics: [problem] };
    }
    const { image } = result;
    if (this.current && this.linker.isSame(draft, image, this.current)) {
      const report = this.report(draft, [...this.current.state.cells.keys()], [], 0, 0);
      this.shadow.release(this.linker.discard(draft));
      return { kind: 'unchanged', diagnostics, report };
    }
    const { linked, batch, planned } = this.linker.place(draft, image, this.current, this.fadeFrames);
    const report = this.report(draft, planned.kept, planned.reset, linked.batchBytes, batch.fadeFrames);
    this.sent.set(linked.generation, linked);
    this.functions.set(linked.generation, functions);
    this.underWay = { batch: linked, replaces: this.current };
    this.current = linked;
    return { kind: 'batch', batch, diagnostics, report };
  }

  /**
   * The first update of a session that takes over from one before: what that one has left behind plays, and its state
   * goes on where that can be.
   */
  resume(checkpoint: Checkpoint): { readonly result: UpdateResult; readonly inherits: Inheritance | null } {
    const result = this.update(checkpoint.text);
    const linked = result.kind === 'batch' ? this.sent.get(result.batch.generation) : undefined;
    return { result, inherits: linked ? inheritance(checkpoint, linked, this.newShadow()) : null };
  }

  /** Of the batch that `update` has just given, for the session that may have to take over. */
  checkpoint(generation: Generation, text: string): Checkpoint | null {
    const linked = this.sent.get(generation);
    return linked ? checkpointOf(linked, this.linker, text) : null;
  }

  /** The batch plays. */
  committed(committedGeneration: Generation): void {
    if (this.underWay?.batch.generation === committedGeneration) this.underWay = null;
  }

  /** No block uses the generation any more. Returns the slots to empty. */
  retired(retiredGeneration: Generation): readonly Slot[] {
    return this.giveBack(retiredGeneration, (linked) => this.linker.retire(linked));
  }

  /** The batch could not be taken; what played before plays on. */
  refused(refusedGeneration: Generation): void {
    if (this.underWay?.batch.generation !== refusedGeneration) return;
    this.current = this.underWay.replaces;
    this.underWay = null;
    this.giveBack(refusedGeneration, (linked) => this.linker.refuse(linked));
  }

  private giveBack(generation: Generation, release: (linked: LinkedGeneration) => readonly Slot[]): readonly Slot[] {
    const linked = this.sent.get(generation);
    if (!linked) return [];
    this.sent.delete(generation);
    this.functions.delete(generation);
    const slots = release(linked);
    this.shadow.release(slots);
    return slots;
  }

  /** A generation stopped in the audio thread; `fallback` plays instead, which edits continue from now on. */
  trapped(trappedGeneration: Generation, fallback: Generation | null): void {
    const playing = fallback === null ? null : (this.sent.get(fallback) ?? null);
    // A batch under way continues what no longer plays: it will be refused, and what plays instead stays.
    if (this.underWay?.replaces?.generation === trappedGeneration) this.underWay.replaces = playing;
    if (this.current?.generation !== trappedGeneration) return;
    this.current = playing;
    this.underWay = null;
  }

  /** What a trap in the audio thread means. */
  describeTrap(trapSymbol: number, trapSite: number): Diagnostic {
    const trap: ShadowTrap = { phase: 'audition', trapSymbol, trapSite, reason: 'unreachable', stack: '' };
    // The newest generation that has the function: its text is the one that people see.
    const knowing = [...this.functions.values()].reverse();
    const functions = knowing.find((candidate) => this.siteOf(candidate, trapSymbol, trapSite) !== null);
    return this.describe(trap, functions ?? new Map(), '');
  }

  memory(): { arenaBytes: number; peakBytes: number; slots: number; modules: number } {
    return {
      arenaBytes: this.current?.sizeBytes ?? 0,
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

  /** The function that an offset in the symbols belongs to, and what it can trap with there. */
  private siteOf(
    functions: FunctionsByName,
    trapSymbol: number,
    trapSite: number,
  ): { readonly fn: LoweredFunction; readonly site: TrapSite } | null {
    if (trapSymbol === 0) return null;
    for (const [name, fn] of functions) {
      if (this.linker.offsetOf(name) !== trapSymbol) continue;
      const site = fn.sites[trapSite];
      return site ? { fn, site } : null;
    }
    return null;
  }

  private describe(trap: ShadowTrap, functions: FunctionsByName, text: string): Diagnostic {
    const found = this.siteOf(functions, trap.trapSymbol, trap.trapSite);
    if (found) {
      const { fn, site } = found;
      switch (site.code) {
        case 'endless-loop':
          return diagnose(site.span, 'endless-loop', nameOf(fn.path));
        case 'per-frame-memory':
          return trap.phase === 'top level'
            ? diagnose(site.span, 'out-of-memory', `${MAX_HEAP_BYTES / 2 ** 20} MB`)
            : diagnose(site.span, 'per-frame-memory');
        case 'grows-per-frame':
          return diagnose(site.span, 'grows-per-frame', 'This assignment');
        case 'array-length':
        case 'array-gap':
        case 'empty-reduce':
        case 'outside-array':
          return diagnose(site.span, site.code);
        default:
          return diagnose(site.span, 'undefined-value', quote(text, site.span));
      }
    }
    const where = trap.phase === 'top level' ? 'The top level' : 'The patch';
    const whole = { start: 0, end: Math.min(1, text.length) };
    if (!/stack/i.test(trap.reason)) return diagnose(whole, 'trap', where, trap.reason);
    const deepest = recursionIn(functions, trap.stack);
    return deepest
      ? diagnose(deepest.site.span, 'stack-overflow', nameOf(deepest.fn.path))
      : diagnose(whole, 'stack-overflow', where);
  }

  private report(
    draft: Draft,
    stateKept: readonly string[],
    stateReset: readonly string[],
    batchBytes: number,
    fadeFrames: number,
  ): SwapReport {
    const names = new Set(draft.input.units.map((unit) => unit.name));
    const before = this.current?.draft.input.units ?? [];
    const removed = before.filter((unit) => !unit.isLibrary && !names.has(unit.name)).map((unit) => unit.name);
    const { changed, kept } = draft;
    const transition = fadeFrames > 0 ? 'fade' : 'cut';
    return {
      changed,
      kept,
      removed,
      stateKept,
      stateReset,
      batchBytes,
      fadeFrames,
      transition,
      copiedBytes: 0,
      adoptedBytes: 0,
    };
  }
}

/** What a message calls a function, by its lexical path. */
function nameOf(path: string): string {
  if (path === 'default') return 'the default export';
  // Statements at the top level are units without a name of their own.
  if (/^statement(#\d+)?$/.test(path)) return 'the top level';
  const named = path.replace(/(\.λ\d+)+$/, '');
  return named === path ? `\`${path}\`` : `a function in \`${named}\``;
}

/** What a message calls an expression: its text, if that is known and short. */
function quote(text: string, { start, end }: Span): string {
  const quoted = text.slice(start, end).replace(/\s+/g, ' ');
  return quoted.length > 0 && quoted.length <= 32 ? `\`${quoted}\`` : 'This';
}

/** Functions by the names under which modules import their offsets. */
type FunctionsByName = ReadonlyMap<string, LoweredFunction>;

function functionsOf(units: readonly LoweredUnit[]): FunctionsByName {
  const functions = new Map<string, LoweredFunction>();
  for (const unit of units) {
    for (const fn of unit.functions) functions.set(`function:${fn.ir.symbol}`, fn);
    if (unit.initialiser) functions.set(`function:${unit.initialiser.ir.symbol}`, unit.initialiser);
  }
  return functions;
}

/** The recursive function nearest to where the stack ended. Engines name functions of wasm by their symbols. */
function recursionIn(
  functions: FunctionsByName,
  stack: string,
): { readonly fn: LoweredFunction; readonly site: TrapSite } | null {
  let nearest: { fn: LoweredFunction; site: TrapSite; at: number } | null = null;
  for (const fn of functions.values()) {
    const [first] = fn.ir.body;
    const site = first?.op === 'fuel' ? fn.sites[first.site] : undefined;
    const at = site ? stack.indexOf(fn.ir.symbol) : -1;
    if (site && at >= 0 && (nearest === null || at < nearest.at)) nearest = { fn, site, at };
  }
  return nearest;
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

function linkInput(compiled: readonly UnitObjects[], lowered: LoweredPatch) {
  const units: LinkableUnit[] = compiled.map(({ unit, code, initialiser }) => ({
    name: unit.name,
    code,
    initialiser,
    live: new Set(unit.functions.filter((fn) => fn.isLive).map((fn) => fn.ir.symbol)),
    isLibrary: unit.source === null,
  }));
  const { staticClosures, strings, roots, allocatesPerFrame } = lowered;
  return { units, staticClosures, strings, roots, allocatesPerFrame };
}
