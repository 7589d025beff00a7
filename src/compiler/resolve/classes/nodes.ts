/** The nodes that classes are rewritten to: functions whose first parameter is `this`, and objects that know their methods. */

import type * as Babel from '@babel/types';
import { childrenOf } from '../children.ts';

export interface Place {
  readonly start?: number | null | undefined;
  readonly end?: number | null | undefined;
}

/** A call that says what `this` is in the function. */
export type ReceiverCall = Babel.CallExpression & { readonly receiver?: Babel.Expression };

/** A property of an object that a class makes. */
export type ClassProperty = Babel.ObjectProperty & {
  readonly role?: 'method' | 'getter' | 'unset';
  readonly isHidden?: true;
};

/** A function that makes the instances of a class. */
export type MakerSyntax = Babel.FunctionDeclaration & { readonly isMaker?: true };

/** `object instanceof Class`, with the names of the class and of those that extend it. */
export interface InstanceOfSyntax {
  readonly type: 'InstanceOf';
  readonly object: Babel.Expression;
  readonly classes: readonly string[];
  readonly start: number;
  readonly end: number;
}

const at = ({ start, end }: Place) => ({ start: start ?? 0, end: end ?? 0 });

export const identifier = (name: string, place: Place): Babel.Identifier =>
  ({ type: 'Identifier', name, ...at(place) }) as Babel.Identifier;

export const thisAt = (place: Place): Babel.Identifier => identifier('this', place);

export const memberOf = (object: Babel.Expression, name: string, place: Place): Babel.MemberExpression =>
  ({
    type: 'MemberExpression',
    object,
    property: identifier(name, place),
    computed: false,
    ...at(place),
  }) as Babel.MemberExpression;

export const statementOf = (expression: Babel.Expression, place: Place = expression): Babel.ExpressionStatement =>
  ({ type: 'ExpressionStatement', expression, ...at(place) }) as Babel.ExpressionStatement;

export const assignTo = (left: Babel.MemberExpression, right: Babel.Expression, place: Place): Babel.Expression =>
  ({ type: 'AssignmentExpression', operator: '=', left, right, ...at(place) }) as Babel.AssignmentExpression;

export const sequenceOf = (expressions: readonly Babel.Expression[], place: Place): Babel.Expression =>
  ({ type: 'SequenceExpression', expressions, ...at(place) }) as unknown as Babel.SequenceExpression;

export const callOn = (
  callee: Babel.Expression,
  receiver: Babel.Expression,
  args: readonly Babel.Node[],
  place: Place,
): Babel.CallExpression =>
  ({ type: 'CallExpression', callee, receiver, arguments: args, ...at(place) }) as unknown as Babel.CallExpression;

export const callOf = (callee: Babel.Expression, args: readonly Babel.Node[], place: Place): Babel.CallExpression =>
  ({ type: 'CallExpression', callee, arguments: args, ...at(place) }) as unknown as Babel.CallExpression;

export const restOf = (name: string, place: Place): Babel.RestElement =>
  ({ type: 'RestElement', argument: identifier(name, place), ...at(place) }) as Babel.RestElement;

export const spreadOf = (name: string, place: Place): Babel.SpreadElement =>
  ({ type: 'SpreadElement', argument: identifier(name, place), ...at(place) }) as Babel.SpreadElement;

export const returnOf = (argument: Babel.Expression, place: Place): Babel.ReturnStatement =>
  ({ type: 'ReturnStatement', argument, ...at(place) }) as Babel.ReturnStatement;

export const blockOf = (body: readonly Babel.Statement[], place: Place): Babel.BlockStatement =>
  ({ type: 'BlockStatement', body, directives: [], ...at(place) }) as unknown as Babel.BlockStatement;

export const arrowOf = (
  params: readonly Babel.Node[],
  body: Babel.Expression | Babel.BlockStatement,
  place: Place,
): Babel.ArrowFunctionExpression =>
  ({
    type: 'ArrowFunctionExpression',
    params,
    body,
    async: false,
    generator: false,
    ...at(place),
  }) as unknown as Babel.ArrowFunctionExpression;

