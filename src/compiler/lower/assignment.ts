import { append } from '../append.ts';
import type { Expression, LogicalOperator, Target } from '../ast.ts';
import { getterIdOf, setterIdOf, setterName } from '../infer/accessors.ts';
import { isTable } from '../infer/tables.ts';
import {
  type Field,
  isAbsent,
  NULL,
  objectOf,
  type RecordType,
  type Type,
  tuplePosition,
  UNDEFINED,
} from '../infer/types.ts';
import { type IrExpression, type IrStatement, i32, load, local, set, store, unary } from '../ir.ts';
import { partOf } from './arrays.ts';
import { callInstance, callOn, lowerGetter } from './calls.ts';
import type { FunctionContext } from './context.ts';
import { keep, keepAs } from './control.ts';
import {
  asElement,
  checkPresent,
  type ElementPlace,
  elementPlace,
  isIndexable,
  layoutOf,
  readElement,
  withSetup,
  writeElement,
} from './elements.ts';
import { isPlain, lowerExpression, lowerNumeric, lowerSubscript } from './expressions.ts';
import { fieldOffset, isFixed } from './layout.ts';
import { arithmetic } from './operators.ts';
import { representationOf, valueTypeOf } from './representation.ts';
import { tableTarget } from './tables.ts';
import { traceMade, traceWrite } from './tracing.ts';
import {
  asNumber,
  asRepresentation,
  asTest,
  constantValue,
  fromRepresentation,
  numberValue,
  pointerValue,
  testAbsent,
  undefinedValue,
  type Value,
} from './values.ts';
import { readVariable, requireDeclared, writeVariable } from './variables.ts';

const ABSENT = UNDEFINED | NULL;

/** A target whose object and index have been evaluated: it can be read and written. */
export interface Place {
  readonly setup: readonly IrStatement[];
  readonly type: Type;
  read(): Value;
  write(value: Value): readonly IrStatement[];
}

export function lowerPlace(context: FunctionContext, target: Target): Place {
  switch (target.kind) {
    case 'variable': {
      const { variable } = target;
      return {
        setup: [],
        type: context.variableType(variable),
        read: () => readVariable(context, variable, target.span),
        write: (value) => {
          const isLooked = variable.mayBeUnset;
          if (!isLooked) return [writeVariable(context, variable, value)];
          // The value is computed before JavaScript looks whether the variable is there.
          const kept = keepCopy(context, value);
          const check = requireDeclared(context, variable, target.span);
          return [kept.setup, ...check, writeVariable(context, variable, kept.value)];
        },
      };
    }
    case 'member': {
      const holder = context.typeOf(target.object);
      const object = objectOf(holder);
      const pointer = lowerPointer(context, target.object);
      const field = object?.kind === 'record' ? object.fields.get(target.name) : undefined;
      if (object?.kind === 'record' && object.fields.has(setterName(target.name))) {
        return accessorPlace(context, target, object, field);
      }
      if (object?.kind !== 'record' || !field) return nowhere(context, pointer, target.object);
      const index = context.newLocal('i32');
      const offset = fieldOffset(object, target.name);
      const representation = representationOf(field.type);
      const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
      return {
        setup: [set(index, checkPresent(context, pointer, holder, target.object.span))],
        type: field.type,
        read: () => fromRepresentation(load(access, local('i32', index), offset), representation, field.type),
        write: (value) => [
          store(access, local('i32', index), offset, asRepresentation(context, value, representation)),
        ],
      };
    }
    case 'index': {
      const position = tuplePosition(objectOf(context.typeOf(target.object)), target.index);
      if (position !== null) return lowerPlace(context, { ...target, kind: 'member', name: position });
      const table = isTable(context.typeOf(target.object)) ? tableTarget(context, target) : null;
      if (table) return table;
      const place = lowerElementPlace(context, target.object, target.index);
      if (!place) return nowhere(context, lowerPointer(context, target.object), target.object);
      const { object } = place;
      const type = object.kind === 'array' ? object.element : { mask: 1, object: null };
      return {
        setup: place.setup,
        type,
        read: () => readElement(context, { ...place, setup: [] }, false),
        write: (value) => {
          const kept = keep(context, { ...value });
          const stored = asElement(context, object, kept.value);
          if (stored.op === 'local' || stored.op === 'const') {
            return [...kept.setup, ...writeElement(context, place, stored, target.span)];
          }
          const type =
            object.kind === 'typedArray' && object.name === 'Float32Array'
              ? 'f32'
              : layoutOf(object).access === 'f64'
                ? 'f64'
                : 'i32';
          const converted = context.newLocal(type);
          return [
            ...kept.setup,
            set(converted, stored),
            ...writeElement(context, place, local(type, converted), target.span),
          ];
        },
      };
    }
  }
}

