/** Arrays → IR: making them, their methods, and what makes an array of several parts. */

import type { Span } from '../../protocol/diagnostic.ts';
import { append } from '../append.ts';
import type { Expression } from '../ast.ts';
import { copyId, isLength } from '../infer/arrays.ts';
import { type ArrayType, type Instance, NULL, objectOf, partId, type Type, UNDEFINED } from '../infer/types.ts';
import { binary, type IrExpression, type IrStatement, i32, load, local, set, store } from '../ir.ts';
import { ARRAY } from '../memoryLayout.ts';
import { textLength } from './builtins.ts';
import { callInstance, neverCalled, type Operand } from './calls.ts';
import type { FunctionContext } from './context.ts';
import { keep } from './control.ts';
import {
  allocateArray,
  asElement,
  checkedLength,
  checkPresent,
  clearElements,
  type Indexable,
  isIndexable,
  layoutOf,
  lengthOf,
  MAX_ARRAY_LENGTH,
  shifted,
  withSetup,
} from './elements.ts';
import { lowerExpression, lowerNumeric } from './expressions.ts';
import { lowerArray } from './objects.ts';
import { representationOf, typedLayout, valueTypeOf } from './representation.ts';
import {
  asRepresentation,
  constantValue,
  fromRepresentation,
  intValue,
  pointerValue,
  testAbsent,
  undefinedBox,
  undefinedValue,
  type Value,
} from './values.ts';

const ABSENT = UNDEFINED | NULL;

type MethodCall = Expression & { readonly kind: 'method' };
type BuiltinCall = Expression & { readonly kind: 'builtin' };

/** The function that one of the calls in an expression reaches. */
export function partOf(context: FunctionContext, id: number): Instance | null {
  const call = context.instance.calls.get(id);
  return call?.kind === 'direct' ? call.instance : null;
}

// Methods

export function lowerArrayMethod(context: FunctionContext, expression: MethodCall): Value {
  const holder = context.typeOf(expression.object);
  const given = lowerExpression(context, expression.object).ir;
  if (!expression.optional || (holder.mask & ABSENT) === 0) {
    return lowerMethodOn(context, expression, checkPresent(context, given, holder, expression.object.span));
  }
  const pointer = context.newLocal('i32');
  const type = context.typeOf(expression);
  const representation = representationOf(type);
  const result = lowerMethodOn(context, expression, local('i32', pointer));
  const ir: IrExpression = {
    op: 'conditional',
    type: valueTypeOf(representation),
    test: testAbsent(pointerValue(local('i32', pointer)), ABSENT),
    yes: asRepresentation(context, undefinedValue(), representation),
    no: asRepresentation(context, result, representation),
  };
  return withSetup([set(pointer, given)], fromRepresentation(ir, representation, type));
}

/** `pointer` is evaluated once, before the arguments. */
function lowerMethodOn(context: FunctionContext, expression: MethodCall, pointer: IrExpression): Value {
  const { id, name, args } = expression;
  const array: Operand = { value: pointerValue(pointer) };
  switch (name) {
    case 'concat':
      return lowerConcat(context, expression, pointer);
    case 'push':
    case 'unshift':
      return lowerInsertion(context, expression, pointer);
    case 'splice':
      if (args.length > 2) return lowerSplice(context, expression, array);
      break;
    case 'flat':
      return lowerSteps(context, expression, [array]);
  }
  const first = partOf(context, id);
  if (!first) return neverCalled(context, expression, [expression.object, ...args.map((arg) => arg.value)]);
  return lowerSteps(context, expression, [array, ...args.map((arg) => ({ expression: arg.value }))]);
}

/** Calls functions one after the other, each with what the one before gave. */
function lowerSteps(context: FunctionContext, expression: MethodCall, operands: readonly Operand[]): Value {
  const first = partOf(context, expression.id);
  if (!first) return neverCalled(context, expression, [expression.object]);
  let value = callInstance(context, first, i32(0), operands);
  for (let part = 1; ; part++) {
    const next = partOf(context, partId(expression.id, part));
    if (!next) return value;
    value = callInstance(context, next, i32(0), [{ value }]);
  }
}

