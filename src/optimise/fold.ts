/**
 * Operations on constants, and operations that need not be computed, as WebAssembly would compute them: bit for bit, or
 * not at all. In: an operation and its operands. Out: a constant, one of the operands, or `null`. Pure.
 */

import type { BinaryName, UnaryName } from '../compiler/ir.ts';
import type { SsaType, Value } from './ssa.ts';

const bits = new DataView(new ArrayBuffer(8));

const saturate = (value: number, low: number, high: number): number =>
  Number.isNaN(value) ? 0 : Math.max(low, Math.min(high, Math.trunc(value))) + 0;

/** Ties to even, as the hardware rounds. */
function nearest(value: number): number {
  if (!Number.isFinite(value) || Math.abs(value) >= 2 ** 52) return value;
  const floor = Math.floor(value);
  const rest = value - floor;
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0);
  const rounded = up ? floor + 1 : floor;
  return rounded === 0 && (value < 0 || Object.is(value, -0)) ? -0 : rounded;
}

const bigOf = (value: number): bigint => {
  bits.setFloat64(0, value);
  return bits.getBigInt64(0);
};

function doubleOf(value: bigint): number {
  bits.setBigInt64(0, BigInt.asIntN(64, value));
  return bits.getFloat64(0);
}

/** What cannot be held in a JavaScript number without losing its bits: those of a NaN. */
function isPlainBits(value: bigint): boolean {
  return !Number.isNaN(doubleOf(value));
}

export function foldUnary(name: UnaryName, value: number | bigint): number | bigint | null {
  if (typeof value === 'bigint') {
    if (name === 'i32.wrap') return Number(BigInt.asIntN(32, value));
    if (name === 'f64.reinterpret') return isPlainBits(value) ? doubleOf(value) : null;
    return null;
  }
  switch (name) {
    case 'f64.neg':
      return Number.isNaN(value) ? null : -value;
    case 'f64.abs':
      return Number.isNaN(value) ? null : Math.abs(value);
    case 'f64.sqrt':
      return Math.sqrt(value);
    case 'f64.floor':
      return Math.floor(value);
    case 'f64.ceil':
      return Math.ceil(value);
    case 'f64.trunc':
      return Math.trunc(value);
    case 'f64.nearest':
      return nearest(value);
    case 'f64.convert_s.i32':
      return value;
    case 'f64.convert_u.i32':
      return value >>> 0;
    case 'f64.promote':
      return Number.isNaN(value) ? null : value;
    case 'f32.demote':
      return Number.isNaN(value) ? null : Math.fround(value);
    case 'i32.eqz':
      return value === 0 ? 1 : 0;
    case 'i32.clz':
      return Math.clz32(value);
    case 'i32.trunc_s_sat.f64':
    case 'i32.whole.f64':
      return saturate(value, -(2 ** 31), 2 ** 31 - 1);
    case 'i32.trunc_u_sat.f64':
      return saturate(value, 0, 2 ** 32 - 1) | 0;
    case 'i64.trunc_s_sat.f64':
      if (Number.isNaN(value)) return 0n;
      if (value >= 2 ** 63) return 2n ** 63n - 1n;
      return value <= -(2 ** 63) ? -(2n ** 63n) : BigInt(Math.trunc(value));
    case 'i64.reinterpret':
      return Number.isNaN(value) ? null : bigOf(value);
    case 'i64.extend_u':
      return BigInt(value >>> 0);
    default:
      return null;
  }
}

const truth = (value: boolean): number => (value ? 1 : 0);

export function foldBinary(name: BinaryName, left: number | bigint, right: number | bigint): number | bigint | null {
  if (typeof left === 'bigint' || typeof right === 'bigint') return foldLong(name, BigInt(left), BigInt(right));
  switch (name) {
    case 'f64.add':
      return left + right;
    case 'f64.sub':
      return left - right;
    case 'f64.mul':
      return left * right;
    case 'f64.div':
      return left / right;
    case 'f64.min':
      return Math.min(left, right);
    case 'f64.max':
      return Math.max(left, right);
    case 'f64.copysign':
      if (Number.isNaN(left) || Number.isNaN(right)) return null;
      return right < 0 || Object.is(right, -0) ? -Math.abs(left) : Math.abs(left);
    case 'f64.eq':
    case 'i32.eq':
      return truth(left === right);
    case 'f64.ne':
    case 'i32.ne':
      return truth(left !== right);
    case 'f64.lt':
    case 'i32.lt_s':
      return truth(left < right);
    case 'f64.le':
    case 'i32.le_s':
      return truth(left <= right);
    case 'f64.gt':
    case 'i32.gt_s':
      return truth(left > right);
    case 'f64.ge':
    case 'i32.ge_s':
      return truth(left >= right);
    case 'i32.add':
      return (left + right) | 0;
    case 'i32.sub':
      return (left - right) | 0;
    case 'i32.mul':
      return Math.imul(left, right);
    case 'i32.rem_s':
      return right === 0 ? null : (left % right) | 0;
    case 'i32.and':
      return left & right;
    case 'i32.or':
      return left | right;
    case 'i32.xor':
      return left ^ right;
    case 'i32.shl':
      return left << right;
    case 'i32.shr_s':
      return left >> right;
    case 'i32.shr_u':
      return (left >>> right) | 0;
    case 'i32.lt_u':
      return truth(left >>> 0 < right >>> 0);
    case 'i32.gt_u':
      return truth(left >>> 0 > right >>> 0);
    default:
      return null;
  }
}

