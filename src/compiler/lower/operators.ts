/** Arithmetic, bitwise and comparison operators, as JavaScript defines them; in i32 where nobody can tell. */

import type { ArithmeticOperator, ComparisonOperator, UnaryOperator } from '../ast.ts';
import { NULL, NUMBER, OBJECTS, STRING, UNDEFINED } from '../infer/types.ts';
import { type BinaryName, binary, f64, type IrExpression, type IrStatement, i32, i64, unary } from '../ir.ts';
import { BOX } from '../memoryLayout.ts';
import type { FunctionContext } from './context.ts';
import { sameText } from './strings.ts';
import {
  asBoxed,
  asInt32,
  asNumber,
  asTest,
  booleanValue,
  constantValue,
  highWord,
  INT_HIGH,
  INT_LOW,
  intValue,
  kindsOf,
  lowWord,
  numberValue,
  testAbsent,
  undefinedValue,
  type Value,
  withTemp,
} from './values.ts';

type Int = Value & { readonly kind: 'int' };

const fits = (low: number, high: number): boolean => low >= INT_LOW && high <= INT_HIGH;

/** A boolean is an int to arithmetic. */
function toInt(value: Value): Int | null {
  if (value.kind === 'int') return value;
  return value.kind === 'boolean' ? { kind: 'int', ir: value.ir, low: 0, high: 1 } : null;
}

export function arithmetic(context: FunctionContext, operator: ArithmeticOperator, left: Value, right: Value): Value {
  const folded = fold(operator, left, right);
  if (folded) return folded;
  switch (operator) {
    case '+':
    case '-':
      return additive(context, operator, left, right);
    case '*':
      return multiply(context, left, right);
    case '/':
      return numberValue(binary('f64.div', asNumber(context, left), asNumber(context, right)));
    case '%':
      return remainder(context, left, right);
    case '**':
      return power(context, left, right);
    case '&': {
      const [a, b] = [toInt(left), toInt(right)];
      // The result has no bit that a non-negative operand lacks.
      const limits = [a, b].flatMap((one) => (one && one.low >= 0 ? [one.high] : []));
      const ir = binary('i32.and', asInt32(context, left), asInt32(context, right));
      return limits.length > 0 ? intValue(ir, 0, Math.min(...limits)) : intValue(ir);
    }
    case '|':
    case '^': {
      const ir = binary(operator === '|' ? 'i32.or' : 'i32.xor', asInt32(context, left), asInt32(context, right));
      const [a, b] = [toInt(left), toInt(right)];
      if (!a || !b || a.low < 0 || b.low < 0) return intValue(ir);
      const bits = 32 - Math.clz32(Math.max(a.high, b.high));
      return intValue(ir, 0, bits >= 31 ? INT_HIGH : 2 ** bits - 1);
    }
    case '<<':
      return intValue(binary('i32.shl', asInt32(context, left), asInt32(context, right)));
    case '>>': {
      const ir = binary('i32.shr_s', asInt32(context, left), asInt32(context, right));
      const a = toInt(left);
      if (a && right.kind === 'int' && right.low === right.high) {
        const by = right.low & 31;
        return intValue(ir, a.low >> by, a.high >> by);
      }
      return a && a.low >= 0 ? intValue(ir, 0, a.high) : intValue(ir);
    }
    case '>>>': {
      const ir = binary('i32.shr_u', asInt32(context, left), asInt32(context, right));
      const a = toInt(left);
      if (right.kind === 'int' && right.low === right.high && (right.low & 31) > 0) {
        const by = right.low & 31;
        return intValue(ir, 0, a && a.low >= 0 ? a.high >>> by : 0xffffffff >>> by);
      }
      return a && a.low >= 0 ? intValue(ir, 0, a.high) : numberValue(unary('f64.convert_u.i32', ir));
    }
  }
}

/** Constants are computed here, by the arithmetic they are defined by. */
function fold(operator: ArithmeticOperator, left: Value, right: Value): Value | null {
  const a = constantOf(left);
  const b = constantOf(right);
  if (a === null || b === null) return null;
  switch (operator) {
    case '+':
      return constantValue(a + b);
    case '-':
      return constantValue(a - b);
    case '*':
      return constantValue(a * b);
    case '/':
      return constantValue(a / b);
    case '%':
      return constantValue(a % b);
    default:
      return null;
  }
}

