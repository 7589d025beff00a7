/**
 * Expressions written without names, so that code which moved reads the same. In: an expression, the specialisation that
 * runs it, and the place that it writes, if any. Out: its `Printed` form, of which a `Writer` is made.
 */

import type { Expression, Variable } from './ast.ts';
import { type Instance, objectOf, PER_FRAME } from './infer/types.ts';
import type { Program } from './lower/program.ts';
import type { Constant, Writer } from './role.ts';

/** What is written: a variable, a field, or an element. */
export type Place =
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'member'; readonly object: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly object: Expression; readonly index: Expression };

export interface Printed extends Omit<Writer, 'element'> {
  readonly hasSelf: boolean;
  /** Set where all of it is constant. */
  readonly constant: Constant | null;
}

const MAX_DEPTH = 12;
/** Longer forms are cut: they tell enough apart. */
const MAX_TEXT = 400;

const CHANGING: Printed = {
  hasSelf: false,
  constant: null,
  spine: '?',
  full: '~',
  constants: [],
  isInteger: false,
};
export const SELF: Printed = {
  hasSelf: true,
  constant: null,
  spine: '•',
  full: '•',
  constants: [],
  isInteger: true,
};

const constantOf = (constant: Constant, isInteger = true): Printed => ({
  hasSelf: false,
  constant,
  spine: '?',
  full: '#',
  constants: [constant],
  isInteger,
});
const numberOf = (value: number): Printed => constantOf({ kind: 'number', value }, Number.isInteger(value));
const UNKNOWN = constantOf({ kind: 'unknown' }, false);

const KEEPS_INTEGERS = new Set(['+', '-', '*', '%', 'negate', 'Math.abs', 'Math.min', 'Math.max', 'conditional']);
const MAKES_INTEGERS = new Set(
  ['|', '&', '^', '<<', '>>', '>>>', '~', 'Math.floor', 'Math.ceil', 'Math.round', 'Math.trunc'].concat('length'),
);

export function operation(operator: string, operands: readonly Printed[]): Printed {
  const isInteger =
    MAKES_INTEGERS.has(operator) || (KEEPS_INTEGERS.has(operator) && operands.every((part) => part.isInteger));
  const constants = operands.map(({ constant }) => constant).filter((constant) => constant !== null);
  if (constants.length === operands.length && operands.length > 0) {
    return constantOf({ kind: 'operation', operator, operands: constants }, isInteger);
  }
  const hasSelf = operands.some((part) => part.hasSelf);
  const cut = (text: string): string => (text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text);
  return {
    hasSelf,
    constant: null,
    spine: hasSelf ? cut(`${operator}(${operands.map(({ spine }) => spine).join()})`) : '?',
    full: cut(`${operator}(${operands.map(({ full }) => full).join()})`),
    constants: operands.flatMap((part) => part.constants),
    isInteger,
  };
}

/** Whether two expressions in the same function name the same thing. */
export function isSameExpression(a: Expression, b: Expression): boolean {
  if (a.kind === 'variable') return b.kind === 'variable' && a.variable === b.variable;
  if (a.kind === 'number') return b.kind === 'number' && a.value === b.value;
  if (a.kind === 'patchGlobal') return b.kind === 'patchGlobal' && a.name === b.name;
  if (a.kind === 'member') return b.kind === 'member' && a.name === b.name && isSameExpression(a.object, b.object);
  if (a.kind === 'index') {
    return b.kind === 'index' && isSameExpression(a.object, b.object) && isSameExpression(a.index, b.index);
  }
  if (a.kind !== 'binary' || b.kind !== 'binary' || a.operator !== b.operator) return false;
  return isSameExpression(a.left, b.left) && isSameExpression(a.right, b.right);
}

/** The specialisation whose variable it is, as seen from one in or below it. */
export function ownerOf(instance: Instance, { owner }: Variable): Instance | null {
  let at: Instance | null = instance;
  while (at && at.closure.node !== owner) at = at.closure.parent;
  return at;
}

/** The number that an index always is. */
export function fixedIndex(index: Expression): number | null {
  if (index.kind === 'number') return index.value;
  return index.kind === 'variable' ? index.variable.number : null;
}

export class NamelessPrinter {
  private readonly program: Program;
  private readonly isGlobalWritten: (variable: Variable) => boolean;
  /** What the constants that live functions declare are given. */
  private readonly declared: ReadonlyMap<Variable, Expression>;

  constructor(
    program: Program,
    isGlobalWritten: (variable: Variable) => boolean,
    declared: ReadonlyMap<Variable, Expression>,
  ) {
    this.program = program;
    this.isGlobalWritten = isGlobalWritten;
    this.declared = declared;
  }

  print(instance: Instance, expression: Expression, self: Place | null): Printed {
    return new Printing(this.program, this.isGlobalWritten, this.declared, self, instance).of(expression, instance, 0);
  }
}

type Arguments = ReadonlyMap<Variable, Printed>;

class Printing {
  private readonly program: Program;
  private readonly isGlobalWritten: (variable: Variable) => boolean;
  private readonly declared: ReadonlyMap<Variable, Expression>;
  private readonly self: Place | null;
  /** The specialisation in which the place is named. */
  private readonly home: Instance;

  constructor(
    program: Program,
    isGlobalWritten: (variable: Variable) => boolean,
    declared: ReadonlyMap<Variable, Expression>,
    self: Place | null,
    home: Instance,
  ) {
    this.program = program;
    this.isGlobalWritten = isGlobalWritten;
    this.declared = declared;
    this.self = self;
    this.home = home;
  }

