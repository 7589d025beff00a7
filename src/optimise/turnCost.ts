/**
 * What a turn of a loop of the second tier is charged, so that its budget of fuel is one of time. In: a program. Out: units
 * of fuel, about one an instruction. Pure.
 *
 * Most accesses cost little, even to arrays that no cache holds: the processor asks for several at once. But where what was
 * read decides where the next access is, each waits for the one before, as long as a few hundred instructions take.
 */

import { isComputed, type Node, type OptimisedProgram, type Place, type Region, regionsOf, type Value } from './ssa.ts';

const TURN_COST = 16;
const CALL_COST = 128;
const DIVISION_COST = 8;
const DIVISIONS: ReadonlySet<string> = new Set(['f64.div', 'f64.sqrt', 'i32.rem_s', 'f64x2.div', 'f64x2.sqrt']);
/** Of an access that waits for another: by measurement, so that a walk takes no longer than in the first tier. */
const WAITING_COST = 256;
const FAR_COST = 4;
/** What a cache near to the processor holds. */
const NEAR_BYTES = 2 ** 18;
/** A place of a single number: what a frame keeps there is followed as a parameter. */
const CELL_BYTES = 8;

const sizeOf = ({ from, to }: Place): number => to - from;
const isFar = ({ place }: { readonly place: Place }): boolean => sizeOf(place) > NEAR_BYTES;

export class TurnCosts {
  /** What depends on something that was read from a far place. */
  private readonly late = new Set<Value>();
  /** Places, of more than one number, where something late is stored. */
  private readonly latePlaces: Place[] = [];

  constructor({ body }: OptimisedProgram) {
    // Parameters of loops and places in memory may make values late that come before: once more, until none does.
    for (let before = -1; before < this.late.size + this.latePlaces.length; ) {
      before = this.late.size + this.latePlaces.length;
      this.mark(body);
    }
  }

  /** Loops within count for themselves. */
  of(body: Region): number {
    return TURN_COST + this.sum(body);
  }

  private sum(region: Region): number {
    let cost = 0;
    for (const node of region.nodes) {
      if (node.op === 'if') cost += 1 + Math.max(this.sum(node.yes), this.sum(node.no));
      else if (node.op === 'block') cost += this.sum(node.body);
      else cost += this.cost(node);
    }
    return cost;
  }

  private cost(node: Node): number {
    if (node.op === 'call') return CALL_COST;
    if ('name' in node && DIVISIONS.has(node.name)) return DIVISION_COST;
    if (node.op !== 'load' && node.op !== 'store') return 1;
    if (!isFar(node)) return 1;
    return this.late.has(node.op === 'load' ? node.args[0] : node.pointer) ? WAITING_COST : FAR_COST;
  }

  private mark(region: Region): void {
    for (const node of region.nodes) {
      if (isComputed(node)) {
        if (this.isLate(node)) this.late.add(node);
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
          if (this.late.has(node.test))
            this.hand(
              node.results,
              node.results.map(() => node.test),
            );
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
          break;
        case 'trap':
          break;
      }
    }
  }

  private isLate(node: Value & { readonly args: readonly Value[] }): boolean {
    if (node.args.some((arg) => this.late.has(arg))) return true;
    if (node.op !== 'load' || node.isConstant) return node.op === 'load' && isFar(node);
    return isFar(node) || this.latePlaces.some(({ from, to }) => from < node.place.to && node.place.from < to);
  }

  private hand(results: readonly Value[], values: readonly Value[] | null): void {
    for (const [n, value] of (values ?? []).entries()) if (this.late.has(value)) this.late.add(results[n]!);
  }

  private note(place: Place): void {
    if (sizeOf(place) <= CELL_BYTES || this.latePlaces.some(({ from, to }) => from <= place.from && place.to <= to))
      return;
    this.latePlaces.push(place);
  }
}
