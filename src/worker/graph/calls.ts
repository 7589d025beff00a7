/**
 * Who calls whom while a patch sounds: the code of a frame, followed with sets of places for pointers. In: functions and what the
 * top level has made. Out: in boxes, which others they call; in nodes, who reads or writes their state. Pure.
 *
 * Numbers are not looked at, both sides of a branch are followed, and what one loop turn stores the next may read: so it finds
 * every call that can happen, and now and then one that does not. Work is bounded by count.
 */

import { forEachOperandOf, forEachPartOf, type Visitor } from '../../compiler/forEachOperand.ts';
import type { IrExpression, IrStatement } from '../../compiler/ir.ts';
import type { LoweredFunction } from '../../compiler/lower/program.ts';
import { RENDER_SYMBOL } from '../../compiler/symbols.ts';
import { type Box, type Boxes, isOfLibrary } from './boxes.ts';
import { ANYWHERE, ELEMENTS, type Heap, type HeapNode, type Pointer } from './heap.ts';

type Values = ReadonlySet<Pointer>;

const NOTHING: Values = new Set();
/** Expressions and statements in all. */
const MAX_STEPS = 500_000;
const ARRAY_HEADER_BYTES = 16;

export interface CallInput {
  /** By symbol. */
  readonly functions: ReadonlyMap<string, LoweredFunction>;
  readonly heap: Heap;
  readonly boxes: Boxes;
  /** Where the record of a closure without captures lies. */
  readonly offsetOf: (name: string) => number | null;
}

/** A function as it is called by one box on one thing. */
interface Context {
  readonly fn: LoweredFunction;
  readonly box: Box | null;
  readonly locals: Map<number, Set<Pointer>>;
  readonly result: Set<Pointer>;
  readonly callers: Set<Context>;
  isQueued: boolean;
}

/** Returns whether all of it could be followed. */
export function followCalls(input: CallInput): { readonly isWhole: boolean; readonly users: Users } {
  const follower = new Follower(input);
  follower.run();
  return { isWhole: follower.isWhole, users: follower.users };
}

/** Boxes that read or write the state in a node. */
export type Users = ReadonlyMap<HeapNode, ReadonlySet<Box>>;

class Follower {
  readonly users = new Map<HeapNode, Set<Box>>();
  isWhole = true;
  private readonly input: CallInput;
  private readonly contexts = new Map<string, Context>();
  private readonly made = new Map<IrExpression, HeapNode>();
  private readonly statics = new Map<string, HeapNode>();
  private readonly readers = new Map<HeapNode, Set<Context>>();
  private readonly inert = new Map<string, boolean>();
  private readonly queue: Context[] = [];
  private context: Context | null = null;
  private steps = 0;

  constructor(input: CallInput) {
    this.input = input;
  }

  run(): void {
    const render = this.input.functions.get(RENDER_SYMBOL);
    if (!render) return;
    this.enqueue(this.contextOf(render, null, null, null));
    for (let context = this.queue.shift(); context; context = this.queue.shift()) {
      context.isQueued = false;
      this.context = context;
      const before = context.result.size;
      this.statements(context.fn.ir.body);
      if (context.result.size > before) for (const caller of context.callers) this.enqueue(caller);
      if (this.steps > MAX_STEPS) {
        this.isWhole = false;
        return;
      }
    }
  }

  private enqueue(context: Context): void {
    if (context.isQueued) return;
    context.isQueued = true;
    this.queue.push(context);
  }

  private contextOf(fn: LoweredFunction, env: HeapNode | null, receiver: HeapNode | null, caller: Box | null): Context {
    const box = fn.ir.symbol === RENDER_SYMBOL ? null : this.input.boxes.of(fn, env, receiver, caller);
    const key = `${fn.ir.symbol}|${env?.index ?? ''}|${receiver?.index ?? ''}|${box?.id ?? ''}`;
    let context = this.contexts.get(key);
    if (!context) {
      const locals = new Map<number, Set<Pointer>>();
      context = { fn, box, locals, result: new Set(), callers: new Set(), isQueued: false };
      this.contexts.set(key, context);
      this.enqueue(context);
    }
    return context;
  }

  private statements(list: readonly IrStatement[]): void {
    for (const statement of list) this.statement(statement);
  }

  private statement(statement: IrStatement): void {
    this.steps++;
    switch (statement.op) {
      case 'set':
        this.assign(statement.index, this.value(statement.value));
        return;
      case 'store':
        this.store(this.value(statement.pointer), statement.offset, this.value(statement.value));
        return;
      case 'effect':
        this.value(statement.value);
        return;
      case 'if':
        this.value(statement.test);
        this.statements(statement.yes);
        this.statements(statement.no);
        return;
      case 'block':
        this.statements(statement.body);
        return;
      case 'loop':
        // What a turn leaves the next one finds.
        for (let before = -1; before !== this.sizeOfLocals() && this.steps <= MAX_STEPS; ) {
          before = this.sizeOfLocals();
          this.statements(statement.body);
        }
        return;
      case 'ifLive':
        this.statements(statement.yes);
        return;
      case 'return':
        if (statement.value) addAll(this.context?.result, this.value(statement.value));
        return;
      case 'clear':
        this.use(this.value(statement.pointer));
        return;
      case 'copy':
        this.copy(this.value(statement.to), this.value(statement.from));
        return;
      case 'break':
      case 'continue':
      case 'release':
      case 'fuel':
      case 'trap':
      case 'view':
        return;
      default:
        statement satisfies never;
    }
  }

