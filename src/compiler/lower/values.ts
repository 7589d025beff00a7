/** Values on their way through an expression, and the conversions between the forms they can have. */

import { NULL_GUARD_BYTES, NULL_POINTER, UNDEFINED_POINTER } from '../../protocol/arena.ts';
import {
  BOOLEAN,
  bitOf,
  NULL,
  NUMBER,
  OBJECTS,
  objectOf,
  PRIMITIVES,
  STRING,
  type Type,
  UNDEFINED,
} from '../infer/types.ts';
import { binary, f64, type IrExpression, i32, i64, load, local, tee, unary } from '../ir.ts';
import { ARRAY, BOX, OBJECT_BOX } from '../memoryLayout.ts';
import { anyPointer, boxPointer, isObjectBox } from './boxes.ts';
import type { FunctionContext } from './context.ts';
import type { Representation } from './representation.ts';

/**
 * - `number`: f64. `int`: i32 that is a number within `low` and `high`; never -0.
 * - `boolean`: i32, 0 or 1. `pointer`: i32, to an object of the kind that `bit` says. `string`: an i32 handle, or absent if `mask` says so.
 * - `boxed`: f64 of one of the kinds in `mask`.
 */
export type Value =
  | { readonly kind: 'number'; readonly ir: IrExpression }
  | { readonly kind: 'int'; readonly ir: IrExpression; readonly low: number; readonly high: number }
  | { readonly kind: 'boolean'; readonly ir: IrExpression }
  | { readonly kind: 'pointer'; readonly ir: IrExpression; readonly bit?: number }
  | { readonly kind: 'string'; readonly ir: IrExpression; readonly mask: number }
  | { readonly kind: 'boxed'; readonly ir: IrExpression; readonly mask: number };

export const INT_LOW = -(2 ** 31);
export const INT_HIGH = 2 ** 31 - 1;

export const numberValue = (ir: IrExpression): Value => ({ kind: 'number', ir });
export const booleanValue = (ir: IrExpression): Value => ({ kind: 'boolean', ir });
export const pointerValue = (ir: IrExpression): Value => ({ kind: 'pointer', ir });
export const intValue = (ir: IrExpression, low = INT_LOW, high = INT_HIGH): Value => ({ kind: 'int', ir, low, high });

export const boxBits = (high: number, low: number): bigint => (BigInt(high) << 32n) | BigInt(low);
export const boxConstant = (high: number, low = 0): IrExpression => unary('f64.reinterpret', i64(boxBits(high, low)));

export const undefinedBox = (): IrExpression => boxConstant(BOX.undefined);
export const undefinedValue = (): Value => ({ kind: 'boxed', ir: undefinedBox(), mask: UNDEFINED });
export const nullValue = (): Value => ({ kind: 'boxed', ir: boxConstant(BOX.null), mask: NULL });

export const stringValue = (ir: IrExpression, mask = STRING): Value => ({ kind: 'string', ir, mask });

/** A number literal: an int where that keeps its value. */
export function constantValue(value: number): Value {
  const isInt = Number.isInteger(value) && value >= INT_LOW && value <= INT_HIGH && !Object.is(value, -0);
  return isInt ? intValue(i32(value), value, value) : numberValue(f64(value));
}

/** Uses a value twice or more: `use` gets expressions that can be repeated. */
export function withTemp(
  context: FunctionContext,
  ir: IrExpression,
  type: 'f64' | 'i32' | 'i64',
  use: (first: IrExpression, again: IrExpression) => IrExpression,
): IrExpression {
  if (ir.op === 'const' || ir.op === 'local') return use(ir, ir);
  const index = context.newLocal(type);
  return use(tee(type, index, ir), local(type, index));
}

export const highWord = (ir: IrExpression): IrExpression =>
  unary('i32.wrap', binary('i64.shr_u', unary('i64.reinterpret', ir), i64(32n)));
export const lowWord = (ir: IrExpression): IrExpression => unary('i32.wrap', unary('i64.reinterpret', ir));

export const isUndefinedBox = (ir: IrExpression): IrExpression => binary('i32.eq', highWord(ir), i32(BOX.undefined));

