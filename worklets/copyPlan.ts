/**
 * Carries live state over from one arena to another, as the worker planned it (`CopyPlan`). In: the plan and the bases of
 * both arenas, whose copies do not overlap. Audio thread and Node; decides nothing, allocates nothing, cannot throw.
 *
 * `Preparation` does in steps what can be done while the old generation still plays; `applyCopyPlan` is the commit.
 */

import {
  BOXED,
  type CopyPlan,
  NO_POINTER,
  POINTER_TAGS,
  POINTER_WORDS,
  RING,
  RING_WORDS,
} from '../src/protocol/generation.ts';
import { i32Index, type MemoryViews } from './memoryViews.ts';
import { beginRing, fitIndices, followRing, isRingDone, resetRings, ringUs, stepRing, turnRings } from './rings.ts';

/** So many bytes are copied word by word in less time than a call takes. */
const FEW_BYTES = 64;
/** Fewer pointers are looked up at the commit. */
const FEW_POINTERS = 500;
const POINTERS_PER_STEP = 32;
/** What a step takes, in microseconds. */
const BYTES_PER_US = 4096;
const STEP_US = 1;
const POINTER_US = 0.15;
/** At the commit: a copy and a pointer that was prepared, beside the bytes. */
const COPY_US = 0.01;
const PREPARED_US = 0.005;
/** The most that one step copies. */
const STEP_BYTES = 262_144;

/** The parts of a plan that are done before the commit, and how far that has got. */
export class Preparation {
  #plan: CopyPlan | null = null;
  #copyIndex = 0;
  #copiedBytes = 0;
  #pointerIndex = 0;
  #ringIndex = 0;
  /** Rings are brought up to date from block to block: what is written meanwhile is less than a round. */
  #hasRings = false;

  begin(plan: CopyPlan): void {
    this.#plan = plan;
    this.#ringIndex = 0;
    this.#hasRings = false;
    resetRings(plan.rings);
    this.#skipRings(plan.rings);
    this.#copyIndex = 0;
    this.#copiedBytes = 0;
    this.#pointerIndex = plan.pointers.length <= FEW_POINTERS * POINTER_WORDS ? plan.pointers.length : 0;
  }

  /** Forgets the plan. */
  end(): void {
    this.#plan = null;
  }

