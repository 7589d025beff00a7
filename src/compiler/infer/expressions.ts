/** Expressions, run on types. */

import { nearestName } from '../../language/diagnostics.ts';
import { REFUSALS } from '../../language/refusals.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { ArithmeticOperator, Expression, LogicalOperator, Target } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import { evaluateParts, noteGap, partsOf } from './arrays.ts';
import { evaluateBuiltin, evaluateCall, evaluateGetter, evaluateMethod, evaluateNewTypedArray } from './calls.ts';
import { analyseStatements } from './statements.ts';
import {
  type ArrayType,
  AT_TOP,
  BOOLEAN,
  describeType,
  isAbsent,
  NOTHING,
  NULL,
  NUMBER,
  objectOf,
  objectType,
  PER_FRAME,
  positionType,
  primitive,
  type RecordType,
  STRING,
  type Type,
  tuplePosition,
  typeofName,
  UNDEFINED,
  withMask,
} from './types.ts';
import { canShareArray } from './unify.ts';

const ABSENT = UNDEFINED | NULL;
const COMPARISONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=', '===', '!==']);
const ORDERINGS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);

export function evaluate(analysis: Analysis, expression: Expression): Type {
  const type = typeOfExpression(analysis, expression);
  analysis.current.types.set(expression.id, type);
  return type;
}

/** For an expression whose value nobody uses: its branches may be of different kinds. */
export function evaluateEffect(analysis: Analysis, expression: Expression): void {
  switch (expression.kind) {
    case 'logical':
      if (expression.operator === '??') evaluate(analysis, expression.left);
      else evaluateTest(analysis, expression.left);
      evaluateEffect(analysis, expression.right);
      return;
    case 'conditional':
      evaluateTest(analysis, expression.test);
      evaluateEffect(analysis, expression.yes);
      evaluateEffect(analysis, expression.no);
      return;
    case 'sequence':
      for (const effect of expression.effects) evaluateEffect(analysis, effect);
      evaluateEffect(analysis, expression.value);
      return;
    default:
      evaluate(analysis, expression);
  }
}

/** For an expression of which only the truth matters. */
export function evaluateTest(analysis: Analysis, expression: Expression): void {
  if (expression.kind === 'logical' && expression.operator !== '??') {
    evaluateTest(analysis, expression.left);
    evaluateTest(analysis, expression.right);
  } else if (expression.kind === 'unary' && expression.operator === '!') {
    evaluateTest(analysis, expression.operand);
  } else {
    evaluate(analysis, expression);
  }
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
      return NOTHING;
    case 'null':
      return primitive(NULL);
    case 'string':
      return primitive(STRING);
    case 'variable':
      return analysis.typeOf(expression.variable);
    case 'unary':
      if (expression.operator === '!') {
        evaluateTest(analysis, expression.operand);
        return primitive(BOOLEAN);
      }
      if (expression.operator === 'void') {
        evaluateEffect(analysis, expression.operand);
        return primitive(UNDEFINED);
      }
      if (expression.operator === 'typeof') {
        const operand = evaluate(analysis, expression.operand);
        if (operand !== NOTHING && typeofName(operand) === null) {
          analysis.report(expression.span, 'two-kinds', ...kindNames(operand));
        }
        return primitive(STRING);
      }
      return number(analysis, expression.operand);
    case 'binary':
      return binary(analysis, expression);
    case 'logical':
      return logical(
        analysis,
        expression.operator,
        evaluate(analysis, expression.left),
        evaluate(analysis, expression.right),
        expression.span,
      );
    case 'conditional': {
      evaluateTest(analysis, expression.test);
      const yes = evaluate(analysis, expression.yes);
      const no = evaluate(analysis, expression.no);
      return analysis.unifier.join(yes, no, analysis.conflictAt(expression.span));
    }
    case 'assign':
      return assignment(analysis, expression);
    case 'update': {
      const old = targetType(analysis, expression.target);
      needNumber(analysis, old, expression.target.span);
      if (!objectOf(old)) assignTo(analysis, expression.target, primitive(NUMBER), expression.span);
      return primitive(NUMBER);
    }
    case 'sequence':
      for (const effect of expression.effects) evaluateEffect(analysis, effect);
      return evaluate(analysis, expression.value);
    case 'let':
      analyseStatements(analysis, expression.statements);
      return evaluate(analysis, expression.value);
    case 'default': {
      const value = evaluate(analysis, expression.value);
      const fallback = evaluate(analysis, expression.fallback);
      if ((value.mask & UNDEFINED) === 0) return value;
      const present = withMask(value, value.mask & ~UNDEFINED);
      return analysis.unifier.join(present, fallback, analysis.conflictAt(expression.span));
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
      const holder = evaluate(analysis, expression.object);
      const object = objectOf(holder);
      const isLacking =
        expression.fromPattern && object?.kind === 'record' && !object.isTuple && !object.fields.has(expression.name);
      if (isLacking) return primitive(UNDEFINED);
      const absent = partOfAbsent(analysis, holder, expression.object, expression.optional);
      if (absent) return absent;
      const type = memberValue(analysis, holder, expression.name, expression.id, expression.span);
      return optional(type, expression.optional);
    }
    case 'index': {
      const object = evaluate(analysis, expression.object);
      needNumber(analysis, evaluate(analysis, expression.index), expression.index.span);
      const absent = partOfAbsent(analysis, object, expression.object, expression.optional);
      if (absent) return absent;
      if (isNamedAtRunTime(analysis, object, expression.index)) return NOTHING;
      const position = tuplePosition(objectOf(object), expression.index);
      const closer = positionType(objectOf(object), expression.index);
      if (closer) return optional(closer, expression.optional);
      const type =
        position === null
          ? elementType(analysis, object, expression.object.span, expression.exact)
          : numberedField(analysis, object, position, expression.id, expression.span);
      return optional(type, expression.optional);
    }
    case 'array':
      return arrayLiteral(analysis, expression);
    case 'record':
      return record(analysis, expression);
    case 'closure':
      return analysis.closureType(expression.node);
  }
}

