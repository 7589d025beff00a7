/** What stands directly inside a piece of IR: one list of operands for all passes that only look through. */

import type { IrExpression, IrStatement } from './ir.ts';

export interface Visitor {
  expression(expression: IrExpression): void;
  statement(statement: IrStatement): void;
}

/** In the order in which they are evaluated. */
export function forEachOperandOf(expression: IrExpression, visitor: Visitor): void {
  switch (expression.op) {
    case 'const':
    case 'local':
    case 'symbol':
    case 'guard':
    case 'element':
      return;
    case 'tee':
    case 'unary':
      visitor.expression(expression.value);
      return;
    case 'binary':
      visitor.expression(expression.left);
      visitor.expression(expression.right);
      return;
    case 'load':
      visitor.expression(expression.pointer);
      return;
    case 'select':
      visitor.expression(expression.yes);
      visitor.expression(expression.no);
      visitor.expression(expression.test);
      return;
    case 'conditional':
      visitor.expression(expression.test);
      visitor.expression(expression.yes);
      visitor.expression(expression.no);
      return;
    case 'block':
      for (const effect of expression.effects) visitor.statement(effect);
      visitor.expression(expression.value);
      return;
    case 'call':
      for (const arg of expression.args) visitor.expression(arg);
      return;
    case 'callIndirect':
      for (const arg of expression.args) visitor.expression(arg);
      visitor.expression(expression.code);
      return;
    case 'allocate':
      visitor.expression(expression.sizeBytes);
      return;
    default:
      expression satisfies never;
  }
}

/** In the order in which they are evaluated; of the two sides of an `if`, the one that holds first. */
export function forEachPartOf(statement: IrStatement, visitor: Visitor): void {
  switch (statement.op) {
    case 'set':
    case 'effect':
      visitor.expression(statement.value);
      return;
    case 'store':
      visitor.expression(statement.pointer);
      visitor.expression(statement.value);
      return;
    case 'if':
      visitor.expression(statement.test);
      for (const inner of statement.yes) visitor.statement(inner);
      for (const inner of statement.no) visitor.statement(inner);
      return;
    case 'block':
    case 'loop':
      for (const inner of statement.body) visitor.statement(inner);
      return;
    case 'ifLive':
      for (const inner of statement.yes) visitor.statement(inner);
      return;
    case 'return':
      if (statement.value) visitor.expression(statement.value);
      return;
    case 'clear':
      visitor.expression(statement.pointer);
      visitor.expression(statement.sizeBytes);
      return;
    case 'copy':
      visitor.expression(statement.to);
      visitor.expression(statement.from);
      visitor.expression(statement.sizeBytes);
      return;
    case 'release':
      visitor.expression(statement.from);
      return;
    case 'break':
    case 'continue':
    case 'fuel':
    case 'trap':
    case 'view':
      return;
    default:
      statement satisfies never;
  }
}
