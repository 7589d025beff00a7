/**
 * What the generator knows while it writes a program: the names in sight, the function it is in, and how much may still
 * be written and run. Tests only.
 */

import { isSame, type Kind, KindPool, type Phase, type Region, TOP_LEVEL } from './kinds.ts';
import { ScopedMaker } from './scopedMaker.ts';
import type { Seeded } from './seeded.ts';

export interface Name {
  readonly name: string;
  readonly kind: Kind;
  readonly region: Region;
  readonly isMutable: boolean;
  /** How it is called, for declared functions; others take exactly the parameters of their kind. */
  readonly callable: Callable | null;
}

export interface Callable {
  readonly parameters: readonly Parameter[];
  /** Takes any number of numbers beyond its parameters. */
  readonly hasRest: boolean;
  readonly result: Kind;
  /** Where what it returns lives. */
  readonly region: Region;
  readonly level: number;
  readonly phase: Phase;
  /** The first parameter counts down what is left of a recursion. */
  readonly isRecursive: boolean;
}

export interface Parameter {
  readonly kind: Kind;
  readonly region: Region;
  readonly hasDefault: boolean;
  /** Its type is written: it gets numbers and nothing else. */
  readonly isAnnotated: boolean;
}

/** The function being written. */
export interface FunctionState {
  readonly phase: Phase;
  readonly level: number;
  /** What `return` returns; `null`: it must not return early. */
  readonly result: { readonly kind: Kind; readonly region: Region } | null;
  /** Labels of the statements around. */
  labels: readonly { readonly name: string; readonly isLoop: boolean }[];
  isInLoop: boolean;
  isInSwitch: boolean;
}

/** Steps that one call of a function of each level may take. */
const CALL_COSTS = [1, 40, 250, 1500, 8000];

export class Maker extends ScopedMaker<Name> {
  readonly pool: KindPool;
  fn: FunctionState;
  /** Steps that the declared function around may still take. */
  stepsLeft = CALL_COSTS.at(-1)!;
  /** Statements that there is still room for in it. */
  statementsLeft = 12;
  /** Statements around the one being written. */
  nesting = 0;
  /** Whether values of mixed kinds may be texts as well; those cannot be added to. */
  readonly hasMixedTexts: boolean;
  /** Set while a getter is written, which must not call itself. */
  isInGetter = false;
  /** Set while code is written that changes nothing and calls nothing. */
  isPure = false;
  /** Set for programs that are edited. */
  variants: VariantWriter | null = null;

  constructor(random: Seeded) {
    super(random);
    this.pool = new KindPool(random);
    this.hasMixedTexts = random.chance(0.3);
    this.fn = Maker.topLevel();
  }

  static topLevel(): FunctionState {
    return { phase: 'top', level: 3, result: null, labels: [], isInLoop: false, isInSwitch: false };
  }

  declare(name: string, kind: Kind, options: Partial<Omit<Name, 'name' | 'kind'>> = {}): Name {
    const declared: Name = { name, kind, region: this.regionOfNew(), isMutable: false, callable: null, ...options };
    this.names.push(declared);
    return declared;
  }

  /** Where what the running code makes lives. */
  regionOfNew(): Region {
    return this.fn.phase === 'top' ? 'top' : 'frame';
  }

  /** Runs `work` with this name out of sight. */
  without<Result>(name: string, work: () => Result): Result {
    const before = this.names;
    this.names = before.filter((one) => one.name !== name);
    const result = work();
    this.names = before;
    return result;
  }

  /** Names in sight for which `isWanted` holds, outermost first. */
  visible(isWanted: (name: Name) => boolean): Name[] {
    const innermost = new Map<string, Name>();
    for (const name of this.names) innermost.set(name.name, name);
    return [...innermost.values()].filter(isWanted);
  }

  visibleOf(kind: Kind, region: Region | null = null): Name[] {
    return this.visible((name) => isSame(name.kind, kind) && (region === null || name.region === region));
  }

  /** Whether code of the running phase may call something of that phase and level, with what is left of its steps. */
  mayCall(phase: Phase, level: number): boolean {
    const here = this.fn.phase;
    const isTime = phase === 'both' || phase === here;
    return isTime && level < this.fn.level && this.turns * CALL_COSTS[level]! <= this.stepsLeft;
  }

  /** Takes the steps of a call. */
  call(level: number): void {
    this.stepsLeft -= this.turns * CALL_COSTS[level]!;
  }

  /** Runs `work` as the body of a function that is called from elsewhere: with steps of its own. */
  inFunction<Result>(fn: FunctionState, recursions: number, work: () => Result): Result {
    const outer = {
      fn: this.fn,
      turns: this.turns,
      stepsLeft: this.stepsLeft,
      room: this.statementsLeft,
      nesting: this.nesting,
    };
    this.fn = fn;
    this.turns = recursions;
    this.nesting = 0;
    this.stepsLeft = CALL_COSTS[fn.level] ?? 0;
    this.statementsLeft = this.random.between(2, fn.level === TOP_LEVEL ? 16 : 9);
    const result = this.inScope(work);
    this.fn = outer.fn;
    this.turns = outer.turns;
    this.stepsLeft = outer.stepsLeft;
    this.statementsLeft = outer.room;
    this.nesting = outer.nesting;
    return result;
  }

  /** Runs `work` as the body of a function that is called here, `turns` times. */
  inCallback<Result>(result: FunctionState['result'], turns: number, work: () => Result): Result {
    const { fn } = this;
    this.fn = { ...fn, result, labels: [], isInLoop: false, isInSwitch: false };
    const made = this.repeated(turns, () => this.inScope(work));
    this.fn = fn;
    return made;
  }

  /** Takes room and steps for a statement; whether there is any left. */
  takeStatement(): boolean {
    this.statementsLeft--;
    this.stepsLeft -= this.turns;
    return this.statementsLeft > 0 && this.stepsLeft > 0;
  }
}

/** Stands for one of two expressions: that of the program, and that of the edited one. */
export type VariantWriter = (before: string, after: string) => string;
