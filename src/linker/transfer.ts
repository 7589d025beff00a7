/**
 * What goes over from one placed generation to another, in terms of the places at which both lie; and what of a new image
 * has to be sent. In: what `planCarryover` found. Out: the plan and the segments of a batch.
 */

import { ACCESS_REACH_BYTES, HEADER, SYMBOLS_START } from '../protocol/arena.ts';
import { type ArenaImage, BOXED, type CopyPlan } from '../protocol/generation.ts';
import type { Address, Generation } from '../protocol/units.ts';
import { type Region, redirections, regionAt } from './adoption.ts';
import type { Tenancy } from './arenas.ts';
import { completeCopy, completed } from './bytes.ts';
import { bytesOf, type Carryover, EMPTY_PLAN, toPlan } from './copyPlan.ts';
import { type ImagePart, toRuns } from './image.ts';
import type { LinkedGeneration } from './linkTypes.ts';
import type { Side } from './match.ts';
import type { IndexFit } from './rings.ts';
import { listArrays } from './state.ts';
import type { StateNames } from './stateReport.ts';

/** An arena with its place in memory. */
export interface PlacedArena extends Side {
  readonly address: Address;
  /** The arena as the top level left it. */
  readonly image: Uint8Array<ArrayBuffer>;
  /** Data that lies where another arena had it, by rising offsets. */
  readonly regions: readonly Region[];
}

/** Bytes of an image that are written outside of the arena: offsets in the image, and addresses. */
export interface Outside {
  readonly start: number;
  readonly end: number;
  readonly address: number;
  /** From this address on the memory was never used before. */
  readonly cleanFrom: number;
}

export interface PlannedCopy extends StateNames {
  readonly plan: CopyPlan;
  /** Indices that are kept within arrays that are shorter now. */
  readonly fitted: readonly IndexFit[];
  /** Bytes copied at the commit, and bytes of buffers that stay where they are and change hands. */
  readonly copiedBytes: number;
  readonly adoptedBytes: number;
}

export function planBetween(carryover: Carryover, from: PlacedArena | null, to: PlacedArena): PlannedCopy {
  if (!from) return { plan: EMPTY_PLAN, ...carryover.names(), fitted: [], copiedBytes: 0, adoptedBytes: 0 };
  const fitted = carryover.fits.filter(({ oldLength }) => oldLength > 0);
  const plan = planCopies(carryover, from, to);
  let adoptedBytes = 0;
  let end = 0;
  for (const { oldData, newData, sizeBytes, isState } of carryover.adoptable.toSorted(
    (x, y) => x.newData - y.newData,
  )) {
    if (!isState || addressOf(to, newData) !== addressOf(from, oldData)) continue;
    // Two arrays may have elements in common.
    adoptedBytes += Math.max(0, newData + sizeBytes - Math.max(end, newData));
    end = Math.max(end, newData + sizeBytes);
  }
  return { plan, ...carryover.names(), fitted, copiedBytes: bytesOf(plan), adoptedBytes };
}

export const planCopies = (carryover: Carryover, from: PlacedArena, to: PlacedArena): CopyPlan =>
  toPlan(carryover, locator(from), locator(to), to.address - from.address);

/** Between arenas in two memories, where nothing is in place already. */
export const planAcross = (carryover: Carryover, from: PlacedArena, to: PlacedArena): CopyPlan =>
  toPlan(carryover, locator(from), locator(to), Number.NaN);

/** Where a byte of the image lies in memory. */
function addressOf({ regions, address }: PlacedArena, offset: number): number {
  const region = regions.length > 0 ? regionAt(regions, offset) : null;
  return region ? region.address + offset - region.start : address + offset;
}

/** Where a byte of the image lies, as an offset from the arena's base. */
function locator(arena: PlacedArena): (offset: number) => number {
  if (arena.regions.length === 0) return (offset) => offset;
  return (offset) => addressOf(arena, offset) - arena.address;
}

/** The address of a part of the image, if it lies in one piece. */
export function placeOf(arena: PlacedArena, start: number, end: number): number | null {
  const isWhole = arena.regions.every(
    (region) => region.end <= start || region.start >= end || (region.start <= start && region.end >= end),
  );
  return isWhole ? addressOf(arena, start) : null;
}

/** What a carryover writes, in offsets of the new image: pairs (start, end). */
export function targetsOf({ copies, pointers, rings }: Carryover): number[] {
  const ranges: number[] = [];
  for (const { newData, elementBytes, next } of rings) {
    ranges.push(newData, newData + next.length * elementBytes);
    if (next.cursor.kind === 'wrapped') ranges.push(next.cursor.offset, next.cursor.offset + 8);
  }
  for (let n = 0; n < copies.length; n += 3) ranges.push(copies[n + 1]!, copies[n + 1]! + copies[n + 2]!);
  for (let n = 0; n < pointers.length; n += 2) {
    const sizeBytes = (pointers[n]! & BOXED) === 0 ? 4 : 8;
    ranges.push(pointers[n + 1]!, pointers[n + 1]! + sizeBytes);
  }
  return ranges;
}

/**
 * Arrays of an arena that other generations may have written, which have used them where they lie: pairs (start, end) of
 * offsets in the image.
 */
