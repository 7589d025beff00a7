/** Brings events from outside into the arenas of one renderer that sound. Audio thread and Node; allocates nothing. */

import { MAX_PRINT_SITES, PRINT_WORDS, PRINTS_PER_METER, type PrintedWords } from '../src/protocol/printed.ts';
import type { Host } from './host.ts';
import { f64Index } from './memoryViews.ts';
import type { OldSide } from './oldSide.ts';
import type { Running } from './running.ts';

/** Brings what comes in during a chunk into all that sounds. */
export function bringSound(
  host: Host | null,
  f64: Float64Array,
  live: Running | null,
  old: OldSide<Running>,
  start: number,
  frames: number,
  frame: number,
): void {
  if (host === null) return;
  if (live !== null) host.bringSound(f64, live, start, frames, frame);
  for (let n = 0; n < old.count; n++) {
    const member = old.at(n);
    if (member !== null) host.bringSound(f64, member, start, frames, frame);
  }
}

/** Last, least and largest value of each probe since they were looked at; null: there are none. */
export function readProbes(f64: Float64Array, live: Running | null): Float64Array<ArrayBuffer> | null {
  if (live === null || live.inputs.probes.length === 0) return null;
  const { base, inputs } = live;
  const seen = new Float64Array(3 * inputs.probes.length);
  inputs.probes.forEach(({ lastOffset, leastOffset, mostOffset }, index) => {
    const [least, most] = [f64Index(base + leastOffset), f64Index(base + mostOffset)];
    seen[3 * index] = f64[f64Index(base + lastOffset)];
    seen[3 * index + 1] = f64[least];
    seen[3 * index + 2] = f64[most];
    f64[least] = Number.POSITIVE_INFINITY;
    f64[most] = Number.NEGATIVE_INFINITY;
  });
  return seen;
}

/** What was printed since this was asked last, and makes room for more; null: nothing. */
export function readPrinted(f64: Float64Array, live: Running | null): PrintedWords | null {
  const cells = live?.inputs.print;
  if (live === null || !cells) return null;
  const [used, counts] = [f64Index(live.base + cells.usedOffset), f64Index(live.base + cells.countsOffset)];
  const told = f64.slice(counts, counts + MAX_PRINT_SITES);
  if (!told.some((count) => count > 0)) return null;
  const words = f64Index(live.base + cells.wordsOffset);
  const count = Math.min(Math.max(Math.trunc(f64[used]) || 0, 0), PRINT_WORDS);
  const printed = { words: f64.slice(words, words + count), counts: told };
  f64[used] = 0;
  f64[f64Index(live.base + cells.roomOffset)] = PRINTS_PER_METER;
  f64.fill(0, counts, counts + MAX_PRINT_SITES);
  return printed;
}

/**
 * Delivers the events of the block, from number `first` on, that are due by the frame `start` of it. Returns the first one that is
 * not.
 */
export function hearEvents(
  host: Host | null,
  f64: Float64Array,
  live: Running | null,
  old: OldSide<Running>,
  first: number,
  start: number,
): number {
  let event = first;
  for (; host !== null && host.framesTo(event) <= start; event++) {
    if (live !== null) host.deliver(event, f64, live);
    for (let n = 0; n < old.count; n++) {
      const member = old.at(n);
      if (member !== null) host.deliver(event, f64, member);
    }
  }
  return event;
}
