/**
 * Whether the fuel of a loop can be held in a local while it runs: nothing in it, and in the loops in it, reads or takes fuel but
 * the loop itself. In: a loop of the IR. Pure.
 */

import { HEADER } from '../../protocol/arena.ts';
import { forEachOperandOf, forEachPartOf, type Visitor } from '../forEachOperand.ts';
import type { IrExpression, IrStatement } from '../ir.ts';

const known = new WeakMap<IrStatement, boolean>();

export function keepsFuel(loop: IrStatement & { readonly op: 'loop' }): boolean {
  const found = known.get(loop);
  if (found !== undefined) return found;
  let isAlone = true;
  const visitor: Visitor = {
    expression(expression) {
      if (expression.op === 'call' || expression.op === 'callIndirect' || readsFuel(expression)) isAlone = false;
      if (isAlone) forEachOperandOf(expression, visitor);
    },
    statement(statement) {
      // A loop that does not keep its own cannot be in one that does.
      if (statement.op === 'loop') isAlone &&= keepsFuel(statement);
      else if (isAlone) forEachPartOf(statement, visitor);
    },
  };
  for (const statement of loop.body) visitor.statement(statement);
  known.set(loop, isAlone);
  return isAlone;
}

const readsFuel = (expression: IrExpression): boolean =>
  expression.op === 'load' &&
  expression.pointer.op === 'const' &&
  expression.offset === HEADER.FUEL &&
  Number(expression.pointer.value) === 0;
