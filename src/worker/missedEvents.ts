/**
 * What must have happened on the audio thread although its message did not arrive. In: what the worker believes, and
 * the actual state. Out: the missing messages, in the order in which they should have come. Pure.
 *
 * Ports keep the order: whatever was sent before the question has arrived, or never will.
 */

import type { ProcessorToWorker } from '../protocol/audio.ts';
import type { Transition } from '../protocol/generation.ts';
import type { Generation } from '../protocol/units.ts';

export type Status = Extract<ProcessorToWorker, { kind: 'status' }>;

export interface Belief {
  /** The batch that is under way, and was so when the question was sent. */
  readonly underWay: {
    readonly generation: Generation;
    readonly transition: Transition;
    readonly isCommitted: boolean;
    readonly isWithdrawn: boolean;
  } | null;
  readonly playing: Generation | null;
  /** The newest that was sent before the question. */
  readonly newest: number;
  /** All that have not retired. */
  readonly generations: readonly Generation[];
}

export type Unheard =
  | Extract<ProcessorToWorker, { kind: 'committed' | 'settled' | 'trapped' | 'retired' }>
  /** The batch under way did not arrive. */
  | { readonly kind: 'lost' }
  /** It is still waiting, although it was withdrawn. */
  | { readonly kind: 'notWithdrawn' };

export function missedEvents(status: Status, { underWay, playing: believed, newest, generations }: Belief): Unheard[] {
  const { playing, staged, held, isFading, frame } = status;
  const missing: Unheard[] = [];
  const generation = underWay?.generation ?? null;
  let isCommitted = underWay?.isCommitted ?? true;
  let isLost = false;
  let heard = believed;
  if (underWay && generation !== null && !isCommitted) {
    if (generation === staged) {
      if (underWay.isWithdrawn) missing.push({ kind: 'notWithdrawn' });
    } else if (generation === playing || held.includes(generation)) {
      missing.push({ kind: 'committed', generation, frame, transition: underWay.transition });
      isCommitted = true;
      heard = generation;
    } else {
      missing.push({ kind: 'lost' });
      isLost = true;
    }
  }
  if (generation !== null && isCommitted && generation === playing && !isFading) {
    missing.push({ kind: 'settled', generation, frame });
  }
  if (heard !== null && heard !== playing && (isCommitted || isLost) && heard <= newest) {
    const trap = { trapSymbol: 0, trapSite: 0, frame, reason: 'it stopped reporting', stack: '' };
    missing.push({ kind: 'trapped', generation: heard, fallback: playing, ...trap });
    heard = playing;
  }
  const alive = new Set([playing, staged, ...held, heard, isLost ? null : generation]);
  for (const sent of generations) {
    if (sent <= newest && !alive.has(sent)) missing.push({ kind: 'retired', generation: sent, frame });
  }
  return missing;
}
