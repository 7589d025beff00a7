/**
 * Computes pairs two at a time: the body of a loop again, with one operation for both values of each pack, in an order in which
 * everything comes after what it needs. In: a program. Changes it; every number stays what it was, bit for bit.
 */

import { type LaneTools, laneOperation } from './laneOperation.ts';
import type { LaneKind, LaneName } from './lanes.ts';
import { type Operand, type Pack, Packs, usedBy } from './packs.ts';
import { rareLanes } from './rareLanes.ts';
import {
  type Computed,
  type ConstantValue,
  type IfNode,
  isComputed,
  isEffectFree,
  type LoadValue,
  type LoopNode,
  type Node,
  type OptimisedProgram,
  type ParameterValue,
  type Region,
  regionsOf,
  type SsaType,
  type StoreNode,
  type Value,
} from './ssa.ts';

/** All bits but the sign's. */
const MAGNITUDE = 0x7fff_ffff_ffff_ffffn;
/** Far beyond the numbers of values that are there. */
const FIRST_ID = 2 ** 40;

const NOTHING: Region = { nodes: [], parent: null, always: false };

/** A value would have to be computed before something that it needs. */
class OrderConflict extends Error {}

/** Returns false where that did not go; the program is then of no use. */
export function pairUp({ body }: OptimisedProgram): boolean {
  const visit = (region: Region): void => {
    for (const node of [...region.nodes]) {
      if (node.op === 'loop') pairLoop(node, region);
      for (const inner of regionsOf(node)) visit(inner);
    }
  };
  try {
    visit(body);
    return true;
  } catch (thrown) {
    if (thrown instanceof OrderConflict) return false;
    throw thrown;
  }
}

function pairLoop(loop: LoopNode, around: Region): void {
  const packs = new Packs(loop);
  if (!packs.isEmpty) new PairedLoop(loop, around, packs).make();
}

let lastId = FIRST_ID;

/** The truths of which these are the opposites, if they are. */
function oppositesOf({ kind, first }: Operand, packs: Packs): Operand | null {
  const pack = kind === 'pack' ? packs.packOf(first) : undefined;
  const isOpposite = pack?.of === 'mask' && pack.first.op === 'unary';
  return isOpposite ? pack.operands[0]! : null;
}

class PairedLoop {
  private readonly loop: LoopNode;
  private readonly around: Region;
  private readonly packs: Packs;
  private readonly old: readonly Node[];
  /** What stands in for a value now. */
  private readonly made = new Map<Value, Value>();
  private readonly pairs = new Map<Pack, Value>();
  private readonly extracts = new Map<Value, [Value | null, Value | null]>();
  private readonly gathers = new Map<string, Value>();
  private readonly nodes: Node[] = [];
  private readonly before: Node[] = [];
  private readonly makers = new Map<Value, Node>();
  private readonly done = new Set<Node>();
  private readonly under = new Set<unknown>();
  /** Everything with effects up to here is in its place. */
  private at = 0;

  constructor(loop: LoopNode, around: Region, packs: Packs) {
    this.loop = loop;
    this.around = around;
    this.packs = packs;
    this.old = [...loop.body.nodes];
    for (const node of this.old) {
      if (isComputed(node)) this.makers.set(node, node);
      else if (node.op === 'if' || node.op === 'block')
        for (const result of node.results) this.makers.set(result, node);
    }
  }

  make(): void {
    const last = this.old[this.old.length - 1];
    if (last?.op !== 'continue') return;
    for (const [at, node] of this.old.entries()) {
      this.at = at;
      if (node === last || this.isFree(node)) continue;
      this.emit(node);
    }
    this.at = this.old.length;
    const { parameters, initial, body } = this.loop;
    const newParameters: ParameterValue[] = [];
    const newInitial: Value[] = [];
    const newValues: Value[] = [];
    for (const [n, parameter] of parameters.entries()) {
      const pack = this.packs.packOf(parameter);
      if (!pack) {
        newParameters.push(parameter);
        newInitial.push(initial[n]!);
        newValues.push(this.scalar(last.values[n]!));
      } else if (pack.first === parameter) {
        const other = parameters.indexOf(pack.second as ParameterValue);
        newParameters.push(this.pairOf(pack) as ParameterValue);
        newInitial.push(this.put(this.before, this.around, 'f64', initial[n]!, initial[other]!));
        const next: Operand = {
          kind: this.samePack(last.values[n]!, last.values[other]!) ? 'pack' : 'gather',
          of: 'f64',
          first: last.values[n]!,
          second: last.values[other]!,
        };
        newValues.push(this.operand(next));
      }
    }
    this.nodes.push({ op: 'continue', target: this.loop, values: newValues });
    parameters.splice(0, parameters.length, ...newParameters);
    initial.splice(0, initial.length, ...newInitial);
    body.nodes.splice(0, body.nodes.length, ...this.nodes);
    const position = this.around.nodes.indexOf(this.loop);
    this.around.nodes.splice(position, 0, ...this.before);
  }

