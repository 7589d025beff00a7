/**
 * What is known of a function's locals at a place in its code, whichever way control came there: that a local has been set,
 * and that it holds a pointer which may be followed. Facts are kept along the structure of the IR: at the end of a block
 * and behind an `if` only that holds which holds on every way that leads there.
 *
 * Branches keep what they changed instead of copies of all facts, so that the whole is about linear in the size of the code.
 */

import { forEachOperandOf, forEachPartOf, type Visitor } from './forEachOperand.ts';
import type { IrFunction } from './ir.ts';

/** Bits of what is known of a local. */
export const ASSIGNED = 1;
export const GUARDED = 2;
export const ALL_FACTS = ASSIGNED | GUARDED;

/** What a branch has made of the locals that it changed; `null` for one that does not come to its end. */
export type Changes = ReadonlyMap<number, number> | null;

/** Where the ways that leave a block come together. */
export interface Junction {
  readonly mark: number;
  arriving: Map<number, number> | null;
}

export class LocalFacts {
  /** False behind code that always leaves: every fact holds there. */
  isReachable = true;
  private readonly facts: Uint8Array;
  /** Locals that are set in more than one place: what is known of them ends where a loop begins. */
  private readonly varying: readonly number[];
  /** Pairs (local, facts before), so that a branch can be taken back. */
  private readonly trail: number[] = [];

  constructor(fn: IrFunction) {
    const given = 1 + fn.signature.parameters.length;
    this.facts = new Uint8Array(given + fn.locals.length).fill(ASSIGNED, 0, given);
    this.varying = varyingLocals(fn);
  }

  has(index: number, facts: number): boolean {
    return !this.isReachable || (this.facts[index]! & facts) === facts;
  }

  set(index: number, facts: number): void {
    const before = this.facts[index]!;
    if (before === facts) return;
    this.trail.push(index, before);
    this.facts[index] = facts;
  }

  leave(): void {
    this.isReachable = false;
  }

  enterLoop(): void {
    for (const index of this.varying) this.set(index, this.facts[index]! & ~GUARDED);
  }

  /** Runs a branch and takes it back. */
  branch(run: () => void): Changes {
    const mark = this.trail.length;
    const wasReachable = this.isReachable;
    run();
    const changes = this.isReachable ? this.changesSince(mark) : null;
    this.takeBack(mark);
    this.isReachable = wasReachable;
    return changes;
  }

  /** Goes on with what holds after either of two branches. */
  join(first: Changes, second: Changes): void {
    if (!first || !second) {
      const only = first ?? second;
      if (only) for (const [index, facts] of only) this.set(index, facts);
      else this.leave();
      return;
    }
    for (const [index, facts] of first) this.set(index, facts & (second.get(index) ?? this.facts[index]!));
    for (const [index, facts] of second) if (!first.has(index)) this.set(index, facts & this.facts[index]!);
  }

  open(): Junction {
    return { mark: this.trail.length, arriving: null };
  }

  /** Control goes from here to the end of a block. */
  arrive(junction: Junction): void {
    if (!this.isReachable) return;
    const changes = this.changesSince(junction.mark);
    if (!junction.arriving) {
      junction.arriving = changes;
      return;
    }
    const { arriving } = junction;
    for (const [index, facts] of arriving) arriving.set(index, facts & (changes.get(index) ?? this.facts[index]!));
    for (const [index, facts] of changes) {
      if (!arriving.has(index)) arriving.set(index, facts & this.factsAt(junction.mark, index));
    }
  }

  /** The end of a block: its own end counts as one way to get there. */
  close(junction: Junction): void {
    this.arrive(junction);
    this.takeBack(junction.mark);
    this.isReachable = junction.arriving !== null;
    for (const [index, facts] of junction.arriving ?? []) this.set(index, facts);
  }

  private changesSince(mark: number): Map<number, number> {
    const changes = new Map<number, number>();
    for (let at = mark; at < this.trail.length; at += 2) {
      const index = this.trail[at]!;
      changes.set(index, this.facts[index]!);
    }
    return changes;
  }

  private factsAt(mark: number, index: number): number {
    for (let at = mark; at < this.trail.length; at += 2) if (this.trail[at] === index) return this.trail[at + 1]!;
    return this.facts[index]!;
  }

  private takeBack(mark: number): void {
    while (this.trail.length > mark) {
      const before = this.trail.pop()!;
      this.facts[this.trail.pop()!] = before;
    }
  }
}

function varyingLocals(fn: IrFunction): number[] {
  const given = 1 + fn.signature.parameters.length;
  const counts = new Uint8Array(given + fn.locals.length).fill(1, 0, given);
  const count = (index: number): void => {
    if (counts[index]! < 2) counts[index]!++;
  };
  const visitor: Visitor = {
    expression(expression) {
      if (expression.op === 'tee') count(expression.index);
      forEachOperandOf(expression, visitor);
    },
    statement(statement) {
      if (statement.op === 'set') count(statement.index);
      forEachPartOf(statement, visitor);
    },
  };
  for (const statement of fn.body) visitor.statement(statement);
  const varying: number[] = [];
  for (const [index, times] of counts.entries()) if (times > 1) varying.push(index);
  return varying;
}
