/**
 * What is known of loops that stay loops: what changes from turn to turn, and within which bounds. Found out by working
 * through them, at first as if nothing changed, until all of it holds. In: what a turn leaves. Out: parameters.
 */

import type { Access } from '../compiler/ir.ts';
import { type Builder, few, listOf } from './builder.ts';
import { IntegerGuess } from './integerGuess.ts';
import type { Interval } from './ranges.ts';
import type { ParameterValue, Value } from './ssa.ts';
import { StepGuess } from './steps.ts';
import { WholeGuess } from './wholeGuess.ts';
import { integerOf } from './wholes.ts';

interface Described {
  possible: readonly number[] | null;
  readonly ends: IntegerGuess;
}

export class LoopFacts {
  /** Not written out, since its end is not known. */
  staysLoop = false;
  /** Locals that are others after a turn. */
  readonly locals = new Set<number>();
  /** Cells that are others after a turn, with how they are read. */
  readonly cells = new Map<number, Access>();
  /** Rises whenever something has to be worked through again. */
  version = 0;
  private readonly described = new Map<string, Described>();
  /** f64 that may be whole numbers in each turn, by name. */
  private readonly guesses = new Map<string, WholeGuess>();
  private readonly steps = new Map<string, StepGuess>();

  addLocal(index: number): void {
    this.locals.add(index);
    this.version++;
  }

  addCell(offset: number, access: Access): void {
    if (this.cells.has(offset)) return;
    this.cells.set(offset, access);
    this.version++;
  }

  /** Between what the whole number is that an f64 is taken to be; `null`: it is taken to be any number. */
  wholeAt(name: string, initial: Interval | null): Interval | null {
    let guess = this.guesses.get(name);
    if (!guess) {
      guess = new WholeGuess(initial);
      this.guesses.set(name, guess);
    }
    return guess.include(initial);
  }

  /** In the next turn it has to be a whole number again. Returns it, if it is. */
  nextWhole(name: string, parameter: ParameterValue, value: Value, builder: Builder): Value | null {
    const guess = this.guesses.get(name)!;
    const whole = integerOf(builder, value);
    if (!guess.holdsFor(whole && builder.interval(whole))) this.version++;
    if (whole) this.nextStep(name, parameter, whole, builder);
    return whole;
  }

  /** Which remainders an i32 leaves, if it rises by the same number each turn. */
  describeSteps(parameter: ParameterValue, name: string, initial: Interval): void {
    let known = this.steps.get(name);
    if (!known) {
      known = new StepGuess();
      this.steps.set(name, known);
    }
    known.describe(parameter, initial);
  }

  private nextStep(name: string, parameter: ParameterValue, value: Value, builder: Builder): void {
    const known = this.steps.get(name);
    if (known && !known.holdsFor(parameter, value, builder.interval(parameter))) this.version++;
  }

  /** Once all holds: does less hold, too? */
  narrow(): void {
    for (const guess of this.guesses.values()) if (guess.narrow()) this.version++;
    for (const { ends } of this.described.values()) if (ends.narrow()) this.version++;
  }

  /** Gives a parameter what is assumed of it. */
  describe(parameter: ParameterValue, name: string, initial: Value, builder: Builder): void {
    if (parameter.type !== 'i32') return;
    let known = this.described.get(name);
    if (!known) {
      known = { possible: listOf(initial), ends: new IntegerGuess() };
      this.described.set(name, known);
    }
    parameter.possible = known.possible && known.possible.length > 1 ? known.possible : null;
    const interval = builder.interval(initial);
    const { low, high } = known.ends.include(interval);
    this.describeSteps(parameter, name, interval);
    parameter.lowest = low;
    parameter.highest = high;
  }

  /** What it is in the next turn has to be what was assumed. */
  next(name: string, parameter: ParameterValue, value: Value, builder: Builder): void {
    const known = this.described.get(name);
    if (!known || parameter.type !== 'i32') return;
    if (known.possible) {
      const list = listOf(value);
      const joined = list && few([...known.possible, ...list]);
      // A counter would add one with each try.
      const isCounter = value.op === 'binary' && value.args.some((arg) => arg === parameter);
      if (!joined || isCounter) {
        known.possible = null;
        this.version++;
      } else if (joined.length > known.possible.length) {
        known.possible = joined;
        this.version++;
      }
    }
    if (!known.ends.holdsFor(builder.interval(value))) this.version++;
    this.nextStep(name, parameter, value, builder);
  }
}

export class LoopKnowledge {
  private readonly byKey = new Map<string, LoopFacts>();

  of(key: string): LoopFacts {
    let facts = this.byKey.get(key);
    if (!facts) {
      facts = new LoopFacts();
      this.byKey.set(key, facts);
    }
    return facts;
  }
}
