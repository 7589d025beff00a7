/**
 * What is known while a program in everyday JavaScript is written: the names in sight with their kinds, the classes, and how
 * much may still be written and run. Tests only.
 */

import { ScopedMaker } from '../random/scopedMaker.ts';
import { Seeded } from '../random/seeded.ts';

/** `box`: a value of one of several kinds. `table`: an object of numbers that is read by keys. */
export type EverydayKind =
  | ('number' | 'text' | 'box' | 'function')
  | ('list' | 'texts' | 'boxes' | 'objects')
  | ('record' | 'table' | 'object')
  | ('numbersByText' | 'numbersByNumber' | 'boxesByText' | 'set');

export type BoxKind = 'number' | 'text' | 'null' | 'undefined' | 'boolean' | 'list' | 'record' | 'function' | 'object';

/** `both`: called by the top level and by frames. */
export type EverydayPhase = 'top' | 'both' | 'frame';

export interface EverydayName {
  readonly name: string;
  readonly kind: EverydayKind;
  readonly isMutable: boolean;
  /** Whether what it holds was made at the top level, so that it may be kept. */
  readonly isKept: boolean;
  /** The class of an object. */
  readonly class: EverydayClass | null;
  /** Steps that a call takes; for functions. */
  readonly cost: number;
  /** How many arguments it is called with: `[least, most]`. */
  readonly arity: readonly [least: number, most: number];
}

export interface EverydayMethod {
  readonly name: string;
  readonly cost: number;
}

export interface EverydayClass {
  readonly name: string;
  readonly parent: EverydayClass | null;
  readonly fields: readonly { readonly name: string; readonly kind: 'number' | 'box' | 'text' }[];
  readonly methods: readonly EverydayMethod[];
  readonly getters: readonly string[];
  readonly setters: readonly string[];
  readonly statics: readonly string[];
}

/** Keys of maps and tables. */
export const KEYS = ['a', 'b', 'c', 'kick', 'C4'] as const;
/** States of machines, names of things: what variables that hold texts begin with. */
export const TEXTS = ['attack', 'decay', 'off', 'a', 'b', 'C4', 'kick', ''] as const;

const CALL_LIMIT = 400;
/** Steps that a closure in a box may take: fewer than it takes to call one, so that none ends in itself. */
export const CLOSURE_COST = 40;
export const FRAME_LIMIT = 3000;

export class EverydayMaker extends ScopedMaker<EverydayName> {
  readonly classes: EverydayClass[] = [];
  readonly boxKinds: readonly BoxKind[];
  /** Texts that are thrown are caught in the function around, so that nothing leaves one. */
  readonly hasTry: boolean;
  phase: EverydayPhase = 'top';
  labels: readonly { readonly name: string; readonly isLoop: boolean }[] = [];
  isInLoop = false;
  /** Where a `throw` is caught in the same function. */
  isInTry = false;
  /** Loops around: what goes through a map visits what is put back meanwhile, without end. */
  walks = 0;
  cost = 0;
  limit = FRAME_LIMIT;
  statementsLeft = 12;

  constructor(seed: number) {
    super(new Seeded(seed));
    const others = this.random.shuffled<BoxKind>([
      ...(['text', 'null', 'undefined', 'boolean', 'list', 'record', 'function', 'object'] as const),
    ]);
    this.boxKinds = ['number', ...others.slice(0, this.random.between(1, 4))];
    this.hasTry = this.random.chance(0.6);
  }

  declare(name: string, kind: EverydayKind, options: Partial<Omit<EverydayName, 'name' | 'kind'>> = {}): void {
    const isKept = this.phase === 'top';
    this.names.push({ name, kind, isMutable: false, isKept, class: null, cost: 1, arity: [1, 1], ...options });
  }

  visible(kind: EverydayKind, isWanted: (name: EverydayName) => boolean = () => true): EverydayName[] {
    return this.names.filter((name) => name.kind === kind && isWanted(name));
  }

  find(kind: EverydayKind, isWanted: (name: EverydayName) => boolean = () => true): EverydayName | null {
    const found = this.visible(kind, isWanted);
    return found.length > 0 ? this.random.pick(found) : null;
  }

  /** Runs `work` as the body of another function; with what a call of it costs. */
  inFunction<Result>(phase: EverydayPhase, work: () => Result): { readonly made: Result; readonly cost: number } {
    const { labels, isInLoop, isInTry, turns, cost, limit, statementsLeft } = this;
    const outer = { labels, isInLoop, isInTry, turns, cost, limit, statementsLeft, phase: this.phase };
    const inner = { labels: [], isInLoop: false, isInTry: false, turns: 1, cost: 1, limit: CALL_LIMIT };
    Object.assign(this, inner, { phase, statementsLeft: this.random.between(2, 5) });
    const made = this.inScope(work);
    const result = { made, cost: this.cost };
    Object.assign(this, outer);
    return result;
  }

  /** Takes the steps of a call, if there are so many left. */
  takes(cost: number): boolean {
    if (this.cost + this.turns * cost > this.limit) return false;
    this.cost += this.turns * cost;
    return true;
  }

  takeStatement(): boolean {
    return --this.statementsLeft >= 0 && this.takes(1);
  }

  /** Whether keys may come and go here: by no function, which may be called in a loop. */
  mayAdd(): boolean {
    return this.walks === 0 && this.phase !== 'both';
  }

  one(...ways: (() => string)[]): string {
    return this.random.pick(ways)();
  }
}
