/** Members whose names are known only when the program runs → IR: comparisons of the key with each name. */

import type { Expression, Target } from '../ast.ts';
import { setterName } from '../infer/accessors.ts';
import { ownFields, reachedBy } from '../infer/tables.ts';
import { isListed, NULL, NUMBER, objectOf, type RecordType, STRING, type Type, UNDEFINED } from '../infer/types.ts';
import { binary, type IrExpression, type IrStatement, i32, load, local, set, store, unary } from '../ir.ts';
import { ARRAY } from '../memoryLayout.ts';
import { lowerPointer, type Place } from './assignment.ts';
import type { FunctionContext } from './context.ts';
import { keep } from './control.ts';
import { allocateArray, asElement, checkPresent, layoutOf, withSetup } from './elements.ts';
import { lowerEffect, lowerExpression } from './expressions.ts';
import { fieldOffset, recordBytes } from './layout.ts';
import { strictlyEqual } from './operators.ts';
import { representationOf, valueTypeOf } from './representation.ts';
import {
  asRepresentation,
  booleanValue,
  constantValue,
  fromRepresentation,
  kindsOf,
  pointerValue,
  stringValue,
  testAbsent,
  undefinedValue,
  type Value,
} from './values.ts';

const ABSENT = UNDEFINED | NULL;

/** An object and a key that have been evaluated. */
interface TablePlace {
  readonly record: RecordType;
  readonly setup: readonly IrStatement[];
  readonly pointer: IrExpression;
  readonly key: Value;
  readonly keyType: Type;
}

function placeOf(context: FunctionContext, object: Expression, index: Expression): TablePlace | null {
  const holder = context.typeOf(object);
  const record = objectOf(holder);
  if (record?.kind !== 'record') return null;
  const pointer = context.newLocal('i32');
  const from = set(pointer, checkPresent(context, lowerPointer(context, object), holder, object.span));
  const key = keep(context, lowerExpression(context, index));
  return {
    record,
    setup: [from, ...key.setup],
    pointer: local('i32', pointer),
    key: key.value,
    keyType: context.typeOf(index),
  };
}

/** Whether a key is a name. */
function isName(context: FunctionContext, key: Value, name: string): IrExpression {
  const kinds = kindsOf(key);
  const tests: IrExpression[] = [];
  if ((kinds & STRING) !== 0) tests.push(strictlyEqual(context, key, stringValue(context.program.string(name))));
  if ((kinds & NUMBER) !== 0 && String(Number(name)) === name) {
    tests.push(strictlyEqual(context, key, constantValue(Number(name))));
  }
  const [first = i32(0), second] = tests;
  return second ? binary('i32.or', first, second) : first;
}

/** The value of a field that has a place in memory. */
function readField(record: RecordType, pointer: IrExpression, name: string): Value {
  const { type } = record.fields.get(name)!;
  const representation = representationOf(type);
  const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
  return fromRepresentation(load(access, pointer, fieldOffset(record, name)), representation, type);
}

function readFrom(context: FunctionContext, { record, pointer, key, keyType }: TablePlace, type: Type): Value {
  const representation = representationOf(type);
  const valueType = valueTypeOf(representation);
  const ir = reachedBy(record, keyType)
    .toReversed()
    .reduce<IrExpression>(
      (no, [name]) => ({
        op: 'conditional',
        type: valueType,
        test: isName(context, key, name),
        yes: asRepresentation(context, readField(record, pointer, name), representation),
        no,
      }),
      asRepresentation(context, undefinedValue(), representation),
    );
  return fromRepresentation(ir, representation, type);
}

/** `table[key]`. */
export function lowerTableRead(context: FunctionContext, expression: Expression & { kind: 'index' }): Value {
  const place = placeOf(context, expression.object, expression.index);
  if (!place) return undefinedValue();
  return withSetup(place.setup, readFrom(context, place, context.typeOf(expression)));
}

/** `table[key]` as a target; `type`: of all members together. */
export function tableTarget(context: FunctionContext, target: Target & { kind: 'index' }): Place | null {
  const place = placeOf(context, target.object, target.index);
  if (!place) return null;
  const { record, pointer, key, keyType } = place;
  const fields = reachedBy(record, keyType);
  const joined = fields.reduce((mask, [, field]) => mask | field.type.mask, UNDEFINED);
  const type: Type = { mask: joined, object: fields[0]?.[1].type.object ?? null };
  return {
    setup: place.setup,
    type,
    read: () => readFrom(context, place, type),
    write: (value) => {
      const kept = keep(context, value);
      const missing: IrStatement[] = [{ op: 'trap', site: context.site('no-such-key', target.span) }];
      const stores = fields.toReversed().reduce<IrStatement[]>((no, [name, field]) => {
        const representation = representationOf(field.type);
        const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
        const stored = asRepresentation(context, kept.value, representation);
        const yes = [store(access, pointer, fieldOffset(record, name), stored)];
        return [{ op: 'if', test: isName(context, key, name), yes, no }];
      }, missing);
      return [...kept.setup, ...stores];
    },
  };
}

type Builtin = Expression & { readonly kind: 'builtin' };

