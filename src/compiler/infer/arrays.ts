/** Type inference for arrays: their methods, and the library functions they become. */

import { ARRAY_METHODS, type ArgumentKind, type ArrayMethod } from '../../language/intrinsics.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Argument, Expression, Target, TypedArrayName } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import { callLibrary } from './calls.ts';
import { passHolesOn, refuseHoles } from './holes.ts';
import { reportNoParts } from './parts.ts';
import { refuseSpread } from './spread.ts';
import { mayMakeText, reportKept } from './textMaking.ts';
import {
  type ArrayType,
  AT_TOP,
  describeType,
  isUnknown,
  NOTHING,
  NUMBER,
  objectOf,
  objectType,
  PER_FRAME,
  partId,
  primitive,
  type RecordType,
  STRING,
  type Type,
  type TypedArrayType,
  UNDEFINED,
} from './types.ts';

type Indexable = ArrayType | TypedArrayType;
type MethodCall = Expression & { readonly kind: 'method' };
type BuiltinCall = Expression & { readonly kind: 'builtin' };

/** Deeper than any real nesting; a bound for arrays that hold themselves. */
const MAX_FLAT_LEVELS = 8;

export function evaluateArrayMethod(
  analysis: Analysis,
  expression: MethodCall,
  object: Indexable,
  args: readonly Type[],
): Type {
  const { name } = expression;
  const method = methodOf(object, name);
  if (!method) {
    reportNoParts(analysis, objectType(object), expression);
    return analysis.mistaken;
  }
  if (!TAKES_SPREAD.has(name)) refuseSpread(analysis, expression.args);
  if (!checkArguments(analysis, expression, method, args)) return NOTHING;
  if (method.resizes && analysis.phase === PER_FRAME && (object.made & AT_TOP) !== 0) {
    if (analysis.reporting) analysis.growths.push({ expression, object, instance: analysis.current });
    else analysis.isSilent = false;
  }
  const array = objectType(object);
  refuseHoles(analysis, expression, array, args);
  const result = resultOf(analysis, expression, object, method, args);
  passHolesOn(analysis, name, [array, ...args], result);
  return result;
}

function resultOf(
  analysis: Analysis,
  expression: MethodCall,
  object: Indexable,
  method: ArrayMethod,
  args: readonly Type[],
): Type {
  const { name, span } = expression;
  const array = objectType(object);
  switch (name) {
    case 'concat':
      return evaluateConcat(analysis, expression, array, args);
    case 'flat':
      return evaluateFlat(analysis, expression, object);
    case 'flatMap':
      return evaluateFlatMap(analysis, expression, array, args);
    case 'push':
    case 'unshift':
      args.forEach((type, position) => {
        const isSpread = expression.args[position]!.spread;
        if (isSpread && !isSpreadable(analysis, type, expression.args[position]!.value.span)) return;
        const library = `${method.library[0]}${isSpread ? 'All' : ''}`;
        callLibrary(analysis, library, [array, isSpread ? present(type) : type], partId(expression.id, position), span);
      });
      return primitive(NUMBER);
    case 'join':
    case 'toString':
      if (!mayMakeText(analysis, expression)) return reportKept(analysis, span);
      break;
    case 'sort':
    case 'toSorted':
      return evaluateSort(analysis, expression, object, args);
    case 'splice':
      return evaluateSplice(analysis, expression, array, args);
    case 'fill':
      // `fill` may store a value that must not outlive the frame; other methods move existing elements.
      if ((object.made & AT_TOP) !== 0 && args[0]) {
        analysis.checkEscape(args[0], analysis.quote(expression.object.span), span, expression.args[0]!.value);
      }
      break;
    case 'set': {
      const source = objectOf(args[0]!);
      const isSame = source?.kind === 'typedArray' && object.kind === 'typedArray' && source.name === object.name;
      return callLibrary(analysis, isSame ? 'typedSetSame' : 'typedSet', [array, ...args], expression.id, span);
    }
  }
  const library = method.library[Math.min(args.length, method.library.length - 1)]!;
  return callLibrary(analysis, library, [array, ...args], expression.id, span);
}

const TAKES_SPREAD: ReadonlySet<string> = new Set(['push', 'unshift', 'concat', 'splice']);

function methodOf(object: Indexable, name: string): ArrayMethod | null {
  const method = Object.hasOwn(ARRAY_METHODS, name) ? ARRAY_METHODS[name]! : null;
  return method && method.of !== (object.kind === 'array' ? 'typed' : 'plain') ? method : null;
}

