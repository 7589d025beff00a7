/**
 * Which variables a function assigns before it reads them, whatever way control takes through it: through labels, optional
 * chains, operators that may not evaluate their right side, and functions that are made on the way and may run at any time
 * after. In: the function, and variables from outside of it with the functions that use them. Out: those of them that no
 * way reads first. The same walk finds the variables declared by `var` that a function may read first.
 */

import type { Argument, Expression, FunctionNode, JumpTarget, Scope, Statement, Target, Variable } from '../ast.ts';
import { FlowFacts, type Junction } from '../flowFacts.ts';

const ASSIGNED = 1;

export function assignedFirst(
  root: FunctionNode,
  candidates: ReadonlyMap<Variable, ReadonlySet<FunctionNode>>,
): ReadonlySet<Variable> {
  const mentioned = new Map<FunctionNode, Set<Variable>>();
  for (const [variable, users] of candidates) {
    for (const user of users) {
      for (let at: FunctionNode | null = user; at && at !== root; at = at.parent) {
        const known = mentioned.get(at);
        if (known?.has(variable)) break;
        if (known) known.add(variable);
        else mentioned.set(at, new Set([variable]));
      }
    }
  }
  return new AssignmentWalk(candidates.keys(), mentioned).frameLocals(root);
}

/** How functions that run one after the other, as one activation, use variables of their own. */
export class FirstReads {
  /** What they themselves may read before it is set; functions inside them are not looked at. */
  readonly readFirst: ReadonlySet<Variable>;
  /** Offset of the end of the statement that sets a variable at the latest, whatever way control takes. */
  readonly sureFrom: ReadonlyMap<Variable, number>;
  private readonly made: ReadonlyMap<FunctionNode, { readonly variable: Variable; readonly end: number }>;

  constructor(bodies: readonly FunctionNode[], variables: Iterable<Variable>) {
    const all = new Set(variables);
    const walk = new AssignmentWalk(all, new Map());
    this.sureFrom = walk.inOrder(bodies);
    this.readFirst = new Set([...all].filter((variable) => !walk.remaining.has(variable)));
    this.made = walk.made;
  }

  /** Where a closure has been assigned to the variable that it is made for; 0 for another variable. */
  assignedTo(node: FunctionNode, variable: Variable): number {
    const made = this.made.get(node);
    return made?.variable === variable ? made.end : 0;
  }
}

class AssignmentWalk {
  readonly remaining: Set<Variable>;
  /** Functions that stand in what is assigned to a variable, with the end of the statement. */
  readonly made = new Map<FunctionNode, { readonly variable: Variable; readonly end: number }>();
  private readonly wasRead = new Set<Variable>();
  /** Where the ways out of the function come together. */
  private readonly exit: Junction;
  private readonly numbers = new Map<Variable, number>();
  private readonly facts: FlowFacts;
  /** The variables that a function inside the root uses, or one inside that. */
  private readonly mentioned: ReadonlyMap<FunctionNode, ReadonlySet<Variable>>;
  /** What has been assigned to since the last statement of a body. */
  private readonly touched = new Set<Variable>();
  private statementEnd = 0;
  private readonly targets = new Map<JumpTarget, { readonly end: Junction; readonly next: Junction | null }>();

  constructor(variables: Iterable<Variable>, mentioned: ReadonlyMap<FunctionNode, ReadonlySet<Variable>>) {
    this.remaining = new Set(variables);
    for (const variable of this.remaining) this.numbers.set(variable, this.numbers.size);
    this.mentioned = mentioned;
    this.facts = new FlowFacts(new Uint8Array(this.numbers.size));
    this.exit = this.facts.open();
  }

  frameLocals(root: FunctionNode): ReadonlySet<Variable> {
    this.begin(root);
    this.statements(root.body);
    this.facts.close(this.exit);
    // What is never read and not always assigned is none of the frame's: it may be read after an edit.
    const isOfFrame = (variable: Variable): boolean =>
      this.wasRead.has(variable) || this.facts.has(this.numbers.get(variable)!, ASSIGNED);
    return new Set([...this.remaining].filter(isOfFrame));
  }