/** `Object.keys` and its like, and `key in table`. */
export function lowerTableBuiltin(context: FunctionContext, expression: Builtin): Value {
  const [first, second] = expression.args;
  const record = first ? objectOf(context.typeOf(first.value)) : null;
  if (!first || record?.kind !== 'record') return undefinedValue();
  if (expression.name === 'Object.assign') return lowerAssignAll(context, expression, record);
  if (expression.name === 'Object.hasOwn')
    return second ? lowerHas(context, first.value, second.value, expression.args.length > 2) : undefinedValue();
  const array = objectOf(context.typeOf(expression));
  if (array?.kind !== 'array') return undefinedValue();
  const holder = context.newLocal('i32');
  const type = context.typeOf(first.value);
  const setup: IrStatement[] = [
    set(holder, checkPresent(context, lowerPointer(context, first.value), type, first.value.span)),
  ];
  const elements = ownFields(record).map(([name]): Value => {
    const text = stringValue(context.program.string(name));
    if (expression.name === 'Object.keys') return text;
    const value = readField(record, local('i32', holder), name);
    return expression.name === 'Object.values'
      ? value
      : pairOf(context, expression, array.element, [text, value], setup);
  });
  const layout = layoutOf(array);
  const pointer = allocateArray(context, layout, i32(elements.length), expression.span, setup);
  elements.forEach((element, position) => {
    const offset = ARRAY.SIZE_BYTES + (position << layout.shift);
    setup.push(store(layout.access, local('i32', pointer), offset, asElement(context, array, element)));
  });
  return withSetup(setup, pointerValue(local('i32', pointer)));
}

/** A key and a value in one. */
function pairOf(
  context: FunctionContext,
  { span }: Builtin,
  type: Type,
  parts: readonly Value[],
  out: IrStatement[],
): Value {
  const pair = objectOf(type);
  if (pair?.kind !== 'record') return undefinedValue();
  const pointer = context.newLocal('i32');
  out.push(set(pointer, context.allocate(i32(recordBytes(pair)), span)));
  parts.forEach((part, position) => {
    const name = String(position);
    const representation = representationOf(pair.fields.get(name)!.type);
    const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
    const value = asRepresentation(context, part, representation);
    out.push(store(access, local('i32', pointer), fieldOffset(pair, name), value));
  });
  return pointerValue(local('i32', pointer));
}

/** `key in table`: a member that is `undefined` counts as missing. `inherits`: what the object has from its class counts. */
function lowerHas(context: FunctionContext, object: Expression, index: Expression, inherits: boolean): Value {
  const record = objectOf(context.typeOf(object));
  const name = index.kind === 'string' ? index.value : index.kind === 'number' ? String(index.value) : null;
  const fields = record?.kind === 'record' && name !== null ? record.fields : null;
  const known = fields?.get(name!) ?? fields?.get(setterName(name!));
  const isSure = known && (known.isMethod || (known.type.mask & UNDEFINED) === 0);
  if (isSure || (name !== null && !known)) {
    return withSetup(lowerEffect(context, object), booleanValue(i32(isSure ? 1 : 0)));
  }
  const place = placeOf(context, object, index);
  if (!place) return booleanValue(i32(0));
  const inherited = (inherits ? inheritedNames(place.record) : []).map((key) => isName(context, place.key, key));
  const isInherited = inherited.reduce<IrExpression>((some, one) => binary('i32.or', some, one), i32(0));
  const test = reachedBy(place.record, place.keyType)
    .toReversed()
    .reduce<IrExpression>((no, [key]) => {
      const isThere = unary('i32.eqz', testAbsent(readField(place.record, place.pointer, key), UNDEFINED));
      return { op: 'conditional', type: 'i32', test: isName(context, place.key, key), yes: isThere, no };
    }, isInherited);
  return withSetup(place.setup, booleanValue(test));
}

/** What `in` finds beside the members that an object lists. */
function inheritedNames({ fields }: RecordType): readonly string[] {
  const own = [...fields].filter(([name, field]) => !isListed(field) && !/^#|^is error$/.test(name));
  const names = own.map(([name]) => name.replace(/^set /, ''));
  return [...new Set([...names, ...Object.getOwnPropertyNames(Object.prototype)])];
}

/** Members that are `undefined` in a source are not copied. */
function lowerAssignAll(context: FunctionContext, { args }: Builtin, target: RecordType): Value {
  const [first, ...sources] = args;
  const pointer = context.newLocal('i32');
  const type = context.typeOf(first!.value);
  const setup: IrStatement[] = [
    set(pointer, checkPresent(context, lowerPointer(context, first!.value), type, first!.value.span)),
  ];
  for (const { value } of sources) {
    const record = objectOf(context.typeOf(value));
    if (record?.kind !== 'record') {
      setup.push(...lowerEffect(context, value));
      continue;
    }
    const from = context.newLocal('i32');
    const copies = ownFields(record).flatMap(([name, field]): IrStatement[] => {
      const known = target.fields.get(name);
      if (!known || field.isGetter) return [];
      const representation = representationOf(known.type);
      const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
      const read = keep(context, readField(record, local('i32', from), name));
      const stored = asRepresentation(context, read.value, representation);
      const write = store(access, local('i32', pointer), fieldOffset(target, name), stored);
      if ((field.type.mask & UNDEFINED) === 0) return [...read.setup, write];
      return [...read.setup, { op: 'if', test: testAbsent(read.value, UNDEFINED), yes: [], no: [write] }];
    });
    setup.push(set(from, lowerPointer(context, value)));
    const isAbsentable = (context.typeOf(value).mask & ABSENT) !== 0;
    const absent = testAbsent(pointerValue(local('i32', from)), ABSENT);
    if (isAbsentable) setup.push({ op: 'if', test: absent, yes: [], no: copies });
    else setup.push(...copies);
  }
  return withSetup(setup, pointerValue(local('i32', pointer)));
}
