/**
 * IR → IR that counts what it does, for the profile. In: functions with line marks (lineMarks.ts). Out: the same functions with
 * counters in the arena, behind all that they use, and a table that says what each counter is worth. Pure.
 *
 * Code is taken apart into stretches that run as a whole, each with one counter. What the library does is added up in one cell,
 * too; around each call that may lead there, a line of the patch takes what has been added meanwhile, and puts the cell back. So
 * a line has what it calls of the library, and nothing is counted for two lines, also where the library calls back.
 */

import type { IrExpression, IrFunction, IrStatement, ValueType } from './ir.ts';
import { binary, f64, i32, load, local, set, store, tee, typeOf, unary } from './ir.ts';
import { markedOffset } from './lineMarks.ts';
import { BYTES_PER_UNIT, ownCost, ownStatementCost } from './workCosts.ts';

/** Offsets of marks; work without a mark belongs to no line. */
export const NO_LINE = -1;
const LIBRARY_PREFIX = 'std/';
const COUNTER_BYTES = 8;

/** What one counter means: each unit of it is worth so much for a unit of the patch, and for lines. */
export interface Counter {
  /** Null: it is counted with the units elsewhere. */
  readonly unit: string | null;
  /** The symbol of the function that it is in. */
  readonly fn: string;
  /** Work by the offsets of marks. */
  readonly work: Map<number, number>;
  /** Marks that are passed each time. */
  readonly begun: Set<number>;
  /** Whether it is where a function begins. */
  readonly isEntry: boolean;
  /** Whether it is of the patch, whose lines it belongs to. */
  readonly isOwn: boolean;
}

export class Counters {
  readonly all: Counter[] = [];
  /** What the library has done since a line took it. */
  readonly library: number;
  private readonly lines = new Map<number, number>();
  readonly base: number;

  /** `base`: offset of the counters from the base of the arena, a multiple of 8. */
  constructor(base: number) {
    this.base = base;
    this.library = this.add({ unit: null, fn: '', isEntry: false, isOwn: true });
  }

  get sizeBytes(): number {
    return COUNTER_BYTES * this.all.length;
  }

  add(counter: Pick<Counter, 'unit' | 'fn' | 'isEntry' | 'isOwn'>): number {
    this.all.push({ ...counter, work: new Map(), begun: new Set() });
    return this.all.length - 1;
  }

  /** What a line has got of the library. */
  ofLine(line: number): number {
    let index = this.lines.get(line);
    if (index === undefined) {
      index = this.add({ unit: null, fn: '', isEntry: false, isOwn: true });
      this.all[index]!.work.set(line, 1);
      this.lines.set(line, index);
    }
    return index;
  }

  read(index: number): IrExpression {
    return load('f64', i32(0), this.base + COUNTER_BYTES * index);
  }

  write(index: number, value: IrExpression): IrStatement {
    return store('f64', i32(0), this.base + COUNTER_BYTES * index, value);
  }

  plus(index: number, value: IrExpression): IrStatement {
    return this.write(index, binary('f64.add', this.read(index), value));
  }
}

export interface CountedFunction {
  readonly ir: IrFunction;
  readonly unit: string;
  /** `frame`: calls what is to be done in each frame, and is no part of the patch. */
  readonly of: 'patch' | 'library' | 'frame';
}

export const countWork = (fn: CountedFunction, counters: Counters): IrFunction => new Counting(fn, counters).run();

/** Statements that run as a whole, and where its counter is to be put. */
interface Stretch {
  readonly counter: number;
  readonly out: IrStatement[];
  readonly at: number;
  cost: number;
}

class Counting {
  private readonly fn: CountedFunction;
  private readonly counters: Counters;
  private readonly locals: ValueType[];
  private line = NO_LINE;
  private stretch: Stretch | null = null;
  private isEntry = true;

  constructor(fn: CountedFunction, counters: Counters) {
    this.fn = fn;
    this.counters = counters;
    this.locals = [...fn.ir.locals];
  }

  run(): IrFunction {
    const { ir } = this.fn;
    const body = this.list(ir.body);
    return { ...ir, body, locals: this.locals };
  }

