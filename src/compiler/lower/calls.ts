/** Calls → IR: of closures, of library functions, and of what is built in. */

import type { Span } from '../../protocol/diagnostic.ts';
import type { Argument, Expression } from '../ast.ts';
import { type Call, type Instance, NULL, objectOf, STRING, type Type, UNDEFINED } from '../infer/types.ts';
import { binary, type IrExpression, type IrStatement, i32, load, local, type Signature, set } from '../ir.ts';
import { lowerInline } from './builtins.ts';
import type { FunctionContext } from './context.ts';
import {
  allocateArray,
  checkedLength,
  clearElements,
  elementPlace,
  type Indexable,
  isIndexable,
  layoutOf,
  lengthOf,
  present,
  readInside,
  withSetup,
} from './elements.ts';
import { lowerArray, lowerEffect, lowerExpression, lowerNumber, lowerNumeric } from './expressions.ts';
import { capturesOf, fieldOffset } from './layout.ts';
import { resultTypeOf } from './program.ts';
import { CLOSURE, representationOf, typedLayout, valueTypeOf } from './representation.ts';
import { lowerCharacter, lowerTextMethod } from './strings.ts';
import {
  asRepresentation,
  constantValue,
  fromRepresentation,
  pointerValue,
  testAbsent,
  undefinedBox,
  undefinedValue,
  type Value,
} from './values.ts';

const ABSENT = UNDEFINED | NULL;

export function lowerCall(context: FunctionContext, expression: Expression & { kind: 'call' }): Value {
  const callee = expression.callee;
  const type = context.typeOf(callee);
  const call = context.instance.calls.get(expression.id);
  if (!call) return neverCalled(context, expression, [callee, ...expression.args.map((arg) => arg.value)]);
  const isAbsentable = (type.mask & ABSENT) !== 0;
  // A function without captures that is known by its name needs no value at all.
  const isKnown = call.kind === 'direct' && capturesOf(call.instance.closure.node).length === 0 && !isAbsentable;
  if (isKnown) {
    const effects = lowerEffect(context, callee);
    return withSetup(effects, finishCall(context, call, i32(0), expression.args));
  }
  const pointer = lowerExpression(context, callee);
  return callThrough(context, expression, call, pointer, isAbsentable, callee.span);
}

/** Calls the function in `callee`, which is evaluated before the arguments. */
function callThrough(
  context: FunctionContext,
  expression: Expression & { kind: 'call' | 'method' },
  call: Call,
  callee: Value,
  isAbsentable: boolean,
  span: Span,
): Value {
  const environment = context.newLocal('i32');
  const pointer = asRepresentation(context, callee, 'pointer');
  const read = local('i32', environment);
  if (isAbsentable && expression.optional) {
    const result = finishCall(context, call, read, expression.args);
    const absent = testAbsent(pointerValue(read), ABSENT);
    const type = context.typeOf(expression);
    const representation = representationOf(type);
    const ir: IrExpression = {
      op: 'choose',
      type: valueTypeOf(representation),
      test: absent,
      yes: asRepresentation(context, undefinedValue(), representation),
      no: asRepresentation(context, result, representation),
    };
    return withSetup([set(environment, pointer)], fromRepresentation(ir, representation, type.mask));
  }
  const checked = isAbsentable ? present(context, pointer, { mask: UNDEFINED, object: null }, span) : pointer;
  return withSetup([set(environment, checked)], finishCall(context, call, read, expression.args));
}

/** A call that inference never saw happen: its operands run, then it is an error of ours or unreachable. */
function neverCalled(context: FunctionContext, expression: Expression, operands: readonly Expression[]): Value {
  const effects = operands.flatMap((operand) => lowerEffect(context, operand));
  effects.push({ op: 'trap', site: context.site('undefined-value', expression.span) });
  return withSetup(effects, undefinedValue());
}

function finishCall(context: FunctionContext, call: Call, environment: IrExpression, args: readonly Argument[]): Value {
  if (call.kind === 'direct') {
    return callInstance(
      context,
      call.instance,
      environment,
      args.map((arg) => ({ expression: arg.value })),
    );
  }
  const family = objectOf({ mask: 0, object: call.family });
  if (family?.kind !== 'function') throw new Error('lower: a family is not a function type');
  const parameters = family.parameters.map((type) => valueTypeOf(representationOf(type)));
  const signature: Signature = { parameters, result: resultTypeOf(family.result) };
  const values = family.parameters.map((type, index) => {
    const arg = args[index];
    const value = arg ? lowerExpression(context, arg.value) : undefinedValue();
    return asRepresentation(context, value, representationOf(type));
  });
  const ir: IrExpression = {
    op: 'callIndirect',
    code: load('i32', environment, CLOSURE.CODE),
    signature,
    args: [environment, ...values],
  };
  return resultOf(ir, signature, family.result);
}