  private samePack(first: Value, second: Value): boolean {
    const pack = this.packs.packOf(first);
    return pack !== undefined && pack.first === first && pack.second === second;
  }

  /** Whether it has no effect, so that it is made when it is needed. */
  private isFree(node: Node): boolean {
    return isComputed(node) ? node.op !== 'load' : isEffectFree(node);
  }

  /** Puts a node with all that it needs. */
  private emit(node: Node): void {
    if (this.done.has(node)) return;
    if (this.under.has(node)) throw new OrderConflict();
    this.under.add(node);
    const isWay = node.op === 'if';
    const here = isWay ? [node.test] : usedBy(node);
    const values = new Map(here.map((value) => [value, this.scalar(value)]));
    if (isWay) this.extractInArms(node, values);
    this.under.delete(node);
    if (this.done.has(node)) return;
    this.done.add(node);
    if (isComputed(node)) {
      const copy = { ...node, args: node.args.map((arg) => values.get(arg) ?? arg) } as unknown as Computed;
      this.made.set(node, copy);
      this.nodes.push(copy);
      return;
    }
    this.nodes.push(this.rewritten(node, values));
  }

  /** One of a pair that only an arm uses is taken in that arm. */
  private extractInArms(node: IfNode, values: Map<Value, Value>): void {
    for (const [arm, given] of [
      [node.yes, node.yesValues],
      [node.no, node.noValues],
    ] as const) {
      const whole: IfNode = { ...node, yes: arm, yesValues: given, no: NOTHING, noValues: [], results: [] };
      const changed = new Map<Value, Value>();
      const extracts: Computed[] = [];
      for (const value of usedBy(whole)) {
        if (value === node.test) continue;
        const pack = this.packs.packOf(value);
        if (!pack || this.extracts.get(this.pairOf(pack))?.[value === pack.first ? 0 : 1]) {
          values.set(value, this.scalar(value));
          continue;
        }
        const extract = this.extractOf(pack, value, arm);
        extracts.push(extract);
        changed.set(value, extract);
      }
      if (changed.size === 0) continue;
      this.rewriteRegion(arm, given, changed);
      arm.nodes.unshift(...extracts);
    }
  }

  private rewriteRegion(region: Region, given: readonly Value[] | null, values: ReadonlyMap<Value, Value>): void {
    const whole: IfNode = {
      ...{ op: 'if', test: this.i32(0), yes: region, no: NOTHING, results: [] },
      ...{ yesValues: given as Value[] | null, noValues: [] },
    };
    this.rewritten(whole, values);
  }

  /** With other values for those from outside of it. */
  private rewritten(node: Node, values: ReadonlyMap<Value, Value>): Node {
    const changed = new Map(values);
    const to = (value: Value): Value => changed.get(value) ?? value;
    const region = (inner: Region): void => {
      for (const [at, each] of inner.nodes.entries()) inner.nodes[at] = visit(each);
    };
    const list = (all: Value[] | null): void => {
      if (all) for (const [at, value] of all.entries()) all[at] = to(value);
    };
    const visit = (each: Node): Node => {
      if (isComputed(each)) {
        if (!each.args.some((arg) => changed.has(arg))) return each;
        const copy = { ...each, args: each.args.map(to) } as unknown as Computed;
        changed.set(each, copy);
        return copy;
      }
      switch (each.op) {
        case 'store': {
          const copy: StoreNode = { ...each, pointer: to(each.pointer), value: to(each.value) };
          return copy;
        }
        case 'if': {
          region(each.yes);
          region(each.no);
          list(each.yesValues);
          list(each.noValues);
          return changed.has(each.test) ? this.retested(each, to(each.test)) : each;
        }
        case 'block':
          region(each.body);
          list(each.values);
          return each;
        case 'loop':
          list(each.initial);
          region(each.body);
          return each;
        case 'break':
        case 'continue':
          list(each.values);
          return each;
        case 'trap':
          return each;
      }
    };
    return visit(node);
  }

