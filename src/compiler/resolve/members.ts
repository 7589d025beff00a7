/** Members and elements: names and indices as far as they are known at compile time. */

import type * as Babel from '@babel/types';
import { MATH_CONSTANTS, NUMBER_CONSTANTS } from '../../language/intrinsics.ts';
import { nearestName } from '../../language/nearestName.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Binding, Expression } from '../ast.ts';
import { isPartOfArguments, resolveArguments } from './argumentsObject.ts';
import { namespaceFunction } from './calls.ts';
import { consoleFunction, consoleMethod } from './consoleCalls.ts';
import type { Context } from './context.ts';
import { resolveExpression, resolveIdentifier, spanOf } from './expressions.ts';
import { wrapBuiltin } from './functions.ts';
import { knownText } from './texts.ts';

/** Looks up a name without counting it as a use, to see whether it is built in. */
export function peek(context: Context, name: string): Binding | null {
  for (let scope: typeof context.scope | null = context.scope; scope; scope = scope.parent) {
    const binding = scope.names.get(name);
    if (binding) return binding;
  }
  return name === 'arguments' ? null : context.builtin(name);
}

/** What is after a dot or in brackets: a name if it is known at compile time, or else an index. */
export type Key =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: Expression };

/** A text of digits is an index, as JavaScript has it. */
const INDEX_TEXT = /^(0|[1-9]\d{0,8})$/;

export function resolveKey(context: Context, node: Babel.Expression | Babel.PrivateName, computed: boolean): Key {
  if (!computed && node.type === 'Identifier') return named(context, node.name, spanOf(node));
  if (node.type === 'PrivateName') return { kind: 'name', name: `#${node.id.name}` };
  const index = resolveExpression(context, node);
  const text = knownText(index);
  if (text === null) return { kind: 'index', index };
  if (!INDEX_TEXT.test(text)) return named(context, text, index.span);
  return { kind: 'index', index: { id: index.id, span: index.span, kind: 'number', value: Number(text) } };
}

/** JavaScript has something else than a member there. */
function named(context: Context, name: string, span: Span): Key {
  if (name === '__proto__') context.refuse(span, 'proto');
  return { kind: 'name', name };
}

/** The name of a member in a literal or a pattern. `null`: not known at compile time. */
export function memberName(
  context: Context,
  node: Babel.Expression | Babel.PrivateName,
  computed: boolean,
): string | null {
  const key = resolveKey(context, node, computed);
  if (key.kind === 'name') return key.name;
  return key.index.kind === 'number' ? String(key.index.value) : null;
}

/** Variables of which a fraction would be one of the index. */
function noteIndex(index: Expression): void {
  if (index.kind === 'variable') index.variable.isIndex = true;
  else if (index.kind === 'assign' || index.kind === 'update') {
    if (index.target.kind === 'variable') index.target.variable.isIndex = true;
  } else if (index.kind === 'binary') {
    noteIndex(index.left);
    noteIndex(index.right);
  }
}

/** The name of the variable that a static member of a class is; `null`: it is another member. */
export function staticName(
  context: Context,
  { object, property, computed }: Babel.MemberExpression | Babel.OptionalMemberExpression,
): string | null {
  if (computed || object.type !== 'Identifier') return null;
  const holder = peek(context, object.name);
  if (holder?.kind !== 'variable') return null;
  const member =
    property.type === 'PrivateName' ? `#${property.id.name}` : property.type === 'Identifier' ? property.name : '';
  for (let name: string | undefined = object.name; name !== undefined; name = context.classBases.get(name)) {
    const found = peek(context, `${name}.${member}`);
    if (found?.kind === 'variable' && found.variable.owner === holder.variable.owner) return `${name}.${member}`;
  }
  return misspeltStatic(context, object.name, property, member);
}

/** Trees are kept from text to text: each reading of one reports it again. */
const reportedIn = new WeakMap<Context, WeakSet<Babel.Node>>();

/** Members that every function has. */
const OF_FUNCTIONS: ReadonlySet<string> = new Set(['name', 'length', 'prototype', 'call', 'apply', 'bind', 'toString']);

/** The static member that a name is nearest to, which is reported; `null`: the object is no class, or has none like it. */
function misspeltStatic(context: Context, name: string, property: Babel.Node, member: string): string | null {
  if (OF_FUNCTIONS.has(member) || member === '') return null;
  if (!context.classBases.has(name) && peek(context, `${name}.constructor`) === null) return null;
  const known = new Map<string, string>();
  for (let owner: string | undefined = name; owner !== undefined; owner = context.classBases.get(owner)) {
    for (let scope: typeof context.scope | null = context.scope; scope; scope = scope.parent) {
      for (const one of scope.names.keys()) {
        const rest = one.startsWith(`${owner}.`) ? one.slice(owner.length + 1) : '';
        if (rest !== '' && !/^constructor$|[. ]/.test(rest)) known.set(rest, one);
      }
    }
  }
  const near = nearestName(member, known.keys());
  if (near === null) return null;
  // A member may be looked at twice, to see what it is.
  const reported = reportedIn.get(context) ?? new WeakSet();
  reportedIn.set(context, reported);
  if (!reported.has(property))
    context.report(spanOf(property), 'unknown-member', `\`${name}\``, 'a class', member, near, []);
  reported.add(property);
  return known.get(near) ?? null;
}

/** A member or an element. */
export function partOf(context: Context, object: Expression, key: Key, span: Span, optional: boolean): Expression {
  const id = context.freshId();
  if (key.kind === 'index') noteIndex(key.index);
  return key.kind === 'name'
    ? { id, span, kind: 'member', object, name: key.name, optional, fromPattern: false }
    : { id, span, kind: 'index', object, index: key.index, exact: false, optional };
}

export function resolveMember(
  context: Context,
  node: Babel.MemberExpression | Babel.OptionalMemberExpression,
  id: number,
  span: Span,
): Expression {
  const optional = node.type === 'OptionalMemberExpression';
  if (node.object.type === 'Super') {
    context.refuse(span, 'Super');
    return context.broken(span);
  }
  const fixed = staticName(context, node);
  if (fixed !== null) return resolveIdentifier(context, fixed, span);
  if (consoleMethod(context, node)) return consoleFunction(context, node);
  const named = node.object.type === 'Identifier' ? peek(context, node.object.name) : null;
  if (named?.kind === 'namespace' || named?.kind === 'typedArray') {
    const key = resolveKey(context, node.property, node.computed);
    const constant = key.kind === 'name' ? namespaceMember(context, named, key.name, id, span) : null;
    if (constant) return constant;
  }
  const given = isPartOfArguments(node) ? resolveArguments(context, node.object) : null;
  const object = given ?? resolveExpression(context, node.object);
  return partOf(context, object, resolveKey(context, node.property, node.computed), span, optional);
}

function namespaceMember(context: Context, binding: Binding, name: string, id: number, span: Span): Expression | null {
  if (binding.kind === 'typedArray' && name === 'BYTES_PER_ELEMENT') {
    const bits = Number(/\d+/.exec(binding.name)?.[0] ?? 8);
    return { id, span, kind: 'number', value: bits / 8 };
  }
  if (binding.kind !== 'namespace') return null;
  const constants = binding.name === 'Math' ? MATH_CONSTANTS : binding.name === 'Number' ? NUMBER_CONSTANTS : {};
  const value = Object.hasOwn(constants, name) ? constants[name] : undefined;
  if (value !== undefined) return { id, span, kind: 'number', value };
  const builtin = namespaceFunction(context, binding.name, name, span);
  return builtin ? wrapBuiltin(context, builtin, span) : context.broken(span);
}
