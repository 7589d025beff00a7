/** Calls → IR: of closures, of library functions, and of what is built in. */

import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression } from '../ast.ts';
import { getterId } from '../infer/accessors.ts';
import { asMethod } from '../infer/optionalMethods.ts';
import { codesId } from '../infer/textMaking.ts';
import {
  type Call,
  type FunctionType,
  type Instance,
  isAbsent,
  NULL,
  objectOf,
  partId,
  passedBy,
  passesThis,
  STRING,
  type Type,
  UNDEFINED,
  withMask,
} from '../infer/types.ts';
import { type IrExpression, type IrStatement, i32, load, local, type Signature, set } from '../ir.ts';
import { CLOSURE } from '../memoryLayout.ts';
import { lowerArrayIntrinsic } from './arrayIntrinsics.ts';
import { lowerArrayBuiltin, lowerArrayMethod, lowerExtreme, lowerTypedFrom, partOf } from './arrays.ts';
import { lowerInline } from './builtins.ts';
import type { FunctionContext } from './context.ts';
import { checkPresent, isIndexable, withSetup } from './elements.ts';
import { lowerEffect, lowerExpression, lowerNumber } from './expressions.ts';
import { lowerIsArray } from './kindTests.ts';
import { capturesOf, fieldOffset, isFixed } from './layout.ts';
import { fixedValue } from './objects.ts';
import { resultTypeOf } from './program.ts';
import { representationOf, valueTypeOf } from './representation.ts';
import { passRest, takeApart } from './spread.ts';
import { lowerTextMethod, ofText } from './strings.ts';
import { lowerTableBuiltin } from './tables.ts';
import { lowerNumberMethod, lowerTextBuiltin } from './textMaking.ts';
import { checked, leave, mayThrow, stopsLive } from './unwinding.ts';
import {
  asRepresentation,
  booleanValue,
  fromRepresentation,
  pointerValue,
  stringValue,
  testAbsent,
  undefinedValue,
  type Value,
} from './values.ts';

const ABSENT = UNDEFINED | NULL;

export function lowerCall(context: FunctionContext, expression: Expression & { kind: 'call' }): Value {
  const method = asMethod(expression, (object) => context.typeOf(object));
  if (method) return lowerMethod(context, method);
  const callee = expression.callee;
  const type = context.typeOf(callee);
  const call = context.instance.calls.get(expression.id);
  if (expression.optional && isAbsent(type)) return withSetup(lowerEffect(context, callee), undefinedValue());
  if (!call) return neverCalled(context, expression, [callee, ...expression.args.map((arg) => arg.value)]);
  const isAbsentable = (type.mask & ABSENT) !== 0;
  // A function without captures that is known by its name needs no value at all.
  const receiver = expression.receiver ? { expression: expression.receiver } : null;
  const isKnown = call.kind === 'direct' && capturesOf(call.instance.closure.node).length === 0 && !isAbsentable;
  if (isKnown) {
    const effects = lowerEffect(context, callee);
    return withSetup(effects, finishCall(context, call, i32(0), expression, receiver));
  }
  const pointer = lowerExpression(context, callee);
  return callThrough(context, expression, call, { callee: pointer, receiver }, isAbsentable, callee.span);
}

interface Called {
  /** The function, which is evaluated before the arguments. */
  readonly callee: Value;
  /** What it is called on. */
  readonly receiver: Operand | null;
}

function callThrough(
  context: FunctionContext,
  expression: Expression & { kind: 'call' | 'method' },
  call: Call,
  { callee, receiver }: Called,
  isAbsentable: boolean,
  span: Span,
): Value {
  const environment = context.newLocal('i32');
  const pointer = asRepresentation(context, callee, 'pointer');
  const read = local('i32', environment);
  if (isAbsentable && expression.optional) {
    const result = finishCall(context, call, read, expression, receiver);
    const absent = testAbsent(pointerValue(read), ABSENT);
    const value = undefinedWhere(context, absent, result, context.typeOf(expression));
    return withSetup([set(environment, pointer)], value);
  }
  const checked = isAbsentable ? checkPresent(context, pointer, { mask: UNDEFINED, object: null }, span) : pointer;
  return withSetup([set(environment, checked)], finishCall(context, call, read, expression, receiver));
}