/** `push` and `unshift`, which are one call for each argument, after all of these have been evaluated. */
function lowerInsertion(context: FunctionContext, expression: MethodCall, pointer: IrExpression): Value {
  const { id, name, args } = expression;
  const calls = args.map((_, position) => partOf(context, partId(id, position)));
  if (args.length === 0) return lengthOf(pointer);
  if (calls.includes(null))
    return neverCalled(
      context,
      expression,
      args.map((arg) => arg.value),
    );
  if (args.length === 1) {
    return callInstance(context, calls[0]!, i32(0), [{ value: pointerValue(pointer) }, { expression: args[0]!.value }]);
  }
  const array = context.newLocal('i32');
  const setup: IrStatement[] = [set(array, pointer)];
  const values = args.map((arg) => {
    const kept = keep(context, lowerExpression(context, arg.value));
    append(setup, kept.setup);
    return kept.value;
  });
  const order = name === 'push' ? [...args.keys()] : [...args.keys()].reverse();
  const results = order.map((position) =>
    callInstance(context, calls[position]!, i32(0), [
      { value: pointerValue(local('i32', array)) },
      { value: values[position]! },
    ]),
  );
  for (const result of results.slice(0, -1)) setup.push({ op: 'effect', value: result.ir });
  return withSetup(setup, results[results.length - 1]!);
}

function lowerSplice(context: FunctionContext, expression: MethodCall, array: Operand): Value {
  const [start, count, ...values] = expression.args;
  const call = partOf(context, expression.id);
  const made = call ? objectOf(call.parameters[3]!) : null;
  if (!call || made?.kind !== 'array') return neverCalled(context, expression, [expression.object]);
  const parts = values.map((arg) => partFrom(context, arg.value, arg.spread));
  return callInstance(context, call, i32(0), [
    array,
    { expression: start!.value },
    { expression: count!.value },
    { value: lowerParts(context, expression, made, parts) },
  ]);
}

// Arrays of several parts

export interface Part {
  readonly type: Type;
  /** All its elements instead of itself. */
  readonly spread: boolean;
  readonly span: Span;
  lower(): Value;
}

export const partFrom = (context: FunctionContext, value: Expression, spread: boolean): Part => ({
  type: context.typeOf(value),
  spread,
  span: value.span,
  lower: () => lowerExpression(context, value),
});

function lowerConcat(context: FunctionContext, expression: MethodCall, pointer: IrExpression): Value {
  const made = objectOf(context.typeOf(expression));
  if (made?.kind !== 'array') return neverCalled(context, expression, [expression.object]);
  const type = context.typeOf(expression.object);
  const own: Part = { type, spread: true, span: expression.object.span, lower: () => pointerValue(pointer) };
  const others = expression.args.map((arg) =>
    partFrom(context, arg.value, arg.spread || objectOf(context.typeOf(arg.value))?.kind === 'array'),
  );
  return lowerParts(context, expression, made, [own, ...others]);
}

/** An array literal with spread elements, and what `Array.of` and `Array` make of such arguments. */
export function lowerSpreadArray(
  context: FunctionContext,
  expression: Expression,
  elements: readonly { readonly value: Expression; readonly spread: boolean }[],
): Value {
  const made = objectOf(context.typeOf(expression));
  if (made?.kind !== 'array')
    return neverCalled(
      context,
      expression,
      elements.map((element) => element.value),
    );
  const parts = elements.map((element) => partFrom(context, element.value, element.spread));
  return lowerParts(context, expression, made, parts);
}

