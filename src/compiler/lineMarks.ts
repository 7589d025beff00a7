/**
 * Marks in IR that say where the text of what follows begins, for the profile. Put in while lowering where that was asked for
 * (`LowerOptions.marksLines`), read and taken out by countWork.ts. To everybody else a mark is a statement without effect.
 */

import type { IrStatement } from './ir.ts';

/** An i64 that nobody uses: lowering makes none otherwise. */
export const lineMark = (offset: number): IrStatement => ({
  op: 'effect',
  value: { op: 'const', type: 'i64', value: BigInt(offset) },
});

/** The offset that a mark says; null: the statement is none. */
export function markedOffset(statement: IrStatement): number | null {
  if (statement.op !== 'effect' || statement.value.op !== 'const' || statement.value.type !== 'i64') return null;
  return Number(statement.value.value);
}
