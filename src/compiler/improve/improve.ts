/**
 * The code of the first tier, with fewer accesses to memory. In: a function of the IR, guarded. Out: the same function,
 * guarded, which reads a variable, capture or field that it has read or written before from a local, as long as nothing may
 * have changed it; what no turn of a loop changes is read in front of the loop. The elements of an array that no turn replaces
 * are reached by a view, which is checked once (views.ts). The second tier is made from what was there before.
 */

import { forEachOperandOf, forEachPartOf, type Visitor } from '../forEachOperand.ts';
import { guardPointers } from '../guardPointers.ts';
import {
  type GuardTarget,
  type IrExpression,
  type IrFunction,
  type IrStatement,
  load,
  local,
  type SideCharges,
  set,
  type ValueType,
} from '../ir.ts';
import { ARRAY } from '../memoryLayout.ts';
import { conditionsOf, isPure } from '../views.ts';
import { Known } from './known.ts';
import { type Effects, effectsOf, isComputed, isOfNumbers } from './loopEffects.ts';
import { type ArrayView, type Cell, canBeReadAhead, isChangedBy, type Origin, type Place } from './places.ts';
import { unguarded } from './unguarded.ts';

/** Functions that use more are long, and run for other reasons. */
const MAX_PLACES = 200;

const improvedOf = new WeakMap<IrFunction, IrFunction>();

/** What the first tier runs. What runs once, before there is sound, is as good as it is. */
export const forFirstTier = ({ ir, isLive, isCounted }: Runs): IrFunction => (isLive && !isCounted ? improve(ir) : ir);

interface Runs {
  readonly ir: IrFunction;
  readonly isLive: boolean;
  readonly isCounted?: boolean;
}

export function improve(fn: IrFunction): IrFunction {
  const known = improvedOf.get(fn);
  if (known) return known;
  const { fn: plain, sites } = unguarded(fn);
  const made = guardPointers(new Improving(plain).improved(), (target: GuardTarget) => {
    const site = sites.get(target);
    if (site === undefined) throw new Error(`improve: ${fn.symbol} has no site for a guard of ${target}`);
    return site;
  });
  improvedOf.set(fn, made);
  return made;
}

interface OpenLoop {
  readonly effects: Effects;
  /** What is read in front of it, in this order. */
  readonly ahead: IrStatement[];
  /** What holds in all of it. */
  readonly throughout: Map<number, Place>;
}

/** An index that is below the length of a view, in the side of a branch that asked. */
interface Inside {
  readonly index: number;
  readonly pointer: number;
  readonly view: ArrayView;
  holds: boolean;
}

type Branch = { readonly test: IrExpression; readonly yes: IrExpression | readonly IrStatement[] };

class Improving {
  private readonly fn: IrFunction;
  private readonly locals: ValueType[];
  private readonly first: number;
  private known = new Known();
  private readonly junctions = new Map<string, Known>();
  private readonly loops: OpenLoop[] = [];
  private readonly places = new Map<string, Place>();
  /** Cells by the local that holds them. */
  private readonly cellOf = new Map<number, Cell>();
  private inside: readonly Inside[] = [];

  constructor(fn: IrFunction) {
    this.fn = fn;
    this.locals = [...fn.locals];
    this.first = 1 + fn.signature.parameters.length;
  }

  improved(): IrFunction {
    const body = this.body(this.fn.body);
    return { ...this.fn, locals: this.locals, body };
  }

  private newLocal(type: ValueType): number {
    this.locals.push(type);
    return this.first + this.locals.length - 1;
  }

  // Places

  private cell(origin: Origin, offset: number, access: Cell['access']): Cell | null {
    if (access !== 'f64' && access !== 'i32') return null;
    const key = `${'symbol' in origin ? `@${origin.symbol}` : origin.index} ${offset} ${access}`;
    const found = this.places.get(key);
    if (found?.kind === 'cell') return found;
    if (this.places.size >= MAX_PLACES) return null;
    const cell: Cell = {
      ...{ kind: 'cell', id: this.places.size, origin, offset, access },
      index: this.newLocal(access),
    };
    this.places.set(key, cell);
    this.cellOf.set(cell.index, cell);
    return cell;
  }

  private view(pointer: number, shift: number): ArrayView | null {
    const key = `view ${pointer} ${shift}`;
    const found = this.places.get(key);
    if (found?.kind === 'view') return found;
    if (this.places.size >= MAX_PLACES) return null;
    const [data, length] = [this.newLocal('i32'), this.newLocal('i32')];
    const view: ArrayView = { kind: 'view', id: this.places.size, origin: { index: pointer }, data, length, shift };
    this.places.set(key, view);
    return view;
  }