export const declarationOf = (
  kind: 'const' | 'let',
  id: Babel.Identifier,
  init: Babel.Expression | null,
  place: Place,
): Babel.VariableDeclaration =>
  ({
    type: 'VariableDeclaration',
    kind,
    declarations: [{ type: 'VariableDeclarator', id, init, ...at(place) }],
    ...at(place),
  }) as unknown as Babel.VariableDeclaration;

export const propertyOf = (
  name: string,
  value: Babel.Expression,
  role: ClassProperty['role'] | null,
  place: Place,
): ClassProperty =>
  ({
    type: 'ObjectProperty',
    key: identifier(name, place),
    value,
    computed: false,
    shorthand: false,
    ...(role ? { role } : {}),
    ...at(place),
  }) as unknown as ClassProperty;

export const objectOf = (properties: readonly ClassProperty[], place: Place): Babel.ObjectExpression =>
  ({ type: 'ObjectExpression', properties, ...at(place) }) as unknown as Babel.ObjectExpression;

type Callable = Babel.ClassMethod | Babel.ClassPrivateMethod | Babel.ObjectMethod | Babel.FunctionExpression;

/** A function or method as a declaration under a name, which may be one that no text can write. */
export const functionOf = (
  name: string,
  syntax: Callable | Babel.FunctionDeclaration,
  params: readonly Babel.Node[],
  body: Babel.BlockStatement,
  nameAt: Place,
): Babel.FunctionDeclaration =>
  ({
    type: 'FunctionDeclaration',
    id: identifier(name, nameAt),
    params,
    body,
    async: syntax.async ?? false,
    generator: syntax.generator ?? false,
    returnType: syntax.returnType,
    ...at(syntax),
  }) as unknown as Babel.FunctionDeclaration;

export const emptyFunctionOf = (
  name: string,
  params: readonly Babel.Node[],
  body: readonly Babel.Statement[],
  place: Place,
  nameAt: Place,
): Babel.FunctionDeclaration =>
  ({
    type: 'FunctionDeclaration',
    id: identifier(name, nameAt),
    params,
    body: blockOf(body, place),
    async: false,
    generator: false,
    ...at(place),
  }) as unknown as Babel.FunctionDeclaration;

/** What has a `this` of its own. */
export const hasOwnThis = (node: Babel.Node): boolean =>
  node.type === 'FunctionDeclaration' ||
  node.type === 'FunctionExpression' ||
  node.type === 'ObjectMethod' ||
  node.type === 'ClassDeclaration' ||
  node.type === 'ClassExpression';

/** Whether a function uses its `this`, also by the arrow functions in it. */
export function usesThis(syntax: { readonly params: readonly Babel.Node[]; readonly body: Babel.Node }): boolean {
  const pending: Babel.Node[] = [...syntax.params, syntax.body];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.type === 'ThisExpression') return true;
    if (!hasOwnThis(node)) pending.push(...childrenOf(node));
  }
  return false;
}

/** The name of a member of `this`. */
export function memberOfThis(node: Babel.Node): string | null {
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return null;
  if (node.object.type !== 'ThisExpression') return null;
  if (node.property.type === 'PrivateName') return `#${node.property.id.name}`;
  if (node.computed) return node.property.type === 'StringLiteral' ? node.property.value : null;
  return node.property.type === 'Identifier' ? node.property.name : null;
}

/** Whether a node of a type stands in a function, and not in one inside. */
export function mentions(body: Babel.Node, type: string): boolean {
  const pending: Babel.Node[] = [body];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.type === type) return true;
    if (!hasOwnThis(node)) pending.push(...childrenOf(node));
  }
  return false;
}

export function mentionsArguments(body: Babel.Node): boolean {
  const pending: Babel.Node[] = [body];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.type === 'Identifier' && node.name === 'arguments') return true;
    if (node.type !== 'FunctionDeclaration' && node.type !== 'FunctionExpression') pending.push(...childrenOf(node));
  }
  return false;
}