/** A method of arrays makes a list of an array literal of mixed kinds. Returns whether there is one of this name. */
export function becomesList(analysis: Analysis, tuple: RecordType, name: string): boolean {
  if (!Object.hasOwn(ARRAY_METHODS, name)) return false;
  analysis.unifier.asList(tuple);
  return true;
}

/** Without the `undefined` or `null` that a value may be instead: those stop the call. */
export function present(type: Type): Type {
  const object = objectOf(type);
  return object ? objectType(object) : primitive(type.mask & STRING);
}

// Arguments

const EXAMPLES: Readonly<Record<string, string>> = {
  reduce: 'reduce((sum, x) => sum + x, 0)',
  reduceRight: 'reduceRight((sum, x) => sum + x, 0)',
  sort: 'sort((a, b) => a - b)',
  toSorted: 'toSorted((a, b) => a - b)',
};

function wanted(kind: ArgumentKind, name: string): string {
  switch (kind) {
    case 'function':
      return `a function, as in \`${EXAMPLES[name] ?? `${name}((x) => …)`}\``;
    case 'number':
      return 'a number';
    case 'value':
      return 'a value';
    case 'array':
      return 'an array';
  }
}

const isOfKind = (kind: ArgumentKind, type: Type): boolean => {
  const object = objectOf(type);
  switch (kind) {
    case 'function':
      return object?.kind === 'function';
    case 'number':
      return !object;
    case 'value':
      return true;
    case 'array':
      return object?.kind === 'array' || object?.kind === 'typedArray';
  }
};

/** Returns whether the call can be followed. */
function checkArguments(
  analysis: Analysis,
  { name, span, args: written }: MethodCall,
  method: ArrayMethod,
  args: readonly Type[],
): boolean {
  const missing = method.takes[args.length];
  if (args.length < method.required && missing) {
    analysis.report(span, 'missing-argument', name, wanted(missing, name));
    return false;
  }
  if (args.some(isUnknown)) return false;
  for (const [position, kind] of method.takes.entries()) {
    const type = args[position];
    if (!type || isOfKind(kind, type)) continue;
    analysis.report(written[position]!.value.span, 'wrong-argument', name, wanted(kind, name), describeType(type));
    return false;
  }
  return true;
}

/** Whether a value has elements to spread; reports if not. */
export function isSpreadable(analysis: Analysis, type: Type, span: Span): boolean {
  if (isUnknown(type)) return false;
  const object = objectOf(type);
  if (object ? object.kind === 'array' || object.kind === 'typedArray' : (type.mask & STRING) !== 0) return true;
  if (object?.kind === 'record' && object.isTuple) analysis.unifier.asList(object);
  else analysis.report(span, 'not-spreadable', analysis.quote(span), describeType(type));
  return false;
}

// Arrays put together from parts

export interface Part {
  readonly type: Type;
  /** All its elements instead of itself. */
  readonly spread: boolean;
  readonly value: Expression;
}

/** The id of the call that copies a spread array before it is used. */
export const copyId = (expressionId: number, position: number): number => partId(expressionId, 2 ** 19 + position);

/** `[a, ...b]` and whatever else makes an array of single values and other arrays. */
export function evaluateParts(analysis: Analysis, expression: Expression, parts: readonly Part[]): Type {
  return joinParts(analysis, expression, parts, true);
}

/** With `inOrder` an array is spread before later parts are evaluated, which may change it. */
export function joinParts(analysis: Analysis, expression: Expression, parts: readonly Part[], inOrder: boolean): Type {
  if (parts.some((part) => isUnknown(part.type))) return NOTHING;
  const array = analysis.made(expression.id, () => analysis.unifier.newArray('array'));
  if (array.kind !== 'array') return NOTHING;
  parts.forEach(({ type, spread, value }, position) => {
    const { span } = value;
    if (!spread) array.element = analysis.unifier.grow(array.element, type, analysis.conflictAt(span));
    else if (isSpreadable(analysis, type, span)) {
      let source = present(type);
      if (inOrder && source.object && parts.slice(position + 1).some((later) => !isQuiet(later.value))) {
        source = callLibrary(analysis, 'arraySlice', [source], copyId(expression.id, position), span);
      }
      const id = partId(expression.id, 1 + position);
      callLibrary(analysis, 'arrayCopyInto', [objectType(array), primitive(NUMBER), source], id, span);
    }
  });
  return objectType(array);
}

