/**
 * Hashes of keys → IR: a whole number that equal keys share, whatever form each of them has, and that is spread well. That of a text is
 * made of its characters and kept in its descriptor: with the texts of the patch it comes from the linker, with those that the top
 * level makes it is written there when the top level first asks.
 */

import { HEADER, NULL_GUARD_BYTES } from '../../protocol/arena.ts';
import { NULL, STRING, UNDEFINED } from '../infer/types.ts';
import { binary, f64, type IrExpression, i32, load, local, set, store, unary } from '../ir.ts';
import { ARRAY, BOX } from '../memoryLayout.ts';
import type { FunctionContext } from './context.ts';
import { asBoxed, asString, highWord, intValue, lowWord, type Value, withTemp } from './values.ts';

export function lowerHash(context: FunctionContext, value: Value): Value {
  if (value.kind === 'string') {
    const mayLack = (value.mask & (UNDEFINED | NULL)) !== 0;
    if (!mayLack) return intValue(withTemp(context, value.ir, 'i32', (first, again) => ofText(context, first, again)));
    const index = context.newLocal('i32');
    const text = { ...value, ir: local('i32', index) };
    return intValue({
      op: 'block',
      effects: [set(index, asString(context, value))],
      value: {
        op: 'conditional',
        type: 'i32',
        test: binary('i32.lt_u', text.ir, i32(NULL_GUARD_BYTES)),
        yes: ofBits(context, asBoxed(context, text)),
        no: ofText(context, text.ir, text.ir),
      },
    });
  }
  const box = asBoxed(context, value);
  if (value.kind !== 'boxed' || (value.mask & STRING) === 0) return intValue(ofBits(context, box));
  const held = context.newLocal('f64');
  const text = context.newLocal('i32');
  return intValue({
    op: 'block',
    effects: [set(held, box)],
    value: {
      op: 'conditional',
      type: 'i32',
      test: binary('i32.eq', highWord(local('f64', held)), i32(BOX.string)),
      yes: {
        op: 'block',
        effects: [set(text, lowWord(local('f64', held)))],
        value: ofText(context, local('i32', text), local('i32', text)),
      },
      no: ofBits(context, local('f64', held)),
    },
  });
}

/** Of a number, or a box of anything but a text. The two zeros are equal keys. */
function ofBits(context: FunctionContext, box: IrExpression): IrExpression {
  const index = context.newLocal('f64');
  const held = local('f64', index);
  const bits: IrExpression = {
    op: 'block',
    effects: [set(index, box)],
    value: { op: 'select', type: 'f64', test: binary('f64.eq', held, f64(0)), yes: f64(0), no: held },
  };
  const words = withTemp(context, bits, 'f64', (first, again) =>
    binary('i32.xor', binary('i32.mul', highWord(first), i32(0x9e3779b1 | 0)), lowWord(again)),
  );
  return spread(context, words);
}

/** The finaliser of MurmurHash3: each bit that goes in changes half of those that come out. */
function spread(context: FunctionContext, word: IrExpression): IrExpression {
  const folded = (ir: IrExpression, by: number): IrExpression =>
    withTemp(context, ir, 'i32', (first, again) => binary('i32.xor', first, binary('i32.shr_u', again, i32(by))));
  const once = binary('i32.mul', folded(word, 16), i32(0x85ebca6b | 0));
  return folded(binary('i32.mul', folded(once, 13), i32(0xc2b2ae35 | 0)), 16);
}

function ofText(context: FunctionContext, first: IrExpression, again: IrExpression): IrExpression {
  const handle = context.newLocal('i32');
  const hash = context.newLocal('i32');
  const computed = unary(
    'i32.trunc_s_sat.f64',
    context.program.callLibrary('stringHash', [unary('f64.convert_s.i32', local('i32', handle))]),
  );
  return {
    op: 'block',
    effects: [
      set(handle, first),
      {
        op: 'if',
        test: binary('i32.lt_s', local('i32', handle), i32(0)),
        yes: [set(hash, spread(context, again))],
        no: [
          set(hash, load('i32', local('i32', handle), ARRAY.HASH)),
          {
            op: 'if',
            test: local('i32', hash),
            yes: [],
            no: [
              set(hash, computed),
              {
                op: 'if',
                test: load('i32', i32(0), HEADER.SCRATCH_START),
                yes: [],
                no: [store('i32', local('i32', handle), ARRAY.HASH, local('i32', hash))],
              },
            ],
          },
        ],
      },
    ],
    value: local('i32', hash),
  };
}
