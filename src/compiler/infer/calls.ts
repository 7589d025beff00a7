/** Calls, run on types: of closures, of methods, of what is built in. */

import { ARRAY_METHODS, MATH_FUNCTIONS } from '../../language/intrinsics.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Argument, Expression } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import { evaluate, memberType, needNumber } from './expressions.ts';
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
  primitive,
  STRING,
  type Type,
  UNDEFINED,
  withMask,
} from './types.ts';

export function evaluateCall(analysis: Analysis, expression: Expression & { kind: 'call' }): Type {
  const callee = evaluate(analysis, expression.callee);
  const args = evaluateArguments(analysis, expression.args);
  const held = expression.callee.kind === 'variable' ? analysis.heldBy(expression.callee.variable) : null;
  const result =
    held && callee !== NOTHING && !args.includes(NOTHING)
      ? callDirect(analysis, held, args, expression.id, expression.callee.span)
      : callValue(analysis, callee, args, expression.id, expression.callee.span);
  return expression.optional ? withMask(result, result.mask | UNDEFINED) : result;
}

function evaluateArguments(analysis: Analysis, args: readonly Argument[]): Type[] {
  return args.map((argument) => {
    const type = evaluate(analysis, argument.value);
    if (argument.spread) analysis.report(argument.value.span, 'spread-needs-array-literal');
    return type;
  });
}

function callValue(analysis: Analysis, callee: Type, args: readonly Type[], callId: number, span: Span): Type {
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
  if (args.some((arg) => arg === NOTHING)) return NOTHING;
  return object.members.length === 1
    ? callDirect(analysis, object.members[0]!, args, callId, span)
    : callFamily(analysis, object, args, callId, span);
}

function callDirect(analysis: Analysis, closure: Closure, args: readonly Type[], callId: number, span: Span): Type {
  const instance = analysis.instanceFor(closure, args, span);
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

/** Calls a function of the library that stands for a method or a builtin. */
function callLibrary(analysis: Analysis, name: string, args: readonly Type[], callId: number, span: Span): Type {
  if (args.some((arg) => arg === NOTHING)) return NOTHING;
  const instance = analysis.instanceFor(analysis.libraryClosure(name), args, span);
  analysis.current.calls.set(callId, { kind: 'direct', instance });
  const outerSite = analysis.librarySite;
  if (!analysis.current.closure.node.unit?.isLibrary) analysis.librarySite = span;
  const result = analyse(analysis, instance);
  analysis.librarySite = outerSite;
  return result;
}

export function evaluateMethod(analysis: Analysis, expression: Expression & { kind: 'method' }): Type {
  const holder = evaluate(analysis, expression.object);
  const args = evaluateArguments(analysis, expression.args);
  const object = objectOf(holder);
  const { name, span } = expression;
  let result: Type;
  if (object?.kind === 'record') {
    const member = memberType(analysis, holder, name, span);
    result = callValue(analysis, member, args, expression.id, span);
  } else if (object?.kind === 'array' || object?.kind === 'typedArray') {
    const library = Object.hasOwn(ARRAY_METHODS, name) ? ARRAY_METHODS[name] : undefined;
    if (library === undefined) {
      analysis.report(span, 'unknown-member', name, describeType(holder), Object.keys(ARRAY_METHODS));
      return NOTHING;
    }
    result = callLibrary(analysis, library, [objectType(object), ...args], expression.id, span);
  } else if (!object && (holder.mask & ~(UNDEFINED | NULL)) === STRING) {
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
  const { name, span } = expression;
  const args = evaluateArguments(analysis, expression.args);
  const numbers = (): void => {
    expression.args.forEach((argument, index) => needNumber(analysis, args[index] ?? NOTHING, argument.value.span));
  };
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
    case 'Array': {
      if (expression.args.length !== 1 || objectOf(args[0]!)) return newArray(analysis, expression, args);
      numbers();
      const array = analysis.made(expression.id, () => analysis.unifier.newArray('array'));
      if (array.kind === 'array') {
        array.element = analysis.unifier.grow(array.element, primitive(UNDEFINED), analysis.conflictAt(span));
      }
      return objectType(array);
    }
    case 'Array.of':
      return newArray(analysis, expression, args);
    case 'Array.from': {
      const source = objectOf(args[0] ?? NOTHING);
      if (!source || source.kind === 'function') {
        if (args[0] !== NOTHING) analysis.report(span, 'missing-argument', name, 'an array or { length: … }');
        return NOTHING;
      }
      const suffix = source.kind === 'record' ? 'Length' : 'Array';
      const library = args.length > 1 ? `arrayFrom${suffix}With` : `arrayFrom${suffix}`;
      return callLibrary(analysis, library, args.slice(0, 2), expression.id, span);
    }
    case 'intrinsic.allocate':
      return objectType(analysis.made(expression.id, () => analysis.unifier.newArray('array')));
    case 'intrinsic.allocateLike': {
      const model = objectOf(args[0] ?? NOTHING);
      return objectType(
        analysis.made(expression.id, () =>
          model?.kind === 'typedArray'
            ? analysis.unifier.newTypedArray(model.name)
            : analysis.unifier.newArray('array'),
        ),
      );
    }
    case 'intrinsic.elementAt': {
      const holder = objectOf(args[0] ?? NOTHING);
      if (holder?.kind === 'array') return holder.element;
      return primitive(args[0]?.mask === STRING ? STRING : NUMBER);
    }
    default:
      return primitive(NUMBER);
  }
}

function newArray(analysis: Analysis, expression: Expression, elements: readonly Type[]): Type {
  const array = analysis.made(expression.id, () => analysis.unifier.newArray('array'));
  if (array.kind === 'array') {
    for (const element of elements) {
      array.element = analysis.unifier.grow(array.element, element, analysis.conflictAt(expression.span));
    }
  }
  return objectType(array);
}

export function evaluateNewTypedArray(analysis: Analysis, expression: Expression & { kind: 'newTypedArray' }): Type {
  const args = evaluateArguments(analysis, expression.args);
  const made = analysis.made(expression.id, () => analysis.unifier.newTypedArray(expression.name));
  const source = objectOf(args[0] ?? NOTHING);
  const [first] = expression.args;
  if (source && source.kind !== 'array' && source.kind !== 'typedArray' && first) {
    analysis.report(first.value.span, 'not-a-number', analysis.quote(first.value.span), describeType(args[0]!));
  }
  if (source) callLibrary(analysis, 'arrayCopy', [objectType(made), args[0]!], expression.id, expression.span);
  return objectType(made);
}
