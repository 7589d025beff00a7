/**
 * Gives delay lines another length, as the worker planned it (`CopyPlan.rings`): the last elements are kept in order up to
 * the head, and what a longer ring has in front of the oldest one is that part, forwards and back, so that it neither steps
 * nor falls silent. In: the entries and the bases of both arenas. Audio thread and Node; allocates nothing, cannot throw: whatever a
 * live cursor holds, every index is brought into the ring.
 *
 * A ring is numbered back from its head: element 1 is the newest one. Positions are counted in the direction in which the
 * cursor runs; where that is down, position 0 is the last element of the array.
 */

import { FIT_WORDS, NO_POINTER, RING, RING_FLAGS, RING_WORDS } from '../src/protocol/generation.ts';
import { f64Index, i32Index, type MemoryViews } from './memoryViews.ts';

/** Elements that are mirrored one by one, in a microsecond. */
const MIRRORED_PER_US = 250;
const BYTES_PER_US = 4096;
const RING_US = 0.5;
/** The most that one step copies, in bytes, and mirrors, in elements. */
const STEP_BYTES = 262_144;
const STEP_MIRRORED = 8192;

/** About how many microseconds the entry at `at` takes at the commit. */
export function ringUs(rings: Int32Array, at: number): number {
  if (rings[at + RING.OLD_HEAD] >= 0) return RING_US;
  const [oldLength, newLength] = [rings[at + RING.OLD_LENGTH], rings[at + RING.NEW_LENGTH]];
  const kept = Math.min(oldLength, newLength);
  return RING_US + keptUs(rings, at, kept) + Math.max(0, newLength - oldLength) / MIRRORED_PER_US;
}

/** So many elements that are copied. */
const keptUs = (rings: Int32Array, at: number, count: number): number =>
  oldRunsDown(rings, at) === newRunsDown(rings, at)
    ? (count * rings[at + RING.ELEMENT_BYTES]) / BYTES_PER_US
    : count / MIRRORED_PER_US;

/** Forgets what was copied ahead. */
export function resetRings(rings: Int32Array): void {
  for (let at = 0; at < rings.length; at += RING_WORDS) rings[at + RING.OLD_HEAD] = -1;
}

/** At the commit. Entries that were begun before are brought up to date, the others are done as a whole. */
export function turnRings(
  views: MemoryViews,
  rings: Int32Array,
  oldBase: number,
  newBase: number,
  oldViews: MemoryViews,
): void {
  for (let at = 0; at < rings.length; at += RING_WORDS) {
    if (rings[at + RING.OLD_HEAD] < 0) beginRing(rings, at, oldBase, oldViews);
    while (!isRingDone(rings, at)) stepRing(views, rings, at, oldBase, newBase, oldViews);
    followRing(views, rings, at, oldBase, newBase, oldViews);
    const cursor = rings[at + RING.NEW_CURSOR];
    if (cursor === NO_POINTER) continue;
    const length = rings[at + RING.NEW_LENGTH];
    const position = wrap(rings[at + RING.NEW_HEAD] - rings[at + RING.NEW_MORE], length);
    const index = newRunsDown(rings, at) ? length - 1 - position : position;
    if (rings[at + RING.FLAGS] & RING_FLAGS.NEW_IS_INT32) views.i32[i32Index(newBase + cursor)] = index;
    else views.f64[f64Index(newBase + cursor)] = index;
  }
}

/** Brings indices back into arrays that have become shorter. */
export function fitIndices({ f64 }: MemoryViews, fits: Int32Array, newBase: number): void {
  for (let n = 0; n < fits.length; n += FIT_WORDS) {
    const index = f64Index(newBase + fits[n]);
    const length = fits[n + 1];
    if (f64[index] >= length && f64[index] < fits[n + 2]) f64[index] %= length;
  }
}

/** What the indices are now, in their order. Allocates: for when something went wrong. */
export function indicesIn({ f64 }: MemoryViews, fits: Int32Array, base: number): number[] {
  const indices: number[] = [];
  for (let n = 0; n < fits.length; n += FIT_WORDS) indices.push(f64[f64Index(base + fits[n])]);
  return indices;
}

