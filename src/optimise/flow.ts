/**
 * Ways that part and meet while a patch is worked through: arms of tests, blocks and what leaves them. In: what to do on each
 * way. Out: regions with their nodes, and one state where ways meet.
 */

import type { Access, IrFunction } from '../compiler/ir.ts';
import { HEADER } from '../protocol/arena.ts';
import { Builder } from './builder.ts';
import { type CellState, type Cells, CLEARED } from './cells.ts';
import { accessOf, canSelect, canSpeculate, type Exit, isRare, isTree, nestRest } from './exits.ts';
import type { Interval } from './ranges.ts';
import {
  type BlockNode,
  type BreakNode,
  ends,
  type IfNode,
  type ParameterValue,
  type Region,
  type Value,
} from './ssa.ts';
import { fork, type State } from './state.ts';
import { integerOf } from './wholes.ts';

/** A function that is being worked through. */
export interface Activation {
  readonly fn: IrFunction;
  readonly caller: Activation | null;
  /** Which call it is of all calls. */
  readonly path: string;
}

export interface Target {
  readonly label: string;
  readonly isLoop: boolean;
  readonly node: BlockNode;
  /** Cells when it was entered. */
  readonly entry: Cells;
  readonly exits: Exit[];
  readonly activation: Activation;
}

/** A loop that is being written out: what was open when that began. */
export interface Attempt {
  readonly arms: number;
  readonly targets: number;
}

/** A loop is not written out after all: whether it continues is not known. */
export class AbandonedUnroll extends Error {}

/** What is done on one of two ways; its value, if ways have values. */
type Arm = () => Value | null;

export abstract class Flow {
  readonly builder = new Builder();
  /** `null`: this place is not reached. */
  state: State | null;
  activation: Activation;
  /** What can be left, the innermost last. */
  readonly targets: Target[] = [];
  readonly attempts: Attempt[] = [];
  openArms = 0;

  constructor(state: State, activation: Activation) {
    this.state = state;
    this.activation = activation;
  }

  /** What a cell holds that was last set like this on some way. */
  abstract cellValue(offset: number, access: Access, state: CellState | undefined): Value;

  reached(): State {
    if (!this.state) throw new Error('optimise: a place that is not reached');
    return this.state;
  }

  /** Both arms of a test, or the one that is known. Returns what the arms give, where they give something. */
  choose(test: Value, yes: Arm, no: Arm): Value | null {
    if (test.op === 'const') return test.value === 0 ? no() : yes();
    const { ranges } = this.builder;
    const entry = this.reached();
    const arm = (holds: boolean, run: Arm): { region: Region; exit: Exit | null } => {
      const region = this.builder.open(false);
      const mark = ranges.mark();
      ranges.assume(test, holds);
      this.openArms++;
      this.state = fork(entry);
      const value = run();
      const exit = this.exitSince(entry.cells, value, null);
      this.openArms--;
      ranges.forget(mark);
      this.builder.close(region);
      return { region, exit };
    };
    const [first, second] = [arm(true, yes), arm(false, no)];
    const node: IfNode = {
      op: 'if',
      test,
      yes: first.region,
      no: second.region,
      results: [],
      yesValues: null,
      noValues: null,
    };
    this.state = entry;
    if (first.exit && second.exit) return this.meet(node, first.exit, second.exit);
    const alive = first.exit ?? second.exit;
    if (!alive) {
      this.builder.append(node);
      this.state = null;
      return null;
    }
    // What is left runs behind the `if`, whose other arm does not come back.
    const rest = first.exit ? first.region : second.region;
    const emptied = this.builder.empty();
    const left: IfNode = first.exit ? { ...node, yes: emptied, yesValues: [] } : { ...node, no: emptied, noValues: [] };
    this.builder.append(left);
    this.builder.splice(rest);
    ranges.assume(test, first.exit !== null);
    this.become(alive);
    return alive.value;
  }

  /** The end that is reached now; `null` if none is. */
  exitSince(entry: Cells, value: Value | null, node: BreakNode | null): Exit | null {
    if (!this.state) return null;
    const { locals, cells } = this.state;
    const changed = new Map<number, CellState>();
    for (const offset of cells.changedSince(entry)) changed.set(offset, cells.get(offset)!);
    return { locals: [...locals], cells: changed, value, node, facts: this.builder.ranges.mark() };
  }

  /** Goes on with what an exit says, from the state in which the ways parted. */
  private become(exit: Exit): void {
    const { locals, cells } = this.reached();
    locals.splice(0, locals.length, ...exit.locals);
    for (const [offset, state] of exit.cells) cells.set(offset, state);
  }

