/**
 * Warns of a local variable that is meant as state: it starts from a number and makes one step, but a local variable starts
 * again in every call. `function saw(f) { let p = 0; p += f; return p }` only gives back `f`.
 *
 * Sums and choices look alike (`let x = 0; x += a; x += b`), so all of this has to hold of a function that frames call and
 * of its variable:
 *
 * - It is a `let` with a literal number, among the statements of the function itself, not in a block or loop inside; no
 *   closure uses it, and something reads it besides its own assignments.
 * - Exactly one *step* is among those same statements, and does not depend on a condition there:
 *   - counting: `p += s`, `p -= s`, `p++`, `p--`, `p = p + s`, `p = s + p`, `p = p - s`, `p = (p + s) % n`; `s` is made of
 *     literals, `sampleRate`, top-level constants and parameters (except that of the default export, which is the time);
 *     with `sampleRate` in it also of members of those. Without `sampleRate` there may be one parameter, and only what is
 *     added to 0, or a literal, counts.
 *   - a filter: `y += a * (x - y)` or `/`; from 0, also `y = a * y + …` where `a` is a literal or a constant.
 *   - a decay: `e *= a`, where `a` is a literal or a constant between 0.9 and 1.
 * - Whatever else assigns to it *wraps* it: `p %= n`, `p = p % n`, `p -= Math.floor(p)`; in an `if` or a `while` that tests
 *   it, also any assignment that has no other names in it than the variable and top-level constants, such as `p -= 1`.
 */

import type { Expression, FunctionNode, Statement, Variable } from '../ast.ts';
import { partsOfExpression, partsOfStatement, visitExpression, visitStatements } from '../walk.ts';
import type { Analysis } from './analysis.ts';
import { type Instance, PER_FRAME } from './types.ts';

export function reportRestarts(analysis: Analysis, root: FunctionNode | null): void {
  for (const { variable, start, step } of restartsIn(analysis.instances, root)) {
    const related = [{ span: step.span, message: 'This is its only step.' }];
    analysis.report({ ...variable.span, related }, 'restarts-each-call', variable.name, String(start));
  }
}

interface Restart {
  readonly variable: Variable;
  readonly start: number;
  readonly step: Write;
}

/** `instances`: all specialisations that were analysed. `root`: the default export. */
export function restartsIn(instances: Iterable<Instance>, root: FunctionNode | null): readonly Restart[] {
  const nodes = new Set<FunctionNode>();
  for (const { closure, runs } of instances) {
    const { node } = closure;
    if ((runs & PER_FRAME) !== 0 && node.unit && !node.unit.isLibrary && node !== node.unit.initialiser)
      nodes.add(node);
  }
  const found: Restart[] = [];
  for (const node of nodes) {
    for (const statement of node.body) {
      if (statement.kind !== 'declare' || statement.variable.kind !== 'let') continue;
      const start = literalOf(statement.value);
      const { variable } = statement;
      if (start === null || variable.captured || !variable.reassigned || variable.owner !== node) continue;
      const step = new Uses(variable, node, root).onlyStep(start);
      if (step) found.push({ variable, start, step });
    }
  }
  return found;
}

function literalOf(value: Expression | null): number | null {
  if (value?.kind === 'number') return value.value;
  return value?.kind === 'unary' && value.operator === '-' && value.operand.kind === 'number'
    ? -value.operand.value
    : null;
}

type Assignment = Expression & { readonly kind: 'assign' };
type Write = Assignment | (Expression & { readonly kind: 'update' });

class Uses {
  private readonly variable: Variable;
  private readonly node: FunctionNode;
  private readonly root: FunctionNode | null;

  constructor(variable: Variable, node: FunctionNode, root: FunctionNode | null) {
    this.variable = variable;
    this.node = node;
    this.root = root;
  }

  /** The only step of the variable; `null`: it is used in another way. */
  onlyStep(start: number): Write | null {
    const sure: Write[] = [];
    const other: Write[] = [];
    for (const statement of this.node.body) {
      const writes = this.writesIn(statement);
      // Expression statements, declarations and returns at this level run once per call.
      const isPlain = statement.kind === 'expression' || statement.kind === 'declare' || statement.kind === 'return';
      if (!isPlain && writes.length > 0 && !this.isTestedBy(statement)) return null;
      for (const write of writes) (isPlain && isUnconditional(statement, write) ? sure : other).push(write);
    }
    const steps = sure.filter((write) => !this.isWrap(write));
    const [step] = steps;
    if (!step || steps.length > 1 || !this.isStep(step, start)) return null;
    const areWraps = other.every((write) => this.isWrap(write) || this.isOfItself(write));
    return areWraps && this.isRead(sure.concat(other)) ? step : null;
  }

  /** `if (p >= 1) …`, `while (p >= 1) …`. */
  private isTestedBy(statement: Statement): boolean {
    const isTest = statement.kind === 'if' || statement.kind === 'loop';
    return isTest && statement.test !== null && mentions(statement.test, this.isItself);
  }

  private writesIn(statement: Statement): Write[] {
    const writes: Write[] = [];
    const expression = (at: Expression): void => {
      const isWrite = (at.kind === 'assign' || at.kind === 'update') && at.target.kind === 'variable';
      if (isWrite && at.target.kind === 'variable' && at.target.variable === this.variable) writes.push(at);
    };
    visitStatements([statement], { expression });
    return writes;
  }

