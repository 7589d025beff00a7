/** Type inference for function bodies. */

import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, FunctionNode, Scope, Statement, Variable } from '../ast.ts';
import { PRINTED } from '../resolve/consoleCalls.ts';
import type { Analysis } from './analysis.ts';
import { evaluate, evaluateEffect, evaluateTest } from './expressions.ts';
import { endsAt, type Narrowing, narrowingsBehind, narrowingsOf } from './kindTests.ts';
import { reportEndless } from './recursion.ts';
import { ADVICE } from './reports.ts';
import { noteUse } from './strings.ts';
import {
  AT_TOP,
  BROKEN,
  type FunctionType,
  find,
  type Instance,
  isUnknown,
  objectType,
  PER_FRAME,
  primitive,
  shiftOf,
  type Type,
  UNDEFINED,
  withMask,
} from './types.ts';

/** Analyses a specialisation in the current pass and phase, unless that has been done or is under way. */
export function analyse(analysis: Analysis, instance: Instance): Type {
  if (!analysis.begin(instance)) return instance.result;
  const outer = analysis.current;
  analysis.current = instance;
  const { node } = instance.closure;
  if (analysis.reporting) reportEndless(analysis, node);
  bindParameters(analysis, node, instance);
  for (const variable of undefinedAtStart(node)) analysis.assign(variable, primitive(UNDEFINED), variable.span);
  declareFunctions(analysis, node.scope, node);
  const completes = analyseStatements(analysis, node.body);
  if (completes) returnType(analysis, primitive(UNDEFINED), node, null);
  if (instance.closureSet) {
    // All members of a family return what any of them may return.
    const { closureSet, firstResult } = instance;
    const what = (): string => `the result of ${nameOf(node)}`;
    const place = firstResult?.span ?? node.span;
    const onConflict = analysis.conflictAt(place, what, closureSet.resultOrigin, ADVICE.result, 'returns');
    const joined = analysis.unifier.grow(closureSet.result, instance.result, onConflict);
    closureSet.resultOrigin ??= analysis.isInLibrary ? null : firstResult;
    closureSet.result = joined;
    instance.result = joined;
  }
  analysis.end(instance);
  analysis.current = outer;
  return instance.result;
}

function bindParameters(analysis: Analysis, node: FunctionNode, instance: Instance): void {
  const shift = shiftOf(instance);
  node.parameters.forEach((parameter, position) => {
    const index = position + shift;
    if (parameter.rest && instance.isRestGiven) {
      analysis.assign(parameter.variable, instance.parameters[index]!, parameter.variable.span);
      return;
    }
    if (parameter.rest) {
      const rest = analysis.made(parameter.variable.id, () => analysis.unifier.newArray(parameter.variable.name));
      if (rest.kind === 'array') {
        for (const extra of instance.parameters.slice(index)) {
          const what = (): string => `the elements of \`${parameter.variable.name}\``;
          const onConflict = analysis.conflictAt(parameter.variable.span, what, null, ADVICE.argument);
          rest.element = analysis.unifier.grow(rest.element, extra, onConflict);
        }
      }
      analysis.assign(parameter.variable, objectType(rest), parameter.variable.span);
      return;
    }
    let type = instance.parameters[index] ?? primitive(UNDEFINED);
    const given = instance.firstCall?.arguments[node.hasThis ? index - 1 : index] ?? null;
    if (parameter.fallback) {
      const fallback = evaluate(analysis, parameter.fallback);
      if ((type.mask & UNDEFINED) !== 0) {
        type = analysis.unifier.join(
          withMask(type, type.mask & ~UNDEFINED),
          fallback,
          analysis.conflictAt(
            parameter.fallback.span,
            () => `\`${parameter.variable.name}\``,
            given && { span: given, type },
          ),
        );
      }
    }
    analysis.assign(parameter.variable, type, parameter.variable.span, given);
  });
}

/** The variables of a function, or of a unit of the top level, that may be read before they are set. */
function undefinedAtStart(node: FunctionNode): readonly Variable[] {
  let found = undefinedIn.get(node);
  if (!found) {
    const { scope, unit } = node;
    const variables =
      scope.parent === null
        ? (unit?.variables ?? [])
        : [...scope.names.values()].flatMap((binding) => (binding.kind === 'variable' ? [binding.variable] : []));
    found = variables.filter(({ startsUndefined }) => startsUndefined);
    undefinedIn.set(node, found);
  }
  return found;
}