export function beginRing(rings: Int32Array, at: number, oldBase: number, oldViews: MemoryViews): void {
  const newLength = rings[at + RING.NEW_LENGTH];
  rings[at + RING.OLD_HEAD] = oldHeadOf(rings, at, oldBase, oldViews);
  const isCount = rings[at + RING.NEW_CURSOR] === NO_POINTER;
  rings[at + RING.NEW_HEAD] = isCount
    ? headOf(oldViews.f64[f64Index(oldBase + rings[at + RING.COUNT])], rings[at + RING.NEW_MORE], newLength, false)
    : 0;
  rings[at + RING.DONE] = 0;
  rings[at + RING.WRITTEN] = 0;
}

/** Elements that were written since both were alike. Requires less than a round of them. */
export function followRing(
  views: MemoryViews,
  rings: Int32Array,
  at: number,
  oldBase: number,
  newBase: number,
  oldViews: MemoryViews,
): void {
  const [oldLength, newLength] = [rings[at + RING.OLD_LENGTH], rings[at + RING.NEW_LENGTH]];
  // Until the old elements are in place, these are still where they were.
  if (rings[at + RING.DONE] < Math.min(oldLength, newLength)) return;
  const head = oldHeadOf(rings, at, oldBase, oldViews);
  const before = rings[at + RING.OLD_HEAD];
  const written = wrap(head - before, oldLength);
  const count = Math.min(written, newLength);
  const start = rings[at + RING.NEW_HEAD] + written - count;
  copyElements(views, rings, at, oldBase, newBase, oldViews, wrap(head - count, oldLength), start % newLength, count);
  rings[at + RING.OLD_HEAD] = head;
  rings[at + RING.NEW_HEAD] = (rings[at + RING.NEW_HEAD] + written) % newLength;
  rings[at + RING.WRITTEN] = Math.min(newLength, rings[at + RING.WRITTEN] + written);
}

/** What was written since lies where the oldest elements would be. */
export const isRingDone = (rings: Int32Array, at: number): boolean =>
  rings[at + RING.DONE] >= Math.min(rings[at + RING.OLD_LENGTH], rings[at + RING.NEW_LENGTH]) &&
  rings[at + RING.DONE] >= rings[at + RING.NEW_LENGTH] - rings[at + RING.WRITTEN];

/** The next elements, the oldest of the old ring first, since it is the next to be written over. Returns microseconds. */
export function stepRing(
  views: MemoryViews,
  rings: Int32Array,
  at: number,
  oldBase: number,
  newBase: number,
  oldViews: MemoryViews,
): number {
  const [oldLength, newLength] = [rings[at + RING.OLD_LENGTH], rings[at + RING.NEW_LENGTH]];
  const kept = Math.min(oldLength, newLength);
  const done = rings[at + RING.DONE];
  const elementBytes = rings[at + RING.ELEMENT_BYTES];
  const first = wrap(rings[at + RING.NEW_HEAD] - rings[at + RING.WRITTEN], newLength);
  if (done < kept) {
    const isTurnedOver = oldRunsDown(rings, at) !== newRunsDown(rings, at);
    const count = Math.min(kept - done, isTurnedOver ? STEP_MIRRORED : STEP_BYTES / elementBytes);
    const from = wrap(rings[at + RING.OLD_HEAD] - kept + done, oldLength);
    const to = wrap(first - kept + done, newLength);
    copyElements(views, rings, at, oldBase, newBase, oldViews, from, to, count);
    rings[at + RING.DONE] = done + count;
    return keptUs(rings, at, count);
  }
  const count = Math.min(newLength - rings[at + RING.WRITTEN] - done, STEP_MIRRORED);
  if (count <= 0) return 0;
  mirror(
    views,
    newBase + rings[at + RING.TO],
    elementBytes,
    newLength,
    first,
    kept,
    done + 1,
    count,
    newRunsDown(rings, at),
  );
  rings[at + RING.DONE] = done + count;
  return count / MIRRORED_PER_US;
}

