/**
 * The form in which a whole patch is optimised: values that are computed once, in regions that lie in one another like the
 * blocks of WebAssembly. Pointers are offsets from the arena's base, as in the IR.
 *
 * - A region is a list of nodes in the order in which they run. A value can be used behind its node in the same region and
 *   in all regions inside that follow.
 * - Where ways meet, values meet in results: an `if` has some for its two arms, a `block` for all that leave it. A loop has
 *   parameters, given at its entry and by each `continue`.
 * - Constants are in no region.
 */

import type { Access, BinaryName, UnaryName } from '../compiler/ir.ts';
import type { LaneKind, LaneName } from './lanes.ts';

export type SsaType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128';

interface Common {
  readonly id: number;
  readonly type: SsaType;
  /** The region that it is in; `null` for constants. */
  region: Region | null;
  /** Possible values where these are known to be few: pointers, mostly. Ascending. */
  possible: readonly number[] | null;
}

export interface ConstantValue extends Common {
  readonly op: 'const';
  readonly value: number | bigint;
}

export interface UnaryValue extends Common {
  readonly op: 'unary';
  readonly name: UnaryName;
  readonly args: readonly [Value];
}

export interface BinaryValue extends Common {
  readonly op: 'binary';
  readonly name: BinaryName;
  readonly args: readonly [Value, Value];
}

/** Test, value where it is not 0, value where it is. Both are computed. */
export interface SelectValue extends Common {
  readonly op: 'select';
  readonly args: readonly [Value, Value, Value];
}

/** Offsets between which an access is. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

export interface LoadValue extends Common {
  readonly op: 'load';
  readonly access: Access;
  readonly offset: number;
  readonly args: readonly [Value];
  /** Nothing writes there while the patch sounds. */
  readonly isConstant: boolean;
  readonly place: Place;
}

/** A call of a function of the library that neither reads what changes nor writes. */
export interface CallValue extends Common {
  readonly op: 'call';
  readonly target: string;
  readonly args: readonly Value[];
}

/** A parameter of the function, a loop, an `if` or a `block`. */
export interface ParameterValue extends Common {
  readonly op: 'parameter';
  readonly args: readonly [];
  /** For an i32: the least and the most it can be, as far as that is known. */
  lowest: number;
  highest: number;
  /** The number of the frame. */
  isCount: boolean;
  /** Which remainders it leaves, where it rises by the same number each turn. */
  steps: Steps | null;
}

/** What is divided by `step` leaves a remainder from `low` to `high`. */
export interface Steps {
  readonly step: number;
  readonly low: number;
  readonly high: number;
}

/** An operation on pairs. */
export interface LaneValue extends Common {
  readonly op: 'lanes';
  readonly name: LaneName;
  readonly args: readonly Value[];
}

/** A pair of two values: numbers, words of 64 bits, or truths, which become masks. */
export interface PairValue extends Common {
  readonly op: 'pair';
  readonly of: LaneKind;
  readonly args: readonly [Value, Value];
}

/** One of a pair. A mask gives a number that is not 0, or 0. */
export interface ExtractValue extends Common {
  readonly op: 'extract';
  readonly of: LaneKind;
  readonly lane: 0 | 1;
  readonly args: readonly [Value];
}

export type Computed =
  | UnaryValue
  | BinaryValue
  | SelectValue
  | LoadValue
  | CallValue
  | LaneValue
  | PairValue
  | ExtractValue;
export type Value = ConstantValue | ParameterValue | Computed;

export interface StoreNode {
  readonly op: 'store';
  readonly access: Access;
  readonly pointer: Value;
  readonly offset: number;
  readonly value: Value;
  readonly place: Place;
}

export interface IfNode {
  readonly op: 'if';
  readonly test: Value;
  readonly yes: Region;
  readonly no: Region;
  readonly results: ParameterValue[];
  /** What the results are at the end of an arm; `null` if its end is not reached. */
  yesValues: Value[] | null;
  noValues: Value[] | null;
}

export interface BlockNode {
  readonly op: 'block';
  readonly body: Region;
  readonly results: ParameterValue[];
  /** At the end of the body; `null` if that is not reached. */
  values: Value[] | null;
}

