/** What is to be known of a function of the IR before it is followed or called. Pure. */

import { forEachOperandOf, forEachPartOf, type Visitor } from '../compiler/forEachOperand.ts';
import type { IrFunction } from '../compiler/ir.ts';
import type { OptimiserInput } from './input.ts';

const sizes = new WeakMap<IrFunction, number>();

/** Operations in it. */
export function sizeOf(fn: IrFunction): number {
  const known = sizes.get(fn);
  if (known !== undefined) return known;
  let size = 0;
  const visitor: Visitor = {
    expression(expression) {
      size++;
      forEachOperandOf(expression, visitor);
    },
    statement(statement) {
      size++;
      forEachPartOf(statement, visitor);
    },
  };
  for (const statement of fn.body) visitor.statement(statement);
  sizes.set(fn, size);
  return size;
}

const contained = new WeakMap<IrFunction, boolean>();

const OUTSIDE: ReadonlySet<string> = new Set([
  ...['load', 'guard', 'allocate', 'callIndirect'],
  ...['store', 'clear', 'copy', 'release', 'ifLive', 'trap'],
]);

/**
 * Whether it and all that it calls are made of arguments and numbers alone: no memory is read or written but the fuel's. So it
 * can be called as it is, also by itself.
 */
export function isSelfContained(fn: IrFunction, input: Pick<OptimiserInput, 'functions'>): boolean {
  const known = contained.get(fn);
  if (known !== undefined) return known;
  const reached = new Set([fn]);
  let is = true;
  const visitor: Visitor = {
    expression(expression) {
      if (OUTSIDE.has(expression.op)) is = false;
      if (expression.op === 'call') {
        const target = input.functions.get(expression.target);
        if (target) reached.add(target);
        else is = false;
      }
      forEachOperandOf(expression, visitor);
    },
    statement(statement) {
      if (OUTSIDE.has(statement.op)) is = false;
      forEachPartOf(statement, visitor);
    },
  };
  // What is added meanwhile is visited, too.
  for (const each of reached) if (is) for (const statement of each.body) visitor.statement(statement);
  contained.set(fn, is);
  return is;
}

const purity = new WeakMap<IrFunction, boolean>();

/** Whether it writes nothing, makes nothing and always comes back: the same arguments give the same result. */
export function isPure(fn: IrFunction, input: Pick<OptimiserInput, 'functions'>): boolean {
  const known = purity.get(fn);
  if (known !== undefined) return known;
  // A function that calls itself is pure if the rest of it is.
  purity.set(fn, true);
  let pure = true;
  const visitor: Visitor = {
    expression(expression) {
      if (!pure) return;
      if (expression.op === 'allocate' || expression.op === 'callIndirect') pure = false;
      else if (expression.op === 'load' && expression.pointer.op === 'const') pure = false;
      else if (expression.op === 'call') {
        const target = input.functions.get(expression.target);
        if (!target || !isPure(target, input)) pure = false;
      }
      forEachOperandOf(expression, visitor);
    },
    statement(statement) {
      if (!pure) return;
      if (['store', 'clear', 'copy', 'release', 'fuel', 'ifLive', 'trap'].includes(statement.op)) pure = false;
      forEachPartOf(statement, visitor);
    },
  };
  for (const statement of fn.body) visitor.statement(statement);
  purity.set(fn, pure);
  return pure;
}

const readers = new WeakMap<IrFunction, boolean>();

/** Whether a pure function, or one that it calls, reads memory through a pointer. */
export function readsMemory(fn: IrFunction, input: Pick<OptimiserInput, 'functions'>): boolean {
  const known = readers.get(fn);
  if (known !== undefined) return known;
  readers.set(fn, false);
  let reads = false;
  const visitor: Visitor = {
    expression(expression) {
      if (expression.op === 'load') reads = true;
      const target = expression.op === 'call' ? input.functions.get(expression.target) : null;
      if (target && readsMemory(target, input)) reads = true;
      forEachOperandOf(expression, visitor);
    },
    statement: (statement) => forEachPartOf(statement, visitor),
  };
  for (const statement of fn.body) visitor.statement(statement);
  readers.set(fn, reads);
  return reads;
}
