/**
 * The last text that was lowered, kept with its types and its code. In: the resolved tree of the next text. Out: the same as from
 * all passes, where the two texts mean the same but for numbers that are written out, comments and space (sameTree.ts): types are
 * kept, and only the functions with such numbers in them are lowered. `null`: all passes have to run.
 *
 * The tree is changed in place, since all that is known of it is known by its objects; what was made of it before can still be
 * read as it was (treeHistory.ts).
 */

import type { Diagnostic, Span } from '../../protocol/diagnostic.ts';
import type { FunctionNode } from '../ast.ts';
import type { TypedPatch } from '../infer/infer.ts';
import { lengthOf } from '../infer/patchUnits.ts';
import { restartsIn } from '../infer/restarts.ts';
import type { Instance, LibrarySite } from '../infer/types.ts';
import type { UncalledCache } from '../infer/uncalled.ts';
import type { FunctionCache } from '../lower/functionCache.ts';
import { finishLowering, type LoweredPatch, type Lowering, type Piece } from '../lower/lower.ts';
import type { PatchShapes } from '../lower/patchShapes.ts';
import type { LoweredFunction } from '../lower/program.ts';
import type { TrapSite } from '../lower/trapSite.ts';
import type { ResolvedPatch } from '../resolve/resolve.ts';
import { workFor } from '../workLimit.ts';
import { otherNumber } from './otherNumber.ts';
import { type SamePatch, samePatch } from './sameTree.ts';
import { rewritesIn, SpanHolders } from './spanHolders.ts';
import { TextChange } from './textChange.ts';
import { type Swap, TreeVersion } from './treeHistory.ts';

/** What all passes have made of a text. */
export interface Made {
  readonly typed: TypedPatch;
  /** Of functions that nobody calls, in the order of `uncalledIn`. */
  readonly uncalled: readonly FunctionNode[];
  readonly warnings: readonly Diagnostic[];
  readonly lowering: Lowering;
  readonly lowered: LoweredPatch;
}

/** How often work was saved, and how much was done: for tests. */
export interface KeptCounts {
  texts: number;
  /** Texts among them that were not even read. */
  unread: number;
  functions: number;
}

export class KeptProgram {
  readonly counts: KeptCounts = { texts: 0, unread: 0, functions: 0 };
  private made: Made | null = null;
  /** What stands somewhere in its text; found when something moves for the first time. */
  private holders: SpanHolders | null = null;
  private version = new TreeVersion();
  private readonly functions: FunctionCache;
  private readonly uncalledCache: UncalledCache;
  /** Of the text whose types were inferred. */
  private inferredLength = 0;
  private uncalledWorkLeft = 0;

  constructor(functions: FunctionCache, uncalledCache: UncalledCache) {
    this.functions = functions;
    this.uncalledCache = uncalledCache;
  }

  /** What all passes have made of a text; `finish`: lowers what is left to lower, and gets what runs work on the tree as it is now. */
  keep(made: Omit<Made, 'lowered'>): LoweredPatch {
    this.version = new TreeVersion();
    this.holders = null;
    const lowered = this.finish(made.lowering, made.typed);
    this.made = { ...made, lowered };
    this.inferredLength = lengthOf(made.typed.patch);
    this.uncalledWorkLeft = made.uncalled.length === 0 ? Number.POSITIVE_INFINITY : this.uncalledCache.workLeft;
    return lowered;
  }

  private finish(lowering: Lowering, typed: TypedPatch, shapes?: PatchShapes): LoweredPatch {
    const { version } = this;
    return finishLowering(lowering, typed, (work) => version.during(work), shapes);
  }

  /** What the passes would make of a text that was resolved without mistakes; `null`: they have to. */
  again(resolved: ResolvedPatch): Made | null {
    const { made } = this;
    if (!made || resolved.hiding.length > 0 || made.typed.patch.hiding.length > 0) return null;
    const { patch } = made.typed;
    const change = new TextChange(patch.text, resolved.text);
    const same = samePatch(patch, resolved, change);
    // What inference has put in the place of something does not move with it.
    const isMoved = same?.swaps.some(({ field }) => field === 'span');
    if (isMoved && rewritesIn(made.typed.instances).length > 0) return null;
    return same && this.changed(made, resolved, same, change);
  }

