/** Type inference for assignments to variables, elements and members. */

import { refusal } from '../../language/refusals.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { ArithmeticOperator, Expression, LogicalOperator, Target } from '../ast.ts';
import { callSetter, getterIdOf, setterName } from './accessors.ts';
import type { Analysis } from './analysis.ts';
import { noteGap } from './arrays.ts';
import { assignToDictionary } from './dictionaries.ts';
import { evaluate, GIVES_NAN, logical, needNumber } from './expressions.ts';
import { warnOfNothing } from './nothing.ts';
import {
  type ElementPlace,
  elementType,
  isGetter,
  knownMembers,
  memberType,
  memberValue,
  numberedField,
  partOfAbsent,
  reportNoParts,
} from './parts.ts';
import { presumeElements, presumeRecord } from './presumed.ts';
import { ADVICE } from './reports.ts';
import { assignToTable } from './tables.ts';
import { evaluateJoin } from './textMaking.ts';
import {
  AT_TOP,
  BROKEN,
  describeType,
  isUnknown,
  NOTHING,
  NUMBER,
  objectOf,
  PER_FRAME,
  primitive,
  type Type,
  tuplePosition,
  UNDEFINED,
  withMask,
} from './types.ts';

const isLogical = (operator: ArithmeticOperator | LogicalOperator): operator is LogicalOperator =>
  operator === '&&' || operator === '||' || operator === '??';

export function assignment(analysis: Analysis, expression: Expression & { kind: 'assign' }): Type {
  const { target, operator } = expression;
  evaluateTarget(analysis, target);
  const ofOne = inDictionary(analysis, expression);
  if (ofOne) return ofOne;
  if (operator === null) {
    const value = evaluate(analysis, expression.value);
    assignTo(analysis, target, value, expression.span, expression.value);
    return value;
  }
  const old = typeAtTarget(analysis, target);
  const value = evaluate(analysis, expression.value);
  if (isLogical(operator)) {
    assignTo(analysis, target, value, expression.span, expression.value);
    return logical(analysis, operator, old, value, analysis.conflictAt(expression.span));
  }
  const joined = operator === '+' ? evaluateJoin(analysis, old, value, expression) : null;
  if (joined) {
    if (joined !== analysis.mistaken) assignTo(analysis, target, joined, expression.span, expression);
    return joined;
  }
  if (GIVES_NAN.has(operator)) warnOfNothing(analysis, value, expression.value);
  const areNumbers = [needNumber(analysis, old, target), needNumber(analysis, value, expression.value)];
  const result = primitive(NUMBER);
  if (!areNumbers.includes(false)) assignTo(analysis, target, result, expression.span, expression);
  return result;
}

/** An assignment to a member of a dictionary, whose target has been looked at; `null`: it is to something else. */
function inDictionary(
  analysis: Analysis,
  expression: Expression & { readonly kind: 'assign' | 'update' },
): Type | null {
  const { target } = expression;
  if (target.kind === 'variable') return null;
  const holder = analysis.current.types.get(target.object.id) ?? NOTHING;
  return assignToDictionary(analysis, expression, holder, evaluate);
}

function evaluateTarget(analysis: Analysis, target: Target): void {
  if (target.kind !== 'variable') {
    const type = evaluate(analysis, target.object);
    if (target.kind === 'index') presumeElements(analysis, target.object, type);
    else presumeRecord(analysis, target.object, type);
  }
  if (target.kind === 'index') evaluateIndex(analysis, target);
}

/** Elements are indexed by numbers, members by literal names. */
export function evaluateIndex(analysis: Analysis, { object, index }: ElementPlace): void {
  const type = evaluate(analysis, index);
  const holder = objectOf(analysis.current.types.get(object.id) ?? NOTHING);
  if (holder?.kind !== 'record' || holder.isTuple) needNumber(analysis, type, index);
}

/** `++` and `--`. */
export function update(analysis: Analysis, expression: Expression & { kind: 'update' }): Type {
  const { target, span } = expression;
  evaluateTarget(analysis, target);
  const ofOne = inDictionary(analysis, expression);
  if (ofOne) return ofOne;
  const old = typeAtTarget(analysis, target);
  if (needNumber(analysis, old, target)) assignTo(analysis, target, primitive(NUMBER), span, expression);
  return primitive(NUMBER);
}