  /** What a pointer that code has just worked out goes by; `null`: nothing that is known twice. */
  private originOf(pointer: IrExpression): Origin | null {
    if (pointer.op === 'local') return { index: this.known.original(pointer.index) };
    // Variables of the library are its own functions' to change.
    if (pointer.op === 'symbol' && pointer.kind === 'variable' && !pointer.name.startsWith('std/'))
      return { symbol: pointer.name };
    return null;
  }

  /** Whether the place's locals are up to date here, if need be since they are read in front of a loop from now on. */
  private holds(place: Place): boolean {
    if (this.known.places.has(place.id) || this.loops.some(({ throughout }) => throughout.has(place.id))) return true;
    if (!canBeReadAhead(place)) return false;
    const loop = this.loops.find((one, n) => !isChangedBy(place, one.effects) && this.isSteady(place.origin, n));
    if (!loop) return false;
    loop.ahead.push(...this.read(place));
    loop.throughout.set(place.id, place);
    this.known.places.set(place.id, place);
    return true;
  }

  private read(place: Place): IrStatement[] {
    if (place.kind === 'view') {
      const { data, length, shift, origin } = place;
      return [{ op: 'view', pointer: origin.index, data, length, shift }];
    }
    return [set(place.index, contentOf(place))];
  }

  /** Whether what an origin means is the same in front of a loop, and in all of it, as it is here. */
  private isSteady(origin: Origin, loop: number): boolean {
    const { effects } = this.loops[loop]!;
    if ('symbol' in origin) return true;
    const cell = this.cellOf.get(origin.index);
    if (!cell) return !effects.sets.has(origin.index);
    const holds = this.loops.slice(0, loop + 1).some(({ throughout }) => throughout.has(cell.id));
    return holds && !('symbol' in cell.origin && effects.symbols.has(cell.origin.symbol));
  }

  private assign(index: number, value: IrExpression | null): void {
    this.known.assign(index);
    for (const one of this.inside) if (one.index === index || one.pointer === index) one.holds = false;
    const source = value === null ? null : localOf(value);
    if (source === null) return;
    const original = this.known.original(source);
    if (original !== index) this.known.copy(index, original);
  }

  // Statements

  private body(statements: readonly IrStatement[]): IrStatement[] {
    const out: IrStatement[] = [];
    for (const statement of statements) this.statement(statement, out);
    return out;
  }

  private statement(statement: IrStatement, out: IrStatement[]): void {
    switch (statement.op) {
      case 'set': {
        const value = this.expression(statement.value);
        this.assign(statement.index, value);
        out.push({ ...statement, value });
        return;
      }
      case 'store':
        out.push(this.store(statement));
        return;
      case 'effect':
        out.push({ ...statement, value: this.expression(statement.value) });
        return;
      case 'if': {
        const { test, sides } = this.branch(statement, (side) => this.body(statement[side]));
        out.push({ ...statement, test, ...sides });
        return;
      }
      case 'block': {
        const arriving = new Known();
        arriving.leave();
        this.junctions.set(statement.label, arriving);
        const body = this.body(statement.body);
        this.junctions.delete(statement.label);
        this.known.meet(arriving);
        out.push({ ...statement, body });
        return;
      }
      case 'loop':
        this.loop(statement, out);
        return;
      case 'ifLive': {
        const before = this.known.clone();
        const yes = this.body(statement.yes);
        this.known.meet(before);
        out.push({ ...statement, yes });
        return;
      }
      case 'break':
        this.junctions.get(statement.label)?.meet(this.known);
        this.known.leave();
        out.push(statement);
        return;
      case 'return':
        out.push({ ...statement, value: statement.value && this.expression(statement.value) });
        this.known.leave();
        return;
      case 'continue':
      case 'trap':
        this.known.leave();
        out.push(statement);
        return;
      case 'clear':
        out.push({
          ...{ ...statement, pointer: this.expression(statement.pointer) },
          sizeBytes: this.expression(statement.sizeBytes),
        });
        this.known.afterMove();
        return;
      case 'copy':
        out.push({
          ...{ ...statement, to: this.expression(statement.to), from: this.expression(statement.from) },
          sizeBytes: this.expression(statement.sizeBytes),
        });
        this.known.afterMove();
        return;
      case 'release':
        out.push({ ...statement, from: this.expression(statement.from) });
        return;
      case 'fuel':
      case 'view':
        out.push(statement);
        return;
    }
  }

