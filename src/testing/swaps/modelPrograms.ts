/**
 * Programs that know their own state: each is a text for Segue and, for JavaScript, a list of variables with a function that
 * computes a frame from them (modelTexts.ts, modelStates.ts). A program is changed at random into another one; what both
 * have in common is known by what the variables are, not by what they are called or where they stand. Tests only.
 */

import type { Seeded } from '../random/seeded.ts';
import { type Boxed, changedBoxed, newBoxed } from './units/boxed.ts';
import { changedEnsemble, type Ensemble, newEnsemble } from './units/ensemble.ts';
import { type Crowd, changedCrowd, changedKeyed, type Keyed, newCrowd, newKeyed } from './units/keyed.ts';
import { changedMachine, type Machine, newMachine } from './units/machine.ts';
import type { Common, ModelVariable, UnitSource } from './units/unit.ts';

export type { ModelVariable } from './units/unit.ts';

export type LineType = 'Float32Array' | 'Float64Array' | 'array';

/** A top-level variable. */
export interface Single extends Common {
  readonly kind: 'single';
  readonly variable: ModelVariable;
}

/** An array of objects with closures that a factory makes, one for each constant. */
export interface Bank extends Common {
  readonly kind: 'bank';
  readonly factory: string;
  readonly constants: readonly number[];
  /** Shared by all elements; `null`: there is none. */
  readonly clock: ModelVariable | null;
  readonly variables: readonly ModelVariable[];
  readonly field: ModelVariable;
  readonly line: { readonly type: LineType; readonly length: number };
  /** The closures of an element, which share its variables. */
  readonly closures: readonly ('up' | 'get')[];
}

/** How the members of a group are written: one state each, which all of these do the same with. */
export const FORMS = ['singles', 'fields', 'numbers', 'indexed', 'objects', 'closures', 'voice', 'voices'] as const;

export type Form = (typeof FORMS)[number];

export interface Member {
  /** Stays the same while names and forms change. */
  readonly id: string;
  readonly name: string;
  /** No two members of any group have the same: by this they are known. */
  readonly step: number;
}

/** Several phases that begin alike, top-level variables in one text and closures or elements in another. */
export interface Group extends Common {
  readonly kind: 'group';
  readonly form: Form;
  readonly init: number;
  readonly members: readonly Member[];
}

export const WAYS = ['modulo', 'reset', 'conditional', 'before', 'count', 'down'] as const;

/** A delay line with its cursor and what is written into it. */
export interface Delay extends Common {
  readonly kind: 'delay';
  readonly form: 'top' | 'factory' | 'object';
  /** How the cursor is stepped. */
  readonly way: (typeof WAYS)[number];
  /** No two delay lines have the same. */
  readonly size: number;
  readonly input: ModelVariable;
}

export type ModelUnit = Single | Bank | Group | Delay | Machine | Keyed | Crowd | Boxed | Ensemble;
export type Program = readonly ModelUnit[];

type KindWeights = readonly (readonly [weight: number, kind: ModelUnit['kind']])[];

/** Numbers in variables, members, elements and delay lines, and no values of other kinds. */
export const NUMBER_KINDS: KindWeights = [
  [2, 'single'],
  [4, 'bank'],
  [3, 'group'],
  [2, 'delay'],
];

const ALL_KINDS: KindWeights = [
  ...NUMBER_KINDS,
  [1.5, 'machine'],
  [1.5, 'keyed'],
  [1, 'crowd'],
  [1.5, 'boxed'],
  [2.5, 'ensemble'],
];

export interface ModelOptions {
  /** Names and constants count up from here. */
  readonly first?: number;
  readonly kinds?: readonly ModelUnit['kind'][];
  /** How often which kind is drawn, if none are given. */
  readonly weights?: KindWeights;
  /** All variables begin with it, so that this tells none of them from another. */
  readonly init?: number;
}

export class ModelMaker implements UnitSource {
  readonly random: Seeded;
  private readonly options: ModelOptions;
  private count: number;
  private readonly sizes = new Set<number>();

  constructor(random: Seeded, options: ModelOptions = {}) {
    this.random = random;
    this.options = options;
    this.count = options.first ?? 0;
  }

  fresh(): number {
    return ++this.count;
  }

  /** If nothing else is asked for, no two variables begin alike, so that one is never taken for another. */
  init(): number {
    return this.options.init ?? this.fresh() / 64;
  }

  variable(): ModelVariable {
    const n = this.fresh();
    return { id: `v${n}`, name: `v${n}`, init: this.options.init ?? n / 64, written: this.random.chance(0.7) };
  }