  of(expression: Expression, instance: Instance, depth: number, given: Arguments = new Map()): Printed {
    if (depth > MAX_DEPTH) return CHANGING;
    const all = (...parts: readonly Expression[]): Printed[] =>
      parts.map((part) => this.of(part, instance, depth + 1, given));
    switch (expression.kind) {
      case 'number':
        return numberOf(expression.value);
      case 'boolean':
        return numberOf(expression.value ? 1 : 0);
      case 'variable':
        return this.variable(expression.variable, instance, depth, given);
      case 'patchGlobal':
        if (expression.name === 'sampleRate') return constantOf({ kind: 'sampleRate' });
        return { ...CHANGING, full: expression.name, isInteger: expression.name === 'currentFrame' };
      case 'unary':
        return operation(expression.operator === '-' ? 'negate' : expression.operator, all(expression.operand));
      case 'binary':
      case 'logical':
        return operation(expression.operator, all(expression.left, expression.right));
      case 'conditional': {
        const [test, yes, no] = all(expression.test, expression.yes, expression.no);
        const isInteger = yes!.isInteger && no!.isInteger;
        return { ...operation('conditional', [test!, yes!, no!]), isInteger };
      }
      case 'member':
        return this.member(expression, instance, depth, given);
      case 'index':
        return this.element(expression);
      case 'builtin':
        return operation(expression.name, all(...expression.args.map(({ value }) => value)));
      case 'method':
        return operation(`.${expression.name}`, [CHANGING, ...all(...expression.args.map(({ value }) => value))]);
      case 'call':
        return this.call(expression, instance, depth, given);
      case 'sequence':
      case 'let':
      case 'default':
        return this.of(expression.value, instance, depth + 1, given);
      default:
        return { ...CHANGING, full: expression.kind };
    }
  }

  private variable(variable: Variable, instance: Instance, depth: number, given: Arguments): Printed {
    const known = given.get(variable);
    if (known) return known;
    if (this.self?.kind === 'variable' && this.self.variable === variable) return SELF;
    if (variable.number !== null) return numberOf(variable.number);
    if (variable.owner === null) {
      if (this.isGlobalWritten(variable)) return CHANGING;
      return constantOf({ kind: 'root', symbol: this.program.variableSymbol(variable) });
    }
    const owner = ownerOf(instance, variable);
    if (!owner || owner.written.has(variable) || variable.kind === 'parameter') {
      const isCaptured = owner && owner !== instance && !owner.written.has(variable) && (owner.runs & PER_FRAME) === 0;
      return isCaptured ? this.captured(variable, instance) : CHANGING;
    }
    if ((owner.runs & PER_FRAME) === 0 && owner !== instance) return this.captured(variable, instance);
    const value = owner === instance && !variable.reassigned ? this.declared.get(variable) : undefined;
    return value ? this.of(value, instance, depth + 1, given) : CHANGING;
  }

  /** In another function than the one that names the place, nobody knows which closure it is. */
  private captured(variable: Variable, instance: Instance): Printed {
    if (instance !== this.home) return UNKNOWN;
    return constantOf({ kind: 'sibling', name: variable.name, owner: variable.owner?.path ?? '' });
  }

  private member(
    expression: Expression & { kind: 'member' },
    instance: Instance,
    depth: number,
    given: Arguments,
  ): Printed {
    const { object, name } = expression;
    const { self } = this;
    const isBeside = self?.kind === 'member' && instance === this.home && isSameExpression(self.object, object);
    if (isBeside && self.name === name) return SELF;
    const type = objectOf(instance.types.get(object.id) ?? { mask: 0, object: null });
    if (type?.kind !== 'record') return name === 'length' ? { ...UNKNOWN, isInteger: true } : CHANGING;
    const field = type.fields.get(name);
    if (!field || field.written) return CHANGING;
    if (isBeside) return constantOf({ kind: 'sibling', name, owner: '' });
    // An argument may be an object; what is in it is not looked up.
    return object.kind === 'variable' && given.has(object.variable) && depth > 0 ? CHANGING : UNKNOWN;
  }

  private element({ object, index }: Expression & { kind: 'index' }): Printed {
    const { self } = this;
    const isAtSame = self?.kind === 'index' && isSameExpression(self.index, index);
    if (isAtSame && isSameExpression(self.object, object)) return SELF;
    const type = objectOf(this.home.types.get(object.id) ?? { mask: 0, object: null });
    if (type?.kind !== 'array' || type.written || object.kind !== 'variable') return CHANGING;
    const { variable } = object;
    if (variable.owner !== null || this.isGlobalWritten(variable)) return UNKNOWN;
    const at = fixedIndex(index);
    if (at === null && !isAtSame) return CHANGING;
    return constantOf({ kind: 'element', symbol: this.program.variableSymbol(variable), index: at });
  }

  /** A function that only returns something is what it returns. */
  private call(
    expression: Expression & { kind: 'call' },
    instance: Instance,
    depth: number,
    given: Arguments,
  ): Printed {
    const args = expression.args.map(({ value }) => this.of(value, instance, depth + 1, given));
    const reached = instance.calls.get(expression.id);
    if (reached?.kind !== 'direct') return operation('call', [CHANGING, ...args]);
    const { node } = reached.instance.closure;
    if (node.unit?.isLibrary) return operation(node.path, [CHANGING, ...args]);
    const [only] = node.body;
    const isPlain = !expression.args.some(({ spread }) => spread) && !node.parameters.some(({ rest }) => rest);
    if (node.body.length !== 1 || only?.kind !== 'return' || !only.value || !isPlain) {
      return operation('call', [CHANGING, ...args]);
    }
    const bound = new Map(node.parameters.map(({ variable }, n) => [variable, args[n] ?? CHANGING]));
    return this.of(only.value, reached.instance, depth + 1, bound);
  }
}
