/** One kernel: all the ways to play it, held to the same samples, then measured. Node and browser alike. */

import type { LibrarySource } from '../../src/compiler/library.ts';
import { measure, type Rounds } from './measure.ts';
import { ownRunners, truth } from './ownRunners.ts';
import type { Measured } from './report.ts';
import { COLUMNS, type Column, isThere, type Kernel, type Made, type Runner } from './runner.ts';
import { requireClose, requireSame } from './sameOutput.ts';

/** `peersOf`: fresh runners each time it is called. */
export async function measureKernel(
  { name, text, hasPeers }: Kernel,
  library: readonly LibrarySource[],
  peersOf: () => Promise<ReadonlyMap<Column, Made>>,
  rounds: Rounds,
): Promise<Measured> {
  const own = ownRunners(text, library);
  const exact = new Map<Column, Runner>();
  for (const column of ['tier 2', 'tier 1'] as const) {
    const made = own[column];
    if (isThere(made)) exact.set(column, made);
  }
  requireSame(name, truth(text), exact);
  const peers = await peersOf();
  for (const [column, runner] of peers)
    if (isThere(runner)) requireClose(name, column, truth(text), runner, column === 'C, SIMD');
  const made = new Map<Column, Made>([
    ...([
      ['tier 2', own['tier 2']],
      ['tier 1', own['tier 1']],
      ['JavaScript', own.JavaScript],
    ] as const),
    ...peers,
  ]);
  const there = new Map<Column, Runner>();
  const missing = new Map<Column, string>();
  for (const column of COLUMNS) {
    const one = made.get(column);
    if (isThere(one)) there.set(column, one);
    else if (one) missing.set(column, one.missing);
  }
  const series = measure(there, rounds);
  return { name, hasPeers, series, missing, optimiserMs: own.optimiserMs, moduleBytes: own.moduleBytes };
}
