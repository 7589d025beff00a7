/**
 * Loops while a patch is worked through: written out where the number of turns is known, else worked through until it is
 * known what changes from turn to turn. In: loops of the IR. Out: nodes.
 */

import type { IrStatement } from '../compiler/ir.ts';
import { CELL_BYTES } from '../compiler/memoryLayout.ts';
import { HEADER, SYMBOLS_START } from '../protocol/arena.ts';
import { NotOptimised } from './assumptions.ts';
import { CLEARED } from './cells.ts';
import { AbandonedUnroll } from './flow.ts';
import type { LoopFacts } from './loopFacts.ts';
import { cellValue } from './memory.ts';
import type { Interval } from './ranges.ts';
import type { Specialiser } from './specialiser.ts';
import { type LoopNode, nodesIn, type ParameterValue, type Value } from './ssa.ts';
import { fork, type State } from './state.ts';
import { cellsLeft } from './turnObjects.ts';
import { mayUnroll } from './unrollLimits.ts';
import { integerOf } from './wholes.ts';

type Loop = IrStatement & { readonly op: 'loop' };

/** Each try finds out something; few loops need more than four. */
const MAX_TRIES = 64;
/** A number beyond, when a patch begins, is hardly an index. */
const MAX_FIRST = 2 ** 30;

export function loop(work: Specialiser, statement: Loop): void {
  const key = `${work.activation.path}${work.turnPath}/${statement.label}`;
  const facts = work.loops.of(key);
  if (!facts.staysLoop && unroll(work, statement)) return;
  facts.staysLoop = true;
  for (let tries = 0; !residualLoop(work, statement, facts); tries++) {
    if (tries > MAX_TRIES) throw new NotOptimised('what changes in a loop was not found out');
  }
}

/** Writes a loop out. Returns false, with nothing changed, where its end is not known. */
function unroll(work: Specialiser, statement: Loop): boolean {
  const entry = work.reached();
  const counts = work.targets.map(({ exits }) => exits.length);
  const region = work.builder.region;
  const outerPath = work.turnPath;
  const arms = work.openArms;
  const isBehindTest = arms > 0 || mayBeLeftOut(work);
  const { made } = work.builder;
  const { callsThroughPointers, writes, activation } = work;
  const mark = work.builder.ranges.mark();
  const body = work.builder.open(true);
  work.attempts.push({ arms, targets: work.targets.length });
  const abandon = (): void => {
    work.attempts.pop();
    work.builder.abandon(region);
    work.targets.length = counts.length;
    for (const [n, count] of counts.entries()) work.targets[n]!.exits.length = count;
    work.builder.ranges.forget(mark);
    work.openArms = arms;
    work.turnPath = outerPath;
    work.activation = activation;
    work.state = entry;
  };
  try {
    work.state = fork(entry);
    let size = 0;
    for (let turn = 0, counted = 0; work.state; turn++) {
      size += nodesIn(body, counted);
      counted = body.nodes.length;
      const isSmall = mayUnroll({
        ...{ turns: turn, made: work.builder.made - made, size, isBehindTest },
        isWithin: work.attempts.length > 1,
        callsThroughPointers: work.callsThroughPointers > callsThroughPointers,
        writesMemory: work.writes > writes,
      });
      if (!isSmall) throw new AbandonedUnroll();
      work.turnPath = `${outerPath}.${turn}`;
      work.block(statement.label, true, () => {
        work.statements(statement.body);
        if (work.state) throw new NotOptimised('a loop that falls through');
      });
    }
  } catch (thrown) {
    abandon();
    if (thrown instanceof AbandonedUnroll) return false;
    throw thrown;
  }
  work.attempts.pop();
  work.turnPath = outerPath;
  work.builder.close(body);
  work.builder.splice(body);
  return true;
}

/** Whether some way has left what is being worked through already, within a frame. */
const mayBeLeftOut = (work: Specialiser): boolean =>
  work.targets.some(({ exits, activation }) => exits.length > 0 && activation.fn !== work.input.render);