function constantOf(value: Value): number | null {
  if ((value.kind === 'int' || value.kind === 'number') && value.ir.op === 'const') return Number(value.ir.value);
  return null;
}

function additive(context: FunctionContext, operator: '+' | '-', left: Value, right: Value): Value {
  const [a, b] = [toInt(left), toInt(right)];
  const isSum = operator === '+';
  if (a && b) {
    const low = isSum ? a.low + b.low : a.low - b.high;
    const high = isSum ? a.high + b.high : a.high - b.low;
    if (fits(low, high)) return intValue(binary(isSum ? 'i32.add' : 'i32.sub', a.ir, b.ir), low, high);
  }
  return numberValue(binary(isSum ? 'f64.add' : 'f64.sub', asNumber(context, left), asNumber(context, right)));
}

function multiply(context: FunctionContext, left: Value, right: Value): Value {
  const [a, b] = [toInt(left), toInt(right)];
  // Below zero, a product may be -0, which an i32 cannot hold.
  if (a && b && a.low >= 0 && b.low >= 0 && fits(0, a.high * b.high)) {
    return intValue(binary('i32.mul', a.ir, b.ir), a.low * b.low, a.high * b.high);
  }
  return numberValue(binary('f64.mul', asNumber(context, left), asNumber(context, right)));
}

const isPowerOfTwo = (value: number): boolean =>
  value >= 2 ** -20 && value <= 2 ** 20 && Number.isInteger(Math.log2(value));

function remainder(context: FunctionContext, left: Value, right: Value): Value {
  const [a, b] = [toInt(left), toInt(right)];
  if (a && b && a.low >= 0 && b.low > 0) {
    return intValue(binary('i32.rem_s', a.ir, b.ir), 0, Math.min(a.high, b.high - 1));
  }
  const divisor = constantOf(right);
  if (divisor !== null && isPowerOfTwo(Math.abs(divisor))) {
    // Division and multiplication by a power of two are exact, so this is what fmod gives, sign of zero and NaN included.
    const size = Math.abs(divisor);
    return numberValue(
      withTemp(context, asNumber(context, left), 'f64', (first, again) => {
        const turns = size === 1 ? unary('f64.trunc', again) : scale(unary('f64.trunc', scale(again, 1 / size)), size);
        return binary('f64.copysign', binary('f64.sub', first, turns), again);
      }),
    );
  }
  return numberValue(smallRemainder(context, asNumber(context, left), asNumber(context, right)));
}

/** As `twice`, where `between` is evaluated between the two uses and may assign to the variable that `ir` reads. */
function twiceAround(
  context: FunctionContext,
  ir: IrExpression,
  between: IrExpression,
  use: (first: IrExpression, again: IrExpression) => IrExpression,
): IrExpression {
  if (ir.op !== 'local' || between.op === 'local' || between.op === 'const') return withTemp(context, ir, 'f64', use);
  const index = context.newLocal('f64');
  return use({ op: 'tee', type: 'f64', index, value: ir }, { op: 'local', type: 'f64', index });
}

const scale = (ir: IrExpression, factor: number): IrExpression => binary('f64.mul', ir, f64(factor));

/** Positive whole operands, the common case of counters, take an integer division; all others the library's fmod. */
function smallRemainder(context: FunctionContext, left: IrExpression, right: IrExpression): IrExpression {
  return twiceAround(context, left, right, (x, xAgain) =>
    withTemp(context, right, 'f64', (y, yAgain) => {
      const whole = (ir: IrExpression): IrExpression => unary('i32.trunc_s_sat.f64', ir);
      const xInt = context.newLocal('i32');
      const yInt = context.newLocal('i32');
      const readX: IrExpression = { op: 'local', type: 'i32', index: xInt };
      const readY: IrExpression = { op: 'local', type: 'i32', index: yInt };
      const isExact = (read: IrExpression, value: IrExpression): IrExpression =>
        binary('f64.eq', unary('f64.convert_s.i32', read), value);
      return {
        op: 'block',
        effects: [
          { op: 'set', index: xInt, value: whole(x) },
          { op: 'set', index: yInt, value: whole(y) },
        ],
        value: {
          op: 'conditional',
          type: 'f64',
          // A zero on the left may be -0, which only the library keeps.
          test: binary(
            'i32.and',
            binary('i32.and', isExact(readX, xAgain), isExact(readY, yAgain)),
            binary('i32.and', binary('i32.gt_s', readX, i32(0)), binary('i32.gt_s', readY, i32(0))),
          ),
          yes: unary('f64.convert_s.i32', binary('i32.rem_s', readX, readY)),
          no: context.program.callLibrary('fmod', [xAgain, yAgain]),
        },
      };
    }),
  );
}

