/** Arrays, typed arrays and records in memory: making them, reading and writing their parts. */

import { NULL_GUARD_BYTES } from '../../protocol/arena.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { TypedArrayName } from '../ast.ts';
import {
  type ArrayType,
  AT_TOP,
  NULL,
  type ObjectType,
  type Type,
  type TypedArrayType,
  UNDEFINED,
} from '../infer/types.ts';
import { binary, f64, type IrExpression, type IrStatement, i32, load, local, set, store, unary } from '../ir.ts';
import { ARRAY } from '../memoryLayout.ts';
import type { FunctionContext } from './context.ts';
import { type ElementLayout, elementLayout, representationOf, typedLayout } from './representation.ts';
import {
  asBoxed,
  asInt32,
  asNumber,
  asRepresentation,
  fromRepresentation,
  intValue,
  numberValue,
  undefinedBox,
  undefinedValue,
  type Value,
} from './values.ts';

export type Indexable = ArrayType | TypedArrayType;

export const isIndexable = (object: ObjectType | null): object is Indexable =>
  object?.kind === 'array' || object?.kind === 'typedArray';

export const layoutOf = (object: Indexable): ElementLayout =>
  object.kind === 'typedArray' ? typedLayout(object.name) : elementLayout(representationOf(object.element));

/** A pointer that can be followed: traps if the type says that it may be absent and it is. */
export function checkPresent(context: FunctionContext, pointer: IrExpression, type: Type, span: Span): IrExpression {
  if ((type.mask & (UNDEFINED | NULL)) === 0) return pointer;
  const index = context.newLocal('i32');
  return {
    op: 'block',
    effects: [
      set(index, pointer),
      {
        op: 'if',
        test: binary('i32.lt_u', local('i32', index), i32(NULL_GUARD_BYTES)),
        yes: [{ op: 'trap', site: context.site('undefined-value', span) }],
        no: [],
      },
    ],
    value: local('i32', index),
  };
}

/** An array and an index on their way to an element, each evaluated once. */
export interface ElementPlace {
  readonly object: Indexable;
  readonly setup: readonly IrStatement[];
  /** i32 locals. `index` is meaningful where `inside` holds. */
  readonly pointer: number;
  readonly index: number;
  /** Whether the index is a whole number within the array. */
  readonly inside: () => IrExpression;
  /** Whether the index is a whole number from 0 on. */
  readonly whole: () => IrExpression;
}

export function elementPlace(
  context: FunctionContext,
  object: Indexable,
  pointer: IrExpression,
  index: Value,
): ElementPlace {
  const pointerLocal = context.newLocal('i32');
  const indexLocal = context.newLocal('i32');
  const setup: IrStatement[] = [set(pointerLocal, pointer)];
  const belowLength = (): IrExpression =>
    binary('i32.lt_u', local('i32', indexLocal), load('i32', local('i32', pointerLocal), ARRAY.LENGTH));
  const notNegative = (): IrExpression => binary('i32.ge_s', local('i32', indexLocal), i32(0));
  let inside = belowLength;
  let whole = notNegative;
  if (index.kind === 'int') {
    setup.push(set(indexLocal, index.ir));
  } else {
    const exact = context.newLocal('f64');
    setup.push(set(exact, asNumber(context, index)));
    setup.push(set(indexLocal, unary('i32.whole.f64', local('f64', exact))));
    const isWhole = (): IrExpression =>
      binary('f64.eq', unary('f64.convert_s.i32', local('i32', indexLocal)), local('f64', exact));
    inside = () => binary('i32.and', belowLength(), isWhole());
    whole = () => binary('i32.and', notNegative(), isWhole());
  }
  return { object, setup, pointer: pointerLocal, index: indexLocal, inside, whole };
}

export const shifted = (ir: IrExpression, shift: number): IrExpression =>
  shift === 0 ? ir : binary('i32.shl', ir, i32(shift));

