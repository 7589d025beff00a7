/** The part of sameTree.ts that compares statements and expressions. */

import { ARRAY_METHODS } from '../../language/intrinsics.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type {
  Argument,
  Expression,
  FunctionNode,
  JumpTarget,
  RecordEntry,
  Scope,
  Statement,
  Target,
  Variable,
} from '../ast.ts';
import { TEXT_METHODS } from '../infer/strings.ts';
import type { TextChange } from './textChange.ts';
import type { Swap } from './treeHistory.ts';

interface Placed {
  readonly span: Span;
}

/** Of what these are given, kinds and mistakes may depend. */
const CONSTANT_METHODS: ReadonlySet<string> = new Set([
  ...Object.keys(ARRAY_METHODS),
  ...TEXT_METHODS,
  ...['toFixed', 'toString', 'toPrecision', 'toExponential', 'get', 'has', 'set', 'delete', 'add'],
]);

/**
 * Whether a number that stands as a part of an expression may be any, as far as types, names and warnings are concerned. `isFree`:
 * whether one in the place of the whole may. As `TreeMatcher` has it, but that a sign is a part of its number here.
 */
export function takesAnyNumber(whole: Expression, part: Expression, isFree: boolean): boolean {
  switch (whole.kind) {
    case 'binary':
    case 'sequence':
    case 'let':
    case 'newTypedArray':
    case 'array':
    case 'record':
      return true;
    case 'assign':
      return part === whole.value && isFree;
    case 'conditional':
      return part !== whole.test;
    case 'default':
      return part === whole.fallback;
    case 'call':
      return part !== whole.callee && part !== whole.receiver;
    case 'method':
      return part !== whole.object && !CONSTANT_METHODS.has(whole.name);
    case 'builtin':
      return whole.name.startsWith('Math.');
    default:
      return false;
  }
}

export abstract class TreeMatcher {
  readonly swaps: Swap[] = [];
  readonly changed = new Set<FunctionNode>();
  hasNewNumbers = false;
  /** The function whose own code is compared. */
  protected current: FunctionNode = undefined as never;
  private readonly change: TextChange;

  constructor(change: TextChange) {
    this.change = change;
  }

  protected abstract variable(a: Variable, b: Variable): boolean;
  protected abstract functionNode(a: FunctionNode, b: FunctionNode): boolean;
  protected abstract scope(a: Scope, b: Scope): boolean;
  protected abstract target(a: JumpTarget, b: JumpTarget): boolean;

  protected list<One>(a: readonly One[], b: readonly One[], same: (one: One, other: One) => boolean): boolean {
    if (a.length !== b.length) return false;
    for (let n = 0; n < a.length; n++) if (!same(a[n]!, b[n]!)) return false;
    return true;
  }

  /** Both or none are there. */
  protected both<One>(
    a: One | null | undefined,
    b: One | null | undefined,
    same: (one: One, other: One) => boolean,
  ): boolean {
    if (a === null || a === undefined) return b === null || b === undefined;
    return b !== null && b !== undefined && same(a, b);
  }

  /** What was kept of places elsewhere is moved by where the texts differ: here it shows whether that is right. */
  protected span(a: Placed, b: Placed): boolean {
    const { span } = b;
    const start = this.change.offset(a.span.start);
    const end = this.change.offset(a.span.end);
    if ((start !== null && start !== span.start) || (end !== null && end !== span.end)) return false;
    if (a.span.start !== span.start || a.span.end !== span.end)
      this.swaps.push({ holder: a, field: 'span', value: span });
    return true;
  }

  protected body(a: readonly Statement[], b: readonly Statement[]): boolean {
    if (a.length !== b.length) return false;
    for (let n = 0; n < a.length; n++) if (!this.statement(a[n]!, b[n]!)) return false;
    return true;
  }