  /** The same of a text that was not even read, where it differs in one number; `null`: it has to be read. */
  withOtherNumber(text: string): Made | null {
    try {
      return this.numberChanged(text);
    } catch (thrown) {
      // Chains longer than these passes' own recursion goes: all of them say what that means.
      if (thrown instanceof RangeError) return null;
      throw thrown;
    }
  }

  private numberChanged(text: string): Made | null {
    const { made } = this;
    if (!made) return null;
    const { patch } = made.typed;
    const other = otherNumber(patch, text);
    if (!other) return null;
    const { same, change } = other;
    const diagnostics = movedAll(patch.diagnostics, change);
    const moved = change.growth === 0 ? [] : this.movedBehind(made, change);
    if (!moved || !diagnostics) return null;
    const hostCalls = patch.hostCalls.map((call) => ({
      ...call,
      span: change.span(call.span)!,
      numberSpans: call.numberSpans.map((span) => span && change.span(span)),
    }));
    const swaps = [...same.swaps, ...moved];
    const changed = this.changed(made, { ...patch, text, diagnostics, hostCalls }, { ...same, swaps }, change);
    if (changed) this.counts.unread++;
    return changed;
  }

  private movedBehind({ typed }: Made, change: TextChange): Swap[] | null {
    this.holders ??= new SpanHolders(typed.patch, typed.instances);
    return this.holders.isUnsure ? null : this.holders.moved(change);
  }

  private changed(made: Made, resolved: ResolvedPatch, same: SamePatch, change: TextChange): Made | null {
    const { patch } = made.typed;
    if (!this.isWithinWork(resolved)) return null;
    const diagnostics = movedAll(made.typed.diagnostics, change);
    const warnings = movedAll(made.warnings, change);
    if (!diagnostics || !warnings || !areWarningsSame(made, same, change)) return null;
    const sites = movedSites(made.typed.instances, same.swaps, change);
    if (!sites) return null;
    const before = this.version;
    const swaps = [...same.swaps, ...sites];
    this.version = before.change(swaps);
    // What fails from here on leaves nothing to go by.
    this.made = null;
    let now: Made | null = null;
    try {
      const typed: TypedPatch = { ...made.typed, patch: merged(patch, resolved), diagnostics };
      const isTold = same.hasNewNumbers && hasRestarts(made.typed);
      const lowering = isTold ? null : this.lowerAgain(made.lowering, typed, same, change);
      if (!lowering) return null;
      const isUnchanged = swaps.every(({ field }) => field === 'text');
      const lowered = isUnchanged ? made.lowered : this.finish(lowering, typed, sameShapes(made.lowered.shapes, same));
      now = { ...made, typed, warnings, lowering, lowered };
      this.made = now;
      this.counts.texts++;
      return now;
    } finally {
      if (!now) this.version = undone(this.version, swaps);
    }
  }

  /** A shorter text may ask for less. */
  private isWithinWork(resolved: ResolvedPatch): boolean {
    const more = workFor(lengthOf(resolved)) - workFor(this.inferredLength);
    return this.made!.typed.workLeft + more >= 0 && this.uncalledWorkLeft >= 0 && this.uncalledWorkLeft + more >= 0;
  }

  /** `null`: names of symbols might be others. */
  private lowerAgain(
    { program, pieces }: Lowering,
    { patch }: TypedPatch,
    { changed }: SamePatch,
    change: TextChange,
  ): Lowering | null {
    this.functions.resume();
    program.unwinding = patch.unwinding;
    const now: Piece[] = [];
    for (const piece of pieces) {
      const { node } = piece.instance.closure;
      const moved = changed.has(node) ? null : movedPiece(piece, change);
      if (moved) {
        now.push(moved);
        continue;
      }
      this.counts.functions++;
      const asked = program.asking(piece.make);
      if (!isSameList(asked.names, piece.names)) return null;
      now.push({ ...piece, ...asked });
    }
    return { program, pieces: now };
  }
}

/** Shapes depend on numbers where those say how long a delay line is. */
function sameShapes(shapes: PatchShapes, { changed, swaps }: SamePatch): PatchShapes | undefined {
  const hasOtherConstants = swaps.some(({ field }) => field === 'number');
  return shapes.rings.isStillSame((node) => hasOtherConstants || changed.has(node)) ? shapes : undefined;
}