/** Where an element lies that is known to be inside. */
export function elementAddress(place: ElementPlace): IrExpression {
  const data = load('i32', local('i32', place.pointer), ARRAY.DATA);
  return binary('i32.add', data, shifted(local('i32', place.index), layoutOf(place.object).shift));
}

const INT_RANGES: Readonly<Partial<Record<TypedArrayName, readonly [low: number, high: number]>>> = {
  Int8Array: [-128, 127],
  Uint8Array: [0, 255],
  Uint8ClampedArray: [0, 255],
  Int16Array: [-32768, 32767],
  Uint16Array: [0, 65535],
  Int32Array: [-(2 ** 31), 2 ** 31 - 1],
};

function loadElement(object: Indexable, address: IrExpression): Value {
  const { access } = layoutOf(object);
  const ir = load(access, address);
  if (object.kind === 'array') return fromRepresentation(ir, representationOf(object.element), object.element);
  if (object.name === 'Float64Array') return numberValue(ir);
  if (object.name === 'Float32Array') return numberValue(unary('f64.promote', ir));
  if (object.name === 'Uint32Array') return numberValue(unary('f64.convert_u.i32', ir));
  const range = INT_RANGES[object.name]!;
  return intValue(ir, range[0], range[1]);
}

/** An element that is known to be inside. */
export function readInside(place: ElementPlace): Value {
  const value = loadElement(place.object, elementAddress(place));
  return withSetup(place.setup, value);
}

/** An element or, past the end, `undefined`. With `asNaN`, only its value as a number matters. */
export function readElement(context: FunctionContext, place: ElementPlace, asNaN: boolean): Value {
  const { object } = place;
  const element = loadElement(object, elementAddress(place));
  if (element.kind === 'pointer' || element.kind === 'string') {
    const ir: IrExpression = { op: 'conditional', type: 'i32', test: place.inside(), yes: element.ir, no: i32(0) };
    const value: Value =
      element.kind === 'string' ? { kind: 'string', ir, mask: element.mask | UNDEFINED } : { kind: 'pointer', ir };
    return withSetup(place.setup, asNaN && value.kind === 'string' ? numberValue(asNumber(context, value)) : value);
  }
  if (asNaN) {
    const yes = asNumber(context, element);
    const ir: IrExpression = { op: 'conditional', type: 'f64', test: place.inside(), yes, no: f64(Number.NaN) };
    return withSetup(place.setup, numberValue(ir));
  }
  const yes = asBoxed(context, element);
  const ir: IrExpression = { op: 'conditional', type: 'f64', test: place.inside(), yes, no: undefinedBox() };
  const mask = (object.kind === 'array' ? object.element.mask : 1) | UNDEFINED;
  return withSetup(place.setup, { kind: 'boxed', ir, mask });
}

export function withSetup(setup: readonly IrStatement[], value: Value): Value {
  if (setup.length === 0) return value;
  return { ...value, ir: { op: 'block', effects: setup, value: value.ir } };
}

/** A value in the form in which an element of this array is stored; typed arrays round and wrap as JavaScript says. */
export function asElement(context: FunctionContext, object: Indexable, value: Value): IrExpression {
  if (object.kind === 'array') return asRepresentation(context, value, representationOf(object.element));
  switch (object.name) {
    case 'Float64Array':
      return asNumber(context, value);
    case 'Float32Array':
      return unary('f32.demote', asNumber(context, value));
    case 'Uint8ClampedArray': {
      const number = asNumber(context, value);
      const limited = binary('f64.min', binary('f64.max', number, f64(0)), f64(255));
      // NaN becomes 0 in the saturating conversion; halves go to the even neighbour.
      return unary('i32.trunc_s_sat.f64', unary('f64.nearest', limited));
    }
    default:
      return asInt32(context, value);
  }
}

