/** Expressions, run on types. */

import { nearestName } from '../../language/diagnostics.ts';
import { ARRAY_METHODS } from '../../language/intrinsics.ts';
import { refusal } from '../../language/refusals.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { ArithmeticOperator, Expression, LogicalOperator, Target } from '../ast.ts';
import { FOLDED_METHODS as ALL_TEXT_METHODS } from '../resolve/texts.ts';
import { ADVICE, type Analysis } from './analysis.ts';
import { evaluateParts, noteGap, partsOf } from './arrays.ts';
import { evaluateBuiltin, evaluateCall, evaluateGetter, evaluateMethod, evaluateNewTypedArray } from './calls.ts';
import { analyseStatements } from './statements.ts';
import {
  type ArrayType,
  AT_TOP,
  BOOLEAN,
  BROKEN,
  describeType,
  isAbsent,
  isUnknown,
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
      const holder = evaluate(analysis, expression.object);
      const object = objectOf(holder);
      const isLacking =
        expression.fromPattern && object?.kind === 'record' && !object.isTuple && !object.fields.has(expression.name);
      if (isLacking) return primitive(UNDEFINED);
      const absent = partOfAbsent(analysis, holder, expression.object, expression.optional);
      if (absent) return absent;
      return optional(memberValue(analysis, holder, expression, expression.id), expression.optional);
    }
    case 'index': {
      const object = evaluate(analysis, expression.object);
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
    const areNumbers = [needNumber(analysis, left, expression.left), needNumber(analysis, right, expression.right)];
    if (areNumbers.includes(false) && !COMPARISONS.has(operator)) return analysis.mistaken;
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
  if (partOfAbsent(analysis, object, target.object, false)) return NOTHING;
  const position = target.kind === 'index' ? tuplePosition(objectOf(object), target.index) : null;
  const name = target.kind === 'member' ? target.name : position;
  // Assigning to it will be a mistake.
  if (name !== null && isGetter(object, name)) return NOTHING;
  if (position !== null && target.kind === 'index') {
    return numberedField(analysis, object, position, target, target.object.id);
  }
  return target.kind === 'member'
    ? memberType(analysis, object, target.name, target)
    : elementType(analysis, object, target, false);
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
    const isMistake = holder.mask !== 0 && !partOfAbsent(analysis, holder, target.object, false);
    if (isMistake) reportNoParts(analysis, holder, target);
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
  const field = object.fields.get(name);
  if (!field) {
    checkEscape();
    const type = withMask(value, value.mask | UNDEFINED);
    object.fields.set(name, { type, written: isLive, isGetter: false, origin: null });
    unifier.changed = true;
    return;
  }
  if (field.isGetter) {
    analysis.report(target.span, 'refused', ...refusal('setter'));
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
    if (!isRecord)
      analysis.reportKind(object, holder, object.span, 'not-indexable', what, kind, analysis.goesOn(object.span));
    else analysis.report(at.index.span, 'refused', ...refusal('dynamicProperty'));
    return;
  }
  const known = knownMembers(holder);
  if (known.includes(at.name)) {
    analysis.report(nameSpan(analysis, at), 'builtin-as-value', at.name, `call it, as in \`xs.${at.name}(…)\``);
    return;
  }
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
        tuple.fields.set(name, { type, written: false, isGetter: false, origin: { span, type } });
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
    const { span } = expression.elements[position]!.value;
    const onConflict = analysis.conflictAt(span, 'the elements of this array', null, ADVICE.array);
    array.element = unifier.grow(array.element, type, onConflict);
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
    const onConflict = analysis.conflictAt(span, () => `the member \`${name}\``, field?.origin);
    if (field && field.isGetter !== isGetter) onConflict(field.type, type, '');
    if (field) field.type = analysis.unifier.grow(field.type, type, onConflict);
    else {
      made.fields.set(name, { type, written: false, isGetter, origin: { span, type } });
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
    else if (!isUnknown(type)) analysis.report(entry.value.span, 'refused', ...refusal('ObjectSpread'));
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
    if (field.isGetter) analysis.report(span, 'refused', ...refusal('getterSpread'));
  }
}

/** What reading a member gives: if it is a getter, what that returns. */
export function memberValue(analysis: Analysis, holder: Type, at: MemberPlace, callId: number): Type {
  const type = memberType(analysis, holder, at.name, at);
  return isGetter(holder, at.name) ? evaluateGetter(analysis, type, callId, at.span) : type;
}

function isGetter(holder: Type, name: string): boolean {
  const object = objectOf(holder);
  return object?.kind === 'record' && object.fields.get(name)?.isGetter === true;
}

export function memberType(analysis: Analysis, holder: Type, name: string, at: ElementPlace | MemberPlace): Type {
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

/** An element of a tuple, past whose end there is nothing, or a member with a number for a name. */
function numberedField(
  analysis: Analysis,
  holder: Type,
  position: string,
  { object: holding, span }: ElementPlace,
  callId: number,
): Type {
  const object = objectOf(holder);
  const isPastEnd = object?.kind === 'record' && object.isTuple && !object.fields.has(position);
  return isPastEnd
    ? primitive(UNDEFINED)
    : memberValue(analysis, holder, { kind: 'member', object: holding, name: position, span }, callId);
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
