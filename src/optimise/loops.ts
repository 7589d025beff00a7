/**
 * Loops while a patch is worked through: written out where the number of turns is known, else worked through until it is
 * known what changes from turn to turn. In: loops of the IR. Out: nodes.
 */

import type { IrStatement } from '../compiler/ir.ts';
import { NotOptimised } from './assumptions.ts';
import { CLEARED } from './cells.ts';
import { AbandonedUnroll } from './flow.ts';
import type { LoopFacts } from './loopFacts.ts';
import { cellValue } from './memory.ts';
import type { Specialiser } from './specialiser.ts';
import type { LoopNode, Value } from './ssa.ts';
import { fork, type State } from './state.ts';

type Loop = IrStatement & { readonly op: 'loop' };

/** Each try finds out something; few loops need more than four. */
const MAX_TRIES = 64;
const MAX_TURNS = 1024;
/** Values and nodes that a loop may become when it is written out. */
const MAX_UNROLLED = 24_000;

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
  const made = work.builder.made;
  const mark = work.builder.ranges.mark();
  const { activation } = work;
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
    for (let turn = 0; work.state; turn++) {
      if (turn > MAX_TURNS || work.builder.made - made > MAX_UNROLLED) throw new AbandonedUnroll();
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

/** Works through one turn, of which all turns are alike. Returns false, with nothing changed, if more was found out. */
function residualLoop(work: Specialiser, statement: Loop, facts: LoopFacts): boolean {
  const { builder } = work;
  const entry = work.reached();
  const counts = work.targets.map(({ exits }) => exits.length);
  const region = builder.region;
  const mark = builder.ranges.mark();
  const before = facts.version;
  for (const [offset, access] of facts.cells) if (!work.assumptions.isValue(offset, access)) facts.cells.delete(offset);
  const initialCells = new Map<number, Value>();
  for (const [offset, access] of facts.cells)
    initialCells.set(offset, cellValue(work, offset, access, entry.cells.get(offset)));
  const body = builder.open(true);
  const { symbol } = work.activation.fn;
  const node: LoopNode = { op: 'loop', parameters: [], initial: [], body, symbol, site: statement.site };
  work.state = fork(entry);
  const { locals, cells } = work.state;
  const localParameters = [...facts.locals]
    .sort((a, b) => a - b)
    .map((index) => {
      const initial = entry.locals[index]!;
      const parameter = builder.parameter(initial.type);
      facts.describe(parameter, `local ${index}`, initial);
      locals[index] = parameter;
      node.parameters.push(parameter);
      node.initial.push(initial);
      return { index, parameter };
    });
  const cellParameters = [...facts.cells].map(([offset, access]) => {
    const initial = initialCells.get(offset)!;
    const parameter = builder.parameter(initial.type);
    facts.describe(parameter, `cell ${offset}`, initial);
    cells.set(offset, { access, value: parameter });
    node.parameters.push(parameter);
    node.initial.push(initial);
    return { offset, access, parameter };
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
    for (const [offset, state] of end.cells) {
      // What was only cleared is cleared again before it is used again.
      if (state !== CLEARED) facts.addCell(offset, state.access);
    }
    const values: Value[] = [];
    for (const { index, parameter } of localParameters) {
      const value = end.locals[index]!;
      facts.next(`local ${index}`, parameter, value, builder);
      values.push(value);
    }
    for (const { offset, access, parameter } of cellParameters) {
      const value = cellValue(work, offset, access, end.cells.get(offset) ?? { access, value: parameter });
      facts.next(`cell ${offset}`, parameter, value, builder);
      values.push(value);
    }
    builder.append({ op: 'continue', target: node, values });
  }
  builder.close(body);
  builder.ranges.forget(mark);
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

/** A local that is another one after a turn is a parameter of the loop. */
function noteLocal(facts: LoopFacts, index: number, value: Value, entry: State): void {
  if (!facts.locals.has(index) && value !== entry.locals[index]) facts.addLocal(index);
}
