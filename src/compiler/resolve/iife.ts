/**
 * Functions that are called where they are written, `((s) => …)('0123')`: a parameter that is given a known string and
 * never assigned to is as good as a constant.
 */

import type * as Babel from '@babel/types';
import { append } from '../append.ts';
import type { Parameter } from '../ast.ts';
import type { Context } from './context.ts';
import { peek } from './members.ts';

type Syntax = Babel.ArrowFunctionExpression | Babel.FunctionExpression;

/** Notes what strings a call gives to the function it calls, before that is resolved. */
export function noteGivenTexts(context: Context, callee: Babel.Node, args: readonly (Babel.Node | null)[]): void {
  let inner = callee;
  while (inner.type === 'ParenthesizedExpression') inner = inner.expression;
  const isFunction = inner.type === 'ArrowFunctionExpression' || (inner.type === 'FunctionExpression' && !inner.id);
  if (!isFunction || args.some((arg) => arg?.type === 'SpreadElement')) return;
  const texts = args.map((arg) => (arg ? textOf(context, arg) : null));
  const fallbacks = (inner as Syntax).params.slice(args.length);
  for (const parameter of fallbacks) {
    texts.push(parameter.type === 'AssignmentPattern' ? textOf(context, parameter.right) : null);
  }
  if (texts.some((text) => text !== null)) context.givenTexts.set(inner, texts);
}

/** A string that is known before anything is resolved. */
function textOf(context: Context, node: Babel.Node): string | null {
  if (node.type === 'StringLiteral') return node.value;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? null;
  if (node.type !== 'Identifier') return null;
  const binding = peek(context, node.name);
  return binding?.kind === 'variable' ? binding.variable.text : null;
}

/** Gives a parameter the string that the only call of its function passes. */
export function bindGivenText(
  context: Context,
  syntax: Babel.Node,
  index: number,
  { variable, rest }: Parameter,
): void {
  const text = context.givenTexts.get(syntax)?.[index] ?? null;
  if (text === null || rest || variable.kind !== 'parameter' || isAssigned(syntax, variable.name)) return;
  variable.text = text;
}

const ASSIGNMENTS: ReadonlySet<string> = new Set([
  'AssignmentExpression',
  'UpdateExpression',
  'ForOfStatement',
  'ForInStatement',
]);

/** Whether a name is assigned to anywhere in a tree, be it another variable's. */
function isAssigned(tree: Babel.Node, name: string): boolean {
  const pending: unknown[] = [tree];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (Array.isArray(value)) append(pending, value);
    else if (typeof value === 'object' && value !== null) {
      const node = value as { type?: string; left?: unknown; argument?: unknown };
      if (ASSIGNMENTS.has(node.type ?? '') && mentions(node.left ?? node.argument, name)) return true;
      append(pending, Object.values(node));
    }
  }
  return false;
}

function mentions(tree: unknown, name: string): boolean {
  if (Array.isArray(tree)) return tree.some((part) => mentions(part, name));
  if (typeof tree !== 'object' || tree === null) return false;
  const node = tree as { type?: string; name?: unknown };
  if (node.type === 'Identifier' && node.name === name) return true;
  return Object.values(tree).some((part) => mentions(part, name));
}