/** A member that is read and written by functions of the class. */
function accessorPlace(
  context: FunctionContext,
  target: Target & { readonly kind: 'member' },
  object: RecordType,
  getter: Field | undefined,
): Place {
  const holder = context.typeOf(target.object);
  const pointer = context.newLocal('i32');
  const read = local('i32', pointer);
  const { calls } = context.instance;
  const stored = (field: Field, name: string): IrExpression =>
    isFixed(field) ? i32(0) : load('i32', read, fieldOffset(object, name));
  const getterCall = calls.get(getterIdOf(target));
  const type = getterCall?.kind === 'direct' ? getterCall.instance.result : { mask: UNDEFINED, object: null };
  return {
    setup: [set(pointer, checkPresent(context, lowerPointer(context, target.object), holder, target.object.span))],
    type,
    read: () =>
      getter?.isGetter
        ? lowerGetter(context, getterIdOf(target), stored(getter, target.name), getter.type, target.span, read)
        : undefinedValue(),
    write: (value) => {
      const call = calls.get(setterIdOf(target));
      const name = setterName(target.name);
      const setter = object.fields.get(name);
      if (!call || !setter) return [{ op: 'effect', value: value.ir }];
      const operands = [{ value }];
      const receiver = { value: pointerValue(read) };
      return [{ op: 'effect', value: callOn(context, call, stored(setter, name), receiver, operands).ir }];
    },
  };
}

/** A target in what is always absent, which is a trap, or one about which a mistake has been reported. */
export const nowhere = (context: FunctionContext, pointer: IrExpression, holder: Expression): Place => ({
  setup: [
    { op: 'effect', value: pointer },
    ...(isAbsent(context.typeOf(holder))
      ? [{ op: 'trap' as const, site: context.site('undefined-value', holder.span) }]
      : []),
  ],
  type: { mask: UNDEFINED, object: null },
  read: undefinedValue,
  write: (value) => [{ op: 'effect', value: value.ir }],
});

export function lowerPointer(context: FunctionContext, expression: Expression): IrExpression {
  const value = lowerExpression(context, expression);
  return value.kind === 'pointer' ? value.ir : asRepresentation(context, value, 'pointer');
}

export function lowerElementPlace(
  context: FunctionContext,
  objectExpression: Expression,
  indexExpression: Expression,
): ElementPlace | null {
  const holder = context.typeOf(objectExpression);
  const object = objectOf(holder);
  if (!isIndexable(object)) return null;
  const pointer = checkPresent(context, lowerPointer(context, objectExpression), holder, objectExpression.span);
  // The pointer is evaluated before the index, also where the index has effects.
  const kept = context.newLocal('i32');
  const index = lowerSubscript(context, indexExpression);
  const place = elementPlace(context, object, local('i32', kept), index);
  return { ...place, setup: [set(kept, pointer), ...place.setup] };
}

export const isLogical = (operator: string): operator is LogicalOperator =>
  operator === '&&' || operator === '||' || operator === '??';

