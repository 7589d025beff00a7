/**
 * Which values of a loop's body can be computed two at a time: the same operations, on operands that again are pairs, are the
 * same for both, or can be put side by side. In: a body. Out: packs. Changes nothing.
 *
 * Voices of a bank become such pairs once their loop is written out, and so do the two sides of a stereo effect. It begins at
 * what the loop hands on to its next turn and at the terms of sums, and continues with the operands (superword-level
 * parallelism, Larsen and Amarasinghe 2000).
 */

import { LANE_BINARY, LANE_SHIFTS, LANE_TESTS, LANE_UNARY, type LaneKind } from './lanes.ts';
import {
  type Computed,
  type IfNode,
  isComputed,
  isEffectFree,
  isSpeculable,
  type LoopNode,
  type Node,
  operandsOf,
  type ParameterValue,
  type Region,
  regionsOf,
  type Value,
  yieldsOf,
} from './ssa.ts';

/** Two values as one operand of a pack. */
export interface Operand {
  readonly kind: 'pack' | 'gather';
  readonly of: LaneKind;
  readonly first: Value;
  readonly second: Value;
}

export interface Pack {
  readonly of: LaneKind;
  readonly first: Value;
  readonly second: Value;
  /** In the order of the values' own operands. */
  readonly operands: readonly Operand[];
  /** Parameters of the loop; results of two `if`s for what is rare; or operations. */
  readonly what: 'parameter' | 'rare' | 'operation';
}

/** An `if` without effects, of which one arm is empty: the other is for what is rare. */
export interface RareIf {
  readonly node: IfNode;
  readonly result: ParameterValue;
  /** Whether the test says that it is rare. */
  readonly isRareIfTrue: boolean;
  /** What it is ordinarily. */
  readonly ordinary: Value;
}

/** Putting two values side by side, or taking one of a pair, takes about so many operations. */
const GATHER_COST = 1.5;
const EXTRACT_COST = 1;
const HASH_DEPTH = 7;

export class Packs {
  private readonly of = new Map<Value, Pack>();
  private readonly positions = new Map<Value, number>();
  private readonly rare = new Map<Value, RareIf>();
  /** What gives a result. */
  private readonly makers = new Map<Value, Node>();
  /** Nodes with effects of their own that are passed before a value, other than stores: what they do must not be overtaken. */
  private readonly waysBefore = new Map<Value, number>();
  private ways = 0;
  private readonly users = new Map<Value, number>();
  private readonly hashes = new Map<string, string>();
  private readonly loop: LoopNode;
  private readonly body: Region;
  /** Made in the trial that is under way. */
  private trial: Pack[] = [];
  private gathers = 0;

  constructor(loop: LoopNode) {
    this.loop = loop;
    this.body = loop.body;
    for (const [position, node] of this.body.nodes.entries()) this.note(node, position);
    const last = this.body.nodes[this.body.nodes.length - 1];
    if (last?.op === 'continue') this.seed(last.values);
  }

  get isEmpty(): boolean {
    return this.of.size === 0;
  }

  packOf(value: Value): Pack | undefined {
    return this.of.get(value);
  }

  rareIf(value: Value): RareIf | undefined {
    return this.rare.get(value);
  }

  private note(node: Node, position: number): void {
    if (!isComputed(node) && node.op !== 'store' && !isEffectFree(node)) this.ways++;
    for (const value of valuesOf(node)) this.waysBefore.set(value, this.ways);
    if (isComputed(node)) this.positions.set(node, position);
    else if (node.op === 'if' || node.op === 'block') {
      for (const result of node.results) {
        this.positions.set(result, position);
        this.makers.set(result, node);
      }
      const rare = node.op === 'if' ? rareIfOf(node) : null;
      if (rare) this.rare.set(rare.result, rare);
    }
    for (const value of operandsOf(node)) this.users.set(value, (this.users.get(value) ?? 0) + 1);
  }

  private seed(next: readonly Value[]): void {
    const { parameters } = this.loop;
    // Whole voices first: what the loop hands on would pair the two sides of each.
    for (const terms of this.sums()) {
      for (let at = 0; at + 1 < terms.length; at += 2) this.try(() => this.pair(terms[at]!, terms[at + 1]!, 'f64'));
    }
    const groups = new Map<string, number[]>();
    for (const [n, parameter] of parameters.entries()) {
      const value = next[n]!;
      if (parameter.type !== 'f64' || value === parameter || value.op === 'const') continue;
      const hash = this.hash(value, HASH_DEPTH);
      const known = groups.get(hash);
      if (known) known.push(n);
      else groups.set(hash, [n]);
    }
    for (const group of groups.values()) {
      for (let at = 0; at + 1 < group.length; at += 2) {
        this.try(() => {
          const [a, b] = [group[at]!, group[at + 1]!];
          this.pair(parameters[a]!, parameters[b]!, 'f64');
          return this.pair(next[a]!, next[b]!, 'f64');
        });
      }
    }
  }

