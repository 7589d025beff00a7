/** Calls, run on types: of closures, of methods, of what is built in. */

import { MATH_FUNCTIONS } from '../../language/intrinsics.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Argument, Expression } from '../ast.ts';
import { ADVICE, type Analysis } from './analysis.ts';
import {
  evaluateArrayBuiltin,
  evaluateArrayMethod,
  evaluateExtreme,
  evaluateIntrinsic,
  noteFilled,
  reportTupleMethod,
} from './arrays.ts';
import { anyElement, evaluate, memberType, needNumber, reportNoParts, warnOfNothing } from './expressions.ts';
import { analyse } from './statements.ts';
import { evaluateTextMethod } from './strings.ts';
import {
  BOOLEAN,
  BROKEN,
  type Closure,
  describeType,
  type FunctionType,
  find,
  isUnknown,
  NOTHING,
  NULL,
  NUMBER,
  objectOf,
  objectType,
  primitive,
  STRING,
  type Type,
  UNDEFINED,
  withMask,
} from './types.ts';

export function evaluateCall(analysis: Analysis, expression: Expression & { kind: 'call' }): Type {
  const callee = evaluate(analysis, expression.callee);
  const isWrong = refuseCallee(analysis, callee, expression);
  const args = evaluateArguments(analysis, expression.args);
  if (isWrong) return analysis.mistaken;
  const held = expression.callee.kind === 'variable' ? analysis.heldBy(expression.callee.variable) : null;
  const isThere = callee !== NOTHING || held?.node.unit?.isLibrary === true;
  const result =
    held && isThere && !args.includes(NOTHING)
      ? callDirect(analysis, held, takeApart(analysis, expression.args, args, [held]), expression)
      : callValue(analysis, callee, args, expression);
  return expression.optional ? withMask(result, result.mask | UNDEFINED) : result;
}

/** The types of arguments, one for each that is written. */
export function evaluateArguments(analysis: Analysis, args: readonly Argument[]): Type[] {
  return args.map((argument) => evaluate(analysis, argument.value));
}

/** Spread is for functions of the patch and a few built-in ones; others take what is written. */
export function refuseSpread(analysis: Analysis, args: readonly Argument[]): void {
  for (const argument of args) if (argument.spread) analysis.report(argument.value.span, 'spread-needs-array-literal');
}

/**
 * The types of what a call passes when spread arrays are taken apart. An array whose length is not known gives as many
 * elements as there are parameters left, so it has to be the last argument of a function without rest parameter.
 */
function takeApart(
  analysis: Analysis,
  args: readonly Argument[],
  types: readonly Type[],
  members: readonly Closure[],
): readonly Type[] {
  if (!args.some((arg) => arg.spread)) return types;
  const count = parameterCount(members);
  const passed: Type[] = [];
  const fillBroken = (): void => {
    while (passed.length < (count ?? 0)) passed.push(BROKEN);
  };
  args.forEach((arg, position) => {
    const type = types[position] ?? NOTHING;
    const object = objectOf(type);
    if (!arg.spread) passed.push(type);
    else if (object?.kind === 'record' && object.isTuple) {
      for (const field of object.fields.values()) passed.push(field.type);
    } else if (object?.kind !== 'array' && object?.kind !== 'typedArray') {
      analysis.report(arg.value.span, 'not-spreadable', analysis.quote(arg.value.span), describeType(type));
      fillBroken();
    } else if (count === null || position < args.length - 1) {
      analysis.report(arg.value.span, 'spread-needs-array-literal');
      fillBroken();
    } else {
      const element = anyElement(type, false);
      while (passed.length < count) passed.push(element);
    }
  });
  return passed;
}

/** How many parameters the functions have that a call may reach. `null`: any number. */
export function parameterCount(members: readonly Closure[]): number | null {
  const lists = members.map((member) => member.node.parameters);
  if (lists.some((parameters) => parameters[parameters.length - 1]?.rest)) return null;
  return Math.max(...lists.map((parameters) => parameters.length));
}

type PatchCall = Expression & { readonly kind: 'call' | 'method' };