/** Whether a box of these kinds holds a number. The tags of the others are neighbours. */
export const isNumberBox = (ir: IrExpression, kinds: number): IrExpression => {
  const last = (kinds & OBJECTS) === 0 ? BOX.string : OBJECT_BOX.function;
  const fromFirst = binary('i32.sub', highWord(ir), i32(BOX.undefined));
  return unary('i32.eqz', binary('i32.lt_u', fromFirst, i32(last + 1 - BOX.undefined)));
};

/** Whether a boxed value is `undefined` or `null`, whose upper halves are neighbours. */
const isAbsentBox = (ir: IrExpression): IrExpression =>
  binary('i32.lt_u', binary('i32.sub', highWord(ir), i32(BOX.undefined)), i32(2));

export function asNumber(context: FunctionContext, value: Value): IrExpression {
  switch (value.kind) {
    case 'number':
      return value.ir;
    case 'int':
      return value.ir.op === 'const' ? f64(Number(value.ir.value)) : unary('f64.convert_s.i32', value.ir);
    case 'boolean':
      return unary('f64.convert_s.i32', value.ir);
    case 'pointer':
      // Only where a mistake has been reported, or for code that never runs.
      return sequenceOf(value.ir, f64(Number.NaN));
    case 'string':
      return context.program.callLibrary('stringToNumber', [unary('f64.convert_s.i32', value.ir)]);
    case 'boxed': {
      if ((value.mask & (BOOLEAN | NULL | STRING)) === 0) return value.ir;
      if ((value.mask & STRING) !== 0) return textOrNumber(context, value);
      return withTemp(context, value.ir, 'f64', (first, again) =>
        withTemp(context, highWord(first), 'i32', (high, highAgain) => ({
          op: 'conditional',
          type: 'f64',
          test: binary('i32.eq', high, i32(BOX.boolean)),
          yes: unary('f64.convert_s.i32', lowWord(again)),
          no: {
            op: 'select',
            type: 'f64',
            test: binary('i32.eq', highAgain, i32(BOX.null)),
            yes: f64(0),
            no: again,
          },
        })),
      );
    }
  }
}

/** A box that may hold a string, as a number. */
function textOrNumber(context: FunctionContext, value: Value & { kind: 'boxed' }): IrExpression {
  return withTemp(context, value.ir, 'f64', (first, again) => ({
    op: 'conditional',
    type: 'f64',
    test: binary('i32.eq', highWord(first), i32(BOX.string)),
    yes: context.program.callLibrary('stringToNumber', [unary('f64.convert_s.i32', lowWord(again))]),
    no: asNumber(context, { ...value, ir: again, mask: value.mask & ~STRING }),
  }));
}

/** For a box: what `ofText` makes of the handle of a string, or `ofOther` of anything else, where all but numbers are NaN. */
export function chooseText(
  context: FunctionContext,
  value: Value & { kind: 'boxed' },
  ofText: (handle: IrExpression) => IrExpression,
  ofOther: (number: IrExpression) => IrExpression,
): IrExpression {
  if ((value.mask & STRING) === 0) return ofOther(value.ir);
  return withTemp(context, value.ir, 'f64', (first, again) => ({
    op: 'conditional',
    type: 'f64',
    test: binary('i32.eq', highWord(first), i32(BOX.string)),
    yes: ofText(lowWord(again)),
    no: ofOther(again),
  }));
}

/** A value as an index: whatever is no number names no element, but for a string of digits. */
export function asIndex(context: FunctionContext, value: Value): Value {
  switch (value.kind) {
    case 'number':
    case 'int':
      return value;
    case 'string':
      return numberValue(context.program.callLibrary('stringToIndex', [unary('f64.convert_s.i32', value.ir)]));
    case 'boxed': {
      const ofText = (handle: IrExpression): IrExpression =>
        context.program.callLibrary('stringToIndex', [unary('f64.convert_s.i32', handle)]);
      return numberValue(chooseText(context, value, ofText, (number) => number));
    }
    default:
      return numberValue(sequenceOf(value.ir, f64(Number.NaN)));
  }
}

const sequenceOf = (effect: IrExpression, value: IrExpression): IrExpression => ({
  op: 'block',
  effects: [{ op: 'effect', value: effect }],
  value,
});