  /** Terms of sums in their order, by what they are like. */
  private sums(): Value[][] {
    const groups: Value[][] = [];
    const inner = new Set<Value>();
    const isSum = (value: Value): value is Computed & { op: 'binary' } =>
      value.op === 'binary' && value.name === 'f64.add';
    for (const node of this.body.nodes)
      if (isComputed(node) && isSum(node) && isSum(node.args[0])) inner.add(node.args[0]);
    for (const node of this.body.nodes) {
      if (!isComputed(node) || !isSum(node) || inner.has(node)) continue;
      const terms: Value[] = [];
      for (let at: Value = node; isSum(at) && at.region === this.body; at = at.args[0]) terms.unshift(at.args[1]);
      if (terms.length < 2) continue;
      const byHash = new Map<string, Value[]>();
      for (const term of terms) {
        if (term.region !== this.body) continue;
        const hash = this.hash(term, HASH_DEPTH);
        const known = byHash.get(hash);
        if (known) known.push(term);
        else byHash.set(hash, [term]);
      }
      groups.push(...byHash.values());
    }
    return groups;
  }

  /** Keeps the packs of a trial if they save more than they cost. */
  private try(make: () => Operand): void {
    this.trial = [];
    this.gathers = 0;
    make();
    const made = new Set(this.trial.flatMap(({ first, second }) => [first, second]));
    let gain = 0;
    for (const pack of this.trial) {
      if (pack.what === 'operation') gain += 1;
      for (const value of [pack.first, pack.second]) if (this.isUsedOutside(value, made)) gain -= EXTRACT_COST / 2;
    }
    if (gain - GATHER_COST * this.gathers > 0) return;
    for (const { first, second } of this.trial) {
      this.of.delete(first);
      this.of.delete(second);
    }
  }

  /** Roughly: by whoever is in no pack. */
  private isUsedOutside(value: Value, made: ReadonlySet<Value>): boolean {
    if (value.op === 'parameter' && !this.rare.has(value)) return false;
    return (this.users.get(value) ?? 0) > 0 && !this.isOperandOf(value, made);
  }

  private isOperandOf(value: Value, made: ReadonlySet<Value>): boolean {
    for (const user of made) if (user.op !== 'const' && user.args.includes(value as never)) return true;
    return false;
  }

  private gather(first: Value, second: Value, of: LaneKind): Operand {
    const isCheap =
      first === second || (first.op === 'const' && second.op === 'const') || this.isOutside(first, second);
    if (!isCheap) this.gathers++;
    return { kind: 'gather', of, first, second };
  }

  /** They can be put side by side once, before the loop. */
  private isOutside(...values: readonly Value[]): boolean {
    return values.every(
      (value) => value.region === null || (value.region !== this.body && !isInside(value.region, this.body)),
    );
  }

  private pair(first: Value, second: Value, of: LaneKind): Operand {
    if (first === second || first.op === 'const' || second.op === 'const') return this.gather(first, second, of);
    const [known, other] = [this.of.get(first), this.of.get(second)];
    if (known || other) {
      const isThis = known !== undefined && known === other && known.first === first && known.of === of;
      return isThis ? { kind: 'pack', of, first, second } : this.gather(first, second, of);
    }
    if (first.type !== second.type || first.region !== this.body || second.region !== this.body)
      return this.gather(first, second, of);
    if (this.waysBefore.get(first) !== this.waysBefore.get(second)) return this.gather(first, second, of);
    if (this.dependsOn(second, first) || this.dependsOn(first, second)) return this.gather(first, second, of);
    const what = this.whatBothAre(first, second, of);
    if (!what) return this.gather(first, second, of);
    // Before its operands: a loop may lead back to it.
    const operands: Operand[] = [];
    const pack: Pack = { of, first, second, operands, what: what.what };
    this.of.set(first, pack);
    this.of.set(second, pack);
    this.trial.push(pack);
    for (const [a, b, kind] of what.operands) operands.push(this.pair(a, b, kind));
    return { kind: 'pack', of, first, second };
  }

  private whatBothAre(
    first: Value,
    second: Value,
    of: LaneKind,
  ): { readonly what: Pack['what']; readonly operands: readonly (readonly [Value, Value, LaneKind])[] } | null {
    if (first.op === 'parameter' && second.op === 'parameter') {
      if (this.loop.parameters.includes(first) && this.loop.parameters.includes(second))
        return of === 'f64' && first.type === 'f64' ? { what: 'parameter', operands: [] } : null;
      const [a, b] = [this.rare.get(first), this.rare.get(second)];
      if (!a || !b || a.isRareIfTrue !== b.isRareIfTrue) return null;
      return {
        what: 'rare',
        operands: [
          [a.node.test, b.node.test, 'mask'],
          [a.ordinary, b.ordinary, of],
        ],
      };
    }
    if (!isComputed(first as Node) || !isComputed(second as Node)) return null;
    const kinds = operandKinds(first as Computed, second as Computed, of);
    if (!kinds) return null;
    const [a, b] = [(first as Computed).args, (second as Computed).args];
    return { what: 'operation', operands: kinds.map((kind, n) => [a[n]!, b[n]!, kind] as const) };
  }

