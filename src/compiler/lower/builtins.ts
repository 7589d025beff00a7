/** Built-in functions that are a few instructions each. */

import { MATH_FUNCTIONS } from '../../language/intrinsics.ts';
import { HEADER } from '../../protocol/arena.ts';
import type { Expression } from '../ast.ts';
import { BOOLEAN, NULL, NUMBER, OBJECTS, STRING } from '../infer/types.ts';
import {
  type BinaryName,
  binary,
  f64,
  type IrExpression,
  i32,
  i64,
  load,
  local,
  set,
  store,
  type UnaryName,
  unary,
} from '../ir.ts';
import { ARRAY } from '../memoryLayout.ts';
import { keepCopy } from './assignment.ts';
import type { FunctionContext } from './context.ts';
import { MAX_ARRAY_LENGTH, withSetup } from './elements.ts';
import { lowerEffect, lowerExpression, lowerNumber, lowerNumeric, lowerTest } from './expressions.ts';
import { power, unaryOperation } from './operators.ts';
import {
  asBoxed,
  asInt32,
  asNumber,
  booleanValue,
  chooseText,
  constantValue,
  intValue,
  isUndefinedBox,
  kindsOf,
  numberValue,
  stringValue,
  type Value,
  withTemp,
} from './values.ts';

/** How many arguments a builtin has a use for. */
function takenBy(name: string): number {
  if (name.startsWith('intrinsic.')) return Number.POSITIVE_INFINITY;
  const known = name.startsWith('Math.') ? MATH_FUNCTIONS[name.slice(5)] : null;
  if (known) return known.isVariadic ? Number.POSITIVE_INFINITY : known.arity;
  return TAKEN[name] ?? Number.POSITIVE_INFINITY;
}

const TAKEN: Readonly<Record<string, number>> = {
  Number: 1,
  Boolean: 1,
  parseFloat: 1,
  parseInt: 2,
  isNaN: 1,
  isFinite: 1,
  'Number.isNaN': 1,
  'Number.isFinite': 1,
  'Number.isInteger': 1,
  'Number.isSafeInteger': 1,
};

/** `null`: not one of them. */
export function lowerInline(context: FunctionContext, expression: Expression & { kind: 'builtin' }): Value | null {
  const { name } = expression;
  const extra = expression.args.slice(takenBy(name));
  if (extra.length > 0) {
    // Arguments that nobody asks for are evaluated all the same.
    const value = lowerInline(context, { ...expression, args: expression.args.slice(0, takenBy(name)) });
    const effects = extra.flatMap((arg) => lowerEffect(context, arg.value));
    if (!value || effects.length === 0) return value;
    const kept = keepCopy(context, value);
    return withSetup([kept.setup, ...effects], kept.value);
  }
  if (name.startsWith('Math.')) return lowerMath(context, name.slice(5), expression);
  const argument = expression.args[0]?.value;
  switch (name) {
    case 'Number':
      return argument ? unaryOperation(context, '+', lowerNumeric(context, argument)) : constantValue(0);
    case 'parseFloat':
    case 'parseInt':
      return argument ? parseNumber(context, name, expression) : numberValue(f64(Number.NaN));
    case 'String.fromCharCode':
      return argument ? lowerCharacterOf(context, argument) : null;
    case 'Boolean':
      return booleanValue(argument ? lowerTest(context, argument) : i32(0));
    case 'isNaN':
      return booleanValue(argument ? isNotANumber(context, lowerNumber(context, argument)) : i32(1));
    case 'isFinite':
      return booleanValue(argument ? isFiniteNumber(lowerNumber(context, argument)) : i32(0));
    case 'Number.isNaN':
    case 'Number.isFinite':
    case 'Number.isInteger':
    case 'Number.isSafeInteger':
      return argument ? numberTest(context, name, lowerExpression(context, argument)) : booleanValue(i32(0));
    case 'intrinsic.isPlaying':
      // The scratch area is there once the top level has run.
      return booleanValue(binary('i32.ne', load('i32', i32(0), HEADER.SCRATCH_START), i32(0)));
    case 'intrinsic.generation':
      return intValue(load('i32', i32(0), HEADER.GENERATION));
    case 'intrinsic.highWord':
      return intValue(
        unary('i32.wrap', binary('i64.shr_u', unary('i64.reinterpret', lowerNumber(context, argument!)), i64(32n))),
      );
    case 'intrinsic.lowWord':
      return intValue(unary('i32.wrap', unary('i64.reinterpret', lowerNumber(context, argument!))));
    case 'intrinsic.stringLength':
      return textLength(context, unary('i32.trunc_s_sat.f64', lowerNumber(context, argument!)));
    case 'intrinsic.stringUnit':
      return lowerUnit(context, argument!, expression.args[1]!.value);
    case 'intrinsic.addBits':
    case 'intrinsic.andBits':
    case 'intrinsic.orBits':
    case 'intrinsic.xorBits':
    case 'intrinsic.shiftBitsLeft':
    case 'intrinsic.shiftBitsRight':
      return numberValue(lowerBits(context, name, expression));
    case 'intrinsic.fromWords':
    case 'intrinsic.withHighWord':
    case 'intrinsic.withLowWord':
      return numberValue(lowerWords(context, name, expression));
    default:
      return null;
  }
}

