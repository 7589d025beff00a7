/**
 * How long code takes once the engine has made it as fast as it gets. In: a render function, an arena, a clock. Out: the time of
 * the fastest round of blocks, and what a frame costs. Worker and Node.
 *
 * Work is bounded by a count of blocks, and by time only through the clock that is given; it is done in small pieces.
 */

import { HEADER, MAX_BLOCK_FRAMES, type RenderFunction } from '../protocol/arena.ts';
import type { Cost } from '../protocol/compile.ts';

/** A round of the warm-up; it ends when so many rounds in a row were no faster than the fastest before, by this much. */
const ROUND_BLOCKS = 16;
const LEVEL_ROUNDS = 6;
const FASTER = 0.97;
const MAX_ROUNDS = 256;
const MAX_WARM_UP_MS = 400;
/** A piece of the warm-up ends with the block in which this is over. */
const PIECE_MS = 4;

export interface Timing {
  /** Time of the fastest round. */
  readonly bestMs: number;
  readonly cost: Cost;
}

/** Rests after each piece. `null`: it trapped. */
export function* fastestRound(
  render: RenderFunction,
  base: number,
  memory: WebAssembly.Memory,
  now: () => number,
): Generator<void, Timing | null, void> {
  const recent = new Float64Array(LEVEL_ROUNDS);
  let spentMs = 0;
  let bestMs = Number.POSITIVE_INFINITY;
  let level = 0;
  let pieceMs = 0;
  let work = 0;
  let round = 0;
  for (; round < MAX_ROUNDS && spentMs < MAX_WARM_UP_MS && level < LEVEL_ROUNDS; round++) {
    let tookMs = 0;
    work = 0;
    for (let block = 0; block < ROUND_BLOCKS; block++) {
      const startMs = now();
      // Whether that is the patch's own doing would have to be found out first.
      if (traps(render, base, MAX_BLOCK_FRAMES)) return null;
      const blockMs = now() - startMs;
      work += workOf(memory, base);
      tookMs += blockMs;
      pieceMs += blockMs;
      if (pieceMs < PIECE_MS) continue;
      pieceMs = 0;
      yield;
    }
    level = tookMs < FASTER * bestMs ? 0 : level + 1;
    bestMs = Math.min(bestMs, tookMs);
    spentMs += tookMs;
    recent[round % LEVEL_ROUNDS] = tookMs;
  }
  const roundFrames = ROUND_BLOCKS * MAX_BLOCK_FRAMES;
  const usualMs = Math.max(bestMs, usual(recent.subarray(0, Math.min(round, LEVEL_ROUNDS))));
  return { bestMs, cost: { nanoseconds: (1e6 * usualMs) / roundFrames, work: work / roundFrames } };
}

/** The mean of all but the longest, which something else may have held up: the clock may be too coarse for a single round. */
function usual(roundsMs: Float64Array): number {
  if (roundsMs.length < 2) return roundsMs[0] ?? 0;
  return (roundsMs.reduce((sum, ms) => sum + ms, 0) - Math.max(...roundsMs)) / (roundsMs.length - 1);
}

function workOf(memory: WebAssembly.Memory, base: number): number {
  const words = new Int32Array(memory.buffer);
  return words[(base + HEADER.FUEL_PER_BLOCK) >> 2]! - words[(base + HEADER.FUEL) >> 2]!;
}

export function traps(render: RenderFunction, base: number, frames: number): boolean {
  try {
    render(base, frames);
    return false;
  } catch {
    return true;
  }
}
