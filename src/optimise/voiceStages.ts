/**
 * Which parts of the frames' loop could run for all frames of a block before the next part begins: voices whose samples are
 * added up, what they share, and what is made of the sum. In: the loop. Out: the parts, or `null`. Changes nothing.
 */

import { usedBy } from './packs.ts';
import {
  type Computed,
  type IfNode,
  isComputed,
  isEffectFree,
  type LoopNode,
  type Node,
  type ParameterValue,
  type StoreNode,
  type Value,
} from './ssa.ts';

/** Fewer voices stay together: their code is in the cache as it is. */
const MIN_VOICES = 32;
/** Operations of all voices: less is as fast in one loop. */
const MIN_OPERATIONS = 300;
const VOICES_AT_ONCE = 6;
/** What can be computed again in each part is not handed over. */
const MAX_REPEATED = 3;

type Sum = Computed & { readonly op: 'binary' };
/** A parameter of the loop, or a node of its body. */
export type Item = ParameterValue | Node;

export interface VoiceStages {
  readonly exit: IfNode;
  /** Sums over the voices, as the last of their additions. */
  readonly chains: readonly (readonly Sum[])[];
  /** The voices before which the parts begin: what they share, some voices at a time, what follows. By item. */
  readonly stageOf: ReadonlyMap<Item, number>;
  readonly stages: number;
  /** Numbers that the first part hands to others. */
  readonly handed: readonly Value[];
  /** What each part computes for itself. */
  readonly repeated: ReadonlySet<Item>;
}

export function voiceStages(loop: LoopNode, bufferCount: number): VoiceStages | null {
  const body = loop.body.nodes;
  const last = body[body.length - 1];
  const exit = body.find((node): node is IfNode => node.op === 'if' && isExit(node));
  if (last?.op !== 'continue' || last.target !== loop || !exit) return null;
  const inner = body.filter((node) => node !== exit && node !== last);
  if (!inner.every((node) => node.op === 'store' || (isComputed(node) && node.op !== 'call') || isEffectFree(node)))
    return null;
  const chains = chainsOf(inner);
  if (chains.length === 0 || chains.length > bufferCount) return null;
  const graph = new Graph(loop, last.values, inner);
  const voices = chains[0]!.length;
  const voiceOf = graph.voices(chains);
  const added = new Map<Item, number>();
  for (const chain of chains) for (const [voice, sum] of chain.entries()) added.set(sum, voice);
  const operations = [...voiceOf.values()].filter((voice) => voice !== null).length;
  if (operations < MIN_OPERATIONS) return null;
  const repeated = graph.repeated();
  const groups = Math.ceil(voices / VOICES_AT_ONCE);
  const stageOf = new Map<Item, number>();
  const items: Item[] = [...loop.parameters, ...inner];
  for (const item of items) {
    const voice = added.get(item) ?? voiceOf.get(item);
    // What all share comes first, what none needs last.
    const stage = voice === undefined ? groups + 1 : voice === null ? 0 : 1 + Math.floor(voice / VOICES_AT_ONCE);
    stageOf.set(item, stage);
  }
  const handed = new Set<Value>();
  for (const item of items) {
    if (repeated.has(item)) continue;
    for (const needed of graph.needs(item)) {
      if (repeated.has(needed) || added.has(needed)) continue;
      const [from, to] = [stageOf.get(needed)!, stageOf.get(item)!];
      if (from === to) continue;
      const value = graph.isCarried(item, needed) ? null : asValue(needed);
      if (from > to || !value || value.type !== 'f64') return null;
      handed.add(value);
    }
  }
  // Inside a chain each addition hands its sum on.
  if (handed.size > bufferCount - chains.length || !chains.every((chain) => graph.isOnlyAddedUp(chain))) return null;
  return { exit, chains, stageOf, stages: groups + 2, handed: [...handed], repeated };
}

const isExit = ({ yes, no, results }: IfNode): boolean =>
  results.length === 0 && no.nodes.length === 0 && yes.nodes.length === 1 && yes.nodes[0]!.op === 'break';

export const asValue = (item: Item): Value | null =>
  item.op === 'parameter' || isComputed(item as Node) ? (item as Value) : null;

const isSum = (node: Item | Value): node is Sum => node.op === 'binary' && node.name === 'f64.add';