  inOrder(bodies: readonly FunctionNode[]): ReadonlyMap<Variable, number> {
    const sureFrom = new Map<Variable, number>();
    for (const node of bodies) {
      this.begin(node);
      for (const statement of node.body) {
        this.statementEnd = statement.span.end;
        this.statement(statement);
        for (const variable of this.touched) {
          const isSure = this.facts.has(this.numbers.get(variable)!, ASSIGNED);
          if (isSure && !sureFrom.has(variable)) sureFrom.set(variable, statement.span.end);
        }
        this.touched.clear();
      }
    }
    return sureFrom;
  }

  private begin(node: FunctionNode): void {
    this.enter(node.scope);
    for (const { fallback } of node.parameters) if (fallback) this.facts.maybe(() => this.expression(fallback));
  }

  private read(variable: Variable): void {
    const number = this.numbers.get(variable);
    if (number === undefined) return;
    this.wasRead.add(variable);
    if (!this.facts.has(number, ASSIGNED)) this.remaining.delete(variable);
  }

  private assign(variable: Variable): void {
    const number = this.numbers.get(variable);
    if (number === undefined) return;
    this.facts.set(number, ASSIGNED);
    this.touched.add(variable);
  }

  /** A function is made: it may run from here on. `except`: a variable that is set before anybody can call it. */
  private make(node: FunctionNode, except: Variable | null = null): void {
    for (const variable of this.mentioned.get(node) ?? []) if (variable !== except) this.read(variable);
    if (except) this.made.set(node, { variable: except, end: this.statementEnd });
  }

  private enter(scope: Scope): void {
    for (const { node } of scope.functions) this.make(node);
  }

  private statements(statements: readonly Statement[]): void {
    for (const statement of statements) this.statement(statement);
  }

  private statement(statement: Statement): void {
    switch (statement.kind) {
      case 'declare':
        if (statement.value) {
          this.valueOf(statement.value, statement.variable);
          this.assign(statement.variable);
        }
        return;
      case 'expression':
        this.expression(statement.expression);
        return;
      case 'return':
        if (statement.value) this.expression(statement.value);
        this.facts.arrive(this.exit);
        this.facts.leave();
        return;
      case 'block': {
        const end = this.facts.open();
        if (statement.target) this.targets.set(statement.target, { end, next: null });
        this.enter(statement.scope);
        this.statements(statement.body);
        this.facts.close(end);
        return;
      }
      case 'if': {
        this.expression(statement.test);
        const yes = this.facts.branch(() => this.statements(statement.yes));
        const no = this.facts.branch(() => this.statements(statement.no));
        this.facts.join(yes, no);
        return;
      }
      case 'loop':
        this.loop(statement);
        return;
      case 'switch':
        this.switch(statement);
        return;
      case 'break':
      case 'continue': {
        const target = this.targets.get(statement.target);
        const junction = statement.kind === 'break' ? target?.end : target?.next;
        if (junction) this.facts.arrive(junction);
        this.facts.leave();
        return;
      }
    }
  }

  private loop(statement: Statement & { kind: 'loop' }): void {
    this.enter(statement.scope);
    this.statements(statement.start);
    const end = this.facts.open();
    const test = (): void => {
      if (!statement.test) return;
      this.expression(statement.test);
      this.facts.arrive(end);
    };
    if (!statement.testLast) test();
    const next = this.facts.open();
    this.targets.set(statement.target, { end, next });
    this.statements(statement.body);
    this.facts.close(next);
    if (statement.testLast) test();
    if (statement.step) this.expression(statement.step);
    this.facts.leave();
    this.facts.close(end);
  }

