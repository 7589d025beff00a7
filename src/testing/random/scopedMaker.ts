/**
 * What every maker of random programs keeps while it writes one: the names in sight, and how often what it writes runs; and
 * how its writers draw. Tests only.
 */

import type { Seeded } from './seeded.ts';

/** Writes an expression; `null`: not here, or not now. */
export type Writer<Maker> = (m: Maker, depth: number) => string | null;
export type Writers<Maker> = readonly (readonly [weight: number, writer: Writer<Maker>])[];

export abstract class ScopedMaker<Name extends { readonly name: string }> {
  readonly random: Seeded;
  names: Name[] = [];
  /** Scopes around what is being written. */
  depth = 0;
  /** How often what is being written runs in one call of the function around. */
  turns = 1;
  private count = 0;

  constructor(random: Seeded) {
    this.random = random;
  }

  /** A name that the program does not have yet. */
  fresh(prefix: string): string {
    this.count++;
    return `${prefix}${this.count}`;
  }

  /** Runs `work`, then forgets the names that it declared. */
  inScope<Result>(work: () => Result): Result {
    const before = this.names.length;
    this.depth++;
    const result = work();
    this.depth--;
    this.names.length = before;
    return result;
  }

  /** Runs `work`, which writes code that runs `turns` times where it stands. */
  repeated<Result>(turns: number, work: () => Result): Result {
    const outer = this.turns;
    this.turns *= turns;
    const result = work();
    this.turns = outer;
    return result;
  }
}

/** The first text that one of the writers drawn has; after so many tries that of `leaf`, as where nothing may be nested. */
export function drawn<Maker extends { readonly random: Seeded }>(
  m: Maker,
  depth: number,
  tries: number,
  writers: Writers<Maker>,
  leaf: (m: Maker) => string,
): string {
  if (depth <= 0) return leaf(m);
  for (let attempt = 0; attempt < tries; attempt++) {
    const text = m.random.weighted(writers)(m, depth - 1);
    if (text !== null) return text;
  }
  return leaf(m);
}

/** What is written around a text, where there is one. */
export const wrapped = (text: string | null, write: (text: string) => string): string | null => text && write(text);