/** The number of characters of a string. */
export function textLength(context: FunctionContext, handle: IrExpression): Value {
  const ir = withTemp(context, handle, 'i32', (first, again) => ({
    op: 'conditional',
    type: 'i32',
    test: binary('i32.lt_s', first, i32(0)),
    yes: i32(1),
    no: load('i32', again, ARRAY.LENGTH),
  }));
  return intValue(ir, 0, MAX_ARRAY_LENGTH);
}

/** The string of one character that has a code. */
function lowerCharacterOf(context: FunctionContext, code: Expression): Value {
  const unit = binary('i32.and', asInt32(context, lowerNumeric(context, code)), i32(0xffff));
  return stringValue(binary('i32.sub', i32(-1), unit));
}

/** The code unit at a place that is known to be inside. */
function lowerUnit(context: FunctionContext, text: Expression, index: Expression): Value {
  const handle = context.newLocal('i32');
  const position = context.newLocal('i32');
  const address = binary(
    'i32.add',
    load('i32', local('i32', handle), ARRAY.DATA),
    binary('i32.shl', local('i32', position), i32(1)),
  );
  return withSetup(
    [
      set(handle, unary('i32.trunc_s_sat.f64', lowerNumber(context, text))),
      set(position, asInt32(context, lowerNumeric(context, index))),
    ],
    intValue(
      {
        op: 'conditional',
        type: 'i32',
        test: binary('i32.lt_s', local('i32', handle), i32(0)),
        yes: binary('i32.sub', i32(-1), local('i32', handle)),
        no: load('u16', address),
      },
      0,
      65535,
    ),
  );
}

const BIT_OPERATIONS: Readonly<Record<string, BinaryName>> = {
  'intrinsic.addBits': 'i64.add',
  'intrinsic.andBits': 'i64.and',
  'intrinsic.orBits': 'i64.or',
  'intrinsic.xorBits': 'i64.xor',
  'intrinsic.shiftBitsLeft': 'i64.shl',
  'intrinsic.shiftBitsRight': 'i64.shr_u',
};

/** An operation on doubles taken as 64 bits: one instruction, and one in two lanes. */
function lowerBits(context: FunctionContext, name: string, expression: Expression & { kind: 'builtin' }): IrExpression {
  const [first, second] = expression.args.map((arg) => arg.value);
  const right = name.startsWith('intrinsic.shift')
    ? asBits('i64.extend_u', asInt32(context, lowerNumeric(context, second!)))
    : asBits('i64.reinterpret', lowerNumber(context, second!));
  const left = asBits('i64.reinterpret', lowerNumber(context, first!));
  return unary('f64.reinterpret', binary(BIT_OPERATIONS[name]!, left, right));
}

