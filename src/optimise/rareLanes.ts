/**
 * What two rare cases compute, for both at once: where it is short and the same for both, one branch less is worth more than
 * what is computed for nothing. In: two `if`s with an empty arm. Out: the pair of what the other arms give, or `null`.
 */

import { type LaneTools, laneOperation } from './laneOperation.ts';
import type { LaneKind } from './lanes.ts';
import { operandKinds, type RareIf } from './packs.ts';
import { type Computed, isComputed, type Node, type Region, type Value } from './ssa.ts';

/** A processor that guessed a branch wrong loses about as much. */
const MAX_OPERATIONS = 24;

export interface RareTools extends LaneTools {
  /** The pair of two values from outside of the arms, if it can be had for little. */
  outside(first: Value, second: Value, of: LaneKind): Value | null;
}

export function rareLanes(first: RareIf, second: RareIf, tools: RareTools): Value | null {
  const [one, other] = [armOf(first), armOf(second)];
  if (one.region.nodes.length > MAX_OPERATIONS || one.region.nodes.length !== other.region.nodes.length) return null;
  const known = new Map<Value, { readonly other: Value; readonly of: LaneKind; readonly pair: Value }>();
  const pairOf = (a: Value, b: Value, of: LaneKind): Value | null => {
    const isInside = isIn(a, one.region);
    if (isInside !== isIn(b, other.region)) return null;
    if (!isInside) return tools.outside(a, b, of);
    const found = known.get(a);
    if (found) return found.other === b && found.of === of ? found.pair : null;
    const [left, right] = [a as Computed, b as Computed];
    const kinds = operandKinds(left, right, of);
    if (!kinds) return null;
    const args: Value[] = [];
    for (const [n, kind] of kinds.entries()) {
      const arg = pairOf(left.args[n]!, right.args[n]!, kind);
      if (!arg) return null;
      args.push(arg);
    }
    const pair = laneOperation(left, of, args, tools);
    known.set(a, { other: b, of, pair });
    return pair;
  };
  return pairOf(one.given, other.given, 'f64');
}

function armOf({ node, isRareIfTrue }: RareIf): { readonly region: Region; readonly given: Value } {
  return isRareIfTrue
    ? { region: node.yes, given: node.yesValues![0]! }
    : { region: node.no, given: node.noValues![0]! };
}

const isIn = (value: Value, region: Region): boolean => value.region === region && isComputed(value as Node);