  private newLocal(type: ValueType): number {
    this.locals.push(type);
    return this.fn.ir.signature.parameters.length + this.locals.length;
  }

  private newCounter(isEntry: boolean): number {
    const { unit, of, ir } = this.fn;
    return this.counters.add({ unit, fn: ir.symbol, isEntry, isOwn: of !== 'library' });
  }

  private open(out: IrStatement[]): Stretch {
    const counter = this.newCounter(this.isEntry);
    this.isEntry = false;
    const stretch = { counter, out, at: out.length, cost: 0 };
    // In its place, until its cost is known.
    out.push({ op: 'block', label: '', body: [] });
    return stretch;
  }

  private close(): void {
    const { stretch } = this;
    this.stretch = null;
    if (!stretch) return;
    const { counter, out, at, cost } = stretch;
    const counting = [this.counters.plus(counter, f64(1))];
    if (this.fn.of === 'library' && cost > 0) counting.push(this.counters.plus(this.counters.library, f64(cost)));
    out[at] = { op: 'block', label: `count${counter}`, body: counting };
  }

  private charge(cost: number): void {
    const { stretch } = this;
    if (!stretch || cost === 0) return;
    stretch.cost += cost;
    const { work } = this.counters.all[stretch.counter]!;
    work.set(this.line, (work.get(this.line) ?? 0) + cost);
  }

  /** Statements that do not run as often as what is around them. */
  private list(statements: readonly IrStatement[]): IrStatement[] {
    const [line, stretch] = [this.line, this.stretch];
    const out: IrStatement[] = [];
    this.stretch = null;
    for (const statement of statements) {
      this.stretch ??= this.open(out);
      const mark = markedOffset(statement);
      if (mark !== null) {
        this.line = mark;
        this.counters.all[this.stretch.counter]!.begun.add(mark);
        continue;
      }
      out.push(...this.statement(statement));
      // What comes behind may not be reached each time.
      if (isCompound(statement)) this.close();
    }
    this.close();
    [this.line, this.stretch] = [line, stretch];
    return out;
  }

  private statement(statement: IrStatement): IrStatement[] {
    this.charge(ownStatementCost(statement));
    switch (statement.op) {
      case 'set':
        return [{ ...statement, value: this.expression(statement.value) }];
      case 'effect':
        return this.effect(statement.value);
      case 'store':
        return [{ ...statement, pointer: this.expression(statement.pointer), value: this.expression(statement.value) }];
      case 'if': {
        const test = this.expression(statement.test);
        return [{ ...statement, test, yes: this.list(statement.yes), no: this.list(statement.no) }];
      }
      case 'block':
      case 'loop':
        return [{ ...statement, body: this.list(statement.body) }];
      case 'ifLive':
        return [{ ...statement, yes: this.list(statement.yes) }];
      case 'return':
        return [{ ...statement, value: statement.value && this.expression(statement.value) }];
      case 'release':
        return [{ ...statement, from: this.expression(statement.from) }];
      case 'clear': {
        const pointer = this.expression(statement.pointer);
        const { sizeBytes, moved } = this.moved(statement.sizeBytes);
        return [{ ...statement, pointer, sizeBytes }, ...moved];
      }
      case 'copy': {
        const [to, from] = [this.expression(statement.to), this.expression(statement.from)];
        const { sizeBytes, moved } = this.moved(statement.sizeBytes);
        return [{ ...statement, to, from, sizeBytes }, ...moved];
      }
      case 'break':
      case 'continue':
      case 'fuel':
      case 'trap':
      case 'view':
        return [statement];
    }
  }

  /** Work by the number of bytes, which is known only when it is done. */
  private moved(size: IrExpression): { readonly sizeBytes: IrExpression; readonly moved: readonly IrStatement[] } {
    if (size.op === 'const') return { sizeBytes: size, moved: [] };
    const { counters, fn } = this;
    const index = this.newLocal('i32');
    const counter = this.newCounter(false);
    counters.all[counter]!.work.set(this.line, 1);
    const work = binary('f64.mul', unary('f64.convert_u.i32', local('i32', index)), f64(1 / BYTES_PER_UNIT));
    const moved = [counters.plus(counter, work)];
    if (fn.of === 'library') moved.push(counters.plus(counters.library, work));
    return { sizeBytes: tee('i32', index, this.expression(size)), moved };
  }