  private statement(a: Statement, b: Statement): boolean {
    if (a === b) return true;
    if (!this.span(a, b)) return false;
    switch (a.kind) {
      case 'declare':
        return b.kind === a.kind && this.variable(a.variable, b.variable) && this.maybe(a.value, b.value);
      case 'expression':
        return b.kind === a.kind && this.expression(a.expression, b.expression);
      case 'block':
        return (
          b.kind === a.kind &&
          a.catchesCalls === b.catchesCalls &&
          this.scope(a.scope, b.scope) &&
          this.both(a.target, b.target, (one, other) => this.target(one, other)) &&
          this.body(a.body, b.body)
        );
      case 'if':
        return (
          b.kind === a.kind &&
          this.expression(a.test, b.test, false) &&
          this.body(a.yes, b.yes) &&
          this.body(a.no, b.no)
        );
      case 'loop':
        return (
          b.kind === a.kind &&
          a.testLast === b.testLast &&
          this.target(a.target, b.target) &&
          this.scope(a.scope, b.scope) &&
          this.body(a.start, b.start) &&
          this.both(a.test, b.test, (one, other) => this.expression(one, other, false)) &&
          this.maybe(a.step, b.step) &&
          this.body(a.body, b.body)
        );
      case 'switch':
        return (
          b.kind === a.kind &&
          this.target(a.target, b.target) &&
          this.scope(a.scope, b.scope) &&
          this.expression(a.subject, b.subject, false) &&
          this.list(
            a.cases,
            b.cases,
            (one, other) =>
              this.both(one.test, other.test, (test, given) => this.expression(test, given, false)) &&
              this.body(one.body, other.body),
          )
        );
      case 'break':
      case 'continue':
        return b.kind === a.kind && this.target(a.target, b.target);
      case 'return':
        return b.kind === a.kind && this.maybe(a.value, b.value);
    }
  }

  private maybe(a: Expression | null, b: Expression | null): boolean {
    return a === null || b === null ? a === b : this.expression(a, b);
  }

