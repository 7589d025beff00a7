/** The symbols that a function's code refers to, as `KIND:NAME`. */

import { forEachOperandOf, forEachPartOf, type Visitor } from './forEachOperand.ts';
import type { IrFunction } from './ir.ts';

/** Functions stay from text to text, and never change. */
const known = new WeakMap<IrFunction, ReadonlySet<string>>();

export function symbolsOf(fn: IrFunction): ReadonlySet<string> {
  const found = known.get(fn) ?? find(fn);
  known.set(fn, found);
  return found;
}

function find(fn: IrFunction): ReadonlySet<string> {
  const symbols = new Set<string>();
  const visitor: Visitor = {
    expression(expression) {
      if (expression.op === 'symbol') symbols.add(`${expression.kind}:${expression.name}`);
      else if (expression.op === 'call') symbols.add(`function:${expression.target}`);
      forEachOperandOf(expression, visitor);
    },
    statement: (statement) => forEachPartOf(statement, visitor),
  };
  for (const statement of fn.body) visitor.statement(statement);
  return symbols;
}
