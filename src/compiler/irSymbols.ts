/** The symbols that a function's code refers to, as `KIND:NAME`. */

import type { IrExpression, IrFunction, IrStatement } from './ir.ts';

export function symbolsOf(fn: IrFunction): Set<string> {
  const symbols = new Set<string>();
  for (const statement of fn.body) visitStatement(statement, symbols);
  return symbols;
}

function visitStatement(statement: IrStatement, symbols: Set<string>): void {
  switch (statement.op) {
    case 'set':
    case 'effect':
      visit(statement.value, symbols);
      return;
    case 'store':
      visit(statement.pointer, symbols);
      visit(statement.value, symbols);
      return;
    case 'if':
      visit(statement.test, symbols);
      for (const inner of statement.yes) visitStatement(inner, symbols);
      for (const inner of statement.no) visitStatement(inner, symbols);
      return;
    case 'block':
    case 'loop':
      for (const inner of statement.body) visitStatement(inner, symbols);
      return;
    case 'ifLive':
      for (const inner of statement.yes) visitStatement(inner, symbols);
      return;
    case 'return':
      if (statement.value) visit(statement.value, symbols);
      return;
    case 'clear':
      visit(statement.pointer, symbols);
      visit(statement.sizeBytes, symbols);
      return;
    case 'copy':
      visit(statement.to, symbols);
      visit(statement.from, symbols);
      visit(statement.sizeBytes, symbols);
      return;
    case 'break':
    case 'continue':
    case 'fuel':
    case 'trap':
      return;
  }
}

function visit(expression: IrExpression, symbols: Set<string>): void {
  switch (expression.op) {
    case 'const':
    case 'local':
      return;
    case 'tee':
    case 'unary':
      visit(expression.value, symbols);
      return;
    case 'binary':
      visit(expression.left, symbols);
      visit(expression.right, symbols);
      return;
    case 'load':
      visit(expression.pointer, symbols);
      return;
    case 'select':
    case 'choose':
      visit(expression.test, symbols);
      visit(expression.yes, symbols);
      visit(expression.no, symbols);
      return;
    case 'sequence':
      for (const effect of expression.effects) visitStatement(effect, symbols);
      visit(expression.value, symbols);
      return;
    case 'symbol':
      symbols.add(`${expression.kind}:${expression.name}`);
      return;
    case 'call':
      symbols.add(`function:${expression.target}`);
      for (const arg of expression.args) visit(arg, symbols);
      return;
    case 'callIndirect':
      visit(expression.code, symbols);
      for (const arg of expression.args) visit(arg, symbols);
      return;
    case 'allocate':
      visit(expression.sizeBytes, symbols);
      return;
  }
}
