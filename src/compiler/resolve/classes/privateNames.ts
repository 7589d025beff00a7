/**
 * Private names of a class and of those that it extends are apart, also where they read alike: `#phase` of the one is not
 * `#phase` of the other. In: the syntax of a class and what it extends. Out: the same syntax, in which a name that a parent
 * has as well is another one.
 */

import type * as Babel from '@babel/types';
import { childrenOf } from '../children.ts';

type ClassSyntax = Babel.ClassDeclaration | Babel.ClassExpression;

/** `parents`: the classes that it extends, directly and indirectly. */
export function keepPrivateNamesApart(node: ClassSyntax, name: string, parents: readonly Babel.Node[]): void {
  const taken = new Set(parents.flatMap((parent) => (isClass(parent) ? privateNamesOf(parent) : [])));
  const shared = new Set(privateNamesOf(node).filter((one) => taken.has(one)));
  if (shared.size > 0) rename(node.body, shared, name);
}

const isClass = (node: Babel.Node): node is ClassSyntax =>
  node.type === 'ClassDeclaration' || node.type === 'ClassExpression';

/** Without `#`. */
const privateNamesOf = (node: ClassSyntax): string[] =>
  node.body.body.flatMap((part) =>
    part.type === 'ClassPrivateMethod' || part.type === 'ClassPrivateProperty' ? [part.key.id.name] : [],
  );

/** `#name` becomes a name that no text can have, in all that is not a class inside with such a name of its own. */
function rename(body: Babel.Node, shared: ReadonlySet<string>, owner: string): void {
  const pending: [node: Babel.Node, names: ReadonlySet<string>][] = [[body, shared]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [node, names] = next;
    if (node.type === 'PrivateName' && names.has(node.id.name)) node.id.name += ` of ${owner}`;
    const own = isClass(node) ? privateNamesOf(node) : [];
    const left = own.length > 0 ? new Set([...names].filter((one) => !own.includes(one))) : names;
    for (const child of childrenOf(node)) pending.push([child, left]);
  }
}