  private value(expression: IrExpression): Values {
    this.steps++;
    switch (expression.op) {
      case 'const':
        return NOTHING;
      case 'local':
      case 'guard':
        return this.context?.locals.get(expression.index) ?? NOTHING;
      case 'element':
        return NOTHING;
      case 'tee': {
        const values = this.value(expression.value);
        this.assign(expression.index, values);
        return values;
      }
      case 'unary':
        this.value(expression.value);
        return NOTHING;
      case 'binary':
        return this.sum(expression);
      case 'load':
        return this.load(this.value(expression.pointer), expression.offset);
      case 'select':
      case 'conditional': {
        this.value(expression.test);
        return union(this.value(expression.yes), this.value(expression.no));
      }
      case 'block':
        this.statements(expression.effects);
        return this.value(expression.value);
      case 'symbol':
        return this.symbol(expression.kind, expression.name);
      case 'call': {
        const args = expression.args.map((arg) => this.value(arg));
        const fn = this.input.functions.get(expression.target);
        return fn ? this.call(fn, args) : NOTHING;
      }
      case 'callIndirect': {
        const args = expression.args.map((arg) => this.value(arg));
        this.value(expression.code);
        return this.callIndirect(args);
      }
      case 'allocate': {
        this.value(expression.sizeBytes);
        let node = this.made.get(expression);
        if (!node) {
          node = this.input.heap.add('made');
          this.made.set(expression, node);
        }
        return new Set([node.at(0)]);
      }
    }
  }

  /** A pointer and a number are a pointer; a number that is not known leads anywhere in what it points to. */
  private sum({ name, left, right }: IrExpression & { readonly op: 'binary' }): Values {
    const [a, b] = [this.value(left), this.value(right)];
    if (name !== 'i32.add' || (a.size === 0 && b.size === 0)) return NOTHING;
    const moved = new Set<Pointer>();
    const move = (pointers: Values, by: IrExpression): void => {
      const bytes = by.op === 'const' ? Number(by.value) : null;
      for (const { node, at } of pointers) moved.add(node.at(placeIn(node, at, bytes)));
    };
    move(a, right);
    move(b, left);
    return moved;
  }

  private symbol(kind: string, name: string): Values {
    const { heap, offsetOf } = this.input;
    if (kind === 'variable') {
      const node = heap.variables.get(name);
      return node ? new Set([node.at(0)]) : NOTHING;
    }
    if (kind === 'function') return new Set([heap.add('code', name).at(0)]);
    if (kind !== 'closure') return NOTHING;
    const offset = offsetOf(`closure:${name}`);
    const held = offset === null ? null : heap.at(offset);
    if (held) return new Set([held.at(0)]);
    let node = this.statics.get(name);
    if (!node) {
      node = heap.add('made');
      node.put(0, heap.add('code', name).at(0));
      this.statics.set(name, node);
    }
    return new Set([node.at(0)]);
  }

  private load(pointers: Values, offset: number): Values {
    if (pointers.size === 0) return NOTHING;
    const read = new Set<Pointer>();
    for (const { node, at } of pointers) {
      const place = placeIn(node, at, offset);
      this.used(node, place);
      let readers = this.readers.get(node);
      if (!readers) {
        readers = new Set();
        this.readers.set(node, readers);
      }
      if (this.context) readers.add(this.context);
      if (place === ANYWHERE) for (const values of node.contents.values()) addAll(read, values);
      else {
        addAll(read, node.contents.get(place));
        addAll(read, node.contents.get(ANYWHERE));
      }
    }
    return read;
  }

  private store(pointers: Values, offset: number, values: Values): void {
    for (const { node, at } of pointers) {
      const place = placeIn(node, at, offset);
      this.used(node, place);
      this.put(node, place, values);
    }
  }

  private put(node: HeapNode, place: number, values: Values): void {
    let isNew = false;
    for (const value of values) isNew = node.put(place, value) || isNew;
    if (isNew) for (const reader of this.readers.get(node) ?? []) this.enqueue(reader);
  }

  private copy(to: Values, from: Values): void {
    this.use(to);
    for (const { node, at } of from) {
      this.used(node, at);
      const place = at === ELEMENTS ? ELEMENTS : ANYWHERE;
      const values = this.load(new Set([node.at(place)]), 0);
      for (const target of to) this.put(target.node, target.at === ELEMENTS ? ELEMENTS : ANYWHERE, values);
    }
  }

  private use(pointers: Values): void {
    for (const { node, at } of pointers) this.used(node, at);
  }