/** Statements that write an element, whose value is already in a local. */
export function writeElement(
  context: FunctionContext,
  place: ElementPlace,
  value: IrExpression,
  span: Span,
): readonly IrStatement[] {
  const { access } = layoutOf(place.object);
  const write = store(access, elementAddress(place), 0, value);
  // A typed array ignores what lies outside; a plain array would have to grow.
  const outside: IrStatement[] = place.object.kind === 'typedArray' ? [] : growAndWrite(context, place, value, span);
  return [{ op: 'if', test: place.inside(), yes: [write], no: outside }];
}

/** A value in the form of an element, in a local. */
export function keepElement(
  context: FunctionContext,
  object: Indexable,
  value: Value,
): { setup: IrStatement; read: IrExpression } {
  const isSingle = object.kind === 'typedArray' && object.name === 'Float32Array';
  const type = isSingle ? 'f32' : layoutOf(object).access === 'f64' ? 'f64' : 'i32';
  const index = context.newLocal(type);
  return { setup: set(index, asElement(context, object, value)), read: local(type, index) };
}

/** An array grows by writing behind its end, as JavaScript's do; what lies between is `undefined`. */
function growAndWrite(context: FunctionContext, place: ElementPlace, value: IrExpression, span: Span): IrStatement[] {
  const { object } = place;
  const array = local('i32', place.pointer);
  const length = load('i32', array, ARRAY.LENGTH);
  const site = context.site('grows-per-frame', span);
  const append = (element: IrExpression): IrStatement[] => appendElement(context, object, array, element, site, span);
  const isNext = binary('i32.and', binary('i32.eq', local('i32', place.index), length), place.whole());
  const refusal: IrStatement = { op: 'trap', site: context.site('array-gap', span) };
  const canHold = object.kind === 'array' && (object.element.mask & UNDEFINED) !== 0;
  if (!canHold) return [{ op: 'if', test: isNext, yes: append(value), no: [refusal] }];
  const label = context.newLabel('gap');
  const done = `${label}.done`;
  const isFilled = binary('i32.ge_s', length, local('i32', place.index));
  const fill: IrStatement[] = [
    { op: 'if', test: isFilled, yes: [{ op: 'break', label: done }], no: [] },
    ...append(asElement(context, object, undefinedValue())),
    { op: 'continue', label },
  ];
  const loop: IrStatement = { op: 'loop', label, site: context.site('endless-loop', span), body: fill };
  const isPossible = binary(
    'i32.and',
    place.whole(),
    unary('i32.eqz', binary('i32.gt_u', local('i32', place.index), i32(MAX_ARRAY_LENGTH))),
  );
  return [
    { op: 'if', test: isPossible, yes: [], no: [refusal] },
    { op: 'block', label: done, body: [loop] },
    ...append(value),
  ];
}

/**
 * Statements that write an element behind the last one. `array` and `value` are locals. An array from the top level keeps
 * its length while it sounds; one that is made for a frame may grow in it.
 */
export function appendElement(
  context: FunctionContext,
  object: Indexable,
  array: IrExpression,
  value: IrExpression,
  site: number,
  span: Span,
): IrStatement[] {
  const { access, shift } = layoutOf(object);
  const data = context.newLocal('i32');
  const capacity = context.newLocal('i32');
  const length = context.newLocal('i32');
  const read = (index: number): IrExpression => local('i32', index);
  const oldCapacity = load('i32', array, ARRAY.CAPACITY);
  const room = shifted(read(capacity), shift);
  // Where growing is a trap anyway no memory is ever asked for.
  const allocated: IrExpression =
    (object.made & AT_TOP) !== 0
      ? { op: 'allocate', sizeBytes: room, site: context.site('per-frame-memory', span) }
      : context.allocate(room, span);
  const endless = context.site('endless-loop', span);
  const grow: IrStatement[] = [
    set(capacity, binary('i32.add', shifted(oldCapacity, 1), i32(8))),
    set(data, allocated),
    {
      op: 'copy',
      to: read(data),
      from: load('i32', array, ARRAY.DATA),
      sizeBytes: shifted(oldCapacity, shift),
      site: endless,
    },
    store('i32', array, ARRAY.DATA, read(data)),
    store('i32', array, ARRAY.CAPACITY, read(capacity)),
  ];
  const address = binary('i32.add', load('i32', array, ARRAY.DATA), shifted(read(length), shift));
  const refusal: IrStatement[] = (object.made & AT_TOP) !== 0 ? [{ op: 'ifLive', yes: [{ op: 'trap', site }] }] : [];
  return [
    ...refusal,
    set(length, load('i32', array, ARRAY.LENGTH)),
    { op: 'if', test: binary('i32.lt_u', read(length), oldCapacity), yes: [], no: grow },
    store('i32', array, ARRAY.LENGTH, binary('i32.add', read(length), i32(1))),
    store(access, address, 0, value),
  ];
}

