/**
 * Types from use: runs the resolved patch on types until nothing grows, then once more to report mistakes.
 * Gives, for every specialisation that can run, the types of its variables and expressions and what its calls reach.
 */

import type { Diagnostic } from '../../protocol/diagnostic.ts';
import type { Unit, Variable } from '../ast.ts';
import type { ResolvedPatch } from '../resolve/resolve.ts';
import { Analysis, type LibraryFunctions } from './analysis.ts';
import { analyse } from './statements.ts';
import {
  AT_TOP,
  describeType,
  type Instance,
  NUMBER,
  objectOf,
  PER_FRAME,
  primitive,
  STRING,
  type Type,
  UNDEFINED,
} from './types.ts';

/** More passes than any program needs whose types stay finite; a bound against our own mistakes. */
const MAX_PASSES = 100;

export interface TypedPatch {
  readonly patch: ResolvedPatch;
  /** The activations of the units' initialisers, in the order in which they run. */
  readonly initialisers: readonly { readonly unit: Unit; readonly instance: Instance }[];
  /** The default export, called with a number. `null` only where there are diagnostics. */
  readonly root: { readonly variable: Variable; readonly instance: Instance; readonly result: Type } | null;
  readonly globals: ReadonlyMap<Variable, Type>;
  readonly globalsWritten: ReadonlySet<Variable>;
  /** The number of the last pass; what it did not reach does not run. */
  readonly lastPass: number;
  readonly diagnostics: readonly Diagnostic[];
}

export function infer(patch: ResolvedPatch, library: LibraryFunctions): TypedPatch {
  const analysis = new Analysis(patch.text, library);
  const initialisers = patch.units.map((unit) => ({ unit, instance: analysis.initialiser(unit.initialiser) }));
  let root: Instance | null = null;
  const runPass = (): void => {
    analysis.pass++;
    analysis.unifier.changed = false;
    analysis.phase = AT_TOP;
    for (const { instance } of initialisers) analyse(analysis, instance);
    analysis.phase = PER_FRAME;
    root = callRoot(analysis, patch);
  };
  do {
    if (analysis.pass > MAX_PASSES) throw new Error('infer: no fixed point');
    runPass();
  } while (analysis.unifier.changed);
  analysis.reporting = true;
  runPass();
  const reached = root as Instance | null;
  if (reached) checkRootResult(analysis, reached, patch);
  return {
    patch,
    initialisers,
    root: reached && patch.root ? { variable: patch.root, instance: reached, result: reached.result } : null,
    globals: analysis.globals,
    globalsWritten: analysis.globalsWritten,
    lastPass: analysis.pass,
    diagnostics: analysis.diagnostics,
  };
}

function callRoot(analysis: Analysis, patch: ResolvedPatch): Instance | null {
  if (!patch.root || !patch.rootUnit) return null;
  const type = analysis.globals.get(patch.root);
  if (!type) return null;
  analysis.current = analysis.initialiser(patch.rootUnit.initialiser);
  const object = objectOf(type);
  if (object?.kind !== 'function' || type.mask !== 0) {
    if (type.mask !== 0 || object) {
      analysis.report(patch.root.span, 'default-export-not-function', describeType(type));
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
  const object = objectOf(root.result);
  const element =
    object?.kind === 'array' ? object.element : object?.kind === 'typedArray' ? primitive(NUMBER) : root.result;
  // Nothing is known of a result where a mistake was reported, or where the function never returns.
  if (element.mask === 0 && !element.object) return;
  const isSound = !element.object && (element.mask & STRING) === 0 && element.mask !== UNDEFINED;
  if (!isSound) {
    const span = root.closure.node.span;
    analysis.report(
      patch.rootUnit === root.closure.node.unit ? span : patch.root!.span,
      'default-export-result',
      describeType(root.result),
    );
  }
}
