/**
 * A generation in place, and what is done with it alone: running it, and looking at what it has made. Audio thread and
 * Node; allocates only when something traps.
 */

import {
  FUEL_SHARES,
  HEADER,
  LARGEST_FUEL_PART,
  MAX_BLOCK_FRAMES,
  MAX_BLOCK_FUEL,
  MAX_BURST_FUEL,
  REVIVED_FUEL_PART,
  type RenderFunction,
} from '../src/protocol/arena.ts';
import { OVER_BUDGET, type ProcessorToWorker } from '../src/protocol/audio.ts';
import type { CopyPlan, GenerationBatch } from '../src/protocol/generation.ts';
import type { HostInputs } from '../src/protocol/hostInputs.ts';
import type { Generation } from '../src/protocol/units.ts';
import { checkedInputs } from './hostCells.ts';
import { f64Index, i32Index, type MemoryViews } from './memoryViews.ts';
import { areFinite, isSound } from './nonFiniteWatch.ts';
import type { OldSide } from './oldSide.ts';
import { indicesIn } from './rings.ts';

export interface RollbackPlan {
  readonly to: Generation;
  readonly plan: CopyPlan;
  /** Whether `to` cannot run its code of tier 2 with that state. */
  readonly demotes: boolean;
}

/** A generation whose arena and functions are in place. */
export interface Running {
  readonly generation: Generation;
  readonly base: number;
  /** What it runs, and its code of tier 1. */
  render: RenderFunction;
  readonly tier1: RenderFunction;
  /** Code of tier 2, while it runs that, and what that takes for granted: see `Promotion.checks`. */
  promotion: { readonly render: RenderFunction; readonly checks: Int32Array } | null;
  /** How its state goes back to the generation it took the place of, once the worker has sent that. */
  rollbackPlan: RollbackPlan | null;
  /**
   * The most work per frame for which there was time enough; null: there never was. Infinite: there was in its other tier,
   * where work is counted otherwise.
   */
  sustainedWork: number | null;
  /** What the blocks before left over of their budgets: see `Runner`. */
  savedFuel: number;
  readonly hasHeadroom: boolean;
  /** See `GenerationBatch.bpmOffset`. */
  readonly bpmOffset: number | null;
  /** What the host writes and reads in the arena, checked. */
  readonly inputs: HostInputs;
  /** Indices that came from the generation before: see `CopyPlan.fits`. */
  readonly fits: Int32Array;
}

/** `before`: what comes back under another number, with the code that it ran. */
export function runningOf(batch: GenerationBatch, tier1: RenderFunction, before: Running | null): Running {
  const { generation, arena, hasHeadroom = false, bpmOffset, plan } = batch;
  const { render = tier1, promotion = null, sustainedWork = null, savedFuel = MAX_BURST_FUEL } = before ?? {};
  const inputs = checkedInputs(batch.inputs, arena.sizeBytes);
  const code = { render, tier1, promotion, rollbackPlan: null };
  const { address: base } = arena;
  return { generation, base, ...code, sustainedWork, savedFuel, hasHeadroom, bpmOffset, inputs, fits: plan.fits };
}

/** Whoever has less left over than this was over its budget in the blocks before. */
const DRAINED_FUEL = MAX_BURST_FUEL / 4;

/**
 * Runs generations, and keeps why the last one that trapped did. All that run for one block share one budget, so that several
 * that run out of fuel one after the other take no longer than three would: each gets what it may burn, but no more than half of
 * what is left. What one leaves over is there for its later blocks: most of them may be light and a few heavy.
 */
export class Runner {
  trap = { reason: '', stack: '' };
  readonly #views: MemoryViews;
  #blocks = 0;
  /** The most that any may burn by itself. */
  #mostFuel = MAX_BLOCK_FUEL;
  #leftFuel = 0;

  constructor(views: MemoryViews) {
    this.#views = views;
  }

  /** Begins the budget of the next `frames` frames. */
  begin(frames: number): void {
    this.#blocks = Math.ceil(frames / MAX_BLOCK_FRAMES);
    this.#mostFuel = MAX_BLOCK_FUEL;
    this.#leftFuel = FUEL_SHARES * this.#blocks * MAX_BLOCK_FUEL;
  }

