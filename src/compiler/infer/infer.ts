/**
 * Types from use: runs the resolved patch on types until nothing grows, then once more to report mistakes.
 * Gives, for every specialisation that can run, the types of its variables and expressions and what its calls reach.
 */

import type { Diagnostic, Span } from '../../protocol/diagnostic.ts';
import type { Expression, FunctionNode, Unit, Variable } from '../ast.ts';
import type { ResolvedPatch } from '../resolve/resolve.ts';
import { workFor } from '../workLimit.ts';
import { Analysis, type LibraryFunctions } from './analysis.ts';
import { reportEscapes, reportGrowth } from './escapes.ts';
import { allUnits, lengthOf } from './patchUnits.ts';
import { mayBeEndless } from './recursion.ts';
import { headOf } from './reports.ts';
import { reportRestarts } from './restarts.ts';
import { analyse, returnedBy } from './statements.ts';
import {
  AT_TOP,
  describeType,
  type Instance,
  type LibrarySite,
  NOTHING,
  NUMBER,
  objectOf,
  objectsOf,
  objectType,
  PER_FRAME,
  primitive,
  type Splits,
  STRING,
  type Type,
  UNDEFINED,
} from './types.ts';
import { type MayThrow, mayThrow, reportThrows } from './unwinding.ts';

export { headOf };

/**
 * What people write settles in fewer passes. From then on every other one runs backwards, so that types that wander through
 * a chain of assignments get to its end, whichever way it is written.
 */
const FORWARD_PASSES = 8;