const undefinedIn = new WeakMap<FunctionNode, readonly Variable[]>();

function declareFunctions(analysis: Analysis, scope: Scope, node: FunctionNode): void {
  // The scope of an initialiser is the top level, whose functions are separate units.
  if (scope.parent === null) return;
  for (const { variable, node: inner } of scope.functions) {
    analysis.assign(variable, analysis.closureType(inner), node.span);
  }
}

/** Whether a test tells frames from the top level. */
export const asksPhase = (test: Expression): boolean => test.kind === 'builtin' && test.name === 'intrinsic.isPlaying';

function returnType(analysis: Analysis, given: Type, node: FunctionNode, from: Span | null): void {
  const { current } = analysis;
  const isUnused = current.closureSet !== null && !neededResult(current.closureSet);
  const type = isUnused ? primitive(UNDEFINED) : given;
  const written = node.writtenResult;
  const name = node.path.slice(node.path.lastIndexOf('.') + 1);
  const fits = written === null || analysis.checkWritten(name, written, type, from, 'result');
  const what = (): string => `the result of ${nameOf(node)}`;
  const onConflict = analysis.conflictAt(from ?? node.span, what, current.firstResult, ADVICE.result, 'returns');
  current.result = analysis.unifier.grow(current.result, fits ? type : BROKEN, onConflict);
  if (from && !current.firstResult && !isUnknown(type)) current.firstResult = { span: from, type };
}

/** Whether anybody uses what the functions of a family return. */
function neededResult(closureSet: FunctionType): boolean {
  const root = find(closureSet);
  return root.kind === 'function' && root.needsResult;
}

/** What a message calls a function. */
export function nameOf(node: FunctionNode): string {
  const name = node.path.slice(node.path.lastIndexOf('.') + 1);
  if (name === 'default') return 'the default export';
  return name.startsWith('λ') ? 'this function' : `\`${name}\``;
}

/** Returns whether control can reach the end. */
export function analyseStatements(analysis: Analysis, statements: readonly Statement[]): boolean {
  let completes = true;
  const known = knownAt(statements);
  if (!analysis.isBackwards) {
    for (let n = 0; n < statements.length; n++) {
      const statement = statements[n]!;
      const isDone = known
        ? analysis.where(known[n]!, () => analyseStatement(analysis, statement))
        : analyseStatement(analysis, statement);
      if (!isDone) completes = false;
      if (known && isEnd(analysis, statement)) return false;
    }
    return completes;
  }
  const end = known ? statements.findIndex((statement) => isEnd(analysis, statement)) : -1;
  for (let n = end < 0 ? statements.length - 1 : end; n >= 0; n--) {
    const isDone = analysis.where(known?.[n] ?? [], () => analyseStatement(analysis, statements[n]!));
    if (!isDone) completes = false;
  }
  return completes;
}

/** Whether what stands behind a statement never runs, because a test of kinds is decided. */
const isEnd = (analysis: Analysis, statement: Statement): boolean =>
  statement.kind === 'if' && endsAt(statement, analysis.truthOf(statement.test));

/** Tests one after another that each leave, of which more is remembered. */
const MAX_KNOWN = 64;

type Known = readonly (readonly Narrowing[])[] | null;

/** Trees never change, and those of the library stay from text to text. */
const knownOf = new WeakMap<readonly Statement[], Known>();

/** What is known of variables at each of several statements. `null`: nothing at any, and each is reached. */
function knownAt(statements: readonly Statement[]): Known {
  let known = knownOf.get(statements);
  if (known === undefined) {
    known = findKnown(statements);
    knownOf.set(statements, known);
  }
  return known;
}

function findKnown(statements: readonly Statement[]): Known {
  if (!statements.some(({ kind }) => kind === 'if')) return null;
  const known: (readonly Narrowing[])[] = [];
  let before: readonly Narrowing[] = [];
  for (const [n, statement] of statements.entries()) {
    known.push(before);
    if (statement.kind !== 'if') continue;
    if (before.length >= MAX_KNOWN) continue;
    const behind = narrowingsBehind(statement, { test: statement, rest: () => statements.slice(n + 1) });
    if (behind.length > 0) before = [...before, ...behind];
  }
  return known;
}