/** A call that inference never saw happen: its operands run, then it is an error of ours or unreachable. */
export function neverCalled(context: FunctionContext, expression: Expression, operands: readonly Expression[]): Value {
  const effects = operands.flatMap((operand) => lowerEffect(context, operand));
  effects.push({ op: 'trap', site: context.site('undefined-value', expression.span) });
  return withSetup(effects, undefinedValue());
}

type CallExpression = Expression & { readonly kind: 'call' | 'method' };

function finishCall(
  context: FunctionContext,
  call: Call,
  environment: IrExpression,
  expression: CallExpression,
  receiver: Operand | null,
): Value {
  let result: Value;
  if (call.kind === 'direct') {
    const { instance } = call;
    const operands = instance.isRestGiven
      ? passRest(context, expression, instance)
      : takeApart(context, expression, [instance.closure]);
    result = callOn(context, call, environment, receiver, operands);
  } else result = callOn(context, call, environment, receiver, takeApart(context, expression, familyOf(call).members));
  // What nothing takes as `this` is evaluated all the same.
  const isLost = receiver !== null && 'expression' in receiver && !takesThis(call);
  return isLost ? withSetup(lowerEffect(context, receiver.expression), result) : result;
}

/** Whether a call passes what the function is called on. */
export const takesThis = (call: Call): boolean =>
  call.kind === 'direct' ? call.instance.closure.node.hasThis : passesThis(familyOf(call));

/** Calls a function on an object, if it takes that as `this`. */
export function callOn(
  context: FunctionContext,
  call: Call,
  environment: IrExpression,
  receiver: Operand | null,
  operands: readonly Operand[],
): Value {
  const all = takesThis(call) ? [receiver ?? { value: undefinedValue() }, ...operands] : operands;
  return call.kind === 'direct'
    ? callInstance(context, call.instance, environment, all)
    : callFamily(context, call, environment, all);
}

type FamilyCall = Call & { readonly kind: 'indirect' };

function familyOf(call: FamilyCall): FunctionType {
  const closureSet = objectOf({ mask: 0, object: call.closureSet });
  if (closureSet?.kind !== 'function') throw new Error('lower: a family is not a function type');
  return closureSet;
}

function callFamily(
  context: FunctionContext,
  call: FamilyCall,
  environment: IrExpression,
  operands: readonly Operand[],
): Value {
  const closureSet = familyOf(call);
  const passed = passedBy(closureSet);
  const parameters = passed.map((type) => valueTypeOf(representationOf(type)));
  const signature: Signature = { parameters, result: resultTypeOf(closureSet.result) };
  const values = passed.map((type, index) =>
    asRepresentation(context, lowerOperand(context, operands[index]), representationOf(type)),
  );
  const ir: IrExpression = {
    op: 'callIndirect',
    code: load('i32', environment, CLOSURE.CODE),
    signature,
    args: [environment, ...values],
  };
  const left = mayThrow(context, call) ? checked(context, ir, signature.result) : ir;
  return resultOf(left, signature, closureSet.result);
}

/** What a getter returns; `undefined` for objects that do not have it. */
export function lowerGetter(
  context: FunctionContext,
  callId: number,
  getter: IrExpression,
  type: Type,
  span: Span,
  holder: IrExpression | null = null,
): Value {
  const call = context.instance.calls.get(callId);
  if (!call) {
    const site = context.site('undefined-value', span);
    return withSetup(
      [
        { op: 'effect', value: getter },
        { op: 'trap', site },
      ],
      undefinedValue(),
    );
  }
  const environment = context.newLocal('i32');
  const read = local('i32', environment);
  const result = callOn(context, call, read, holder && { value: pointerValue(holder) }, []);
  if ((type.mask & UNDEFINED) === 0) return withSetup([set(environment, getter)], result);
  const returned = call.kind === 'direct' ? call.instance.result : familyOf(call).result;
  const wanted = withMask(returned, returned.mask | UNDEFINED);
  const absent = testAbsent(pointerValue(read), UNDEFINED);
  return withSetup([set(environment, getter)], undefinedWhere(context, absent, result, wanted));
}

