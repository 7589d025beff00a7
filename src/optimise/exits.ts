/**
 * Ends of ways that meet: what locals and cells hold there. In: two ends of an `if`, or all that leave a block. Out: one
 * state, with results where they differ. Small tests with small arms become selects.
 */

import { type CellState, CLEARED } from './cells.ts';
import {
  type BlockNode,
  type BreakNode,
  ends,
  type IfNode,
  isSpeculable,
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
}

/** What arms may cost at most to be computed both; a division counts as several. */
const MAX_SELECTED_COST = 40;
/** And an arm beside one that is rarely taken. */
const MAX_SPECULATED_COST = 90;
const SLOW_COST = 6;
const CALL_COST = 100;

/** What computing a region whatever the test is would cost; infinite where that may not be done. */
function speculationCost(region: Region): number {
  let cost = 0;
  for (const node of region.nodes) {
    if (!isSpeculable(node)) return Number.POSITIVE_INFINITY;
    if (node.op === 'call') cost += CALL_COST;
    else if ((node.op === 'binary' && node.name === 'f64.div') || (node.op === 'unary' && node.name === 'f64.sqrt'))
      cost += SLOW_COST;
    else cost += 1;
  }
  return cost;
}

export const canSelect = (node: IfNode): boolean =>
  speculationCost(node.yes) + speculationCost(node.no) <= MAX_SELECTED_COST;

export const canSpeculate = (region: Region): boolean => speculationCost(region) <= MAX_SPECULATED_COST;

/** What is left to a function of the library: no ordinary numbers come this way. */
export const isRare = (region: Region): boolean =>
  region.nodes.some((node) => node.op === 'call') && region.nodes.every(isSpeculable);

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
