/** Members, elements, and the making of arrays, records and closures. */

import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, FunctionNode } from '../ast.ts';
import { CLASS_FIELD, instanceTruth } from '../infer/instances.ts';
import { isTable } from '../infer/tables.ts';
import {
  type Closure,
  type Field,
  type FunctionType,
  isAbsent,
  isListed,
  isMixed,
  NULL,
  type ObjectType,
  objectOf,
  partOf,
  positionType,
  RECORD,
  STRING,
  tuplePosition,
  UNDEFINED,
} from '../infer/types.ts';
import { binary, f64, type IrExpression, type IrStatement, i32, load, local, set, store, unary } from '../ir.ts';
import { ARRAY, CLOSURE } from '../memoryLayout.ts';
import { lowerElementPlace, lowerPointer } from './assignment.ts';
import { pointerIf } from './boxes.ts';
import { lowerGetter, takesThis } from './calls.ts';
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
import { capturesOf, closureBytes, fieldOffset, isFixed, isIndirect, placedFields, recordBytes } from './layout.ts';
import { representationOf, valueTypeOf } from './representation.ts';
import { lowerCharacter, lowerTextLength } from './strings.ts';
import { lowerTableRead } from './tables.ts';
import {
  asBoxed,
  asRepresentation,
  booleanValue,
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
    if ((holder.mask & STRING) !== 0 && expression.name === 'length') return lowerTextLength(context, expression);
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
  if (isIndexable(object) && expression.name === 'length') return lengthOf(pointer);
  if (object?.kind === 'record' && object.isTuple && expression.name === 'length') {
    return withSetup([{ op: 'effect', value: pointer }], constantValue(object.fields.size));
  }
  const field = object?.kind === 'record' ? object.fields.get(expression.name) : undefined;
  if (object?.kind !== 'record' || !field) return withSetup([{ op: 'effect', value: pointer }], undefinedValue());
  const representation = representationOf(field.type);
  const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
  if (field.isGetter) {
    const call = context.instance.calls.get(expression.id);
    if (!call || !takesThis(call)) {
      const stored = load('i32', pointer, fieldOffset(object, expression.name));
      return lowerGetter(context, expression.id, stored, field.type, expression.span);
    }
    const holder = keep(context, pointerValue(pointer));
    const stored = isFixed(field) ? i32(0) : load('i32', holder.value.ir, fieldOffset(object, expression.name));
    const result = lowerGetter(context, expression.id, stored, field.type, expression.span, holder.value.ir);
    return withSetup(holder.setup, result);
  }
  if (isFixed(field)) return withSetup([{ op: 'effect', value: pointer }], pointerValue(fixedValue(context, field)));
  const ir = load(access, pointer, fieldOffset(object, expression.name));
  return fromRepresentation(ir, representation, field.type);
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
  if (isTable(holder) && !expression.optional) return lowerTableRead(context, expression);
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
    if (entry.kind === 'field' && entry.value.kind === 'unset') {
      const field = object.fields.get(entry.name);
      const isWide = field && valueTypeOf(representationOf(field.type)) === 'f64';
      values.set(entry.name, isWide ? f64(0) : i32(0));
      continue;
    }
    if (entry.kind === 'field' && entry.isMethod) {
      const field = object.fields.get(entry.name);
      if (field && !isFixed(field)) put(entry.name, lowerMethodValue(context, entry.value));
      continue;
    }
    if (entry.kind === 'field') {
      put(entry.name, lowerExpression(context, entry.value));
      continue;
    }
    const holder = context.typeOf(entry.value);
    const source = objectOf(holder);
    if (source?.kind !== 'record') {
      setup.push(...lowerEffect(context, entry.value));
      continue;
    }
    const pointer = context.newLocal('i32');
    setup.push(set(pointer, checkPresent(context, lowerPointer(context, entry.value), holder, entry.value.span)));
    for (const [name, field] of source.fields) {
      if (!isListed(field) || entry.without?.includes(name)) continue;
      const representation = representationOf(field.type);
      const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
      const ir = load(access, local('i32', pointer), fieldOffset(source, name));
      put(name, fromRepresentation(ir, representation, field.type));
    }
  }
  const pointer = context.newLocal('i32');
  setup.push(set(pointer, context.allocate(i32(recordBytes(object)), expression.span)));
  for (const [name, field] of placedFields(object)) {
    const representation = representationOf(field.type);
    const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
    const value = values.get(name) ?? asRepresentation(context, undefinedValue(), representation);
    setup.push(store(access, local('i32', pointer), fieldOffset(object, name), value));
  }
  return withSetup(setup, pointerValue(local('i32', pointer)));
}

/** The method of a class, as the objects hold it that this function makes. */
function lowerMethodValue(context: FunctionContext, value: Expression): Value {
  const made = context.instance.made.get(value.id);
  const family = made ? objectOf({ mask: 0, object: made }) : null;
  const node = value.kind === 'variable' ? value.variable.holds : null;
  const closure = family?.kind === 'function' ? family.members.find((member) => member.node === node) : undefined;
  if (family?.kind !== 'function' || !closure || !node) return lowerExpression(context, value);
  return pointerValue(memberRecord(context, closure, family));
}

/** The record of a function without captures, as a family calls it. */
function memberRecord(context: FunctionContext, closure: Closure, family: FunctionType): IrExpression {
  const entry = family.members.length > 1 ? context.program.entryOf(closure, family) : null;
  return context.program.staticClosure(closure.node, entry);
}

/** The function that a field without a place always holds. */
export function fixedValue(context: FunctionContext, field: Field): IrExpression {
  const family = objectOf(field.type);
  if (family?.kind !== 'function') throw new Error('lower: a field without a place holds no function');
  return memberRecord(context, family.members[0]!, family);
}

/** `object instanceof Class`, of which inference may know the answer. */
export function lowerInstanceOf(context: FunctionContext, expression: Expression & { kind: 'instanceOf' }): Value {
  const { object, classes } = expression;
  const type = context.typeOf(object);
  const known = instanceTruth(type, classes);
  if (known !== null) return withSetup(lowerEffect(context, object), booleanValue(i32(known ? 1 : 0)));
  const record = partOf(type, RECORD);
  const field = record?.kind === 'record' ? record.fields.get(CLASS_FIELD) : undefined;
  const family = field ? objectOf(field.type) : null;
  const given = isMixed(type)
    ? pointerIf(context, asBoxed(context, lowerExpression(context, object)), RECORD)
    : lowerPointer(context, object);
  const holder = keep(context, pointerValue(given));
  const isThere = unary('i32.eqz', testAbsent(holder.value, ABSENT));
  const setup = [...holder.setup];
  let test: IrExpression = i32(1);
  if (record?.kind === 'record' && field && family?.kind === 'function' && !isFixed(field)) {
    const stored = context.newLocal('i32');
    const read = load('i32', holder.value.ir, fieldOffset(record, CLASS_FIELD));
    const members = classes.flatMap((variable) => {
      const closure = family.members.find((member) => member.node === variable.holds);
      if (!closure) return [];
      if (closure.node.captures.size === 0) return [memberRecord(context, closure, family)];
      return [asRepresentation(context, readPlain(context, variable), 'pointer')];
    });
    const matches = members.map((member) => binary('i32.eq', local('i32', stored), member));
    const any = matches.reduce((left, right) => binary('i32.or', left, right), i32(0));
    test = withSetup([set(stored, read)], booleanValue(any)).ir;
  }
  const ir: IrExpression = { op: 'conditional', type: 'i32', test: isThere, yes: test, no: i32(0) };
  return withSetup(setup, booleanValue(ir));
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