export const partsOf = (args: readonly Argument[], types: readonly Type[]): Part[] =>
  args.map((arg, position) => ({ type: types[position]!, spread: arg.spread, value: arg.value }));

/** Whether evaluating an expression certainly has no effect. */
function isQuiet(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number':
    case 'boolean':
    case 'undefined':
    case 'null':
    case 'string':
    case 'variable':
    case 'patchGlobal':
    case 'closure':
      return true;
    case 'unary':
      return isQuiet(expression.operand);
    case 'binary':
      return isQuiet(expression.left) && isQuiet(expression.right);
    case 'member':
      return isQuiet(expression.object);
    case 'index':
      return isQuiet(expression.object) && isQuiet(expression.index);
    case 'array':
      return expression.elements.every((element) => isQuiet(element.value));
    case 'builtin':
      return expression.name.startsWith('Math.') && expression.args.every((arg) => isQuiet(arg.value));
    default:
      return false;
  }
}

function evaluateConcat(analysis: Analysis, expression: MethodCall, array: Type, args: readonly Type[]): Type {
  const others = partsOf(expression.args, args).map((part, position) => {
    const object = objectOf(part.type);
    if (!part.spread) return { ...part, spread: object?.kind === 'array' };
    // Spread arguments that are arrays are flattened once more.
    const isNested = object?.kind === 'array' && objectOf(object.element)?.kind === 'array';
    if (!isNested) return part;
    const id = copyId(expression.id, 1 + position);
    return { ...part, type: callLibrary(analysis, 'arrayFlat', [present(part.type)], id, expression.span) };
  });
  return joinParts(analysis, expression, [{ type: array, spread: true, value: expression.object }, ...others], false);
}

function evaluateSplice(analysis: Analysis, expression: MethodCall, array: Type, args: readonly Type[]): Type {
  const { id, span } = expression;
  const first = expression.args.slice(0, 2);
  refuseSpread(analysis, first);
  if (args.length < 3)
    return callLibrary(analysis, args.length < 2 ? 'arraySpliceRest' : 'arraySplice', [array, ...args], id, span);
  // The new elements are passed in a separate array.
  const values = evaluateParts(analysis, expression, partsOf(expression.args.slice(2), args.slice(2)));
  return callLibrary(analysis, 'arraySpliceWith', [array, args[0]!, args[1]!, values], id, span);
}

// Methods whose function depends on the types

function evaluateFlat(analysis: Analysis, expression: MethodCall, object: Indexable): Type {
  const { id, span } = expression;
  const [given] = expression.args;
  if (given && given.value.kind !== 'number') analysis.report(given.value.span, 'constant-depth');
  const depth = given?.value.kind === 'number' ? Math.min(given.value.value, MAX_FLAT_LEVELS) : 1;
  let type = objectType(object);
  let part = 0;
  while (part + 1 <= depth) {
    const current = objectOf(type);
    if (current?.kind !== 'array' || isUnknown(current.element)) return NOTHING;
    if (objectOf(current.element)?.kind !== 'array') break;
    type = callLibrary(analysis, 'arrayFlat', [type], partId(id, part), span);
    part++;
  }
  return part === 0 ? callLibrary(analysis, 'arraySlice', [type], id, span) : type;
}

