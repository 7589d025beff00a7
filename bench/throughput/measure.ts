/**
 * How long runners take, in alternation: each plays for a slice of about a millisecond, then the next, in another order each
 * round, so that what the machine does beside hits all of them alike and few slices at all. In: runners. Out: nanoseconds
 * per frame, one figure a round. Node and browser alike.
 */

import { BLOCK_FRAMES, type Runner } from './runner.ts';

const SLICE_MS = 1;
/** A slice that seems shorter than this is not measured: several steps of the coarsest clock, 0.1 ms. */
const SHORTEST_MS = SLICE_MS / 2;
const SETTLED_MS = 150;
const WARM_MS = 3000;
/** A slice counts as faster if it is by so much. */
const FASTER = 0.97;

export interface Rounds {
  readonly rounds: number;
  /** In milliseconds: a clock's time, or better what the process has used of the processor. */
  readonly now: () => number;
}

/** Nanoseconds per frame by round. */
export type Series = readonly number[];

export function measure<Name extends string>(
  runners: ReadonlyMap<Name, Runner>,
  { rounds, now }: Rounds,
): ReadonlyMap<Name, Series> {
  const blocks = new Map([...runners].map(([name, runner]) => [name, warmUp(runner, now)]));
  const series = new Map([...runners.keys()].map((name) => [name, [] as number[]]));
  const names = [...runners.keys()];
  for (let round = 0; round < rounds; round++) {
    for (let n = 0; n < names.length; n++) {
      const name = names[(n * (round % 2 === 0 ? 1 : names.length - 1) + round) % names.length];
      series.get(name)!.push(slice(runners.get(name)!, blocks.get(name)!, now));
    }
  }
  return series;
}

/** Plays until the engine has made the code as fast as it gets. Returns how many blocks make a slice. */
function warmUp(runner: Runner, now: () => number): number {
  const startMs = now();
  let count = 1;
  let best = Number.POSITIVE_INFINITY;
  for (let bestMs = startMs, nowMs = startMs; nowMs - startMs < WARM_MS && nowMs - bestMs < SETTLED_MS; nowMs = now()) {
    const nsPerFrame = slice(runner, count, now);
    // A browser's clock moves in steps, so that a short slice may seem to take no time at all: it says nothing yet.
    if (nsPerFrame * count * BLOCK_FRAMES < SHORTEST_MS * 1e6) {
      count *= 2;
      continue;
    }
    count = blocksOfSlice(nsPerFrame);
    if (nsPerFrame < best * FASTER) {
      best = nsPerFrame;
      bestMs = nowMs;
    }
  }
  return best === Number.POSITIVE_INFINITY ? count : blocksOfSlice(best);
}

const blocksOfSlice = (nsPerFrame: number): number =>
  Math.max(1, Math.round((SLICE_MS * 1e6) / (nsPerFrame * BLOCK_FRAMES)));

function slice(runner: Runner, blocks: number, now: () => number): number {
  const startMs = now();
  for (let n = 0; n < blocks; n++) runner.run();
  return ((now() - startMs) * 1e6) / (blocks * BLOCK_FRAMES);
}