  /** Whether it rendered; when not, what plays instead is for the caller to decide and to report. */
  run(running: Running, frames: number): boolean {
    return this.#runWith(running, frames, LARGEST_FUEL_PART);
  }

  /** The same for what takes the place of one that has just stopped. */
  revive(running: Running, frames: number): boolean {
    return this.#runWith(running, frames, REVIVED_FUEL_PART);
  }

  /** `part`: of what fuel is left, at most. */
  #runWith(running: Running, frames: number, part: number): boolean {
    const { i32 } = this.#views;
    const budget = i32Index(running.base + HEADER.FUEL_PER_BLOCK);
    const left = i32Index(running.base + HEADER.FUEL);
    const own = i32[budget];
    this.#makeRoomFor(own);
    const saved = running.savedFuel;
    const wanted = Math.max(own, Math.min(own + saved, MAX_BURST_FUEL));
    const given = Math.min(wanted, Math.floor(this.#leftFuel * part));
    i32[budget] = given;
    i32[left] = given;
    const isRendered = this.#render(running, frames);
    const burned = given - Math.max(0, i32[left]);
    this.#leftFuel -= burned;
    running.savedFuel = Math.min(MAX_BURST_FUEL, Math.max(0, own + saved - burned));
    if (!isRendered && i32[left] < 0 && saved < DRAINED_FUEL) this.trap.reason = OVER_BUDGET;
    i32[budget] = own;
    i32[left] += own - given;
    return isRendered;
  }

  /** In an arena that a cache holds, and where nobody listens, generations may have more than a burst: that takes no longer there. */
  #makeRoomFor(fuel: number): void {
    if (fuel <= Math.max(this.#mostFuel, MAX_BURST_FUEL)) return;
    this.#leftFuel += FUEL_SHARES * this.#blocks * (fuel - this.#mostFuel);
    this.#mostFuel = fuel;
  }

  #render({ render, base }: Running, frames: number): boolean {
    try {
      render(base, frames);
      return true;
    } catch (error) {
      this.trap =
        error instanceof Error
          ? { reason: error.message, stack: error.stack ?? '' }
          : { reason: String(error), stack: '' };
      return false;
    }
  }
}

/** Whether both channels are sound at the end of the chunk. `f64`: of the memory that it lies in. */
export function endsInSound(f64: Float64Array, { base }: Running, frames: number): boolean {
  const last = frames - 1;
  return (
    isSound(f64[f64Index(base + HEADER.OUTPUT_LEFT) + last]) &&
    isSound(f64[f64Index(base + HEADER.OUTPUT_RIGHT) + last])
  );
}

/** Whether all that it made in this chunk is finite as f32. */
function isOutputFinite(f64: Float64Array, { base }: Running, frames: number): boolean {
  return (
    areFinite(f64, f64Index(base + HEADER.OUTPUT_LEFT), frames) &&
    areFinite(f64, f64Index(base + HEADER.OUTPUT_RIGHT), frames)
  );
}

/** Which of those that are mixed made samples in this chunk that are not finite; `null`: none did. */
export function nonFiniteOf(
  f64: Float64Array,
  live: Running | null,
  old: OldSide<Running>,
  frames: number,
): Generation | null {
  if (live !== null && !isOutputFinite(f64, live, frames)) return live.generation;
  for (let n = old.count - 1; n >= 0; n--) {
    const member = old.at(n);
    if (member !== null && !isOutputFinite(f64, member, frames)) return member.generation;
  }
  return null;
}

/** Why a generation stopped. `load`: of one that was too slow. */
export interface TrapReason {
  readonly reason: string;
  readonly stack: string;
  readonly load?: number;
}

/** What is told of a generation that stopped, with what it left in its header. `views` must be fresh. */
export function trapEvent(
  views: MemoryViews,
  { generation, base, fits }: Running,
  fallback: Running | null,
  frame: number,
  why: TrapReason,
): ProcessorToWorker {
  const { i32 } = views;
  return {
    ...{ kind: 'trapped', generation, fallback: fallback?.generation ?? null, frame },
    trapSymbol: i32[i32Index(base + HEADER.TRAP_SYMBOL)],
    trapSite: i32[i32Index(base + HEADER.TRAP_SITE)],
    ...{ ...why, ...(fits.length > 0 && { indices: indicesIn(views, fits, base) }) },
  };
}
