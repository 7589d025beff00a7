/**
 * What a turn of a loop of the second tier is charged, so that its budget of fuel is one of time. In: a loop. Out: units
 * of fuel, about one an instruction. Pure.
 *
 * Most accesses cost little, even to arrays that no cache holds: the processor asks for several at once. But where what was
 * read decides where the next access is, that one waits, as long as a few hundred instructions take: for each other in turn
 * after turn, or only within a turn, while those of the turns behind it are under way already.
 */

import { listOf } from './builder.ts';
import {
  type Computed,
  isComputed,
  type LoadValue,
  type LoopNode,
  type Node,
  type Place,
  type Region,
  regionsOf,
  type StoreNode,
  type Value,
} from './ssa.ts';

const TURN_COST = 16;
const CALL_COST = 128;
const DIVISION_COST = 16;
const DIVISIONS: ReadonlySet<string> = new Set(['f64.div', 'f64.sqrt', 'i32.rem_s', 'f64x2.div', 'f64x2.sqrt']);
/** The cost of accesses to far places, by measurement: so that a walk takes no longer than in the first tier. */
const FAR_COST = 4;
const LATE_COST = 64;
const CHAINED_COST = 256;
/** What a cache near to the processor holds. */
const NEAR_BYTES = 2 ** 18;
/** Places so small stay near, whatever else there is: thousands of them would have to be named one by one. */
const SMALL_BYTES = 512;
const CELL_BYTES = 8;
/** Sweeps through a loop after which everything far counts as waiting: few need more than three. */
const MAX_SWEEPS = 24;
/** Beyond so many, places are taken together. */
const MAX_PLACES = 64;

const sizeOf = ({ from, to }: Place): number => to - from;
const addressOf = (node: LoadValue | StoreNode): Value => (node.op === 'load' ? node.args[0] : node.pointer);

/** How much an access may touch in all: what lies between objects that a pointer may be at is not touched. */
function touchedBytes(node: LoadValue | StoreNode): number {
  const address = addressOf(node);
  const size = sizeOf(node.place);
  const own = listOf(address);
  if (own) return CELL_BYTES * own.length;
  if (address.op !== 'binary' || address.name !== 'i32.add') return size;
  // An element of one of several arrays, which rise.
  const lists = address.args.map(listOf);
  const starts = lists[0] ?? lists[1];
  return starts ? starts.length * (size - (starts[starts.length - 1]! - starts[0]!)) : size;
}

/** What a turn of this loop is charged. Loops within count for themselves, but for what they wait for when they begin. */
export function turnCost({ body }: LoopNode): number {
  return TURN_COST + sum(body, new Lateness(body));
}

function sum(region: Region, lateness: Lateness): number {
  let total = 0;
  for (const node of region.nodes) {
    if (node.op === 'if') total += 1 + Math.max(sum(node.yes, lateness), sum(node.no, lateness));
    else if (node.op === 'block') total += sum(node.body, lateness);
    else if (node.op === 'loop') total += 1 + waits(node.body, lateness);
    else total += cost(node, lateness);
  }
  return total;
}

function cost(node: Node, lateness: Lateness): number {
  if (node.op === 'call') return CALL_COST;
  if ('name' in node && DIVISIONS.has(node.name)) return DIVISION_COST;
  return node.op === 'load' || node.op === 'store' ? 1 + lateness.wait(node) : 1;
}

/** What the accesses in a region wait for, each once. */
function waits(region: Region, lateness: Lateness): number {
  let total = 0;
  for (const node of region.nodes) {
    if (node.op === 'load' || node.op === 'store') total += lateness.wait(node);
    for (const inner of regionsOf(node)) total += waits(inner, lateness);
  }
  return total;
}

/** What waits for memory in a turn of a loop. What comes from outside of it was there before. */
class Lateness {
  /** What depends on something that was read from a far place, in the same turn. */
  private readonly late = new Set<Value>();
  /** The same, by way of a turn before. */
  private readonly chained = new Set<Value>();
  /** Where something late is stored. */
  private readonly latePlaces: Place[] = [];
  /** How often that grew. */
  private noted = 0;
  /** From which size on a place is far: where many lie apart, a walk through all of them waits as one through a large one does. */
  private readonly largestNear: number;
  private readonly isGivenUp: boolean;

