/** Type inference for calls of closures, methods and built-ins. */

import { MATH_FUNCTIONS } from '../../language/intrinsics.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import { type Argument, type Expression, type FunctionNode, TYPED_ARRAYS } from '../ast.ts';
import { getterId } from './accessors.ts';
import type { Analysis } from './analysis.ts';
import {
  becomesList,
  evaluateArrayBuiltin,
  evaluateArrayMethod,
  evaluateExtreme,
  evaluateFrom,
  present,
} from './arrays.ts';
import { ofDictionary } from './dictionaries.ts';
import { evaluate, needNumber } from './expressions.ts';
import { plainCall } from './functionCalls.ts';
import { noteFilled } from './holes.ts';
import { evaluateIntrinsic } from './intrinsics.ts';
import { evaluateKeyed } from './keyed.ts';
import { warnOfNothing } from './nothing.ts';
import { asMethod } from './optionalMethods.ts';
import { memberValue, partOfAbsent, reportNoParts } from './parts.ts';
import { presumeFunction, presumeMethod } from './presumed.ts';
import { ADVICE } from './reports.ts';
import { evaluateSplit } from './split.ts';
import { type Passed, refuseSpread, takeApart } from './spread.ts';
import { analyse } from './statements.ts';
import { evaluateTextMethod, noteMethodUse, noteUse } from './strings.ts';
import { evaluateTableBuiltin, isTableBuiltin } from './tables.ts';
import { evaluateNumberMethod, evaluateTextBuiltin } from './textMaking.ts';
import {
  AT_TOP,
  BOOLEAN,
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
  passesThis,
  primitive,
  STRING,
  type Type,
  UNDEFINED,
  withMask,
} from './types.ts';

export function evaluateCall(analysis: Analysis, expression: Expression & { kind: 'call' }): Type {
  const method = asMethod(expression, (object) => evaluate(analysis, object));
  if (method) return evaluateMethod(analysis, method);
  if (expression.optional) analysis.asked.add(expression.callee);
  const callee = presumeFunction(analysis, expression.callee, evaluate(analysis, expression.callee));
  const isWrong = refuseCallee(analysis, callee, expression);
  const args = evaluateArguments(analysis, expression.args);
  if (isWrong) return analysis.mistaken;
  const absent = partOfAbsent(analysis, callee, expression.callee, expression.optional);
  if (absent) return absent;
  const held = expression.callee.kind === 'variable' ? analysis.heldBy(expression.callee.variable) : null;
  const isThere = callee !== NOTHING || held?.node.unit?.isLibrary === true;
  const receiver = expression.receiver ? evaluate(analysis, expression.receiver) : primitive(UNDEFINED);
  const result =
    held && isThere && !args.includes(NOTHING)
      ? callDirect(analysis, held, takeApart(analysis, expression, args, [held]), expression, receiver)
      : callValue(analysis, callee, args, expression, receiver);
  return expression.optional ? withMask(result, result.mask | UNDEFINED) : result;
}

/** The types of the arguments as written. */
export function evaluateArguments(analysis: Analysis, args: readonly Argument[]): Type[] {
  return args.map((argument) => evaluate(analysis, argument.value));
}

type PatchCall = Expression & { readonly kind: 'call' | 'method' };

/** A call site: an expression, or the read of a getter. */
type CallSite =
  | PatchCall
  | { readonly kind: 'getter'; readonly id: number; readonly span: Span; readonly args: readonly Argument[] };

/** The span of the callee: a function, or a member of an object. */
function calleeSpan(analysis: Analysis, call: CallSite): Span {
  if (call.kind === 'call') return call.callee.span;
  if (call.kind === 'getter') return call.span;
  const nameStart = analysis.text.indexOf(call.name, call.object.span.end);
  const isThere = nameStart >= 0 && nameStart < call.span.end && !analysis.isInLibrary;
  return isThere ? { start: call.object.span.start, end: nameStart + call.name.length } : call.span;
}

