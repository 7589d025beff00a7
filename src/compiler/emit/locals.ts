/** The declarations of a function's locals, in the binary format. */

import type { ByteWriter } from './byteWriter.ts';

/** Runs of locals of one type. `types`: their codes. */
export function writeLocals(out: ByteWriter, types: readonly number[]): void {
  const runs: { readonly type: number; count: number }[] = [];
  for (const type of types) {
    const last = runs[runs.length - 1];
    if (last?.type === type) last.count++;
    else runs.push({ type, count: 1 });
  }
  out.u32(runs.length);
  for (const { type, count } of runs) {
    out.u32(count);
    out.byte(type);
  }
}
