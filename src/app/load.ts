/**
 * How much of the time there is the patch takes. In: what the worker measured that a frame costs, and what the audio thread
 * reports: how much work it did, and what its coarse clock says, with how far that may be off. Out: one number. Pure.
 */

import type { Meter } from '../engine/sound.ts';
import type { Cost, WorkerToMain } from '../protocol/compile.ts';

type CostTold = Extract<WorkerToMain, { kind: 'cost' }>;

/** Costs of so many generations are kept: those that undo may bring back soon. */
const MAX_KEPT = 16;

/** A tick of the audio thread's clock. */
const CLOCK_SECONDS = 0.001;
/** No device is called more often. */
const QUANTUM_FRAMES = 128;

export interface SoundTimes {
  /** Frames per second. */
  readonly sampleRate: number;
  /** From one call of the device to the next; 0 where the browser does not say. */
  readonly callSeconds: number;
}

export class Load {
  readonly #costs = new Map<number, CostTold['costs']>();
  #last: number | null = null;

  told({ generation, costs }: CostTold): void {
    this.#costs.delete(generation);
    this.#costs.set(generation, costs);
    const [oldest] = this.#costs.keys();
    if (this.#costs.size > MAX_KEPT && oldest !== undefined) this.#costs.delete(oldest);
  }

  /** Nothing plays. */
  reset(): void {
    this.#last = null;
  }

  /**
   * The worker's measurement times the work that was done, within what the audio thread's clock allows. Until the worker has
   * measured what plays now, what was said last, within the same bounds. `callSeconds`: from one call of the device to the next.
   */
  next(
    { generation, tier, workPerFrame, load, loadTolerance }: Omit<Meter, 'kind'>,
    { sampleRate, callSeconds }: SoundTimes,
  ): number {
    const cost = generation === null ? undefined : this.#costs.get(generation)?.[tier];
    const expected = (cost && estimate(cost, workPerFrame, sampleRate)) ?? this.#last ?? load;
    const tickPerCall = CLOCK_SECONDS / Math.max(callSeconds, QUANTUM_FRAMES / sampleRate);
    this.#last = Math.max(0, load - Math.max(loadTolerance, tickPerCall), Math.min(load + loadTolerance, expected));
    return this.#last;
  }
}

/** A patch that has only begun is taken to do what it did in the worker. */
function estimate({ nanoseconds, work }: Cost, workPerFrame: number, sampleRate: number): number {
  const scale = work > 0 && workPerFrame > 0 ? workPerFrame / work : 1;
  return nanoseconds * 1e-9 * sampleRate * scale;
}
