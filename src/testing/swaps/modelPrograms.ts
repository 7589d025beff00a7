/**
 * Programs that know their own state: each is a text for Segue and, for JavaScript, a list of variables with a function that
 * computes a frame from them. A program is changed at random into another one; what both have in common is known by what
 * the variables are, not by what they are called. Tests only.
 */

import type { Seeded } from '../random/seeded.ts';

export interface ModelVariable {
  /** Stays the same while names change. */
  readonly id: string;
  readonly name: string;
  readonly init: number;
  /** Whether frames assign to it. */
  readonly written: boolean;
}

export type LineType = 'Float32Array' | 'Float64Array' | 'array';

interface Common {
  readonly id: number;
  readonly name: string;
  readonly gain: number;
}

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

export type ModelUnit = Single | Bank;
export type Program = readonly ModelUnit[];

/** Values by the identity of what holds them. */
export type State = Map<string, { readonly init: number; value: number | Float32Array | Float64Array | number[] }>;

export class ModelMaker {
  readonly random: Seeded;
  private count = 0;

  constructor(random: Seeded) {
    this.random = random;
  }

  private fresh(): number {
    return ++this.count;
  }

  /** No two variables begin alike, so that one is never taken for another. */
  private variable(): ModelVariable {
    const n = this.fresh();
    return { id: `v${n}`, name: `v${n}`, init: n / 64, written: this.random.chance(0.7) };
  }

  private unit(): ModelUnit {
    const { random } = this;
    const id = this.fresh();
    const common = { id, name: `u${id}`, gain: random.between(1, 9) };
    if (random.chance(0.3)) return { ...common, kind: 'single', variable: { ...this.variable(), name: common.name } };
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
        { ...unit, variable: { ...variable, init: this.fresh() / 64 } },
      ]);
    }
    return random.pick<() => Bank>([
      () => ({ ...unit, gain }),
      () => ({ ...unit, name }),
      () => ({ ...unit, factory: name }),
      () => ({ ...unit, constants: this.changedConstants(unit) }),
      () => ({ ...unit, constants: this.changedConstants(unit) }),
      () => ({ ...unit, clock: unit.clock ? null : this.variable() }),
      () => ({ ...unit, clock: unit.clock && { ...unit.clock, written: !unit.clock.written } }),
      () => ({ ...unit, variables: this.changedVariables(unit.variables) }),
      () => ({ ...unit, variables: this.changedVariables(unit.variables) }),
      () => ({ ...unit, line: { ...unit.line, length: random.between(2, 9) } }),
      () => ({ ...unit, line: { ...unit.line, length: random.between(2, 30) } }),
      () => ({ ...unit, line: { ...unit.line, type: this.lineType() } }),
      () => ({ ...unit, closures: this.changedClosures(unit) }),
    ])();
  }

  /** A closure that is new takes the value of what no frame writes from the text, whatever it came to be meanwhile. */
  private changedClosures({ closures, clock, variables }: Bank): Bank['closures'] {
    if (closures.length === 2) return [this.random.pick(closures)];
    const isAllWritten = variables.every(({ written }) => written) && clock?.written !== false;
    return isAllWritten ? ['up', 'get'] : closures;
  }

  /** The closures of a new element are new, too. */
  private changedConstants({ constants, clock }: Bank): readonly number[] {
    const { random } = this;
    const next = [...constants];
    const at = random.below(next.length);
    random.pick<() => void>([
      () => (clock?.written === false ? null : next.splice(random.below(next.length + 1), 0, this.constant())),
      () => (next.length > 1 ? next.splice(at, 1) : null),
      () => next.splice(0, next.length, ...random.shuffled(next)),
    ])();
    return next;
  }

  private changedVariables(variables: readonly ModelVariable[]): readonly ModelVariable[] {
    const { random } = this;
    const next = [...variables];
    const at = random.below(next.length);
    const one = next[at]!;
    random.pick<() => void>([
      () => next.splice(at, 1, { ...one, name: `w${this.fresh()}` }),
      () => next.splice(at, 1, { ...one, written: !one.written }),
      () => next.splice(at, 1, { ...one, init: this.fresh() / 64 }),
      () => next.splice(random.below(next.length + 1), 0, this.variable()),
      () => (next.length > 1 ? next.splice(at, 1) : null),
    ])();
    return next;
  }
}

// The text

export function textOf(program: Program): string {
  const units = program.map((unit) => (unit.kind === 'single' ? singleText(unit) : bankText(unit)));
  const uses = program.map((unit) => (unit.kind === 'single' ? singleUse(unit) : bankUse(unit)));
  return `${units.join('\n')}\nexport default () => {\nlet sum = 0\n${uses.join('\n')}\nreturn sum\n}`;
}

const singleText = ({ name, variable }: Single): string => `let ${name} = ${variable.init}`;

function singleUse({ name, gain, variable }: Single): string {
  const step = variable.written ? `${name} = (${name} * 1.25 + 0.5) % 11\n` : '';
  return `${step}sum = sum * 0.75 + ${gain} * ${name}`;
}