/** 64 bits made of a value; here and now if it is constant. */
function asBits(name: 'i64.extend_u' | 'i64.reinterpret', ir: IrExpression): IrExpression {
  if (ir.op === 'const') return i64(name === 'i64.extend_u' ? BigInt(ir.value) : bitsOf(Number(ir.value)));
  return ir.op === 'unary' && ir.name === 'f64.reinterpret' && name === 'i64.reinterpret' ? ir.value : unary(name, ir);
}

function bitsOf(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigInt64(0);
}

function lowerWords(
  context: FunctionContext,
  name: string,
  expression: Expression & { kind: 'builtin' },
): IrExpression {
  const [first, second] = expression.args.map((arg) => arg.value);
  const word = (argument: Expression): IrExpression =>
    unary('i64.extend_u', asInt32(context, lowerNumeric(context, argument)));
  const high = (ir: IrExpression): IrExpression => binary('i64.shl', ir, i64(32n));
  if (name === 'intrinsic.fromWords')
    return unary('f64.reinterpret', binary('i64.or', high(word(first!)), word(second!)));
  const bits = unary('i64.reinterpret', lowerNumber(context, first!));
  if (name === 'intrinsic.withHighWord') {
    const kept = unary('i64.extend_u', unary('i32.wrap', bits));
    return unary('f64.reinterpret', binary('i64.or', kept, high(word(second!))));
  }
  const kept = binary('i64.shl', binary('i64.shr_u', bits, i64(32n)), i64(32n));
  return unary('f64.reinterpret', binary('i64.or', kept, word(second!)));
}

/** The beginning of a string as a number. Numbers are taken as they would be written; what is of another kind is none. */
function parseNumber(context: FunctionContext, name: string, expression: Expression & { kind: 'builtin' }): Value {
  const [first, second] = expression.args.map((arg) => arg.value);
  const value = lowerExpression(context, first!);
  const radix = second ? lowerNumber(context, second) : null;
  const ofText = (handle: IrExpression): IrExpression => {
    const text = unary('f64.convert_s.i32', handle);
    if (name === 'parseFloat') return context.program.callLibrary('stringToFloat', [text]);
    return context.program.callLibrary('stringToInteger', [text, radix ?? f64(0)]);
  };
  const ofNumber = (number: IrExpression): IrExpression => {
    // Zero is written without its sign.
    if (name === 'parseFloat') return binary('f64.add', number, f64(0));
    if (radix) return context.program.callLibrary('numberToInteger', [number, radix]);
    return withTemp(context, number, 'f64', (x, again) => ({
      op: 'conditional',
      type: 'f64',
      // Beyond, numbers are written with an exponent, where reading stops; zero loses its sign.
      test: isBetween(context, unary('f64.abs', x), 1e-6, 1e21),
      yes: unary('f64.trunc', again),
      no: context.program.callLibrary('numberToInteger', [again, f64(10)]),
    }));
  };
  switch (value.kind) {
    case 'string':
      return numberValue(ofText(value.ir));
    case 'int':
      return radix ? numberValue(ofNumber(asNumber(context, value))) : value;
    case 'number':
      return numberValue(ofNumber(value.ir));
    case 'boxed':
      return numberValue(chooseText(context, value, ofText, ofNumber));
    default:
      return withSetup([{ op: 'effect', value: value.ir }], numberValue(f64(Number.NaN)));
  }
}

const isBetween = (context: FunctionContext, ir: IrExpression, low: number, high: number): IrExpression =>
  withTemp(context, ir, 'f64', (x, again) =>
    binary('i32.and', binary('f64.ge', x, f64(low)), binary('f64.lt', again, f64(high))),
  );

