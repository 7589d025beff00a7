/**
 * Both tiers of a generation side by side in the worker's memory: whether they make the same samples and leave the same
 * memory, in blocks of several lengths; then each alone, until the engine has made it as fast as it gets, and which is faster. In: a
 * generation that was placed, a module of tier 2. Out: why it is not to be used, or nothing. Worker and Node.
 *
 * Work is bounded by a count of blocks, and by time only through the clock that is given; it is done in small pieces.
 */

import { RENDER_SYMBOL } from '../compiler/symbols.ts';
import type { LinkedGeneration } from '../linker/linkTypes.ts';
import { HEADER, IMPORTS, type RenderFunction, SYMBOLS_START } from '../protocol/arena.ts';
import type { Cost } from '../protocol/compile.ts';
import { type Footprint, footprintOf, placeAside } from './footprint.ts';
import { fastestRound, traps } from './timing.ts';

/** Where two arenas have room, with all of their pieces, and the functions of tier 1. */
export interface TrialSpace {
  readonly memory: WebAssembly.Memory;
  readonly table: WebAssembly.Table;
  readonly firstBase: number;
  readonly secondBase: number;
}

/** Frames of the blocks that are compared, over and over. */
const COMPARED = [128, 1, 32, 127, 128, 5, 64, 3] as const;
const COMPARED_ROUNDS = 4;
/** From then on the clock of the patch is where it is after a day. */
const LATE_ROUND = 2;
const LATE_FRAME = 2 ** 32;

export class TierTrial {
  private readonly space: TrialSpace;
  private readonly first: RenderFunction;
  private readonly second: RenderFunction;
  private readonly now: (() => number) | null;
  private readonly footprint: Footprint;
  /** What each tier takes, as far as that was measured. */
  readonly costs: Partial<Record<1 | 2, Cost>> = {};

  /** @throws where the module cannot be instantiated. */
  constructor(
    space: TrialSpace,
    linked: LinkedGeneration,
    { module, symbols }: { readonly module: WebAssembly.Module; readonly symbols: Readonly<Record<string, number>> },
    now: (() => number) | null,
  ) {
    const { memory, table, firstBase, secondBase } = space;
    this.space = space;
    this.now = now;
    this.footprint = footprintOf(linked);
    this.first = table.get(linked.draft.renderSlot) as RenderFunction;
    this.second = new WebAssembly.Instance(module, {
      [IMPORTS.MODULE]: { [IMPORTS.MEMORY]: memory, [IMPORTS.TABLE]: table },
      [IMPORTS.SYMBOLS]: symbols,
    }).exports[RENDER_SYMBOL] as RenderFunction;
    for (const base of [firstBase, secondBase]) placeAside(memory, base, this.footprint, linked);
  }

  /** Rests after each piece. Returns why the second tier is not to be used; `null`: it is. */
  *run(): Generator<void, string | null, void> {
    const { firstBase, secondBase } = this.space;
    const view = new DataView(this.space.memory.buffer);
    for (let round = 0; round < COMPARED_ROUNDS; round++) {
      if (round === LATE_ROUND) {
        for (const base of [firstBase, secondBase]) view.setFloat64(base + HEADER.CURRENT_FRAME, LATE_FRAME, true);
      }
      for (const frames of COMPARED) {
        const hasTrapped = traps(this.first, firstBase, frames);
        if (hasTrapped !== traps(this.second, secondBase, frames)) return 'only one of both tiers stops';
        // What a block has written that stopped is no longer read.
        if (hasTrapped) return null;
        if (!this.soundsSame(frames)) return 'it would sound different';
        // Code that has never run is slow: the first blocks take longest.
        yield;
      }
    }
    if (!this.leavesSame()) return 'it would leave other values in memory';
    return yield* this.warmUp();
  }

  /** Until neither gets faster; the second tier has to be the faster one. */
  private *warmUp(): Generator<void, string | null, void> {
    const { now } = this;
    if (!now) return null;
    const { firstBase, secondBase } = this.space;
    const second = yield* fastestRound(this.second, secondBase, this.space.memory, now);
    if (second === null) return 'it stops after a while';
    this.costs[2] = second.cost;
    const first = yield* fastestRound(this.first, firstBase, this.space.memory, now);
    if (first) this.costs[1] = first.cost;
    return first !== null && first.bestMs < second.bestMs ? 'it would be no faster' : null;
  }

  private soundsSame(frames: number): boolean {
    const { memory, firstBase, secondBase } = this.space;
    for (const channel of [HEADER.OUTPUT_LEFT, HEADER.OUTPUT_RIGHT]) {
      const first = new Float64Array(memory.buffer, firstBase + channel, frames);
      const second = new Float64Array(memory.buffer, secondBase + channel, frames);
      // A NaN is as good as another; -0 is not 0.
      for (let n = 0; n < frames; n++) if (!Object.is(first[n], second[n])) return false;
    }
    return true;
  }

  /** State: symbols, heap, and of the header what a patch changes. */
  private leavesSame(): boolean {
    const { memory, firstBase, secondBase } = this.space;
    const view = new DataView(memory.buffer);
    const wordAt = (offset: number) => view.getInt32(offset, true);
    const header = [HEADER.CURRENT_FRAME, HEADER.CURRENT_FRAME + 4, HEADER.RANDOM_STATE];
    if (header.some((offset) => wordAt(firstBase + offset) !== wordAt(secondBase + offset))) return false;
    return this.footprint.pieces.every(({ start, imageStart, imageBytes }) => {
      const from = imageStart === 0 ? SYMBOLS_START : start;
      const words = (imageBytes - (imageStart === 0 ? SYMBOLS_START : 0)) >> 2;
      const first = new Int32Array(memory.buffer, firstBase + from, words);
      const second = new Int32Array(memory.buffer, secondBase + from, words);
      return first.every((word, n) => word === second[n] || this.isNaNAt(from + 4 * n));
    });
  }

  /** Whether there is a NaN in both, whose bits are nobody's. */
  private isNaNAt(offset: number): boolean {
    const { memory, firstBase, secondBase } = this.space;
    const view = new DataView(memory.buffer);
    const isNaNIn = (base: number) => Number.isNaN(view.getFloat64(base + (offset & ~7), true));
    const isShortNaNIn = (base: number) => Number.isNaN(view.getFloat32(base + offset, true));
    return [isNaNIn, isShortNaNIn].some((is) => is(firstBase) && is(secondBase));
  }
}
