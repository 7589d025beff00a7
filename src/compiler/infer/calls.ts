/** Calls, run on types: of closures, of methods, of what is built in. */

import { MATH_FUNCTIONS } from '../../language/intrinsics.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import { type Argument, type Expression, TYPED_ARRAYS } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import {
  evaluateArrayBuiltin,
  evaluateArrayMethod,
  evaluateExtreme,
  evaluateFrom,
  evaluateIntrinsic,
  noteFilled,
  reportTupleMethod,
} from './arrays.ts';
import { evaluate, memberValue, needNumber, partOfAbsent } from './expressions.ts';
import { type Passed, refuseSpread, takeApart } from './spread.ts';
import { analyse } from './statements.ts';
import { evaluateTextMethod } from './strings.ts';
import {
  BOOLEAN,
  type Closure,
  describeType,
  type FunctionType,
  find,
  NOTHING,
  NULL,
  NUMBER,
  objectOf,
  objectType,
  partId,
  primitive,
  STRING,
  type Type,
  UNDEFINED,
  withMask,
} from './types.ts';

export function evaluateCall(analysis: Analysis, expression: Expression & { kind: 'call' }): Type {
  const callee = evaluate(analysis, expression.callee);
  const args = evaluateArguments(analysis, expression.args);
  const absent = partOfAbsent(analysis, callee, expression.callee, expression.optional);
  if (absent) return absent;
  const held = expression.callee.kind === 'variable' ? analysis.heldBy(expression.callee.variable) : null;
  const isThere = callee !== NOTHING || held?.node.unit?.isLibrary === true;
  const result =
    held && isThere && !args.includes(NOTHING)
      ? callDirect(analysis, held, takeApart(analysis, expression, args, [held]), expression.id, expression.callee.span)
      : callValue(analysis, callee, expression, args, expression.callee.span);
  return expression.optional ? withMask(result, result.mask | UNDEFINED) : result;
}

/** The types of arguments, one for each that is written. */
export function evaluateArguments(analysis: Analysis, args: readonly Argument[]): Type[] {
  return args.map((argument) => evaluate(analysis, argument.value));
}

function callValue(
  analysis: Analysis,
  callee: Type,
  expression: Expression & { kind: 'call' | 'method' },
  types: readonly Type[],
  span: Span,
): Type {
  const object = objectOf(callee);
  if (!object) {
    if (callee.mask !== 0) analysis.report(span, 'not-callable', analysis.quote(span), describeType(callee));
    return NOTHING;
  }
  if (object.kind !== 'function') {
    analysis.report(span, 'not-callable', analysis.quote(span), describeType(callee));
    return NOTHING;
  }
  // A value that is not known yet comes with a later pass; a version for it would only be in the way.
  if (types.includes(NOTHING)) return NOTHING;
  const passed = takeApart(analysis, expression, types, object.members);
  if (passed.types.includes(NOTHING)) return NOTHING;
  return object.members.length === 1
    ? callDirect(analysis, object.members[0]!, passed, expression.id, span)
    : callFamily(analysis, object, passed.types, expression.id, span);
}

function callDirect(analysis: Analysis, closure: Closure, passed: Passed, callId: number, span: Span): Type {
  if (passed.types.includes(NOTHING)) return NOTHING;
  const instance = analysis.instanceFor(closure, passed.types, span, passed.isRestGiven);
  analysis.current.calls.set(callId, { kind: 'direct', instance });
  return analyse(analysis, instance);
}

function callFamily(analysis: Analysis, family: FunctionType, args: readonly Type[], callId: number, span: Span): Type {
  const { unifier } = analysis;
  const count = Math.max(args.length, family.parameters.length);
  for (let index = 0; index < count; index++) {
    const given = args[index] ?? primitive(UNDEFINED);
    const known = family.parameters[index];
    if (known) family.parameters[index] = unifier.grow(known, given, analysis.conflictAt(span));
    else {
      family.parameters.push(given);
      unifier.changed = true;
    }
  }
  const differs = args.length !== family.parameters.length;
  if (differs && family.members.some((member) => member.node.parameters.some((parameter) => parameter.rest))) {
    const construct = 'calls with different numbers of arguments where one of several functions takes `...rest`';
    analysis.report(span, 'refused', construct, 'give all of them as many arguments, or an array.');
  }
  for (const member of [...family.members]) {
    const result = analyse(analysis, analysis.familyInstance(member, family));
    const root = find(family);
    if (root.kind === 'function') root.result = unifier.grow(root.result, result, analysis.conflictAt(span));
  }
  const root = find(family);
  if (root.kind !== 'function') return NOTHING;
  analysis.current.calls.set(callId, { kind: 'indirect', family: root });
  return root.result;
}

