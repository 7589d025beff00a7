/**
 * Which data of a new arena is not copied but used where the old one has it: large arrays that go on as a whole, when
 * copying them all would take longer than a block has time for, and large arrays that nobody writes, in any case. In: what
 * goes on. Out: regions of the new image that lie elsewhere, and what its descriptors have to say instead.
 */

import { ARRAY } from '../compiler/memoryLayout.ts';
import { MAX_ADOPTED_REGIONS } from '../protocol/arena.ts';
import type { Adoptable, Carryover } from './copyPlan.ts';
import { type ArenaState, listArrays } from './state.ts';

/** A part of an image whose bytes are at another address than the rest of the arena. */
export interface Region {
  /** Offsets in the image. */
  readonly start: number;
  readonly end: number;
  readonly address: number;
  /** Whether frames write it, or did. */
  readonly isState: boolean;
}

/** Where data of the old image lies, if it is in one piece. */
export type Placement = (start: number, end: number) => number | null;

/** By rising offsets; no two overlap. `budgetBytes`: what may be copied. */
export function chooseRegions(
  carried: Carryover,
  next: ArenaState,
  addressOf: Placement,
  budgetBytes: number,
): Region[] {
  let copiedBytes = 0;
  for (let n = 2; n < carried.copies.length; n += 3) copiedBytes += carried.copies[n]!;
  const wanted = carried.adoptable.filter(({ isState }) => !isState || copiedBytes > budgetBytes);
  if (wanted.length === 0) return [];
  const arrays = listArrays(next);
  const chosen: (Adoptable & { readonly address: number })[] = [];
  for (const one of wanted.toSorted((a, b) => b.sizeBytes - a.sizeBytes)) {
    if (chosen.length === MAX_ADOPTED_REGIONS) break;
    const { oldData, newData, sizeBytes } = one;
    const [start, end] = [newData, newData + sizeBytes];
    const isWhole = arrays.every(
      (array) =>
        array.data >= end ||
        array.data + array.sizeBytes <= start ||
        (array.data >= start && array.data + array.sizeBytes <= end && array.isFull),
    );
    const address = addressOf(oldData, oldData + sizeBytes);
    if (!isWhole || address === null) continue;
    const overlaps = chosen.some(
      (other) =>
        (other.newData < end && other.newData + other.sizeBytes > start) ||
        (other.address < address + sizeBytes && other.address + other.sizeBytes > address),
    );
    if (!overlaps) chosen.push({ ...one, address });
  }
  return chosen
    .map(({ newData, sizeBytes, address, isState }) => ({ start: newData, end: newData + sizeBytes, address, isState }))
    .sort((a, b) => a.start - b.start);
}

/** The region that holds an offset. Regions rise. */
export function regionAt(regions: readonly Region[], offset: number): Region | null {
  let low = 0;
  let high = regions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (regions[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  const region = regions[low - 1];
  return region && offset < region.end ? region : null;
}

/** Words of an image that point into regions, as they have to be in an arena at this address: offsets are relative. */
export function redirections(
  next: ArenaState,
  regions: readonly Region[],
  address: number,
): { readonly offset: number; readonly value: number }[] {
  if (regions.length === 0) return [];
  return listArrays(next).flatMap(({ offset, data, sizeBytes }) => {
    const region = sizeBytes > 0 ? regionAt(regions, data) : null;
    return region ? [{ offset: offset + ARRAY.DATA, value: region.address + (data - region.start) - address }] : [];
  });
}
