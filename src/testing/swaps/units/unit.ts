/** What all units of model programs are made of. Tests only. */

import type { Seeded } from '../../random/seeded.ts';

export interface ModelVariable {
  /** Stays the same while names change. */
  readonly id: string;
  readonly name: string;
  readonly init: number;
  /** Whether frames assign to it. */
  readonly written: boolean;
}

export interface Common {
  readonly id: number;
  readonly name: string;
  readonly gain: number;
}

/** A declaration of the top level, and what the frame does with it. */
export interface Parts {
  readonly text: string;
  readonly use: string;
}

/** What units draw from: names, numbers and values to begin with that nothing else has. */
export interface UnitSource {
  readonly random: Seeded;
  fresh(): number;
  init(): number;
  variable(): ModelVariable;
}

/** A text in a state: what a variable holds that is no number. */
export type Cell = number | string;

export interface Cells {
  read(key: string): number;
  text(key: string): string;
  write(key: string, value: Cell): void;
}

/** What decides whether a value may be kept, where another program has other texts or other kinds. */
export interface Limits {
  /** Those that the program has, if it may hold one; another is forgotten. */
  readonly texts?: readonly string[];
  /** What it may hold; a program that may not hold all that it may have held before begins again. */
  readonly kinds?: readonly string[];
}

/** Adds a variable with what it begins with. */
export type PutCell = (key: string, init: Cell, limits?: Limits) => void;

export const heard = (gain: number, value: string): string => `sum = sum * 0.75 + ${gain} * (${value})`;
export const hear = (sum: number, gain: number, value: number): number => sum * 0.75 + gain * value;