/** What a getter returns; `undefined` for objects that do not have it. */
export function evaluateGetter(analysis: Analysis, getter: Type, callId: number, span: Span): Type {
  const object = objectOf(getter);
  if (object?.kind !== 'function') return NOTHING;
  const [only] = object.members;
  const result =
    object.members.length === 1 && only
      ? callDirect(analysis, only, { types: [], isRestGiven: false }, callId, span)
      : callFamily(analysis, object, [], callId, span);
  return withMask(result, result.mask | (getter.mask & UNDEFINED));
}

/** Under which id the call is kept of a getter that gives the function that a method call calls. */
export const getterId = (expressionId: number): number => partId(expressionId, 2 ** 18);

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
  const absent = partOfAbsent(analysis, holder, expression.object, expression.optional);
  if (absent) return absent;
  const object = objectOf(holder);
  let result: Type;
  if (object?.kind === 'record') {
    if (object.isTuple && reportTupleMethod(analysis, name, span)) return NOTHING;
    const member = memberValue(analysis, holder, name, getterId(expression.id), span);
    result = callValue(analysis, member, expression, args, span);
  } else if (object?.kind === 'array' || object?.kind === 'typedArray') {
    result = evaluateArrayMethod(analysis, expression, object, args);
  } else if (!object && (holder.mask & ~(UNDEFINED | NULL)) === STRING) {
    refuseSpread(analysis, expression.args);
    result =
      name === 'split'
        ? callLibrary(analysis, 'textSplit', [primitive(STRING)], expression.id, span)
        : evaluateTextMethod(analysis, expression);
  } else {
    if (holder.mask !== 0 || object) analysis.report(span, 'unknown-member', name, describeType(holder), []);
    return NOTHING;
  }
  return expression.optional ? withMask(result, result.mask | UNDEFINED) : result;
}

export function evaluateBuiltin(analysis: Analysis, expression: Expression & { kind: 'builtin' }): Type {
  const { name } = expression;
  const args = evaluateArguments(analysis, expression.args);
  const numbers = (): void => {
    for (const [index, argument] of expression.args.entries()) {
      needNumber(analysis, args[index] ?? NOTHING, argument.value.span);
    }
  };
  if (name === 'Math.max' || name === 'Math.min') {
    expression.args.forEach((argument, index) => {
      const type = args[index] ?? NOTHING;
      if (!argument.spread) needNumber(analysis, type, argument.value.span);
      else evaluateExtreme(analysis, expression, index, type);
    });
    return primitive(NUMBER);
  }
  const typed = TYPED_ARRAYS.find((one) => name === `${one}.from`);
  if (typed) return evaluateFrom(analysis, expression, args, typed);
  if (!name.startsWith('Array')) refuseSpread(analysis, expression.args);
  if (name.startsWith('Math.') && Object.hasOwn(MATH_FUNCTIONS, name.slice(5))) {
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
    case 'String.fromCharCode':
      numbers();
      if (args.length === 1) return primitive(STRING);
      analysis.report(expression.span, 'string-operation', '`String.fromCharCode` of several codes');
      return NOTHING;
    case 'Array':
    case 'Array.of':
    case 'Array.from':
      return evaluateArrayBuiltin(analysis, expression, args);
    default:
      return name.startsWith('intrinsic.') ? evaluateIntrinsic(analysis, expression, args) : primitive(NUMBER);
  }
}

export function evaluateNewTypedArray(analysis: Analysis, expression: Expression & { kind: 'newTypedArray' }): Type {
  const args = evaluateArguments(analysis, expression.args);
  refuseSpread(analysis, expression.args);
  const made = analysis.made(expression.id, () => analysis.unifier.newTypedArray(expression.name));
  const source = objectOf(args[0] ?? NOTHING);
  const [first] = expression.args;
  if (source && source.kind !== 'array' && source.kind !== 'typedArray' && first) {
    analysis.report(first.value.span, 'not-a-number', analysis.quote(first.value.span), describeType(args[0]!));
  }
  if (source) callLibrary(analysis, 'arrayCopy', [objectType(made), args[0]!], expression.id, expression.span);
  return objectType(made);
}
