/**
 * A text to a program that is linked and was tried: all passes of the compiler, modules, slots and offsets, a run of the
 * top level and an audition in the shadow. In: a text, and what plays. Out: a draft with its image, or why there is none.
 * Worker and Node.
 *
 * Ensures that a text that is rejected, or on which a pass throws, leaves the linker and the shadow as they were.
 */

import { type Compilation, CompileCache, compile, nestedTooDeep } from '../compiler/compile.ts';
import { ExceedsEngine } from '../compiler/emit/engineLimits.ts';
import { headOf } from '../compiler/infer/infer.ts';
import { Library, type LibrarySource } from '../compiler/library.ts';
import { type LoweredPatch, type LoweredUnit, lower } from '../compiler/lower/lower.ts';
import type { LoweredFunction } from '../compiler/lower/program.ts';
import type { PrintSite } from '../compiler/resolve/consoleCalls.ts';
import type { HostCall } from '../compiler/resolve/hostCalls.ts';
import { type DeclaredName, LanguageService } from '../compiler/service/languageService.ts';
import { diagnose } from '../language/diagnostics.ts';
import { sameBytes } from '../linker/bytes.ts';
import { MAX_CELLS } from '../linker/cellCount.ts';
import type { Linker } from '../linker/linker.ts';
import type { Draft, LinkedGeneration, ObjectModule } from '../linker/linkTypes.ts';
import type { Declared } from '../linker/watched.ts';
import type { MovedControl } from '../protocol/controls.ts';
import type { Diagnostic, Span } from '../protocol/diagnostic.ts';
import type { AnswerTo, Question } from '../protocol/language.ts';
import type { Evaluated } from '../protocol/peek.ts';
import type { LoadedSample } from '../protocol/samples.ts';
import type { Slot } from '../protocol/units.ts';
import { evaluateExpression } from './evaluateExpression.ts';
import { Explanations } from './explanations.ts';
import type { Footprint } from './footprint.ts';
import { linkInput } from './linkInput.ts';
import { type Emitter, type KnownObjects, modulesOf, ObjectStore, type UnitObjects } from './objects.ts';
import {
  fillSamples,
  hostOf,
  NO_PATCH_HOST,
  type PatchHost,
  type SamplePlace,
  sampleBytesIn,
  samplePlaces,
  writeMoved,
} from './patchHost.ts';
import { withPrinting } from './printing.ts';
import type { ReplayOptions } from './replay.ts';
import { sizesOf } from './samples.ts';
import { MAX_HEAP_BYTES, MAX_ROOM_BYTES, Shadow } from './shadow.ts';
import type { TrialSpace } from './tierTrial.ts';
import { type FunctionsByName, functionsOf, wholeOf } from './trapMessages.ts';

export interface PatchCompilerOptions {
  /** Frames per second. */
  readonly sampleRate: number;
  /** What `Math.random` begins with, 32 bits; 1 if not given. The same seed gives the same sound. */
  readonly seed?: number;
  /** Objects that need not be emitted again. */
  readonly known?: KnownObjects;
  /** The modules of src/library, in the order in which they import each other. */
  readonly library: readonly LibrarySource[];
  /** Milliseconds on a clock that only rises, by which auditions tell what is too slow. Without it nothing is. */
  readonly now?: () => number;
  /** Whether a patch may be samples that are not finite: then they are neither refused nor warned of. */
  readonly allowsNonFinite?: boolean;
}

/** A program that is ready to be placed. */
export interface TriedProgram {
  readonly kind: 'tried';
  readonly text: string;
  /** Holds slots and offsets until it is placed or discarded. */
  readonly draft: Draft;
  readonly image: Uint8Array<ArrayBuffer>;
  readonly functions: FunctionsByName;
  /** What is to be pointed at when it is about the whole. */
  readonly span: Span;
  /** Part of the time there is that rendering takes; `null` where nobody measured. */
  readonly load: number | null;
  /** What the dearest block of the audition burned. */
  readonly fuel: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly host: PatchHost;
}

/** A text whose objects are there. */
interface LoweredText {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly lowered: LoweredPatch;
  readonly units: readonly LoweredUnit[];
  readonly objects: readonly UnitObjects[];
  readonly hostCalls: readonly HostCall[];
  readonly printSites: readonly PrintSite[];
}

export type Rejected = { readonly kind: 'rejected'; readonly diagnostics: readonly Diagnostic[] };

const rejected = (...diagnostics: readonly Diagnostic[]): Rejected => ({ kind: 'rejected', diagnostics });