/** Works through one turn, of which all turns are alike. Returns false, with nothing changed, if more was found out. */
function residualLoop(work: Specialiser, statement: Loop, facts: LoopFacts): boolean {
  const { builder } = work;
  const entry = work.reached();
  const counts = work.targets.map(({ exits }) => exits.length);
  const region = builder.region;
  const mark = builder.ranges.mark();
  const before = facts.version;
  if (work.activation.fn === work.input.render) work.wholes.clear();
  for (const [offset, access] of facts.cells) if (!work.assumptions.isValue(offset, access)) facts.cells.delete(offset);
  const initialCells = new Map<number, Value>();
  for (const [offset, access] of facts.cells)
    initialCells.set(offset, cellValue(work, offset, access, entry.cells.get(offset)));
  const wholes = new Map<string, WholeInitial | null>();
  for (const index of facts.locals) wholes.set(`local ${index}`, wholeInitial(work, entry.locals[index]!));
  for (const [offset, initial] of initialCells) wholes.set(`cell ${offset}`, wholeInitial(work, initial));
  const body = builder.open(true);
  const { symbol } = work.activation.fn;
  const node: LoopNode = { op: 'loop', parameters: [], initial: [], body, symbol, site: statement.site };
  work.state = fork(entry);
  const { locals, cells } = work.state;
  const localParameters = [...facts.locals]
    .sort((a, b) => a - b)
    .map((index) => {
      const name = `local ${index}`;
      const initial = entry.locals[index]!;
      const made = makeParameter(work, facts, node, name, initial, wholes.get(name));
      locals[index] = made.value;
      return { index, ...made };
    });
  const cellParameters = [...facts.cells].map(([offset, access]) => {
    const name = `cell ${offset}`;
    const made = makeParameter(work, facts, node, name, initialCells.get(offset)!, wholes.get(name));
    cells.set(offset, { access, value: made.value });
    return { offset, access, ...made };
  });
  const loopCells = work.state.cells;
  work.state = fork(work.state);
  work.block(statement.label, true, () => {
    work.statements(statement.body);
    if (work.state) throw new NotOptimised('a loop that falls through');
  });
  const end = work.exitSince(loopCells, null, null);
  if (end) {
    for (const [index, value] of end.locals.entries()) noteLocal(facts, index, value, entry);
    for (const [offset, state] of cellsLeft(entry, end, body)) {
      // What was only cleared is cleared again before it is used again.
      if (state !== CLEARED) facts.addCell(offset, state.access);
    }
    const values: Value[] = [];
    const next = (name: string, parameter: ParameterValue, isWhole: boolean, value: Value): Value => {
      if (isWhole) return facts.nextWhole(name, parameter, value, builder) ?? parameter;
      facts.next(name, parameter, value, builder);
      return value;
    };
    for (const { index, parameter, isWhole } of localParameters)
      values.push(next(`local ${index}`, parameter, isWhole, end.locals[index]!));
    for (const { offset, access, parameter, value, isWhole } of cellParameters) {
      const after = cellValue(work, offset, access, end.cells.get(offset) ?? { access, value });
      values.push(next(`cell ${offset}`, parameter, isWhole, after));
    }
    builder.append({ op: 'continue', target: node, values });
  }
  builder.close(body);
  builder.ranges.forget(mark);
  if (facts.version === before) facts.narrow();
  if (facts.version !== before) {
    builder.abandon(region);
    for (const [n, count] of counts.entries()) work.targets[n]!.exits.length = count;
    work.state = entry;
    return false;
  }
  builder.append(node);
  work.state = null;
  return true;
}

/** The i32 that a loop may begin with in place of an f64, and what it is. */
interface WholeInitial {
  readonly value: Value;
  readonly interval: Interval;
  /** The cell it was loaded from when the block began, whose number is then asked for. */
  readonly offset: number | null;
}

/** `null`: it is no whole number, or the frames' own count, which has no end. */
function wholeInitial(work: Specialiser, initial: Value): WholeInitial | null {
  const { builder } = work;
  const known = integerOf(builder, initial);
  if (known) return { value: known, interval: builder.interval(known), offset: null };
  // Only the frames begin with what memory held when the block began.
  if (work.activation.fn !== work.input.render || initial.op !== 'load' || initial.access !== 'f64') return null;
  const { offset } = initial;
  // What a frame makes is behind the image, and holds nothing when a block begins.
  if (offset < SYMBOLS_START || offset + CELL_BYTES > work.input.image.sizeBytes) return null;
  if (work.entryLoads.get(offset) !== initial) return null;
  const first = work.input.image.read('f64', offset);
  if (typeof first !== 'number' || !Number.isInteger(first) || Math.abs(first) > MAX_FIRST) return null;
  const open = builder.region;
  builder.reopen(work.rootRegion);
  const value = builder.unary('i32.trunc_s_sat.f64', initial);
  builder.reopen(open);
  return { value, interval: { low: first, high: first }, offset };
}

/** A parameter, and what stands for it in the body: itself, or the f64 that it is as a whole number. */
function makeParameter(
  work: Specialiser,
  facts: LoopFacts,
  node: LoopNode,
  name: string,
  initial: Value,
  whole: WholeInitial | null | undefined,
): { readonly parameter: ParameterValue; readonly value: Value; readonly isWhole: boolean } {
  const { builder } = work;
  const interval = initial.type === 'f64' ? facts.wholeAt(name, whole?.interval ?? null) : null;
  if (interval && whole) {
    const parameter = builder.parameter('i32');
    parameter.lowest = interval.low;
    parameter.highest = interval.high;
    if (whole.offset === null) facts.describeSteps(parameter, name, whole.interval);
    node.parameters.push(parameter);
    node.initial.push(whole.value);
    if (whole.offset !== null) work.wholes.set(whole.offset, interval);
    return { parameter, value: builder.unary('f64.convert_s.i32', parameter), isWhole: true };
  }
  const parameter = builder.parameter(initial.type);
  parameter.isCount = initial === work.entryLoads.get(HEADER.CURRENT_FRAME);
  facts.describe(parameter, name, initial, builder);
  node.parameters.push(parameter);
  node.initial.push(initial);
  return { parameter, value: parameter, isWhole: false };
}

/** A local that is another one after a turn is a parameter of the loop. */
function noteLocal(facts: LoopFacts, index: number, value: Value, entry: State): void {
  if (!facts.locals.has(index) && value !== entry.locals[index]) facts.addLocal(index);
}
