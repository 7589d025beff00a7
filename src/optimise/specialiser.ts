/**
 * Works through a patch from its entry, as it is once the top level has run: what is known of memory is known, calls are
 * followed into what they call, loops with a known number of turns are written out. In: functions in the IR, an image. Out:
 * one function in SSA form. Statements are here; ways and loops, expressions and memory are in files of their own.
 */

import type { Access, IrFunction, IrStatement } from '../compiler/ir.ts';
import { type Assumptions, NotOptimised } from './assumptions.ts';
import { type CellState, Cells } from './cells.ts';
import { evaluate } from './evaluate.ts';
import { Extents } from './extents.ts';
import { type Activation, Flow } from './flow.ts';
import type { OptimiserInput } from './input.ts';
import type { LoopKnowledge } from './loopFacts.ts';
import { loop } from './loops.ts';
import { cellValue, clear, storeCells, storeThrough } from './memory.ts';
import type { Interval } from './ranges.ts';
import type { ParameterValue, Region, Value } from './ssa.ts';

/** Label of what a `return` leaves. */
const RETURN = ' return';

export class Specialiser extends Flow {
  readonly input: OptimiserInput;
  readonly assumptions: Assumptions;
  readonly loops: LoopKnowledge;
  readonly calls = new Set<string>();
  readonly extents: Extents;
  /** Where values stand in from the start of the block on: what memory held then. */
  readonly entryLoads = new Map<number, Value>();
  /** Numbers in memory that are taken to be whole when a block begins, by offset. */
  readonly wholes = new Map<number, Interval>();
  readonly rootRegion: Region;
  /** Which turns of loops that are written out. */
  turnPath = '';
  /** Calls through pointers and writes to memory that have been met. */
  callsThroughPointers = 0;
  writes = 0;
  /** Whether frames make objects or texts, as far as they have been followed. */
  hasMade = false;
  /** Values and nodes that it may make. */
  private readonly mostMade: number;

  constructor(input: OptimiserInput, assumptions: Assumptions, loops: LoopKnowledge, mostMade: number) {
    super({ locals: [], cells: new Cells() }, { fn: input.render, caller: null, path: '' });
    this.input = input;
    this.extents = new Extents(input.extents);
    this.assumptions = assumptions;
    this.loops = loops;
    this.mostMade = mostMade;
    this.rootRegion = this.builder.region;
  }

  override cellValue(offset: number, access: Access, state: CellState | undefined): Value {
    return cellValue(this, offset, access, state);
  }

  /** Whether a function is being worked through, here or further out. */
  isWithin(fn: IrFunction): boolean {
    for (let at: Activation | null = this.activation; at; at = at.caller) if (at.fn === fn) return true;
    return false;
  }

  /** The whole of `render`. */
  run(frames: ParameterValue): void {
    const { render } = this.input;
    const zeros = render.locals.map((type) => this.builder.constant(type, type === 'i64' ? 0n : 0));
    // In place of an environment it has the number of frames; its own parameter is only there for its signature.
    this.state = { locals: [frames, this.builder.constant('f32', 0), ...zeros], cells: new Cells() };
    this.block(RETURN, false, () => this.statements(render.body));
    if (this.state) storeCells(this);
  }

  // Statements

  /** They have no value. */
  statements(list: readonly IrStatement[]): null {
    for (const statement of list) {
      if (!this.state) return null;
      this.statement(statement);
    }
    return null;
  }

  private statement(statement: IrStatement): void {
    if (this.builder.made > this.mostMade) throw new NotOptimised('too large');
    switch (statement.op) {
      case 'set': {
        const value = evaluate(this, statement.value);
        if (this.state) this.state.locals[statement.index] = value;
        return;
      }
      case 'store': {
        const pointer = evaluate(this, statement.pointer);
        const value = evaluate(this, statement.value);
        if (this.state) storeThrough(this, statement.access, pointer, statement.offset, value);
        return;
      }
      case 'effect':
        evaluate(this, statement.value);
        return;
      case 'if': {
        const test = evaluate(this, statement.test);
        if (!this.state) return;
        this.choose(
          test,
          () => this.statements(statement.yes),
          () => this.statements(statement.no),
        );
        return;
      }
      case 'block':
        this.block(statement.label, false, () => this.statements(statement.body));
        return;
      case 'loop':
        loop(this, statement);
        return;
      case 'break':
        this.leave(this.target(statement.label, false), null);
        return;
      case 'continue':
        this.leave(this.target(statement.label, true), null);
        return;
      case 'return': {
        const value = statement.value ? evaluate(this, statement.value) : null;
        if (this.state) this.leave(this.target(RETURN, false), value);
        return;
      }
      case 'clear': {
        const pointer = evaluate(this, statement.pointer);
        const size = evaluate(this, statement.sizeBytes);
        if (this.state) clear(this, pointer, size);
        return;
      }
      case 'ifLive':
        this.statements(statement.yes);
        return;
      case 'fuel':
        // Taken by the loops that are left, for all that is in them.
        return;
      case 'trap':
        this.trap(statement.site);
        return;
      case 'release':
        // What comes later may as well lie behind it: the frame gives all of it back.
        evaluate(this, statement.from);
        return;
      case 'view':
        throw new Error('optimise: a view');
      case 'copy':
        throw new NotOptimised('it moves memory while it sounds');
    }
  }

  trap(site: number): void {
    this.builder.append({ op: 'trap', symbol: this.activation.fn.symbol, site });
    this.state = null;
  }

  /** Runs a function's body; its result, if it has one and is reached. */
  inline(fn: IrFunction, args: readonly Value[], path: string): Value | null {
    const caller = this.reached();
    const outer = this.activation;
    const outerTurn = this.turnPath;
    this.activation = { fn, caller: outer, path };
    this.turnPath = '';
    const types = fn.locals;
    const zeros = types.map((type) => this.builder.constant(type, type === 'i64' ? 0n : 0));
    this.state = { locals: [...args, ...zeros], cells: caller.cells };
    const value = this.block(RETURN, false, () => this.statements(fn.body));
    this.activation = outer;
    this.turnPath = outerTurn;
    if (this.state) this.state = { locals: caller.locals, cells: this.reached().cells };
    return value;
  }
}
