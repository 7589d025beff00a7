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

  constructor(views: MemoryViews, sampleRate: number) {
    this.#views = views;
    this.#watch = new OverloadWatch(sampleRate);
  }

  /** Part of the time there was, in the last quarter of a second. */
  get load(): number {
    return this.#watch.load;
  }

  /** Takes note of a block; whether something else should play. */
  isTooMuch(live: Running, busyMs: number, frames: number): boolean {
    if (this.#watched !== live || this.#code !== live.render) {
      this.#watched = live;
      this.#code = live.render;
      const isOfThisCode = live.sustainedWork !== Number.POSITIVE_INFINITY;
      this.#watch.reset(isOfThisCode ? live.sustainedWork : null, live.hasHeadroom || !isOfThisCode);
    }
    this.#views.refresh();
    const { i32 } = this.#views;
    const work = i32[i32Index(live.base + HEADER.FUEL_PER_BLOCK)] - i32[i32Index(live.base + HEADER.FUEL)];
    if (this.#watch.observe(busyMs, frames, work)) return true;
    live.sustainedWork = this.#watch.sustainedWork ?? live.sustainedWork;
    return false;
  }
}