export function sharedStateOf(linked: LinkedGeneration): number[] {
  const blocks = [...linked.tenancy.blocks].filter(({ isWritten }) => isWritten);
  if (blocks.length === 0) return [];
  return listArrays(linked.state).flatMap(({ data, sizeBytes }) => {
    const at = addressOf(linked, data);
    const isShared = blocks.some(({ start, end }) => start <= at && at + sizeBytes <= end);
    return isShared ? [data, data + sizeBytes] : [];
  });
}

/** Parts of an arena that belong to others: pairs (start, end) of offsets. */
export function holesOf({ address, ranges, sizeBytes }: Tenancy): Int32Array<ArrayBuffer> {
  const holes: number[] = [];
  let start = 0;
  for (const range of ranges) {
    if (range.start - address > start) holes.push(start, range.start - address);
    start = range.end - address;
  }
  if (start < sizeBytes) holes.push(start, sizeBytes);
  return Int32Array.from(holes);
}

/**
 * The image as it is sent, with the GOT in front of it: descriptors of arrays whose data lies elsewhere say so, and the
 * header lists where, and says which generation it is. `outside`: data that begins elsewhere with what the image has.
 */
export function imageOf(
  { image, state, regions, address }: PlacedArena,
  generation: Generation,
  got: Int32Array<ArrayBuffer>,
  holes: Int32Array,
  sizeBytes: number,
  outside: readonly Outside[],
): ArenaImage {
  const changes = [
    ...changesInPlace({ state, regions, address }, holes, sizeBytes),
    { offset: HEADER.GOT_ENTRIES, value: got.length },
    { offset: HEADER.GENERATION, value: generation },
  ];
  const before = changes.map(({ offset }) => state.word(offset));
  for (const { offset, value } of changes) state.words[offset >> 2] = value;
  const elsewhere = outside.map((part) => ({
    ...{ start: part.start, end: part.end, distance: part.address - address - part.start },
  }));
  const runs = toRuns(image, [...partsOf(image.length, holes), ...elsewhere], got);
  for (const [n, { offset }] of changes.entries()) state.words[offset >> 2] = before[n]!;
  return runs;
}

/** What an image says otherwise once it is known where all of its data lies. */
const changesInPlace = (
  { state, regions, address }: Pick<PlacedArena, 'state' | 'regions' | 'address'>,
  holes: Int32Array,
  sizeBytes: number,
) => [...redirections(state, regions, address), ...reachWords(regions, holes, address, sizeBytes)];

/** The image as code finds it where it was placed. Bytes of data that lies elsewhere are still where they are in the image. */
export function imageInPlace(linked: LinkedGeneration): Uint8Array<ArrayBuffer> {
  const { image, regions, holes, sizeBytes } = linked;
  if (regions.length === 0) return completed(image);
  const placed = completeCopy(image);
  const view = new DataView(placed.buffer);
  for (const { offset, value } of changesInPlace(linked, holes, sizeBytes)) view.setInt32(offset, value, true);
  return placed;
}

/** See `GenerationBatch.outside`. */
export const outsideOf = ({ address }: PlacedArena, outside: readonly Outside[]): Int32Array<ArrayBuffer> =>
  Int32Array.from(
    outside.flatMap((part) => {
      const start = part.address - address;
      return [start, start + part.end - part.start, part.cleanFrom - address];
    }),
  );

/** What is not in the holes. */
function partsOf(sizeBytes: number, holes: Int32Array): ImagePart[] {
  const parts: ImagePart[] = [];
  let start = 0;
  for (let n = 0; n < holes.length; n += 2) {
    if (holes[n]! > start) parts.push({ start, end: Math.min(sizeBytes, holes[n]!), distance: 0 });
    start = holes[n + 1]!;
  }
  if (start < sizeBytes) parts.push({ start, end: sizeBytes, distance: 0 });
  return parts;
}

/**
 * What the header says of where code may reach (see `HEADER.POINTER_LIMIT`): up to the first hole without a second look; the
 * pieces behind holes, and data that lies elsewhere, are listed.
 */
function reachWords(
  regions: readonly Region[],
  holes: Int32Array,
  address: number,
  sizeBytes: number,
): { readonly offset: number; readonly value: number }[] {
  if (holes.length + regions.length === 0) return [];
  const ranges: { readonly start: number; readonly sizeBytes: number }[] = [];
  for (let n = 1; n < holes.length; n += 2) {
    const [start, end] = [holes[n]!, holes[n + 1] ?? sizeBytes];
    ranges.push({ start, sizeBytes: end - start });
  }
  for (const { start, end, address: at } of regions) ranges.push({ start: at - address, sizeBytes: end - start });
  // In the order in which code looks for a pointer, which has no sign; and no two begin at the same place.
  const listed = ranges.filter((range) => range.sizeBytes > 0).toSorted((a, b) => (a.start >>> 0) - (b.start >>> 0));
  const firstEnd = holes[0] ?? sizeBytes;
  return [
    { offset: HEADER.POINTER_LIMIT, value: firstEnd - ACCESS_REACH_BYTES - SYMBOLS_START },
    { offset: HEADER.REACHABLE_COUNT, value: listed.length },
    ...listed.flatMap((range, n) => [
      { offset: HEADER.REACHABLE + 8 * n, value: range.start },
      { offset: HEADER.REACHABLE + 8 * n + 4, value: range.sizeBytes },
    ]),
  ];
}