  get isDone(): boolean {
    const plan = this.#plan;
    return (
      plan === null ||
      (this.#copyIndex >= plan.ahead.length &&
        this.#ringIndex >= plan.rings.length &&
        this.#pointerIndex >= plan.pointers.length)
    );
  }

  /** Whether the new arena is no longer as its image has it. */
  get hasCopied(): boolean {
    return this.#copyIndex > 0 || this.#copiedBytes > 0 || this.#hasRings;
  }

  /** The next piece of work; about how many microseconds it took. `views` must be fresh. */
  step(views: MemoryViews, oldBase: number, newBase: number): number {
    const plan = this.#plan;
    if (plan === null) return 0;
    if (this.#copyIndex < plan.ahead.length) return this.#copy(views, plan.ahead, oldBase, newBase);
    if (this.#ringIndex < plan.rings.length) return this.#turn(views, plan.rings, oldBase, newBase);
    return this.#translate(views, plan, oldBase);
  }

  /** What was written into rings since the last block. To be called in every block, also once all is done. */
  follow(views: MemoryViews, oldBase: number, newBase: number): void {
    if (this.#plan === null || !this.#hasRings) return;
    const { rings } = this.#plan;
    for (let at = 0; at < rings.length; at += RING_WORDS) {
      if (rings[at + RING.OLD_HEAD] >= 0) followRing(views, rings, at, oldBase, newBase, views);
    }
  }

  #turn(views: MemoryViews, rings: Int32Array, oldBase: number, newBase: number): number {
    const at = this.#ringIndex;
    if (rings[at + RING.OLD_HEAD] < 0) beginRing(rings, at, oldBase, views);
    this.#hasRings = true;
    const stepUs = stepRing(views, rings, at, oldBase, newBase, views);
    if (isRingDone(rings, at)) {
      this.#ringIndex += RING_WORDS;
      this.#skipRings(rings);
    }
    return STEP_US + stepUs;
  }

  /** To the next one that is to be copied ahead. */
  #skipRings(rings: Int32Array): void {
    while (this.#ringIndex < rings.length && rings[this.#ringIndex + RING.IS_AHEAD] === 0)
      this.#ringIndex += RING_WORDS;
  }

  #copy(views: MemoryViews, ahead: Int32Array, oldBase: number, newBase: number): number {
    const from = oldBase + ahead[this.#copyIndex] + this.#copiedBytes;
    const to = newBase + ahead[this.#copyIndex + 1] + this.#copiedBytes;
    const pieceBytes = Math.min(STEP_BYTES, ahead[this.#copyIndex + 2] - this.#copiedBytes);
    views.bytes.copyWithin(to, from, from + pieceBytes);
    this.#copiedBytes += pieceBytes;
    if (this.#copiedBytes === ahead[this.#copyIndex + 2]) {
      this.#copyIndex += 3;
      this.#copiedBytes = 0;
    }
    return STEP_US + pieceBytes / BYTES_PER_US;
  }

  #translate({ i32 }: MemoryViews, { pointers, objects }: CopyPlan, oldBase: number): number {
    const end = Math.min(pointers.length, this.#pointerIndex + POINTERS_PER_STEP * POINTER_WORDS);
    const count = (end - this.#pointerIndex) / POINTER_WORDS;
    for (let n = this.#pointerIndex; n < end; n += POINTER_WORDS) {
      const before = i32[i32Index(oldBase + pointers[n])];
      pointers[n + 2] = before;
      pointers[n + 3] = relocate(objects, before);
    }
    this.#pointerIndex = end;
    return STEP_US + count * POINTER_US;
  }
}

/** About how many microseconds the commit will take. */
export function commitUsOf({ copies, pointers, rings }: CopyPlan): number {
  let ringsUs = 0;
  for (let at = 0; at < rings.length; at += RING_WORDS) ringsUs += ringUs(rings, at);
  let bytes = 0;
  for (let n = 2; n < copies.length; n += 3) bytes += copies[n];
  const pointerCount = pointers.length / POINTER_WORDS;
  const pointerUs = pointerCount > FEW_POINTERS ? PREPARED_US : POINTER_US;
  return bytes / BYTES_PER_US + (copies.length / 3) * COPY_US + pointerCount * pointerUs + ringsUs;
}

/** `views` must be fresh, and `oldViews`, of the memory that the old arena lies in. */
export function applyCopyPlan(
  views: MemoryViews,
  plan: CopyPlan,
  oldBase: number,
  newBase: number,
  oldViews: MemoryViews = views,
): void {
  const { copies, pointers, objects } = plan;
  const { i32 } = views;
  const oldI32 = oldViews.i32;
  for (let n = 0; n < copies.length; n += 3) {
    const from = oldBase + copies[n];
    const to = newBase + copies[n + 1];
    const sizeBytes = copies[n + 2];
    if (sizeBytes <= FEW_BYTES && ((from | to | sizeBytes) & 3) === 0) {
      for (let at = 0; at < sizeBytes; at += 4) i32[i32Index(to + at)] = oldI32[i32Index(from + at)];
    } else if (oldViews === views) views.bytes.copyWithin(to, from, from + sizeBytes);
    else views.bytes.set(oldViews.bytes.subarray(from, from + sizeBytes), to);
  }
  for (let n = 0; n < pointers.length; n += POINTER_WORDS) {
    const from = i32Index(oldBase + pointers[n]);
    const to = i32Index(newBase + pointers[n + 1]);
    const before = oldI32[from];
    const isBox = (pointers[n] & BOXED) !== 0;
    const isPlain = isBox && !isPointerTag(oldI32[from + 1]);
    const known = before === pointers[n + 2] ? pointers[n + 3] : relocate(objects, before);
    const pointer = isPlain ? before : known;
    if (pointer === NO_POINTER && !isPlain) continue;
    i32[to] = pointer;
    if (isBox) i32[to + 1] = oldI32[from + 1];
  }
  turnRings(views, plan.rings, oldBase, newBase, oldViews);
  fitIndices(views, plan.fits, newBase);
}

/** Whether the upper half of a box says that the lower one is a pointer. */
const isPointerTag = (tag: number): boolean =>
  tag === POINTER_TAGS.STRING || (tag >= POINTER_TAGS.FIRST_OBJECT && tag <= POINTER_TAGS.LAST_OBJECT);

/** Where what `pointer` points into lies in the new arena, if anywhere: binary search in the triples (oldStart, oldEnd, newStart). */
function relocate(objects: Int32Array, pointer: number): number {
  let low = 0;
  let high = objects.length / 3;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (objects[3 * middle] <= pointer) low = middle + 1;
    else high = middle;
  }
  const last = 3 * (low - 1);
  if (last < 0 || pointer >= objects[last + 1]) return NO_POINTER;
  return objects[last + 2] + (pointer - objects[last]);
}