/** Sums of equally many terms that begin with a constant, the longest of all. */
function chainsOf(nodes: readonly Node[]): Sum[][] {
  const inside = new Set<unknown>(nodes);
  const inner = new Set<Value>();
  for (const node of nodes) if (isSum(node) && isSum(node.args[0])) inner.add(node.args[0]);
  const chains: Sum[][] = [];
  for (const node of nodes) {
    if (!isSum(node) || inner.has(node)) continue;
    const chain: Sum[] = [];
    let at: Value = node;
    for (; isSum(at) && inside.has(at); at = at.args[0]) chain.unshift(at);
    // The first term may be where the constant would be.
    if (at.op === 'const') chains.push(chain);
  }
  const longest = Math.max(0, ...chains.map(({ length }) => length));
  return longest < MIN_VOICES ? [] : chains.filter(({ length }) => length === longest);
}

class Graph {
  private readonly makers = new Map<Value, Item>();
  private readonly next = new Map<Item, Value>();
  private readonly touching = new Map<Item, Item[]>();
  private readonly needed = new Map<Item, readonly Item[]>();
  private readonly users = new Map<Value, number>();

  constructor(loop: LoopNode, next: readonly Value[], nodes: readonly Node[]) {
    for (const [n, parameter] of loop.parameters.entries()) {
      this.makers.set(parameter, parameter);
      this.next.set(parameter, next[n]!);
    }
    const stores = nodes.filter((node): node is StoreNode => node.op === 'store');
    for (const node of nodes) {
      if (isComputed(node)) this.makers.set(node, node);
      else if (node.op === 'if') for (const result of node.results) this.makers.set(result, node);
      for (const value of usedBy(node)) this.users.set(value, (this.users.get(value) ?? 0) + 1);
    }
    for (const value of next) this.users.set(value, (this.users.get(value) ?? 0) + 1);
    const accesses = nodes.filter((node) => node.op === 'store' || (node.op === 'load' && !node.isConstant));
    for (const store of stores)
      for (const other of accesses) {
        if (other === store || !('place' in other)) continue;
        if (other.place.to <= store.place.from || store.place.to <= other.place.from) continue;
        this.touching.set(store, [...(this.touching.get(store) ?? []), other]);
        this.touching.set(other, [...(this.touching.get(other) ?? []), store]);
      }
  }

  /** What has to be there for it, in this turn or from the one before. */
  needs(item: Item): readonly Item[] {
    let known = this.needed.get(item);
    if (!known) {
      const values = item.op === 'parameter' ? [this.next.get(item)!] : usedBy(item as Node);
      const makers = values.map((value) => this.makers.get(value)).filter((maker) => maker !== undefined);
      known = [...makers, ...(this.touching.get(item) ?? [])];
      this.needed.set(item, known);
    }
    return known;
  }

  /** Whether it is memory, or the turn before, that one needs of the other, and no number of this turn. */
  isCarried(item: Item, needed: Item): boolean {
    return item.op === 'parameter' || (this.touching.get(item) ?? []).includes(needed) || needed.op === 'if';
  }

  /** For each item that terms need: the one voice that does, or `null` for several. */
  voices(chains: readonly (readonly Sum[])[]): Map<Item, number | null> {
    const voiceOf = new Map<Item, number | null>();
    const sums = new Set<Item>(chains.flat());
    for (let voice = 0; voice < chains[0]!.length; voice++) {
      const seen = new Set<Item>();
      const queue: Item[] = [];
      const visit = (item: Item | undefined): void => {
        if (!item || seen.has(item) || sums.has(item)) return;
        seen.add(item);
        queue.push(item);
      };
      for (const chain of chains) visit(this.makers.get(chain[voice]!.args[1]));
      for (let at = queue.pop(); at; at = queue.pop()) {
        voiceOf.set(at, voiceOf.has(at) && voiceOf.get(at) !== voice ? null : voice);
        for (const item of this.needs(at)) visit(item);
      }
    }
    return voiceOf;
  }

  /** Counts, and what a few operations make of them. */
  repeated(): Set<Item> {
    const repeated = new Set<Item>();
    for (const [item, next] of this.next) {
      if (next.op !== 'binary' || !next.name.endsWith('.add')) continue;
      if (next.args[0] === item && next.args[1].op === 'const') {
        repeated.add(item);
        repeated.add(next);
      }
    }
    for (let round = 0; round < MAX_REPEATED; round++)
      for (const item of [...this.makers.values()]) {
        if (item.op === 'parameter' || item.op === 'load' || !isComputed(item as Node)) continue;
        const needs = this.needs(item);
        if (needs.length > 0 && needs.every((needed) => repeated.has(needed))) repeated.add(item);
      }
    return repeated;
  }

  /** Whether nobody needs the sum of only some of its terms. */
  isOnlyAddedUp(chain: readonly Sum[]): boolean {
    return chain.slice(0, -1).every((sum) => this.users.get(sum) === 1);
  }
}
