/**
 * What probes of the patch see, as it is shown at their lines: the last value, between which it was, and how it went. In: meters.
 * Out: the model's `probes`. Main thread.
 */

import type { Meter } from '../engine/sound.ts';
import type { Model } from './model.ts';

export interface ProbeReading {
  readonly last: number;
  /** Since the meter before; NaN where it saw nothing. */
  readonly low: number;
  readonly high: number;
  /** The oldest first: for each meter the lowest and the highest. */
  readonly trace: readonly number[];
}

/** Meters that are kept: sixteen seconds. */
const KEPT = 64;
/** Per probe in a meter. */
const VALUES = 3;

export class Probes {
  readonly #model: Pick<Model, 'probes'>;
  #generation: number | null = null;

  constructor(model: Pick<Model, 'probes'>) {
    this.#model = model;
  }

  metered({ probes, generation }: Pick<Meter, 'probes' | 'generation'>): void {
    if (!probes || generation === null) {
      if (this.#model.probes.peek().length > 0) this.#model.probes.value = [];
      return;
    }
    // Another generation may have others, in another order.
    const before = generation === this.#generation ? this.#model.probes.peek() : [];
    this.#generation = generation;
    this.#model.probes.value = Array.from({ length: probes.length / VALUES }, (_, n): ProbeReading => {
      const [last = Number.NaN, least = Number.NaN, most = Number.NaN] = probes.subarray(VALUES * n, VALUES * (n + 1));
      const hasSeen = least <= most;
      const seen = hasSeen ? [least, most] : [];
      return {
        last,
        low: hasSeen ? least : Number.NaN,
        high: hasSeen ? most : Number.NaN,
        trace: [...(before[n]?.trace ?? []), ...seen].slice(-2 * KEPT),
      };
    });
  }
}
