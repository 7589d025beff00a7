/** Calls and `new`: of functions of the patch, and of what is built in. */

import type * as Babel from '@babel/types';
import { MATH_FUNCTIONS, OTHER_BUILTINS } from '../../language/intrinsics.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Argument, Binding, Expression, Statement } from '../ast.ts';
import { memberNames } from './builtins.ts';
import type { ReceiverCall } from './classes/nodes.ts';
import { consoleCall, consoleMethod } from './consoleCalls.ts';
import type { Context } from './context.ts';
import { type EventPlace, eventPlace } from './eventPlaces.ts';
import { iterable, resolveArgument, resolveExpression, spanOf, spreadKnown } from './expressions.ts';
import { wrapBuiltin } from './functions.ts';
import { hostCall } from './hostCalls.ts';
import { noteGivenTexts } from './iife.ts';
import { type Key, partOf, peek, resolveKey, staticName } from './members.ts';
import { plainCall } from './plainCalls.ts';
import { foldTextFunction, foldTextMethod } from './texts.ts';

/** The parser leaves a hole between two commas, which it has reported. */
export const written = <Node>(nodes: readonly (Node | null)[]): Node[] => nodes.filter((node) => node !== null);

export function resolveCall(
  context: Context,
  node: Babel.CallExpression | Babel.OptionalCallExpression,
  id: number,
  span: Span,
): Expression {
  const callee = node.callee;
  const resolveArgs = () =>
    written(node.arguments).flatMap((argument) => spreadKnown(context, resolveArgument(context, argument)));
  // Once a chain has met `?.`, all that follows in it is skipped when the value is absent.
  const optional = node.type === 'OptionalCallExpression';
  if (callee.type === 'Import' || callee.type === 'Super') {
    context.refuse(span, callee.type);
    return context.broken(span);
  }
  if (callee.type === 'Identifier' && callee.name === 'eval') {
    context.refuse(span, 'eval');
    return context.broken(span);
  }
  if (callee.type === 'Identifier') {
    const binding = peek(context, callee.name);
    if (binding?.kind === 'typedArray') {
      context.report(spanOf(callee), 'needs-new', callee.name);
      resolveArgs();
      return context.broken(span);
    }
    if (binding?.kind === 'namespace' && binding.name === 'Object') {
      context.refuse(spanOf(callee), binding.name);
      resolveArgs();
      return context.broken(span);
    }
    const builtin = builtinCallee(context, callee.name);
    if (builtin) return { id, span, kind: 'builtin', name: builtin, args: resolveArgs() };
    const hosted = hostCall(context, callee, span, resolveArgs);
    if (hosted) return hosted;
  }
  const plain = plainCall(context, node);
  if (plain) return resolveCall(context, plain, id, span);
  const isMember = callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression';
  const printing = isMember ? consoleMethod(context, callee) : null;
  if (printing) return consoleCall(context, printing, resolveArgs(), span);
  if (isMember && callee.object.type !== 'Super' && staticName(context, callee) === null) {
    const named = callee.object.type === 'Identifier' ? peek(context, callee.object.name) : null;
    const builtin = named ? builtinMethod(context, named, callee, id, span, resolveArgs) : null;
    if (builtin) return builtin;
    const object = resolveExpression(context, callee.object);
    const key = resolveKey(context, callee.property, callee.computed);
    const isOptional = callee.type === 'OptionalMemberExpression';
    // `voice.bend?.(t)`: the function may be absent, so it is checked before the call.
    const mayLackFunction = node.type === 'OptionalCallExpression' && node.optional;
    if (key.kind === 'name' && !mayLackFunction) {
      const args = resolveArgs();
      if (key.name === 'hasOwnProperty' && args.length === 1) {
        return { id, span, kind: 'builtin', name: 'Object.hasOwn', args: [{ value: object, spread: false }, ...args] };
      }
      const name = args.length === 0 ? key.name.replace(/^toLocale(?=(?:Lower|Upper)Case$)/, 'to') : key.name;
      const known = foldTextMethod(context, object, name, args, span);
      return known ?? { id, span, kind: 'method', object, name, args, optional: isOptional };
    }
    if (context.usesThis)
      return callOfPart(context, { object, key, isOptional, optional, at: spanOf(callee) }, resolveArgs(), id, span);
    const element = partOf(context, object, key, spanOf(callee), isOptional);
    return { id, span, kind: 'call', callee: element, args: resolveArgs(), optional };
  }
  noteGivenTexts(context, callee, node.arguments);
  context.calleeStart = callee.type === 'Identifier' ? spanOf(callee).start : -1;
  const resolved = resolveExpression(context, callee as Babel.Expression);
  const givenThis = (node as ReceiverCall).receiver;
  const receiver = givenThis && resolveExpression(context, givenThis);
  const args = resolveArgs();
  if (receiver) return { id, span, kind: 'call', callee: resolved, receiver, args, optional };
  const place = resolved.kind === 'variable' ? eventPlace(context, resolved.variable, node.arguments) : null;
  if (place && !args.some(({ spread }) => spread)) addPlace(context, args, place, span);
  return { id, span, kind: 'call', callee: resolved, args, optional };
}

