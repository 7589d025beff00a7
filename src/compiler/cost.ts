/**
 * What a turn of a loop, or a call of a function that takes fuel, is charged: the number of its instructions, so that a
 * budget of fuel is a budget of time, whatever is in the loop. In: IR. Out: units of fuel. Pure.
 */

import { forEachOperandOf, forEachPartOf, type Visitor } from './forEachOperand.ts';
import type { BinaryName, IrExpression, IrStatement, UnaryName } from './ir.ts';

/** What is behind a call is not looked at: so much for a function of the patch, and for one of the library. */
const CALL_COST = 44;
export const LIBRARY_CALL_COST = 64;
const LIBRARY_PREFIX = 'std/';
const GUARD_COST = 2;
/** Divisions and roots take as long as some ten other instructions. */
const DIVISION_COST = 8;
const DIVISIONS: ReadonlySet<UnaryName | BinaryName> = new Set(['f64.div', 'f64.sqrt', 'i32.rem_s'] as const);
/** Memory may be far away. */
const ACCESS_COST = 4;
/**
 * What is read may say where the next access is, which then waits for it: for as long as a hundred instructions take, where
 * no cache holds either. Numbers lead somewhere only by way of an array, whose own pointer is read as well.
 */
const POINTER_COST = 24;
/** The charge itself takes instructions. */
const CHARGE_COST = 8;
/** The shortest loop there is. Counters rely on it (src/compiler/resolve/loops.ts). */
export const MIN_COST = 16;

/** What a function may take, without loops, for what its callers are charged. */
const MAX_UNCHARGED_COST = 64;
/** What one side of a branch takes more than the other is charged where it is taken, from so much on. */
const MIN_BRANCH_COST = 48;

/**
 * Whether a function does more than its callers are charged for: it calls others, so that calls of calls could take any
 * time, or has much code of its own. Such a function takes fuel when it begins.
 */
export function exceedsCallCost(body: readonly IrStatement[]): boolean {
  if (new Costs(Math.max).sum(body) > MAX_UNCHARGED_COST) return true;
  let calls = false;
  const visitor: Visitor = {
    expression(expression) {
      if (expression.op === 'callIndirect') calls = true;
      if (expression.op === 'call' && !expression.target.startsWith(LIBRARY_PREFIX)) calls = true;
      if (!calls) forEachOperandOf(expression, visitor);
    },
    statement(statement) {
      if (!calls) forEachPartOf(statement, visitor);
    },
  };
  for (const statement of body) visitor.statement(statement);
  return calls;
}

type If = IrStatement & { readonly op: 'if' };
type Conditional = IrExpression & { readonly op: 'conditional' };

/** What the code of one function is charged, piece by piece. */
export class Charges {
  private readonly costs = new Costs(chargedAhead);

  /** When a turn, or a call, begins. Loops within are charged for themselves, and so are sides of branches that take much more. */
  of(body: readonly IrStatement[]): number {
    return Math.max(MIN_COST, CHARGE_COST + this.costs.sum(body));
  }

  /** What either side is charged when it is taken. */
  ofSides(branch: If | Conditional): { readonly yes: number; readonly no: number } {
    const [yes, no] = this.costs.sides(branch);
    const ahead = chargedAhead(yes, no);
    return { yes: Math.max(0, yes - ahead), no: Math.max(0, no - ahead) };
  }
}

/** What both sides are charged before it is known which one it is. */
const chargedAhead = (yes: number, no: number): number =>
  Math.abs(yes - no) < MIN_BRANCH_COST ? Math.max(yes, no) : Math.min(yes, no) + BRANCH_CHARGE_COST;
/** Taken or not, it is in the way. */
const BRANCH_CHARGE_COST = 1;

/** `ofBranch`: what a branch takes, by what its sides do. */
class Costs {
  private readonly ofBranch: (yes: number, no: number) => number;
  /** By branch, so that those within others are looked at once. */
  private readonly known = new WeakMap<If | Conditional, readonly [yes: number, no: number]>();

