/**
 * Functions that are never called: analysed separately, with parameters whose types are unknown,
 * for mistakes that do not depend on their arguments. They do no harm, so these are warnings.
 */

import type { DiagnosticCode } from '../../language/diagnostics.ts';
import type { Diagnostic, Span } from '../../protocol/diagnostic.ts';
import type { FunctionNode } from '../ast.ts';
import type { ResolvedPatch } from '../resolve/resolve.ts';
import { TooMuchWork, workFor } from '../workLimit.ts';
import { Analysis, type LibraryFunctions } from './analysis.ts';
import { allUnits, lengthOf } from './patchUnits.ts';
import { analyse } from './statements.ts';
import { AT_TOP, BROKEN } from './types.ts';

/** Passes after which types have settled in any realistic program; otherwise nothing is reported. */
const MAX_PASSES = 12;
/** At most this many functions are checked: a patch pasted together from others may have more. */
const MAX_FUNCTIONS = 100;

/** The codes that are reported: mistakes that do not depend on the arguments. */
const CODES: ReadonlySet<string> = new Set<DiagnosticCode>([
  'not-a-number',
  'not-callable',
  'not-indexable',
  'not-iterable',
  'unknown-member',
  'wrong-argument',
  'missing-argument',
]);

/** The last result. It is valid as long as all is the same that it depends on, wherever that is. */
export class UncalledCache {
  key = '';
  found: readonly { readonly node: number; readonly diagnostic: Diagnostic }[] = [];
  /** Expressions that might still have been looked at; below 0: it was too much. */
  workLeft = 0;
}

/** The functions that nothing calls, as many as are checked. `reachable`: those that the patch calls. */
export const uncalledIn = (patch: ResolvedPatch, reachable: ReadonlySet<FunctionNode>): readonly FunctionNode[] =>
  patch.units
    .flatMap(({ functions }) => functions)
    .filter((node) => !reachable.has(node) && (node.parent === null || reachable.has(node.parent)))
    .slice(0, MAX_FUNCTIONS);

export function checkUncalled(
  patch: ResolvedPatch,
  library: LibraryFunctions,
  reachable: ReadonlySet<FunctionNode>,
  cache: UncalledCache,
): Diagnostic[] {
  const uncalled = uncalledIn(patch, reachable);
  const key = uncalled.length === 0 ? '' : dependenciesOf(patch, uncalled);
  if (key !== cache.key) {
    const isIn = ({ start, end }: Span, node: FunctionNode): boolean =>
      start >= node.span.start && end <= node.span.end;
    cache.key = key;
    cache.found = findMistakes(patch, library, uncalled, cache).flatMap((diagnostic) => {
      const node = uncalled.findIndex((candidate) => isIn(diagnostic.span, candidate));
      const start = uncalled[node]?.span.start ?? 0;
      const related = diagnostic.related?.filter(({ span }) => node >= 0 && isIn(span, uncalled[node]!)) ?? [];
      return node < 0 ? [] : [{ node, diagnostic: shifted({ ...diagnostic, related }, -start) }];
    });
  }
  return cache.found.map(({ node, diagnostic }) => shifted(diagnostic, uncalled[node]!.span.start));
}

/**
 * What is said of functions that nobody calls depends on the whole text but for the body of the default export, which is not
 * run here, and on what that does to the variables of the top level.
 */
function dependenciesOf(patch: ResolvedPatch, uncalled: readonly FunctionNode[]): string {
  const { text, units, libraryUnits, root, rootUnit } = patch;
  const made = rootUnit?.initialiser.body.find((one) => one.kind === 'declare' && one.variable === root);
  const body = made?.kind === 'declare' && made.value?.kind === 'closure' ? made.value.span : null;
  const places = uncalled.map(({ span }) => text.slice(span.start, span.end));
  const facts = units
    .flatMap(({ variables }) => variables)
    .map(({ name, storage, reassigned, captured, mayBeUnset, startsUndefined, counter }) =>
      [name, storage, reassigned, captured, mayBeUnset, startsUndefined, counter !== null].join(' '),
    );
  const around = body ? [text.slice(0, body.start), text.slice(body.end)] : [text];
  return JSON.stringify([around, places, facts, libraryUnits.map(({ name }) => name)]);
}

function shifted({ related = [], ...diagnostic }: Diagnostic, by: number): Diagnostic {
  const moved = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  const places = related.map((place) => ({ ...place, span: moved(place.span) }));
  return { ...diagnostic, span: moved(diagnostic.span), ...(places.length > 0 && { related: places }) };
}

function findMistakes(
  patch: ResolvedPatch,
  library: LibraryFunctions,
  uncalled: readonly FunctionNode[],
  cache: UncalledCache,
): Diagnostic[] {
  if (uncalled.length === 0) return [];
  const analysis = new Analysis(patch.text, library, workFor(lengthOf(patch)));
  analysis.poisoning = true;
  const initialisers = allUnits(patch).map((unit) => analysis.initialiser(unit.initialiser));
  const root = patch.root;
  const runPass = (): void => {
    analysis.pass++;
    analysis.unifier.changed = false;
    analysis.phase = AT_TOP;
    for (const instance of initialisers) analyse(analysis, instance);
    for (const node of uncalled) {
      const closure = analysis.closureOf.get(node);
      const around = closure?.parent ?? initialisers[0];
      if (!closure || !around) continue;
      analysis.current = around;
      const unknown = node.parameters.filter((parameter) => !parameter.rest).map(() => BROKEN);
      analyse(analysis, analysis.instanceFor(closure, unknown, node.span));
    }
  };
  try {
    do runPass();
    while (analysis.unifier.changed && analysis.pass < MAX_PASSES);
    if (analysis.unifier.changed || !root) return [];
    analysis.reporting = true;
    runPass();
  } catch (thrown) {
    if (thrown instanceof TooMuchWork) return [];
    throw thrown;
  } finally {
    cache.workLeft = analysis.work;
  }
  return analysis.diagnostics.kept
    .filter(({ code }) => CODES.has(code))
    .map((diagnostic) => ({ ...diagnostic, severity: 'warning' as const }));
}
