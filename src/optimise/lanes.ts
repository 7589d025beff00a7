/** Operations on two f64 side by side, or on two masks of 64 bits that comparisons make: by their names in WebAssembly. */

import type { BinaryName, UnaryName } from '../compiler/ir.ts';

export const LANE_UNARY = {
  'f64.neg': 'f64x2.neg',
  'f64.abs': 'f64x2.abs',
  'f64.sqrt': 'f64x2.sqrt',
  'f64.floor': 'f64x2.floor',
  'f64.ceil': 'f64x2.ceil',
  'f64.trunc': 'f64x2.trunc',
  'f64.nearest': 'f64x2.nearest',
} as const satisfies Partial<Record<UnaryName, string>>;

export const LANE_BINARY = {
  'f64.add': 'f64x2.add',
  'f64.sub': 'f64x2.sub',
  'f64.mul': 'f64x2.mul',
  'f64.div': 'f64x2.div',
  'f64.min': 'f64x2.min',
  'f64.max': 'f64x2.max',
} as const satisfies Partial<Record<BinaryName, string>>;

/** They give masks: all bits of a lane are 1 or 0. */
export const LANE_COMPARISONS = {
  'f64.eq': 'f64x2.eq',
  'f64.ne': 'f64x2.ne',
  'f64.lt': 'f64x2.lt',
  'f64.le': 'f64x2.le',
  'f64.gt': 'f64x2.gt',
  'f64.ge': 'f64x2.ge',
} as const satisfies Partial<Record<BinaryName, string>>;

export type LaneUnary = (typeof LANE_UNARY)[keyof typeof LANE_UNARY] | 'v128.not';
export type LaneBinary =
  | (typeof LANE_BINARY)[keyof typeof LANE_BINARY]
  | (typeof LANE_COMPARISONS)[keyof typeof LANE_COMPARISONS]
  | 'v128.and'
  | 'v128.or'
  /** Bits of the first where the mask, the third, is 1; else of the second. */
  | 'v128.bitselect';