  private retested(node: IfNode, test: Value): IfNode {
    return { ...node, test };
  }

  /** The value by itself. */
  private scalar(value: Value): Value {
    const known = this.made.get(value);
    if (known) return known;
    const pack = this.packs.packOf(value);
    if (pack) return this.extract(pack, value === pack.first ? 0 : 1);
    const maker = this.makers.get(value);
    if (!maker) return value;
    if (isComputed(maker) && maker.op === 'load') this.requireEarly(maker);
    else if (!this.isFree(maker) && !this.done.has(maker)) throw new OrderConflict();
    this.emit(maker);
    return this.made.get(value) ?? value;
  }

  /** A load may come before what has no effect on what it reads. */
  private requireEarly(load: LoadValue): void {
    const position = this.old.indexOf(load);
    for (let at = this.at; at < position; at++) {
      const node = this.old[at]!;
      if (this.isFree(node) || (isComputed(node) && node.op === 'load') || this.done.has(node)) continue;
      if (node.op !== 'store') throw new OrderConflict();
      if (!load.isConstant && node.place.from < load.place.to && load.place.from < node.place.to)
        throw new OrderConflict();
    }
  }

  private extract(pack: Pack, lane: 0 | 1): Value {
    const pair = this.pairOf(pack);
    let known = this.extracts.get(pair);
    if (!known) {
      known = [null, null];
      this.extracts.set(pair, known);
    }
    let value = known[lane];
    if (!value) {
      const { type } = pack.first;
      value = this.add({ ...this.common(type), op: 'extract', of: pack.of, lane, args: [pair] });
      known[lane] = value;
    }
    return value;
  }

  /** By itself, where it is rarely needed. */
  private apart(value: Value, rare: Region): Value {
    const pack = this.packs.packOf(value);
    if (!pack) return this.scalar(value);
    const extract = this.extractOf(pack, value, rare);
    rare.nodes.push(extract);
    return extract;
  }

  private extractOf(pack: Pack, value: Value, region: Region): Computed {
    const lane = value === pack.first ? 0 : 1;
    const args = [this.pairOf(pack)] as const;
    return { ...this.common(pack.first.type, region), op: 'extract', of: pack.of, lane, args };
  }

  private common(type: SsaType, region: Region = this.loop.body) {
    return { id: ++lastId, type, region, possible: null };
  }

  private add<T extends Computed>(value: T): T {
    this.nodes.push(value);
    return value;
  }

  private put(nodes: Node[], region: Region, of: LaneKind, first: Value, second: Value): Value {
    const key = `${of}:${first.id}:${second.id}:${region === this.around}`;
    let known = this.gathers.get(key);
    if (!known) {
      const pair: Computed = { ...this.common('v128', region), op: 'pair', of, args: [first, second] };
      nodes.push(pair);
      this.gathers.set(key, pair);
      known = pair;
    }
    return known;
  }

  private operand({ kind, of, first, second }: Operand): Value {
    if (kind === 'pack') return this.pairOf(this.packs.packOf(first)!);
    const [a, b] = [this.scalar(first), this.scalar(second)];
    if (this.isOutside(a) && this.isOutside(b)) return this.put(this.before, this.around, of, a, b);
    return this.put(this.nodes, this.loop.body, of, a, b);
  }

  /** There before the loop. */
  private isOutside(value: Value): boolean {
    for (let region: Region | null = this.around; region; region = region.parent)
      if (value.region === region) return true;
    return value.region === null;
  }

  private pairOf(pack: Pack): Value {
    const known = this.pairs.get(pack);
    if (known) return known;
    if (this.under.has(pack)) throw new OrderConflict();
    this.under.add(pack);
    const pair = this.makePair(pack);
    this.under.delete(pack);
    this.pairs.set(pack, pair);
    return pair;
  }