  /** `isFree`: whether a number in this very place may be another one. */
  protected expression(a: Expression, b: Expression, isFree = true): boolean {
    if (a === b) return true;
    if (!this.span(a, b)) return false;
    switch (a.kind) {
      case 'number':
        return b.kind === a.kind && (Object.is(a.value, b.value) || (isFree && this.number(a, b.value)));
      case 'boolean':
      case 'string':
        return b.kind === a.kind && a.value === b.value;
      case 'undefined':
      case 'null':
      case 'unset':
        return b.kind === a.kind;
      case 'broken':
        return false;
      case 'variable':
        return b.kind === a.kind && this.variable(a.variable, b.variable);
      case 'patchGlobal':
        return b.kind === a.kind && a.name === b.name;
      case 'unary':
        return b.kind === a.kind && a.operator === b.operator && this.expression(a.operand, b.operand, isFree);
      case 'binary':
        return (
          b.kind === a.kind &&
          a.operator === b.operator &&
          !a.walk &&
          !b.walk &&
          this.expression(a.left, b.left) &&
          this.expression(a.right, b.right)
        );
      case 'logical':
        return (
          b.kind === a.kind &&
          a.operator === b.operator &&
          this.expression(a.left, b.left, false) &&
          this.expression(a.right, b.right, false)
        );
      case 'conditional':
        return (
          b.kind === a.kind &&
          this.expression(a.test, b.test, false) &&
          this.expression(a.yes, b.yes) &&
          this.expression(a.no, b.no)
        );
      case 'assign':
        return (
          b.kind === a.kind &&
          a.operator === b.operator &&
          this.assigned(a.target, b.target) &&
          this.expression(a.value, b.value)
        );
      case 'update':
        return b.kind === a.kind && a.step === b.step && a.prefix === b.prefix && this.assigned(a.target, b.target);
      case 'sequence':
        return (
          b.kind === a.kind &&
          this.list(a.effects, b.effects, (one, other) => this.expression(one, other)) &&
          this.expression(a.value, b.value)
        );
      case 'let':
        return b.kind === a.kind && this.body(a.statements, b.statements) && this.expression(a.value, b.value);
      case 'default':
        return b.kind === a.kind && this.expression(a.value, b.value, false) && this.expression(a.fallback, b.fallback);
      case 'call':
        return (
          b.kind === a.kind &&
          a.isNew === b.isNew &&
          a.optional === b.optional &&
          this.expression(a.callee, b.callee, false) &&
          this.both(a.receiver, b.receiver, (one, other) => this.expression(one, other, false)) &&
          this.passed(a.args, b.args, true)
        );
      case 'method':
        return (
          b.kind === a.kind &&
          a.name === b.name &&
          a.optional === b.optional &&
          this.expression(a.object, b.object, false) &&
          this.passed(a.args, b.args, !CONSTANT_METHODS.has(a.name))
        );
      case 'builtin':
        return b.kind === a.kind && a.name === b.name && this.passed(a.args, b.args, a.name.startsWith('Math.'));
      case 'newTypedArray':
        return b.kind === a.kind && a.name === b.name && this.passed(a.args, b.args, true);
      case 'member':
        return (
          b.kind === a.kind &&
          a.name === b.name &&
          a.optional === b.optional &&
          a.fromPattern === b.fromPattern &&
          a.isCalled === b.isCalled &&
          this.expression(a.object, b.object, false)
        );
      case 'index':
        return (
          b.kind === a.kind &&
          a.exact === b.exact &&
          a.optional === b.optional &&
          !a.walk &&
          !b.walk &&
          this.expression(a.object, b.object, false) &&
          this.expression(a.index, b.index, false)
        );
      case 'array':
        return b.kind === a.kind && a.hasHoles === b.hasHoles && this.passed(a.elements, b.elements, true);
      case 'record':
        return (
          b.kind === a.kind &&
          a.isWritten === b.isWritten &&
          this.list(a.entries, b.entries, (one, other) => this.entry(one, other))
        );
      case 'closure':
        return b.kind === a.kind && this.functionNode(a.node, b.node);
      case 'instanceOf':
        return (
          b.kind === a.kind &&
          this.expression(a.object, b.object, false) &&
          this.list(a.classes, b.classes, (one, other) => this.variable(one, other))
        );
    }
  }

  private number(holder: Expression, value: number): boolean {
    this.hasNewNumbers = true;
    this.changed.add(this.current);
    this.swaps.push({ holder, field: 'value', value });
    return true;
  }

  private passed(a: readonly Argument[], b: readonly Argument[], isFree: boolean): boolean {
    if (a.length !== b.length) return false;
    for (let n = 0; n < a.length; n++) {
      if (a[n]!.spread !== b[n]!.spread || !this.expression(a[n]!.value, b[n]!.value, isFree)) return false;
    }
    return true;
  }

  private entry(a: RecordEntry, b: RecordEntry): boolean {
    if (a.kind === 'spread' || b.kind === 'spread') {
      if (a.kind !== 'spread' || b.kind !== 'spread') return false;
      return (a.without ?? []).join() === (b.without ?? []).join() && this.expression(a.value, b.value);
    }
    const isSame = a.name === b.name && a.isGetter === b.isGetter && a.isMethod === b.isMethod;
    return isSame && this.expression(a.value, b.value);
  }

  private assigned(a: Target, b: Target): boolean {
    if (!this.span(a, b)) return false;
    switch (a.kind) {
      case 'variable':
        return b.kind === a.kind && this.variable(a.variable, b.variable);
      case 'member':
        return b.kind === a.kind && a.name === b.name && this.expression(a.object, b.object, false);
      case 'index':
        return (
          b.kind === a.kind && this.expression(a.object, b.object, false) && this.expression(a.index, b.index, false)
        );
    }
  }
}