/** With `wantsValue` the result is the expression's value; without, the statements go to `out`. */
export function lowerAssign(
  context: FunctionContext,
  expression: Expression & { kind: 'assign' },
  wantsValue: boolean,
  out: IrStatement[] = [],
): Value | null {
  const { target, operator } = expression;
  const place = lowerPlace(context, target);
  append(out, place.setup);
  if (operator !== null && isLogical(operator)) {
    return lowerLogicalAssign(context, expression, operator, place, wantsValue, out);
  }
  let value: Value;
  if (operator === null) value = lowerExpression(context, expression.value);
  else {
    const old = place.read();
    const join = operator === '+' ? partOf(context, expression.id) : null;
    const left = isPlain(old) ? old : numberValue(asNumber(context, old));
    value = join
      ? callInstance(context, join, i32(0), [{ value: old }, { expression: expression.value }])
      : traceMade(context, expression, arithmetic(context, operator, left, lowerNumeric(context, expression.value)));
  }
  value = traceWrite(context, target, value, operator === null ? expression.value.span : expression.span);
  if (!wantsValue) {
    append(out, place.write(value));
    return null;
  }
  const kept = keep(context, value);
  return withSetup([...out, ...kept.setup, ...place.write(kept.value)], kept.value);
}

export function lowerLogicalAssign(
  context: FunctionContext,
  expression: Expression & { kind: 'assign' },
  operator: LogicalOperator,
  place: Place,
  wantsValue: boolean,
  out: IrStatement[],
): Value | null {
  const old = keep(context, place.read());
  append(out, old.setup);
  const keepsOld =
    operator === '&&'
      ? unary('i32.eqz', asTest(context, old.value))
      : operator === '||'
        ? asTest(context, old.value)
        : unary('i32.eqz', testAbsent(old.value, ABSENT));
  const given = lowerExpression(context, expression.value);
  const traced = traceWrite(context, expression.target, given, expression.value.span);
  const value = keepAs(context, traced, context.typeOf(expression.value));
  const assign: IrStatement[] = [value.setup, ...place.write(value.value)];
  if (!wantsValue) {
    out.push({ op: 'if', test: keepsOld, yes: [], no: assign });
    return null;
  }
  const type = context.typeOf(expression);
  const representation = representationOf(type);
  const valueType = valueTypeOf(representation);
  const result = context.newLocal(valueType);
  out.push({
    op: 'if',
    test: keepsOld,
    yes: [set(result, asRepresentation(context, old.value, representation))],
    no: [...assign, set(result, asRepresentation(context, value.value, representation))],
  });
  return withSetup(out, fromRepresentation(local(valueType, result), representation, type));
}

export function lowerUpdate(
  context: FunctionContext,
  expression: Expression & { kind: 'update' },
  wantsValue: boolean,
  out: IrStatement[] = [],
): Value | null {
  const { target, step, prefix } = expression;
  const place = lowerPlace(context, target);
  append(out, place.setup);
  const read = place.read();
  const old = read.kind === 'number' || read.kind === 'int' ? read : numberValue(asNumber(context, read));
  const operator = step > 0 ? '+' : '-';
  if (!wantsValue) {
    const value = arithmetic(context, operator, old, constantValue(1));
    append(out, place.write(traceWrite(context, target, value, expression.span)));
    return null;
  }
  const before = keepCopy(context, old);
  const next = arithmetic(context, operator, before.value, constantValue(1));
  const after = keepCopy(context, traceWrite(context, target, next, expression.span));
  const setup = [...out, before.setup, after.setup, ...place.write(after.value)];
  return withSetup(setup, prefix ? after.value : before.value);
}

/** Keeps a value in a local of its own, also where it is in a local that is about to change. */
export function keepCopy(context: FunctionContext, value: Value): { setup: IrStatement; value: Value } {
  const valueType = value.kind === 'number' || value.kind === 'boxed' ? 'f64' : 'i32';
  const index = context.newLocal(valueType);
  return { setup: set(index, value.ir), value: { ...value, ir: local(valueType, index) } };
}
