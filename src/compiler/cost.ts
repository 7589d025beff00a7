/**
 * What a turn of a loop, or a call of a function that takes fuel, is charged: the number of its instructions, so that a
 * budget of fuel is a budget of time, whatever is in the loop. In: IR. Out: units of fuel. Pure.
 */

import { forEachOperandOf, forEachPartOf, type Visitor } from './forEachOperand.ts';
import type { BinaryName, IrExpression, IrStatement, UnaryName } from './ir.ts';

/** What is behind a call is not looked at: so much for a function of the patch, and for one of the library. */
const CALL_COST = 32;
export const LIBRARY_CALL_COST = 128;
const LIBRARY_PREFIX = 'std/';
const GUARD_COST = 2;
/** Divisions and roots take as long as some ten other instructions. */
const DIVISION_COST = 8;
const DIVISIONS: ReadonlySet<UnaryName | BinaryName> = new Set(['f64.div', 'f64.sqrt', 'i32.rem_s'] as const);
/** Memory may be far away. */
const ACCESS_COST = 4;
/** The charge itself takes instructions. */
const CHARGE_COST = 8;
/** The shortest loop there is. Counters rely on it (src/compiler/resolve/loops.ts). */
export const MIN_COST = 16;

/** What a function may take, without loops, for what its callers are charged. */
const MAX_UNCHARGED_COST = 2 * CALL_COST;

/**
 * Whether a function does more than its callers are charged for: it calls others, so that calls of calls could take any
 * time, or has much code of its own. Such a function takes fuel when it begins.
 */
export function exceedsCallCost(body: readonly IrStatement[]): boolean {
  if (sum(body) > MAX_UNCHARGED_COST) return true;
  let calls = false;
  const visitor: Visitor = {
    expression(expression) {
      if (expression.op === 'callIndirect') calls = true;
      if (expression.op === 'call' && !expression.target.startsWith(LIBRARY_PREFIX)) calls = true;
      if (!calls) forEachOperandOf(expression, visitor);
    },
    statement(statement) {
      if (!calls) forEachPartOf(statement, visitor);
    },
  };
  for (const statement of body) visitor.statement(statement);
  return calls;
}

/** Loops within are charged for themselves. */
export function costOf(body: readonly IrStatement[]): number {
  return Math.max(MIN_COST, CHARGE_COST + sum(body));
}

function sum(statements: readonly IrStatement[]): number {
  let cost = 0;
  for (const statement of statements) cost += statementCost(statement);
  return cost;
}

function statementCost(statement: IrStatement): number {
  switch (statement.op) {
    case 'set':
    case 'effect':
      return 1 + cost(statement.value);
    case 'store':
      return (isNear(statement.pointer) ? 1 : ACCESS_COST) + cost(statement.pointer) + cost(statement.value);
    case 'if':
      return 1 + cost(statement.test) + Math.max(sum(statement.yes), sum(statement.no));
    case 'block':
      return sum(statement.body);
    case 'ifLive':
      return 1 + sum(statement.yes);
    case 'return':
      return statement.value ? cost(statement.value) : 1;
    case 'clear':
      return 1 + cost(statement.pointer) + cost(statement.sizeBytes);
    case 'copy':
      return 1 + cost(statement.to) + cost(statement.from) + cost(statement.sizeBytes);
    case 'release':
      return 1 + cost(statement.from);
    case 'break':
    case 'continue':
      return 1;
    case 'loop':
    case 'fuel':
    case 'trap':
      return 0;
  }
}

function cost(expression: IrExpression): number {
  switch (expression.op) {
    case 'const':
    case 'local':
    case 'symbol':
      return 1;
    case 'tee':
      return 1 + cost(expression.value);
    case 'unary':
      return (DIVISIONS.has(expression.name) ? DIVISION_COST : 1) + cost(expression.value);
    case 'binary':
      return (DIVISIONS.has(expression.name) ? DIVISION_COST : 1) + cost(expression.left) + cost(expression.right);
    case 'load':
      return (isNear(expression.pointer) ? 1 : ACCESS_COST) + cost(expression.pointer);
    case 'select':
      return 1 + cost(expression.test) + cost(expression.yes) + cost(expression.no);
    case 'conditional':
      return 1 + cost(expression.test) + Math.max(cost(expression.yes), cost(expression.no));
    case 'block':
      return sum(expression.effects) + cost(expression.value);
    case 'call':
      return (expression.target.startsWith(LIBRARY_PREFIX) ? LIBRARY_CALL_COST : CALL_COST) + all(expression.args);
    case 'callIndirect':
      return CALL_COST + cost(expression.code) + all(expression.args);
    case 'allocate':
      return CALL_COST + cost(expression.sizeBytes);
    case 'guard':
      return GUARD_COST;
  }
}

/** The header and the symbols are in use all the time. */
const isNear = (pointer: IrExpression): boolean => pointer.op === 'const' || pointer.op === 'symbol';

function all(expressions: readonly IrExpression[]): number {
  let total = 0;
  for (const expression of expressions) total += cost(expression);
  return total;
}
