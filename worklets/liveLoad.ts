/**
 * Whether what plays takes more time than there is, whichever generation that is and whichever code it runs. In: what
 * plays, and how long each block took. Audio thread and Node; allocates nothing.
 */

import { HEADER, type RenderFunction } from '../src/protocol/arena.ts';
import { i32Index, type MemoryViews } from './memoryViews.ts';
import { OverloadWatch } from './overloadWatch.ts';
import type { Running } from './running.ts';

export class LiveLoad {
  readonly #views: MemoryViews;
  readonly #watch: OverloadWatch;
  /** What the watch has in view. */
  #watched: Running | null = null;
  #code: RenderFunction | null = null;
  /** Work and frames since the code is another one, or since they were last asked for. */
  readonly #done = new Float64Array(2);

  constructor(views: MemoryViews, sampleRate: number) {
    this.#views = views;
    this.#watch = new OverloadWatch(sampleRate);
  }

  /** Part of the time there was, in the last quarter of a second. */
  get load(): number {
    return this.#watch.load;
  }

  /** Work per frame since it was last asked, of the code that plays now; 0: it has not played since. */
  takeWorkPerFrame(): number {
    const [work, frames] = this.#done;
    this.#done.fill(0);
    return frames === 0 ? 0 : work / frames;
  }

  /** Takes note of a block; whether something else should play. */
  isTooMuch(live: Running, busyMs: number, frames: number): boolean {
    if (this.#watched !== live || this.#code !== live.render) {
      this.#watched = live;
      this.#code = live.render;
      this.#done.fill(0);
      const isOfThisCode = live.sustainedWork !== Number.POSITIVE_INFINITY;
      this.#watch.reset(isOfThisCode ? live.sustainedWork : null, live.hasHeadroom || !isOfThisCode);
    }
    this.#views.refresh();
    const { i32 } = this.#views;
    const work = i32[i32Index(live.base + HEADER.FUEL_PER_BLOCK)] - i32[i32Index(live.base + HEADER.FUEL)];
    this.#done[0] += work;
    this.#done[1] += frames;
    if (this.#watch.observe(busyMs, frames, work)) return true;
    live.sustainedWork = this.#watch.sustainedWork ?? live.sustainedWork;
    return false;
  }
}