/** What is called, where it stands in the text: a function, or a member of an object. */
function calleeSpan(analysis: Analysis, call: PatchCall): Span {
  if (call.kind === 'call') return call.callee.span;
  const nameStart = analysis.text.indexOf(call.name, call.object.span.end);
  const isThere = nameStart >= 0 && nameStart < call.span.end && !analysis.isInLibrary;
  return isThere ? { start: call.object.span.start, end: nameStart + call.name.length } : call.span;
}

/** Reports what is not a function; returns whether it did. */
function refuseCallee(analysis: Analysis, callee: Type, call: PatchCall): boolean {
  if (isUnknown(callee) || objectOf(callee)?.kind === 'function') return false;
  const span = calleeSpan(analysis, call);
  const at = call.kind === 'call' ? call.callee : call;
  analysis.reportKind(at, callee, span, 'not-callable', analysis.quote(span), describeType(callee));
  return true;
}

function callValue(analysis: Analysis, callee: Type, types: readonly Type[], call: PatchCall): Type {
  if (refuseCallee(analysis, callee, call)) return analysis.mistaken;
  const object = objectOf(callee);
  if (object?.kind !== 'function') return callee;
  // A value that is not known yet comes with a later pass; a version for it would only be in the way.
  if (types.includes(NOTHING)) return NOTHING;
  const args = takeApart(analysis, call.args, types, object.members);
  return object.members.length === 1
    ? callDirect(analysis, object.members[0]!, args, call)
    : callFamily(analysis, object, args, call);
}