/**
 * Allocates an array of `length` elements (an i32 expression that can be repeated) in one piece, descriptor first;
 * puts its pointer in a local. The elements are not set.
 */
export function allocateArray(
  context: FunctionContext,
  layout: ElementLayout,
  length: IrExpression,
  span: Span,
  out: IrStatement[],
): number {
  const pointer = context.newLocal('i32');
  const bytes = binary('i32.add', shifted(length, layout.shift), i32(ARRAY.SIZE_BYTES));
  const size = length.op === 'const' ? i32((Number(length.value) << layout.shift) + ARRAY.SIZE_BYTES) : bytes;
  out.push(set(pointer, context.allocate(size, span)));
  const descriptor = local('i32', pointer);
  out.push(store('i32', descriptor, ARRAY.DATA, binary('i32.add', descriptor, i32(ARRAY.SIZE_BYTES))));
  out.push(store('i32', descriptor, ARRAY.LENGTH, length));
  out.push(store('i32', descriptor, ARRAY.CAPACITY, length));
  return pointer;
}

export const MAX_ARRAY_LENGTH = 2 ** 28;

/**
 * A length given by the patch, in a local: a whole number that is not too large. With `truncates` a fraction is cut off
 * and NaN is 0, as typed arrays have it; otherwise both are mistakes.
 */
export function checkedLength(
  context: FunctionContext,
  value: Value,
  span: Span,
  out: IrStatement[],
  truncates: boolean,
): IrExpression {
  if (value.kind === 'int' && value.ir.op === 'const' && value.low >= 0 && value.low <= MAX_ARRAY_LENGTH)
    return value.ir;
  const exact = context.newLocal('f64');
  const length = context.newLocal('i32');
  out.push(set(exact, asNumber(context, value)));
  out.push(set(length, unary('i32.trunc_s_sat.f64', local('f64', exact))));
  const isWhole = binary('f64.eq', unary('f64.convert_s.i32', local('i32', length)), local('f64', exact));
  const isSmall = unary('i32.eqz', binary('i32.gt_u', local('i32', length), i32(MAX_ARRAY_LENGTH)));
  out.push({
    op: 'if',
    test: truncates ? isSmall : binary('i32.and', isWhole, isSmall),
    yes: [],
    no: [{ op: 'trap', site: context.site('array-length', span) }],
  });
  return local('i32', length);
}

/** Clears the elements of a fresh array. */
export function clearElements(
  context: FunctionContext,
  pointer: number,
  length: IrExpression,
  layout: ElementLayout,
  span: Span,
): IrStatement {
  return {
    op: 'clear',
    pointer: binary('i32.add', local('i32', pointer), i32(ARRAY.SIZE_BYTES)),
    sizeBytes: shifted(length, layout.shift),
    site: context.site('endless-loop', span),
  };
}

export function lengthOf(pointer: IrExpression): Value {
  return intValue(load('i32', pointer, ARRAY.LENGTH), 0, MAX_ARRAY_LENGTH);
}
