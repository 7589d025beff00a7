/** Members, elements, and the making of arrays, records and closures. */

import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, FunctionNode } from '../ast.ts';
import {
  isAbsent,
  NULL,
  type ObjectType,
  objectOf,
  positionType,
  STRING,
  tuplePosition,
  UNDEFINED,
} from '../infer/types.ts';
import { type IrExpression, type IrStatement, i32, load, local, set, store } from '../ir.ts';
import { ARRAY, CLOSURE } from '../memoryLayout.ts';
import { lowerElementPlace, lowerPointer } from './assignment.ts';
import { lowerGetter } from './calls.ts';
import type { FunctionContext } from './context.ts';
import { conditional, keep } from './control.ts';
import {
  allocateArray,
  asElement,
  checkPresent,
  elementPlace,
  isIndexable,
  layoutOf,
  lengthOf,
  readElement,
  readInside,
  withSetup,
} from './elements.ts';
import { lowerEffect, lowerExpression, lowerSubscript } from './expressions.ts';
import { capturesOf, closureBytes, fieldOffset, isIndirect, recordBytes } from './layout.ts';
import { representationOf, valueTypeOf } from './representation.ts';
import { lowerCharacter, lowerTextLength } from './strings.ts';
import {
  asBoxed,
  asRepresentation,
  constantValue,
  fromRepresentation,
  pointerValue,
  testAbsent,
  undefinedValue,
  type Value,
} from './values.ts';
import { readPlain } from './variables.ts';

const ABSENT = UNDEFINED | NULL;

export function lowerMember(context: FunctionContext, expression: Expression & { kind: 'member' }): Value {
  const holder = context.typeOf(expression.object);
  const object = objectOf(holder);
  if (!object) {
    if ((holder.mask & STRING) !== 0) return lowerTextLength(context, expression);
    return lowerPartOfAbsent(context, expression);
  }
  if (expression.optional && (holder.mask & ABSENT) !== 0) {
    const pointer = keep(context, pointerValue(lowerPointer(context, expression.object)));
    const read = readMember(context, expression, pointer.value.ir);
    const absent = testAbsent(pointer.value, ABSENT);
    return withSetup(pointer.setup, conditional(context, absent, undefinedValue(), read, context.typeOf(expression)));
  }
  const pointer = checkPresent(context, lowerPointer(context, expression.object), holder, expression.object.span);
  return readMember(context, expression, pointer);
}

/** What is always absent has no parts: reading one is `undefined` in an optional chain, and otherwise a trap. */
export function lowerPartOfAbsent(
  context: FunctionContext,
  { object, optional }: Expression & { kind: 'member' | 'index' },
): Value {
  const effects = lowerEffect(context, object);
  if (isAbsent(context.typeOf(object)) && !optional) {
    effects.push({ op: 'trap', site: context.site('undefined-value', object.span) });
  }
  return withSetup(effects, undefinedValue());
}

export function readMember(
  context: FunctionContext,
  expression: Expression & { kind: 'member' },
  pointer: IrExpression,
): Value {
  const object = objectOf(context.typeOf(expression.object));
  if (isIndexable(object)) return lengthOf(pointer);
  if (object?.kind === 'record' && object.isTuple && expression.name === 'length') {
    return withSetup([{ op: 'effect', value: pointer }], constantValue(object.fields.size));
  }
  const field = object?.kind === 'record' ? object.fields.get(expression.name) : undefined;
  if (object?.kind !== 'record' || !field) return withSetup([{ op: 'effect', value: pointer }], undefinedValue());
  const representation = representationOf(field.type);
  const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
  const ir = load(access, pointer, fieldOffset(object, expression.name));
  if (field.isGetter) return lowerGetter(context, expression.id, ir, field.type, expression.span);
  return fromRepresentation(ir, representation, field.type.mask);
}

export function lowerIndex(
  context: FunctionContext,
  expression: Expression & { kind: 'index' },
  asNaN: boolean,
): Value {
  const closer = positionType(objectOf(context.typeOf(expression.object)), expression.index);
  if (closer) {
    const place = lowerElementPlace(context, expression.object, expression.index);
    // The element is boxed like all of them, but what is in the box is known.
    if (place) return { kind: 'boxed', ir: asBoxed(context, readElement(context, place, false)), mask: closer.mask };
  }
  const holder = context.typeOf(expression.object);
  const position = tuplePosition(objectOf(holder), expression.index);
  if (position !== null)
    return lowerMember(context, { ...expression, kind: 'member', name: position, fromPattern: false });
  if (!objectOf(holder) && (holder.mask & STRING) !== 0) {
    return lowerCharacter(context, expression);
  }
  if (expression.optional && (holder.mask & ABSENT) !== 0 && objectOf(holder)) {
    const pointer = keep(context, pointerValue(lowerPointer(context, expression.object)));
    const object = objectOf(holder);
    if (!isIndexable(object)) return undefinedValue();
    const place = elementPlace(context, object, pointer.value.ir, lowerSubscript(context, expression.index));
    const read = readElement(context, place, false);
    const absent = testAbsent(pointer.value, ABSENT);
    return withSetup(pointer.setup, conditional(context, absent, undefinedValue(), read, context.typeOf(expression)));
  }
  const place = lowerElementPlace(context, expression.object, expression.index);
  if (!place) return lowerPartOfAbsent(context, expression);
  return expression.exact ? readInside(place) : readElement(context, place, asNaN);
}