const isNotANumber = (context: FunctionContext, ir: IrExpression): IrExpression =>
  withTemp(context, ir, 'f64', (first, again) => binary('f64.ne', first, again));

const isFiniteNumber = (ir: IrExpression): IrExpression =>
  binary('f64.lt', unary('f64.abs', ir), f64(Number.POSITIVE_INFINITY));

/** The tests of `Number`, which are false for everything that is not a number. */
function numberTest(context: FunctionContext, name: string, value: Value): Value {
  if (value.kind === 'boolean' || value.kind === 'pointer' || (kindsOf(value) & NUMBER) === 0) {
    return withSetup([{ op: 'effect', value: value.ir }], booleanValue(i32(0)));
  }
  const index = context.newLocal('f64');
  const read = local('f64', index);
  const raw = value.kind === 'boxed' ? asBoxed(context, value) : asNumber(context, value);
  let test: IrExpression;
  if (name === 'Number.isNaN') {
    const differs = binary('f64.ne', read, read);
    const isTagged = value.kind === 'boxed' ? isOther(value.mask, read) : null;
    test = isTagged ? binary('i32.and', differs, unary('i32.eqz', isTagged)) : differs;
  } else if (name === 'Number.isFinite') {
    test = isFiniteNumber(read);
  } else {
    test = binary('i32.and', isFiniteNumber(read), binary('f64.eq', unary('f64.trunc', read), read));
    if (name === 'Number.isSafeInteger') {
      test = binary('i32.and', test, binary('f64.le', unary('f64.abs', read), f64(Number.MAX_SAFE_INTEGER)));
    }
  }
  return withSetup([set(index, raw)], booleanValue(test));
}

/** Whether a box holds `undefined` or another kind that is no number. */
function isOther(mask: number, read: IrExpression): IrExpression {
  if ((mask & (BOOLEAN | NULL | STRING | OBJECTS)) === 0) return isUndefinedBox(read);
  return binary('i64.eq', binary('i64.shr_u', unary('i64.reinterpret', read), i64(50n)), i64(0x7ffc0001n >> 18n));
}

const ROUNDINGS: Readonly<Record<string, UnaryName>> = {
  abs: 'f64.abs',
  ceil: 'f64.ceil',
  floor: 'f64.floor',
  sqrt: 'f64.sqrt',
  trunc: 'f64.trunc',
};

function lowerMath(context: FunctionContext, name: string, expression: Expression & { kind: 'builtin' }): Value | null {
  const args = expression.args.map((arg) => arg.value);
  const known = MATH_FUNCTIONS[name];
  if (!known) return null;
  const numeric = (index: number): Value => {
    const arg = args[index];
    return arg ? lowerNumeric(context, arg) : numberValue(f64(Number.NaN));
  };
  const number = (index: number): IrExpression => asNumber(context, numeric(index));
  switch (name) {
    case 'abs': {
      const value = numeric(0);
      if (value.kind === 'int' && value.low >= 0) return value;
      return numberValue(unary('f64.abs', asNumber(context, value)));
    }
    case 'floor':
    case 'ceil':
    case 'trunc': {
      const value = numeric(0);
      return value.kind === 'int' ? value : numberValue(unary(ROUNDINGS[name]!, asNumber(context, value)));
    }
    case 'sqrt':
      return numberValue(unary('f64.sqrt', number(0)));
    case 'round': {
      const value = numeric(0);
      if (value.kind === 'int') return value;
      return numberValue(round(context, asNumber(context, value)));
    }
    case 'sign':
      return numberValue(sign(context, number(0)));
    case 'fround':
      return numberValue(unary('f64.promote', unary('f32.demote', number(0))));
    case 'imul':
      return intValue(binary('i32.mul', asInt32(context, numeric(0)), asInt32(context, numeric(1))));
    case 'clz32':
      return intValue(unary('i32.clz', asInt32(context, numeric(0))), 0, 32);
    case 'min':
    case 'max': {
      const start = constantValue(name === 'min' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY);
      if (args.length === 0) return start;
      const operator = name === 'min' ? 'f64.min' : 'f64.max';
      return args
        .slice(1)
        .reduce<Value>(
          (result, arg) => numberValue(binary(operator, asNumber(context, result), lowerNumber(context, arg))),
          numberValue(number(0)),
        );
    }
    case 'random':
      return numberValue(random(context));
    case 'pow':
      return power(context, numeric(0), numeric(1));
    case 'hypot':
      return numberValue(hypot(context, args));
    default: {
      const values = Array.from({ length: known.arity }, (_, index) => number(index));
      return numberValue(context.program.callLibrary(name, values));
    }
  }
}

