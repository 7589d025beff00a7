/** Small pieces of what classes are rewritten to, and questions about their syntax. Pure. */

import type * as Babel from '@babel/types';
import { type ClassInfo, chainOf, parameterName } from './classInfo.ts';
import {
  arrowOf,
  callOf,
  identifier,
  memberOf,
  mentionsArguments,
  restOf,
  sequenceOf,
  spreadOf,
  usesThis,
} from './nodes.ts';

export const trueAt = ({ start, end }: Babel.Node): Babel.Expression =>
  ({ type: 'BooleanLiteral', value: true, start, end }) as Babel.BooleanLiteral;

export const voidAt = (place: Babel.Node): Babel.Identifier => identifier('undefined', place);

/** Stands for what is not in the language, and is refused when it is resolved. */
export const refused = ({ start, end }: Babel.Node, type = 'ConstructorReturn'): Babel.Expression =>
  ({ type, start, end }) as unknown as Babel.Expression;

/** Whether an object that has a field of a class has an accessor of that name, too. */
export const hasAccessor = (all: readonly ClassInfo[], info: ClassInfo, name: string): boolean =>
  all.some((one) => {
    const chain = [...chainOf(one)];
    return (
      chain.includes(info) && chain.some(({ members }) => members.has(`get ${name}`) || members.has(`set ${name}`))
    );
  });

export const isThis = (param: Babel.Node): boolean => param.type === 'Identifier' && param.name === 'this';
export const isNotThis = (param: Babel.Node): boolean => !isThis(param);

/** A parameter that is passed on as it comes, by a function that stands at `place`. */
export function forwarded(param: Babel.Node, index: number, place: Babel.Node): Babel.Node {
  const inner = param.type === 'TSParameterProperty' ? param.parameter : param;
  if (inner.type === 'RestElement') {
    return restOf(inner.argument.type === 'Identifier' ? inner.argument.name : `rest${index}`, place);
  }
  return identifier(parameterName(inner) || `argument${index}`, place);
}

/** The class that has a static member of a name, of one and those that it extends. */
export const staticOwner = (info: ClassInfo, name: string): ClassInfo | null => {
  const owner = [...chainOf(info)].find(({ statics }) =>
    statics.some((part) => part.name.replace(/^[gs]et /, '') === plain(name)),
  );
  return owner?.statics.some((part) => part.name === name) ? owner : null;
};

const plain = (name: string): string => name.replace(/^[gs]et /, '');

/** Whether all that a class has in its prototype is known by its members. */
export const isAllWritten = (info: ClassInfo): boolean =>
  [...chainOf(info)].every(({ node }) => node.type === 'ClassDeclaration' || node.type === 'ClassExpression');

export const binaryOf = (
  operator: string,
  left: Babel.Expression,
  right: Babel.Expression,
  place: Babel.Node,
): Babel.Expression =>
  ({ type: 'BinaryExpression', operator, left, right, start: place.start, end: place.end }) as Babel.BinaryExpression;

/** What calls a setter: it is worth what it was given. */
export function keptBy(
  value: Babel.Expression,
  call: (value: Babel.Expression) => Babel.Expression,
  place: Babel.Node,
): Babel.Expression {
  const given = identifier('what is set', place);
  return callOf(arrowOf([given], sequenceOf([call(given), given], place), place), [value], place);
}

/** `Osc.gain++` as the assignment that it is, where `assign` knows one; `null`: it does not. */
export function updateBy(
  { argument, operator, prefix, start, end }: Babel.UpdateExpression,
  assign: (node: Babel.AssignmentExpression) => Babel.Node | null,
  rewrite: (node: Babel.Expression) => Babel.Expression,
): Babel.Node | null {
  const one = { type: 'NumericLiteral', value: 1, start, end } as Babel.NumericLiteral;
  const assigned = (by: string, right: Babel.Expression): Babel.Node | null =>
    assign({
      type: 'AssignmentExpression',
      operator: by,
      left: argument,
      right,
      start,
      end,
    } as Babel.AssignmentExpression);
  const sum = assigned(`${operator[0]}=`, one);
  if (!sum || prefix) return sum;
  const set = (value: Babel.Expression) =>
    assigned('=', binaryOf(operator[0]!, value, one, argument)) as Babel.Expression;
  return keptBy(rewrite(argument), set, argument);
}

