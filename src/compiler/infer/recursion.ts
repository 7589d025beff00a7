/**
 * Finds endless recursion, as far as possible: a function that calls itself, directly or through others, on every path
 * through it. In: a function of the resolved tree. Reports at the call that starts the cycle.
 */

import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, FunctionNode, Statement, Target } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import { nameOf } from './statements.ts';
import type { Instance } from './types.ts';

/** Functions that are called whatever happens, with the place of the first call. */
type Calls = ReadonlyMap<FunctionNode, Span>;

/** Calls that are followed in one text: what goes in a circle does so soon. */
const MAX_CIRCLE_STEPS = 200_000;

const known = new WeakMap<FunctionNode, Calls>();

export function reportEndless(analysis: Analysis, node: FunctionNode): void {
  if (node.unit === null || node.unit.isLibrary) return;
  const circle = circleFrom(analysis, node, node, new Set());
  if (!circle) return;
  const [first, ...others] = circle;
  const related = others.map((span) => ({ span, message: 'By way of this call.' }));
  // The functions of one cycle are one mistake.
  if (analysis.endlessCalls.has(first!.start)) return;
  for (const span of circle) analysis.endlessCalls.add(span.start);
  analysis.report({ ...first!, related }, 'never-returns', nameOf(node), 'recursion');
}

/** Whether `reportEndless` might report one of these. Leaves what it counts as it was. */
export function mayBeEndless(analysis: Analysis, instances: Iterable<Instance>): boolean {
  const before = analysis.circleSteps;
  const nodes = new Set<FunctionNode>();
  for (const { closure } of instances) if (closure.node.unit?.isLibrary === false) nodes.add(closure.node);
  const isAny = [...nodes].some((node) => circleFrom(analysis, node, node, new Set()) !== null);
  const isCounted = analysis.circleSteps < MAX_CIRCLE_STEPS;
  analysis.circleSteps = before;
  return isAny || !isCounted;
}

/** The calls that lead from `node` back to `goal` on every path; `null`: there is a way out. */
function circleFrom(
  analysis: Analysis,
  node: FunctionNode,
  goal: FunctionNode,
  seen: Set<FunctionNode>,
): Span[] | null {
  if (seen.has(node) || analysis.circleSteps >= MAX_CIRCLE_STEPS) return null;
  analysis.circleSteps++;
  seen.add(node);
  for (const [called, span] of callsOf(node)) {
    if (called === goal) return [span];
    const rest = circleFrom(analysis, called, goal, seen);
    if (rest) return [span, ...rest];
  }
  return null;
}

function callsOf(node: FunctionNode): Calls {
  let calls = known.get(node);
  if (!calls) {
    const found = new Map<FunctionNode, Span>();
    ofStatements(node.body, found);
    calls = found;
    known.set(node, calls);
  }
  return calls;
}

type Found = Map<FunctionNode, Span>;

/** Adds what the statements certainly call. Returns whether what follows them is certainly reached. */
function ofStatements(statements: readonly Statement[], found: Found): boolean {
  return statements.every((statement) => ofStatement(statement, found));
}

function ofStatement(statement: Statement, found: Found): boolean {
  switch (statement.kind) {
    case 'declare':
      if (statement.value) ofExpression(statement.value, found);
      return true;
    case 'expression':
      ofExpression(statement.expression, found);
      return true;
    case 'block':
      return ofStatements(statement.body, found);
    case 'if': {
      ofExpression(statement.test, found);
      const yes: Found = new Map();
      const no: Found = new Map();
      const isReached = [ofStatements(statement.yes, yes), ofStatements(statement.no, no)];
      for (const [called, span] of yes) if (no.has(called)) add(found, called, span);
      return isReached[0]! && isReached[1]!;
    }
    case 'loop':
      ofStatements(statement.start, found);
      if (!statement.testLast && statement.test) ofExpression(statement.test, found);
      if (statement.testLast) ofStatements(statement.body, found);
      return !jumps(statement.body);
    case 'switch':
      ofExpression(statement.subject, found);
      return !statement.cases.some((entry) => jumps(entry.body));
    case 'break':
    case 'continue':
      return false;
    case 'return':
      if (statement.value) ofExpression(statement.value, found);
      return false;
  }
}

/** Whether something inside may leave the function or an enclosing statement. */
function jumps(statements: readonly Statement[]): boolean {
  return statements.some((statement) => {
    switch (statement.kind) {
      case 'return':
      case 'break':
      case 'continue':
        return true;
      case 'block':
      case 'loop':
        return jumps(statement.body);
      case 'if':
        return jumps(statement.yes) || jumps(statement.no);
      case 'switch':
        return statement.cases.some((entry) => jumps(entry.body));
      default:
        return false;
    }
  });
}

function add(found: Found, called: FunctionNode, span: Span): void {
  if (!found.has(called)) found.set(called, span);
}

function ofTarget(target: Target, found: Found): void {
  if (target.kind !== 'variable') ofExpression(target.object, found);
  if (target.kind === 'index') ofExpression(target.index, found);
}

function ofAll(expressions: readonly { readonly value: Expression }[], found: Found): void {
  for (const { value } of expressions) ofExpression(value, found);
}

/** Adds what the expression certainly calls. */
function ofExpression(expression: Expression, found: Found): void {
  switch (expression.kind) {
    case 'unary':
      ofExpression(expression.operand, found);
      break;
    case 'binary':
      ofExpression(expression.left, found);
      ofExpression(expression.right, found);
      break;
    case 'logical':
      ofExpression(expression.left, found);
      break;
    case 'conditional':
      ofExpression(expression.test, found);
      break;
    case 'assign':
      ofTarget(expression.target, found);
      if (!['&&', '||', '??'].includes(expression.operator ?? '')) ofExpression(expression.value, found);
      break;
    case 'update':
      ofTarget(expression.target, found);
      break;
    case 'sequence':
      for (const effect of expression.effects) ofExpression(effect, found);
      ofExpression(expression.value, found);
      break;
    case 'let':
      ofStatements(expression.statements, found);
      ofExpression(expression.value, found);
      break;
    case 'default':
      ofExpression(expression.value, found);
      break;
    case 'call': {
      const { callee } = expression;
      ofExpression(callee, found);
      if (expression.optional) break;
      ofAll(expression.args, found);
      if (callee.kind !== 'variable' || callee.variable.reassigned || !callee.variable.holds) break;
      add(found, callee.variable.holds, callee.span);
      break;
    }
    case 'method':
      ofExpression(expression.object, found);
      if (!expression.optional) ofAll(expression.args, found);
      break;
    case 'builtin':
    case 'newTypedArray':
      ofAll(expression.args, found);
      break;
    case 'member':
      ofExpression(expression.object, found);
      break;
    case 'index':
      ofExpression(expression.object, found);
      if (!expression.optional) ofExpression(expression.index, found);
      break;
    case 'array':
      ofAll(expression.elements, found);
      break;
    case 'record':
      ofAll(expression.entries, found);
      break;
  }
}