/** To the nearest whole number, halves upwards; the sign of the argument stays on zero. */
function round(context: FunctionContext, ir: IrExpression): IrExpression {
  return withTemp(context, ir, 'f64', (first, again) => {
    const down = context.newLocal('f64');
    const read = local('f64', down);
    const up = binary('f64.add', read, f64(1));
    return {
      op: 'block',
      effects: [set(down, unary('f64.floor', first))],
      value: binary(
        'f64.copysign',
        {
          op: 'select',
          type: 'f64',
          yes: up,
          no: read,
          test: binary('f64.ge', binary('f64.sub', again, read), f64(0.5)),
        },
        again,
      ),
    };
  });
}

/** -1 or 1 with the sign of the argument; zeros and NaN stay what they are. */
function sign(context: FunctionContext, ir: IrExpression): IrExpression {
  return withTemp(context, ir, 'f64', (first, again) => ({
    op: 'conditional',
    type: 'f64',
    test: binary('f64.gt', unary('f64.abs', first), f64(0)),
    yes: binary('f64.copysign', f64(1), again),
    no: again,
  }));
}

/** mulberry32 (Tommy Ettinger): 32 bits of state, one number in 0 (with) to 1 (without) from each step. */
function random(context: FunctionContext): IrExpression {
  const state = context.newLocal('i32');
  const mixed = context.newLocal('i32');
  const read = (index: number): IrExpression => local('i32', index);
  const fold = (ir: IrExpression, again: IrExpression, by: number): IrExpression =>
    binary('i32.xor', ir, binary('i32.shr_u', again, i32(by)));
  return {
    op: 'block',
    effects: [
      set(state, binary('i32.add', load('i32', i32(0), HEADER.RANDOM_STATE), i32(0x6d2b79f5))),
      store('i32', i32(0), HEADER.RANDOM_STATE, read(state)),
      set(mixed, binary('i32.mul', fold(read(state), read(state), 15), binary('i32.or', read(state), i32(1)))),
      set(
        mixed,
        binary(
          'i32.xor',
          read(mixed),
          binary(
            'i32.add',
            read(mixed),
            binary('i32.mul', fold(read(mixed), read(mixed), 7), binary('i32.or', read(mixed), i32(61))),
          ),
        ),
      ),
    ],
    value: binary('f64.mul', unary('f64.convert_u.i32', fold(read(mixed), read(mixed), 14)), f64(2 ** -32)),
  };
}

function hypot(context: FunctionContext, args: readonly Expression[]): IrExpression {
  const values = args.map((arg) => lowerNumber(context, arg));
  if (values.length === 0) return f64(0);
  if (values.length === 1) return unary('f64.abs', values[0]!);
  if (values.length === 2) return context.program.callLibrary('hypot2', values);
  if (values.length === 3) return context.program.callLibrary('hypot3', values);
  return values
    .slice(4)
    .reduce<IrExpression>(
      (result, value) => context.program.callLibrary('hypot2', [result, value]),
      context.program.callLibrary('hypot4', values.slice(0, 4)),
    );
}