/** `undefined` where there is nothing to ask, what was asked for elsewhere. */
export function undefinedWhere(context: FunctionContext, absent: IrExpression, result: Value, type: Type): Value {
  const representation = representationOf(type);
  const ir: IrExpression = {
    op: 'conditional',
    type: valueTypeOf(representation),
    test: absent,
    yes: asRepresentation(context, undefinedValue(), representation),
    no: asRepresentation(context, result, representation),
  };
  return fromRepresentation(ir, representation, type);
}

function resultOf(ir: IrExpression, signature: Signature, type: Type): Value {
  if (signature.result === 'void') return withSetup([{ op: 'effect', value: ir }], undefinedValue());
  return fromRepresentation(ir, representationOf(type), type);
}

function lowerOperand(context: FunctionContext, operand: Operand | undefined): Value {
  if (!operand) return undefinedValue();
  return 'value' in operand ? operand.value : lowerExpression(context, operand.expression);
}

/** An argument in the text, or a value that is there already. */
export type Operand = { readonly expression: Expression } | { readonly value: Value };

export function callInstance(
  context: FunctionContext,
  instance: Instance,
  environment: IrExpression,
  args: readonly Operand[],
): Value {
  const signature = context.program.signatureOf(instance);
  const values: IrExpression[] = instance.parameters.map((type, index) => {
    return asRepresentation(context, lowerOperand(context, args[index]), representationOf(type));
  });
  // Arguments beyond the parameters are evaluated all the same.
  const extra: IrStatement[] = args
    .slice(instance.parameters.length)
    .flatMap((arg) => ('expression' in arg ? lowerEffect(context, arg.expression) : []));
  const target = context.program.symbolOf(instance);
  const throws = mayThrow(context, { kind: 'direct', instance });
  const leaving = (ir: IrExpression): IrExpression => (throws ? checked(context, ir, signature.result) : ir);
  if (extra.length > 0) {
    const kept = values.map((value, index) => {
      const type = signature.parameters[index]!;
      const position = context.newLocal(type);
      return { setup: set(position, value), read: local(type, position) };
    });
    const ir: IrExpression = { op: 'call', target, signature, args: [environment, ...kept.map((one) => one.read)] };
    return withSetup([...kept.map((one) => one.setup), ...extra], resultOf(leaving(ir), signature, instance.result));
  }
  const ir: IrExpression = { op: 'call', target, signature, args: [environment, ...values] };
  return resultOf(leaving(ir), signature, instance.result);
}

export function lowerMethod(context: FunctionContext, expression: Expression & { kind: 'method' }): Value {
  const holder = context.typeOf(expression.object);
  const object = objectOf(holder);
  const call = context.instance.calls.get(expression.id);
  if (expression.optional && isAbsent(holder)) {
    return withSetup(lowerEffect(context, expression.object), undefinedValue());
  }
  if (!object && (holder.mask & STRING) !== 0) {
    const text = lowerTextMethod(context, expression);
    if (text) return text;
    if (call?.kind === 'direct') {
      const args = expression.args.map((arg) => ({ expression: arg.value }));
      return ofText(context, expression, (handle) =>
        callInstance(context, call.instance, i32(0), [{ value: stringValue(handle) }, ...args]),
      );
    }
  }
  if (isIndexable(object)) return lowerArrayMethod(context, expression);
  if (!object && call?.kind === 'direct') return lowerNumberMethod(context, expression, call.instance);
  if (!object || !call) {
    return neverCalled(context, expression, [expression.object, ...expression.args.map((arg) => arg.value)]);
  }
  const field = object.kind === 'record' ? object.fields.get(expression.name) : undefined;
  if (object.kind !== 'record' || !field) return undefinedValue();
  const holderPointer = context.newLocal('i32');
  const given = lowerExpression(context, expression.object).ir;
  const offset = fieldOffset(object, expression.name);
  const isPlaced = !isFixed(field);
  const stored = isPlaced ? load('i32', local('i32', holderPointer), offset) : i32(0);
  const read = field.isGetter
    ? asRepresentation(
        context,
        lowerGetter(context, getterId(expression.id), stored, field.type, expression.span, local('i32', holderPointer)),
        'pointer',
      )
    : stored;
  const isHolderOptional = expression.optional && (holder.mask & ABSENT) !== 0;
  const pointer = isHolderOptional ? given : checkPresent(context, given, holder, expression.object.span);
  const absent = testAbsent(pointerValue(local('i32', holderPointer)), ABSENT);
  const member: IrExpression = isHolderOptional
    ? {
        op: 'conditional',
        type: 'i32',
        test: absent,
        yes: i32(0),
        no: isPlaced || field.isGetter ? read : fixedValue(context, field),
      }
    : read;
  const callee = withSetup([set(holderPointer, pointer)], pointerValue(member));
  const isAbsentable = isHolderOptional || field.isGetter || (field.type.mask & ABSENT) !== 0;
  const receiver = { value: pointerValue(local('i32', holderPointer)) };
  return callThrough(context, expression, call, { callee, receiver }, isAbsentable, expression.span);
}

