/**
 * What is known of an f64: how large it is at the most, whether it is a whole number, and what its lowest 32 bits are then. In:
 * values. Out: bounds, i32 values that JavaScript's bitwise operators would make of them, exactly, and arithmetic in i32 where every
 * number is a whole one.
 */

import type { BinaryName } from '../compiler/ir.ts';
import { type Builder, wholeOf } from './builder.ts';
import type { Value } from './ssa.ts';

const MAX_DEPTH = 8;
/** Whole numbers up to here are exact, and so are their sums and products. */
const MAX_EXACT = 2 ** 53;

/** No more than this, with or without sign, and no NaN; infinite where that is not known. */
export function boundOf(value: Value, depth = 0): number {
  if (depth > MAX_DEPTH) return Number.POSITIVE_INFINITY;
  switch (value.op) {
    case 'const':
      return typeof value.value === 'number' && !Number.isNaN(value.value)
        ? Math.abs(value.value)
        : Number.POSITIVE_INFINITY;
    case 'unary':
      switch (value.name) {
        case 'f64.convert_s.i32':
          return 2 ** 31;
        case 'f64.convert_u.i32':
          return 2 ** 32;
        case 'f64.neg':
        case 'f64.abs':
          return boundOf(value.args[0], depth + 1);
        case 'f64.floor':
        case 'f64.ceil':
        case 'f64.trunc':
        case 'f64.nearest':
          return boundOf(value.args[0], depth + 1) + 1;
        default:
          return Number.POSITIVE_INFINITY;
      }
    case 'binary': {
      const [a, b] = value.args;
      switch (value.name) {
        case 'f64.add':
        case 'f64.sub':
          return boundOf(a, depth + 1) + boundOf(b, depth + 1);
        case 'f64.mul': {
          const product = boundOf(a, depth + 1) * boundOf(b, depth + 1);
          return Number.isNaN(product) ? Number.POSITIVE_INFINITY : product;
        }
        default:
          return Number.POSITIVE_INFINITY;
      }
    }
    case 'select':
      return Math.max(boundOf(value.args[1], depth + 1), boundOf(value.args[2], depth + 1));
    default:
      return Number.POSITIVE_INFINITY;
  }
}

/** The lowest 32 bits of a whole number; `null` where it is not known to be one, or was rounded. */
export function lowestBits(builder: Builder, value: Value, depth = 0): Value | null {
  if (depth > MAX_DEPTH || boundOf(value) > MAX_EXACT) return null;
  if (value.op === 'const') {
    return typeof value.value === 'number' && Number.isInteger(value.value) ? builder.i32(value.value) : null;
  }
  if (value.op === 'unary') {
    if (value.name === 'f64.convert_s.i32' || value.name === 'f64.convert_u.i32') return value.args[0];
    if (value.name !== 'f64.neg') return null;
    const bits = lowestBits(builder, value.args[0], depth + 1);
    return bits && builder.binary('i32.sub', builder.i32(0), bits);
  }
  if (value.op === 'select') {
    const yes = lowestBits(builder, value.args[1], depth + 1);
    const no = yes && lowestBits(builder, value.args[2], depth + 1);
    return yes && no && builder.select(value.args[0], yes, no);
  }
  if (value.op !== 'binary') return null;
  const name =
    value.name === 'f64.add'
      ? 'i32.add'
      : value.name === 'f64.sub'
        ? 'i32.sub'
        : value.name === 'f64.mul'
          ? 'i32.mul'
          : null;
  if (!name) return null;
  const left = lowestBits(builder, value.args[0], depth + 1);
  const right = left && lowestBits(builder, value.args[1], depth + 1);
  return left && right && builder.binary(name, left, right);
}

/** Whether it is the number of the frame: whole, not negative, and below 2^52 for some thousand years. */
export const isCount = (value: Value): boolean => value.op === 'parameter' && value.isCount;

const INTEGER_OPERATIONS: Partial<Record<BinaryName, 'i32.add' | 'i32.sub' | 'i32.mul'>> = {
  'f64.add': 'i32.add',
  'f64.sub': 'i32.sub',
  'f64.mul': 'i32.mul',
};

const I32_LIMIT = 2 ** 31;

/** The i32 that a number is, which is not -0. */
export function integerOf(builder: Builder, value: Value): Value | null {
  if (value.type !== 'f64' || (value.op === 'const' && Object.is(value.value, -0))) return null;
  const whole = wholeOf(value);
  return typeof whole === 'number' ? builder.i32(whole) : whole;
}

/** Sums, differences and products of whole numbers that fit, in i32; `null` where one may be no such number, or -0. */
export function wholeBinary(builder: Builder, name: BinaryName, left: Value, right: Value): Value | null {
  const operation = INTEGER_OPERATIONS[name];
  if (!operation) return null;
  const [a, b] = [integerOf(builder, left), integerOf(builder, right)];
  if (!a || !b) return null;
  const [x, y] = [builder.interval(a), builder.interval(b)];
  // A product of 0 and a negative number is -0.
  if (operation === 'i32.mul' && (x.low < 0 || y.low < 0)) return null;
  const ends =
    operation === 'i32.add'
      ? [x.low + y.low, x.high + y.high]
      : operation === 'i32.sub'
        ? [x.low - y.high, x.high - y.low]
        : [x.low * y.low, x.high * y.high];
  if (ends[0]! < -I32_LIMIT || ends[1]! >= I32_LIMIT) return null;
  return builder.unary('f64.convert_s.i32', builder.binary(operation, a, b));
}

/** One of two whole numbers. */
export function wholeSelect(builder: Builder, test: Value, yes: Value, no: Value): Value | null {
  const [a, b] = [integerOf(builder, yes), integerOf(builder, no)];
  // Two constants stay what they are.
  if (!a || !b || (a.op === 'const' && b.op === 'const')) return null;
  return builder.unary('f64.convert_s.i32', builder.select(test, a, b));
}
