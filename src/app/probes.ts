/**
 * What probes of the patch see, as it is shown at their lines: the last value, between which it was, and how it went. In: what the
 * processor sends. Out: the model's `probes`, a few times a second so that one can read them, and triggers, as soon as they are told.
 * Main thread.
 */

import type { Meter, Probed } from '../engine/sound.ts';
import { METERS_PER_SECOND, PROBES_PER_SECOND } from '../protocol/audio.ts';
import type { Model } from './model.ts';

export interface ProbeReading {
  readonly last: number;
  /** Since the reading before; NaN where it saw nothing. */
  readonly low: number;
  readonly high: number;
  /** The oldest first: for each reading the lowest and the highest. */
  readonly trace: readonly number[];
}

/** Readings that are kept: sixteen seconds. */
const KEPT = 64;
/** Per probe in a message. */
const VALUES = 3;
/** Messages that make a reading. */
const GATHERED = PROBES_PER_SECOND / METERS_PER_SECOND;
/** What rises from 0 in more messages than that, one after the other, is a sound, and no trigger. */
const MOST_TRIGGERS = 3;

/** Of one probe. */
interface Gathered {
  last: number;
  least: number;
  most: number;
  /** Messages in a row in which it rose from 0. */
  triggers: number;
}

export class Probes {
  readonly #model: Pick<Model, 'probes'>;
  readonly #onTrigger: (place: number) => void;
  #generation: number | null = null;
  #gathered: readonly Gathered[] = [];
  #messages = 0;

  /** `onTrigger` gets the place of a probe among the others. */
  constructor(model: Pick<Model, 'probes'>, onTrigger: (place: number) => void) {
    this.#model = model;
    this.#onTrigger = onTrigger;
  }

  /** Nothing plays: nothing is seen. */
  metered({ generation }: Pick<Meter, 'generation'>): void {
    if (generation === null && this.#model.probes.peek().length > 0) this.#model.probes.value = [];
  }

  probed({ generation, values }: Pick<Probed, 'generation' | 'values'>): void {
    // Another generation may have others, in another order.
    const isOther = generation !== this.#generation;
    this.#generation = generation;
    if (isOther) {
      this.#gathered = Array.from({ length: values.length / VALUES }, nothingSeen);
      this.#messages = 0;
    }
    this.#gathered.forEach((gathered, place) => {
      const [last = Number.NaN, least = Number.NaN, most = Number.NaN] = values.subarray(VALUES * place);
      if (addTo(gathered, last, least, most)) this.#onTrigger(place);
    });
    // The first is shown at once.
    if (this.#messages++ % GATHERED === 0) this.#show(isOther);
  }

  #show(isOther: boolean): void {
    const before = isOther ? [] : this.#model.probes.peek();
    this.#model.probes.value = this.#gathered.map(({ last, least, most }, place): ProbeReading => {
      const hasSeen = least <= most;
      return {
        last,
        low: hasSeen ? least : Number.NaN,
        high: hasSeen ? most : Number.NaN,
        trace: [...(before[place]?.trace ?? []), ...(hasSeen ? [least, most] : [])].slice(-2 * KEPT),
      };
    });
    for (const gathered of this.#gathered) {
      gathered.least = Number.POSITIVE_INFINITY;
      gathered.most = Number.NEGATIVE_INFINITY;
    }
  }
}

const nothingSeen = (): Gathered => ({
  ...{ last: Number.NaN, least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY },
  triggers: 0,
});

/** Returns whether it is a trigger, which is 0 but for the frames in which something begins, or a gate, which is until something ends. */
function addTo(gathered: Gathered, last: number, least: number, most: number): boolean {
  const rises = least >= 0 && most > 0 && (least === 0 || gathered.last === 0);
  gathered.triggers = rises ? gathered.triggers + 1 : 0;
  gathered.last = last;
  gathered.least = Math.min(gathered.least, least);
  gathered.most = Math.max(gathered.most, most);
  return rises && gathered.triggers <= MOST_TRIGGERS;
}
