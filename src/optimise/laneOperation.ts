/** One operation on pairs for the same one on two values. In: an operation and its operands as pairs. Out: their pair. */

import { LANE_BINARY, LANE_SHIFTS, LANE_TESTS, LANE_UNARY, type LaneKind, type LaneName } from './lanes.ts';
import type { Computed, ConstantValue, Value } from './ssa.ts';

export interface LaneTools {
  lanes(name: LaneName, args: readonly Value[]): Value;
  i32(value: number): ConstantValue;
  /** All bits but the signs. */
  magnitudes(): Value;
}

/** `of`: what the pair holds. */
export function laneOperation(value: Computed, of: LaneKind, args: readonly Value[], tools: LaneTools): Value {
  if (value.op === 'select') return selected(args[0]!, args[1]!, args[2]!, tools);
  if (value.op === 'unary') {
    if (of === 'mask') return tools.lanes('v128.not', args);
    const name = LANE_UNARY[value.name];
    return name ? tools.lanes(name, args) : args[0]!;
  }
  if (value.op !== 'binary') throw new Error(`optimise: a pair of ${value.op}`);
  if (of === 'mask') {
    const name = value.name === 'i32.and' ? 'v128.and' : value.name === 'i32.or' ? 'v128.or' : LANE_TESTS[value.name]!;
    return tools.lanes(name, args);
  }
  const shift = LANE_SHIFTS[value.name];
  if (shift) return tools.lanes(shift, [args[0]!, tools.i32(Number((value.args[1] as ConstantValue).value))]);
  if (value.name === 'f64.copysign') return tools.lanes('v128.bitselect', [args[0]!, args[1]!, tools.magnitudes()]);
  return tools.lanes(LANE_BINARY[value.name]!, args);
}

/** Where one bit is chosen from each of two, machine code takes three instructions; where one is 0, one does. */
function selected(mask: Value, yes: Value, no: Value, { lanes }: LaneTools): Value {
  if (isZero(no)) return lanes('v128.and', [yes, mask]);
  if (isZero(yes)) return lanes('v128.andnot', [no, mask]);
  // x − 0 is x, down to the sign of 0.
  if (yes.op === 'lanes' && yes.name === 'f64x2.sub' && yes.args[0] === no)
    return lanes('f64x2.sub', [no, lanes('v128.and', [yes.args[1]!, mask])]);
  return lanes('v128.bitselect', [yes, no, mask]);
}

const isZero = (value: Value): boolean =>
  value.op === 'pair' && value.args.every((arg) => arg.op === 'const' && (Object.is(arg.value, 0) || arg.value === 0n));