/** Methods of arrays whose second argument is the `this` of their first. */
const TAKES_THIS: ReadonlySet<string> = new Set([
  'forEach',
  'map',
  'filter',
  'some',
  'every',
  'find',
  'findIndex',
  'flatMap',
]);

/** `xs.forEach(function (x) { … }, this)` with an arrow function, which has that `this` anyway. */
export function withOuterThis(node: Babel.CallExpression): Babel.CallExpression | null {
  const { callee, arguments: args } = node;
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return null;
  const [fn, receiver, ...others] = args;
  if (!TAKES_THIS.has(callee.property.name) || receiver?.type !== 'ThisExpression' || others.length > 0) return null;
  const arrow = fn && arrowFrom(fn);
  return arrow ? { ...node, arguments: [arrow] } : null;
}

/** A function expression as an arrow function, if it can be one. */
export function arrowFrom(fn: Babel.Node): Babel.ArrowFunctionExpression | null {
  if (fn.type === 'ArrowFunctionExpression') return fn;
  if (fn.type !== 'FunctionExpression' || fn.id || fn.generator || mentionsArguments(fn.body)) return null;
  return { ...fn, type: 'ArrowFunctionExpression', expression: false } as unknown as Babel.ArrowFunctionExpression;
}

const SELF = 'what this is bound to';
const FUNCTION = 'what is bound';
const REST = 'what follows';

/** `osc.next.bind(osc, 1)`: a function that calls the method on what it is bound to. `count`: of its parameters, if that
 * is known. `rewrite`: what is evaluated at once. */
export function boundFunction(
  node: Babel.CallExpression,
  fn: Babel.Node,
  count: number | null,
  rewrite: (node: Babel.Node) => Babel.Node,
): Babel.Node | null {
  const [first, ...others] = node.arguments;
  if (!first || node.arguments.some(({ type }) => type === 'SpreadElement')) return null;
  const self = identifier(SELF, node);
  const given = others.map((_, index) => identifier(`argument ${index} of it`, node));
  const left = count === null ? null : Math.max(0, count - others.length);
  const open: Babel.Node[] =
    left === null
      ? [restOf(REST, node)]
      : Array.from({ length: left }, (_, index) => identifier(`argument ${others.length + index} of it`, node));
  const args = [...given, ...(left === null ? [spreadOf(REST, node)] : open)];
  const isOwn = fn.type === 'MemberExpression' && !fn.computed && isSameName(fn.object, first);
  const params = isOwn ? [self, ...given] : [identifier(FUNCTION, node), self, ...given];
  const isPlain = fn.type === 'FunctionExpression' ? !usesThis(fn) : first.type === 'NullLiteral';
  const call = isOwn
    ? callOf({ ...fn, object: self } as Babel.Expression, args, node)
    : isPlain
      ? callOf(identifier(FUNCTION, node), args, node)
      : callOf(memberOf(identifier(FUNCTION, node), 'call', node), [self, ...args], node);
  const values = (isOwn ? [first, ...others] : [fn, first, ...others]).map(rewrite);
  return callOf(arrowOf(params, arrowOf(open, call, node), node), values, node);
}

const isSameName = (one: Babel.Node, other: Babel.Node): boolean =>
  (one.type === 'Identifier' && other.type === 'Identifier' && one.name === other.name) ||
  (one.type === 'ThisExpression' && other.type === 'ThisExpression');

/** `Osc.prototype.next`: the names of the class and of the member. */
export function inPrototype(node: Babel.Node): { readonly name: string; readonly member: string } | null {
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return null;
  const { object, property } = node;
  if (object.type !== 'MemberExpression' || object.computed || object.object.type !== 'Identifier') return null;
  if (object.property.type !== 'Identifier' || object.property.name !== 'prototype') return null;
  return { name: object.object.name, member: property.name };
}

/** `typeof object === 'function'`. */
export const isOfKind = (object: Babel.Expression, kind: string, { start, end }: Babel.Node): Babel.Expression => {
  const test = { type: 'UnaryExpression', operator: 'typeof', argument: object, prefix: true, start, end };
  const name = { type: 'StringLiteral', value: kind, start, end };
  return binaryOf('===', test as Babel.UnaryExpression, name as Babel.StringLiteral, { start, end } as Babel.Node);
};
