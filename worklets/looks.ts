/**
 * Looks into the arena that plays (src/protocol/look.ts). In: a request, and each block that was rendered. Out: the answer, in
 * the buffers that came with the request. Audio thread and Node; allocates the answer and, for large ranges, a view a block; the work of a
 * block is bounded.
 *
 * What is asked for is only read, and only where there is memory: other places give zeros.
 */

import { LOOK_BYTES_PER_BLOCK, type Look, MAX_LOOK_CELLS, MAX_LOOK_RANGES, type Seen } from '../src/protocol/look.ts';
import type { MemoryViews } from './memoryViews.ts';
import type { Running } from './running.ts';

/** One look for each purpose may be under way. */
export class Looks {
  readonly #watch: LookUnderWay;
  readonly #copy: LookUnderWay;

  constructor(answer: (seen: Seen) => void) {
    this.#watch = new LookUnderWay(answer);
    this.#copy = new LookUnderWay(answer);
  }

  /** Takes the place of one that is not answered yet. */
  begin(look: Look): void {
    (look.purpose === 'copy' ? this.#copy : this.#watch).begin(look);
  }

  /** The memory is as a block of so many frames has left it. Requires that `views` are fresh. */
  after(views: MemoryViews, live: Running | null, frames: number, frame: number): void {
    this.#watch.after(views, live, frames, frame);
    this.#copy.after(views, live, frames, frame);
  }
}

class LookUnderWay {
  readonly #answer: (seen: Seen) => void;
  #look: Look | null = null;
  #framesLeft = 0;
  /** How far it has been copied: the range, the bytes of it, and those of all. */
  #range = 0;
  #done = 0;
  #filled = 0;

  constructor(answer: (seen: Seen) => void) {
    this.#answer = answer;
  }

  begin(look: Look): void {
    this.#look = look;
    this.#framesLeft = look.frames;
    this.#range = 0;
    this.#done = 0;
    this.#filled = 0;
  }

  after(views: MemoryViews, live: Running | null, frames: number, frame: number): void {
    const look = this.#look;
    if (look === null) return;
    if (live === null || live.generation !== look.generation) {
      this.#end(look, false, frame);
      return;
    }
    this.#watch(look, views.f64, live.base);
    this.#framesLeft -= frames;
    if (this.#framesLeft > 0) return;
    if (this.#copy(look, views.bytes, live.base)) this.#end(look, true, frame);
  }

  #end({ serial, purpose, extremes, bytes }: Look, isThere: boolean, frame: number): void {
    this.#look = null;
    this.#answer({ serial, purpose, isThere, frame, extremes, bytes });
  }

  #watch({ cells, extremes }: Look, f64: Float64Array, base: number): void {
    const count = Math.min(cells.length, MAX_LOOK_CELLS);
    for (let n = 0; n < count; n++) {
      const address = base + cells[n];
      if (address < 0 || (address & 7) !== 0) continue;
      // Beyond the memory it is `undefined`, which compares with nothing, as NaN does.
      const value = f64[address / 8];
      if (value < extremes[2 * n]) extremes[2 * n] = value;
      if (value > extremes[2 * n + 1]) extremes[2 * n + 1] = value;
    }
  }

  /** A block's share. Whether that was all. */
  #copy({ ranges, bytes }: Look, memory: Uint8Array, base: number): boolean {
    const count = Math.min(ranges.length >> 1, MAX_LOOK_RANGES);
    let left = LOOK_BYTES_PER_BLOCK;
    for (; this.#range < count; this.#range++) {
      const size = Math.max(0, ranges[2 * this.#range + 1]);
      const share = Math.min(size - this.#done, left, bytes.length - this.#filled);
      const from = base + ranges[2 * this.#range] + this.#done;
      if (from >= 0 && from + share <= memory.length) copyBytes(bytes, this.#filled, memory, from, share);
      this.#filled += share;
      this.#done += share;
      left -= share;
      if (this.#done < size && this.#filled < bytes.length) return false;
      this.#done = 0;
    }
    return true;
  }
}

/** Below this a loop takes no longer than making a view, which is garbage. */
const VIEWED_BYTES = 512;

function copyBytes(to: Uint8Array, at: number, from: Uint8Array, start: number, count: number): void {
  if (count >= VIEWED_BYTES) to.set(from.subarray(start, start + count), at);
  else for (let n = 0; n < count; n++) to[at + n] = from[start + n];
}
