/** Spread arguments → IR: what a call passes, as inference took it apart. */

import type { Argument, Expression } from '../ast.ts';
import { fixedCount, isOpen, isSource, parameterCount, tailId } from '../infer/spread.ts';
import { type Closure, type Instance, objectOf, type RecordType } from '../infer/types.ts';
import { type IrExpression, i32, load, local, set } from '../ir.ts';
import { lowerParts, partFrom, partOf } from './arrays.ts';
import { callInstance, type Operand } from './calls.ts';
import type { FunctionContext } from './context.ts';
import { checkPresent, elementPlace, isIndexable, readElement, withSetup } from './elements.ts';
import { lowerExpression } from './expressions.ts';
import { fieldOffset } from './layout.ts';
import { representationOf, valueTypeOf } from './representation.ts';
import { fromRepresentation, intValue, pointerValue, type Value } from './values.ts';

type CallExpression = Expression & { readonly kind: 'call' | 'method' };

/** Reads one element of what is spread, which lies at a pointer. */
type Read = (from: IrExpression) => Value;

export function takeApart(
  context: FunctionContext,
  expression: CallExpression,
  members: readonly Closure[],
): Operand[] {
  const { args } = expression;
  if (!args.some((arg) => arg.spread)) return args.map((arg) => ({ expression: arg.value }));
  const first = openSpread(context, args);
  const operands = knownOperands(context, first < 0 ? args : args.slice(0, first));
  const missing = (parameterCount(members) ?? 0) - operands.length;
  if (first < 0) return operands;
  // An array that no parameter is left for is evaluated all the same.
  if (missing <= 0) return [...operands, ...args.slice(first).map((arg) => ({ expression: arg.value }))];
  return [...operands, ...elementOperands(context, expression, first, missing, context.newLocal('i32'))];
}

/** The operands of a function whose last one is the array of its rest parameter. */
export function passRest(context: FunctionContext, expression: CallExpression, instance: Instance): Operand[] {
  const { args } = expression;
  const fixed = fixedCount(instance.closure);
  const first = openSpread(context, args);
  const operands = knownOperands(context, args.slice(0, first));
  if (operands.length >= fixed) {
    const from = args.findIndex((_, position) => knownOperands(context, args.slice(0, position)).length >= fixed);
    return [...operands.slice(0, fixed), { value: joined(context, expression, args.slice(from)) }];
  }
  const source = context.newLocal('i32');
  const missing = fixed - operands.length;
  const elements = elementOperands(context, expression, first, missing, source);
  const tail = partOf(context, tailId(expression.id));
  if (!tail) throw new Error('lower: nothing makes the array of a rest parameter');
  const rest = callInstance(context, tail, i32(0), [
    { value: pointerValue(local('i32', source)) },
    { value: intValue(i32(missing), missing, missing) },
  ]);
  return [...operands, ...elements, { value: rest }];
}

const openSpread = (context: FunctionContext, args: readonly Argument[]): number =>
  args.findIndex((arg) => arg.spread && isOpen(context.typeOf(arg.value)));

function knownOperands(context: FunctionContext, args: readonly Argument[]): Operand[] {
  return args.flatMap(({ value, spread }): Operand[] => {
    const object = objectOf(context.typeOf(value));
    if (!spread || object?.kind !== 'record') return [{ expression: value }];
    const holder = context.typeOf(value);
    const source = context.newLocal('i32');
    const pointer = checkPresent(context, lowerExpression(context, value).ir, holder, value.span);
    return operandsOf(source, pointer, fieldReads(object));
  });
}

/** The first `count` elements of the spread arguments from `first` on, whose array goes into the local `source`. */
function elementOperands(
  context: FunctionContext,
  expression: CallExpression,
  first: number,
  count: number,
  source: number,
): Operand[] {
  const { args } = expression;
  const { value } = args[first]!;
  const type = context.typeOf(value);
  const isOwn = isSource(args, type, first);
  const object = isOwn ? objectOf(type) : (context.instance.made.get(expression.id) ?? null);
  const array = object ? objectOf({ mask: 0, object }) : null;
  if (!isIndexable(array)) throw new Error('lower: a spread argument is not an array');
  const pointer = isOwn
    ? checkPresent(context, lowerExpression(context, value).ir, type, value.span)
    : joined(context, expression, args.slice(first)).ir;
  const reads = Array.from(
    { length: count },
    (_, index): Read =>
      (from) => {
        const place = elementPlace(context, array, from, intValue(i32(index), index, index));
        return readElement(context, place, false);
      },
  );
  return operandsOf(source, pointer, reads);
}

/** One array of several arguments. */
function joined(context: FunctionContext, expression: CallExpression, args: readonly Argument[]): Value {
  const object = context.instance.made.get(expression.id);
  const made = object ? objectOf({ mask: 0, object }) : null;
  if (made?.kind !== 'array') throw new Error('lower: spread arguments make no array');
  return lowerParts(
    context,
    expression,
    made,
    args.map((arg) => partFrom(context, arg.value, arg.spread)),
  );
}

/** One operand for each read; what is read from is evaluated with the first of them, into the local `source`. */
const operandsOf = (source: number, pointer: IrExpression, reads: readonly Read[]): Operand[] =>
  reads.map((read, index) => {
    const value = read(local('i32', source));
    return { value: index === 0 ? withSetup([set(source, pointer)], value) : value };
  });

const fieldReads = (object: RecordType): Read[] =>
  [...object.fields].map(([name, { type }]) => (from) => {
    const representation = representationOf(type);
    const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
    return fromRepresentation(load(access, from, fieldOffset(object, name)), representation, type);
  });