function bankText({ name, factory, constants, clock, variables, field, line, closures }: Bank): string {
  const made =
    line.type === 'array' ? `Array.from({ length: ${line.length} }, () => 0)` : `new ${line.type}(${line.length})`;
  const steps = [
    ...(clock?.written ? [`${clock.name} = (${clock.name} + k) % 7`] : []),
    ...variables.filter(({ written }) => written).map((v) => `${v.name} = (${v.name} * 1.25 + k) % 11`),
    `o.${field.name} = (o.${field.name} + k) % 13`,
    `at = (at + 3) % ${line.length}`,
    `line[at] = line[at] * 0.5 + ${variables[0]!.name}`,
  ];
  const sum = [
    ...(clock ? [clock.name] : []),
    ...variables.map((v) => v.name),
    `o.${field.name}`,
    `line[(at + 1) % ${line.length}]`,
  ];
  const get = [...(clock ? [clock.name] : []), variables[0]!.name].join(' + ');
  const bodies = {
    up: `const up = () => {\n${steps.join('\n')}\nreturn ${sum.join(' + ')}\n}`,
    get: `const get = () => (${get}) * 0.5`,
  };
  return `function ${factory}() {
${clock ? `let ${clock.name} = ${clock.init}` : ''}
const one = (k) => {
${variables.map((v) => `let ${v.name} = ${v.init}`).join('\n')}
const o = { ${field.name}: ${field.init} }
const line = ${made}
let at = 0
${closures.map((closure) => bodies[closure]).join('\n')}
return { k, ${closures.join(', ')} }
}
return [${constants.join(', ')}].map((k) => one(k))
}
const ${name} = ${factory}()`;
}

const bankUse = ({ name, gain, closures }: Bank): string =>
  `for (const one of ${name}) {\n${closures.map((closure) => `sum = sum * 0.75 + ${gain} * one.${closure}()`).join('\n')}\n}`;

// The model

/** The state that a program begins with. */
export function stateOf(program: Program): State {
  const state: State = new Map();
  const put = (key: string, { init }: ModelVariable) => state.set(key, { init, value: init });
  for (const unit of program) {
    if (unit.kind === 'single') {
      put(unit.variable.id, unit.variable);
      continue;
    }
    const hasUp = unit.closures.includes('up');
    if (unit.clock) put(unit.clock.id, unit.clock);
    for (const k of unit.constants) {
      const prefix = `${unit.id}/${k}/`;
      // What only the other closure uses is not there.
      for (const v of hasUp ? unit.variables : unit.variables.slice(0, 1)) put(prefix + v.id, v);
      if (!hasUp) continue;
      put(prefix + unit.field.id, unit.field);
      state.set(`${prefix}at`, { init: 0, value: 0 });
      const { type, length } = unit.line;
      const value =
        type === 'array'
          ? new Array<number>(length).fill(0)
          : new (type === 'Float32Array' ? Float32Array : Float64Array)(length);
      state.set(`${prefix}line/${type}`, { init: 0, value });
    }
  }
  return state;
}

/** Brings what both have in common over, if it begins alike: what a swap promises. */
export function carryOver(from: State, to: State): void {
  for (const [key, entry] of to) {
    const before = from.get(key);
    if (!before || before.init !== entry.init) continue;
    if (typeof entry.value === 'number') entry.value = before.value;
    else if (typeof before.value !== 'number') {
      for (let n = Math.min(before.value.length, entry.value.length) - 1; n >= 0; n--)
        entry.value[n] = before.value[n]!;
    }
  }
}

/** The next sample. */
export function frameOf(program: Program, state: State): number {
  const read = (key: string): number => state.get(key)!.value as number;
  const write = (key: string, value: number): void => {
    state.get(key)!.value = value;
  };
  let sum = 0;
  for (const unit of program) {
    if (unit.kind === 'single') {
      const { id, written } = unit.variable;
      if (written) write(id, (read(id) * 1.25 + 0.5) % 11);
      sum = sum * 0.75 + unit.gain * read(id);
      continue;
    }
    const { clock, variables, field, line, gain } = unit;
    for (const k of unit.constants) {
      const prefix = `${unit.id}/${k}/`;
      const first = prefix + variables[0]!.id;
      for (const closure of unit.closures) {
        if (closure === 'get') {
          sum = sum * 0.75 + gain * ((clock ? read(clock.id) + read(first) : read(first)) * 0.5);
          continue;
        }
        if (clock?.written) write(clock.id, (read(clock.id) + k) % 7);
        for (const v of variables) if (v.written) write(prefix + v.id, (read(prefix + v.id) * 1.25 + k) % 11);
        write(prefix + field.id, (read(prefix + field.id) + k) % 13);
        const elements = state.get(`${prefix}line/${line.type}`)!.value as number[];
        const at = (read(`${prefix}at`) + 3) % line.length;
        write(`${prefix}at`, at);
        elements[at] = elements[at]! * 0.5 + read(first);
        const terms = [
          ...(clock ? [read(clock.id)] : []),
          ...variables.map((v) => read(prefix + v.id)),
          read(prefix + field.id),
          elements[(at + 1) % line.length]!,
        ];
        sum = sum * 0.75 + gain * terms.reduce((a, b) => a + b);
      }
    }
  }
  return sum;
}