function callDirect(analysis: Analysis, closure: Closure, args: readonly Type[], call: PatchCall): Type {
  const instance = analysis.instanceFor(closure, args, call.kind === 'call' ? call.callee.span : call.span);
  if (!instance.firstCall && !analysis.isInLibrary) {
    const isPlain = call.args.every((argument) => !argument.spread);
    instance.firstCall = { span: call.span, arguments: isPlain ? call.args.map(({ value }) => value.span) : [] };
  }
  analysis.current.calls.set(call.id, { kind: 'direct', instance });
  return analyse(analysis, instance);
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

function callFamily(analysis: Analysis, family: FunctionType, args: readonly Type[], call: PatchCall): Type {
  const { unifier } = analysis;
  const { span } = call;
  const count = Math.max(args.length, family.parameters.length);
  for (let index = 0; index < count; index++) {
    const given = args[index] ?? primitive(UNDEFINED);
    const known = family.parameters[index];
    if (known) {
      const what = (): string =>
        `the ${ORDINALS[index] ?? 'last'} argument of ${analysis.quote(calleeSpan(analysis, call))}`;
      const place = call.args[index]?.value.span ?? span;
      const onConflict = analysis.conflictAt(place, what, family.origins[index] ?? null, ADVICE.argument);
      family.parameters[index] = unifier.grow(known, given, onConflict);
    } else {
      family.parameters.push(given);
      const from = analysis.isInLibrary ? undefined : call.args[index]?.value.span;
      family.origins[index] = from ? { span: from, type: given } : null;
      unifier.changed = true;
    }
  }
  for (const member of [...family.members]) {
    const result = analyse(analysis, analysis.familyInstance(member, family));
    const root = find(family);
    if (root.kind === 'function') root.result = unifier.grow(root.result, result, analysis.conflictAt(span));
  }
  const root = find(family);
  if (root.kind !== 'function') return NOTHING;
  analysis.current.calls.set(call.id, { kind: 'indirect', family: root });
  return root.result;
}

/** Calls a function of the library that stands for a method or a builtin. */
export function callLibrary(analysis: Analysis, name: string, args: readonly Type[], callId: number, span: Span): Type {
  if (args.includes(NOTHING)) return NOTHING;
  const outerSite = analysis.librarySite;
  if (!analysis.current.closure.node.unit?.isLibrary) analysis.librarySite = span;
  const instance = analysis.instanceFor(analysis.libraryClosure(analysis.library.generic(name)), args, span);
  analysis.current.calls.set(callId, { kind: 'direct', instance });
  const result = analyse(analysis, instance);
  analysis.librarySite = outerSite;
  return result;
}

export function evaluateMethod(analysis: Analysis, expression: Expression & { kind: 'method' }): Type {
  const { name, span } = expression;
  noteFilled(analysis, expression);
  const holder = evaluate(analysis, expression.object);
  const args = evaluateArguments(analysis, expression.args);
  const object = objectOf(holder);
  let result: Type;
  if (object?.kind === 'record') {
    if (object.isTuple && reportTupleMethod(analysis, name, span)) return NOTHING;
    const member = memberType(analysis, holder, expression);
    result = callValue(analysis, member, args, expression);
  } else if (object?.kind === 'array' || object?.kind === 'typedArray') {
    result = evaluateArrayMethod(analysis, expression, object, args);
  } else if (!object && (holder.mask & ~(UNDEFINED | NULL)) === STRING) {
    refuseSpread(analysis, expression.args);
    result =
      name === 'split'
        ? callLibrary(analysis, 'textSplit', [primitive(STRING)], expression.id, span)
        : evaluateTextMethod(analysis, expression);
  } else {
    if (!isUnknown(holder)) reportNoParts(analysis, holder, expression);
    return analysis.mistaken;
  }
  return expression.optional ? withMask(result, result.mask | UNDEFINED) : result;
}

type Builtin = Expression & { readonly kind: 'builtin' };

export function evaluateBuiltin(analysis: Analysis, expression: Builtin): Type {
  const { name } = expression;
  const args = evaluateArguments(analysis, expression.args);
  const numbers = (): void => {
    for (const [index, argument] of expression.args.entries()) {
      needNumber(analysis, args[index] ?? NOTHING, argument.value);
    }
  };
  if (name === 'Math.max' || name === 'Math.min') {
    expression.args.forEach((argument, index) => {
      const type = args[index] ?? NOTHING;
      if (!argument.spread) needNumber(analysis, type, argument.value);
      else evaluateExtreme(analysis, expression, index, type);
    });
    return primitive(NUMBER);
  }
  if (!name.startsWith('Array')) refuseSpread(analysis, expression.args);
  if (name.startsWith('Math.') && Object.hasOwn(MATH_FUNCTIONS, name.slice(5))) {
    warnOfMissing(analysis, expression, args);
    numbers();
    return primitive(NUMBER);
  }
  switch (name) {
    case 'Number':
    case 'parseInt':
    case 'parseFloat':
      numbers();
      return primitive(NUMBER);
    case 'Boolean':
    case 'Number.isInteger':
    case 'Number.isFinite':
    case 'Number.isNaN':
    case 'Number.isSafeInteger':
    case 'isNaN':
    case 'isFinite':
    case 'Array.isArray':
      return primitive(BOOLEAN);
    case 'Array':
    case 'Array.of':
    case 'Array.from':
      return evaluateArrayBuiltin(analysis, expression, args);
    default:
      return name.startsWith('intrinsic.') ? evaluateIntrinsic(analysis, expression, args) : primitive(NUMBER);
  }
}

/** Functions of whole numbers take what is missing for 0. */
const TAKES_NOTHING: ReadonlySet<string> = new Set(['Math.clz32', 'Math.imul']);

function warnOfMissing(analysis: Analysis, { name, args, span }: Builtin, types: readonly Type[]): void {
  const { arity, form } = MATH_FUNCTIONS[name.slice(5)]!;
  if (TAKES_NOTHING.has(name) || analysis.isInLibrary) return;
  for (const [index, argument] of args.entries()) warnOfNothing(analysis, types[index]!, argument.value);
  if (args.length >= arity || form === 'variadic') return;
  const how = args.length === 0 ? `without ${arity === 1 ? 'a number' : 'numbers'}` : 'with one number instead of two';
  analysis.report(span, 'gives-nan', `\`${name}\` is called ${how}`);
}

export function evaluateNewTypedArray(analysis: Analysis, expression: Expression & { kind: 'newTypedArray' }): Type {
  const args = evaluateArguments(analysis, expression.args);
  const made = analysis.made(expression.id, () => analysis.unifier.newTypedArray(expression.name));
  const [first] = expression.args;
  const [type] = args;
  const source = objectOf(type ?? NOTHING);
  const isText = !source && ((type?.mask ?? 0) & STRING) !== 0;
  if (first && type && (isText || (source && source.kind !== 'array' && source.kind !== 'typedArray'))) {
    const kind = describeType(type);
    const what = analysis.quote(first.value.span);
    analysis.reportKind(first.value, type, first.value.span, 'not-a-number', what, kind, null);
  } else if (source) {
    callLibrary(analysis, 'arrayCopy', [objectType(made), type!], expression.id, expression.span);
  }
  return objectType(made);
}