/** Reports what is not a function; returns whether it did. */
function refuseCallee(analysis: Analysis, callee: Type, call: PatchCall): boolean {
  if (isUnknown(callee) || objectOf(callee)?.kind === 'function') return false;
  const at = call.kind === 'call' ? call.callee : call;
  if (partOfAbsent(analysis, callee, at, call.optional)) return false;
  const span = calleeSpan(analysis, call);
  const goesOn = call.kind === 'call' && analysis.goesOn(span);
  const hides = at.kind === 'variable' && !analysis.isInLibrary && analysis.library.hasStandard(at.variable.name);
  analysis.reportKind(at, callee, span, 'not-callable', analysis.quote(span), describeType(callee), goesOn, hides);
  return true;
}

function callValue(analysis: Analysis, callee: Type, types: readonly Type[], call: PatchCall, receiver: Type): Type {
  if (refuseCallee(analysis, callee, call)) return analysis.mistaken;
  const object = objectOf(callee);
  if (object?.kind !== 'function') return isUnknown(callee) ? callee : NOTHING;
  // Unknown types are resolved in a later pass; a specialisation for them would be useless.
  if (types.includes(NOTHING)) return NOTHING;
  const passed = takeApart(analysis, call, types, object.members);
  if (passed.types.includes(NOTHING)) return NOTHING;
  return object.members.length === 1
    ? callDirect(analysis, object.members[0]!, passed, call, receiver)
    : callFamily(analysis, object, passed.types, call, receiver);
}

/** `receiver`: what `this` is in the function. */
function callDirect(analysis: Analysis, closure: Closure, given: Passed, call: CallSite, receiver: Type): Type {
  if (given.types.includes(NOTHING)) return NOTHING;
  const { hasThis, isMaker } = closure.node;
  if (isMaker && call.kind === 'call' && !call.isNew) {
    analysis.report(
      calleeSpan(analysis, call),
      'needs-new',
      analysis.quote(calleeSpan(analysis, call)).replaceAll('`', ''),
    );
    return analysis.mistaken;
  }
  if (closure.node.isArrow && call.kind === 'call' && call.isNew) {
    analysis.report(calleeSpan(analysis, call), 'not-a-class', analysis.quote(calleeSpan(analysis, call)));
    return analysis.mistaken;
  }
  if (hasThis && receiver === NOTHING) return NOTHING;
  const passed = hasThis ? { ...given, types: [receiver, ...given.types] } : given;
  return calledAt(analysis, call.span, closure.node, () => callInstance(analysis, closure, passed, call));
}

function callInstance(analysis: Analysis, closure: Closure, passed: Passed, call: CallSite): Type {
  const span = call.kind === 'call' ? call.callee.span : call.span;
  const instance = analysis.instanceFor(closure, passed.types, span, passed.isRestGiven);
  if (!instance.firstCall && !analysis.isInLibrary) {
    const isPlain = call.args.every((argument) => !argument.spread);
    instance.firstCall = { span: call.span, arguments: isPlain ? call.args.map(({ value }) => value.span) : [] };
  }
  analysis.current.calls.set(call.id, { kind: 'direct', instance });
  return analyse(analysis, instance);
}

/** Runs what analyses functions that are called at a place, which is noted where it leads from the patch into the library. */
function calledAt<Result>(analysis: Analysis, span: Span, callee: FunctionNode, work: () => Result): Result {
  if (!callee.unit?.isLibrary || analysis.current.closure.node.unit?.isLibrary) return work();
  const outerSite = analysis.librarySite;
  analysis.librarySite = { span, name: callee.unit.home === 'library' ? libraryName(callee) : null };
  const result = work();
  analysis.librarySite = outerSite;
  return result;
}

/** The function of the standard library that another one is in. */
const libraryName = ({ path }: FunctionNode): string => path.slice(path.lastIndexOf('/') + 1).split('.')[0]!;