  private unit(): ModelUnit {
    const { random } = this;
    const id = this.fresh();
    const common = { id, name: `u${id}`, gain: random.between(1, 9) };
    const { kinds, weights = ALL_KINDS } = this.options;
    const kind = kinds ? random.pick(kinds) : random.weighted(weights);
    if (kind === 'single') return { ...common, kind, variable: { ...this.variable(), name: common.name } };
    if (kind === 'group') return this.group(common);
    if (kind === 'delay') return this.delay(common);
    if (kind === 'machine') return newMachine(this, common);
    if (kind === 'keyed') return newKeyed(this, common);
    if (kind === 'crowd') return newCrowd(this, common);
    if (kind === 'boxed') return newBoxed(this, common);
    if (kind === 'ensemble') return newEnsemble(this, common);
    return {
      ...common,
      kind: 'bank',
      factory: `make${id}`,
      constants: Array.from({ length: random.between(1, 4) }, () => this.constant()),
      clock: random.chance(0.5) ? this.variable() : null,
      variables: Array.from({ length: random.between(1, 3) }, () => this.variable()),
      field: { ...this.variable(), written: true },
      line: { type: this.lineType(), length: random.between(2, 9) },
      closures: random.pick([['up'], ['up', 'get'], ['get']] as const),
    };
  }

  private group(common: Common): Group {
    const members = Array.from({ length: this.random.between(1, 4) }, () => this.member());
    return { ...common, kind: 'group', form: this.random.pick(FORMS), init: this.init(), members };
  }

  private member(): Member {
    const n = this.fresh();
    return { id: `m${n}`, name: `m${n}`, step: n / 256 };
  }

  private delay(common: Common): Delay {
    const input = { ...this.variable(), written: true };
    const form = this.random.pick(['top', 'factory', 'object'] as const);
    return { ...common, kind: 'delay', form, way: this.random.pick(WAYS), size: this.size(), input };
  }

  private size(): number {
    let size = this.random.between(2, 40);
    while (this.sizes.has(size)) size++;
    this.sizes.add(size);
    return size;
  }

  private constant(): number {
    return this.fresh() / 32;
  }

  private lineType(): LineType {
    return this.random.pick(['Float32Array', 'Float64Array', 'array'] as const);
  }

  program(): Program {
    return Array.from({ length: this.random.between(1, 4) }, () => this.unit());
  }

  /** Another program: some units are changed in one way each, some come, go or move. */
  changed(program: Program): Program {
    const { random } = this;
    const next = program.map((unit) => (random.chance(0.6) ? this.changedUnit(unit) : unit));
    // Where units move, a new name in an old place says nothing.
    const isRenamed = next.some((unit, n) => unit.name !== program[n]!.name);
    if (!isRenamed && random.chance(0.3)) return random.shuffled(next);
    if (random.chance(0.3)) next.splice(random.below(next.length + 1), 0, this.unit());
    if (!isRenamed && next.length > 1 && random.chance(0.2)) next.splice(random.below(next.length), 1);
    return next;
  }

  private changedUnit(unit: ModelUnit): ModelUnit {
    const { random } = this;
    const name = `n${this.fresh()}`;
    const gain = random.between(1, 9);
    if (unit.kind === 'single') {
      const { variable } = unit;
      return random.pick<ModelUnit>([
        { ...unit, gain },
        { ...unit, name, variable: { ...variable, name } },
        { ...unit, variable: { ...variable, written: !variable.written } },
        { ...unit, variable: { ...variable, init: this.init() } },
      ]);
    }
    if (unit.kind === 'group') return { ...unit, gain, ...this.changedGroup(unit, name) };
    if (unit.kind === 'delay') return { ...unit, gain, ...this.changedDelay(unit, name) };
    if (unit.kind === 'machine') return { ...unit, gain, ...changedMachine(this, unit) };
    if (unit.kind === 'keyed') return { ...unit, gain, ...changedKeyed(this, unit) };
    if (unit.kind === 'crowd') return { ...unit, gain, ...changedCrowd(this, unit) };
    if (unit.kind === 'boxed') return { ...unit, gain, ...changedBoxed(this, unit) };
    if (unit.kind === 'ensemble') return { ...unit, gain, ...changedEnsemble(this, unit) };
    return random.pick<() => Bank>([
      () => ({ ...unit, gain }),
      () => ({ ...unit, name }),
      () => ({ ...unit, factory: name }),
      () => ({ ...unit, constants: this.changedConstants(unit) }),
      () => ({ ...unit, constants: this.changedConstants(unit) }),
      () => ({ ...unit, clock: unit.clock ? null : this.variable() }),
      () => ({ ...unit, clock: unit.clock && { ...unit.clock, written: !unit.clock.written } }),
      () => ({ ...unit, variables: this.changedVariables(unit) }),
      () => ({ ...unit, variables: this.changedVariables(unit) }),
      () => ({ ...unit, line: { ...unit.line, length: random.between(2, 9) } }),
      () => ({ ...unit, line: { ...unit.line, length: random.between(2, 30) } }),
      () => ({ ...unit, line: { ...unit.line, type: this.lineType() } }),
      () => ({ ...unit, closures: this.changedClosures(unit) }),
    ])();
  }

