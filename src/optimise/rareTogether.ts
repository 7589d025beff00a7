/**
 * Asks for rare cases together: two pairs that do not need each other are computed first, both, and then one test says whether
 * either is out of the ordinary. Between tests there is more that the processor can do at once, and each test keeps what the
 * rare case needs. In: a program whose voices are paired. Changes it; every number stays what it was, bit for bit.
 */

import { usedBy } from './packs.ts';
import {
  type Computed,
  type IfNode,
  isComputed,
  isEffectFree,
  isSpeculable,
  type LaneValue,
  type LoopNode,
  type Node,
  type OptimisedProgram,
  type ParameterValue,
  type Region,
  regionsOf,
  type Value,
} from './ssa.ts';

/** What more pairs need at once no longer fits the processor's registers. */
const PAIRS_AT_ONCE = 8;
/** Beyond those of other passes. */
const FIRST_ID = 2 ** 43;

let lastId = FIRST_ID;

/** An `if` with one pair as its result, which is ordinarily there already. */
interface Rare {
  readonly node: IfNode;
  readonly asked: LaneValue;
  readonly result: ParameterValue;
  readonly ordinary: Value;
  readonly rare: Region;
  readonly given: Value;
}

/** Returns whether it has changed anything. */
export function askTogether({ body }: OptimisedProgram): boolean {
  let isChanged = false;
  const visit = (region: Region, loop: LoopNode | null): void => {
    for (const node of region.nodes)
      for (const inner of regionsOf(node)) visit(inner, node.op === 'loop' ? node : null);
    if (loop) isChanged = joinIn(region) || isChanged;
  };
  visit(body, null);
  return isChanged;
}

function joinIn(region: Region): boolean {
  const tests = new Map<Value, LaneValue>();
  for (const node of region.nodes) if (isComputed(node) && node.op === 'lanes' && isTest(node)) tests.set(node, node);
  let isChanged = false;
  const done: Node[] = [];
  let rest: readonly Node[] = region.nodes;
  while (rest.length > 0) {
    const round = joinFirst(region, rest, tests);
    isChanged ||= round.isJoined;
    for (const node of round.now) done.push(node);
    rest = round.later;
  }
  if (isChanged) region.nodes.splice(0, region.nodes.length, ...done);
  return isChanged;
}

const isTest = ({ name }: LaneValue): boolean => name === 'v128.any_true' || name === 'i64x2.all_true';

interface Round {
  readonly now: readonly Node[];
  readonly later: readonly Node[];
  readonly isJoined: boolean;
}

/** Joins the first rare cases of a list with what can run before them; what needs them comes later. */
function joinFirst(region: Region, nodes: readonly Node[], tests: ReadonlyMap<Value, LaneValue>): Round {
  const now: Node[] = [];
  const later: Node[] = [];
  const group: Rare[] = [];
  const waiting = new Set<Value>();
  let hasLateEffect = false;
  let at = 0;
  for (; at < nodes.length && group.length < PAIRS_AT_ONCE; at++) {
    const node = nodes[at]!;
    const isFree = isEffectFree(node);
    const waits: boolean = usedBy(node).some((value) => waiting.has(value)) || (!isFree && hasLateEffect);
    const rare = waits ? null : rareOf(node, tests);
    if (rare) group.push(rare);
    else if (waits) later.push(node);
    else now.push(node);
    hasLateEffect ||= waits && !isFree;
    if (rare || waits) for (const value of givenBy(node)) waiting.add(value);
  }
  if (group.length > 0) now.push(...(group.length > 1 ? joined(region, group) : [group[0]!.node]));
  return { now, later: [...later, ...nodes.slice(at)], isJoined: group.length > 1 };
}

const givenBy = (node: Node): readonly Value[] =>
  isComputed(node) ? [node] : node.op === 'if' || node.op === 'block' ? node.results : [];

function rareOf(node: Node, tests: ReadonlyMap<Value, LaneValue>): Rare | null {
  if (node.op !== 'if' || !isEffectFree(node) || node.results.length !== 1) return null;
  const asked = tests.get(node.test);
  const [result] = node.results;
  if (!asked || !result || result.type !== 'v128' || !node.yesValues || !node.noValues) return null;
  const isRareIfTrue = asked.name === 'v128.any_true';
  const [rare, usual] = isRareIfTrue ? [node.yes, node.no] : [node.no, node.yes];
  if (usual.nodes.length > 0) return null;
  const [given, ordinary] = [node.yesValues[0]!, node.noValues[0]!];
  return { node, asked, result, rare, ...(isRareIfTrue ? { given, ordinary } : { given: ordinary, ordinary: given }) };
}

/** Whether what the rare case gives is right where nothing is rare as well: chosen by lanes, and quick to compute. */
function isForAll({ asked, ordinary, rare, given }: Rare): boolean {
  if (given.op !== 'lanes' || given.name !== 'v128.bitselect' || !rare.nodes.every(isSpeculable)) return false;
  const [yes, no, mask] = given.args;
  return mask === asked.args[0] && (asked.name === 'v128.any_true' ? no : yes) === ordinary;
}

function within(node: Computed, region: Region): Computed {
  node.region = region;
  return node;
}

/** One test for all; where it finds something, each is asked by itself. */
function joined(region: Region, group: readonly Rare[]): Node[] {
  const nodes: Node[] = [];
  const lanes = (name: LaneValue['name'], type: Value['type'], args: readonly Value[], within: Region): Computed => ({
    ...{ id: ++lastId, type, region: within, possible: null, op: 'lanes', name, args },
  });
  const put = (value: Computed): Computed => {
    nodes.push(value);
    return value;
  };
  const isAny = group[0]!.asked.name === 'v128.any_true';
  const masks = group.map(({ asked }) =>
    (asked.name === 'v128.any_true') === isAny ? asked.args[0]! : put(lanes('v128.not', 'v128', asked.args, region)),
  );
  const all = masks.reduce((one, other) => put(lanes(isAny ? 'v128.or' : 'v128.and', 'v128', [one, other], region)));
  const test = put(lanes(group[0]!.asked.name, 'i32', [all], region));
  const rare: Region = { nodes: [], parent: region, always: false };
  const usual: Region = { nodes: [], parent: region, always: false };
  const given = group.map((each) => {
    const { node, asked, result } = each;
    if (isForAll(each)) {
      for (const inner of each.rare.nodes) rare.nodes.push(within(inner as Computed, rare));
      return each.given;
    }
    const again = lanes(asked.name, 'i32', asked.args, rare);
    const inner: ParameterValue = { ...result, id: ++lastId, region: rare };
    for (const arm of [node.yes, node.no]) (arm as { parent: Region | null }).parent = rare;
    rare.nodes.push(again, { ...node, test: again, results: [inner] });
    return inner;
  });
  const ordinary = group.map((each) => each.ordinary);
  nodes.push({
    ...{ op: 'if', test, yes: isAny ? rare : usual, no: isAny ? usual : rare },
    ...{
      results: group.map(({ result }) => result),
      yesValues: isAny ? given : ordinary,
      noValues: isAny ? ordinary : given,
    },
  });
  return nodes;
}