/** Reports a member whose name is a string that is not known while compiling. */
function isNamedAtRunTime(analysis: Analysis, holder: Type, index: Expression): boolean {
  const object = objectOf(holder);
  const type = analysis.current.types.get(index.id) ?? NOTHING;
  if (object?.kind !== 'record' || object.isTuple || (type.mask & STRING) === 0) return false;
  const { construct, instead } = REFUSALS.dynamicProperty!;
  analysis.report(index.span, 'refused', construct, instead);
  return true;
}

/** The first two kinds that a value may be of. */
function kindNames(type: Type): [string, string] {
  const object = objectOf(type);
  const names = object ? [describeType(objectType(object))] : [];
  for (const kind of [NUMBER, BOOLEAN, STRING, UNDEFINED, NULL]) {
    if ((type.mask & kind) !== 0) names.push(describeType(primitive(kind)));
  }
  return [names[0] ?? 'nothing', names[1] ?? 'nothing'];
}

const optional = (type: Type, isOptional: boolean): Type => (isOptional ? withMask(type, type.mask | UNDEFINED) : type);

/** Checks that an operand can be a number and gives the type of arithmetic. */
function number(analysis: Analysis, expression: Expression): Type {
  needNumber(analysis, evaluate(analysis, expression), expression.span);
  return primitive(NUMBER);
}

export function needNumber(analysis: Analysis, type: Type, span: Span): void {
  if (objectOf(type)) analysis.report(span, 'not-a-number', analysis.quote(span), describeType(type));
}

function binary(analysis: Analysis, expression: Expression & { kind: 'binary' }): Type {
  const { operator } = expression;
  const left = evaluate(analysis, expression.left);
  const right = evaluate(analysis, expression.right);
  if (!COMPARISONS.has(operator) || ORDERINGS.has(operator)) {
    needNumber(analysis, left, expression.left.span);
    needNumber(analysis, right, expression.right.span);
  }
  if (COMPARISONS.has(operator)) return primitive(BOOLEAN);
  if (operator === '+' && ((left.mask | right.mask) & STRING) !== 0) {
    analysis.report(expression.span, 'string-operation', 'Joining strings');
    return NOTHING;
  }
  return primitive(NUMBER);
}