  private switch(statement: Statement & { kind: 'switch' }): void {
    const { cases } = statement;
    this.expression(statement.subject);
    this.enter(statement.scope);
    const end = this.facts.open();
    this.targets.set(statement.target, { end, next: null });
    // Bodies are entered in order: the first one lies innermost.
    const bodies = cases.map(() => this.facts.open()).reverse();
    for (const [n, { test }] of cases.entries()) {
      if (!test) continue;
      this.expression(test);
      this.facts.arrive(bodies[n]!);
    }
    const fallback = cases.findIndex(({ test }) => test === null);
    this.facts.arrive(fallback < 0 ? end : bodies[fallback]!);
    this.facts.leave();
    for (const [n, { body }] of cases.entries()) {
      this.facts.close(bodies[n]!);
      this.statements(body);
    }
    this.facts.close(end);
  }

  private expression(expression: Expression): void {
    switch (expression.kind) {
      case 'variable':
        this.read(expression.variable);
        return;
      case 'closure':
        this.make(expression.node);
        return;
      case 'assign':
        this.assignment(expression);
        return;
      case 'update':
        if (expression.target.kind === 'variable') this.read(expression.target.variable);
        else this.place(expression.target);
        return;
      case 'unary':
        this.expression(expression.operand);
        return;
      case 'binary':
        this.expression(expression.left);
        this.expression(expression.right);
        return;
      case 'logical':
        this.expression(expression.left);
        this.facts.maybe(() => this.expression(expression.right));
        return;
      case 'conditional': {
        this.expression(expression.test);
        const yes = this.facts.branch(() => this.expression(expression.yes));
        const no = this.facts.branch(() => this.expression(expression.no));
        this.facts.join(yes, no);
        return;
      }
      case 'sequence':
        for (const effect of expression.effects) this.expression(effect);
        this.expression(expression.value);
        return;
      case 'let':
        this.statements(expression.statements);
        this.expression(expression.value);
        return;
      case 'default':
        this.expression(expression.value);
        this.facts.maybe(() => this.expression(expression.fallback));
        return;
      case 'call':
        this.expression(expression.callee);
        if (expression.receiver) this.expression(expression.receiver);
        this.chained(expression.optional, () => this.args(expression.args));
        return;
      case 'method':
        this.expression(expression.object);
        this.chained(expression.optional, () => this.args(expression.args));
        return;
      case 'builtin':
      case 'newTypedArray':
        this.args(expression.args);
        return;
      case 'member':
      case 'instanceOf':
        this.expression(expression.object);
        return;
      case 'index':
        this.expression(expression.object);
        this.chained(expression.optional, () => this.expression(expression.index));
        return;
      case 'array':
        this.args(expression.elements);
        return;
      case 'record':
        for (const { value } of expression.entries) this.expression(value);
        return;
      case 'number':
      case 'boolean':
      case 'undefined':
      case 'broken':
      case 'null':
      case 'string':
      case 'patchGlobal':
      case 'unset':
        return;
    }
  }

  private args(args: readonly Argument[]): void {
    for (const { value } of args) this.expression(value);
  }

  /** What an optional chain does not evaluate where it ends early. */
  private chained(isOptional: boolean, run: () => void): void {
    if (isOptional) this.facts.maybe(run);
    else run();
  }

  private place(target: Target): void {
    if (target.kind === 'variable') return;
    this.expression(target.object);
    if (target.kind === 'index') this.expression(target.index);
  }

  private assignment({ target, operator, value }: Expression & { kind: 'assign' }): void {
    this.place(target);
    if (target.kind === 'variable' && operator !== null) this.read(target.variable);
    const isLogical = operator === '&&' || operator === '||' || operator === '??';
    if (isLogical) {
      this.facts.maybe(() => this.expression(value));
      return;
    }
    if (target.kind !== 'variable') {
      this.expression(value);
      return;
    }
    this.valueOf(value, target.variable);
    this.assign(target.variable);
  }

  /** What is assigned to a variable: functions that stand in it may use the variable, since they run later. */
  private valueOf(value: Expression, target: Variable): void {
    switch (value.kind) {
      case 'closure':
        this.make(value.node, target);
        return;
      case 'record':
        for (const entry of value.entries) this.valueOf(entry.value, target);
        return;
      case 'array':
        for (const element of value.elements) this.valueOf(element.value, target);
        return;
      default:
        this.expression(value);
    }
  }
}
