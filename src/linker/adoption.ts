/**
 * Which data of a new arena is not copied but used where the old one has it: large arrays that are kept whole, when
 * copying them all would take longer than a block has time for, and large arrays that nobody writes, in any case. One that
 * became shorter is used up to its new length, one that became longer if there is room behind it: that is why large arrays
 * have homes. In: what is kept. Out: regions of the new image that lie elsewhere, and what its descriptors have to say
 * instead.
 */

import { ARRAY } from '../compiler/memoryLayout.ts';
import { MAX_ADOPTED_REGIONS } from '../protocol/arena.ts';
import type { Carryover } from './copyPlan.ts';
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

/** Where data of the old image lies, and what may be had behind it. */
export interface Places {
  /** `null`: it is not in one piece. */
  addressOf(start: number, end: number): number | null;
  /** Whether data that ends at this address may grow up to another one. */
  hasRoom(end: number, newEnd: number): boolean;
}

/** A region of which the first bytes are what the old arena has there. */
export interface Adopted extends Region {
  readonly sharedBytes: number;
}

/** By rising offsets; no two overlap. `budgetBytes`: what may be copied. */
export function chooseRegions(
  carried: Carryover,
  next: ArenaState,
  places: Places,
  budgetBytes: number,
): readonly Adopted[] {
  const copiedBytes = copiedBytesOf(carried);
  const wanted = carried.adoptable.filter(({ isState }) => !isState || copiedBytes > budgetBytes);
  if (wanted.length === 0) return [];
  const chosen: Adopted[] = [];
  for (const { oldData, newData, sizeBytes, newBytes, isState } of wanted.toSorted((a, b) => b.newBytes - a.newBytes)) {
    if (chosen.length === MAX_ADOPTED_REGIONS) break;
    const [start, end] = [newData, newData + newBytes];
    const address = places.addressOf(oldData, oldData + sizeBytes);
    if (address === null || !isWhole(next, start, end)) continue;
    const overlaps = chosen.some(
      (other) =>
        (other.start < end && other.end > start) ||
        (other.address < address + newBytes && other.address + other.end - other.start > address),
    );
    if (overlaps || (newBytes > sizeBytes && !places.hasRoom(address + sizeBytes, address + newBytes))) continue;
    chosen.push({ start, end, address, isState, sharedBytes: sizeBytes });
  }
  return chosen.sort((a, b) => a.start - b.start);
}

/** Large arrays that frames write and that lie nowhere yet: pairs (start, end) of offsets in the image. */
export function chooseHomes(next: ArenaState, taken: readonly Region[], homeBytes: number): [number, number][] {
  if (next.image.length < homeBytes) return [];
  const chosen: [number, number][] = [];
  const large = listArrays(next).filter(({ sizeBytes, isWrittenData }) => isWrittenData && sizeBytes >= homeBytes);
  for (const { data, sizeBytes } of large.toSorted((a, b) => b.sizeBytes - a.sizeBytes)) {
    if (chosen.length + taken.length === MAX_ADOPTED_REGIONS) break;
    const [start, end] = [data, data + sizeBytes];
    const overlaps =
      taken.some((region) => region.start < end && region.end > start) ||
      chosen.some(([from, to]) => from < end && to > start);
    if (!overlaps && isWhole(next, start, end)) chosen.push([start, end]);
  }
  return chosen;
}

/** Whether all arrays that have any of this data have it as a whole. */
const isWhole = (next: ArenaState, start: number, end: number): boolean =>
  listArrays(next).every(
    (array) =>
      array.data >= end ||
      array.data + array.sizeBytes <= start ||
      (array.data >= start && array.data + array.sizeBytes <= end && array.isFull),
  );

export function copiedBytesOf({ copies }: Carryover): number {
  let bytes = 0;
  for (let n = 2; n < copies.length; n += 3) bytes += copies[n]!;
  return bytes;
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