export function lowerBuiltin(context: FunctionContext, expression: Expression & { kind: 'builtin' }): Value {
  const { name, args } = expression;
  if (args.some((arg) => arg.spread) && name.startsWith('Math.')) return lowerExtreme(context, expression);
  if (context.instance.calls.has(codesId(expression.id))) return lowerTextBuiltin(context, expression);
  const inline =
    lowerInline(context, expression) ?? lowerArrayIntrinsic(context, expression) ?? lowerTypedFrom(context, expression);
  if (inline) return inline;
  switch (name) {
    case 'Map':
    case 'Set':
    case 'Object.fromEntries':
      return lowerKeyed(context, expression);
    case 'intrinsic.fillDictionary': {
      const fill = partOf(context, expression.id);
      const values = args.map(({ value }) => value);
      if (!fill) return neverCalled(context, expression, values);
      return callInstance(
        context,
        fill,
        i32(0),
        values.map((expression) => ({ expression })),
      );
    }
    case 'Array':
    case 'Array.of':
    case 'Array.from':
      return lowerArrayBuiltin(context, expression);
    case 'String':
    case 'String.fromCharCode':
    case 'String.fromCodePoint':
      return lowerTextBuiltin(context, expression);
    case 'throw': {
      if (args.length > 1 && context.program.mayThrow.instances.has(context.instance)) {
        const effects = args.slice(1).flatMap(({ value }) => lowerEffect(context, value));
        const message = args[0]?.value.kind === 'string' ? args[0].value.value : '';
        return withSetup(
          [...stopsLive(context, expression.span, message), ...effects, leave(context)],
          undefinedValue(),
        );
      }
      const message = args[0]?.value.kind === 'string' ? args[0].value.value : '';
      const site = context.thrownSite(expression.span, message);
      return withSetup([{ op: 'trap', site }], undefinedValue());
    }
    case 'Object.keys': {
      const made = partOf(context, expression.id);
      if (made) return callInstance(context, made, i32(0), [{ expression: args[0]!.value }]);
      return lowerTableBuiltin(context, expression);
    }
    case 'Object.values':
    case 'Object.entries':
    case 'Object.assign':
    case 'Object.hasOwn':
      return lowerTableBuiltin(context, expression);
    case 'Array.isArray': {
      const [first] = args;
      return first ? lowerIsArray(context, first.value) : booleanValue(i32(0));
    }
    default: {
      const values = args.map((arg) => lowerNumber(context, arg.value));
      return { kind: 'number', ir: context.program.callLibrary(name, values) };
    }
  }
}

/** `new Map(list)`: an empty one, which is then filled. */
function lowerKeyed(context: FunctionContext, expression: Expression & { kind: 'builtin' }): Value {
  const made = partOf(context, expression.id);
  const [list] = expression.args;
  if (!made) return neverCalled(context, expression, list ? [list.value] : []);
  const empty = callInstance(context, made, i32(0), []);
  const fill = partOf(context, partId(expression.id, 1));
  if (!list || !fill) return empty;
  const pointer = context.newLocal('i32');
  const held: Value = { ...empty, ir: local('i32', pointer) };
  const filled = callInstance(context, fill, i32(0), [{ value: held }, { expression: list.value }]);
  return withSetup([set(pointer, empty.ir), { op: 'effect', value: filled.ir }], held);
}