/** Where an argument is given, if nothing is spread. */
function givenAt({ args }: CallSite, index: number): Span | null {
  return args.some((argument) => argument.spread) ? null : (args[index]?.value.span ?? null);
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

function callFamily(
  analysis: Analysis,
  closureSet: FunctionType,
  args: readonly Type[],
  call: CallSite,
  receiver: Type,
): Type {
  const { unifier } = analysis;
  const { span } = call;
  if (passesThis(closureSet)) {
    if (receiver === NOTHING) return NOTHING;
    const what = (): string => `what ${analysis.quote(calleeSpan(analysis, call))} is called on`;
    closureSet.receiver = unifier.grow(closureSet.receiver, receiver, analysis.conflictAt(span, what, null));
  }
  // Parameters that no call provides are `undefined`.
  const taken = closureSet.members.map(({ node }) => {
    const fixed = node.parameters.filter((parameter) => !parameter.rest).length;
    return node.hasThis ? fixed - 1 : fixed;
  });
  const count = Math.max(args.length, closureSet.parameters.length, ...taken);
  for (let index = 0; index < count; index++) {
    const given = args[index] ?? primitive(UNDEFINED);
    const known = closureSet.parameters[index];
    if (known) {
      const what = (): string =>
        `the ${ORDINALS[index] ?? 'last'} argument of ${analysis.quote(calleeSpan(analysis, call))}`;
      const place = givenAt(call, index) ?? span;
      const onConflict = analysis.conflictAt(place, what, closureSet.origins[index] ?? null, ADVICE.argument);
      closureSet.parameters[index] = unifier.grow(known, given, onConflict);
    } else {
      closureSet.parameters.push(given);
      const from = analysis.isInLibrary ? null : givenAt(call, index);
      closureSet.origins[index] = from ? { span: from, type: given } : null;
      unifier.changed = true;
    }
  }
  const differs = args.length !== closureSet.parameters.length;
  if (differs && closureSet.members.some((member) => member.node.parameters.some((parameter) => parameter.rest))) {
    const construct = 'calls with different numbers of arguments where one of several functions takes `...rest`';
    analysis.report(span, 'refused', construct, 'give all of them as many arguments, or an array.');
  }
  // A statement of the library, which calls what patches give it.
  if (!closureSet.needsResult && analysis.effect !== call) {
    closureSet.needsResult = true;
    unifier.changed = true;
  }
  for (const member of [...closureSet.members]) {
    const result = calledAt(analysis, span, member.node, () =>
      analyse(analysis, analysis.familyInstance(member, closureSet)),
    );
    const root = find(closureSet);
    if (root.kind === 'function') root.result = unifier.grow(root.result, result, analysis.conflictAt(span));
  }
  const root = find(closureSet);
  if (root.kind !== 'function') return NOTHING;
  analysis.current.calls.set(call.id, { kind: 'indirect', closureSet: root });
  return root.result;
}

/** Calls a function that is a member of an object, on that object. */
export function callMember(
  analysis: Analysis,
  holder: Type,
  member: Type,
  types: readonly Type[],
  site: CallSite,
): Type {
  const object = objectOf(member);
  if (object?.kind !== 'function' || types.includes(NOTHING)) return NOTHING;
  const [only] = object.members;
  const receiver = present(holder);
  return object.members.length === 1 && only
    ? callDirect(analysis, only, { types, isRestGiven: false }, site, receiver)
    : callFamily(analysis, object, types, site, receiver);
}

/** Calls a function of the library that stands for a method or a builtin. */
export function callLibrary(
  analysis: Analysis,
  name: string,
  args: readonly Type[],
  callId: number,
  span: Span,
  variant = '',
): Type {
  if (args.includes(NOTHING)) return NOTHING;
  const node = analysis.library.generic(name);
  return calledAt(analysis, span, node, () => {
    const instance = analysis.instanceFor(analysis.libraryClosure(node), args, span, false, variant);
    analysis.current.calls.set(callId, { kind: 'direct', instance });
    return analyse(analysis, instance);
  });
}

export function evaluateMethod(analysis: Analysis, expression: Expression & { kind: 'method' }): Type {
  const { name } = expression;
  noteMethodUse(analysis, expression);
  noteFilled(analysis, expression);
  const { result: split, holder: given } = evaluateSplit(analysis, expression, true, evaluate);
  if (split) return split;
  const holder = presumeMethod(analysis, expression.object, given, name);
  const ofOne = ofDictionary(analysis, expression, holder, evaluate);
  if (ofOne) return ofOne;
  const plain = plainCall(analysis, expression, holder);
  if (plain) return evaluate(analysis, plain);
  const args = evaluateArguments(analysis, expression.args);
  const absent = partOfAbsent(analysis, holder, expression.object, expression.optional);
  if (absent) return absent;
  const object = objectOf(holder);
  let result: Type;
  if (object?.kind === 'record') {
    if (object.isTuple && becomesList(analysis, object, name)) return NOTHING;
    const member = memberValue(analysis, holder, expression, getterId(expression.id));
    result = callValue(analysis, member, args, expression, present(holder));
  } else if (object?.kind === 'array' || object?.kind === 'typedArray') {
    result = evaluateArrayMethod(analysis, expression, object, args);
  } else if (!object && (holder.mask & ~(UNDEFINED | NULL)) === STRING) {
    refuseSpread(analysis, expression.args);
    result = evaluateTextMethod(analysis, expression, args);
  } else {
    const made = evaluateNumberMethod(analysis, expression, holder, args);
    if (!made && !isUnknown(holder)) reportNoParts(analysis, holder, expression);
    if (!made) return analysis.mistaken;
    result = made;
  }
  return expression.optional ? withMask(result, result.mask | UNDEFINED) : result;
}

/** Functions that convert their argument to a number. */
const TAKES_NUMBERS = /^(Math\.|Number|parse|is[NF])/;

type Builtin = Expression & { readonly kind: 'builtin' };

/** What goes on to a `try` of a caller does so at the top level only. */
function evaluateThrow(analysis: Analysis, { args }: Builtin): Type {
  if (args.length > 1 && analysis.phase !== AT_TOP) analysis.throwersLive.add(analysis.current);
  if (args.length > 1 && analysis.phase === AT_TOP) {
    analysis.throwers.add(analysis.current);
    evaluateArguments(analysis, args);
  }
  return primitive(NUMBER);
}

export function evaluateBuiltin(analysis: Analysis, expression: Builtin): Type {
  const { name } = expression;
  if (name === 'throw') return evaluateThrow(analysis, expression);
  if (TAKES_NUMBERS.test(name)) for (const { value } of expression.args) noteUse(analysis, value);
  const args = evaluateArguments(analysis, expression.args);
  const numbers = (): void => {
    for (const [index, argument] of expression.args.entries()) {
      if (!argument.spread) needNumber(analysis, args[index] ?? NOTHING, argument.value);
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
  const typed = TYPED_ARRAYS.find((one) => name === `${one}.from`);
  if (typed) return evaluateFrom(analysis, expression, args, typed);
  if (!/^(?:Array|String\.)/.test(name)) refuseSpread(analysis, expression.args);
  if (name.startsWith('Math.') && Object.hasOwn(MATH_FUNCTIONS, name.slice(5))) {
    warnOfMissing(analysis, expression, args);
    numbers();
    return primitive(NUMBER);
  }
  if (isTableBuiltin(name)) return evaluateTableBuiltin(analysis, expression, args);
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
      if (args.length === 1 && !expression.args[0]!.spread) return primitive(STRING);
      return evaluateTextBuiltin(analysis, expression, args);
    case 'String.fromCodePoint':
      numbers();
      return evaluateTextBuiltin(analysis, expression, args);
    case 'String':
      return evaluateTextBuiltin(analysis, expression, args);
    case 'Map':
    case 'Set':
    case 'Object.fromEntries':
      return evaluateKeyed(analysis, expression, args);
    case 'Array':
    case 'Array.of':
    case 'Array.from':
      return evaluateArrayBuiltin(analysis, expression, args);
    default:
      return name.startsWith('intrinsic.') ? evaluateIntrinsic(analysis, expression, args) : primitive(NUMBER);
  }
}

/** Integer functions treat a missing argument as 0. */
const TAKES_NOTHING: ReadonlySet<string> = new Set(['Math.clz32', 'Math.imul']);

function warnOfMissing(analysis: Analysis, { name, args, span }: Builtin, types: readonly Type[]): void {
  const { arity, isVariadic } = MATH_FUNCTIONS[name.slice(5)]!;
  if (TAKES_NOTHING.has(name) || analysis.isInLibrary) return;
  for (const [index, argument] of args.entries()) warnOfNothing(analysis, types[index]!, argument.value);
  if (args.length >= arity || isVariadic || args.some((argument) => argument.spread)) return;
  const how = args.length === 0 ? `without ${arity === 1 ? 'a number' : 'numbers'}` : 'with one number instead of two';
  analysis.report(span, 'gives-nan', `\`${name}\` is called ${how}`);
}

export function evaluateNewTypedArray(analysis: Analysis, expression: Expression & { kind: 'newTypedArray' }): Type {
  const args = evaluateArguments(analysis, expression.args);
  refuseSpread(analysis, expression.args);
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