export class PatchCompiler {
  readonly explanations: Explanations;
  private readonly linker: Linker;
  private readonly library: Library;
  private readonly cache = new CompileCache();
  private readonly samples = new Map<string, LoadedSample>();
  private readonly objects: ObjectStore;
  private readonly shadow: Shadow;
  private readonly allowsNonFinite: boolean;
  /** For what is played aside. */
  private readonly aside: ReplayOptions;
  private sources: readonly LibrarySource[];
  /** Made when somebody asks for the first time. */
  private language: LanguageService | null = null;
  private last: { readonly text: string; readonly compilation: Compilation } | null = null;

  constructor(options: PatchCompilerOptions, emit: Emitter, linker: Linker) {
    const { sampleRate, seed = 1, now, known, allowsNonFinite = false } = options;
    this.linker = linker;
    this.library = libraryOf(options.library);
    this.objects = new ObjectStore(emit, known);
    this.shadow = new Shadow({ sampleRate, seed, ...(now && { now }) });
    this.aside = { sampleRate, seed, emit, ...(now && { now }) };
    this.explanations = new Explanations(this.library, this.aside, (name) => linker.offsetOf(name));
    this.allowsNonFinite = allowsNonFinite;
    this.sources = options.library;
  }

  /** The mistakes in a text, without doing anything about it. */
  check(text: string): readonly Diagnostic[] {
    return this.read(text).diagnostics;
  }

  /** From now on answers come from these texts of the library, which have their comments. */
  document(sources: readonly LibrarySource[]): void {
    this.sources = sources;
    this.language = null;
  }

  /** Answers a question about a text; what was compiled last is known to it. */
  ask<Asked extends Question>(text: string, question: Asked): AnswerTo<Asked> {
    return this.service().answer(text, question);
  }

  /** See `LanguageService.declarationAt`. */
  declarationAt(text: string, offset: number): DeclaredName | null {
    return this.service().declarationAt(text, offset);
  }

  private service(): LanguageService {
    if (!this.language) {
      this.language = new LanguageService(this.library, this.sources, (checked) => this.read(checked));
      if (this.last) this.language.remember(this.last.text, this.last.compilation);
    }
    return this.language;
  }

  /** The variables of a text with what they lead to, as it would be compiled now. */
  rootsOf(text: string): Declared {
    const compilation = this.last?.text === text ? this.last.compilation : this.read(text);
    return compilation.lowered ?? { roots: [] };
  }

  private read(text: string): Compilation {
    const compilation = compile(text, this.library, this.cache, { samples: sizesOf(this.samples) });
    this.last = { text, compilation };
    this.language?.remember(text, compilation);
    return compilation;
  }

  /** The code of a text with marks of its lines, and the symbols of what runs; `null`: it has mistakes. */
  marked(text: string): {
    readonly lowered: LoweredPatch;
    readonly libraryUnits: readonly LoweredUnit[];
    readonly symbols: readonly string[];
  } | null {
    const { typed, lowered: plain } = this.last?.text === text ? this.last.compilation : this.read(text);
    if (!plain) return null;
    const lowered = lower(typed, this.library, { marksLines: true });
    const libraryUnits = this.library.unitsFor(lowered.libraryCalls);
    const live = [...libraryUnits, ...lowered.units].flatMap(({ functions }) => functions.filter((fn) => fn.isLive));
    return { lowered, libraryUnits, symbols: live.map(({ ir }) => ir.symbol) };
  }

  /** What the selection or the line at a place gives, aside from all else. Never throws. */
  evaluate(text: string, place: Span): Evaluated {
    try {
      return evaluateExpression(text, place, this.library, this.aside);
    } catch (thrown) {
      return { kind: 'none', reason: thrown instanceof Error ? thrown.message : String(thrown) };
    }
  }

  /**
   * `playing`: whose place it is to take. `moved`: controls that stand elsewhere than the text says.
   */
  compile(
    text: string,
    playing: LinkedGeneration | null,
    moved: readonly MovedControl[] = [],
  ): TriedProgram | Rejected {
    const { diagnostics, lowered, libraryUnits, resolved } = this.read(text);
    if (!lowered) return rejected(...diagnostics);
    const units = [...libraryUnits, ...lowered.units];
    for (;;) {
      const objects = this.emit(text, units, lowered);
      if ('kind' in objects) return objects;
      // Code from a visit before may not be what it seems: a text that fails with it gets another try without it.
      try {
        const made = this.try(
          {
            text,
            diagnostics,
            lowered,
            units,
            objects,
            hostCalls: resolved.hostCalls,
            printSites: resolved.printSites,
          },
          playing,
          moved,
        );
        if (made.kind !== 'rejected' || !this.distrust(modulesOf(objects))) return made;
      } catch (thrown) {
        if (!this.distrust(modulesOf(objects))) throw thrown;
      }
    }
  }