function typeAtTarget(analysis: Analysis, target: Target): Type {
  if (target.kind === 'variable') return analysis.typeOf(target.variable);
  const object = analysis.current.types.get(target.object.id) ?? NOTHING;
  if (partOfAbsent(analysis, object, target.object, false)) return NOTHING;
  const position = target.kind === 'index' ? tuplePosition(objectOf(object), target.index) : null;
  const name = target.kind === 'member' ? target.name : position;
  if (name !== null && isGetter(object, name)) {
    const holder = objectOf(object);
    // Assigning to it will be a mistake.
    if (holder?.kind !== 'record' || !holder.fields.has(setterName(name)) || target.kind !== 'member') return NOTHING;
    return memberValue(analysis, object, { ...target, kind: 'member' }, getterIdOf(target));
  }
  if (position !== null && target.kind === 'index') {
    return numberedField(analysis, object, position, target, target.object.id);
  }
  return target.kind === 'member'
    ? memberType(analysis, object, target.name, target)
    : elementType(analysis, object, target, false);
}

/** `from`: what gives the value. */
export function assignTo(analysis: Analysis, target: Target, value: Type, span: Span, given: Expression): void {
  const from = given.span;
  if (target.kind === 'variable') {
    analysis.reassign(target.variable, value, span, given);
    return;
  }
  const holder = analysis.current.types.get(target.object.id) ?? NOTHING;
  const object = objectOf(holder);
  if (!object) {
    const isMistake = holder.mask !== 0 && !partOfAbsent(analysis, holder, target.object, false);
    if (isMistake) reportNoParts(analysis, holder, target);
    return;
  }
  const { unifier } = analysis;
  const isLive = analysis.phase === PER_FRAME;
  const checkEscape = (): void => {
    if (isLive && (object.made & AT_TOP) !== 0) {
      analysis.checkEscape(value, analysis.quote(target.object.span), span, given);
    }
  };
  const position = target.kind === 'index' ? tuplePosition(object, target.index) : null;
  if (target.kind === 'index' && position === null) {
    if (object.kind === 'array') {
      if (object.positions !== null) {
        object.positions = null;
        unifier.changed = true;
      }
      const what = (): string => `the elements of ${analysis.quote(target.object.span)}`;
      const origin = analysis.originOf(target.object, object.element);
      const onConflict = analysis.conflictAt(span, what, origin, ADVICE.array, 'holds');
      object.element = unifier.grow(object.element, value, onConflict);
      noteGap(analysis, object, target);
      if (object.element === BROKEN) return;
    } else if (object.kind === 'typedArray') {
      if (objectOf(value)) {
        analysis.report(from, 'not-a-number', analysis.quote(from), describeType(value), null);
        return;
      }
    } else if (object.kind === 'record' && !object.isTuple) {
      checkEscape();
      assignToTable(analysis, object, analysis.current.types.get(target.index.id) ?? NOTHING, value, target);
      return;
    } else {
      reportNoParts(analysis, holder, target);
      return;
    }
    checkEscape();
    if (isLive && !object.written) {
      object.written = true;
      unifier.changed = true;
    }
    return;
  }
  const name = target.kind === 'member' ? target.name : (position ?? '');
  if (object.kind !== 'record') {
    if (name === 'length' && object.kind !== 'function') analysis.report(target.span, 'assign-to-length');
    else if (target.kind === 'member' && knownMembers(holder).includes(name)) {
      analysis.report(target.span, 'assign-to-builtin', name);
    } else reportNoParts(analysis, holder, target);
    return;
  }
  const setter = object.fields.get(setterName(name));
  if (setter) {
    // An object that only has a getter would throw. One that has neither would get a member of its own, which nothing can read here.
    const isOfSome = (setter.type.mask & UNDEFINED) !== 0 && object.fields.get(name)?.isGetter === true;
    if (isOfSome) analysis.report(target.span, 'refused', ...refusal('setterOfSome'));
    callSetter(analysis, holder, setter.type, value, { target, given });
    return;
  }
  const field = object.fields.get(name);
  if (!field) {
    checkEscape();
    const type = withMask(value, value.mask | UNDEFINED);
    object.fields.set(name, { type, written: isLive, isGetter: false, isMethod: false, isHidden: false, origin: null });
    unifier.changed = true;
    return;
  }
  if (field.isGetter) {
    analysis.report(target.span, 'refused', ...refusal('setter'));
    return;
  }
  if (field.isMethod) {
    analysis.report(target.span, 'assign-to-method', name);
    return;
  }
  if (!analysis.isInLibrary && !isUnknown(value)) field.origin ??= { span: from, type: value };
  const onConflict = analysis.conflictAt(span, () => analysis.quote(target.span), field.origin);
  field.type = unifier.grow(field.type, value, onConflict);
  if (field.type === BROKEN) return;
  checkEscape();
  if (isLive && !field.written) {
    field.written = true;
    unifier.changed = true;
  }
}