export interface TypedPatch {
  readonly patch: ResolvedPatch;
  /** The activations of the units' initialisers, in the order in which they run. */
  readonly initialisers: readonly { readonly unit: Unit; readonly instance: Instance }[];
  /** The default export, called with a number. `null` only where there are diagnostics. */
  readonly root: { readonly variable: Variable; readonly instance: Instance; readonly result: Type } | null;
  /** The functions of the library that run before it in every frame. */
  readonly beforeFrames: readonly Instance[];
  readonly globals: ReadonlyMap<Variable, Type>;
  readonly globalsWritten: ReadonlySet<Variable>;
  /** The number of the last pass; what it did not reach does not run. */
  readonly lastPass: number;
  readonly cutsTexts: boolean;
  /** What may throw to a `try` of its callers. */
  readonly mayThrow: MayThrow;
  /** The functions that something calls. */
  readonly reachable: ReadonlySet<FunctionNode>;
  /** All specialisations that were analysed. */
  readonly instances: readonly Instance[];
  /** Expressions that might still have been looked at. */
  readonly workLeft: number;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * `splits`: what gets a version for every call in the patch. `work`: expressions that may be looked at. `dictionaries`: literals
 * whose members are named while the program runs, as found so far. `isThorough`: the pass that reports is run even where it would
 * say nothing.
 * @throws TooMuchWork where types do not settle within what a text of this length may ask for.
 */
export function infer(
  patch: ResolvedPatch,
  library: LibraryFunctions,
  splits: Splits = 'nothing',
  work = workFor(lengthOf(patch)),
  dictionaries: ReadonlySet<Expression> = new Set(),
  isThorough = false,
): TypedPatch {
  const analysis = new Analysis(patch.text, library, work, dictionaries);
  analysis.splits = splits;
  const initialisers = allUnits(patch).map((unit) => ({ unit, instance: analysis.initialiser(unit.initialiser) }));
  const backwards = initialisers.toReversed();
  let root: Instance | null = null;
  let beforeFrames: readonly Instance[] = [];
  const runPass = (): void => {
    analysis.pass++;
    analysis.unifier.changed = false;
    analysis.isJoinOpen = false;
    analysis.isSilent = true;
    analysis.phase = AT_TOP;
    for (const { instance } of analysis.isBackwards ? backwards : initialisers) analyse(analysis, instance);
    analysis.phase = PER_FRAME;
    beforeFrames = callBeforeFrames(analysis, patch);
    root = callRoot(analysis, patch);
  };
  // Ends: types only grow, and the work is counted.
  let wasBackwards = false;
  const settle = (): void => {
    for (let passes = 1; ; passes++) {
      analysis.isBackwards = passes > FORWARD_PASSES && passes % 2 === 0;
      runPass();
      if (!analysis.unifier.changed && !analysis.isJoinOpen) break;
    }
    wasBackwards = analysis.isBackwards;
    analysis.isBackwards = false;
  };
  const report = (): void => {
    // The pass in which nothing grew any more was the same but for reports: where it had none, it need not be repeated.
    const wouldBeSilent =
      !isThorough &&
      analysis.isSilent &&
      !wasBackwards &&
      analysis.diagnostics.isEmpty &&
      !mayBeEndless(analysis, analysis.instances);
    analysis.reporting = true;
    analysis.escapes = [];
    analysis.growths = [];
    if (!wouldBeSilent) runPass();
    if (root) checkRootResult(analysis, root, patch);
    reportThrows(analysis, patch.unwinding?.refusedInFrames ?? []);
    reportEscapes(analysis);
    reportGrowth(analysis);
    reportRestarts(analysis, root?.closure.node ?? null);
    analysis.reporting = false;
  };
  settle();
  if (analysis.foundDictionaries.size > 0) {
    const all = new Set([...dictionaries, ...analysis.foundDictionaries]);
    return infer(patch, library, splits, analysis.work, all, isThorough);
  }
  report();
  if (analysis.diagnostics.kept.some(({ severity }) => severity === 'error')) {
    // Code that was skipped because of a mistake is analysed with broken values, to find its own mistakes.
    analysis.poisoning = true;
    analysis.forgetWarnings();
    settle();
    report();
  }
  const reached = root as Instance | null;
  return {
    patch,
    initialisers,
    root: reached && patch.root ? { variable: patch.root, instance: reached, result: reached.result } : null,
    beforeFrames,
    globals: analysis.globals,
    globalsWritten: analysis.globalsWritten,
    lastPass: analysis.pass,
    cutsTexts: analysis.cutsTexts,
    mayThrow: mayThrow(analysis.instances, analysis.throwers),
    reachable: analysis.reachable,
    instances: [...analysis.instances],
    workLeft: analysis.work,
    diagnostics: analysis.diagnostics.kept,
  };
}

function callBeforeFrames(analysis: Analysis, { beforeFrames }: ResolvedPatch): readonly Instance[] {
  if (beforeFrames.length === 0) return [];
  const sites = sitesByModule(analysis);
  const outerSite = analysis.librarySite;
  const instances = beforeFrames.flatMap((variable) => {
    const closureSet = objectOf(analysis.globals.get(variable) ?? NOTHING);
    const closure = closureSet?.kind === 'function' ? closureSet.members[0] : undefined;
    if (!closure) return [];
    analysis.librarySite = sites.get(moduleOf(closure.node)) ?? null;
    const instance = analysis.instanceFor(closure, [], variable.span);
    analyse(analysis, instance);
    return [instance];
  });
  analysis.librarySite = outerSite;
  return instances;
}

/** What runs in every frame on behalf of a module of the library has no call of its own: it is put down to those that lead into the module. */
function sitesByModule(analysis: Analysis): ReadonlyMap<string, LibrarySite> {
  const byModule = new Map<string, Map<number, LibrarySite>>();
  for (const { site, closure } of analysis.instances) {
    if (site?.name == null || site.others) continue;
    const module = moduleOf(closure.node);
    const known = byModule.get(module);
    if (known) known.set(site.span.start, site);
    else byModule.set(module, new Map([[site.span.start, site]]));
  }
  const inOrder = ([module, sites]: readonly [string, ReadonlyMap<number, LibrarySite>]): [string, LibrarySite] => {
    const [first, ...others] = [...sites.values()].sort((a, b) => a.span.start - b.span.start);
    return [module, { ...first!, others: others.map(({ span }) => span) }];
  };
  return new Map([...byModule].map(inOrder));
}

/** The module of the library that a function is in. */
const moduleOf = ({ unit }: FunctionNode): string => unit?.module ?? '';

function callRoot(analysis: Analysis, patch: ResolvedPatch): Instance | null {
  if (!patch.root || !patch.rootUnit) return null;
  const type = analysis.globals.get(patch.root);
  if (!type) return null;
  analysis.current = analysis.initialiser(patch.rootUnit.initialiser);
  const object = objectOf(type);
  if (object?.kind !== 'function' || type.mask !== 0) {
    if (type.mask !== 0 || object) {
      const what = object?.kind === 'function' ? 'one of several functions' : describeType(type);
      analysis.report(patch.root.span, 'default-export-not-function', what);
    }
    return null;
  }
  const [only] = object.members;
  const closure = object.members.length === 1 && only ? only : analysis.rootClosure(patch.rootCall!);
  const instance = analysis.instanceFor(closure, [primitive(NUMBER)], patch.root.span);
  analyse(analysis, instance);
  return instance;
}

function checkRootResult(analysis: Analysis, root: Instance, patch: ResolvedPatch): void {
  const { node } = root.closure;
  analysis.current = root;
  const report = (span: Span, what: string): void => analysis.report(span, 'default-export-result', what);
  if (!node.unit || node.unit.isLibrary) {
    const wrong = wrongResult(root.result);
    if (wrong) report(patch.root!.span, wrong);
    return;
  }
  for (const value of returnedBy(node.body)) {
    const type = root.types.get(value.id);
    const isLiteral = value.kind === 'array' && value.elements.every((element) => !element.spread);
    const isPair = !isLiteral || value.elements.length === 2;
    const wrong = type && (isPair ? wrongResult(type) : `an array of ${value.elements.length}`);
    if (!wrong) continue;
    report(value.span, wrong);
    return;
  }
  if (root.result.mask === UNDEFINED && !root.result.object) {
    report(headOf(patch.text, node.span), 'nothing');
  }
}

/** Describes a result that cannot be played; `null` if it can, or if it is unknown. */
function wrongResult(type: Type): string | null {
  const object = objectOf(type);
  if (object?.kind === 'mixed') {
    const wrong = (type.mask & STRING) !== 0 ? 'a string' : null;
    return objectsOf(type).reduce<string | null>((found, part) => found ?? wrongResult(objectType(part)), wrong);
  }
  if (object?.kind === 'typedArray') return null;
  if (object?.kind === 'array') return wrongElement(object.element);
  if (object || (type.mask & STRING) !== 0) return describeType(type);
  return type.mask === UNDEFINED ? 'nothing' : null;
}

const PLURALS = { array: 'arrays', typedArray: 'arrays', record: 'objects', function: 'functions' } as const;

function wrongElement(type: Type): string | null {
  const object = objectOf(type);
  const isText = (type.mask & STRING) !== 0;
  if (object?.kind === 'mixed') return 'an array of several kinds';
  return object || isText ? `an array of ${object ? PLURALS[object.kind] : 'strings'}` : null;
}
