/** The parser's nodes, as far as every file here looks at them. Pure. */

import type * as Babel from '@babel/types';
import type { Span } from '../../protocol/diagnostic.ts';

export type Node = Babel.Node;

export const spanOf = ({ start, end }: Node): Span => ({ start: start ?? 0, end: end ?? 0 });

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** What a node consists of, in the order of its fields, with the name of the field. Comments are left out. */
export function childrenOf(node: Node): [key: string, child: Node][] {
  const children: [string, Node][] = [];
  for (const [key, value] of Object.entries(node)) {
    if (key === 'loc' || key === 'extra' || key.endsWith('omments')) continue;
    if (Array.isArray(value)) for (const element of value) if (isNode(element)) children.push([key, element]);
    if (isNode(value)) children.push([key, value]);
  }
  return children;
}

export type FunctionSyntax =
  | Babel.FunctionDeclaration
  | Babel.FunctionExpression
  | Babel.ArrowFunctionExpression
  | Babel.ObjectMethod
  | Babel.ClassMethod
  | Babel.ClassPrivateMethod;

export function isFunction(node: Node): node is FunctionSyntax {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassPrivateMethod':
      return true;
    default:
      return false;
  }
}

/** Whether a position is in a span or at one of its ends. */
export const touches = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;

/** The name of a member that is written out; `null`: it is computed. */
export function memberName(node: Babel.MemberExpression | Babel.OptionalMemberExpression): string | null {
  const { property, computed } = node;
  if (!computed)
    return property.type === 'Identifier'
      ? property.name
      : property.type === 'PrivateName'
        ? `#${property.id.name}`
        : null;
  if (property.type === 'StringLiteral') return property.value;
  return null;
}

/** The innermost node around a position for which `takes` holds; `null`: none. */
export function innermost<Found extends Node>(
  statements: readonly Node[],
  offset: number,
  takes: (node: Node) => node is Found,
): Found | null {
  let found: Found | null = null;
  const pending: Node[] = statements.filter((node) => touches(spanOf(node), offset));
  for (let node = pending.pop(); node; node = pending.pop()) {
    // Smaller ones are further inside, whichever is looked at first.
    if (takes(node) && (!found || sizeOf(node) <= sizeOf(found))) found = node;
    for (const [, child] of childrenOf(node)) if (touches(spanOf(child), offset)) pending.push(child);
  }
  return found;
}

const sizeOf = ({ start, end }: Node): number => (end ?? 0) - (start ?? 0);