function resultOf(ir: IrExpression, signature: Signature, type: Type): Value {
  if (signature.result === 'void') return withSetup([{ op: 'effect', value: ir }], undefinedValue());
  return fromRepresentation(ir, representationOf(type), type.mask);
}

/** An argument in the text, or a value that is there already. */
type Operand = { readonly expression: Expression } | { readonly value: Value };

function callInstance(
  context: FunctionContext,
  instance: Instance,
  environment: IrExpression,
  args: readonly Operand[],
): Value {
  const signature = context.program.signatureOf(instance);
  const values: IrExpression[] = instance.parameters.map((type, index) => {
    const arg = args[index];
    const value = !arg ? undefinedValue() : 'value' in arg ? arg.value : lowerExpression(context, arg.expression);
    return asRepresentation(context, value, representationOf(type));
  });
  // Arguments beyond the parameters are evaluated all the same.
  const extra: IrStatement[] = args
    .slice(instance.parameters.length)
    .flatMap((arg) => ('expression' in arg ? lowerEffect(context, arg.expression) : []));
  const target = context.program.symbolOf(instance);
  if (extra.length > 0) {
    const kept = values.map((value, index) => {
      const type = signature.parameters[index]!;
      const position = context.newLocal(type);
      return { setup: set(position, value), read: local(type, position) };
    });
    const ir: IrExpression = { op: 'call', target, signature, args: [environment, ...kept.map((one) => one.read)] };
    return withSetup([...kept.map((one) => one.setup), ...extra], resultOf(ir, signature, instance.result));
  }
  const ir: IrExpression = { op: 'call', target, signature, args: [environment, ...values] };
  return resultOf(ir, signature, instance.result);
}

export function lowerMethod(context: FunctionContext, expression: Expression & { kind: 'method' }): Value {
  const holder = context.typeOf(expression.object);
  const object = objectOf(holder);
  const call = context.instance.calls.get(expression.id);
  if (!object && (holder.mask & STRING) !== 0) {
    const text = lowerTextMethod(context, expression);
    if (text) return text;
    if (call?.kind === 'direct') {
      return callInstance(context, call.instance, i32(0), [{ value: lowerExpression(context, expression.object) }]);
    }
  }
  if (!object || !call) {
    return neverCalled(context, expression, [expression.object, ...expression.args.map((arg) => arg.value)]);
  }
  if (isIndexable(object)) {
    if (call.kind !== 'direct') throw new Error('lower: a library method has one target');
    const pointer = present(context, lowerExpression(context, expression.object).ir, holder, expression.object.span);
    const operands: Operand[] = [
      { value: pointerValue(pointer) },
      ...expression.args.map((arg) => ({ expression: arg.value })),
    ];
    return callInstance(context, call.instance, i32(0), operands);
  }
  const field = object.kind === 'record' ? object.fields.get(expression.name) : undefined;
  if (object.kind !== 'record' || !field) return undefinedValue();
  const holderPointer = context.newLocal('i32');
  const given = lowerExpression(context, expression.object).ir;
  const offset = fieldOffset(object, expression.name);
  const read = load('i32', local('i32', holderPointer), offset);
  const isHolderOptional = expression.optional && (holder.mask & ABSENT) !== 0;
  const pointer = isHolderOptional ? given : present(context, given, holder, expression.object.span);
  const absent = testAbsent(pointerValue(local('i32', holderPointer)), ABSENT);
  const member: IrExpression = isHolderOptional
    ? { op: 'choose', type: 'i32', test: absent, yes: i32(0), no: read }
    : read;
  const callee = withSetup([set(holderPointer, pointer)], pointerValue(member));
  const isAbsentable = isHolderOptional || (field.type.mask & ABSENT) !== 0;
  return callThrough(context, expression, call, callee, isAbsentable, expression.span);
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
    const length = checkedLength(context, given, expression.span, setup);
    const pointer = allocateArray(context, layout, length, expression.span, setup);
    setup.push(clearElements(pointer, length, layout));
    return withSetup(setup, pointerValue(local('i32', pointer)));
  }
  const from = context.newLocal('i32');
  const holder = context.typeOf(first.value);
  setup.push(set(from, present(context, lowerExpression(context, first.value).ir, holder, first.value.span)));
  const length = context.newLocal('i32');
  setup.push(set(length, lengthOf(local('i32', from)).ir));
  const pointer = allocateArray(context, layout, local('i32', length), expression.span, setup);
  const call = context.instance.calls.get(expression.id);
  if (call?.kind !== 'direct') return undefinedValue();
  const operands: Operand[] = [
    { value: pointerValue(local('i32', pointer)) },
    { value: pointerValue(local('i32', from)) },
  ];
  const copy = callInstance(context, call.instance, i32(0), operands);
  setup.push({ op: 'effect', value: copy.ir });
  return withSetup(setup, pointerValue(local('i32', pointer)));
}