function analyseStatement(analysis: Analysis, statement: Statement): boolean {
  analysis.countWork();
  const node = analysis.current.closure.node;
  switch (statement.kind) {
    case 'declare': {
      if (statement.value && statement.variable.name === PRINTED && statement.variable.kind === 'temporary') {
        noteUse(analysis, statement.value);
      }
      const type = statement.value ? evaluate(analysis, statement.value) : primitive(UNDEFINED);
      analysis.assign(statement.variable, type, statement.span, statement.value?.span ?? null);
      return true;
    }
    case 'expression':
      evaluateEffect(analysis, statement.expression);
      return true;
    case 'block': {
      declareFunctions(analysis, statement.scope, node);
      const completes = analyseStatements(analysis, statement.body) || statement.catchesCalls === true;
      return completes || (statement.target !== null && breaksTo(statement.body, statement.target.id));
    }
    case 'if': {
      const { test } = statement;
      const truth = evaluateTest(analysis, test);
      // What runs at the other time is not looked at.
      const isPhased = asksPhase(test);
      const looksAt = (branch: readonly Statement[], isTrue: boolean): boolean =>
        (truth === null || truth === isTrue) &&
        analysis.where(narrowingsOf(test, isTrue, branch), () => analyseStatements(analysis, branch));
      const yes = isPhased && analysis.phase === AT_TOP ? true : looksAt(statement.yes, true);
      const no = isPhased && analysis.phase === PER_FRAME ? true : looksAt(statement.no, false);
      return yes || no;
    }
    case 'loop': {
      declareFunctions(analysis, statement.scope, node);
      analyseStatements(analysis, statement.start);
      if (statement.test) evaluateTest(analysis, statement.test);
      analyseStatements(analysis, statement.body);
      if (statement.step) evaluateEffect(analysis, statement.step);
      const isEndless = statement.test === null || (statement.test.kind === 'boolean' && statement.test.value);
      return !isEndless || breaksTo(statement.body, statement.target.id);
    }
    case 'switch': {
      declareFunctions(analysis, statement.scope, node);
      noteUse(analysis, statement.subject);
      evaluate(analysis, statement.subject);
      let completes = !statement.cases.some((entry) => entry.test === null) || statement.cases.length === 0;
      statement.cases.forEach((entry, index) => {
        if (entry.test) {
          noteUse(analysis, entry.test);
          evaluate(analysis, entry.test);
        }
        const ends = analyseStatements(analysis, entry.body);
        if ((ends && index === statement.cases.length - 1) || breaksTo(entry.body, statement.target.id))
          completes = true;
      });
      return completes;
    }
    case 'break':
    case 'continue':
      return false;
    case 'return':
      if (statement.value) returnType(analysis, evaluate(analysis, statement.value), node, statement.value.span);
      else returnType(analysis, primitive(UNDEFINED), node, null);
      return false;
  }
}

/** Whether some `break` inside leaves this target. */
export function breaksTo(statements: readonly Statement[], target: number): boolean {
  return statements.some((statement) => {
    switch (statement.kind) {
      case 'break':
        return statement.target.id === target;
      case 'block':
      case 'loop':
        return breaksTo(statement.body, target);
      case 'if':
        return breaksTo(statement.yes, target) || breaksTo(statement.no, target);
      case 'switch':
        return statement.cases.some((entry) => breaksTo(entry.body, target));
      default:
        return false;
    }
  });
}

/** The values of the `return` statements of a function, in the order of the text. */
export function* returnedBy(statements: readonly Statement[]): Iterable<Expression> {
  for (const statement of statements) {
    switch (statement.kind) {
      case 'return':
        if (statement.value) yield statement.value;
        break;
      case 'block':
      case 'loop':
        yield* returnedBy(statement.body);
        break;
      case 'if':
        yield* returnedBy(statement.yes);
        yield* returnedBy(statement.no);
        break;
      case 'switch':
        for (const entry of statement.cases) yield* returnedBy(entry.body);
        break;
    }
  }
}
