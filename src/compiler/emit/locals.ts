/** The declarations of a function's locals, in the binary format. */

import type { ValueType } from '../ir.ts';
import type { ByteWriter } from './byteWriter.ts';
import { VALUE_TYPES } from './opcodes.ts';

/** Runs of locals of one type. */
export function writeLocals(out: ByteWriter, types: readonly ValueType[]): void {
  const runs: { readonly type: ValueType; count: number }[] = [];
  for (const type of types) {
    const last = runs[runs.length - 1];
    if (last?.type === type) last.count++;
    else runs.push({ type, count: 1 });
  }
  out.u32(runs.length);
  for (const { type, count } of runs) {
    out.u32(count);
    out.byte(VALUE_TYPES[type]);
  }
}