  private store(statement: IrStatement & { op: 'store' }): IrStatement {
    const pointer = this.element(statement.pointer) ?? this.expression(statement.pointer);
    const { offset, access } = statement;
    const before = this.originOf(pointer);
    const value = this.expression(statement.value);
    if (isComputed(pointer) || pointer.op === 'const') return { ...statement, pointer, value };
    const origin = this.originOf(pointer);
    const isSame =
      origin !== null &&
      before !== null &&
      ('symbol' in origin || (!('symbol' in before) && origin.index === before.index));
    const cell = isSame ? this.cell(origin, offset, access) : null;
    if (origin === null || !('symbol' in origin)) this.known.afterStore(offset, cell);
    if (!cell) return { ...statement, pointer, value };
    this.assign(cell.index, value);
    this.known.places.set(cell.id, cell);
    return { ...statement, pointer, value: { op: 'tee', type: access as ValueType, index: cell.index, value } };
  }

  private loop(statement: IrStatement & { op: 'loop' }, out: IrStatement[]): void {
    const effects = effectsOf(statement);
    this.known.forget((place) => isChangedBy(place, effects));
    for (const one of this.inside) one.holds = false;
    for (const index of effects.sets) this.known.assign(index);
    this.forgetUnsteady(effects);
    const open: OpenLoop = { effects, ahead: [], throughout: new Map(this.known.places) };
    this.loops.push(open);
    const body = this.body(statement.body);
    this.loops.pop();
    out.push(...open.ahead, { ...statement, body });
  }

  /** Locals of cells change in a loop where the cell is not up to date all the time, or is stored to: nothing may go by them. */
  private forgetUnsteady(effects: Effects): void {
    for (let changes = true; changes; ) {
      changes = false;
      for (const [index, cell] of this.cellOf) {
        const isStored = 'symbol' in cell.origin && effects.symbols.has(cell.origin.symbol);
        if (this.known.places.has(cell.id) && !isStored) continue;
        const { size } = this.known.places;
        const copies = this.known.copies.size;
        this.known.assign(index);
        if (this.known.places.size !== size || this.known.copies.size !== copies) changes = true;
      }
    }
  }

  private branch<Side>(
    branch: Branch & { readonly extra?: SideCharges },
    side: (which: 'yes' | 'no') => Side,
  ): { test: IrExpression; sides: { yes: Side; no: Side } } {
    const asked = this.askedInside(branch);
    const test = asked ? this.testOf(branch.test, asked) : this.expression(branch.test);
    const before = this.known.clone();
    const around = this.inside;
    if (asked) this.inside = [...around, asked];
    const yes = side('yes');
    this.inside = around;
    const afterYes = this.known;
    this.known = before;
    const no = side('no');
    this.known.meet(afterYes);
    return { test, sides: { yes, no } };
  }

  // Elements

  /** A test of an index against the length of an array whose view holds here, or can be made to. */
  private askedInside({ test, yes }: Branch): Inside | null {
    if (this.loops.length === 0 || !isPure(test)) return null;
    for (const condition of conditionsOf(test)) {
      const found = lengthTest(condition);
      if (!found) continue;
      const shift = shiftOfAccess(yes, found);
      const view = shift === null ? null : this.view(this.known.original(found.pointer), shift);
      if (view && this.holds(view)) return { ...found, view, holds: true };
    }
    return null;
  }

  /** The test, with the length of the view in place of the array's. */
  private testOf(test: IrExpression, asked: Inside): IrExpression {
    const found = lengthTest(test);
    if (found?.index === asked.index && found.pointer === asked.pointer && test.op === 'binary')
      return { ...test, right: local('i32', asked.view.length) };
    if (test.op === 'binary' && test.name === 'i32.and')
      return { ...test, left: this.testOf(test.left, asked), right: this.testOf(test.right, asked) };
    return this.expression(test);
  }

  private element(pointer: IrExpression): IrExpression | null {
    const address = addressOf(pointer);
    if (!address) return null;
    const { index } = address;
    for (const { holds, view, ...one } of this.inside) {
      if (!holds || one.index !== index || one.pointer !== address.pointer || view.shift !== address.shift) continue;
      return { op: 'element', index, data: view.data, length: view.length, shift: view.shift };
    }
    return null;
  }

  // Expressions

