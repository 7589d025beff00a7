/** Expressions, run on types. */

import { nearestName } from '../../language/diagnostics.ts';
import { ARRAY_METHODS } from '../../language/intrinsics.ts';
import { refusal } from '../../language/refusals.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { ArithmeticOperator, Expression, LogicalOperator, Target } from '../ast.ts';
import { FOLDED_METHODS as ALL_TEXT_METHODS } from '../resolve/texts.ts';
import { ADVICE, type Analysis } from './analysis.ts';
import { evaluateParts, partsOf } from './arrays.ts';
import { evaluateBuiltin, evaluateCall, evaluateMethod, evaluateNewTypedArray } from './calls.ts';
import { analyseStatements } from './statements.ts';
import {
  AT_TOP,
  BOOLEAN,
  BROKEN,
  describeType,
  isUnknown,
  NOTHING,
  NULL,
  NUMBER,
  objectOf,
  objectType,
  PER_FRAME,
  primitive,
  STRING,
  type Type,
  tuplePosition,
  typeofName,
  UNDEFINED,
  withMask,
} from './types.ts';
import { canShareArray, type OnConflict } from './unify.ts';

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
      return BROKEN;
    case 'null':
      return primitive(NULL);
    case 'string':
      return primitive(STRING);
    case 'variable':
      analysis.checkInitialised(expression.variable, expression.span);
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
        if (!isUnknown(operand) && typeofName(operand) === null) {
          const what = analysis.quote(expression.operand.span);
          analysis.report(expression.span, 'two-kinds', what, ...kindNames(operand), ADVICE.variable);
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
        analysis.conflictBetween(expression.span, expression.left, expression.right),
      );
    case 'conditional': {
      evaluateTest(analysis, expression.test);
      const yes = evaluate(analysis, expression.yes);
      const no = evaluate(analysis, expression.no);
      return analysis.unifier.join(yes, no, analysis.conflictBetween(expression.span, expression.yes, expression.no));
    }
    case 'assign':
      return assignment(analysis, expression);
    case 'update': {
      const old = targetType(analysis, expression.target);
      if (needNumber(analysis, old, expression.target)) {
        assignTo(analysis, expression.target, primitive(NUMBER), expression.span, expression.span);
      }
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
    case 'member':
      return optional(memberType(analysis, evaluate(analysis, expression.object), expression), expression.optional);
    case 'index': {
      const object = evaluate(analysis, expression.object);
      evaluateIndex(analysis, expression);
      const position = tuplePosition(objectOf(object), expression.index);
      const type =
        position === null
          ? elementType(analysis, object, expression, expression.exact)
          : tupleElement(object, position);
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
  needNumber(analysis, evaluate(analysis, expression), expression);
  return primitive(NUMBER);
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

/** Warns of arithmetic with what is `undefined` whatever happens: the result can only be NaN. */
export function warnOfNothing(analysis: Analysis, type: Type, at: Expression): void {
  if (!analysis.reporting || type.mask !== UNDEFINED || type.object || analysis.isInLibrary) return;
  const what = analysis.quote(at.span);
  switch (at.kind) {
    case 'undefined':
    case 'unary':
      return;
    case 'call':
    case 'method':
      analysis.report(at.span, 'gives-nan', `${what} returns nothing`);
      return;
    case 'variable': {
      if (at.variable.kind !== 'parameter') break;
      const call = analysis.current.firstCall;
      const related = call ? [{ span: call.span, message: 'This call leaves it out.' }] : [];
      analysis.report({ ...at.span, related }, 'gives-nan', `${what} is given no value`);
      return;
    }
  }
  analysis.report(at.span, 'gives-nan', `${what} never gets a value`);
}

const GIVES_NAN: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '**']);

function binary(analysis: Analysis, expression: Expression & { kind: 'binary' }): Type {
  const { operator } = expression;
  const left = evaluate(analysis, expression.left);
  const right = evaluate(analysis, expression.right);
  if (!COMPARISONS.has(operator) || ORDERINGS.has(operator)) {
    needNumber(analysis, left, expression.left);
    needNumber(analysis, right, expression.right);
  }
  if (GIVES_NAN.has(operator)) {
    warnOfNothing(analysis, left, expression.left);
    warnOfNothing(analysis, right, expression.right);
  }
  if (COMPARISONS.has(operator)) return primitive(BOOLEAN);
  if (operator === '+' && ((left.mask | right.mask) & STRING) !== 0) {
    analysis.report(expression.span, 'string-operation', 'Joining strings');
    return analysis.mistaken;
  }
  return primitive(NUMBER);
}

