/**
 * Tests of what kind a value is: `typeof`, `Array.isArray`, `instanceof`. In: an expression, and the types of its parts. Out:
 * whether the test is decided in this specialisation, and what kinds are left of a variable where it is true or false.
 *
 * Code behind a test that is decided is not looked at where it does not run, neither here nor by lower, which asks the same.
 */

import type { Expression, LogicalOperator, Statement, Variable } from '../ast.ts';
import { instanceTruth } from './instances.ts';
import {
  BOOLEAN,
  BROKEN,
  isUnknown,
  NULL,
  NUMBER,
  objectOf,
  primitive,
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
  const object = objectOf(type);
  if (object?.kind === 'function') names.push('function');
  if ((object && object.kind !== 'function') || (type.mask & NULL) !== 0) names.push('object');
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
};

/** The part of a type for which `typeof` gives a name, or the rest of it. */
function typeofPart(type: Type, name: string, isThat: boolean): Type {
  const object = objectOf(type);
  const isOfObject = object !== null && (object.kind === 'function' ? 'function' : 'object') === name;
  const mask = (MASKS[name] ?? 0) | (name === 'object' ? NULL : 0);
  const kept = isThat ? type.mask & mask : type.mask & ~mask;
  return object && isOfObject === isThat ? withMask(type, kept) : primitive(kept);
}

/** The value that a test of its kind looks at. */
export function subjectOf(expression: Expression): Expression | null {
  const test = typeofTest(expression);
  if (test) return test.typeOf.operand;
  if (expression.kind === 'instanceOf') return expression.object;
  const isArrayTest = expression.kind === 'builtin' && expression.name === 'Array.isArray';
  return isArrayTest ? (expression.args[0]?.value ?? null) : null;
}

/** The part of a type for which a test of its kind is true, or false. */
function partWhere(expression: Expression, type: Type, isTrue: boolean): Type {
  const test = typeofTest(expression);
  if (test) return typeofPart(type, test.name, isTrue !== test.isNegated);
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
  const subject = subjectOf(expression);
  if (!subject) return null;
  const type = typeOf(subject);
  if (type === BROKEN) return null;
  if (isUnknown(type)) return 'unknown';
  const isEver = !isUnknown(partWhere(expression, type, true));
  const isNotAlways = !isUnknown(partWhere(expression, type, false));
  return isEver && isNotAlways ? null : isEver;
}

/** Whether the right operand of a logical operator never runs, because the left one is decided. */
export const skipsRight = (operator: LogicalOperator, left: Truth): boolean =>
  operator !== '??' && (left === 'unknown' || left === (operator === '||'));

/** What a variable is known to be: the part of its type where a test came out one way. */
export interface Narrowing {
  readonly variable: Variable;
  readonly test: Expression;
  readonly isTrue: boolean;
}

/** What follows for variables, which nothing assigns to later, where an expression is true or false. */
export function narrowingsOf(expression: Expression, isTrue: boolean): Narrowing[] {
  if (expression.kind === 'unary' && expression.operator === '!') return narrowingsOf(expression.operand, !isTrue);
  if (expression.kind === 'logical' && (expression.operator === '&&') === isTrue && expression.operator !== '??') {
    return [...narrowingsOf(expression.left, isTrue), ...narrowingsOf(expression.right, isTrue)];
  }
  const subject = subjectOf(expression);
  if (subject?.kind !== 'variable' || subject.variable.reassigned) return [];
  return [{ variable: subject.variable, test: expression, isTrue }];
}

/** An object that may also be absent stays so: that is looked at where it is used, and costs nothing beside the test. */
export function narrowed(type: Type, { test, isTrue }: Narrowing): Type {
  if (type === BROKEN) return type;
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
export function narrowingsBehind(statement: Statement): Narrowing[] {
  if (statement.kind !== 'if') return [];
  const [yes, no] = [leaves(statement.yes), leaves(statement.no)];
  return yes === no ? [] : narrowingsOf(statement.test, no);
}
