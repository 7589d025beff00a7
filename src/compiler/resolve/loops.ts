/** Loops, in the single form that later passes handle. */

import type * as Babel from '@babel/types';
import { append } from '../append.ts';
import type { Expression, JumpTarget, Scope, Statement, Variable } from '../ast.ts';
import { resolveArguments } from './argumentsObject.ts';
import { callOf, identifier, memberOf } from './classes/nodes.ts';
import type { Context } from './context.ts';
import { hoistDeclaration, refuseDeclaration, resolveDeclaration } from './declarations.ts';
import { resolveExpression, resolveTarget, spanOf, walkedOver } from './expressions.ts';
import { keyedLoop } from './keyedLoops.ts';
import { declarePattern, namesIn } from './patterns.ts';
import { resolveBody } from './statements.ts';
import { setVar, varNamed } from './vars.ts';

export function newTarget(context: Context, label: string | null): JumpTarget {
  return { id: context.freshId(), label };
}

export function withTarget<Result>(
  context: Context,
  target: JumpTarget,
  takesContinue: boolean,
  needsLabel: boolean,
  work: () => Result,
): Result {
  context.targets.push({ target, takesContinue, needsLabel });
  const result = work();
  context.targets.pop();
  return result;
}

/** `for (const key in table)`: the turns of a list of its keys. */
export function resolveForIn(context: Context, node: Babel.ForInStatement, label: string | null): Statement[] {
  const { right } = node;
  const keys = callOf(memberOf(identifier('Object', right), 'keys', right), [right], right);
  return [resolveForOf(context, { ...node, type: 'ForOfStatement', await: false, right: keys }, label)];
}

export function resolveFor(context: Context, node: Babel.ForStatement, label: string | null): Statement {
  const span = spanOf(node);
  const scope = context.newScope(context.scope, span.start);
  const target = newTarget(context, label);
  return context.inScope(scope, () => {
    const start: Statement[] = [];
    let counter: Variable | null = null;
    if (node.init?.type === 'VariableDeclaration') {
      hoistDeclaration(context, node.init, scope);
      append(start, resolveDeclaration(context, node.init));
      counter = counterOf(start);
    } else if (node.init) {
      const expression = resolveExpression(context, node.init);
      start.push({ kind: 'expression', span: expression.span, expression });
    }
    const test = node.test ? resolveExpression(context, node.test) : null;
    if (counter?.reassigned) counter = null;
    const body = withTarget(context, target, true, false, () => resolveBody(context, node.body));
    const isLeftAlone = counter !== null && !counter.reassigned;
    const step = node.update ? resolveExpression(context, node.update) : null;
    if (counter && isLeftAlone) markCounter(counter, start, step);
    return { kind: 'loop', span, target, scope, start, test, testLast: false, step, body };
  });
}

/** The one variable that the head of a loop declares with a whole number. */
function counterOf(start: readonly Statement[]): Variable | null {
  const [only] = start;
  if (start.length !== 1 || only?.kind !== 'declare' || only.value?.kind !== 'number') return null;
  return Number.isInteger(only.value.value) && Math.abs(only.value.value) < MAX_COUNTER_START ? only.variable : null;
}

/** See src/worker/fuelConstants.test.ts. */
export const MAX_COUNTER_STEP = 4;
export const MAX_COUNTER_START = 2 ** 20;

/** A counter stays a small integer: the fuel of each iteration ends the loop long before it could overflow. */
function markCounter(counter: Variable, start: readonly Statement[], step: Expression | null): void {
  const [only] = start;
  if (only?.kind !== 'declare' || only.value?.kind !== 'number' || !step) return;
  let by: number | null = null;
  if (step.kind === 'update' && step.target.kind === 'variable' && step.target.variable === counter) by = step.step;
  if (step.kind === 'assign' && step.target.kind === 'variable' && step.target.variable === counter) {
    if (step.value.kind === 'number' && step.operator === '+') by = step.value.value;
    if (step.value.kind === 'number' && step.operator === '-') by = -step.value.value;
  }
  if (by !== null && Number.isInteger(by) && Math.abs(by) <= MAX_COUNTER_STEP && !Object.is(only.value.value, -0)) {
    counter.counter = { start: only.value.value, step: by };
  }
}