/** A square is one multiplication in the library, too; and its power of 2 and its cube are functions of their own. */
export function power(context: FunctionContext, left: Value, right: Value): Value {
  const { program } = context;
  if (constantOf(left) === 2) return numberValue(program.callLibrary('exp2', [asNumber(context, right)]));
  if (constantOf(right) === 3) return numberValue(program.callLibrary('cube', [asNumber(context, left)]));
  if (constantOf(right) === 2) {
    return numberValue(
      withTemp(context, asNumber(context, left), 'f64', (first, again) => binary('f64.mul', first, again)),
    );
  }
  return numberValue(program.callLibrary('pow', [asNumber(context, left), asNumber(context, right)]));
}

export function unaryOperation(context: FunctionContext, operator: UnaryOperator, operand: Value): Value {
  switch (operator) {
    case '-': {
      const constant = constantOf(operand);
      if (constant !== null) return constantValue(-constant);
      if (operand.kind === 'int' && (operand.low > 0 || operand.high < 0) && operand.low > INT_LOW) {
        return intValue(binary('i32.sub', i32(0), operand.ir), -operand.high, -operand.low);
      }
      return numberValue(unary('f64.neg', asNumber(context, operand)));
    }
    case '+':
      return toInt(operand) ?? numberValue(asNumber(context, operand));
    case '~':
      return intValue(binary('i32.xor', asInt32(context, operand), i32(-1)));
    case '!':
      return booleanValue(unary('i32.eqz', asTest(context, operand)));
    case 'void':
    case 'typeof':
      return undefinedValue();
  }
}

const FLOAT_COMPARISON: Readonly<Record<'<' | '<=' | '>' | '>=', BinaryName>> = {
  '<': 'f64.lt',
  '<=': 'f64.le',
  '>': 'f64.gt',
  '>=': 'f64.ge',
};
const INT_COMPARISON: Readonly<Record<'<' | '<=' | '>' | '>=', BinaryName>> = {
  '<': 'i32.lt_s',
  '<=': 'i32.le_s',
  '>': 'i32.gt_s',
  '>=': 'i32.ge_s',
};

/** Strings are ordered by their characters. */
function textOrder(
  context: FunctionContext,
  operator: '<' | '<=' | '>' | '>=',
  left: IrExpression,
  right: IrExpression,
): IrExpression {
  const handle = (ir: IrExpression): IrExpression => unary('f64.convert_s.i32', ir);
  const order = context.program.callLibrary('stringOrder', [handle(left), handle(right)]);
  return binary(FLOAT_COMPARISON[operator], order, f64(0));
}

export function comparison(context: FunctionContext, operator: ComparisonOperator, left: Value, right: Value): Value {
  switch (operator) {
    case '<':
    case '<=':
    case '>':
    case '>=': {
      if (left.kind === 'string' && right.kind === 'string') {
        return booleanValue(textOrder(context, operator, left.ir, right.ir));
      }
      if ((kindsOf(left) & kindsOf(right) & STRING) !== 0) {
        const ofTexts = (x: IrExpression, y: IrExpression): IrExpression => textOrder(context, operator, x, y);
        const ofOthers = (x: Value, y: Value): IrExpression =>
          binary(FLOAT_COMPARISON[operator], asNumber(context, x), asNumber(context, y));
        return booleanValue(ofTextBoxes(context, left, right, ofTexts, ofOthers));
      }
      const [a, b] = [toInt(left), toInt(right)];
      if (a && b) return booleanValue(binary(INT_COMPARISON[operator], a.ir, b.ir));
      return booleanValue(binary(FLOAT_COMPARISON[operator], asNumber(context, left), asNumber(context, right)));
    }
    case '===':
      return booleanValue(strictlyEqual(context, left, right));
    case '!==':
      return booleanValue(unary('i32.eqz', strictlyEqual(context, left, right)));
    case '==':
      return booleanValue(looselyEqual(context, left, right));
    case '!=':
      return booleanValue(unary('i32.eqz', looselyEqual(context, left, right)));
  }
}