/** The tree as it was before a change that was for nothing. */
function undone(version: TreeVersion, swaps: readonly Swap[]): TreeVersion {
  return version.change(swaps.toReversed());
}

/** What later passes know is known of the tree before; what they look up in the text is of the one after. */
const merged = (before: ResolvedPatch, after: ResolvedPatch): ResolvedPatch => ({
  ...after,
  units: before.units,
  libraryUnits: before.libraryUnits,
  beforeFrames: before.beforeFrames,
  root: before.root,
  rootCall: before.rootCall,
  rootUnit: before.rootUnit,
  scope: before.scope,
  unwinding: before.unwinding &&
    after.unwinding && { ...after.unwinding, number: before.unwinding.number, thrown: before.unwinding.thrown },
});

function movedAll(diagnostics: readonly Diagnostic[], change: TextChange): readonly Diagnostic[] | null {
  const moved: Diagnostic[] = [];
  for (const diagnostic of diagnostics) {
    const one = change.diagnostic(diagnostic);
    if (!one) return null;
    moved.push(one);
  }
  return moved;
}

/** Whether no number has changed that a warning may have been about. */
function areWarningsSame(
  { typed, uncalled, warnings }: Made,
  { changed, hasNewNumbers }: SamePatch,
  change: TextChange,
) {
  if (!hasNewNumbers) return true;
  if (typed.diagnostics.length > 0 && [...changed].some((node) => isToldOf(node, typed.diagnostics))) return false;
  if (typed.diagnostics.some(({ code }) => code === 'restarts-each-call')) return false;
  return warnings.length === 0 || uncalled.every((node) => change.isOutside(node.span));
}

const isToldOf = ({ span: { start, end } }: FunctionNode, diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ span, related = [] }) =>
    [span, ...related.map((place) => place.span)].some((at) => at.start < end && at.end > start),
  );

const hasRestarts = ({ instances, root }: TypedPatch): boolean =>
  restartsIn(instances, root?.instance.closure.node ?? null).length > 0;

/** Where the calls are now that led into the library; `null`: that is not known of one. */
function movedSites(instances: readonly Instance[], swaps: readonly Swap[], change: TextChange): Swap[] | null {
  if (change.isNone) return [];
  const moved: Swap[] = [];
  const seen = new Set<LibrarySite>();
  let spans: ReadonlyMap<unknown, Span> | null = null;
  for (const { site } of instances) {
    if (!site || seen.has(site)) continue;
    seen.add(site);
    let span = change.span(site.span);
    if (!span) {
      // Within what differs: that of the call itself.
      spans ??= new Map(
        swaps.flatMap(({ holder, field, value }) =>
          field === 'span' ? [[(holder as { readonly span: Span }).span, value as Span] as const] : [],
        ),
      );
      span = spans.get(site.span) ?? null;
    }
    if (!span) return null;
    if (span !== site.span) moved.push({ holder: site, field: 'span', value: span });
    const others = site.others?.map((other) => change.span(other));
    if (others?.includes(null)) return null;
    if (others) moved.push({ holder: site, field: 'others', value: others });
  }
  return moved;
}

/** A function whose code is what it was, wherever its text has moved; `null`: it has to be lowered to know where. */
function movedPiece(piece: Piece, change: TextChange): Piece | null {
  if (change.isNone) return piece;
  const { made, instance } = piece;
  const isOfPatch = !instance.closure.node.unit?.isLibrary;
  const sites: TrapSite[] = [];
  let isMoved = false;
  for (const site of made.sites) {
    const moved = isOfPatch || instance.site ? movedSite(site, change) : site;
    if (!moved) return null;
    isMoved ||= moved !== site;
    sites.push(moved);
  }
  const span = made.span && isOfPatch ? change.span(made.span) : made.span;
  if (span === null) return null;
  if (!isMoved && span === made.span) return piece;
  const moved: LoweredFunction = { ...made, sites, ...(span && { span }) };
  return { ...piece, made: moved };
}

function movedSite(site: TrapSite, change: TextChange): TrapSite | null {
  const span = change.span(site.span);
  if (!span || site.others || site.variable) return change.isNone ? site : null;
  return span === site.span ? site : { ...site, span };
}

const isSameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, n) => name === b[n]);
