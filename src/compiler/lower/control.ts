import type { Expression, LogicalOperator } from '../ast.ts';
import { skipsRight } from '../infer/kindTests.ts';
import { NULL, type Type, UNDEFINED } from '../infer/types.ts';
import { type IrExpression, type IrStatement, local, set, unary } from '../ir.ts';
import type { FunctionContext } from './context.ts';
import { withSetup } from './elements.ts';
import { lowerEffect, lowerExpression, lowerNumeric, lowerTest } from './expressions.ts';
import { lowerTypeof, neverReached } from './kindTests.ts';
import { unaryOperation } from './operators.ts';
import { representationOf, valueTypeOf } from './representation.ts';
import {
  asRepresentation,
  asTest,
  booleanValue,
  fromRepresentation,
  intValue,
  testAbsent,
  undefinedValue,
  type Value,
} from './values.ts';

const ABSENT = UNDEFINED | NULL;

export function lowerUnary(context: FunctionContext, expression: Expression & { kind: 'unary' }): Value {
  const { operator, operand } = expression;
  if (operator === '!') return booleanValue(unary('i32.eqz', lowerTest(context, operand)));
  if (operator === 'void') return withSetup(lowerEffect(context, operand), undefinedValue());
  if (operator === 'typeof') {
    return lowerTypeof(context, operand);
  }
  return unaryOperation(context, operator, lowerNumeric(context, operand));
}

/** Puts a value into a new local of a type's form. */
export function keepAs(context: FunctionContext, value: Value, type: Type): { setup: IrStatement; value: Value } {
  const representation = representationOf(type);
  const valueType = valueTypeOf(representation);
  const index = context.newLocal(valueType);
  return {
    setup: set(index, asRepresentation(context, value, representation)),
    value: fromRepresentation(local(valueType, index), representation, type),
  };
}

/** Keeps a value as it is. */
export function keep(context: FunctionContext, value: Value): { setup: readonly IrStatement[]; value: Value } {
  if (value.ir.op === 'local' || value.ir.op === 'const') return { setup: [], value };
  const valueType = value.kind === 'number' || value.kind === 'boxed' ? 'f64' : 'i32';
  const index = context.newLocal(valueType);
  return { setup: [set(index, value.ir)], value: { ...value, ir: local(valueType, index) } };
}

export function conditional(context: FunctionContext, test: IrExpression, yes: Value, no: Value, type: Type): Value {
  if (yes.kind === 'int' && no.kind === 'int') {
    const ir: IrExpression = { op: 'conditional', type: 'i32', test, yes: yes.ir, no: no.ir };
    return intValue(ir, Math.min(yes.low, no.low), Math.max(yes.high, no.high));
  }
  const representation = representationOf(type);
  const ir: IrExpression = {
    op: 'conditional',
    type: valueTypeOf(representation),
    test,
    yes: asRepresentation(context, yes, representation),
    no: asRepresentation(context, no, representation),
  };
  return fromRepresentation(ir, representation, type);
}

export function lowerConditional(context: FunctionContext, expression: Expression & { kind: 'conditional' }): Value {
  const truth = context.truthOf(expression.test);
  if (truth === 'unknown') return withSetup(neverReached(context, expression.test), undefinedValue());
  if (truth !== null) {
    const branch = lowerExpression(context, truth ? expression.yes : expression.no);
    return withSetup(lowerEffect(context, expression.test), branch);
  }
  const test = lowerTest(context, expression.test);
  if (test.op === 'const') return lowerExpression(context, test.value ? expression.yes : expression.no);
  const yes = lowerExpression(context, expression.yes);
  const no = lowerExpression(context, expression.no);
  return conditional(context, test, yes, no, context.typeOf(expression));
}

export function lowerLogical(
  context: FunctionContext,
  operator: LogicalOperator,
  leftExpression: Expression,
  rightExpression: Expression,
  type: Type,
): Value {
  const truth = context.truthOf(leftExpression);
  if (skipsRight(operator, truth)) {
    return truth === 'unknown'
      ? withSetup(neverReached(context, leftExpression), undefinedValue())
      : lowerExpression(context, leftExpression);
  }
  const left = keep(context, lowerExpression(context, leftExpression));
  const right = lowerExpression(context, rightExpression);
  return withSetup(left.setup, decide(context, operator, left.value, right, type));
}

/** The value of a logical operator; `left` can be read again. */
export function decide(
  context: FunctionContext,
  operator: LogicalOperator,
  left: Value,
  right: Value,
  type: Type,
): Value {
  switch (operator) {
    case '&&':
      return conditional(context, asTest(context, left), right, left, type);
    case '||':
      return conditional(context, asTest(context, left), left, right, type);
    case '??':
      return conditional(context, testAbsent(left, ABSENT), right, left, type);
  }
}

export function lowerDefault(context: FunctionContext, expression: Expression & { kind: 'default' }): Value {
  const type = context.typeOf(expression);
  const given = lowerExpression(context, expression.value);
  if ((context.typeOf(expression.value).mask & UNDEFINED) === 0) return given;
  const value = keep(context, given);
  const fallback = lowerExpression(context, expression.fallback);
  return withSetup(value.setup, conditional(context, testAbsent(value.value, UNDEFINED), fallback, value.value, type));
}
