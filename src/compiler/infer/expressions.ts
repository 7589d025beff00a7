/** Type inference for expressions. */

import { refusal } from '../../language/refusals.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, LogicalOperator, Target } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import { assignment, evaluateIndex, update } from './assignment.ts';
import { evaluateBuiltin, evaluateCall, evaluateMethod, evaluateNewTypedArray } from './calls.ts';
import { ofDictionary } from './dictionaries.ts';
import { evaluateWalk } from './keyed.ts';
import { type Narrowing, narrowingsOf, skipsRight, type Truth } from './kindTests.ts';
import { arrayLiteral, record } from './literals.ts';
import { warnOfNothing } from './nothing.ts';
import { elementType, memberValue, numberedField, partOfAbsent } from './parts.ts';
import { presumeElements } from './presumed.ts';
import { evaluateSplit, isLackedByAll } from './split.ts';
import { analyseStatements } from './statements.ts';
import { noteUse } from './strings.ts';
import { evaluateJoin } from './textMaking.ts';
import {
  BOOLEAN,
  BROKEN,
  type Closure,
  describeType,
  NOTHING,
  NULL,
  NUMBER,
  objectOf,
  PRIMITIVES,
  positionType,
  primitive,
  STRING,
  type Type,
  tuplePosition,
  UNDEFINED,
  withMask,
} from './types.ts';
import type { OnConflict } from './unify.ts';

const ABSENT = UNDEFINED | NULL;
const COMPARISONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=', '===', '!==']);
const ORDERINGS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);

export function evaluate(analysis: Analysis, expression: Expression): Type {
  analysis.countWork();
  const type = typeOfExpression(analysis, expression);
  analysis.current.types.set(expression.id, type);
  return type;
}

/** For an expression whose value nobody uses: its branches may be of different kinds. */
export function evaluateEffect(analysis: Analysis, expression: Expression): void {
  switch (expression.kind) {
    case 'logical':
      if (expression.operator === '??') evaluate(analysis, expression.left);
      else if (skipsRight(expression.operator, evaluateTest(analysis, expression.left))) return;
      analysis.where(knownAtRight(expression), () => evaluateEffect(analysis, expression.right));
      return;
    case 'conditional': {
      const truth = evaluateTest(analysis, expression.test);
      eachBranch(analysis, expression, truth, (branch) => evaluateEffect(analysis, branch));
      return;
    }
    case 'sequence':
      for (const effect of expression.effects) evaluateEffect(analysis, effect);
      evaluateEffect(analysis, expression.value);
      return;
    default: {
      const outer = analysis.effect;
      analysis.effect = analysis.isInLibrary ? expression : null;
      evaluate(analysis, expression);
      analysis.effect = outer;
    }
  }
}

/** For an expression of which only the truth matters. */
export function evaluateTest(analysis: Analysis, expression: Expression): Truth {
  if (expression.kind === 'logical' && expression.operator !== '??') {
    const left = evaluateTest(analysis, expression.left);
    if (skipsRight(expression.operator, left)) return left;
    analysis.where(knownAtRight(expression), () => evaluateTest(analysis, expression.right));
  } else if (expression.kind === 'unary' && expression.operator === '!') {
    evaluateTest(analysis, expression.operand);
  } else {
    analysis.asked.add(expression);
    evaluate(analysis, expression);
  }
  return analysis.truthOf(expression);
}

type Logical = Expression & { readonly kind: 'logical' };

/** What is known at the right operand of a logical operator. */
const knownAtRight = ({ operator, left, right }: Logical): Narrowing[] =>
  operator === '??' ? [] : narrowingsOf(left, operator === '&&', right);

type Conditional = Expression & { readonly kind: 'conditional' };

/** Looks at the branches that may run, each with what is known there. */
function eachBranch<Result>(
  analysis: Analysis,
  { test, yes, no }: Conditional,
  truth: Truth,
  look: (branch: Expression) => Result,
): Result[] {
  const results: Result[] = [];
  if (truth === true || truth === null) results.push(analysis.where(narrowingsOf(test, true, yes), () => look(yes)));
  if (truth === false || truth === null) results.push(analysis.where(narrowingsOf(test, false, no), () => look(no)));
  return results;
}

