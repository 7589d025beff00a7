/**
 * Both tiers of a patch, played side by side in blocks of changing lengths. In: a text. Out: the first difference, in what is
 * heard or in what is left in memory; or why there is no second tier. Tests and benchmarks.
 */

import type { LibrarySource } from '../compiler/library.ts';
import { type Tier, type TierOptions, twoTiers } from '../node/twoTiers.ts';
import type { AfterPass } from '../optimise/optimise.ts';
import { verifyProgram } from '../optimise/verify.ts';
import { HEADER, SYMBOLS_START } from '../protocol/arena.ts';

export type TierComparison =
  | { readonly kind: 'same'; readonly frames: number; readonly trapped: boolean }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'different'; readonly what: string };

const BLOCKS = [128, 1, 32, 127, 128, 5] as const;

function runs(tier: Tier, left: Float64Array, right: Float64Array, frames: number): boolean {
  try {
    tier.render(left, right, frames);
    return true;
  } catch (thrown) {
    if (thrown instanceof WebAssembly.RuntimeError) return false;
    throw thrown;
  }
}

/** A NaN is as good as another. */
const same = (a: number, b: number): boolean => Object.is(a, b);

export function compareTiers(
  text: string,
  library: readonly LibrarySource[],
  frames: number,
  options: TierOptions = {},
): TierComparison {
  const faults: string[] = [];
  const after: AfterPass = (pass, program) => {
    for (const fault of verifyProgram(program)) faults.push(`${pass}: ${fault}`);
  };
  const { first, second, optimised } = twoTiers(text, library, { ...options, after });
  if (faults.length > 0) return { kind: 'different', what: `a faulty program: ${faults.slice(0, 5).join('; ')}` };
  if (!second) return { kind: 'refused', reason: optimised.kind === 'refused' ? optimised.reason : '' };
  const [left, right, left2, right2] = Array.from({ length: 4 }, () => new Float64Array(128)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let at = 0;
  for (let block = 0; at < frames; block++) {
    const length = BLOCKS[block % BLOCKS.length]!;
    const [ran, ran2] = [runs(first, left, right, length), runs(second, left2, right2, length)];
    if (ran !== ran2) return { kind: 'different', what: `at frame ${at}: ${ran ? 'the second' : 'the first'} trapped` };
    // What a frame that traps has written is no longer read.
    if (!ran) return { kind: 'same', frames: at, trapped: true };
    for (let n = 0; n < length; n++) {
      if (same(left[n]!, left2[n]!) && same(right[n]!, right2[n]!)) continue;
      return { kind: 'different', what: `at frame ${at + n}: ${left[n]}, ${right[n]} and ${left2[n]}, ${right2[n]}` };
    }
    at += length;
    const difference = memoryDifference(first.arena(), second.arena());
    if (difference !== null) return { kind: 'different', what: `at frame ${at}, offset ${difference}: memory` };
  }
  return { kind: 'same', frames: at, trapped: false };
}

/** The first difference of state: symbols, heap, and the header's frame and random state. */
function memoryDifference(a: Uint8Array, b: Uint8Array): number | null {
  const [x, y] = [a, b].map((bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)) as [
    DataView,
    DataView,
  ];
  const words = [HEADER.CURRENT_FRAME, HEADER.CURRENT_FRAME + 4, HEADER.RANDOM_STATE];
  for (const offset of words) if (x.getInt32(offset) !== y.getInt32(offset)) return offset;
  for (let offset = SYMBOLS_START; offset + 4 <= a.length; offset += 4) {
    if (x.getInt32(offset) === y.getInt32(offset)) continue;
    // The bits of a NaN are nobody's.
    const cell = offset & ~7;
    if (cell + 8 <= a.length && Number.isNaN(x.getFloat64(cell, true)) && Number.isNaN(y.getFloat64(cell, true)))
      continue;
    if (Number.isNaN(x.getFloat32(offset, true)) && Number.isNaN(y.getFloat32(offset, true))) continue;
    return offset;
  }
  return null;
}