  /** Whether one needs the other, within this turn. */
  private dependsOn(value: Value, on: Value): boolean {
    const limit = this.positions.get(on);
    if (limit === undefined) return false;
    const seen = new Set<Value>();
    const queue: Value[] = [value];
    for (let at = queue.pop(); at; at = queue.pop()) {
      if (at === on) return true;
      const position = this.positions.get(at);
      if (position === undefined || position < limit || seen.has(at)) continue;
      seen.add(at);
      const maker = this.makers.get(at);
      if (maker) queue.push(...usedBy(maker));
      else if (at.op !== 'const') queue.push(...at.args);
    }
    return false;
  }

  /** The same for values that are computed alike. */
  private hash(value: Value, depth: number): string {
    if (value.op === 'const') return 'c';
    if (value.region !== this.body) return 'o';
    if (depth === 0) return value.type;
    const key = `${value.id}:${depth}`;
    const known = this.hashes.get(key);
    if (known !== undefined) return known;
    const hash = this.hashOf(value, depth - 1);
    this.hashes.set(key, hash);
    return hash;
  }

  private hashOf(value: Value, depth: number): string {
    const rare = this.rare.get(value);
    if (rare) return `r(${this.hash(rare.node.test, depth)},${this.hash(rare.ordinary, depth)})`;
    if (value.op === 'parameter') return this.loop.parameters.includes(value) ? 'p' : 'i';
    const name = 'name' in value ? value.name : value.op;
    if (value.op === 'const') return 'c';
    return `${name}(${value.args.map((arg: Value) => this.hash(arg, depth)).join()})`;
  }
}

const valuesOf = (node: Node): readonly Value[] =>
  isComputed(node) ? [node] : node.op === 'if' || node.op === 'block' ? node.results : [];

const isInside = (region: Region | null, outer: Region): boolean => {
  for (let at = region; at; at = at.parent) if (at === outer) return true;
  return false;
};

/** What the operands of two operations have to be for both to be one; `null` if they cannot. */
export function operandKinds(first: Computed, second: Computed, of: LaneKind): readonly LaneKind[] | null {
  if (first.op !== second.op) return null;
  if (first.op === 'unary' && second.op === 'unary') {
    if (first.name !== second.name) return null;
    if (of === 'mask') return first.name === 'i32.eqz' ? ['mask'] : null;
    return first.name in LANE_UNARY ? [first.name === 'f64.reinterpret' ? 'i64' : 'f64'] : null;
  }
  if (first.op === 'binary' && second.op === 'binary') {
    if (first.name !== second.name) return null;
    if (of === 'mask') {
      if (first.name === 'i32.and' || first.name === 'i32.or') return ['mask', 'mask'];
      const kind: LaneKind = first.name === 'i64.eq' ? 'i64' : 'f64';
      return first.name in LANE_TESTS ? [kind, kind] : null;
    }
    if (first.name in LANE_SHIFTS)
      return first.args[1] === second.args[1] && first.args[1].op === 'const' ? ['i64'] : null;
    if (first.name === 'f64.copysign') return ['f64', 'f64'];
    if (!(first.name in LANE_BINARY)) return null;
    const kind: LaneKind = first.type === 'i64' ? 'i64' : 'f64';
    return [kind, kind];
  }
  if (first.op === 'select' && of !== 'mask' && (first.type === 'f64' || first.type === 'i64')) return ['mask', of, of];
  return null;
}

function rareIfOf(node: IfNode): RareIf | null {
  const [result] = node.results;
  if (!result || node.results.length !== 1 || result.type !== 'f64') return null;
  if (!node.yesValues || !node.noValues) return null;
  if (![...node.yes.nodes, ...node.no.nodes].every(isSpeculable)) return null;
  if (node.no.nodes.length === 0) return { node, result, isRareIfTrue: true, ordinary: node.noValues[0]! };
  return node.yes.nodes.length === 0 ? { node, result, isRareIfTrue: false, ordinary: node.yesValues[0]! } : null;
}

/** All that a node and its regions use of what is outside of them. */
export function usedBy(node: Node): Value[] {
  const inside = new Set<Value>();
  const used = new Set<Value>();
  const use = (value: Value): void => {
    if (value.op !== 'const' && !inside.has(value)) used.add(value);
  };
  const visit = (at: Node): void => {
    for (const value of operandsOf(at)) use(value);
    if (at.op === 'loop') for (const parameter of at.parameters) inside.add(parameter);
    for (const region of regionsOf(at)) for (const inner of region.nodes) visit(inner);
    for (const value of yieldsOf(at)) use(value);
    if (at.op === 'if' || at.op === 'block') for (const result of at.results) inside.add(result);
    else if (isComputed(at)) inside.add(at);
  };
  visit(node);
  return [...used];
}