  private expression(expression: IrExpression): IrExpression {
    switch (expression.op) {
      case 'const':
      case 'local':
      case 'symbol':
      case 'guard':
      case 'element':
        return expression;
      case 'tee': {
        const value = this.expression(expression.value);
        this.assign(expression.index, value);
        return { ...expression, value };
      }
      case 'unary':
        return { ...expression, value: this.expression(expression.value) };
      case 'binary': {
        const left = this.expression(expression.left);
        return { ...expression, left, right: this.expression(expression.right) };
      }
      case 'load':
        return this.load(expression);
      case 'select': {
        const [yes, no] = [this.expression(expression.yes), this.expression(expression.no)];
        return { ...expression, yes, no, test: this.expression(expression.test) };
      }
      case 'conditional': {
        const { test, sides } = this.branch(expression, (side) => this.expression(expression[side]));
        return { ...expression, test, ...sides };
      }
      case 'block': {
        const effects = this.body(expression.effects);
        return { ...expression, effects, value: this.expression(expression.value) };
      }
      case 'call': {
        const args = expression.args.map((arg) => this.expression(arg));
        if (!isOfNumbers(expression)) this.known.afterCall();
        return { ...expression, args };
      }
      case 'callIndirect': {
        const args = expression.args.map((arg) => this.expression(arg));
        const code = this.expression(expression.code);
        this.known.afterCall();
        return { ...expression, args, code };
      }
      case 'allocate':
        return { ...expression, sizeBytes: this.expression(expression.sizeBytes) };
    }
  }

  private load(expression: IrExpression & { op: 'load' }): IrExpression {
    const pointer = this.element(expression.pointer) ?? this.expression(expression.pointer);
    const { access, offset } = expression;
    const made: IrExpression = { ...expression, pointer };
    const origin = this.originOf(pointer);
    const cell = origin && this.cell(origin, offset, access);
    if (!cell) return made;
    const type = access as ValueType;
    if (this.holds(cell)) return local(type, cell.index);
    this.assign(cell.index, null);
    this.known.places.set(cell.id, cell);
    return { op: 'tee', type, index: cell.index, value: made };
  }
}

const contentOf = ({ origin, offset, access }: Cell): IrExpression =>
  load(
    access,
    'symbol' in origin ? { op: 'symbol', kind: 'variable', name: origin.symbol } : local('i32', origin.index),
    offset,
  );

/** The local that holds what an expression has just given. */
function localOf(value: IrExpression): number | null {
  if (value.op === 'local' || value.op === 'tee') return value.index;
  return value.op === 'block' ? localOf(value.value) : null;
}

/** How far an access may be from the test of its index, in parts of the code. */
const MAX_LOOKED_AT = 60;

/** The size of the elements that the side of a branch reaches with this index, as a power of 2. */
function shiftOfAccess(side: IrExpression | readonly IrStatement[], { index, pointer }: IndexOf): number | null {
  let shift: number | null = null;
  let left = MAX_LOOKED_AT;
  const visitor: Visitor = {
    expression(expression) {
      if (shift !== null || left-- <= 0) return;
      const address = addressOf(expression);
      if (address?.index === index && address.pointer === pointer) shift = address.shift;
      else forEachOperandOf(expression, visitor);
    },
    statement(statement) {
      if (shift === null && left-- > 0) forEachPartOf(statement, visitor);
    },
  };
  if ('op' in side) visitor.expression(side);
  else for (const statement of side) visitor.statement(statement);
  return shift;
}

interface IndexOf {
  readonly index: number;
  readonly pointer: number;
}

/** `index < array.length`, both in locals. */
function lengthTest(test: IrExpression): IndexOf | null {
  if (test.op !== 'binary' || test.name !== 'i32.lt_u' || test.left.op !== 'local') return null;
  const { right } = test;
  if (right.op !== 'load' || right.access !== 'i32' || right.offset !== ARRAY.LENGTH) return null;
  return right.pointer.op === 'local' ? { index: test.left.index, pointer: right.pointer.index } : null;
}

/** `array.data + (index << shift)`, both in locals. */
function addressOf(pointer: IrExpression): (IndexOf & { readonly shift: number }) | null {
  if (pointer.op !== 'binary' || pointer.name !== 'i32.add') return null;
  const { left, right } = pointer;
  if (left.op !== 'load' || left.access !== 'i32' || left.offset !== ARRAY.DATA || left.pointer.op !== 'local')
    return null;
  const array = left.pointer.index;
  if (right.op === 'local') return { index: right.index, pointer: array, shift: 0 };
  if (right.op !== 'binary' || right.name !== 'i32.shl') return null;
  const { left: index, right: shift } = right;
  if (index.op !== 'local' || shift.op !== 'const') return null;
  return { index: index.index, pointer: array, shift: Number(shift.value) };
}
