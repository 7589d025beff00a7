/**
 * What is known of numbered things at a place in a program, whichever way control came there: each has a few bits. Facts are
 * kept along the structure of the code; where ways come together only that holds which holds on all of them.
 *
 * Branches keep what they changed instead of copies of all facts, so that the whole is about linear in the size of the code.
 */

/** What a branch has made of the facts that it changed; `null` for one that does not come to its end. */
export type Changes = ReadonlyMap<number, number> | null;

/** Where the ways that leave a block come together. */
export interface Junction {
  readonly mark: number;
  arriving: Map<number, number> | null;
}

export class FlowFacts {
  /** False behind code that always leaves: every fact holds there. */
  isReachable = true;
  private readonly facts: Uint8Array;
  /** Pairs (number, facts before), so that a branch can be taken back. */
  private readonly trail: number[] = [];

  constructor(facts: Uint8Array) {
    this.facts = facts;
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

  /** These facts no longer hold. */
  forget(indices: readonly number[], facts: number): void {
    for (const index of indices) this.set(index, this.facts[index]! & ~facts);
  }

  leave(): void {
    this.isReachable = false;
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

  /** Runs what may not run at all. */
  maybe(run: () => void): void {
    this.join(this.branch(run), new Map());
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