interface Part {
  readonly object: Expression;
  readonly key: Key;
  readonly isOptional: boolean;
  /** The call is skipped where there is no function. */
  readonly optional: boolean;
  readonly at: Span;
}

/** A call of what an object holds, on that object: it is evaluated once. */
function callOfPart(
  context: Context,
  { object, key, isOptional, optional, at }: Part,
  args: readonly Argument[],
  id: number,
  span: Span,
): Expression {
  const holder = context.temporary('object', object.span);
  const read = (): Expression => ({ id: context.freshId(), span: object.span, kind: 'variable', variable: holder });
  const part = partOf(context, read(), key, at, isOptional);
  const callee: Expression = part.kind === 'member' ? { ...part, isCalled: true } : part;
  const call: Expression = { id, span, kind: 'call', callee, receiver: read(), args, optional };
  const declare: Statement = { kind: 'declare', span: object.span, variable: holder, value: object };
  return { id: context.freshId(), span, kind: 'let', statements: [declare], value: call };
}

/** Gives the number of a call's place as an argument, with nothing for those that are not given. */
function addPlace(context: Context, args: Argument[], { index, number }: EventPlace, span: Span): void {
  while (args.length < index) {
    args.push({ value: { id: context.freshId(), span, kind: 'undefined' }, spread: false });
  }
  args.splice(index, args.length, {
    value: { id: context.freshId(), span, kind: 'number', value: number },
    spread: false,
  });
}

function builtinCallee(context: Context, name: string): string | null {
  const binding = peek(context, name);
  if (binding?.kind === 'builtin') return binding.name;
  if (
    binding?.kind === 'namespace' &&
    (binding.name === 'Array' || binding.name === 'Number' || binding.name === 'String')
  )
    return binding.name;
  return null;
}

/** Functions of `Object` that give back what they are given. */
const KEEPING: ReadonlySet<string> = new Set(['freeze', 'seal', 'preventExtensions']);

/** Functions of `Math` that take any number of numbers. */
const SPREADING: ReadonlySet<string> = new Set(['max', 'min', 'hypot']);

/** A call of what `NAMESPACE.NAME` or `TYPEDARRAY.NAME` stands for; `null`: the object is neither. */
function builtinMethod(
  context: Context,
  object: Binding,
  callee: Babel.MemberExpression | Babel.OptionalMemberExpression,
  id: number,
  span: Span,
  resolveArgs: () => Argument[],
): Expression | null {
  if (object.kind !== 'namespace' && object.kind !== 'typedArray') return null;
  const key = resolveKey(context, callee.property, callee.computed);
  if (key.kind !== 'name') return null;
  if (object.kind === 'namespace' && object.name === 'Object' && KEEPING.has(key.name)) {
    const [only] = resolveArgs();
    return only?.value ?? context.broken(span);
  }
  if (object.kind === 'namespace') {
    const builtin = namespaceFunction(context, object.name, key.name, spanOf(callee));
    const walksOver = builtin === 'Object.fromEntries' || builtin === 'Array.from';
    const args = walksOver ? eachIterable(context, resolveArgs()) : resolveArgs();
    if (builtin === null) return context.broken(span);
    if (args.some(({ spread }) => spread) && object.name === 'Math' && !SPREADING.has(key.name)) {
      // The function as a value takes as many of the elements as it has parameters.
      const callee = wrapBuiltin(context, builtin, span);
      return { id, span, kind: 'call', callee, args, optional: false };
    }
    return foldTextFunction(context, builtin, args, span) ?? { id, span, kind: 'builtin', name: builtin, args };
  }
  const args = resolveArgs();
  if (key.name !== 'from' && key.name !== 'of') {
    const { name } = object;
    context.reportNoMember(spanOf(callee), name, key.name, ['from', 'of']);
    return context.broken(span);
  }
  if (key.name === 'from') return { id, span, kind: 'builtin', name: `${object.name}.from`, args };
  const elements: Expression = { id: context.freshId(), span, kind: 'array', elements: args, hasHoles: false };
  return { id, span, kind: 'newTypedArray', name: object.name, args: [{ value: elements, spread: false }] };
}