function typeOfExpression(analysis: Analysis, expression: Expression): Type {
  switch (expression.kind) {
    case 'number':
    case 'patchGlobal':
      return primitive(NUMBER);
    case 'boolean':
      return primitive(BOOLEAN);
    case 'undefined':
      return primitive(UNDEFINED);
    case 'broken':
      return BROKEN;
    case 'null':
      return primitive(NULL);
    case 'string':
      return primitive(STRING);
    case 'variable':
      return analysis.typeHere(expression.variable);
    case 'unary':
      noteUse(analysis, expression.operand);
      if (expression.operator === '!') {
        evaluateTest(analysis, expression.operand);
        return primitive(BOOLEAN);
      }
      if (expression.operator === 'void') {
        evaluateEffect(analysis, expression.operand);
        return primitive(UNDEFINED);
      }
      if (expression.operator === 'typeof') {
        analysis.asked.add(expression.operand);
        evaluate(analysis, expression.operand);
        return primitive(STRING);
      }
      return number(analysis, expression.operand);
    case 'binary':
      return evaluateWalk(analysis, expression) ?? binary(analysis, expression);
    case 'logical': {
      analysis.asked.add(expression.left);
      if (analysis.asked.has(expression)) analysis.asked.add(expression.right);
      const left = evaluate(analysis, expression.left);
      const truth = analysis.truthOf(expression.left);
      if (skipsRight(expression.operator, truth)) return truth === 'unknown' ? NOTHING : left;
      const right = analysis.where(knownAtRight(expression), () => evaluate(analysis, expression.right));
      const onConflict = analysis.conflictBetween(expression.span, expression.left, expression.right);
      return logical(analysis, expression.operator, left, right, onConflict);
    }
    case 'conditional': {
      const truth = evaluateTest(analysis, expression.test);
      const [first, second] = eachBranch(analysis, expression, truth, (branch) => evaluate(analysis, branch));
      if (!first || !second) return first ?? NOTHING;
      const onConflict = analysis.conflictBetween(expression.span, expression.yes, expression.no);
      return analysis.unifier.join(first, second, onConflict);
    }
    case 'assign':
      return assignment(analysis, expression);
    case 'update':
      return update(analysis, expression);
    case 'sequence':
      for (const effect of expression.effects) evaluateEffect(analysis, effect);
      return evaluate(analysis, expression.value);
    case 'let':
      analyseStatements(analysis, expression.statements);
      return evaluate(analysis, expression.value);
    case 'default': {
      analysis.asked.add(expression.value);
      const value = evaluate(analysis, expression.value);
      const fallback = evaluate(analysis, expression.fallback);
      if ((value.mask & UNDEFINED) === 0) return value;
      const present = withMask(value, value.mask & ~UNDEFINED);
      const onConflict = analysis.conflictBetween(expression.span, expression.value, expression.fallback);
      return analysis.unifier.join(present, fallback, onConflict);
    }
    case 'call':
      return evaluateCall(analysis, expression);
    case 'method':
      return evaluateMethod(analysis, expression);
    case 'builtin':
      return evaluateBuiltin(analysis, expression);
    case 'newTypedArray':
      return evaluateNewTypedArray(analysis, expression);
    case 'member': {
      noteUse(analysis, expression.object);
      if (expression.optional) analysis.asked.add(expression.object);
      const { span } = expression.object;
      const isOfLoop = expression.span.start === span.start && expression.span.end === span.end;
      const { result, holder: given } = evaluateSplit(analysis, expression, isOfLoop, evaluate);
      if (result) return result;
      const holder = isOfLoop ? presumeElements(analysis, expression.object, given) : given;
      const ofOne = ofDictionary(analysis, expression, holder, evaluate);
      if (ofOne) return ofOne;
      const isAsked =
        expression.fromPattern || analysis.asked.has(expression) || asksOneKind(analysis, expression, holder);
      if (isAsked && isLackedByAll(expression, holder)) return primitive(UNDEFINED);
      const absent = partOfAbsent(analysis, holder, expression.object, expression.optional);
      if (absent) return absent;
      return optional(memberValue(analysis, holder, expression, expression.id), expression.optional);
    }
    case 'index': {
      const walked = evaluateWalk(analysis, expression);
      if (walked) return walked;
      if (expression.object.kind !== 'method' || expression.object.name !== 'split')
        noteUse(analysis, expression.object);
      noteUse(analysis, expression.index);
      const { result, holder: given } = evaluateSplit(analysis, expression, expression.exact, evaluate);
      if (result) return result;
      const object = expression.exact ? presumeElements(analysis, expression.object, given) : given;
      const ofOne = ofDictionary(analysis, expression, object, evaluate);
      if (ofOne) return ofOne;
      evaluateIndex(analysis, expression);
      const absent = partOfAbsent(analysis, object, expression.object, expression.optional);
      if (absent) return absent;
      const position = tuplePosition(objectOf(object), expression.index);
      const closer = positionType(objectOf(object), expression.index);
      if (closer) return optional(closer, expression.optional);
      const type =
        position === null
          ? elementType(analysis, object, expression, expression.exact)
          : numberedField(analysis, object, position, expression, expression.id);
      return optional(type, expression.optional);
    }
    case 'array':
      return arrayLiteral(analysis, expression);
    case 'record':
      return record(analysis, expression);
    case 'closure':
      return analysis.closureType(expression.node);
    case 'unset':
      return NOTHING;
    case 'instanceOf':
      evaluate(analysis, expression.object);
      return primitive(BOOLEAN);
  }
}

