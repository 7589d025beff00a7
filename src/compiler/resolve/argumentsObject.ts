/**
 * `arguments`: a function that uses it takes all it is given as one array, and its parameters are variables that begin with
 * the elements. In: the syntax of a function. Out: its one parameter, and what declares the written ones.
 *
 * A patch is strict, so that `arguments` keeps what was given, whatever is assigned to a parameter. It has a length and
 * elements, can be walked through and spread; what else JavaScript could do with it is refused.
 */

import type * as Babel from '@babel/types';
import type { Expression, FunctionNode, Scope, Variable } from '../ast.ts';
import type { Context } from './context.ts';
import { spanOf } from './expressions.ts';

const NAME = 'arguments';

type FunctionSyntax =
  | Babel.ArrowFunctionExpression
  | Babel.FunctionExpression
  | Babel.FunctionDeclaration
  | Babel.ObjectMethod;

/** Where a function first names `arguments`, or an arrow function in it. */
export function argumentsIn(context: Context, syntax: FunctionSyntax): Babel.Node | null {
  if (syntax.type === 'ArrowFunctionExpression' || !isNamedIn(context)) return null;
  let first: Babel.Identifier | null = null;
  const pending: unknown[] = [...syntax.params, syntax.body];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const node = value as Babel.Node;
    if (OWN_ARGUMENTS.has(node.type)) continue;
    if (node.type === 'Identifier' && node.name === NAME && (!first || node.start! < first.start!)) first = node;
    for (const part of Object.values(node)) if (typeof part === 'object' && part !== null) pending.push(part);
  }
  return first;
}

/** Looked for once a text, and not for each of its functions, which would take functions times characters. */
const named = new WeakMap<Context, boolean>();

function isNamedIn(context: Context): boolean {
  let isNamed = named.get(context);
  if (isNamed === undefined) {
    isNamed = context.text.includes(NAME);
    named.set(context, isNamed);
  }
  return isNamed;
}

/** What has `arguments` of its own. */
const OWN_ARGUMENTS: ReadonlySet<string> = new Set(['FunctionDeclaration', 'FunctionExpression', 'ObjectMethod']);

/** The parameter that takes everything. */
export function declareArguments(context: Context, node: FunctionNode, mention: Babel.Node, scope: Scope): Variable {
  const variable = context.declare(NAME, 'parameter', spanOf(mention), scope);
  variable.initialisedAt = scope.start;
  node.parameters.push({ variable, fallback: null, rest: true });
  return variable;
}

/** What a written parameter is given; `isRest`: all from there on. */
export function argumentAt(
  context: Context,
  all: Variable,
  position: number,
  isRest: boolean,
  syntax: Babel.Node,
): Expression {
  const span = spanOf(syntax);
  const object: Expression = { id: context.freshId(), span, kind: 'variable', variable: all };
  const index: Expression = { id: context.freshId(), span, kind: 'number', value: position };
  const id = context.freshId();
  if (!isRest) return { id, span, kind: 'index', object, index, exact: false, optional: false };
  const args = [{ value: index, spread: false }];
  return { id, span, kind: 'method', object, name: 'slice', args, optional: false };
}

/** `arguments` where it may stand: in front of its length or an element, and where it is walked through or spread. */
export function resolveArguments(context: Context, node: Babel.Node): Expression | null {
  if (node.type !== 'Identifier' || node.name !== NAME || !isIn(context.scope)) return null;
  const span = spanOf(node);
  const binding = context.lookUp(NAME, span);
  if (binding?.kind !== 'variable') return null;
  return { id: context.freshId(), span, kind: 'variable', variable: binding.variable };
}

function isIn(scope: Scope | null): boolean {
  for (let at = scope; at; at = at.parent) if (at.names.has(NAME)) return true;
  return false;
}

/** `arguments.length` or an element. */
export function isPartOfArguments(node: Babel.MemberExpression | Babel.OptionalMemberExpression): boolean {
  if (node.object.type !== 'Identifier' || node.object.name !== NAME) return false;
  return node.computed || (node.property.type === 'Identifier' && node.property.name === 'length');
}
