/**
 * Views of arrays, as the first tier's code has them: where an array's elements begin and how many there are, in two locals that
 * were checked together, so that an index below the length leads nowhere else. In: IR. Out: what can be seen of it. Pure.
 */

import { forEachOperandOf, forEachPartOf, type Visitor } from './forEachOperand.ts';
import type { IrExpression, IrFunction, View } from './ir.ts';

/** By the local of the length. Locals that anything else sets, or two kinds of views, are none. */
export function viewsOf(fn: IrFunction): ReadonlyMap<number, View> {
  const views = new Map<number, View>();
  const others = new Set<number>();
  /** The length that goes with the local of a view's data. */
  const lengthOf = new Map<number, number>();
  const visitor: Visitor = {
    expression(expression) {
      if (expression.op === 'tee') others.add(expression.index);
      forEachOperandOf(expression, visitor);
    },
    statement(statement) {
      if (statement.op === 'set') others.add(statement.index);
      if (statement.op === 'view') {
        const { data, length, shift } = statement;
        const known = views.get(length);
        if (known && (known.data !== data || known.shift !== shift)) others.add(length);
        if ((lengthOf.get(data) ?? length) !== length || data === length) others.add(data);
        lengthOf.set(data, length);
        views.set(length, { data, length, shift });
      }
      forEachPartOf(statement, visitor);
    },
  };
  for (const statement of fn.body) visitor.statement(statement);
  const given = 1 + fn.signature.parameters.length;
  for (const { data, length } of [...views.values()])
    if (others.has(length) || others.has(data) || length < given || data < given || views.has(data))
      views.delete(length);
  return views;
}

export interface IndexBelow {
  readonly index: number;
  readonly length: number;
}

/** What holds where a test holds: indices that are below the length of a view. */
export function insideTests(test: IrExpression, views: ReadonlyMap<number, View>): IndexBelow[] {
  if (views.size === 0 || !isPure(test)) return [];
  return conditionsOf(test).flatMap((condition) => {
    if (condition.op !== 'binary' || condition.name !== 'i32.lt_u') return [];
    const { left, right } = condition;
    if (left.op !== 'local' || right.op !== 'local' || !views.has(right.index)) return [];
    return [{ index: left.index, length: right.index }];
  });
}

/** What all hold where a test holds. */
export function conditionsOf(test: IrExpression): readonly IrExpression[] {
  if (test.op !== 'binary' || test.name !== 'i32.and') return [test];
  // Of other numbers than 0 and 1, which a comparison gives, a bit in common says no more.
  return [...conditionsOf(test.left), ...conditionsOf(test.right)];
}

/** Whether an expression sets nothing and calls nothing. */
export function isPure(expression: IrExpression): boolean {
  switch (expression.op) {
    case 'const':
    case 'local':
    case 'guard':
      return true;
    case 'unary':
      return isPure(expression.value);
    case 'binary':
      return isPure(expression.left) && isPure(expression.right);
    case 'load':
      return isPure(expression.pointer);
    default:
      return false;
  }
}