/** Left only by a break; the end of the body is not reached. */
export interface LoopNode {
  readonly op: 'loop';
  readonly parameters: ParameterValue[];
  readonly initial: Value[];
  readonly body: Region;
  /** Where the fuel for a turn runs out, if it does. */
  readonly symbol: string;
  readonly site: number;
}

export interface BreakNode {
  readonly op: 'break';
  target: BlockNode;
  values: Value[];
}

export interface ContinueNode {
  readonly op: 'continue';
  target: LoopNode;
  values: Value[];
}

export interface TrapNode {
  readonly op: 'trap';
  /** The function whose site it is. */
  readonly symbol: string;
  readonly site: number;
}

export type ControlNode = IfNode | BlockNode | LoopNode | BreakNode | ContinueNode | TrapNode;
export type Node = Computed | StoreNode | ControlNode;

export interface Region {
  readonly nodes: Node[];
  /** The region around it; `null` for the outermost. */
  readonly parent: Region | null;
  /** Whether it runs whenever the region around it does: bodies of loops and blocks, and not arms. */
  readonly always: boolean;
}

/** A number in memory that is taken to be a whole one between two, ends included. */
export interface WholeCell {
  readonly offset: number;
  readonly low: number;
  readonly high: number;
}

/** `render(base, frames)` of a whole patch. */
export interface OptimisedProgram {
  readonly frames: ParameterValue;
  readonly body: Region;
  /** Functions of the library that are called. */
  readonly calls: ReadonlySet<string>;
  /** What numbers in memory have to be when a block begins; where one is not, the first tier plays the block. */
  readonly wholes: readonly WholeCell[];
}

export const isComputed = (node: Node): node is Computed => 'args' in node;

/** The values that a node uses itself, without what its regions use. */
export function operandsOf(node: Node): readonly Value[] {
  if (isComputed(node)) return node.args;
  switch (node.op) {
    case 'store':
      return [node.pointer, node.value];
    case 'if':
      return [node.test];
    case 'loop':
      return node.initial;
    case 'break':
    case 'continue':
      return node.values;
    case 'block':
    case 'trap':
      return [];
  }
}

/** What its regions hand over at their ends. */
export function yieldsOf(node: Node): readonly Value[] {
  if (node.op === 'if') return [...(node.yesValues ?? []), ...(node.noValues ?? [])];
  return node.op === 'block' ? (node.values ?? []) : [];
}

export function regionsOf(node: Node): readonly Region[] {
  if (node.op === 'if') return [node.yes, node.no];
  return node.op === 'block' || node.op === 'loop' ? [node.body] : [];
}

/** How many there are in a region, from one on, those within them included. */
export function nodesIn(region: Region, from = 0): number {
  let count = 0;
  for (let at = from; at < region.nodes.length; at++) {
    count++;
    for (const inner of regionsOf(region.nodes[at]!)) count += nodesIn(inner);
  }
  return count;
}

/** Whether what comes behind it in its region is never reached. */
export function ends(node: Node | undefined): boolean {
  if (!node) return false;
  switch (node.op) {
    case 'break':
    case 'continue':
    case 'trap':
    case 'loop':
      return true;
    case 'if':
      return node.yesValues === null && node.noValues === null;
    default:
      return false;
  }
}

/** Whether it may run where it was not asked for: it changes nothing, and cannot trap. */
export function isSpeculable(node: Node): node is Computed {
  if (!isComputed(node)) return false;
  if (node.op === 'load') return false;
  if (node.op === 'binary' && node.name === 'i32.rem_s') {
    const [, divisor] = node.args;
    return divisor.op === 'const' && divisor.value !== 0;
  }
  return true;
}

/** Whether it does nothing but give values, so that it may run anywhere between what it needs and what needs it. */
export const isEffectFree = (node: Node): boolean =>
  isSpeculable(node) ||
  (node.op === 'if' &&
    node.yesValues !== null &&
    node.noValues !== null &&
    [node.yes, node.no].every((arm) => arm.nodes.every(isEffectFree)));
