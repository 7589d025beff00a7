/** What a loop may change: locals, and memory by where it lies. In: a loop of the IR. Out: sets. Each loop is looked at once. */

import { forEachOperandOf, forEachPartOf, type Visitor } from '../forEachOperand.ts';
import type { IrExpression, IrStatement } from '../ir.ts';

export interface Effects {
  readonly sets: Set<number>;
  /** Top-level variables that are stored to. */
  readonly symbols: Set<string>;
  /** Offsets of stores through pointers; elements are none, as they lie apart from all that has fields. */
  readonly offsets: Set<number>;
  calls: boolean;
  /** Fills and copies. */
  moves: boolean;
}

const known = new WeakMap<IrStatement, Effects>();

export function effectsOf(loop: IrStatement & { readonly op: 'loop' }): Effects {
  const found = known.get(loop);
  if (found) return found;
  const effects: Effects = { sets: new Set(), symbols: new Set(), offsets: new Set(), calls: false, moves: false };
  const visitor: Visitor = {
    expression(expression) {
      if (expression.op === 'tee') effects.sets.add(expression.index);
      else if (expression.op === 'callIndirect') effects.calls = true;
      else if (expression.op === 'call' && !isOfNumbers(expression)) effects.calls = true;
      forEachOperandOf(expression, visitor);
    },
    statement(statement) {
      if (statement.op === 'loop') {
        addAll(effects, effectsOf(statement));
        return;
      }
      if (statement.op === 'set') effects.sets.add(statement.index);
      else if (statement.op === 'store') addStore(effects, statement);
      else if (statement.op === 'clear' || statement.op === 'copy') effects.moves = true;
      forEachPartOf(statement, visitor);
    },
  };
  for (const statement of loop.body) visitor.statement(statement);
  known.set(loop, effects);
  return effects;
}

function addStore(effects: Effects, { pointer, offset }: IrStatement & { readonly op: 'store' }): void {
  if (pointer.op === 'symbol') effects.symbols.add(pointer.name);
  else if (pointer.op !== 'const' && !isComputed(pointer)) effects.offsets.add(offset);
}

function addAll(effects: Effects, inner: Effects): void {
  for (const index of inner.sets) effects.sets.add(index);
  for (const name of inner.symbols) effects.symbols.add(name);
  for (const offset of inner.offsets) effects.offsets.add(offset);
  effects.calls ||= inner.calls;
  effects.moves ||= inner.moves;
}

/** Arithmetic makes addresses of elements, and of nothing else (guardPointers.ts). */
export const isComputed = (pointer: IrExpression): boolean =>
  pointer.op === 'block' ? isComputed(pointer.value) : pointer.op === 'binary' || pointer.op === 'element';

/** A function of mathematics: it sees nothing of the patch. */
export const isOfNumbers = ({ target, args }: IrExpression & { readonly op: 'call' }): boolean =>
  /^std\/\w+\(number(, number)*\): number$/.test(target) && args[0]?.op === 'const';