  /** What is added to the variable; `null`: the write is something else. */
  private addend(write: Write): { readonly value: Expression | null; readonly isAdded: boolean } | null {
    if (write.kind === 'update') return { value: null, isAdded: write.step > 0 };
    const { operator, value } = write;
    if (operator === '+' || operator === '-') return { value, isAdded: operator === '+' };
    if (operator !== null) return null;
    // `p = (p + s) % 1` counts and wraps at once.
    const sum =
      value.kind === 'binary' && value.operator === '%' && constantOf(value.right) !== null ? value.left : value;
    if (sum.kind !== 'binary') return null;
    const { left, right } = sum;
    if (sum.operator === '+' && this.isItself(left)) return { value: right, isAdded: true };
    if (sum.operator === '+' && this.isItself(right)) return { value: left, isAdded: true };
    return sum.operator === '-' && this.isItself(left) ? { value: right, isAdded: false } : null;
  }

  private isStep(write: Write, start: number): boolean {
    if (write.kind === 'assign' && (this.isDecay(write) || (start === 0 && this.isLeak(write)))) return true;
    const added = this.addend(write);
    if (!added) return false;
    const { value } = added;
    if (value === null || this.isFeedback(value)) return true;
    const isByRate = mentions(value, (at) => at.kind === 'patchGlobal');
    if (!this.isConstantOfCall(value, isByRate) || (!isByRate && countParameters(value) > 1)) return false;
    return isByRate || (start === 0 ? added.isAdded : literalOf(value) !== null);
  }

  /** `a * (x - y)`: the step of a filter towards its input. */
  private isFeedback(value: Expression): boolean {
    if (value.kind !== 'binary' || (value.operator !== '*' && value.operator !== '/')) return false;
    return [value.left, value.right].some(
      (side) =>
        side.kind === 'binary' && side.operator === '-' && (this.isItself(side.right) || this.isItself(side.left)),
    );
  }

  /** `y = a * y + …`. */
  private isLeak({ operator, value }: Assignment): boolean {
    if (operator !== null || value.kind !== 'binary' || value.operator !== '+') return false;
    return [value.left, value.right].some(
      (side) =>
        side.kind === 'binary' &&
        side.operator === '*' &&
        ((this.isItself(side.left) && constantOf(side.right) !== null) ||
          (this.isItself(side.right) && constantOf(side.left) !== null)),
    );
  }

  private isDecay({ operator, value }: Assignment): boolean {
    const factor = operator === '*' ? constantOf(value) : null;
    return factor !== null && factor > 0.9 && factor < 1;
  }

  /** Arithmetic of parameters and constants. */
  private isConstantOfCall(value: Expression, isByRate: boolean): boolean {
    switch (value.kind) {
      case 'number':
        return true;
      case 'patchGlobal':
        return value.name === 'sampleRate';
      case 'variable': {
        const { variable } = value;
        if (variable.reassigned) return false;
        if (variable.owner === null) return variable.kind === 'const' && variable.holds === null;
        return variable.kind === 'parameter' && variable.owner === this.node && this.node !== this.root;
      }
      case 'member':
        return isByRate && this.isConstantOfCall(value.object, isByRate);
      case 'unary':
      case 'binary':
        return partsOfExpression(value).every((part) => this.isConstantOfCall(part, isByRate));
      default:
        return false;
    }
  }

  /** Keeps the variable within a range. */
  private isWrap(write: Write): boolean {
    if (write.kind !== 'assign' || !this.isOfItself(write)) return false;
    const { operator, value } = write;
    if (operator === '%') return true;
    if (operator === '-') return value.kind === 'builtin';
    return operator === null && value.kind === 'binary' && value.operator === '%' && this.isItself(value.left);
  }

  /** Whether an assignment contains no names but the variable and constants. */
  private isOfItself(write: Write): boolean {
    if (write.kind === 'update') return true;
    return !mentions(write.value, (at) => {
      if (at.kind === 'variable') return !this.isItself(at) && (at.variable.owner !== null || at.variable.reassigned);
      return (
        at.kind === 'call' ||
        at.kind === 'method' ||
        at.kind === 'index' ||
        at.kind === 'member' ||
        at.kind === 'closure'
      );
    });
  }

  private readonly isItself = (at: Expression): boolean => at.kind === 'variable' && at.variable === this.variable;

  /** Whether something reads it, or uses the value of an assignment to it. */
  private isRead(writes: readonly Write[]): boolean {
    const unread = new Set<Expression>();
    for (const write of writes) {
      if (write.kind === 'assign') visitExpression(write.value, { expression: (at) => unread.add(at) });
    }
    const alone = new Set<Expression>();
    let isRead = false;
    visitStatements(this.node.body, {
      statement: (at) => {
        if (at.kind === 'expression') alone.add(at.expression);
      },
      expression: (at) => {
        isRead ||= this.isItself(at) && !unread.has(at);
      },
    });
    return isRead || writes.some((write) => !alone.has(write));
  }
}

function countParameters(value: Expression): number {
  let count = 0;
  visitExpression(value, {
    expression: (at) => {
      if (at.kind === 'variable' && at.variable.kind === 'parameter') count++;
    },
  });
  return count;
}

/** A number that is written out, or a constant that holds one. */
function constantOf(value: Expression): number | null {
  return value.kind === 'variable' ? value.variable.number : literalOf(value);
}

function mentions(value: Expression, is: (at: Expression) => boolean): boolean {
  let found = false;
  visitExpression(value, {
    expression: (at) => {
      found ||= is(at);
    },
  });
  return found;
}

/** Whether an expression is evaluated whenever its statement runs. */
function isUnconditional(statement: Statement, write: Write): boolean {
  const isSure = (at: Expression): boolean => {
    if (at === write) return true;
    if (at.kind === 'conditional') return isSure(at.test);
    if (at.kind === 'logical') return isSure(at.left);
    if (at.kind === 'default') return isSure(at.value);
    return partsOfExpression(at).some(isSure);
  };
  return partsOfStatement(statement).expressions.some(isSure);
}
