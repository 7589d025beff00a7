/**
 * Calls as programs wrote them before there were spreads, as what they are: `Math.max.apply(null, xs)`, `[].slice.call(arguments, 1)`,
 * `f.apply(null, arguments)`, `Array.from(arguments)`. In: the syntax of a call. Out: that of the plain one. Pure.
 */

import type * as Babel from '@babel/types';
import type { Context } from './context.ts';
import { peek } from './members.ts';

type Call = Babel.CallExpression | Babel.OptionalCallExpression;

/** `null`: it is plain. */
export function plainCall(context: Context, node: Call): Babel.CallExpression | null {
  return mathApplied(context, node) ?? arrayMethod(context, node) ?? withList(context, node);
}

const spreadOf = (argument: Babel.Expression): Babel.SpreadElement =>
  ({ type: 'SpreadElement', argument, start: argument.start, end: argument.end }) as Babel.SpreadElement;

/** `Math.max.apply(null, xs)` and `Math.max.call(null, a, b)`. */
function mathApplied(context: Context, node: Call): Babel.CallExpression | null {
  const { callee, arguments: args } = node;
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier') return null;
  const { object, property } = callee;
  if (property.name !== 'apply' && property.name !== 'call') return null;
  if (object.type !== 'MemberExpression' || object.object.type !== 'Identifier') return null;
  const binding = peek(context, object.object.name);
  if (binding?.kind !== 'namespace' || binding.name !== 'Math') return null;
  const plain = { ...node, type: 'CallExpression' as const, callee: object };
  if (property.name === 'call') return { ...plain, arguments: args.slice(1) };
  const [, list, ...others] = args;
  if (!list || others.length > 0 || list.type === 'SpreadElement' || list.type === 'ArgumentPlaceholder') return null;
  return { ...plain, arguments: [spreadOf(list)] };
}

/** `Array.prototype.slice.call(xs, 1)` and `[].push.apply(xs, ys)`. */
function arrayMethod(context: Context, node: Call): Babel.CallExpression | null {
  const how = memberName(node.callee);
  if (how !== 'call' && how !== 'apply') return null;
  const method = (node.callee as Babel.MemberExpression).object;
  if (memberName(method) === null || !isArrayPrototype(context, (method as Babel.MemberExpression).object)) return null;
  const [first, ...others] = node.arguments;
  if (!first || first.type === 'SpreadElement' || first.type === 'ArgumentPlaceholder') return null;
  const list = how === 'apply' ? others[0] : null;
  if (list && (list.type === 'SpreadElement' || list.type === 'ArgumentPlaceholder')) return null;
  const object = isArguments(first) ? arrayOf(first) : first;
  const callee = { ...(method as Babel.MemberExpression), object };
  const args = how === 'call' ? others : list ? [spreadOf(isArguments(list) ? arrayOf(list) : list)] : [];
  return { ...node, type: 'CallExpression', callee, arguments: args };
}

function isArrayPrototype(context: Context, node: Babel.Node): boolean {
  if (node.type === 'ArrayExpression') return node.elements.length === 0;
  if (memberName(node) !== 'prototype') return false;
  const { object } = node as Babel.MemberExpression;
  return object.type === 'Identifier' && object.name === 'Array' && peek(context, 'Array')?.kind === 'namespace';
}

/** What takes a list takes all that a function was given. */
function withList(context: Context, node: Call): Babel.CallExpression | null {
  const name = memberName(node.callee);
  const index = name === 'apply' ? 1 : name === 'from' && isOfArray(context, node.callee) ? 0 : null;
  const given = index === null ? null : node.arguments[index];
  if (!given || !isArguments(given)) return null;
  const args = node.arguments.map((one) => (one === given ? arrayOf(given) : one));
  return { ...node, type: 'CallExpression', callee: node.callee as Babel.Expression, arguments: args };
}

const isOfArray = (context: Context, callee: Babel.Node): boolean => {
  const { object } = callee as Babel.MemberExpression;
  return object.type === 'Identifier' && object.name === 'Array' && peek(context, 'Array')?.kind === 'namespace';
};

function memberName(node: Babel.Node): string | null {
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return null;
  return node.property.name;
}

const isArguments = (node: Babel.Node): node is Babel.Identifier =>
  node.type === 'Identifier' && node.name === 'arguments';

const arrayOf = (all: Babel.Identifier): Babel.ArrayExpression =>
  ({ type: 'ArrayExpression', elements: [spreadOf(all)], start: all.start, end: all.end }) as Babel.ArrayExpression;