const oldRunsDown = (rings: Int32Array, at: number): boolean =>
  (rings[at + RING.FLAGS] & RING_FLAGS.OLD_RUNS_DOWN) !== 0;
const newRunsDown = (rings: Int32Array, at: number): boolean =>
  (rings[at + RING.FLAGS] & RING_FLAGS.NEW_RUNS_DOWN) !== 0;

function oldHeadOf(rings: Int32Array, at: number, oldBase: number, { f64, i32 }: MemoryViews): number {
  const address = oldBase + rings[at + RING.OLD_CURSOR];
  const isInt32 = (rings[at + RING.FLAGS] & RING_FLAGS.OLD_IS_INT32) !== 0;
  const cursor = isInt32 ? i32[i32Index(address)] : f64[f64Index(address)];
  return headOf(cursor, rings[at + RING.OLD_MORE], rings[at + RING.OLD_LENGTH], oldRunsDown(rings, at));
}

/** Whatever the cursor is, the head lies in the ring. */
function headOf(cursor: number, more: number, length: number, isDown: boolean): number {
  if (!(cursor >= -Number.MAX_SAFE_INTEGER && cursor <= Number.MAX_SAFE_INTEGER)) return 0;
  const position = isDown ? length - 1 - Math.floor(cursor) : Math.floor(cursor);
  return wrap(position + more, length);
}

/** A position in the ring. */
function wrap(index: number, length: number): number {
  const rest = index % length;
  return rest < 0 ? rest + length : rest;
}

/** Elements that follow one another in both rings, from these positions on. */
function copyElements(
  views: MemoryViews,
  rings: Int32Array,
  at: number,
  oldBase: number,
  newBase: number,
  oldViews: MemoryViews,
  from: number,
  to: number,
  count: number,
): void {
  const [oldLength, newLength] = [rings[at + RING.OLD_LENGTH], rings[at + RING.NEW_LENGTH]];
  const elementBytes = rings[at + RING.ELEMENT_BYTES];
  const [wasDown, isDown] = [oldRunsDown(rings, at), newRunsDown(rings, at)];
  while (count > 0) {
    // One by one where they follow one another the other way round.
    const run = wasDown === isDown ? Math.min(count, oldLength - from, newLength - to) : 1;
    const source = oldBase + rings[at + RING.FROM] + (wasDown ? oldLength - from - run : from) * elementBytes;
    const target = newBase + rings[at + RING.TO] + (isDown ? newLength - to - run : to) * elementBytes;
    const sizeBytes = run * elementBytes;
    if (oldViews === views) views.bytes.copyWithin(target, source, source + sizeBytes);
    else views.bytes.set(oldViews.bytes.subarray(source, source + sizeBytes), target);
    from = from + run === oldLength ? 0 : from + run;
    to = to + run === newLength ? 0 : to + run;
    count -= run;
  }
}

/**
 * Elements number `start` and up, which nobody wrote. The first of them to be heard goes on where the old ring would have
 * been read next, half of them lead away from there towards newer ones, the other half back to the oldest one. `first`: the
 * head at which copying began.
 */
function mirror(
  { bytes, i32 }: MemoryViews,
  data: number,
  elementBytes: number,
  length: number,
  first: number,
  kept: number,
  start: number,
  count: number,
  isDown: boolean,
): void {
  const round = Math.max(1, 2 * (kept - 1));
  for (let n = start; n < start + count; n++) {
    let away = Math.min(length - n, n - kept);
    if (away >= kept) {
      away %= round;
      if (away >= kept) away = round - away;
    }
    const source = wrap(first - kept + away, length);
    const target = wrap(first - n, length);
    const from = data + (isDown ? length - 1 - source : source) * elementBytes;
    const to = data + (isDown ? length - 1 - target : target) * elementBytes;
    if (elementBytes >= 4) {
      i32[i32Index(to)] = i32[i32Index(from)];
      if (elementBytes === 8) i32[i32Index(to + 4)] = i32[i32Index(from + 4)];
    } else {
      for (let byte = 0; byte < elementBytes; byte++) bytes[to + byte] = bytes[from + byte];
    }
  }
}