/** An array literal, and what `Array.of` makes. */
export function lowerArray(context: FunctionContext, expression: Expression, elements: readonly Expression[]): Value {
  const object = objectOf(context.typeOf(expression));
  if (object?.kind === 'record') {
    const entries = elements.map((value, position) => ({
      kind: 'field' as const,
      name: String(position),
      value,
      isGetter: false,
    }));
    return lowerRecord(context, { id: expression.id, span: expression.span, kind: 'record', entries });
  }
  if (object?.kind !== 'array') return undefinedValue();
  const layout = layoutOf(object);
  // Elements are evaluated before the array is made, so that what they make lies in front of it.
  const setup: IrStatement[] = [];
  const values = elements.map((element) => {
    const stored = asElement(context, object, lowerExpression(context, element));
    if (stored.op === 'const') return stored;
    const index = context.newLocal(layout.access === 'f64' ? 'f64' : 'i32');
    setup.push(set(index, stored));
    return local(layout.access === 'f64' ? 'f64' : 'i32', index);
  });
  const pointer = allocateArray(context, layout, i32(elements.length), expression.span, setup);
  values.forEach((value, position) => {
    setup.push(store(layout.access, local('i32', pointer), ARRAY.SIZE_BYTES + (position << layout.shift), value));
  });
  return withSetup(setup, pointerValue(local('i32', pointer)));
}

export function lowerRecord(context: FunctionContext, expression: Expression & { kind: 'record' }): Value {
  const object = objectOf(context.typeOf(expression));
  if (object?.kind !== 'record') return undefinedValue();
  const setup: IrStatement[] = [];
  const values = new Map<string, IrExpression>();
  const put = (name: string, value: Value): void => {
    const field = object.fields.get(name);
    if (!field) return;
    const representation = representationOf(field.type);
    const valueType = valueTypeOf(representation);
    const index = context.newLocal(valueType);
    setup.push(set(index, asRepresentation(context, value, representation)));
    values.set(name, local(valueType, index));
  };
  for (const entry of expression.entries) {
    if (entry.kind === 'field') {
      put(entry.name, lowerExpression(context, entry.value));
      continue;
    }
    const holder = context.typeOf(entry.value);
    const source = objectOf(holder);
    if (source?.kind !== 'record') continue;
    const pointer = context.newLocal('i32');
    setup.push(set(pointer, checkPresent(context, lowerPointer(context, entry.value), holder, entry.value.span)));
    for (const [name, field] of source.fields) {
      const representation = representationOf(field.type);
      const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
      const ir = load(access, local('i32', pointer), fieldOffset(source, name));
      put(name, fromRepresentation(ir, representation, field.type.mask));
    }
  }
  const pointer = context.newLocal('i32');
  setup.push(set(pointer, context.allocate(i32(recordBytes(object)), expression.span)));
  for (const [name, field] of object.fields) {
    const representation = representationOf(field.type);
    const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
    const value = values.get(name) ?? asRepresentation(context, undefinedValue(), representation);
    setup.push(store(access, local('i32', pointer), fieldOffset(object, name), value));
  }
  return withSetup(setup, pointerValue(local('i32', pointer)));
}

/** Makes the record of a closure: the code that calls through a family reach, and the captures. */
export function lowerClosure(
  context: FunctionContext,
  node: FunctionNode,
  made: ObjectType | undefined,
  span: Span,
): Value {
  const closureSet = made ? objectOf({ mask: 0, object: made }) : null;
  const closure = context.instance.closures.get(node);
  if (closureSet?.kind !== 'function' || !closure) return undefinedValue();
  const entry = isIndirect({ mask: 0, object: closureSet }) ? context.program.entryOf(closure, closureSet) : null;
  const captures = capturesOf(node);
  if (captures.length === 0) return pointerValue(context.program.staticClosure(node, entry));
  const setup: IrStatement[] = [];
  const pointer = context.newLocal('i32');
  setup.push(set(pointer, context.allocate(i32(closureBytes(node)), span)));
  const record = local('i32', pointer);
  const code: IrExpression = entry ? { op: 'symbol', kind: 'function', name: entry } : i32(0);
  setup.push(store('i32', record, CLOSURE.CODE, code));
  for (const capture of captures) {
    if (capture.kind === 'frame') {
      setup.push(store('i32', record, capture.offset, context.framePointer(capture.scope)));
      continue;
    }
    const representation = representationOf(context.variableType(capture.variable));
    const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
    const value = asRepresentation(context, readPlain(context, capture.variable), representation);
    setup.push(store(access, record, capture.offset, value));
  }
  return withSetup(setup, pointerValue(record));
}