function evaluateFlatMap(analysis: Analysis, expression: MethodCall, array: Type, args: readonly Type[]): Type {
  const { id, span } = expression;
  const mapped = callLibrary(analysis, 'arrayMap', [array, ...args], id, span);
  const object = objectOf(mapped);
  if (object?.kind !== 'array' || isUnknown(object.element)) return NOTHING;
  const inner = objectOf(object.element);
  return inner?.kind === 'array' ? callLibrary(analysis, 'arrayFlat', [mapped], partId(id, 1), span) : mapped;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function evaluateSort(analysis: Analysis, expression: MethodCall, object: Indexable, args: readonly Type[]): Type {
  const { id, name, span } = expression;
  const array = objectType(object);
  if (object.kind === 'typedArray') {
    const library = `typed${capital(name)}${args.length > 0 ? '' : 'Numbers'}`;
    return callLibrary(analysis, library, [array, ...args], id, span);
  }
  const library = `array${capital(name)}`;
  if (args.length > 0) {
    const mayLack = (object.element.mask & UNDEFINED) !== 0;
    return callLibrary(analysis, mayLack ? `${library}Defined` : library, [array, ...args], id, span);
  }
  if (isUnknown(object.element)) return NOTHING;
  if (object.element.mask === STRING) return callLibrary(analysis, `${library}Strings`, [array], id, span);
  analysis.report(span, 'sort-needs-order', name);
  return NOTHING;
}

// Built-in functions that make arrays

export function evaluateArrayBuiltin(analysis: Analysis, expression: BuiltinCall, args: readonly Type[]): Type {
  if (expression.name === 'Array.from') return evaluateFrom(analysis, expression, args, null);
  if (expression.name !== 'Array' || !isLength(expression.args, args)) {
    return evaluateParts(analysis, expression, partsOf(expression.args, args));
  }
  const array = analysis.made(expression.id, () => analysis.unifier.newArray('array'));
  if (array.kind === 'array' && !analysis.filledArrays.has(expression)) {
    array.element = analysis.unifier.grow(array.element, primitive(UNDEFINED), analysis.conflictAt(expression.span));
  }
  return objectType(array);
}

/** Whether the arguments of `Array` are a length and not elements. */
export const isLength = (args: readonly Argument[], types: readonly Type[]): boolean =>
  args.length === 1 && !args[0]!.spread && !objectOf(types[0]!) && (types[0]!.mask & NUMBER) !== 0;

/** `Array.from`, and `from` of the typed arrays. */
export function evaluateFrom(
  analysis: Analysis,
  expression: BuiltinCall,
  args: readonly Type[],
  typed: TypedArrayName | null,
): Type {
  const { id, name, span } = expression;
  const [given, callback] = args;
  if (args.some(isUnknown)) return NOTHING;
  refuseSpread(analysis, expression.args);
  const source = given ? objectOf(given) : null;
  const isText = given !== undefined && !source && (given.mask & STRING) !== 0;
  if (source?.kind === 'record' && source.isTuple) {
    analysis.unifier.asList(source);
    return NOTHING;
  }
  if (!isText && (!source || source.kind === 'function')) {
    const wantedHere = 'an array or `{ length: … }`';
    const [first] = expression.args;
    if (!first) analysis.report(span, 'missing-argument', name, wantedHere);
    else analysis.report(first.value.span, 'wrong-argument', name, wantedHere, describeType(given!));
    return analysis.mistaken;
  }
  const hasCallback = callback !== undefined && callback !== primitive(UNDEFINED);
  if (hasCallback && objectOf(callback)?.kind !== 'function') {
    const wantedHere = `a function in second place, as in \`${name}(xs, (x) => …)\``;
    analysis.report(expression.args[1]!.value.span, 'wrong-argument', name, wantedHere, describeType(callback));
    return NOTHING;
  }
  const library = `${typed ? 'typed' : 'array'}From${source?.kind === 'record' ? 'Length' : 'Array'}${hasCallback ? 'With' : ''}`;
  const passed = [present(given!), ...(hasCallback ? [callback] : [])];
  if (!typed) return callLibrary(analysis, library, passed, id, span);
  const model = analysis.made(id, () => analysis.unifier.newTypedArray(typed));
  return callLibrary(analysis, library, [objectType(model), ...passed], id, span);
}

/** `Math.max(…, ...array)`: the spread argument in this place. */
export function evaluateExtreme(analysis: Analysis, expression: BuiltinCall, position: number, type: Type): void {
  const { span } = expression.args[position]!.value;
  if (isUnknown(type) || !isSpreadable(analysis, type, span)) return;
  const library = expression.name === 'Math.max' ? 'arrayLargest' : 'arraySmallest';
  callLibrary(analysis, library, [present(type)], partId(expression.id, 1 + position), span);
}

/** Writing past the end of an array that started empty may leave `undefined` before it. */
export function noteGap(analysis: Analysis, array: ArrayType, target: Target & { readonly kind: 'index' }): void {
  const grows = analysis.phase === AT_TOP || (array.made & AT_TOP) === 0;
  if (!array.startsEmpty || !grows || isNextIndex(target)) return;
  array.element = analysis.unifier.grow(array.element, primitive(UNDEFINED), analysis.conflictAt(target.span));
}

/** Whether an index surely follows the last one: the counter of a loop from 0 up, or the length. */
function isNextIndex({ object, index }: Target & { readonly kind: 'index' }): boolean {
  if (index.kind === 'variable') return index.variable.counter?.start === 0 && index.variable.counter.step === 1;
  if (index.kind !== 'member' || index.name !== 'length') return false;
  return index.object.kind === 'variable' && object.kind === 'variable' && index.object.variable === object.variable;
}