const ABSENT = UNDEFINED | NULL;
const isOnly = (value: Value, kinds: number): boolean =>
  value.kind === 'boxed' && value.mask !== 0 && (value.mask & ~kinds) === 0;

/** Evaluates both, in order, for a result that is known. */
const both = (left: Value, right: Value, result: number): IrExpression => ({
  op: 'block',
  effects: [
    { op: 'effect', value: left.ir },
    { op: 'effect', value: right.ir },
  ],
  value: i32(result),
});

/** Whether `value`, one of the two, is absent; the other one is known to be, and only its effects are left of it. */
function testBeside(context: FunctionContext, left: Value, right: Value, value: Value, kinds: number): IrExpression {
  const test = testAbsent(value, kinds);
  const other = value === left ? right : left;
  const isConstant = other.ir.op === 'const' || (other.ir.op === 'unary' && other.ir.value.op === 'const');
  if (isConstant) return test;
  const effect: IrStatement = { op: 'effect', value: other.ir };
  if (other === left) return { op: 'block', effects: [effect], value: test };
  const index = context.newLocal('i32');
  const keep: IrStatement = { op: 'set', index, value: test };
  return { op: 'block', effects: [keep, effect], value: { op: 'local', type: 'i32', index } };
}

export function strictlyEqual(context: FunctionContext, left: Value, right: Value): IrExpression {
  const [a, b] = [left, right].map((value) => (value.kind === 'int' ? value : null));
  if (a && b) return binary('i32.eq', a.ir, b.ir);
  if (left.kind === 'pointer' && right.kind === 'pointer') return binary('i32.eq', left.ir, right.ir);
  if (left.kind === 'string' && right.kind === 'string') return sameText(context, left.ir, right.ir);
  for (const [value, other] of [
    [left, right],
    [right, left],
  ] as const) {
    for (const kind of [UNDEFINED, NULL]) {
      if (isOnly(other, kind)) return testBeside(context, left, right, value, kind);
    }
  }
  if (left.kind === 'pointer' || right.kind === 'pointer') {
    const isBoth = (kindsOf(left) & kindsOf(right) & OBJECTS) !== 0;
    return isBoth ? sameBox(context, asBoxed(context, left), asBoxed(context, right)) : both(left, right, 0);
  }
  if (left.kind === 'boolean' && right.kind === 'boolean') return binary('i32.eq', left.ir, right.ir);
  const kinds = [kindsOf(left), kindsOf(right)] as const;
  if ((kinds[0] & kinds[1]) === 0) return both(left, right, 0);
  // A number equals no other kind, and every other kind is a NaN.
  if (kinds[0] === NUMBER || kinds[1] === NUMBER) {
    // As bits: a string in a box is no number here, whatever it would read as.
    const raw = (value: Value): IrExpression => (value.kind === 'boxed' ? value.ir : asNumber(context, value));
    return binary('f64.eq', raw(left), raw(right));
  }
  if (context.program.cutsTexts && (kinds[0] & kinds[1] & STRING) !== 0) {
    const same = (x: IrExpression, y: IrExpression): IrExpression => sameText(context, x, y);
    return ofTextBoxes(context, left, right, same, (x, y) => sameBox(context, x.ir, y.ir));
  }
  return sameBox(context, asBoxed(context, left), asBoxed(context, right));
}

/** Equal numbers, or the same bits with a tag: the same `undefined`, `null` or boolean. */
function sameBox(context: FunctionContext, left: IrExpression, right: IrExpression): IrExpression {
  return twiceAround(context, left, right, (x, xAgain) =>
    withTemp(context, right, 'f64', (y, yAgain) => {
      const bits = unary('i64.reinterpret', xAgain);
      const isTagged = binary('i64.eq', binary('i64.shr_u', bits, i64(50n)), i64(0x7ffc0001n >> 18n));
      const sameBits = binary('i64.eq', bits, unary('i64.reinterpret', yAgain));
      return binary('i32.or', binary('f64.eq', x, y), binary('i32.and', sameBits, isTagged));
    }),
  );
}

