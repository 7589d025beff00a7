/** Tests of what kind a value is → IR: those that inference could not decide. */

import type { Expression } from '../ast.ts';
import { type TypeofTest, typeofNames } from '../infer/kindTests.ts';
import {
  bitOf,
  FUNCTION,
  isMixed,
  LIST,
  NULL,
  objectOf,
  RECORD,
  STRING,
  TYPED,
  type Type,
  UNDEFINED,
} from '../infer/types.ts';
import { binary, type IrExpression, type IrStatement, i32, unary } from '../ir.ts';
import { BOX } from '../memoryLayout.ts';
import { isBoxOf } from './boxes.ts';
import type { FunctionContext } from './context.ts';
import { keep } from './control.ts';
import { withSetup } from './elements.ts';
import { lowerEffect, lowerExpression } from './expressions.ts';
import { asBoxed, booleanValue, highWord, isNumberBox, stringValue, testAbsent, type Value } from './values.ts';

const ABSENT = UNDEFINED | NULL;

/** Code behind a test of a value that never comes. */
export function neverReached(context: FunctionContext, test: Expression): IrStatement[] {
  return [...lowerEffect(context, test), { op: 'trap', site: context.site('undefined-value', test.span) }];
}

export function lowerTypeofTest(context: FunctionContext, { typeOf, name, isNegated }: TypeofTest): Value {
  const { operand } = typeOf;
  const type = context.typeOf(operand);
  const names = typeofNames(type);
  if (names.length < 2 || !names.includes(name)) {
    const isTrue = names.includes(name) !== isNegated;
    return withSetup(lowerEffect(context, operand), booleanValue(i32(isTrue ? 1 : 0)));
  }
  const value = keep(context, lowerExpression(context, operand));
  const test = testOf(value.value, type, name);
  return withSetup(value.setup, booleanValue(isNegated ? unary('i32.eqz', test) : test));
}

/** `typeof` as a string, where it may be several. */
export function lowerTypeof(context: FunctionContext, operand: Expression): Value {
  const type = context.typeOf(operand);
  const names = typeofNames(type);
  const text = (name: string): IrExpression => context.program.string(name);
  if (names.length < 2) {
    return withSetup(lowerEffect(context, operand), stringValue(text(names[0] ?? '')));
  }
  const value = keep(context, lowerExpression(context, operand));
  const [last, ...others] = names.toReversed();
  const ir = others.reduce<IrExpression>(
    (no, name) => ({ op: 'conditional', type: 'i32', test: testOf(value.value, type, name), yes: text(name), no }),
    text(last!),
  );
  return withSetup(value.setup, stringValue(ir));
}

/** Whether `typeof` of a value gives a name; `value` can be read again. */
function testOf(value: Value, type: Type, name: string): IrExpression {
  const object = objectOf(type);
  switch (name) {
    case 'undefined':
      return testAbsent(value, UNDEFINED);
    case 'function':
      if (object?.kind === 'mixed') return isBoxOf(value.ir, FUNCTION);
      return unary('i32.eqz', testAbsent(value, ABSENT));
    case 'object':
      if (object?.kind === 'mixed') return isPlainObject(value, type);
      return object && object.kind !== 'function'
        ? unary('i32.eqz', testAbsent(value, UNDEFINED))
        : testAbsent(value, NULL);
    case 'string':
      return (type.mask & ~(STRING | ABSENT)) === 0
        ? unary('i32.eqz', testAbsent(value, ABSENT))
        : binary('i32.eq', highWord(value.ir), i32(BOX.string));
    case 'boolean':
      return binary('i32.eq', highWord(value.ir), i32(BOX.boolean));
    default:
      return isNumberBox(value.ir, type.mask);
  }
}

/** Whether a box holds an object that is no function, or `null`. */
function isPlainObject(value: Value, type: Type): IrExpression {
  const tests = [LIST, TYPED, RECORD].filter((bit) => (type.mask & bit) !== 0).map((bit) => isBoxOf(value.ir, bit));
  if ((type.mask & NULL) !== 0) tests.push(testAbsent(value, NULL));
  return tests.reduce((left, right) => binary('i32.or', left, right));
}

/** `Array.isArray`. */
export function lowerIsArray(context: FunctionContext, value: Expression): Value {
  const type = context.typeOf(value);
  if (isMixed(type)) return booleanValue(isBoxOf(asBoxed(context, lowerExpression(context, value)), LIST));
  const object = objectOf(type);
  if (object === null || bitOf(object) !== LIST) return withSetup(lowerEffect(context, value), booleanValue(i32(0)));
  return booleanValue(unary('i32.eqz', testAbsent(lowerExpression(context, value), ABSENT)));
}