  private makePair(pack: Pack): Value {
    if (pack.what === 'parameter') {
      return { ...this.common('v128'), op: 'parameter', args: [], lowest: 0, highest: 0, isCount: false, steps: null };
    }
    if (pack.what === 'rare') return this.rarePair(pack);
    const args = pack.operands.map((operand) => this.operand(operand));
    return laneOperation(pack.first as Computed, pack.of, args, this.tools(this.nodes, this.loop.body));
  }

  private tools(nodes: Node[], region: Region): LaneTools {
    return {
      lanes: (name, args) => {
        const value: Computed = { ...this.common('v128', region), op: 'lanes', name, args };
        nodes.push(value);
        return value;
      },
      i32: (value) => this.i32(value),
      magnitudes: () => this.put(this.before, this.around, 'i64', this.i64(MAGNITUDE), this.i64(MAGNITUDE)),
    };
  }

  private lanes(name: LaneName, args: readonly Value[]): Value {
    return this.add({ ...this.common('v128'), op: 'lanes', name, args });
  }

  private i32(value: number): ConstantValue {
    return { ...this.common('i32'), region: null, op: 'const', value };
  }

  private i64(value: bigint): ConstantValue {
    return { ...this.common('i64'), region: null, op: 'const', value };
  }

  /** Two `if`s for what is rare become one, in which each is asked by itself. */
  private rarePair(pack: Pack): Value {
    const [first, second] = [this.packs.rareIf(pack.first)!, this.packs.rareIf(pack.second)!];
    const [tests, ordinary] = pack.operands;
    const pair = this.operand(ordinary!);
    // Where it is no comparison itself, but the opposite of one, that one is asked.
    const opposites = oppositesOf(tests!, this.packs);
    const isRareIfTrue = first.isRareIfTrue !== (opposites !== null);
    const test = this.operand(opposites ?? tests!);
    const asked = this.lanes(isRareIfTrue ? 'v128.any_true' : 'i64x2.all_true', [test]);
    (asked as { type: SsaType }).type = 'i32';
    const { body } = this.loop;
    const rare: Region = { nodes: [], parent: body, always: false };
    const usual: Region = { nodes: [], parent: body, always: false };
    const tools = { ...this.tools(rare.nodes, rare), outside: this.outside.bind(this) };
    const lanes = rareLanes(first, second, tools);
    const both = lanes
      ? tools.lanes('v128.bitselect', [...(isRareIfTrue ? [lanes, pair] : [pair, lanes]), test])
      : this.oneByOne(first.node, second.node, rare);
    for (const { node } of [first, second]) this.done.add(node);
    const result: ParameterValue = {
      ...this.common('v128'),
      op: 'parameter',
      args: [],
      lowest: 0,
      highest: 0,
      isCount: false,
      steps: null,
    };
    this.nodes.push({
      op: 'if',
      test: asked,
      yes: isRareIfTrue ? rare : usual,
      no: isRareIfTrue ? usual : rare,
      results: [result],
      yesValues: [isRareIfTrue ? both : pair],
      noValues: [isRareIfTrue ? pair : both],
    });
    return result;
  }

  /** What is computed elsewhere, if it is a pair already or can be one before the loop. */
  private outside(first: Value, second: Value, of: LaneKind): Value | null {
    const pack = this.packs.packOf(first);
    if (pack) return pack.first === first && pack.second === second && pack.of === of ? this.pairOf(pack) : null;
    if (of === 'mask' || !this.isOutside(first) || !this.isOutside(second)) return null;
    return this.put(this.before, this.around, of, first, second);
  }

  private oneByOne(first: IfNode, second: IfNode, rare: Region): Value {
    const used = new Map([...usedBy(first), ...usedBy(second)].map((value) => [value, this.apart(value, rare)]));
    for (const node of [first, second]) {
      const copy = this.rewritten(node, used) as IfNode;
      copy.results[0]!.region = rare;
      for (const arm of [copy.yes, copy.no]) (arm as { parent: Region | null }).parent = rare;
      rare.nodes.push(copy);
    }
    const args = [first.results[0]!, second.results[0]!] as const;
    const both: Computed = { ...this.common('v128', rare), op: 'pair', of: 'f64', args };
    rare.nodes.push(both);
    return both;
  }
}