/** Two boxes that may both hold strings: what `ofTexts` says of their handles, or `ofOthers` of the boxes. */
function ofTextBoxes(
  context: FunctionContext,
  left: Value,
  right: Value,
  ofTexts: (x: IrExpression, y: IrExpression) => IrExpression,
  ofOthers: (x: Value, y: Value) => IrExpression,
): IrExpression {
  const [a, b] = [context.newLocal('f64'), context.newLocal('f64')];
  const [x, y]: [IrExpression, IrExpression] = [
    { op: 'local', type: 'f64', index: a },
    { op: 'local', type: 'f64', index: b },
  ];
  const isText = (ir: IrExpression): IrExpression => binary('i32.eq', highWord(ir), i32(BOX.string));
  return {
    op: 'block',
    effects: [
      { op: 'set', index: a, value: asBoxed(context, left) },
      { op: 'set', index: b, value: asBoxed(context, right) },
    ],
    value: {
      op: 'conditional',
      type: 'i32',
      test: binary('i32.and', isText(x), isText(y)),
      yes: ofTexts(lowWord(x), lowWord(y)),
      no: ofOthers({ kind: 'boxed', ir: x, mask: kindsOf(left) }, { kind: 'boxed', ir: y, mask: kindsOf(right) }),
    },
  };
}

export function looselyEqual(context: FunctionContext, left: Value, right: Value): IrExpression {
  for (const [value, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (isOnly(other, ABSENT)) return testBeside(context, left, right, value, ABSENT);
  }
  if (left.kind === 'pointer' || right.kind === 'pointer') return strictlyEqual(context, left, right);
  // An object equals itself, and nothing of another kind.
  if ((kindsOf(left) & kindsOf(right) & OBJECTS) !== 0) {
    const [x, y] = [left, right].map((value) => keepBox(context, value)) as [KeptBox, KeptBox];
    const isSame = sameBox(context, x.value.ir, y.value.ir);
    const mask = ~OBJECTS;
    const others = [x, y].map(({ value }) => ({ ...value, mask: value.mask & mask })) as [Value, Value];
    const value = binary('i32.or', isSame, looselyEqual(context, ...others));
    return { op: 'block', effects: [x.set, y.set], value };
  }
  if (left.kind === 'string' && right.kind === 'string') return sameText(context, left.ir, right.ir);
  if ((kindsOf(left) & kindsOf(right) & STRING) !== 0) {
    const same = (x: IrExpression, y: IrExpression): IrExpression => sameText(context, x, y);
    return ofTextBoxes(context, left, right, same, (x, y) => looselyEqualOthers(context, x, y));
  }
  return looselyEqualOthers(context, left, right);
}

interface KeptBox {
  readonly set: IrStatement;
  readonly value: Value & { readonly kind: 'boxed' };
}

function keepBox(context: FunctionContext, value: Value): KeptBox {
  const index = context.newLocal('f64');
  const ir: IrExpression = { op: 'local', type: 'f64', index };
  return {
    set: { op: 'set', index, value: asBoxed(context, value) },
    value: { kind: 'boxed', ir, mask: kindsOf(value) },
  };
}

/** Not both are strings. */
function looselyEqualOthers(context: FunctionContext, left: Value, right: Value): IrExpression {
  const kinds = kindsOf(left) | kindsOf(right);
  if ((kinds & ABSENT) === 0) {
    const [a, b] = [toInt(left), toInt(right)];
    if (a && b) return binary('i32.eq', a.ir, b.ir);
    return binary('f64.eq', asNumber(context, left), asNumber(context, right));
  }
  // Absent values equal each other and nothing else; the rest are compared as numbers.
  const boxes = [left, right].map((value) => {
    const index = context.newLocal('f64');
    const ir: IrExpression = { op: 'local', type: 'f64', index };
    const mask = kindsOf(value);
    return { index, set: asBoxed(context, value), value: { kind: 'boxed', ir, mask } as const };
  });
  const [x, y] = boxes as [(typeof boxes)[0], (typeof boxes)[0]];
  const test = (value: Value): IrExpression => testAbsent(value, ABSENT);
  return {
    op: 'block',
    effects: [
      { op: 'set', index: x.index, value: x.set },
      { op: 'set', index: y.index, value: y.set },
    ],
    value: {
      op: 'conditional',
      type: 'i32',
      test: binary('i32.or', test(x.value), test(y.value)),
      yes: binary('i32.and', test(x.value), test(y.value)),
      no: binary('f64.eq', asNumber(context, x.value), asNumber(context, y.value)),
    },
  };
}