/** `x?.name` where a function is compiled for a number or a text: other calls may pass an object, which has the member. */
const asksOneKind = (
  analysis: Analysis,
  { optional, object }: Expression & { kind: 'member' },
  holder: Type,
): boolean =>
  optional &&
  !holder.object &&
  object.kind === 'variable' &&
  object.variable.kind === 'parameter' &&
  analysis.isSpecialised();

const optional = (type: Type, isOptional: boolean): Type => (isOptional ? withMask(type, type.mask | UNDEFINED) : type);

/** Checks that an operand can be a number and gives the type of arithmetic. */
function number(analysis: Analysis, expression: Expression): Type {
  return needNumber(analysis, evaluate(analysis, expression), expression) ? primitive(NUMBER) : analysis.mistaken;
}

/** Reports what cannot be a number; returns whether it can. */
export function needNumber(analysis: Analysis, type: Type, at: Expression | Target): boolean {
  const object = objectOf(type);
  if (!object) return true;
  const what = analysis.quote(at.span);
  const example = object.kind === 'function' && at.kind === 'variable' ? `\`${at.variable.name}()\`` : null;
  analysis.reportKind(at, type, at.span, 'not-a-number', what, describeType(type), example);
  return false;
}

export const GIVES_NAN: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '**']);

const isNothing = ({ kind }: Expression): boolean => kind === 'undefined' || kind === 'null';

function binary(analysis: Analysis, expression: Expression & { kind: 'binary' }): Type {
  const { operator } = expression;
  if (isNothing(expression.right)) analysis.asked.add(expression.left);
  if (isNothing(expression.left)) analysis.asked.add(expression.right);
  noteUse(analysis, expression.left);
  noteUse(analysis, expression.right);
  const left = evaluate(analysis, expression.left);
  const right = evaluate(analysis, expression.right);
  const joined = operator === '+' ? evaluateJoin(analysis, left, right, expression) : null;
  if (joined) return joined;
  if (!COMPARISONS.has(operator) || ORDERINGS.has(operator)) {
    const areNumbers = [needNumber(analysis, left, expression.left), needNumber(analysis, right, expression.right)];
    if (areNumbers.includes(false) && !COMPARISONS.has(operator)) return analysis.mistaken;
  }
  if (GIVES_NAN.has(operator)) {
    warnOfNothing(analysis, left, expression.left);
    warnOfNothing(analysis, right, expression.right);
  }
  if (COMPARISONS.has(operator)) {
    if (!ORDERINGS.has(operator)) refuseSameFunction(analysis, left, right, expression.span);
    return primitive(BOOLEAN);
  }
  return primitive(NUMBER);
}

/**
 * Functions without captures share one record however often they are created, which JavaScript could tell apart. Those
 * of the top level are created once.
 */
function refuseSameFunction(analysis: Analysis, left: Type, right: Type, span: Span): void {
  const [a, b] = [objectOf(left), objectOf(right)];
  if (a?.kind !== 'function' || b?.kind !== 'function') return;
  const isMadeAgain = ({ node }: Closure): boolean =>
    node.captures.size === 0 && node.unit !== null && node.parent !== node.unit.initialiser;
  const isInBoth = (member: Closure): boolean => b.members.some((other) => other.node === member.node);
  if (a.members.some((member) => isMadeAgain(member) && isInBoth(member))) {
    analysis.report(span, 'refused', ...refusal('sameFunction'));
  }
}

/** The kinds of the left operand that can be the result, joined with those of the right one. */
export function logical(
  analysis: Analysis,
  operator: LogicalOperator,
  left: Type,
  right: Type,
  conflict: OnConflict,
): Type {
  switch (operator) {
    case '&&':
      // An object is never falsy.
      return analysis.unifier.join(primitive(left.mask & PRIMITIVES), right, conflict);
    case '||':
    case '??':
      return analysis.unifier.join(withMask(left, left.mask & ~ABSENT), right, conflict);
  }
}