/** What is left of the left operand's kinds where it decides the value, joined with those of the right one. */
function logical(analysis: Analysis, operator: LogicalOperator, left: Type, right: Type, span: Span): Type {
  const conflict = analysis.conflictAt(span);
  switch (operator) {
    case '&&':
      // An object is never falsy.
      return analysis.unifier.join(primitive(left.mask), right, conflict);
    case '||':
    case '??':
      return analysis.unifier.join(withMask(left, left.mask & ~ABSENT), right, conflict);
  }
}

const isLogical = (operator: ArithmeticOperator | LogicalOperator): operator is LogicalOperator =>
  operator === '&&' || operator === '||' || operator === '??';

function assignment(analysis: Analysis, expression: Expression & { kind: 'assign' }): Type {
  const { target, operator } = expression;
  if (operator === null) {
    evaluateTarget(analysis, target);
    const value = evaluate(analysis, expression.value);
    assignTo(analysis, target, value, expression.span);
    return value;
  }
  const old = targetType(analysis, target);
  const value = evaluate(analysis, expression.value);
  if (isLogical(operator)) {
    assignTo(analysis, target, value, expression.span);
    return logical(analysis, operator, old, value, expression.span);
  }
  needNumber(analysis, old, target.span);
  needNumber(analysis, value, expression.value.span);
  if (operator === '+' && ((old.mask | value.mask) & STRING) !== 0) {
    analysis.report(expression.span, 'string-operation', 'Joining strings');
  }
  const result = primitive(NUMBER);
  if (!objectOf(old)) assignTo(analysis, target, result, expression.span);
  return result;
}

/**
 * What comes of a member, element or call of something that is always absent here; `null`: it is not, or that is a
 * mistake. In a function that was specialised for what is absent, code that is meant for other arguments need not run;
 * if it does, it traps.
 */
export function partOfAbsent(
  analysis: Analysis,
  holder: Type,
  expression: Expression,
  isOptional: boolean,
): Type | null {
  if (!isAbsent(holder)) return null;
  if (isOptional) return primitive(UNDEFINED);
  const origin = originOf(expression);
  const isPlain = origin.kind === 'null' || origin.kind === 'undefined';
  const isGlobal = origin.kind === 'variable' && origin.variable.owner === null;
  return !isPlain && !isGlobal && analysis.isSpecialised() ? NOTHING : null;
}

/** The value that a chain of members and elements starts from. */
function originOf(expression: Expression): Expression {
  let origin = expression;
  while (origin.kind === 'member' || origin.kind === 'index') origin = origin.object;
  return origin;
}

function evaluateTarget(analysis: Analysis, target: Target): void {
  if (target.kind !== 'variable') evaluate(analysis, target.object);
  if (target.kind === 'index') needNumber(analysis, evaluate(analysis, target.index), target.index.span);
}

function targetType(analysis: Analysis, target: Target): Type {
  evaluateTarget(analysis, target);
  if (target.kind === 'variable') return analysis.typeOf(target.variable);
  const object = analysis.current.types.get(target.object.id) ?? NOTHING;
  if (partOfAbsent(analysis, object, target.object, false)) return NOTHING;
  const position = target.kind === 'index' ? tuplePosition(objectOf(object), target.index) : null;
  const name = target.kind === 'member' ? target.name : position;
  // Assigning to it will be a mistake.
  if (name !== null && isGetter(object, name)) return NOTHING;
  if (position !== null) return numberedField(analysis, object, position, target.object.id, target.span);
  return target.kind === 'member'
    ? memberType(analysis, object, target.name, target.span)
    : elementType(analysis, object, target.object.span, false);
}