  private changedGroup({ members, form }: Group, name: string): Partial<Group> {
    const { random } = this;
    const other = random.pick(FORMS);
    const renamed = members.map((member) => ({ ...member, name: `m${this.fresh()}` }));
    // Numbers in an array have no names: they are known by where they are.
    const at = form === 'numbers' || form === 'indexed' ? members.length : random.below(members.length + 1);
    return random.weighted<() => Partial<Group>>([
      [4, () => ({ form: other })],
      [2, () => ({ form: other, name, members: renamed })],
      [1, () => ({ form: other, members: [...members, this.member()] })],
      [1, () => ({ members: members.toSpliced(at, 0, this.member()) })],
      [1, () => (members.length > 1 ? { members: members.toSpliced(Math.min(at, members.length - 1), 1) } : {})],
      [1, () => ({ init: this.init() })],
    ])();
  }

  private changedDelay({ input }: Delay, name: string): Partial<Delay> {
    const { random } = this;
    return random.weighted<() => Partial<Delay>>([
      [4, () => ({ size: this.size() })],
      [2, () => ({ form: random.pick(['top', 'factory', 'object'] as const) })],
      [1, () => ({ form: random.pick(['top', 'factory', 'object'] as const), name })],
      [2, () => ({ way: random.pick(WAYS) })],
      [1, () => ({ size: this.size(), way: random.pick(WAYS) })],
      [1, () => ({ input: { ...input, init: this.init() } })],
    ])();
  }

  /** A closure that is new takes the value of what no frame writes from the text, whatever it came to be meanwhile. */
  private changedClosures({ closures, clock, variables }: Bank): Bank['closures'] {
    if (closures.length === 2) return [this.random.pick(closures)];
    const isAllWritten = variables.every(({ written }) => written) && clock?.written !== false;
    return isAllWritten ? ['up', 'get'] : closures;
  }

  /** The closures of a new element are new, too. */
  private changedConstants({ constants, clock, closures }: Bank): readonly number[] {
    const isStill = clock !== null && !(clock.written && closures.includes('up'));
    const { random } = this;
    const next = [...constants];
    const at = random.below(next.length);
    random.pick<() => void>([
      () => (isStill ? null : next.splice(random.below(next.length + 1), 0, this.constant())),
      () => (next.length > 1 ? next.splice(at, 1) : null),
      () => next.splice(0, next.length, ...random.shuffled(next)),
    ])();
    return next;
  }

  private changedVariables({ variables, closures }: Bank): readonly ModelVariable[] {
    const next = this.otherVariables(variables);
    const [first] = next;
    // What another closure has as well, and no frame writes any more, is new to this one.
    const isTakenUp = closures.includes('get') && first!.id !== variables[0]!.id && !first!.written;
    return isTakenUp ? variables : next;
  }

  private otherVariables(variables: readonly ModelVariable[]): readonly ModelVariable[] {
    const { random } = this;
    const next = [...variables];
    const at = random.below(next.length);
    const one = next[at]!;
    random.pick<() => void>([
      () => next.splice(at, 1, { ...one, name: `w${this.fresh()}` }),
      () => next.splice(at, 1, { ...one, written: !one.written }),
      () => next.splice(at, 1, { ...one, init: this.init() }),
      () => next.splice(random.below(next.length + 1), 0, this.variable()),
      () => (next.length > 1 ? next.splice(at, 1) : null),
    ])();
    return next;
  }
}

/**
 * Whether a program that is brought back has something of which what plays says too little: elements or closures that it has
 * not, beside variables that no frame writes, which are as they were when it stopped; or a variable of the top level that has
 * another name meanwhile and is no longer written, or has become so; or an object that none of its frames uses, and that
 * takes what others made of it all the same.
 */
export const hasLostTrack = (back: Program, now: Program): boolean =>
  back.some((unit) => {
    const other = now.find(({ id }) => id === unit.id);
    if (unit.kind === 'single' && other?.kind === 'single') {
      return unit.name !== other.name && unit.variable.written !== other.variable.written;
    }
    if (unit.kind === 'boxed' && other?.kind === 'boxed') {
      return (['list', 'record'] as const).some((kind) => unit.kinds.includes(kind) !== other.kinds.includes(kind));
    }
    if (unit.kind !== 'bank' || other?.kind !== 'bank') return false;
    const isMore =
      unit.constants.some((k) => !other.constants.includes(k)) || unit.closures.length > other.closures.length;
    const isWritten = unit.closures.includes('up');
    return isMore && [unit.clock, ...unit.variables].some((one) => one !== null && !(one.written && isWritten));
  });
