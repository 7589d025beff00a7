/**
 * A generation in place, and what is done with it alone: running it, and looking at what it has made. Audio thread and
 * Node; allocates only when something traps.
 */

import { HEADER, type RenderFunction } from '../src/protocol/arena.ts';
import type { CopyPlan } from '../src/protocol/generation.ts';
import type { Generation } from '../src/protocol/units.ts';
import { f64Index } from './memoryViews.ts';
import { areFinite, isSound } from './nonFiniteWatch.ts';

/** A generation whose arena and functions are in place. */
export interface Running {
  readonly generation: Generation;
  readonly base: number;
  readonly render: RenderFunction;
  /** How its state goes back to the generation it took the place of, once the worker has sent that. */
  rollbackPlan: { readonly to: Generation; readonly plan: CopyPlan } | null;
  /** The most work per frame for which there was time enough; null: there never was. */
  sustainedWork: number | null;
  readonly hasHeadroom: boolean;
  /** Indices that came from the generation before: see `CopyPlan.fits`. */
  readonly fits: Int32Array;
}

/** Runs generations, and keeps why the last one that trapped did. */
export class Runner {
  trap = { reason: '', stack: '' };

  /** Whether it rendered; when not, what plays instead is for the caller to decide and to report. */
  run(running: Running, frames: number): boolean {
    try {
      running.render(running.base, frames);
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
export function isOutputFinite(f64: Float64Array, { base }: Running, frames: number): boolean {
  return (
    areFinite(f64, f64Index(base + HEADER.OUTPUT_LEFT), frames) &&
    areFinite(f64, f64Index(base + HEADER.OUTPUT_RIGHT), frames)
  );
}