function assignTo(analysis: Analysis, target: Target, value: Type, span: Span): void {
  if (target.kind === 'variable') {
    analysis.reassign(target.variable, value, span);
    return;
  }
  const holder = analysis.current.types.get(target.object.id) ?? NOTHING;
  const object = objectOf(holder);
  if (!object) {
    const isMistake = holder.mask !== 0 && !partOfAbsent(analysis, holder, target.object, false);
    if (isMistake) reportNoMembers(analysis, holder, target);
    return;
  }
  const { unifier } = analysis;
  const isLive = analysis.phase === PER_FRAME;
  if (isLive && (object.made & AT_TOP) !== 0) {
    analysis.checkEscape(value, analysis.quote(target.object.span), span);
  }
  const position = target.kind === 'index' ? tuplePosition(object, target.index) : null;
  if (target.kind === 'index' && position === null) {
    if (object.kind === 'array') {
      if (object.positions !== null) {
        object.positions = null;
        unifier.changed = true;
      }
      object.element = unifier.grow(object.element, value, analysis.conflictAt(span));
      noteGap(analysis, object, target);
    } else if (object.kind === 'typedArray') {
      needNumber(analysis, value, span);
    } else {
      analysis.report(target.object.span, 'not-indexable', describeType(holder));
      return;
    }
    if (isLive && !object.written) {
      object.written = true;
      unifier.changed = true;
    }
    return;
  }
  const name = target.kind === 'member' ? target.name : (position ?? '');
  if (object.kind !== 'record') {
    if (name === 'length') analysis.report(target.span, 'assign-to-length');
    else analysis.report(target.span, 'unknown-member', name, describeType(holder), []);
    return;
  }
  const field = object.fields.get(name);
  if (!field) {
    object.fields.set(name, { type: withMask(value, value.mask | UNDEFINED), written: isLive, isGetter: false });
    unifier.changed = true;
    return;
  }
  if (field.isGetter) {
    const { construct, instead } = REFUSALS.setter!;
    analysis.report(target.span, 'refused', construct, instead);
    return;
  }
  field.type = unifier.grow(field.type, value, analysis.conflictAt(span));
  if (isLive && !field.written) {
    field.written = true;
    unifier.changed = true;
  }
}

function reportNoMembers(analysis: Analysis, holder: Type, target: Target): void {
  if (target.kind === 'index') analysis.report(target.object.span, 'not-indexable', describeType(holder));
  if (target.kind === 'member') analysis.report(target.span, 'unknown-member', target.name, describeType(holder), []);
}

function arrayLiteral(analysis: Analysis, expression: Expression & { kind: 'array' }): Type {
  const { unifier } = analysis;
  const types = expression.elements.map((element) => evaluate(analysis, element.value));
  if (expression.elements.some((element) => element.spread)) {
    return evaluateParts(analysis, expression, partsOf(expression.elements, types));
  }
  // What it is, is decided when all elements are known.
  if (types.includes(NOTHING)) return NOTHING;
  const isTuple = analysis.current.made.get(expression.id)?.kind === 'record' || !canShareArray(types);
  if (isTuple && analysis.current.made.get(expression.id)?.kind === 'array')
    analysis.current.made.delete(expression.id);
  if (isTuple) {
    const tuple = analysis.made(expression.id, () => unifier.newRecord('array', true));
    if (tuple.kind !== 'record') return NOTHING;
    types.forEach((type, position) => {
      const name = String(position);
      const field = tuple.fields.get(name);
      if (field)
        field.type = unifier.grow(field.type, type, analysis.conflictAt(expression.elements[position]!.value.span));
      else {
        tuple.fields.set(name, { type, written: false, isGetter: false });
        unifier.changed = true;
      }
    });
    return objectType(tuple);
  }
  const array = analysis.made(expression.id, () => unifier.newArray('array'));
  if (array.kind !== 'array') return NOTHING;
  keepPositions(analysis, array, types);
  if (types.length === 0 && !array.startsEmpty) {
    array.startsEmpty = true;
    unifier.changed = true;
  }
  types.forEach((type, position) => {
    array.element = unifier.grow(array.element, type, analysis.conflictAt(expression.elements[position]!.value.span));
  });
  return objectType(array);
}

/** Remembers which elements of a literal are strings and which are numbers. */
function keepPositions(analysis: Analysis, array: ArrayType, types: readonly Type[]): void {
  const kinds = types.reduce((mask, type) => mask | type.mask, 0);
  if ((kinds & STRING) === 0 || (kinds & (NUMBER | BOOLEAN)) === 0 || array.positions === null) return;
  const known = array.positions;
  if (known && known.length !== types.length) array.positions = null;
  else array.positions = types.map((type, index) => primitive(type.mask | (known?.[index]?.mask ?? 0)));
  const isSame = known && array.positions?.every((type, index) => type === known[index]);
  if (!isSame) analysis.unifier.changed = true;
}