  private effect(value: IrExpression): IrStatement[] {
    if (value.op === 'block' && typeOf(value) === 'void') {
      const line = this.line;
      const before = this.inline(value.effects);
      const last = this.effect(value.value);
      this.line = line;
      return [...before, ...last];
    }
    const counted = this.expression(value);
    if (!this.mayLeadToLibrary(value) || typeOf(value) !== 'void') return [{ op: 'effect', value: counted }];
    const { first, last } = this.taking();
    return [...first, { op: 'effect', value: counted }, ...last];
  }

  /** Statements that are part of an expression: they run as often as that. */
  private inline(statements: readonly IrStatement[]): IrStatement[] {
    return statements.flatMap((statement) => {
      const mark = markedOffset(statement);
      if (mark === null) return this.statement(statement);
      this.line = mark;
      if (this.stretch) this.counters.all[this.stretch.counter]!.begun.add(mark);
      return [];
    });
  }

  private expression(expression: IrExpression): IrExpression {
    this.charge(ownCost(expression));
    switch (expression.op) {
      case 'const':
      case 'local':
      case 'symbol':
      case 'guard':
      case 'element':
        return expression;
      case 'tee':
      case 'unary':
        return { ...expression, value: this.expression(expression.value) };
      case 'binary':
        return { ...expression, left: this.expression(expression.left), right: this.expression(expression.right) };
      case 'load':
        return { ...expression, pointer: this.expression(expression.pointer) };
      case 'select': {
        const [yes, no] = [this.expression(expression.yes), this.expression(expression.no)];
        return { ...expression, yes, no, test: this.expression(expression.test) };
      }
      case 'conditional': {
        const test = this.expression(expression.test);
        return { ...expression, test, yes: this.arm(expression.yes), no: this.arm(expression.no) };
      }
      case 'block': {
        const line = this.line;
        const effects = this.inline(expression.effects);
        const value = this.expression(expression.value);
        this.line = line;
        return { ...expression, effects, value };
      }
      case 'call':
        return this.call({ ...expression, args: expression.args.map((arg) => this.expression(arg)) });
      case 'callIndirect': {
        const args = expression.args.map((arg) => this.expression(arg));
        return this.call({ ...expression, args, code: this.expression(expression.code) });
      }
      case 'allocate':
        return { ...expression, sizeBytes: this.expression(expression.sizeBytes) };
    }
  }

  /** One side of a conditional expression. */
  private arm(arm: IrExpression): IrExpression {
    if (arm.op === 'const' || arm.op === 'local') return arm;
    const before = this.stretch;
    const effects: IrStatement[] = [];
    this.stretch = this.open(effects);
    const value = this.expression(arm);
    this.close();
    this.stretch = before;
    return { op: 'block', effects, value };
  }

  private call(call: IrExpression & { op: 'call' | 'callIndirect' }): IrExpression {
    const { result } = call.signature;
    if (!this.mayLeadToLibrary(call) || result === 'void') return call;
    const { first, last } = this.taking();
    const index = this.newLocal(result);
    return { op: 'block', effects: [...first, set(index, call), ...last], value: local(result, index) };
  }

  private mayLeadToLibrary(expression: IrExpression): boolean {
    if (this.fn.of !== 'patch') return false;
    return (
      expression.op === 'callIndirect' || (expression.op === 'call' && expression.target.startsWith(LIBRARY_PREFIX))
    );
  }

  /** What the library does in between goes to this line. */
  private taking(): { readonly first: readonly IrStatement[]; readonly last: readonly IrStatement[] } {
    const { counters } = this;
    const before = this.newLocal('f64');
    const done = binary('f64.sub', counters.read(counters.library), local('f64', before));
    return {
      first: [set(before, counters.read(counters.library))],
      last: [counters.plus(counters.ofLine(this.line), done), counters.write(counters.library, local('f64', before))],
    };
  }
}

const isCompound = ({ op }: IrStatement): boolean => op === 'if' || op === 'block' || op === 'loop' || op === 'ifLive';
