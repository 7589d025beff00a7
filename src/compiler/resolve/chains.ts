/**
 * Operators with two operands. A chain of one operator, such as a sum of thousands of terms, is as deep a tree as it has
 * links: it is resolved from its left end on, and cut into pieces that wait in variables, so that no pass needs more of
 * the stack for it than for one piece.
 */

import type * as Babel from '@babel/types';
import type { BinaryOperator, Expression, Statement } from '../ast.ts';
import type { Context } from './context.ts';
import { resolveExpression, spanOf } from './expressions.ts';
import { foldConcatenation } from './texts.ts';

type Link = Babel.BinaryExpression | Babel.LogicalExpression;

/** Links that stay one tree. */
const MAX_LINKS = 200;

const BINARY: ReadonlySet<string> = new Set('+ - * / % ** & | ^ << >> >>> < <= > >= == != === !=='.split(' '));

const isLink = (node: Babel.Node): node is Link =>
  node.type === 'BinaryExpression' || node.type === 'LogicalExpression';

export function resolveChain(context: Context, outermost: Link): Expression {
  const links: Link[] = [];
  let first: Babel.Node = outermost;
  for (; isLink(first); first = first.left) links.push(first);
  const statements: Statement[] = [];
  let left: Expression | null =
    first.type === 'PrivateName' ? null : resolveExpression(context, first as Babel.Expression);
  let depth = 0;
  for (let link = links.pop(); link; link = links.pop()) {
    left = combine(context, link, left);
    depth = left.kind === 'binary' || left.kind === 'logical' ? depth + 1 : 0;
    if (depth < MAX_LINKS || links.length === 0) continue;
    left = setAside(context, left, statements);
    depth = 0;
  }
  const value = left ?? context.broken(spanOf(outermost));
  if (statements.length === 0) return value;
  return { id: context.freshId(), span: spanOf(outermost), kind: 'let', statements, value };
}

/** `left`: the operand that is resolved already; `null` for a private name, which no operator takes. */
function combine(context: Context, node: Link, left: Expression | null): Expression {
  const span = spanOf(node);
  const id = context.freshId();
  if (node.type === 'LogicalExpression') {
    return {
      id,
      span,
      kind: 'logical',
      operator: node.operator,
      left: left!,
      right: resolveExpression(context, node.right),
    };
  }
  if (node.operator === 'in') {
    const value = resolveExpression(context, node.right);
    // Every object has these from JavaScript.
    if (left?.kind === 'string' && left.value in Object.prototype) {
      return {
        id,
        span,
        kind: 'sequence',
        effects: [value],
        value: { id: context.freshId(), span, kind: 'boolean', value: true },
      };
    }
    const key = left ?? privateKey(context, node.left);
    // Beside its own members, those of its class and of every object, where the name is not written out.
    const isOpen = key.kind !== 'string' && key.kind !== 'number';
    const inherits: Expression[] = isOpen ? [{ id: context.freshId(), span, kind: 'boolean', value: true }] : [];
    const args = [value, key, ...inherits].map((one) => ({ value: one, spread: false }));
    return { id, span, kind: 'builtin', name: 'Object.hasOwn', args };
  }
  if (left === null || !BINARY.has(node.operator)) {
    context.refuse(span, `${node.operator}Operator`);
    return context.broken(span);
  }
  const right = resolveExpression(context, node.right);
  const text = node.operator === '+' ? foldConcatenation(context, left, right, span) : null;
  if (text) return text;
  if (left.kind === 'number' && right.kind === 'number') {
    const value = foldNumbers(node.operator, left.value, right.value);
    if (value !== null) return { id, span, kind: 'number', value };
  }
  return { id, span, kind: 'binary', operator: node.operator as BinaryOperator, left, right };
}

/** `#name in object`. */
function privateKey(context: Context, node: Babel.Expression | Babel.PrivateName): Expression {
  const span = spanOf(node);
  if (node.type !== 'PrivateName') return context.broken(span);
  return { id: context.freshId(), span, kind: 'string', value: `#${node.id.name}` };
}

function setAside(context: Context, value: Expression, statements: Statement[]): Expression {
  const { span } = value;
  const variable = context.temporary('sum', span);
  statements.push({ kind: 'declare', span, variable, value });
  return { id: context.freshId(), span, kind: 'variable', variable };
}

/** Arithmetic of two literals that is exact by definition. */
function foldNumbers(operator: string, left: number, right: number): number | null {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    default:
      return null;
  }
}