function record(analysis: Analysis, expression: Expression & { kind: 'record' }): Type {
  const made = analysis.made(expression.id, () => analysis.unifier.newRecord('object'));
  if (made.kind !== 'record') return NOTHING;
  const given = new Set<string>();
  const set = (name: string, type: Type, span: Span, isGetter: boolean): void => {
    given.add(name);
    const field = made.fields.get(name);
    if (field && field.isGetter !== isGetter) analysis.conflictAt(span)(field.type, type);
    if (field) field.type = analysis.unifier.grow(field.type, type, analysis.conflictAt(span));
    else {
      made.fields.set(name, { type, written: false, isGetter });
      analysis.unifier.changed = true;
    }
  };
  for (const entry of expression.entries) {
    const type = evaluate(analysis, entry.value);
    if (entry.kind === 'field') {
      set(entry.name, type, entry.value.span, entry.isGetter);
      continue;
    }
    const source = objectOf(type);
    if (source?.kind === 'record') spreadRecord(analysis, source, entry.value.span, set);
    else if (type !== NOTHING)
      analysis.report(
        entry.value.span,
        'refused',
        'spread of this value',
        'only objects can be spread into an object.',
      );
  }
  return objectType(made);
}

function spreadRecord(
  analysis: Analysis,
  source: RecordType,
  span: Span,
  set: (name: string, type: Type, span: Span, isGetter: boolean) => void,
): void {
  for (const [name, field] of source.fields) {
    set(name, field.isGetter ? NOTHING : field.type, span, false);
    if (field.isGetter) {
      analysis.report(span, 'refused', 'spread of an object with getters', 'name its members one by one.');
    }
  }
}

/** What reading a member gives: if it is a getter, what that returns. */
export function memberValue(analysis: Analysis, holder: Type, name: string, callId: number, span: Span): Type {
  const type = memberType(analysis, holder, name, span);
  return isGetter(holder, name) ? evaluateGetter(analysis, type, callId, span) : type;
}

function isGetter(holder: Type, name: string): boolean {
  const object = objectOf(holder);
  return object?.kind === 'record' && object.fields.get(name)?.isGetter === true;
}

export function memberType(analysis: Analysis, holder: Type, name: string, span: Span): Type {
  const object = objectOf(holder);
  if (!object) {
    if ((holder.mask & ~ABSENT) === STRING && name === 'length') return primitive(NUMBER);
    if (holder.mask !== 0) analysis.report(span, 'unknown-member', name, describeType(holder), []);
    return NOTHING;
  }
  if (object.kind === 'record') {
    const field = object.fields.get(name);
    if (field) return field.type;
    if (object.isTuple && name === 'length') return primitive(NUMBER);
    reportUnknownField(analysis, object, name, span);
    return NOTHING;
  }
  if (name === 'length' && object.kind !== 'function') return primitive(NUMBER);
  analysis.report(span, 'unknown-member', name, describeType(holder), []);
  return NOTHING;
}

function reportUnknownField(analysis: Analysis, object: RecordType, name: string, span: Span): void {
  const names = [...object.fields.keys()];
  const near = nearestName(name, names);
  analysis.report(span, 'unknown-member', name, 'This object', near ? [near] : names);
}

/** An element of a tuple, past whose end there is nothing, or a member with a number for a name. */
function numberedField(analysis: Analysis, holder: Type, position: string, callId: number, span: Span): Type {
  const object = objectOf(holder);
  const isPastEnd = object?.kind === 'record' && object.isTuple && !object.fields.has(position);
  return isPastEnd ? primitive(UNDEFINED) : memberValue(analysis, holder, position, callId, span);
}

/** Reading an element may go past the end and give `undefined`, unless it is known to be there. */
export function elementType(analysis: Analysis, holder: Type, span: Span, exact: boolean): Type {
  const object = objectOf(holder);
  if (object?.kind === 'array')
    return exact ? object.element : withMask(object.element, object.element.mask | UNDEFINED);
  if (object?.kind === 'typedArray') return primitive(exact ? NUMBER : NUMBER | UNDEFINED);
  if (!object && (holder.mask & ~ABSENT) === STRING) return primitive(exact ? STRING : STRING | UNDEFINED);
  if (object?.kind === 'record' && object.isTuple) analysis.report(span, 'tuple-index');
  else if (holder.mask !== 0 || object) analysis.report(span, 'not-indexable', describeType(holder));
  return NOTHING;
}