  constructor(body: Region) {
    this.largestNear = bytesOf(accessesIn(body)) > NEAR_BYTES ? SMALL_BYTES : NEAR_BYTES;
    // Parameters of loops and places in memory may make values late that come before: once more, until none does.
    let sweeps = 0;
    for (let before = -1; before < this.known && sweeps < MAX_SWEEPS; sweeps++) {
      before = this.known;
      this.mark(body);
    }
    this.isGivenUp = sweeps === MAX_SWEEPS;
  }

  private get known(): number {
    return this.late.size + this.chained.size + this.noted;
  }

  wait(node: LoadValue | StoreNode): number {
    if (!this.isFar(node)) return 0;
    if (this.isGivenUp) return CHAINED_COST;
    const address = addressOf(node);
    return this.chained.has(address) ? CHAINED_COST : this.late.has(address) ? LATE_COST : FAR_COST;
  }

  private mark(region: Region): void {
    for (const node of region.nodes) {
      if (isComputed(node)) {
        if (this.isLate(node)) this.late.add(node);
        if (this.isChained(node)) this.chained.add(node);
        continue;
      }
      switch (node.op) {
        case 'store':
          if (this.late.has(node.value)) this.note(node.place);
          break;
        case 'if':
          for (const inner of regionsOf(node)) this.mark(inner);
          this.hand(node.results, node.yesValues);
          this.hand(node.results, node.noValues);
          // Which of the two it is, is late as well.
          for (const result of node.results) this.follow(node.test, result);
          break;
        case 'block':
          this.mark(node.body);
          this.hand(node.results, node.values);
          break;
        case 'loop':
          this.hand(node.parameters, node.initial);
          this.mark(node.body);
          break;
        case 'break':
          this.hand(node.target.results, node.values);
          break;
        case 'continue':
          this.hand(node.target.parameters, node.values);
          for (const [n, value] of node.values.entries()) {
            if (this.late.has(value)) this.chained.add(node.target.parameters[n]!);
          }
          break;
        case 'trap':
          break;
      }
    }
  }

  private isLate(node: Computed): boolean {
    return (
      (node.op === 'load' && this.isFar(node)) || node.args.some((arg) => this.late.has(arg)) || this.isChained(node)
    );
  }

  private isChained(node: Computed): boolean {
    if (node.args.some((arg) => this.chained.has(arg))) return true;
    if (node.op !== 'load' || node.isConstant) return false;
    return this.latePlaces.some(({ from, to }) => from < node.place.to && node.place.from < to);
  }

  private hand(results: readonly Value[], values: readonly Value[] | null): void {
    for (const [n, value] of (values ?? []).entries()) this.follow(value, results[n]!);
  }

  private follow(value: Value, result: Value): void {
    if (this.late.has(value)) this.late.add(result);
    if (this.chained.has(value)) this.chained.add(result);
  }

  private note(place: Place): void {
    if (this.latePlaces.some(({ from, to }) => from <= place.from && place.to <= to)) return;
    this.noted++;
    const last = this.latePlaces.length >= MAX_PLACES ? this.latePlaces.pop() : undefined;
    const [from, to] = [Math.min(place.from, last?.from ?? place.from), Math.max(place.to, last?.to ?? place.to)];
    this.latePlaces.push({ from, to });
  }

  private isFar(node: LoadValue | StoreNode): boolean {
    return touchedBytes(node) > this.largestNear;
  }
}

function accessesIn(region: Region): (LoadValue | StoreNode)[] {
  return region.nodes.flatMap((node) => {
    const inner = regionsOf(node).flatMap(accessesIn);
    return node.op === 'load' || node.op === 'store' ? [node, ...inner] : inner;
  });
}

/** Bytes that any of them may touch, those of arrays that overlap once. */
function bytesOf(accesses: readonly (LoadValue | StoreNode)[]): number {
  let [bytes, end] = [0, 0];
  for (const node of [...accesses].sort((a, b) => a.place.from - b.place.from)) {
    const { from, to } = node.place;
    bytes += Math.min(touchedBytes(node), Math.max(0, to - Math.max(from, end)));
    end = Math.max(end, to);
  }
  return bytes;
}