/** What is left of the left operand's kinds where it decides the value, joined with those of the right one. */
function logical(analysis: Analysis, operator: LogicalOperator, left: Type, right: Type, conflict: OnConflict): Type {
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
    assignTo(analysis, target, value, expression.span, expression.value.span);
    return value;
  }
  const old = targetType(analysis, target);
  const value = evaluate(analysis, expression.value);
  if (isLogical(operator)) {
    assignTo(analysis, target, value, expression.span, expression.value.span);
    return logical(analysis, operator, old, value, analysis.conflictAt(expression.span));
  }
  if (GIVES_NAN.has(operator)) warnOfNothing(analysis, value, expression.value);
  const areNumbers = [needNumber(analysis, old, target), needNumber(analysis, value, expression.value)];
  if (operator === '+' && ((old.mask | value.mask) & STRING) !== 0) {
    analysis.report(expression.span, 'string-operation', 'Joining strings');
    return analysis.mistaken;
  }
  const result = primitive(NUMBER);
  if (!areNumbers.includes(false)) assignTo(analysis, target, result, expression.span, expression.span);
  return result;
}

/** Where an element is read or written. */
interface ElementPlace {
  readonly kind: 'index';
  readonly object: Expression;
  readonly index: Expression;
  readonly span: Span;
}

/** Where a member is read, written or called. */
interface MemberPlace {
  readonly kind: 'member' | 'method';
  readonly object: Expression;
  readonly name: string;
  readonly span: Span;
}

function evaluateTarget(analysis: Analysis, target: Target): void {
  if (target.kind !== 'variable') evaluate(analysis, target.object);
  if (target.kind === 'index') evaluateIndex(analysis, target);
}

/** Elements are found by numbers; members by names that are written. */
function evaluateIndex(analysis: Analysis, { object, index }: ElementPlace): void {
  const type = evaluate(analysis, index);
  const holder = objectOf(analysis.current.types.get(object.id) ?? NOTHING);
  if (holder?.kind !== 'record' || holder.isTuple) needNumber(analysis, type, index);
}

function targetType(analysis: Analysis, target: Target): Type {
  evaluateTarget(analysis, target);
  if (target.kind === 'variable') return analysis.typeOf(target.variable);
  const object = analysis.current.types.get(target.object.id) ?? NOTHING;
  const position = target.kind === 'index' ? tuplePosition(objectOf(object), target.index) : null;
  if (position !== null) return tupleElement(object, position);
  return target.kind === 'member' ? memberType(analysis, object, target) : elementType(analysis, object, target, false);
}

/** `from`: what gives the value. */
function assignTo(analysis: Analysis, target: Target, value: Type, span: Span, from: Span): void {
  if (target.kind === 'variable') {
    analysis.reassign(target.variable, value, span, from);
    return;
  }
  const holder = analysis.current.types.get(target.object.id) ?? NOTHING;
  const object = objectOf(holder);
  if (!object) {
    if (holder.mask !== 0) reportNoParts(analysis, holder, target);
    return;
  }
  const { unifier } = analysis;
  const isLive = analysis.phase === PER_FRAME;
  const checkEscape = (): void => {
    if (isLive && (object.made & AT_TOP) !== 0) {
      analysis.checkEscape(value, analysis.quote(target.object.span), span);
    }
  };
  const position = target.kind === 'index' ? tuplePosition(object, target.index) : null;
  if (target.kind === 'index' && position === null) {
    if (object.kind === 'array') {
      const what = (): string => `the elements of ${analysis.quote(target.object.span)}`;
      const onConflict = analysis.conflictAt(
        span,
        what,
        analysis.originOf(target.object, object.element),
        ADVICE.array,
        'holds',
      );
      object.element = unifier.grow(object.element, value, onConflict);
      if (object.element === BROKEN) return;
    } else if (object.kind === 'typedArray') {
      if (objectOf(value)) {
        analysis.report(from, 'not-a-number', analysis.quote(from), describeType(value), null);
        return;
      }
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
    reportNoParts(analysis, holder, target);
    return;
  }
  const field = object.fields.get(name);
  if (!field) {
    checkEscape();
    object.fields.set(name, { type: withMask(value, value.mask | UNDEFINED), written: isLive, origin: null });
    unifier.changed = true;
    return;
  }
  const onConflict = analysis.conflictAt(span, () => analysis.quote(target.span), field.origin);
  field.type = unifier.grow(field.type, value, onConflict);
  if (field.type === BROKEN) return;
  checkEscape();
  if (isLive && !field.written) {
    field.written = true;
    unifier.changed = true;
  }
}

/** A member or an element of what has none. */
export function reportNoParts(analysis: Analysis, holder: Type, at: ElementPlace | MemberPlace): void {
  const { object } = at;
  const what = analysis.quote(object.span);
  const kind = describeType(holder);
  // What `for … of` reads stands nowhere in the text: its place is that of the array.
  if (at.span.start === object.span.start && at.span.end === object.span.end) {
    analysis.reportKind(object, holder, object.span, 'not-iterable', what, kind);
    return;
  }
  if (at.kind === 'index') {
    const isRecord = objectOf(holder)?.kind === 'record';
    if (isRecord && isUnknown(analysis.current.types.get(at.index.id) ?? NOTHING)) return;
    if (!isRecord) analysis.reportKind(object, holder, object.span, 'not-indexable', what, kind);
    else analysis.report(at.index.span, 'refused', ...refusal('dynamicProperty'));
    return;
  }
  const known = knownMembers(holder);
  const near = nearestName(at.name, known);
  const listed = objectOf(holder)?.kind === 'record' ? known : [];
  analysis.reportKind(object, holder, nameSpan(analysis, at), 'unknown-member', what, kind, at.name, near, listed);
}

/** Where the name of a member stands. */
export function nameSpan(analysis: Analysis, { kind, object, name, span }: MemberPlace): Span {
  if (analysis.isInLibrary) return span;
  const start =
    kind === 'method' ? analysis.text.indexOf(name, object.span.end) : Math.max(span.start, span.end - name.length);
  const end = start + name.length;
  return start >= span.start && end <= span.end && analysis.text.slice(start, end) === name ? { start, end } : span;
}

/** What values of a type have by name. */
function knownMembers(type: Type): string[] {
  const object = objectOf(type);
  if (!object) return (type.mask & STRING) !== 0 ? ['length', ...ALL_TEXT_METHODS] : [];
  switch (object.kind) {
    case 'record':
      return [...object.fields.keys()];
    case 'array':
      return ['length', ...Object.keys(ARRAY_METHODS).filter((name) => ARRAY_METHODS[name]!.of !== 'typed')];
    case 'typedArray':
      return ['length', ...Object.keys(ARRAY_METHODS).filter((name) => ARRAY_METHODS[name]!.of !== 'plain')];
    case 'function':
      return [];
  }
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
      const { span } = expression.elements[position]!.value;
      if (field) field.type = unifier.grow(field.type, type, analysis.conflictAt(span));
      else {
        tuple.fields.set(name, { type, written: false, origin: { span, type } });
        unifier.changed = true;
      }
    });
    return objectType(tuple);
  }
  const array = analysis.made(expression.id, () => unifier.newArray('array'));
  if (array.kind !== 'array') return NOTHING;
  types.forEach((type, position) => {
    const { span } = expression.elements[position]!.value;
    const onConflict = analysis.conflictAt(span, 'the elements of this array', null, ADVICE.array);
    array.element = unifier.grow(array.element, type, onConflict);
  });
  return objectType(array);
}