export function lowerBuiltin(context: FunctionContext, expression: Expression & { kind: 'builtin' }): Value {
  const { name, args } = expression;
  const inline = lowerInline(context, expression);
  if (inline) return inline;
  switch (name) {
    case 'Array': {
      const object = objectOf(context.typeOf(expression));
      const [first] = args;
      const isLength = args.length === 1 && first && !objectOf(context.typeOf(first.value));
      if (!isLength)
        return lowerArray(
          context,
          expression,
          args.map((arg) => arg.value),
        );
      if (!isIndexable(object)) return undefinedValue();
      return lowerNewArray(context, object, lowerNumeric(context, first.value), expression.span);
    }
    case 'Array.of':
      return lowerArray(
        context,
        expression,
        args.map((arg) => arg.value),
      );
    case 'Array.from': {
      const call = context.instance.calls.get(expression.id);
      if (call?.kind !== 'direct')
        return neverCalled(
          context,
          expression,
          args.map((arg) => arg.value),
        );
      const operands = args.slice(0, 2).map((arg) => ({ expression: arg.value }));
      return callInstance(context, call.instance, i32(0), operands);
    }
    case 'Array.isArray': {
      const isArray = objectOf(context.typeOf(args[0]!.value))?.kind === 'array';
      return withSetup(lowerEffect(context, args[0]!.value), { kind: 'boolean', ir: i32(isArray ? 1 : 0) });
    }
    case 'intrinsic.allocate': {
      const object = objectOf(context.typeOf(expression));
      if (!isIndexable(object)) return undefinedValue();
      return lowerAllocation(context, expression, lowerNumeric(context, args[0]!.value));
    }
    case 'intrinsic.allocateLike':
      return lowerAllocation(context, expression, lowerNumeric(context, args[1]!.value));
    case 'intrinsic.elementAt': {
      const object = objectOf(context.typeOf(args[0]!.value));
      if (!isIndexable(object)) return lowerCharacter(context, args[0]!.value, args[1]!.value, true);
      const pointer = lowerExpression(context, args[0]!.value).ir;
      return readInside(elementPlace(context, object, pointer, lowerNumeric(context, args[1]!.value)));
    }
    default: {
      const values = args.map((arg) => lowerNumber(context, arg.value));
      return { kind: 'number', ir: context.program.callLibrary(name, values) };
    }
  }
}

/** Room for elements that are all written before anybody reads them. */
function lowerAllocation(context: FunctionContext, expression: Expression, given: Value): Value {
  const object = objectOf(context.typeOf(expression));
  if (!isIndexable(object)) return undefinedValue();
  const setup: IrStatement[] = [];
  const length = checkedLength(context, given, expression.span, setup);
  const pointer = allocateArray(context, layoutOf(object), length, expression.span, setup);
  setup.push(clearElements(pointer, length, layoutOf(object)));
  return withSetup(setup, pointerValue(local('i32', pointer)));
}

/** `Array(n)`: n times `undefined`. */
function lowerNewArray(context: FunctionContext, object: Indexable, given: Value, span: Span): Value {
  const layout = layoutOf(object);
  const setup: IrStatement[] = [];
  const length = checkedLength(context, given, span, setup);
  const pointer = allocateArray(context, layout, length, span, setup);
  setup.push(clearElements(pointer, length, layout));
  if (layout.access !== 'f64') return withSetup(setup, pointerValue(local('i32', pointer)));
  const index = context.newLocal('i32');
  const label = context.newLabel('holes');
  const done = `${label}.done`;
  const address = binary(
    'i32.add',
    load('i32', local('i32', pointer), 0),
    binary('i32.shl', local('i32', index), i32(layout.shift)),
  );
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
          { op: 'store', access: 'f64', pointer: address, offset: 0, value: undefinedBox() },
          set(index, binary('i32.add', local('i32', index), i32(1))),
          { op: 'continue', label },
        ],
      },
    ],
  });
  return withSetup(setup, pointerValue(local('i32', pointer)));
}