  /** A sound file that patches may play; `null`: it is gone. */
  setSample(name: string, sample: LoadedSample | null): void {
    if (sample) this.samples.set(name, sample);
    else this.samples.delete(name);
  }

  /** What was made of these modules failed. Returns whether any of it will be emitted again. */
  distrust(modules: Iterable<ObjectModule>): boolean {
    return this.objects.distrust(modules);
  }

  private try(
    { text, diagnostics, lowered, units, objects, hostCalls, printSites }: LoweredText,
    playing: LinkedGeneration | null,
    moved: readonly MovedControl[],
  ): TriedProgram | Rejected {
    const draft = this.linker.link(linkInput(objects, lowered), playing);
    const program = { text, functions: functionsOf(units), span: defaultExportOf(lowered) ?? wholeOf(text) };
    let isGood = false;
    try {
      const isAllocation = (symbol: number, site: number) =>
        this.explanations.isAllocation(program.functions, symbol, site);
      let host = NO_PATCH_HOST;
      let places: readonly SamplePlace[] = [];
      const result = this.shadow.run(
        draft,
        this.linker,
        isAllocation,
        (image, write, arena) => {
          fillSamples(places, image, arena);
          host = withPrinting(
            hostOf(hostCalls, { draft, image }, this.linker),
            printSites,
            { draft, image },
            this.linker,
            arena,
          );
          writeMoved(host.inputs, moved, write);
        },
        {
          roomBytes: Math.min(MAX_ROOM_BYTES, MAX_HEAP_BYTES + sampleBytesIn(this.samples, draft)),
          // Until they are filled.
          zerosIn: (arena) => {
            places = samplePlaces(this.samples, { draft, image: arena }, this.linker);
            return places.flatMap(({ offset, bytes }) => [offset, offset + bytes.length]);
          },
        },
      );
      if (result.kind === 'trap') return rejected(this.explanations.trap(result.trap, program));
      const { audition } = result;
      // Most edits change code alone: what is known of the image that plays is then known of this one.
      const image = playing && isSameImage(playing.image, result.image) ? playing.image : result.image;
      const tooMany = this.linker.tooManyCells(draft, image);
      if (tooMany) {
        const place = lowered.units.find(({ name }) => name === tooMany.path)?.source?.span ?? program.span;
        return rejected(diagnose(headOf(text, place), 'too-many-objects', tooMany.path, MAX_CELLS));
      }
      const takesPlaceOfSound = playing !== null && !this.allowsNonFinite;
      const unfit = this.explanations.unfit(audition, program, takesPlaceOfSound);
      if (unfit) return rejected(unfit);
      // Only once: finding out takes longer than an edit may.
      const isFirst = playing === null && !this.allowsNonFinite;
      const doubt = isFirst ? this.explanations.doubtful(audition, program) : null;
      isGood = true;
      return {
        kind: 'tried',
        ...{ ...program, draft, image, load: audition.load, fuel: audition.fuel, host },
        diagnostics: doubt && !isTold(doubt, diagnostics) ? [...diagnostics, doubt] : diagnostics,
      };
    } finally {
      if (!isGood) this.discard(draft);
    }
  }

  /** A draft that is not placed after all. */
  discard(draft: Draft): void {
    this.emptied(this.linker.discard(draft));
  }

  /** See `Shadow.spaceFor`. */
  spaceFor(footprint: Footprint): TrialSpace | null {
    return this.shadow.spaceFor(footprint);
  }

  /** No generation uses these slots any more. */
  emptied(slots: readonly Slot[]): void {
    this.shadow.release(slots);
  }

  /** Rejects expressions nested deeper than the emitter's own recursion goes, and functions larger than engines take. */
  private emit(text: string, units: readonly LoweredUnit[], lowered: LoweredPatch): UnitObjects[] | Rejected {
    try {
      return this.objects.compile(units, lowered.strings);
    } catch (thrown) {
      if (thrown instanceof RangeError) return rejected(nestedTooDeep(text));
      if (!(thrown instanceof ExceedsEngine)) throw thrown;
      const { symbol, what, limit } = thrown;
      const has = (fn: LoweredFunction | null): boolean => fn?.ir.symbol === symbol;
      const unit = units.find(({ functions, initialiser }) => functions.some(has) || has(initialiser));
      return rejected(diagnose(headOf(text, unit?.source?.span ?? wholeOf(text)), 'too-large', what, limit));
    }
  }
}

const isSameImage = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && sameBytes(a, 0, b, 0, a.length);

/** Whether the compiler has something to say of that place already: it knows what is wrong without having played it. */
const isTold = ({ span }: Diagnostic, diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some((told) => told.span.start < span.end && span.start < told.span.end);

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
