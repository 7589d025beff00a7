/**
 * Tests of what kind a value is: `typeof`, `Array.isArray`, `instanceof`. In: an expression, and the types of its parts. Out:
 * whether the test is decided in this specialisation, and what kinds are left of a variable where it is true or false.
 *
 * Code behind a test that is decided is not looked at where it does not run, neither here nor by lower, which asks the same.
 */

import type { Expression, LogicalOperator, Statement, Variable } from '../ast.ts';
import { visitExpression, visitStatements } from '../walk.ts';
import { instanceTruth } from './instances.ts';
import {
  BOOLEAN,
  BROKEN,
  FUNCTION,
  isMixed,
  isUnknown,
  kindsOfType,
  LIST,
  NULL,
  NUMBER,
  OBJECTS,
  objectOf,
  objectType,
  PRIMITIVES,
  partOf,
  primitive,
  RECORD,
  STRING,
  type Type,
  UNDEFINED,
  withMask,
} from './types.ts';

/** `null`: either. `unknown`: no value has come there yet, so that nothing behind the test runs. */
export type Truth = boolean | null | 'unknown';

export interface TypeofTest {
  readonly typeOf: Expression & { readonly kind: 'unary' };
  readonly name: string;
  readonly isNegated: boolean;
}

const ABSENT = UNDEFINED | NULL;
const EQUALITIES: ReadonlySet<string> = new Set(['===', '!==', '==', '!=']);

/** `typeof x === 'number'`, either way round. */
export function typeofTest(expression: Expression): TypeofTest | null {
  if (expression.kind !== 'binary' || !EQUALITIES.has(expression.operator)) return null;
  const { left, right, operator } = expression;
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const name = other.kind === 'string' ? other.value : null;
    if (one.kind === 'unary' && one.operator === 'typeof' && name !== null) {
      return { typeOf: one, name, isNegated: operator.startsWith('!') };
    }
  }
  return null;
}

/** What `typeof` may give for a type. */
export function typeofNames(type: Type): string[] {
  const names: string[] = [];
  const kinds = kindsOfType(type);
  if ((kinds & FUNCTION) !== 0) names.push('function');
  if ((kinds & (OBJECTS | NULL) & ~FUNCTION) !== 0) names.push('object');
  if ((type.mask & NUMBER) !== 0) names.push('number');
  if ((type.mask & STRING) !== 0) names.push('string');
  if ((type.mask & BOOLEAN) !== 0) names.push('boolean');
  if ((type.mask & UNDEFINED) !== 0) names.push('undefined');
  return names;
}

const MASKS: Readonly<Record<string, number>> = {
  number: NUMBER,
  string: STRING,
  boolean: BOOLEAN,
  undefined: UNDEFINED,
  function: FUNCTION,
  object: (OBJECTS & ~FUNCTION) | NULL,
};

/** The part of a type for which `typeof` gives a name, or the rest of it. */
function typeofPart(type: Type, name: string, isThat: boolean): Type {
  if (isMixed(type)) return ofKinds(type, MASKS[name] ?? 0, isThat);
  const object = objectOf(type);
  const isOfObject = object !== null && (object.kind === 'function' ? 'function' : 'object') === name;
  const mask = MASKS[name] ?? 0;
  const kept = isThat ? type.mask & mask : type.mask & ~mask;
  return object && isOfObject === isThat ? withMask(type, kept) : primitive(kept);
}

/** What is left of a type that is one of these kinds, or none of them. */
const ofKinds = (type: Type, kinds: number, isThat: boolean): Type =>
  withMask(type, isThat ? type.mask & kinds : type.mask & ~kinds);

/** The value that a test of its kind looks at. */
export function subjectOf(expression: Expression): Expression | null {
  const test = typeofTest(expression);
  if (test) return test.typeOf.operand;
  if (expression.kind === 'instanceOf') return expression.object;
  const isArrayTest = expression.kind === 'builtin' && expression.name === 'Array.isArray';
  return isArrayTest ? (expression.args[0]?.value ?? null) : null;
}

/** Whether a test asks for the kind of a value, and not only for the value. */
export const isTestOfKind = (test: Expression): boolean => subjectOf(test) !== null;

/** The part of a type for which a test of its kind is true, or false. */
function partWhere(expression: Expression, type: Type, isTrue: boolean): Type {
  const test = typeofTest(expression);
  if (test) return typeofPart(type, test.name, isTrue !== test.isNegated);
  if (isMixed(type)) return mixedPartWhere(expression, type, isTrue);
  const object = objectOf(type);
  if (expression.kind === 'instanceOf') {
    const truth = instanceTruth(withMask(type, 0), expression.classes);
    if (truth === false) return isTrue ? primitive(0) : type;
    return isTrue ? withMask(type, 0) : truth === true ? primitive(type.mask) : type;
  }
  const isArray = object?.kind === 'array' || (object?.kind === 'record' && object.isTuple);
  if (!isArray) return isTrue ? primitive(0) : type;
  return isTrue ? withMask(type, 0) : primitive(type.mask);
}

