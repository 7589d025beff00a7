/**
 * Ends of ways that meet: what locals and cells hold there. In: two ends of an `if`, or all that leave a block. Out: one
 * state, with results where they differ. Small tests with small arms become selects.
 */

import { type CellState, CLEARED } from './cells.ts';
import type { Fact } from './ranges.ts';
import {
  type BlockNode,
  type BreakNode,
  ends,
  type IfNode,
  isSpeculable,
  type Node,
  type Region,
  regionsOf,
  type Value,
} from './ssa.ts';

/** The end of a way, as seen from where the ways parted. */
export interface Exit {
  readonly locals: readonly Value[];
  /** Cells that changed on the way. */
  readonly cells: ReadonlyMap<number, CellState>;
  /** What an expression or function gives there. */
  readonly value: Value | null;
  /** `null`: the end of a region. */
  readonly node: BreakNode | null;
  /** What the tests on the way have said. */
  readonly facts: Fact | null;
}

/** What arms may cost at most to be computed both. */
const MAX_SELECTED_COST = 40;
/** And an arm beside one that is seldom taken. */
const MAX_SPECULATED_COST = 90;
const TEST_COST = 2;

/** Calls, divisions and roots: worth a test that lets them out. */
const isSlow = (node: Node): boolean =>
  node.op === 'call' ||
  (node.op === 'binary' && node.name === 'f64.div') ||
  (node.op === 'unary' && node.name === 'f64.sqrt');

/** An `if` of which nothing is left but what it gives. */
const isPureIf = (node: Node): node is IfNode =>
  node.op === 'if' && node.yesValues !== null && node.noValues !== null && isPure(node.yes) && isPure(node.no);

const isPure = (region: Region): boolean => region.nodes.every((node) => isSpeculable(node) || isPureIf(node));

/** What is slow in it, not counting what is behind tests. */
const hasSlow = (region: Region): boolean => region.nodes.some(isSlow);

/** Whether both arms may be computed whatever the test is. */
export const canSelect = ({ yes, no }: IfNode): boolean =>
  yes.nodes.length + no.nodes.length <= MAX_SELECTED_COST &&
  [yes, no].every((arm) => arm.nodes.every(isSpeculable) && !hasSlow(arm));

/** Whether an arm may be computed beside the other one. */
export const canSpeculate = (region: Region): boolean =>
  isPure(region) &&
  !hasSlow(region) &&
  region.nodes.reduce((cost, node) => cost + (node.op === 'if' ? TEST_COST : 1), 0) <= MAX_SPECULATED_COST;

/** What is better tested for: no ordinary numbers come this way, or it takes long. */
export const isRare = (region: Region): boolean => isPure(region) && hasSlow(region);

/** The access by which a cell is known on any of the ways; `null` where it was only cleared. */
export function accessOf(
  states: readonly (CellState | undefined)[],
): Exclude<CellState, typeof CLEARED>['access'] | null {
  for (const state of states) if (state !== undefined && state !== CLEARED) return state.access;
  return null;
}

function breaksTo(region: Region, block: BlockNode): boolean {
  return region.nodes.some(
    (node) => (node.op === 'break' && node.target === block) || regionsOf(node).some((inner) => breaksTo(inner, block)),
  );
}

/** Whether the ways out of a block all are at ends of `if`s within ends of `if`s, so that these can stand for the block. */
export function isTree(region: Region, block: BlockNode, from = 0): boolean {
  for (let at = from; at < region.nodes.length; at++) {
    const node = region.nodes[at]!;
    if (node.op === 'if' && (breaksTo(node.yes, block) || breaksTo(node.no, block))) {
      const isLast = at === region.nodes.length - 1;
      // What follows goes into the arm that reaches it; two that do meet before.
      if (node.results.length > 0) return false;
      const [yesEnds, noEnds] = [isEnded(node.yes), isEnded(node.no)];
      if (!isLast && yesEnds === noEnds) return false;
      if (!isTree(node.yes, block) || !isTree(node.no, block)) return false;
    } else if ((node.op === 'block' || node.op === 'loop') && breaksTo(node.body, block)) return false;
  }
  return true;
}

export const isEnded = (region: Region): boolean => ends(region.nodes[region.nodes.length - 1]);

/** Moves what follows an `if` with an arm that leaves into the other arm, all the way down. */
export function nestRest(region: Region, block: BlockNode): void {
  const at = region.nodes.findIndex(
    (node) => node.op === 'if' && (breaksTo(node.yes, block) || breaksTo(node.no, block)),
  );
  const node = region.nodes[at];
  if (node?.op !== 'if') return;
  const rest = region.nodes.splice(at + 1);
  if (rest.length > 0) {
    const into = isEnded(node.yes) ? node.no : node.yes;
    for (const moved of rest) moveInto(moved, into);
    into.nodes.push(...rest);
  }
  nestRest(node.yes, block);
  nestRest(node.no, block);
}

export function moveInto(node: Region['nodes'][number], region: Region): void {
  if ('args' in node) node.region = region;
  else if (node.op === 'if' || node.op === 'block') for (const result of node.results) result.region = region;
  for (const inner of regionsOf(node)) (inner as { parent: Region | null }).parent = region;
}