  private meet(node: IfNode, yes: Exit, no: Exit): Value | null {
    const isSelected = canSelect(node);
    // Beside what is rare, the ordinary case is computed anyway.
    if (isSelected || (isRare(node.no) && canSpeculate(node.yes))) this.builder.splice(node.yes);
    if (isSelected || (isRare(node.yes) && canSpeculate(node.no))) this.builder.splice(node.no);
    const results: ParameterValue[] = [];
    const yesValues: Value[] = [];
    const noValues: Value[] = [];
    const met: IfNode = { ...node, results, yesValues, noValues };
    // Before what is made of its results.
    if (!isSelected) this.builder.append(met);
    const { ranges } = this.builder;
    const join = (a: Value, b: Value): Value => {
      if (a === b) return a;
      if (isSelected) return this.builder.select(node.test, a, b);
      const whole = this.joinWholes([a, b], ([m, n]) => join(m!, n!));
      if (whole) return whole;
      const known = results.findIndex((_, n) => yesValues[n] === a && noValues[n] === b);
      if (known >= 0) return results[known]!;
      const result = this.builder.parameter(a.type);
      result.possible = this.builder.unionOf(a, b);
      if (a.type === 'i32') bound(result, [ranges.at(yes.facts, a), ranges.at(no.facts, b)]);
      results.push(result);
      yesValues.push(a);
      noValues.push(b);
      return result;
    };
    this.joinExits([yes, no], ([a, b]) => join(a!, b!));
    const value = yes.value && no.value ? join(yes.value, no.value) : (yes.value ?? no.value);
    if (!isSelected && results.length === 0 && node.yes.nodes.length === 0 && node.no.nodes.length === 0) {
      this.builder.remove(met);
    }
    return value;
  }

  /** Whole numbers meet as i32. */
  private joinWholes(values: readonly Value[], join: (values: readonly Value[]) => Value): Value | null {
    const wholes: Value[] = [];
    for (const value of values) {
      const whole = integerOf(this.builder, value);
      if (!whole) return null;
      wholes.push(whole);
    }
    if (wholes.every(({ op }) => op === 'const')) return null;
    return this.builder.unary('f64.convert_s.i32', join(wholes));
  }

  /** Makes one state of several, from that in which they parted, which is the current one. */
  private joinExits(exits: readonly Exit[], join: (values: readonly Value[]) => Value): void {
    const { locals, cells } = this.reached();
    for (let index = 0; index < locals.length; index++) {
      const values = exits.map((exit) => exit.locals[index]!);
      locals[index] = values.every((value) => value === values[0]) ? values[0]! : join(values);
    }
    const changed = new Set<number>();
    for (const exit of exits) for (const offset of exit.cells.keys()) changed.add(offset);
    for (const offset of changed) {
      const states = exits.map((exit) => exit.cells.get(offset) ?? cells.get(offset));
      const top = offset === HEADER.HEAP_POINTER ? highest(states) : null;
      if (top) {
        cells.set(offset, top);
        continue;
      }
      const access = accessOf(states);
      if (access === null) {
        cells.set(offset, CLEARED);
        continue;
      }
      const values = states.map((state) => this.cellValue(offset, access, state));
      cells.set(offset, { access, value: values.every((value) => value === values[0]) ? values[0]! : join(values) });
    }
  }

  // Blocks

  target(label: string, isLoop: boolean): Target {
    for (let at = this.targets.length - 1; at >= 0; at--) {
      const target = this.targets[at]!;
      if (target.activation === this.activation && target.label === label && target.isLoop === isLoop) return target;
    }
    throw new Error(`optimise: no ${label}`);
  }

  leave(target: Target, value: Value | null): void {
    const attempt = this.attempts[this.attempts.length - 1];
    if (attempt && this.openArms > attempt.arms && this.targets.indexOf(target) < attempt.targets)
      throw new AbandonedUnroll();
    const node: BreakNode = { op: 'break', target: target.node, values: [] };
    const exit = this.exitSince(target.entry, value, node);
    if (!exit) return;
    this.builder.append(node);
    target.exits.push(exit);
    this.state = null;
  }

  /** Runs a body that can be left; continues where its exits meet. */
  block(label: string, isLoop: boolean, run: () => void): Value | null {
    const entry = this.reached();
    const body = this.builder.open(true);
    const node: BlockNode = { op: 'block', body, results: [], values: null };
    const target: Target = { label, isLoop, node, entry: entry.cells, exits: [], activation: this.activation };
    const mark = this.builder.ranges.mark();
    this.targets.push(target);
    this.state = fork(entry);
    run();
    const fall = this.exitSince(entry.cells, null, null);
    this.targets.pop();
    this.builder.close(body);
    this.state = entry;
    const exits = fall ? [...target.exits, fall] : target.exits;
    if (exits.length === 0) {
      this.builder.splice(body);
      this.state = null;
      return null;
    }
    // What was learnt from the tests behind which it was not left.
    if (target.exits.length > 0) this.builder.ranges.forget(mark);
    if (isTree(body, node)) {
      nestRest(body, node);
      const open = this.builder.reopen(body);
      this.state = fork(entry);
      const exit = this.resolve(body, node, target.exits, fall, entry.cells);
      this.builder.close(open);
      this.state = entry;
      this.builder.splice(body);
      if (!exit) {
        this.state = null;
        return null;
      }
      this.become(exit);
      // The only way that leads on.
      if (exits.length === 1) this.builder.ranges.forget(exit.facts);
      return exit.value;
    }
    this.builder.ranges.forget(mark);
    return this.meetAll(node, exits);
  }

