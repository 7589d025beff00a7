/** Places in memory whose contents are held in locals too, and views of arrays: what makes either out of date. Pure. */

import type { Access, View } from '../ir.ts';
import { ARRAY, CELL_BYTES } from '../memoryLayout.ts';
import type { Effects } from './loopEffects.ts';

/** Where a pointer comes from: a top-level variable itself, or what a local holds. */
export type Origin = { readonly symbol: string } | { readonly index: number };

/** The environment: what a closure has captured never changes, and only its own function reads it. */
const ENVIRONMENT = 0;

export interface Cell {
  readonly kind: 'cell';
  readonly id: number;
  readonly origin: Origin;
  readonly offset: number;
  readonly access: Access;
  /** The local that holds the content. */
  readonly index: number;
}

export interface ArrayView extends View {
  readonly kind: 'view';
  readonly id: number;
  readonly origin: { readonly index: number };
}

export type Place = Cell | ArrayView;

export const isFixed = ({ kind, origin }: Place): boolean =>
  kind === 'cell' && 'index' in origin && origin.index === ENVIRONMENT;

/** Whether a store of eight bytes or less through another pointer may change it. */
export function isHit(place: Place, offset: number): boolean {
  if (isFixed(place) || 'symbol' in place.origin) return false;
  const [from, size] = place.kind === 'cell' ? [place.offset, CELL_BYTES] : [ARRAY.DATA, ARRAY.LENGTH + 4];
  return offset < from + size && from < offset + CELL_BYTES;
}

/** Whether a loop may change it, other than by stores to that very variable, which keep the local up to date. */
export function isChangedBy(place: Place, { calls, moves, offsets }: Effects): boolean {
  if (isFixed(place)) return false;
  if (calls) return true;
  if ('symbol' in place.origin) return false;
  if (moves) return true;
  for (const offset of offsets) if (isHit(place, offset)) return true;
  return false;
}

/** Whether it may be read ahead of a loop in which nobody may ever read it: that never traps. */
export const canBeReadAhead = (place: Place): boolean =>
  place.kind === 'view' || 'symbol' in place.origin || isFixed(place);
