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
    const run = Math.min(count, oldLength - from, newLength - to);
    const sourceStart = oldBase + rings[at + RING.FROM];
    const targetStart = newBase + rings[at + RING.TO];
    if (wasDown === isDown) {
      const source = sourceStart + (wasDown ? oldLength - from - run : from) * elementBytes;
      const target = targetStart + (isDown ? newLength - to - run : to) * elementBytes;
      const sizeBytes = run * elementBytes;
      if (oldViews === views) views.bytes.copyWithin(target, source, source + sizeBytes);
      else views.bytes.set(oldViews.bytes.subarray(source, source + sizeBytes), target);
    } else {
      const source = sourceStart + (wasDown ? oldLength - 1 - from : from) * elementBytes;
      const target = targetStart + (isDown ? newLength - 1 - to : to) * elementBytes;
      const step = wasDown ? -elementBytes : elementBytes;
      moveElements(oldViews, source, step, views, target, -step, run, elementBytes);
    }
    from = from + run === oldLength ? 0 : from + run;
    to = to + run === newLength ? 0 : to + run;
    count -= run;
  }
}

/**
 * Elements number `start` and up, which nobody wrote. The first of them to be heard continues where the old ring would have
 * been read next, half of them lead away from there towards newer ones, the other half back to the oldest one. `first`: the
 * head at which copying began.
 */
function mirror(
  views: MemoryViews,
  data: number,
  elementBytes: number,
  length: number,
  first: number,
  kept: number,
  start: number,
  count: number,
  isDown: boolean,
): void {
  // Up to this number the distance grows, behind it it shrinks.
  const turning = Math.floor((length + kept) / 2);
  const end = start + count;
  for (let n = start; n < end; ) {
    const away = mirroredDistance(n, length, kept);
    const isLast = n === turning || n + 1 === end;
    const step = isLast ? 0 : mirroredDistance(n + 1, length, kept) - away;
    const source = wrap(first - kept + away, length);
    const target = wrap(first - n, length);
    let run = 1;
    if (step !== 0) {
      const untilTurned = Math.min((n < turning ? turning : end - 1) - n, step > 0 ? kept - 1 - away : away);
      const untilWrapped = Math.min(step > 0 ? length - 1 - source : source, target);
      run += Math.min(end - 1 - n, untilTurned, untilWrapped);
    }
    const from = data + (isDown ? length - 1 - source : source) * elementBytes;
    const to = data + (isDown ? length - 1 - target : target) * elementBytes;
    const up = isDown ? -elementBytes : elementBytes;
    moveElements(views, from, step * up, views, to, -up, run, elementBytes);
    n += run;
  }
}

/** How far from the oldest element, towards newer ones, that is which is put in as number `n`. */
function mirroredDistance(n: number, length: number, kept: number): number {
  const distance = Math.min(length - n, n - kept);
  if (distance < kept) return distance;
  const round = Math.max(1, 2 * (kept - 1));
  const rest = distance % round;
  return rest < kept ? rest : round - rest;
}

/** Elements one by one, from and to addresses that go on by a step of bytes each. */
function moveElements(
  source: MemoryViews,
  from: number,
  fromStep: number,
  target: MemoryViews,
  to: number,
  toStep: number,
  count: number,
  elementBytes: number,
): void {
  if (elementBytes < 4) {
    for (let n = 0; n < count; n++) {
      for (let byte = 0; byte < elementBytes; byte++) target.bytes[to + byte] = source.bytes[from + byte];
      from += fromStep;
      to += toStep;
    }
    return;
  }
  // Not as doubles: those might lose the bits of a NaN.
  const sourceWords = source.i32;
  const targetWords = target.i32;
  const sourceStep = fromStep >> 2;
  const targetStep = toStep >> 2;
  let sourceAt = i32Index(from);
  let targetAt = i32Index(to);
  for (let n = 0; n < count; n++) {
    targetWords[targetAt] = sourceWords[sourceAt];
    if (elementBytes === 8) targetWords[targetAt + 1] = sourceWords[sourceAt + 1];
    sourceAt += sourceStep;
    targetAt += targetStep;
  }
}