  private used(node: HeapNode, place: number): void {
    const box = this.context?.box;
    if (!box || node.state.size === 0) return;
    if (place !== ANYWHERE && !node.state.has(place)) return;
    const users = this.users.get(node);
    if (users) users.add(box);
    else this.users.set(node, new Set([box]));
  }

  private callIndirect(args: readonly Values[]): Values {
    const { functions } = this.input;
    const result = new Set<Pointer>();
    for (const env of args[0] ?? NOTHING) {
      for (const { node } of env.node.contents.get(0) ?? NOTHING) {
        const fn = node.kind === 'code' ? functions.get(node.symbol) : undefined;
        if (fn) addAll(result, this.call(fn, [new Set([env]), ...args.slice(1)]));
      }
    }
    return result;
  }

  private call(fn: LoweredFunction, args: readonly Values[]): Values {
    if (this.isInert(fn.ir.symbol) && fn.ir.signature.result !== 'i32') {
      for (const arg of args) for (const { node } of arg) this.useAll(node);
      for (const env of args[0] ?? NOTHING)
        this.reach(this.input.boxes.of(fn, env.node, null, this.context?.box ?? null));
      return NOTHING;
    }
    const { context: caller } = this;
    const result = new Set<Pointer>();
    const receivers = fn.takesThis && args[1] && args[1].size > 0 ? [...args[1]] : [null];
    const environments = args[0] && args[0].size > 0 ? [...args[0]] : [null];
    for (const env of environments) {
      for (const receiver of receivers) {
        const called = this.contextOf(fn, env?.node ?? null, receiver?.node ?? null, caller?.box ?? null);
        if (caller) called.callers.add(caller);
        this.reach(called.box);
        if (caller && called.box && caller.box === called.box) this.input.boxes.callsWithin(called.box, caller.fn, fn);
        let isNew = env !== null && addTo(called, 0, new Set([env]));
        args.slice(1).forEach((values, n) => {
          const given = n === 0 && receiver ? new Set([receiver]) : values;
          isNew = addTo(called, 1 + n, given) || isNew;
        });
        if (isNew) this.enqueue(called);
        addAll(result, called.result);
      }
    }
    return result;
  }

  /** The box that is followed calls this one. */
  private reach(called: Box | null): void {
    if (!called) return;
    called.isCalled = true;
    const caller = this.context?.box;
    if (caller && caller !== called) caller.calls.add(called);
  }

  private useAll(node: HeapNode): void {
    for (const place of node.state.keys()) this.used(node, place);
  }

  /** Whether a function of the library can do nothing but calculate: it and all that it calls call nothing by pointer. */
  private isInert(symbol: string): boolean {
    const known = this.inert.get(symbol);
    if (known !== undefined) return known;
    const fn = this.input.functions.get(symbol);
    if (!fn) return true;
    this.inert.set(symbol, true);
    const isInert =
      isOfLibrary(fn.unit) &&
      !fn.unit.startsWith('std/host/') &&
      targetsOf(fn).every((target) => target !== null && this.isInert(target));
    this.inert.set(symbol, isInert);
    return isInert;
  }

  private assign(index: number, values: Values): void {
    if (this.context && values.size > 0) addTo(this.context, index, values);
  }

  private sizeOfLocals(): number {
    let size = 0;
    for (const values of this.context?.locals.values() ?? []) size += values.size;
    return size;
  }
}

/** Where one gets from a place by so many bytes; `null`: by any number. */
function placeIn(node: HeapNode, at: number, bytes: number | null): number {
  if (at < 0 || bytes === 0) return at;
  if (bytes === null) return node.kind === 'array' ? ELEMENTS : ANYWHERE;
  const place = at + bytes;
  return node.kind === 'array' && place >= ARRAY_HEADER_BYTES ? ELEMENTS : place;
}

function addTo({ locals }: Context, index: number, values: Values): boolean {
  if (values.size === 0) return false;
  const known = locals.get(index);
  if (!known) {
    locals.set(index, new Set(values));
    return true;
  }
  const before = known.size;
  addAll(known, values);
  return known.size > before;
}

function addAll(to: Set<Pointer> | undefined, values: Values | undefined): void {
  if (to && values) for (const value of values) to.add(value);
}

function union(a: Values, b: Values): Values {
  if (b.size === 0) return a;
  return a.size === 0 ? b : new Set([...a, ...b]);
}

const targets = new WeakMap<LoweredFunction, readonly (string | null)[]>();

/** What a function calls by name; `null`: it also calls what it is given. */
function targetsOf(fn: LoweredFunction): readonly (string | null)[] {
  const known = targets.get(fn);
  if (known) return known;
  const found: (string | null)[] = [];
  const visitor: Visitor = {
    expression(expression) {
      if (expression.op === 'call') found.push(expression.target);
      else if (expression.op === 'callIndirect') found.push(null);
      forEachOperandOf(expression, visitor);
    },
    statement: (statement) => forEachPartOf(statement, visitor),
  };
  for (const statement of fn.ir.body) visitor.statement(statement);
  targets.set(fn, found);
  return found;
}