/** `for (const x of array)` counts through the array, whose length is read again in each iteration, as in JavaScript. */
export function resolveForOf(context: Context, node: Babel.ForOfStatement, label: string | null): Statement {
  const span = spanOf(node);
  if (node.await) context.refuse(span, 'AwaitExpression');
  const outer = context.newScope(context.scope, span.start);
  const target = newTarget(context, label);
  return context.inScope(outer, () => {
    const asked = walkedBy(node);
    const mayBeKeyed = context.hasKeyed || (asked !== null && context.hasOwnWalks);
    const walked = mayBeKeyed ? null : asked;
    const given = resolveArguments(context, node.right);
    const right = given ?? resolveExpression(context, walked?.array ?? node.right);
    const iterable = mayBeKeyed && !given ? walkedOver(context, right) : right;
    const list = context.temporary('list', iterable.span);
    const index = context.temporary('index', span);
    index.counter = { start: 0, step: 1 };
    index.reassigned = true;
    const keyed = mayBeKeyed && !given ? keyedLoop(context, list, index, iterable) : null;
    const read = (variable: Variable): Expression => ({
      id: context.freshId(),
      span: variable.span,
      kind: 'variable',
      variable,
    });
    const zero: Expression = { id: context.freshId(), span, kind: 'number', value: 0 };
    const start: Statement[] = [
      { kind: 'declare', span: iterable.span, variable: list, value: iterable },
      { kind: 'declare', span, variable: index, value: zero },
      ...(keyed?.start ?? []),
    ];
    const length: Expression = {
      id: context.freshId(),
      span: iterable.span,
      kind: 'member',
      object: read(list),
      name: 'length',
      optional: false,
      fromPattern: false,
    };
    const test: Expression = {
      id: context.freshId(),
      span,
      kind: 'binary',
      operator: '<',
      left: read(index),
      right: length,
      ...(keyed && { walk: keyed.test }),
    };
    const step: Expression = {
      id: context.freshId(),
      span,
      kind: 'update',
      target: { kind: 'variable', variable: index, span },
      step: 1,
      prefix: true,
    };
    const element: Expression = {
      id: context.freshId(),
      span: iterable.span,
      kind: 'index',
      object: read(list),
      index: read(index),
      exact: true,
      optional: false,
      ...(keyed && { walk: keyed.element }),
    };
    const turn = context.newScope(outer, span.start);
    const body = context.inScope(turn, () => {
      const statements: Statement[] = [];
      if (walked?.method === 'keys') bindElement(context, node.left, read(index), turn, statements);
      else if (walked) bindEntry(context, walked.parts, [read(index), element], turn, statements);
      else bindElement(context, node.left, element, turn, statements);
      append(
        statements,
        withTarget(context, target, true, false, () => resolveBody(context, node.body)),
      );
      return statements;
    });
    const block: Statement = { kind: 'block', span, scope: turn, body, target: null };
    return { kind: 'loop', span, target, scope: outer, start, test, testLast: false, step, body: [block] };
  });
}

type ForOfLeft = Babel.ForOfStatement['left'];

type Walked =
  | { readonly method: 'keys'; readonly array: Babel.Expression }
  /** `parts`: what the index and the element are bound to; `null`: nothing. */
  | { readonly method: 'entries'; readonly array: Babel.Expression; readonly parts: readonly (ForOfLeft | null)[] };

/** `array.keys()` and `array.entries()` need no array: the loop has the index already. */
function walkedBy({ left, right }: Babel.ForOfStatement): Walked | null {
  if (right.type !== 'CallExpression' || right.arguments.length > 0) return null;
  const { callee } = right;
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier') return null;
  const array = callee.object;
  if (array.type === 'Super' || (array.type === 'Identifier' && array.name === 'Object')) return null;
  if (callee.property.name === 'keys') return { method: 'keys', array };
  if (callee.property.name !== 'entries' || left.type !== 'VariableDeclaration') return null;
  const [declarator] = left.declarations;
  const pattern = declarator?.id;
  if (!declarator || pattern?.type !== 'ArrayPattern' || pattern.elements.length > 2) return null;
  const parts: (ForOfLeft | null)[] = [];
  for (const id of pattern.elements) {
    if (id === null) parts.push(null);
    else if (id.type === 'Identifier' || id.type === 'ArrayPattern' || id.type === 'ObjectPattern') {
      parts.push({ ...left, declarations: [{ ...declarator, id }] });
    } else return null;
  }
  return { method: 'entries', array, parts };
}

function bindEntry(
  context: Context,
  parts: readonly (ForOfLeft | null)[],
  values: readonly Expression[],
  scope: Scope,
  out: Statement[],
): void {
  parts.forEach((part, position) => {
    if (part) bindElement(context, part, values[position]!, scope, out);
  });
}

function bindElement(
  context: Context,
  left: Babel.ForOfStatement['left'],
  element: Expression,
  scope: Scope,
  out: Statement[],
): void {
  if (left.type === 'VariableDeclaration') {
    refuseDeclaration(context, left);
    const kind = left.kind === 'const' || left.kind === 'var' ? left.kind : 'let';
    const id = left.declarations[0]?.id;
    if (!id) return;
    const isOfLoop = (name: Babel.Identifier): boolean => kind !== 'var' || context.vars.isOfBlock(name);
    for (const name of namesIn(id)) {
      if (isOfLoop(name)) context.declare(name.name, kind === 'const' ? kind : 'let', spanOf(name), scope);
    }
    if (id.type === 'ArrayPattern' || id.type === 'ObjectPattern') declarePattern(context, id, element, kind, out);
    else if (id.type === 'Identifier' && !isOfLoop(id)) {
      const variable = varNamed(context, id);
      if (variable) out.push(setVar(context, id, variable, element, spanOf(id)));
    } else if (id.type === 'Identifier') {
      const binding = scope.names.get(id.name);
      if (binding?.kind === 'variable') {
        out.push({ kind: 'declare', span: spanOf(id), variable: binding.variable, value: element });
      }
    }
    return;
  }
  const assigned = resolveTarget(context, left);
  if (assigned) {
    let value = element;
    if (assigned.kind !== 'variable') {
      // The element is read before its target is evaluated.
      const kept = context.temporary('element', element.span);
      out.push({ kind: 'declare', span: element.span, variable: kept, value });
      value = { id: context.freshId(), span: element.span, kind: 'variable', variable: kept };
    }
    const assign: Expression = {
      id: context.freshId(),
      span: spanOf(left),
      kind: 'assign',
      target: assigned,
      operator: null,
      value,
    };
    out.push({ kind: 'expression', span: spanOf(left), expression: assign });
  }
}
