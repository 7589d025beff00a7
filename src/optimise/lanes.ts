/** Operations on pairs: two f64, two words of 64 bits, or two masks, side by side in a v128. By their names in WebAssembly. */

import type { BinaryName, UnaryName } from '../compiler/ir.ts';

/** What the lanes hold. In a mask all bits of a lane are 1 or 0. */
export type LaneKind = 'f64' | 'i64' | 'mask';

/** Opcodes behind the prefix: WebAssembly Core Specification, section 5.4.10. */
export const LANE_CODES = {
  'v128.not': 77,
  'v128.and': 78,
  /** Bits of the first where the second has 0. */
  'v128.andnot': 79,
  'v128.or': 80,
  'v128.xor': 81,
  /** Bits of the first where the third has 1, else of the second. */
  'v128.bitselect': 82,
  /** 1 if any bit is. */
  'v128.any_true': 83,
  'i64x2.all_true': 195,
  'i64x2.shl': 203,
  'i64x2.shr_u': 205,
  'i64x2.add': 206,
  'i64x2.mul': 213,
  'i64x2.eq': 214,
  'f64x2.eq': 71,
  'f64x2.ne': 72,
  'f64x2.lt': 73,
  'f64x2.gt': 74,
  'f64x2.le': 75,
  'f64x2.ge': 76,
  'f64x2.ceil': 116,
  'f64x2.floor': 117,
  'f64x2.trunc': 122,
  'f64x2.nearest': 148,
  'f64x2.abs': 236,
  'f64x2.neg': 237,
  'f64x2.sqrt': 239,
  'f64x2.add': 240,
  'f64x2.sub': 241,
  'f64x2.mul': 242,
  'f64x2.div': 243,
  'f64x2.min': 244,
  'f64x2.max': 245,
} as const;

export type LaneName = keyof typeof LANE_CODES;

/** `null`: the bits stay what they are. */
export const LANE_UNARY: Partial<Record<UnaryName, LaneName | null>> = {
  'f64.neg': 'f64x2.neg',
  'f64.abs': 'f64x2.abs',
  'f64.sqrt': 'f64x2.sqrt',
  'f64.floor': 'f64x2.floor',
  'f64.ceil': 'f64x2.ceil',
  'f64.trunc': 'f64x2.trunc',
  'f64.nearest': 'f64x2.nearest',
  'f64.reinterpret': null,
  'i64.reinterpret': null,
};

export const LANE_BINARY: Partial<Record<BinaryName, LaneName>> = {
  'f64.add': 'f64x2.add',
  'f64.sub': 'f64x2.sub',
  'f64.mul': 'f64x2.mul',
  'f64.div': 'f64x2.div',
  'f64.min': 'f64x2.min',
  'f64.max': 'f64x2.max',
  'i64.and': 'v128.and',
  'i64.or': 'v128.or',
  'i64.xor': 'v128.xor',
  'i64.add': 'i64x2.add',
  'i64.mul': 'i64x2.mul',
};

/** Their results are truths, and here masks. */
export const LANE_TESTS: Partial<Record<BinaryName, LaneName>> = {
  'f64.eq': 'f64x2.eq',
  'f64.ne': 'f64x2.ne',
  'f64.lt': 'f64x2.lt',
  'f64.le': 'f64x2.le',
  'f64.gt': 'f64x2.gt',
  'f64.ge': 'f64x2.ge',
  'i64.eq': 'i64x2.eq',
};

/** By a number of bits that is the same in both lanes. */
export const LANE_SHIFTS: Partial<Record<BinaryName, LaneName>> = {
  'i64.shl': 'i64x2.shl',
  'i64.shr_u': 'i64x2.shr_u',
};