/** The same of a value that is boxed. */
function mixedPartWhere(expression: Expression, type: Type, isTrue: boolean): Type {
  if (expression.kind !== 'instanceOf') return ofKinds(type, LIST, isTrue);
  const record = partOf(type, RECORD);
  const truth = record ? instanceTruth(objectType(record), expression.classes) : false;
  if (truth === false) return isTrue ? primitive(0) : type;
  return isTrue || truth === true ? ofKinds(type, RECORD, isTrue) : type;
}

/** What is left of a boxed value where it equals something, is true, or is not. */
function comparedPart(test: Expression, type: Type, isTrue: boolean): Type {
  const equality = equalityTest(test);
  if (!equality) return withMask(type, type.mask & (isTrue ? ~ABSENT : PRIMITIVES));
  const { kinds, isOnly, isNegated } = equality;
  const isThat = isTrue !== isNegated;
  return isThat || isOnly ? ofKinds(type, kinds, isThat) : type;
}

interface EqualityTest {
  readonly subject: Expression;
  /** What equals it is of one of these kinds; with `isOnly` all of those do. */
  readonly kinds: number;
  readonly isOnly: boolean;
  readonly isNegated: boolean;
}

/** `x === null`, `x == undefined`, `x !== '-'` and the like, either way round. */
function equalityTest(expression: Expression): EqualityTest | null {
  if (expression.kind !== 'binary' || !EQUALITIES.has(expression.operator)) return null;
  const { left, right, operator } = expression;
  const isStrict = operator.length === 3;
  const isNegated = operator.startsWith('!');
  for (const [subject, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const isAbsence = other.kind === 'null' || other.kind === 'undefined';
    if (isAbsence && !isStrict) return { subject, kinds: ABSENT, isOnly: true, isNegated };
    if (isAbsence) return { subject, kinds: other.kind === 'null' ? NULL : UNDEFINED, isOnly: true, isNegated };
    if (!isStrict) continue;
    if (other.kind === 'string') return { subject, kinds: STRING, isOnly: false, isNegated };
    if (other.kind === 'number') return { subject, kinds: NUMBER, isOnly: false, isNegated };
    if (other.kind === 'boolean') return { subject, kinds: BOOLEAN, isOnly: false, isNegated };
  }
  return null;
}

/** Whether it reads a member that the object does not have, as of options that are not given. */
function isMissing(expression: Expression, typeOf: (part: Expression) => Type): boolean {
  if (expression.kind !== 'member') return false;
  const type = typeOf(expression);
  return type.mask === UNDEFINED && !objectOf(type);
}

/** Whether a test is decided by the types of its parts. */
export function truthOf(expression: Expression, typeOf: (part: Expression) => Type): Truth {
  if (expression.kind === 'unary' && expression.operator === '!') {
    const inner = truthOf(expression.operand, typeOf);
    return typeof inner === 'boolean' ? !inner : inner;
  }
  if (expression.kind === 'logical' && expression.operator !== '??') {
    const stop = expression.operator === '||';
    const left = truthOf(expression.left, typeOf);
    if (left === stop || left === 'unknown') return left;
    const right = truthOf(expression.right, typeOf);
    if (left === null) return right === stop ? stop : null;
    return right;
  }
  if (expression.kind === 'builtin' && expression.name === 'intrinsic.isList') {
    const type = expression.args[0] ? typeOf(expression.args[0].value) : BROKEN;
    if (type === BROKEN) return null;
    const object = objectOf(type);
    return isUnknown(type) ? 'unknown' : object?.kind === 'array' || object?.kind === 'typedArray';
  }
  const mark = expression.kind === 'builtin' ? MARKS[expression.name] : undefined;
  if (expression.kind === 'builtin' && mark) {
    const type = expression.args[0] ? typeOf(expression.args[0].value) : BROKEN;
    const object = objectOf(type);
    if (isUnknown(type) && type !== BROKEN) return 'unknown';
    return object?.kind === 'record' && object.fields.has(mark);
  }
  if (isMissing(expression, typeOf)) return false;
  const equality = equalityTest(expression);
  if (equality?.isOnly && isMissing(equality.subject, typeOf)) {
    return ((equality.kinds & UNDEFINED) !== 0) !== equality.isNegated;
  }
  const subject = subjectOf(expression);
  if (!subject) return null;
  const type = typeOf(subject);
  if (type === BROKEN) return null;
  if (isUnknown(type)) return 'unknown';
  const isEver = !isUnknown(partWhere(expression, type, true));
  const isNotAlways = !isUnknown(partWhere(expression, type, false));
  return isEver && isNotAlways ? null : isEver;
}

/** Tests that ask for a member. */
const MARKS: Readonly<Record<string, string>> = {
  'intrinsic.hasText': 'toString',
  'intrinsic.isMap': 'is map',
  'intrinsic.isSet': 'is set',
  'intrinsic.isDictionary': 'is dictionary',
  'intrinsic.isError': 'is error',
};

/** Whether the right operand of a logical operator never runs, because the left one is decided. */
export const skipsRight = (operator: LogicalOperator, left: Truth): boolean =>
  operator !== '??' && (left === 'unknown' || left === (operator === '||'));

/** What a variable is known to be: the part of its type where a test came out one way. */
export interface Narrowing {
  readonly variable: Variable;
  readonly test: Expression;
  readonly isTrue: boolean;
}

/** What follows for variables in a region that runs where an expression is true or false. */
export function narrowingsOf(expression: Expression, isTrue: boolean, region: Region): Narrowing[] {
  const found: Narrowing[] = [];
  // Chains of `&&` are as deep as they are long, on the left.
  const pending: [expression: Expression, isTrue: boolean][] = [[expression, isTrue]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [at, truth] = next;
    if (at.kind === 'unary' && at.operator === '!') pending.push([at.operand, !truth]);
    else if (at.kind === 'logical' && (at.operator === '&&') === truth && at.operator !== '??')
      pending.push([at.right, truth], [at.left, truth]);
    else {
      const subject = subjectOf(at) ?? equalityTest(at)?.subject ?? at;
      if (subject.kind !== 'variable') continue;
      if (subject.variable.reassigned && !isKeptIn(subject.variable, region)) continue;
      found.push({ variable: subject.variable, test: at, isTrue: truth });
    }
  }
  return found;
}

/** What runs where something is known. */
export type Region = readonly Statement[] | Expression | Behind;

/** What stands behind an `if` that may leave. */
interface Behind {
  readonly test: Statement;
  readonly rest: () => readonly Statement[];
}

/**
 * Whether a variable is the same throughout a region: nothing there assigns it. A function that is called there may; then
 * reading it is a trap, since every read of a box is looked at.
 */
function isKeptIn(variable: Variable, region: Region): boolean {
  const key = 'rest' in region ? region.test : region;
  let assigned = assignedIn.get(key);
  if (!assigned) {
    const found = new Set<Variable>();
    const expression = (at: Expression): void => {
      if ((at.kind === 'assign' || at.kind === 'update') && at.target.kind === 'variable')
        found.add(at.target.variable);
    };
    const statement = (at: Statement): void => {
      if (at.kind === 'declare') found.add(at.variable);
    };
    if ('kind' in region) visitExpression(region, { expression, statement });
    else visitStatements('rest' in region ? region.rest() : region, { expression, statement });
    assigned = found;
    assignedIn.set(key, found);
  }
  return !assigned.has(variable);
}

const assignedIn = new WeakMap<object, ReadonlySet<Variable>>();

/** An object that may also be absent stays so: that is looked at where it is used, and costs nothing beside the test. */
export function narrowed(type: Type, { variable, test, isTrue }: Narrowing): Type {
  if (type === BROKEN) return type;
  const isKindTest = isTestOfKind(test);
  if (isMixed(type)) return isKindTest ? partWhere(test, type, isTrue) : comparedPart(test, type, isTrue);
  // What a variable equals says nothing that its type does not, unless it is boxed.
  if (!isKindTest || (variable.reassigned && variable.owner === null)) return type;
  const part = partWhere(test, type, isTrue);
  return part.object ? type : part;
}

/** Whether the end of statements is never reached, as they are written. */
export function leaves(statements: readonly Statement[]): boolean {
  return statements.some((statement) => {
    switch (statement.kind) {
      case 'return':
      case 'break':
      case 'continue':
        return true;
      case 'block':
        return statement.target === null && leaves(statement.body);
      case 'if':
        return leaves(statement.yes) && leaves(statement.no);
      default:
        return false;
    }
  });
}

/** Whether what stands behind an `if` never runs, because its test is decided. */
export function endsAt(statement: Statement, truth: Truth): boolean {
  if (statement.kind !== 'if' || truth === null) return false;
  return truth === 'unknown' || leaves(truth ? statement.yes : statement.no);
}

/** What is known behind a statement: that a test came out the way that does not leave. */
export function narrowingsBehind(statement: Statement, region: Region): Narrowing[] {
  if (statement.kind !== 'if') return [];
  const [yes, no] = [leaves(statement.yes), leaves(statement.no)];
  return yes === no ? [] : narrowingsOf(statement.test, no, region);
}
