/** What is known of a function's locals: that one has been set, and that it holds a pointer which may be followed. */

import { FlowFacts } from './flowFacts.ts';
import { forEachOperandOf, forEachPartOf, type Visitor } from './forEachOperand.ts';
import type { IrFunction } from './ir.ts';

export const ASSIGNED = 1;
export const GUARDED = 2;

export class LocalFacts extends FlowFacts {
  /** Locals that are set in more than one place: what they point at is not known where a loop begins. */
  private readonly varying: readonly number[];

  constructor(fn: IrFunction) {
    const given = 1 + fn.signature.parameters.length;
    super(new Uint8Array(given + fn.locals.length).fill(ASSIGNED, 0, given));
    this.varying = varyingLocals(fn);
  }

  enterLoop(): void {
    this.forget(this.varying, GUARDED);
  }
}

function varyingLocals(fn: IrFunction): number[] {
  const given = 1 + fn.signature.parameters.length;
  const counts = new Uint8Array(given + fn.locals.length).fill(1, 0, given);
  const count = (index: number): void => {
    if (counts[index]! < 2) counts[index]!++;
  };
  const visitor: Visitor = {
    expression(expression) {
      if (expression.op === 'tee') count(expression.index);
      forEachOperandOf(expression, visitor);
    },
    statement(statement) {
      if (statement.op === 'set') count(statement.index);
      forEachPartOf(statement, visitor);
    },
  };
  for (const statement of fn.body) visitor.statement(statement);
  const varying: number[] = [];
  for (const [index, times] of counts.entries()) if (times > 1) varying.push(index);
  return varying;
}