function record(analysis: Analysis, expression: Expression & { kind: 'record' }): Type {
  const made = analysis.made(expression.id, () => analysis.unifier.newRecord('object'));
  if (made.kind !== 'record') return NOTHING;
  const given = new Set<string>();
  const set = (name: string, type: Type, span: Span): void => {
    given.add(name);
    const field = made.fields.get(name);
    const what = (): string => `the member \`${name}\``;
    if (field) field.type = analysis.unifier.grow(field.type, type, analysis.conflictAt(span, what, field.origin));
    else {
      made.fields.set(name, { type, written: false, origin: { span, type } });
      analysis.unifier.changed = true;
    }
  };
  for (const entry of expression.entries) {
    const type = evaluate(analysis, entry.value);
    if (entry.kind === 'field') {
      set(entry.name, type, entry.value.span);
      continue;
    }
    const source = objectOf(type);
    if (source?.kind === 'record') for (const [name, field] of source.fields) set(name, field.type, entry.value.span);
    else if (!isUnknown(type)) analysis.report(entry.value.span, 'refused', ...refusal('ObjectSpread'));
  }
  return objectType(made);
}

export function memberType(analysis: Analysis, holder: Type, at: MemberPlace): Type {
  const { name } = at;
  const object = objectOf(holder);
  if (!object && (holder.mask & ~ABSENT) === STRING && name === 'length') return primitive(NUMBER);
  if (object?.kind === 'record') {
    const field = object.fields.get(name);
    if (field) return field.type;
    if (object.isTuple && name === 'length') return primitive(NUMBER);
  } else if (name === 'length' && object && object.kind !== 'function') return primitive(NUMBER);
  if (!isUnknown(holder)) reportNoParts(analysis, holder, at);
  return analysis.mistaken;
}

/** An element of a tuple; past its end there is nothing. */
function tupleElement(holder: Type, position: string): Type {
  const object = objectOf(holder);
  const field = object?.kind === 'record' ? object.fields.get(position) : undefined;
  return field?.type ?? primitive(UNDEFINED);
}

/** Reading an element may go past the end and give `undefined`, unless it is known to be there. */
function elementType(analysis: Analysis, holder: Type, at: ElementPlace, isThere: boolean): Type {
  const object = objectOf(holder);
  if (object?.kind === 'array' || object?.kind === 'typedArray') return anyElement(holder, isThere);
  if (!object && (holder.mask & ~ABSENT) === STRING) return primitive(isThere ? STRING : STRING | UNDEFINED);
  if (object?.kind === 'record' && object.isTuple) {
    analysis.reportKind(at.object, holder, at.object.span, 'tuple-index', analysis.quote(at.object.span));
  } else if (!isUnknown(holder)) reportNoParts(analysis, holder, at);
  return analysis.mistaken;
}

/** What the elements of an array are of which not even the number is known. */
export function anyElement(holder: Type, isThere: boolean): Type {
  const object = objectOf(holder);
  if (object?.kind !== 'array') return primitive(isThere ? NUMBER : NUMBER | UNDEFINED);
  return isThere ? object.element : withMask(object.element, object.element.mask | UNDEFINED);
}