/** Evaluates all parts in order, then makes the array and fills it. */
export function lowerParts(
  context: FunctionContext,
  expression: Expression,
  made: ArrayType,
  parts: readonly Part[],
): Value {
  const { id, span } = expression;
  const layout = layoutOf(made);
  const elementType = layout.access === 'f64' ? 'f64' : 'i32';
  const setup: IrStatement[] = [];
  const total = context.newLocal('i32');
  let singles = 0;
  const lengths: number[] = [];
  const kept = parts.map((part, position) => {
    if (!part.spread) {
      singles++;
      const index = context.newLocal(elementType);
      setup.push(set(index, asElement(context, made, part.lower())));
      return { value: local(elementType, index), length: null, call: null, source: null };
    }
    const source = lowerSource(context, part, copyId(id, position), setup);
    const length = context.newLocal('i32');
    lengths.push(length);
    return { value: null, length, call: partOf(context, partId(id, 1 + position)), source };
  });
  for (const { source, length } of kept) {
    if (source === null || length === null) continue;
    setup.push(set(length, source.kind === 'string' ? textLength(context, source.ir).ir : lengthOf(source.ir).ir));
  }
  setup.push(set(total, i32(singles)));
  if (lengths.length > 0) setup.push(...addLengths(context, total, lengths, span));
  const pointer = allocateArray(context, layout, local('i32', total), span, setup);
  const place = context.newLocal('i32');
  setup.push(set(place, i32(0)));
  const advance = (by: IrExpression): void => {
    setup.push(set(place, binary('i32.add', local('i32', place), by)));
  };
  for (const { value, length, call, source } of kept) {
    if (value) {
      const address = binary('i32.add', local('i32', pointer), shifted(local('i32', place), layout.shift));
      setup.push(store(layout.access, address, ARRAY.SIZE_BYTES, value));
      advance(i32(1));
    } else if (call && source) {
      const operands: Operand[] = [
        { value: pointerValue(local('i32', pointer)) },
        { value: intValue(local('i32', place)) },
        { value: source },
      ];
      setup.push({ op: 'effect', value: callInstance(context, call, i32(0), operands).ir });
      advance(local('i32', length));
    }
  }
  return withSetup(setup, pointerValue(local('i32', pointer)));
}

/** Adds lengths to a total, one by one, since the sum of many could be more than an i32 holds. */
function addLengths(context: FunctionContext, total: number, lengths: readonly number[], span: Span): IrStatement[] {
  const trap: IrStatement = { op: 'trap', site: context.site('array-length', span) };
  return lengths.flatMap((length): IrStatement[] => [
    set(total, binary('i32.add', local('i32', total), local('i32', length))),
    { op: 'if', test: binary('i32.gt_u', local('i32', total), i32(MAX_ARRAY_LENGTH)), yes: [trap], no: [] },
  ]);
}

/** What is spread, in a local: the array or string itself, or what a call under `id` makes of it. */
function lowerSource(context: FunctionContext, part: Part, id: number | null, setup: IrStatement[]): Value {
  const value = part.lower();
  const source = context.newLocal('i32');
  const read = local('i32', source);
  setup.push(set(source, checkPresent(context, value.ir, part.type, part.span)));
  if (value.kind === 'string') return { ...value, ir: read };
  const copy = id === null ? null : partOf(context, id);
  if (copy) setup.push(set(source, callInstance(context, copy, i32(0), [{ value: pointerValue(read) }]).ir));
  return pointerValue(read);
}

// Built-in functions

export function lowerArrayBuiltin(context: FunctionContext, expression: BuiltinCall): Value {
  const { name, args } = expression;
  const values = args.map((arg) => arg.value);
  if (name === 'Array.from') return lowerFrom(context, expression, []);
  const types = values.map((value) => context.typeOf(value));
  if (name === 'Array' && isLength(args, types)) {
    const object = objectOf(context.typeOf(expression));
    return isIndexable(object)
      ? lowerNewArray(context, object, lowerNumeric(context, values[0]!), expression.span)
      : undefinedValue();
  }
  if (args.some((arg) => arg.spread)) return lowerSpreadArray(context, expression, args);
  return lowerArray(context, expression, values);
}

/** `from` of `Array`, or of a typed array, which takes something of its type in front. */
function lowerFrom(context: FunctionContext, expression: BuiltinCall, model: readonly Operand[]): Value {
  const call = partOf(context, expression.id);
  const [given, callback] = expression.args.map((arg) => arg.value);
  if (!call || !given)
    return neverCalled(
      context,
      expression,
      expression.args.map((arg) => arg.value),
    );
  const source = lowerExpression(context, given);
  const value: Value = { ...source, ir: checkPresent(context, source.ir, context.typeOf(given), given.span) };
  return callInstance(context, call, i32(0), [...model, { value }, ...(callback ? [{ expression: callback }] : [])]);
}