  constructor(ofBranch: (yes: number, no: number) => number) {
    this.ofBranch = ofBranch;
  }

  sides(branch: If | Conditional): readonly [yes: number, no: number] {
    let found = this.known.get(branch);
    if (!found) {
      found =
        branch.op === 'if'
          ? [this.sum(branch.yes), this.sum(branch.no)]
          : [this.cost(branch.yes), this.cost(branch.no)];
      this.known.set(branch, found);
    }
    return found;
  }

  sum(statements: readonly IrStatement[]): number {
    let cost = 0;
    for (const statement of statements) cost += this.statement(statement);
    return cost;
  }

  private statement(statement: IrStatement): number {
    switch (statement.op) {
      case 'set':
      case 'effect':
        return 1 + this.cost(statement.value);
      case 'store':
        return (
          (isNear(statement.pointer) ? 1 : ACCESS_COST) + this.cost(statement.pointer) + this.cost(statement.value)
        );
      case 'if':
        return 1 + this.cost(statement.test) + this.ofBranch(...this.sides(statement));
      case 'block':
        return this.sum(statement.body);
      case 'ifLive':
        return 1 + this.sum(statement.yes);
      case 'return':
        return statement.value ? this.cost(statement.value) : 1;
      case 'clear':
        return 1 + this.cost(statement.pointer) + this.cost(statement.sizeBytes);
      case 'copy':
        return 1 + this.cost(statement.to) + this.cost(statement.from) + this.cost(statement.sizeBytes);
      case 'release':
        return 1 + this.cost(statement.from);
      case 'break':
      case 'continue':
        return 1;
      case 'loop':
      case 'fuel':
      case 'trap':
      case 'view':
        return 0;
    }
  }

  private cost(expression: IrExpression): number {
    switch (expression.op) {
      case 'const':
      case 'local':
      case 'symbol':
        return 1;
      case 'tee':
        return 1 + this.cost(expression.value);
      case 'unary':
        return (DIVISIONS.has(expression.name) ? DIVISION_COST : 1) + this.cost(expression.value);
      case 'binary':
        return (
          (DIVISIONS.has(expression.name) ? DIVISION_COST : 1) +
          this.operand(expression.left, expression.name) +
          this.operand(expression.right, expression.name)
        );
      case 'load':
        return loadCost(expression) + this.cost(expression.pointer);
      case 'select':
        return 1 + this.cost(expression.test) + this.cost(expression.yes) + this.cost(expression.no);
      case 'conditional':
        return 1 + this.cost(expression.test) + this.ofBranch(...this.sides(expression));
      case 'block':
        return this.sum(expression.effects) + this.cost(expression.value);
      case 'call':
        return (
          (expression.target.startsWith(LIBRARY_PREFIX) ? LIBRARY_CALL_COST : CALL_COST) + this.all(expression.args)
        );
      case 'callIndirect':
        return CALL_COST + this.cost(expression.code) + this.all(expression.args);
      case 'allocate':
        return CALL_COST + this.cost(expression.sizeBytes);
      case 'guard':
      case 'element':
        return GUARD_COST;
    }
  }

  /** What is compared leads nowhere: lengths are. */
  private operand(expression: IrExpression, name: BinaryName): number {
    const cost = this.cost(expression);
    if (expression.op !== 'load' || !isComparison(name) || isNear(expression.pointer)) return cost;
    return Math.min(cost, ACCESS_COST + this.cost(expression.pointer));
  }

  private all(expressions: readonly IrExpression[]): number {
    let total = 0;
    for (const expression of expressions) total += this.cost(expression);
    return total;
  }
}

function loadCost({ access, pointer }: IrExpression & { readonly op: 'load' }): number {
  if (isNear(pointer)) return 1;
  return access === 'i32' ? POINTER_COST : ACCESS_COST;
}

/** The header and the symbols are in use all the time. */
const isNear = (pointer: IrExpression): boolean => pointer.op === 'const' || pointer.op === 'symbol';

const isComparison = (name: BinaryName): boolean => /\.(eq|ne|[lg][te])(_[su])?$/.test(name);