/** ECMAScript ToInt32. Exact by way of i64 for all but huge numbers, which a library function takes. */
export function asInt32(context: FunctionContext, value: Value): IrExpression {
  if (value.kind === 'int' || value.kind === 'boolean') return value.ir;
  const number = asNumber(context, value);
  if (number.op === 'const') return i32(Number(number.value) | 0);
  if (number.op === 'unary' && number.name === 'f64.convert_u.i32') return number.value;
  return withTemp(context, number, 'f64', (first, again) => ({
    op: 'conditional',
    type: 'i32',
    test: binary('f64.lt', unary('f64.abs', first), f64(2 ** 63)),
    yes: unary('i32.wrap', unary('i64.trunc_s_sat.f64', again)),
    no: unary('i32.trunc_s_sat.f64', context.program.callLibrary('toInt32', [again])),
  }));
}

export function asTest(context: FunctionContext, value: Value): IrExpression {
  switch (value.kind) {
    case 'boolean':
      return value.ir;
    case 'int':
      return binary('i32.ne', value.ir, i32(0));
    case 'number':
      // Zero and NaN are the numbers that are not true.
      return binary('f64.gt', unary('f64.abs', value.ir), f64(0));
    case 'pointer':
      return binary('i32.gt_u', value.ir, i32(NULL_POINTER));
    case 'string':
      return withTemp(context, value.ir, 'i32', isTextTrue);
    case 'boxed': {
      if ((value.mask & OBJECTS) !== 0) {
        return withTemp(context, value.ir, 'f64', (first, again) => ({
          op: 'conditional',
          type: 'i32',
          test: isObjectBox(first),
          yes: i32(1),
          no: asTest(context, { ...value, ir: again, mask: value.mask & PRIMITIVES }),
        }));
      }
      if ((value.mask & STRING) !== 0) {
        return withTemp(context, value.ir, 'f64', (first, again) => ({
          op: 'conditional',
          type: 'i32',
          test: binary('i32.eq', highWord(first), i32(BOX.string)),
          yes: withTemp(context, lowWord(again), 'i32', isTextTrue),
          no: asTest(context, { ...value, ir: again, mask: value.mask & ~STRING }),
        }));
      }
      if ((value.mask & BOOLEAN) === 0) return binary('f64.gt', unary('f64.abs', value.ir), f64(0));
      return withTemp(context, value.ir, 'f64', (first, again) => ({
        op: 'conditional',
        type: 'i32',
        test: binary('i32.eq', highWord(first), i32(BOX.boolean)),
        yes: lowWord(again),
        no: binary('f64.gt', unary('f64.abs', again), f64(0)),
      }));
    }
  }
}

/** A character is always true, a text if it is not empty, what is absent never. */
const isTextTrue = (first: IrExpression, again: IrExpression): IrExpression => ({
  op: 'conditional',
  type: 'i32',
  test: binary('i32.lt_s', first, i32(0)),
  yes: i32(1),
  no: {
    op: 'conditional',
    type: 'i32',
    test: binary('i32.lt_u', again, i32(NULL_GUARD_BYTES)),
    yes: i32(0),
    no: binary('i32.ne', load('i32', again, ARRAY.LENGTH), i32(0)),
  },
});

export function asBoxed(context: FunctionContext, value: Value): IrExpression {
  switch (value.kind) {
    case 'boxed':
      return value.ir;
    case 'int':
      return asNumber(context, value);
    case 'number':
      if (value.ir.op === 'const') return value.ir;
      return withTemp(context, value.ir, 'f64', (first, again) => ({
        op: 'select',
        type: 'f64',
        // `first` is evaluated before `again`, in the order in which the operands of a select are.
        yes: first,
        no: f64(Number.NaN),
        test: binary('f64.eq', again, again),
      }));
    case 'boolean':
      return unary('f64.reinterpret', binary('i64.or', i64(boxBits(BOX.boolean, 0)), unary('i64.extend_u', value.ir)));
    case 'string': {
      const box = (ir: IrExpression): IrExpression =>
        unary('f64.reinterpret', binary('i64.or', i64(boxBits(BOX.string, 0)), unary('i64.extend_u', ir)));
      if (value.mask === STRING) return box(value.ir);
      return withTemp(context, value.ir, 'i32', (first, again) => ({
        op: 'conditional',
        type: 'f64',
        test: binary('i32.lt_u', first, i32(NULL_GUARD_BYTES)),
        yes: { op: 'select', type: 'f64', test: again, yes: boxConstant(BOX.null), no: undefinedBox() },
        no: box(again),
      }));
    }
    case 'pointer':
      return value.bit ? boxPointer(context, value.ir, value.bit) : sequenceOf(value.ir, undefinedBox());
  }
}