function foldLong(name: BinaryName, left: bigint, right: bigint): number | bigint | null {
  const word = (value: bigint): bigint => BigInt.asIntN(64, value);
  switch (name) {
    case 'i64.add':
      return word(left + right);
    case 'i64.mul':
      return word(left * right);
    case 'i64.and':
      return word(left & right);
    case 'i64.or':
      return word(left | right);
    case 'i64.xor':
      return word(left ^ right);
    case 'i64.shl':
      return word(left << (right & 63n));
    case 'i64.shr_u':
      return word(BigInt.asUintN(64, left) >> (right & 63n));
    case 'i64.eq':
      return truth(word(left) === word(right));
    default:
      return null;
  }
}

const isZero = (value: Value): boolean => value.op === 'const' && value.value === 0 && !Object.is(value.value, -0);
const isZeroBits = (value: Value): boolean => value.op === 'const' && value.value === 0n;
const isOne = (value: Value): boolean => value.op === 'const' && value.value === 1;
const isAllOnes = (value: Value): boolean => value.op === 'const' && value.value === -1;
/** The value of a comparison. */
const isTruth = (value: Value): boolean =>
  (value.op === 'binary' && COMPARISONS.has(value.name)) || (value.op === 'unary' && value.name === 'i32.eqz');

const COMPARISONS: ReadonlySet<BinaryName> = new Set([
  ...(['f64.eq', 'f64.ne', 'f64.lt', 'f64.le', 'f64.gt', 'f64.ge', 'i64.eq'] as const),
  ...(['i32.eq', 'i32.ne', 'i32.lt_s', 'i32.le_s', 'i32.gt_s', 'i32.ge_s', 'i32.lt_u', 'i32.gt_u'] as const),
]);

/** The operand that is the result whatever the other is; `null` if there is none. Exact for every number. */
export function sameAsOperand(name: BinaryName, left: Value, right: Value): Value | null {
  switch (name) {
    case 'f64.mul':
      // A signalling NaN would become a quiet one, which no program can tell.
      if (isOne(right)) return left;
      return isOne(left) ? right : null;
    case 'f64.div':
      return isOne(right) ? left : null;
    case 'f64.sub':
      return isZero(right) ? left : null;
    case 'i32.add':
    case 'i32.or':
    case 'i32.xor':
      if (isZero(right)) return left;
      return isZero(left) ? right : null;
    case 'i64.or':
    case 'i64.xor':
    case 'i64.add':
      if (isZeroBits(right)) return left;
      return isZeroBits(left) ? right : null;
    case 'i64.and':
      if (isZeroBits(right)) return right;
      return isZeroBits(left) ? left : null;
    case 'i64.shl':
    case 'i64.shr_u':
      return isZeroBits(right) ? left : null;
    case 'i32.sub':
    case 'i32.shl':
    case 'i32.shr_s':
    case 'i32.shr_u':
      return isZero(right) ? left : null;
    case 'i32.mul':
      if (isOne(right)) return left;
      return isOne(left) ? right : null;
    case 'i32.and':
      if (left === right || isAllOnes(right) || isZero(left)) return left;
      if (isAllOnes(left) || isZero(right)) return right;
      if (isOne(right) && isTruth(left)) return left;
      return isOne(left) && isTruth(right) ? right : null;
    default:
      return null;
  }
}

/** `1` and `0` for comparisons of a value with itself. */
export function comparedWithItself(name: BinaryName): number | null {
  switch (name) {
    case 'i32.eq':
    case 'i32.le_s':
    case 'i32.ge_s':
      return 1;
    case 'i32.ne':
    case 'i32.lt_s':
    case 'i32.gt_s':
    case 'i32.lt_u':
    case 'i32.gt_u':
      return 0;
    default:
      return null;
  }
}

export const isComparison = (name: BinaryName): boolean => COMPARISONS.has(name);

export const typeOfFolded = (type: SsaType, value: number | bigint): number | bigint =>
  type === 'i64' ? BigInt(value) : value;
