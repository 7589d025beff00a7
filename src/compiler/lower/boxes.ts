/**
 * Pointers in boxes. In: a pointer with the kind of its object, or a box. Out: the box, or the pointer, which is read only
 * where the box says that there is one of that kind.
 */

import { NULL_GUARD_BYTES, NULL_POINTER, UNDEFINED_POINTER } from '../../protocol/arena.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import { FUNCTION, LIST, NULL, TYPED, type Type, UNDEFINED } from '../infer/types.ts';
import { binary, type IrExpression, type IrStatement, i32, i64, local, set, unary } from '../ir.ts';
import { BOX, OBJECT_BOX } from '../memoryLayout.ts';
import type { FunctionContext } from './context.ts';
import { boxBits, boxConstant, highWord, lowWord, undefinedBox, type Value, withTemp } from './values.ts';

const ABSENT = UNDEFINED | NULL;

/** The tag of a box that holds an object of a kind. */
export function tagOf(bit: number): number {
  if (bit === LIST) return OBJECT_BOX.list;
  if (bit === TYPED) return OBJECT_BOX.typed;
  return bit === FUNCTION ? OBJECT_BOX.function : OBJECT_BOX.record;
}

export const isBoxOf = (ir: IrExpression, bit: number): IrExpression => binary('i32.eq', highWord(ir), i32(tagOf(bit)));

/** Whether a box holds an object of any kind. */
export const isObjectBox = (ir: IrExpression): IrExpression =>
  binary(
    'i32.lt_u',
    binary('i32.sub', highWord(ir), i32(OBJECT_BOX.list)),
    i32(OBJECT_BOX.function + 1 - OBJECT_BOX.list),
  );

/** The box of a pointer, which may also be the one of `undefined` or of `null`. */
export function boxPointer(context: FunctionContext, pointer: IrExpression, bit: number): IrExpression {
  return withTemp(context, pointer, 'i32', (first, again) => ({
    op: 'conditional',
    type: 'f64',
    test: binary('i32.lt_u', first, i32(NULL_GUARD_BYTES)),
    yes: { op: 'select', type: 'f64', test: again, yes: boxConstant(BOX.null), no: undefinedBox() },
    no: unary('f64.reinterpret', binary('i64.or', i64(boxBits(tagOf(bit), 0)), unary('i64.extend_u', again))),
  }));
}

/** What a box holds if it is an object, or else what stands for its absence. */
export const anyPointer = (context: FunctionContext, box: IrExpression): IrExpression =>
  withTemp(context, box, 'f64', (first, again) => ({
    op: 'conditional',
    type: 'i32',
    test: isObjectBox(first),
    yes: lowWord(again),
    no: absence(again),
  }));

const absence = (box: IrExpression): IrExpression => ({
  op: 'select',
  type: 'i32',
  test: binary('i32.eq', highWord(box), i32(BOX.null)),
  yes: i32(NULL_POINTER),
  no: i32(UNDEFINED_POINTER),
});

/** The object of a kind that a box holds, or what stands for nothing. */
export const pointerIf = (context: FunctionContext, box: IrExpression, bit: number): IrExpression =>
  withTemp(context, box, 'f64', (first, again) => ({
    op: 'conditional',
    type: 'i32',
    test: isBoxOf(first, bit),
    yes: lowWord(again),
    no: i32(UNDEFINED_POINTER),
  }));

/**
 * The object that a box has to hold where it is used; anything else, as far as the type does not say that it may be absent, is
 * a trap, as it is for JavaScript.
 */
export function unbox(context: FunctionContext, box: IrExpression, bit: number, type: Type, span: Span): Value {
  const kept = context.newLocal('f64');
  const read = local('f64', kept);
  const mayLack = (type.mask & ABSENT) !== 0;
  const isAbsent = binary('i32.lt_u', binary('i32.sub', highWord(read), i32(BOX.undefined)), i32(2));
  const test = mayLack ? binary('i32.or', isBoxOf(read, bit), isAbsent) : isBoxOf(read, bit);
  const trap: IrStatement = { op: 'trap', site: context.site('other-kind', span) };
  const value: IrExpression = mayLack
    ? { op: 'conditional', type: 'i32', test: isBoxOf(read, bit), yes: lowWord(read), no: absence(read) }
    : lowWord(read);
  return {
    kind: 'pointer',
    bit,
    ir: { op: 'block', effects: [set(kept, box), { op: 'if', test, yes: [], no: [trap] }], value },
  };
}

/** A box that holds no object where it is used: one is a trap. */
export function primitiveIn(context: FunctionContext, box: IrExpression, span: Span): IrExpression {
  const kept = context.newLocal('f64');
  const read = local('f64', kept);
  const trap: IrStatement = { op: 'trap', site: context.site('other-kind', span) };
  return {
    op: 'block',
    effects: [set(kept, box), { op: 'if', test: isObjectBox(read), yes: [trap], no: [] }],
    value: read,
  };
}