/** The builtin that `NAMESPACE.NAME(…)` calls; `null`: there is none, and that was reported. */
export function namespaceFunction(context: Context, namespace: string, name: string, span: Span): string | null {
  const full = `${namespace}.${name}`;
  if (namespace === 'Math' && Object.hasOwn(MATH_FUNCTIONS, name)) return full;
  if ((OTHER_BUILTINS as readonly string[]).includes(full)) return full;
  if (full === 'Number.parseFloat' || full === 'Number.parseInt') return name;
  context.reportNoMember(span, namespace, name, memberNames(namespace));
  return null;
}

/** Methods of strings that people call with a tagged template, as in ``text.split`,` ``: it gives them an array of that string. */
const TAGS: ReadonlySet<string> = new Set(['split', 'indexOf', 'includes', 'charAt', 'charCodeAt', 'at']);

/** ``text.split`,` `` is `text.split(',')`; any other tag is refused. */
export function resolveTagged(
  context: Context,
  node: Babel.TaggedTemplateExpression,
  id: number,
  span: Span,
): Expression {
  const { tag, quasi } = node;
  const name =
    tag.type === 'MemberExpression' && !tag.computed && tag.property.type === 'Identifier' && tag.property.name;
  const text = quasi.expressions.length === 0 ? quasi.quasis[0]?.value.cooked : null;
  if (tag.type !== 'MemberExpression' || tag.object.type === 'Super' || !name || !TAGS.has(name) || text == null) {
    context.refuse(span, node.type);
    return context.broken(span);
  }
  const object = resolveExpression(context, tag.object);
  const value: Expression = { id: context.freshId(), span: spanOf(quasi), kind: 'string', value: text };
  const args = [{ value, spread: false }];
  const known = foldTextMethod(context, object, name, args, span);
  return known ?? { id, span, kind: 'method', object, name, args, optional: false };
}

function startsBroken(expression: Expression): boolean {
  let start = expression;
  while (start.kind === 'member' || start.kind === 'index') start = start.object;
  return start.kind === 'broken';
}

/** An instance of a class: `new` calls the function that makes it. `null`: no class is meant. */
function resolveNewOf(context: Context, node: Babel.NewExpression, id: number, span: Span): Expression | null {
  const callee = node.callee as Babel.Expression;
  if (callee.type === 'Identifier' && peek(context, callee.name)?.kind !== 'variable') return null;
  const resolved = resolveExpression(context, callee);
  const args = written(node.arguments).flatMap((argument) => spreadKnown(context, resolveArgument(context, argument)));
  if (startsBroken(resolved)) return context.broken(span);
  return { id, span, kind: 'call', callee: resolved, args, optional: false, isNew: true };
}

/** Arguments the first of which is walked over. */
const eachIterable = (context: Context, args: readonly Argument[]): Argument[] =>
  args.map(({ value, spread }, place) => ({ value: place === 0 ? iterable(context, value) : value, spread }));

export function resolveNew(context: Context, node: Babel.NewExpression, id: number, span: Span): Expression {
  if (node.callee.type === 'Identifier') {
    const binding = peek(context, node.callee.name);
    if (!binding && context.brokenNames.has(node.callee.name)) return context.broken(span);
    const args = () => written(node.arguments).map((argument) => resolveArgument(context, argument));
    const { name } = node.callee;
    if (!binding && (name === 'Map' || name === 'Set') && node.arguments.length < 2) {
      return { id, span, kind: 'builtin', name, args: eachIterable(context, args()) };
    }
    if (binding?.kind === 'typedArray') return { id, span, kind: 'newTypedArray', name: binding.name, args: args() };
    if (binding?.kind === 'namespace' && binding.name === 'Array') {
      return { id, span, kind: 'builtin', name: 'Array', args: args() };
    }
  }
  const made = resolveNewOf(context, node, id, span);
  if (made) return made;
  for (const argument of node.arguments) resolveArgument(context, argument);
  // The object is broken (an import, say), which has been reported.
  const callee = node.callee.type === 'Identifier' ? null : resolveExpression(context, node.callee as Babel.Expression);
  if (callee && startsBroken(callee)) return context.broken(span);
  const isKnown = node.callee.type !== 'Identifier' || peek(context, node.callee.name) !== null;
  // An unknown name is the mistake, not `new`.
  if (isKnown) context.refuse(span, node.type);
  else resolveExpression(context, node.callee as Babel.Expression);
  return context.broken(span);
}