/** The handle of a string, or what stands for its absence. */
export function asString(context: FunctionContext, value: Value): IrExpression {
  if (value.kind === 'string') return value.ir;
  if (value.kind !== 'boxed') return sequenceOf(value.ir, i32(UNDEFINED_POINTER));
  if ((value.mask & STRING) === 0) return asPointer(context, value);
  return withTemp(context, value.ir, 'f64', (first, again) => ({
    op: 'conditional',
    type: 'i32',
    test: binary('i32.eq', highWord(first), i32(BOX.string)),
    yes: lowWord(again),
    no: {
      op: 'select',
      type: 'i32',
      test: isUndefinedBox(again),
      yes: i32(UNDEFINED_POINTER),
      no: i32(NULL_POINTER),
    },
  }));
}

export function asPointer(context: FunctionContext, value: Value): IrExpression {
  if (value.kind === 'pointer') return value.ir;
  if (value.kind === 'boxed') {
    if ((value.mask & OBJECTS) !== 0) return anyPointer(context, value.ir);
    if (value.mask === NULL) return sequenceOf(value.ir, i32(NULL_POINTER));
    if (value.mask === UNDEFINED || value.mask === 0) return sequenceOf(value.ir, i32(UNDEFINED_POINTER));
    return withTemp(context, value.ir, 'f64', (first) => ({
      op: 'select',
      type: 'i32',
      test: isUndefinedBox(first),
      yes: i32(UNDEFINED_POINTER),
      no: i32(NULL_POINTER),
    }));
  }
  return sequenceOf(value.ir, i32(UNDEFINED_POINTER));
}

/** A value in the form in which variables, fields and results of a type are held. */
export function asRepresentation(context: FunctionContext, value: Value, wanted: Representation): IrExpression {
  switch (wanted) {
    case 'number':
      return asNumber(context, value);
    case 'boolean':
      return value.kind === 'boolean' ? value.ir : asTest(context, value);
    case 'boxed':
      return asBoxed(context, value);
    case 'pointer':
      return asPointer(context, value);
    case 'string':
      return asString(context, value);
  }
}

/** The value that was held in a form. */
export function fromRepresentation(ir: IrExpression, representation: Representation, type: Type): Value {
  if (representation === 'boxed' || representation === 'string') return { kind: representation, ir, mask: type.mask };
  const object = representation === 'pointer' ? objectOf(type) : null;
  return object ? { kind: 'pointer', ir, bit: bitOf(object) } : { kind: representation, ir };
}

/** Whether a value is `undefined` (`kinds` = UNDEFINED), `null`, or either of them. */
export function testAbsent(value: Value, kinds: number): IrExpression {
  if (value.kind === 'pointer' || (value.kind === 'string' && (value.mask & kinds) !== 0)) {
    if (kinds === UNDEFINED) return binary('i32.eq', value.ir, i32(UNDEFINED_POINTER));
    if (kinds === NULL) return binary('i32.eq', value.ir, i32(NULL_POINTER));
    return binary('i32.lt_u', value.ir, i32(NULL_POINTER + 1));
  }
  if (value.kind === 'boxed' && (value.mask & kinds) !== 0) {
    if (value.mask === (value.mask & kinds)) return sequenceOf(value.ir, i32(1));
    if (kinds === UNDEFINED) return isUndefinedBox(value.ir);
    if (kinds === NULL) return binary('i32.eq', highWord(value.ir), i32(BOX.null));
    return isAbsentBox(value.ir);
  }
  return sequenceOf(value.ir, i32(0));
}

/** Bits of the kinds a value may be of. */
export const kindsOf = (value: Value): number =>
  value.kind === 'boxed' || value.kind === 'string'
    ? value.mask
    : value.kind === 'boolean'
      ? BOOLEAN
      : value.kind === 'pointer'
        ? (value.bit ?? 0)
        : NUMBER;