  /** Takes the jumps out of the ends of a tree of `if`s. Returns where they all lead; `null` if the end is not reached. */
  private resolve(
    region: Region,
    block: BlockNode,
    exits: readonly Exit[],
    fall: Exit | null,
    entry: Cells,
  ): Exit | null {
    const last = region.nodes[region.nodes.length - 1];
    if (last?.op === 'break' && last.target === block) {
      region.nodes.pop();
      return exits.find((exit) => exit.node === last)!;
    }
    if (last?.op === 'if' && last.results.length === 0 && this.holdsExit(last, block)) {
      const within = (inner: Region): Exit | null => {
        const open = this.builder.reopen(inner);
        const exit = this.resolve(inner, block, exits, fall, entry);
        this.builder.close(open);
        return exit;
      };
      const [yes, no] = [within(last.yes), within(last.no)];
      if (yes && no) {
        region.nodes.pop();
        const outer = this.state;
        this.state = { locals: [...yes.locals], cells: entry.fork() };
        const value = this.meet({ ...last, yesValues: null, noValues: null }, yes, no);
        const exit = this.exitSince(entry, value, null);
        this.state = outer;
        return exit;
      }
      const alive = yes ?? no;
      if (!alive) return null;
      const rest = yes ? last.yes : last.no;
      const emptied = this.builder.empty();
      region.nodes.pop();
      this.builder.append(
        yes
          ? { ...last, yes: emptied, yesValues: [], noValues: null }
          : { ...last, no: emptied, noValues: [], yesValues: null },
      );
      this.builder.splice(rest);
      return alive;
    }
    return ends(last) ? null : fall;
  }

  private holdsExit(node: IfNode, block: BlockNode): boolean {
    const holds = (region: Region): boolean =>
      region.nodes.some(
        (inner) =>
          (inner.op === 'break' && inner.target === block) ||
          (inner.op === 'if' && (holds(inner.yes) || holds(inner.no))),
      );
    return holds(node.yes) || holds(node.no);
  }

  /** Ways out of a block that stays one. */
  private meetAll(node: BlockNode, exits: readonly Exit[]): Value | null {
    const columns: Value[][] = [];
    this.builder.append(node);
    const join = (values: readonly Value[]): Value => {
      const whole = this.joinWholes(values, join);
      if (whole) return whole;
      const result = this.builder.parameter(values[0]!.type);
      result.possible = values.reduce<readonly number[] | null>(
        (known, value, n) => (n === 0 ? this.builder.unionOf(value, value) : this.builder.unionOfLists(known, value)),
        null,
      );
      if (result.type === 'i32')
        bound(
          result,
          values.map((value, n) => this.builder.ranges.at(exits[n]!.facts, value)),
        );
      node.results.push(result);
      columns.push([...values]);
      return result;
    };
    const { body } = node;
    const visible = (value: Value): boolean => !isWithin(value.region, body);
    this.joinExits(
      exits.map((exit) => exit),
      join,
    );
    // What is the same on all ways, but was computed inside.
    const { locals, cells } = this.reached();
    for (const [index, value] of locals.entries()) if (!visible(value)) locals[index] = join(exits.map(() => value));
    for (const offset of new Set(exits.flatMap((exit) => [...exit.cells.keys()]))) {
      const state = cells.get(offset);
      if (state && state !== CLEARED && !visible(state.value)) {
        cells.set(offset, { access: state.access, value: join(exits.map(() => state.value)) });
      }
    }
    const given = exits.map(({ value }) => value);
    let value: Value | null = null;
    if (given.every((each) => each !== null)) {
      const values = given as Value[];
      value = values.every((each) => each === values[0]) && visible(values[0]!) ? values[0]! : join(values);
    }
    exits.forEach((exit, n) => {
      const values = columns.map((column) => column[n]!);
      if (exit.node) exit.node.values = values;
      else node.values = values;
    });
    return value;
  }
}

/** What a result can be, of what it is on each way. */
function bound(result: ParameterValue, intervals: readonly Interval[]): void {
  result.lowest = Math.min(...intervals.map(({ low }) => low));
  result.highest = Math.max(...intervals.map(({ high }) => high));
}

/** Where the heap ends on the way that made the most: what the others leave out is not missed. */
function highest(states: readonly (CellState | undefined)[]): CellState | null {
  let most: (CellState & { readonly value: Value }) | null = null;
  for (const state of states) {
    if (state === undefined || state === CLEARED || state.value.op !== 'const') return null;
    if (most?.value.op !== 'const' || Number(state.value.value) > Number(most.value.value)) most = state;
  }
  return most;
}

function isWithin(region: Region | null, outer: Region): boolean {
  for (let at = region; at; at = at.parent) if (at === outer) return true;
  return false;
}