/** `Float32Array.from` and its kin. `null`: something else. */
export function lowerTypedFrom(context: FunctionContext, expression: BuiltinCall): Value | null {
  if (!expression.name.endsWith('Array.from') || expression.name === 'Array.from') return null;
  return lowerFrom(context, expression, [{ value: pointerValue(i32(0)) }]);
}

/** `Array(n)`: n times `undefined`. */
function lowerNewArray(context: FunctionContext, object: Indexable, given: Value, span: Span): Value {
  const layout = layoutOf(object);
  const setup: IrStatement[] = [];
  const length = checkedLength(context, given, span, setup, false);
  const pointer = allocateArray(context, layout, length, span, setup);
  setup.push(clearElements(context, pointer, length, layout, span));
  const isBoxed = object.kind === 'array' && representationOf(object.element) === 'boxed';
  if (!isBoxed) return withSetup(setup, pointerValue(local('i32', pointer)));
  const index = context.newLocal('i32');
  const label = context.newLabel('holes');
  const done = `${label}.done`;
  const address = binary('i32.add', load('i32', local('i32', pointer), 0), shifted(local('i32', index), layout.shift));
  setup.push(set(index, i32(0)), {
    op: 'block',
    label: done,
    body: [
      {
        op: 'loop',
        label,
        site: context.site('endless-loop', span),
        body: [
          {
            op: 'if',
            test: binary('i32.ge_s', local('i32', index), length),
            yes: [{ op: 'break', label: done }],
            no: [],
          },
          store('f64', address, 0, undefinedBox()),
          set(index, binary('i32.add', local('i32', index), i32(1))),
          { op: 'continue', label },
        ],
      },
    ],
  });
  return withSetup(setup, pointerValue(local('i32', pointer)));
}

/** The constructor of a typed array: a length, or an array to copy. */
export function lowerNewTypedArray(
  context: FunctionContext,
  expression: Expression & { kind: 'newTypedArray' },
): Value {
  const layout = typedLayout(expression.name);
  const [first] = expression.args;
  const setup: IrStatement[] = [];
  const source = first ? objectOf(context.typeOf(first.value)) : null;
  if (!first || !isIndexable(source)) {
    const given = first ? lowerNumeric(context, first.value) : constantValue(0);
    const length = checkedLength(context, given, expression.span, setup, true);
    const pointer = allocateArray(context, layout, length, expression.span, setup);
    setup.push(clearElements(context, pointer, length, layout, expression.span));
    return withSetup(setup, pointerValue(local('i32', pointer)));
  }
  const call = partOf(context, expression.id);
  if (!call) return neverCalled(context, expression, [first.value]);
  const from = context.newLocal('i32');
  const holder = context.typeOf(first.value);
  setup.push(set(from, checkPresent(context, lowerExpression(context, first.value).ir, holder, first.value.span)));
  const length = context.newLocal('i32');
  setup.push(set(length, lengthOf(local('i32', from)).ir));
  const pointer = allocateArray(context, layout, local('i32', length), expression.span, setup);
  const copy = callInstance(context, call, i32(0), [
    { value: pointerValue(local('i32', pointer)) },
    { value: pointerValue(local('i32', from)) },
  ]);
  setup.push({ op: 'effect', value: copy.ir });
  return withSetup(setup, pointerValue(local('i32', pointer)));
}

/** `Math.max` and `Math.min` with spread arrays among their arguments. */
export function lowerExtreme(context: FunctionContext, expression: BuiltinCall): Value {
  const operator = expression.name === 'Math.max' ? 'f64.max' : 'f64.min';
  const values = expression.args.map((arg, position) => {
    if (!arg.spread) return asRepresentation(context, lowerNumeric(context, arg.value), 'number');
    const call = partOf(context, partId(expression.id, 1 + position));
    if (!call) return neverCalled(context, expression, [arg.value]).ir;
    const setup: IrStatement[] = [];
    const source = lowerSource(context, partFrom(context, arg.value, true), null, setup);
    return withSetup(setup, callInstance(context, call, i32(0), [{ value: source }])).ir;
  });
  return { kind: 'number', ir: values.reduce((result, value) => binary(operator, result, value)) };
}
