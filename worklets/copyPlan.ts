/**
 * Carries live state over from one arena to another, as the worker planned it. In: the plan and the bases of both arenas,
 * which do not overlap. Audio thread and Node; decides nothing, allocates nothing, cannot throw.
 */

import type { CopyPlan } from '../src/protocol/generation.ts';
import { i32Index, type MemoryViews } from './memoryViews.ts';

/** So many bytes are copied word by word in less time than a call takes. */
const FEW_BYTES = 64;

/** `views` must be fresh, and `oldViews`, of the memory that the old arena lies in. */
export function applyCopyPlan(
  views: MemoryViews,
  plan: CopyPlan,
  oldBase: number,
  newBase: number,
  oldViews: MemoryViews = views,
): void {
  const { copies, pointers } = plan;
  for (let n = 0; n < copies.length; n += 3) {
    const from = oldBase + copies[n];
    const to = newBase + copies[n + 1];
    const sizeBytes = copies[n + 2];
    if (sizeBytes <= FEW_BYTES && ((from | to | sizeBytes) & 3) === 0) {
      for (let at = 0; at < sizeBytes; at += 4) views.i32[i32Index(to + at)] = oldViews.i32[i32Index(from + at)];
    } else if (oldViews === views) views.bytes.copyWithin(to, from, from + sizeBytes);
    else views.bytes.set(oldViews.bytes.subarray(from, from + sizeBytes), to);
  }
  for (let n = 0; n < pointers.length; n += 2) {
    const pointer = relocate(plan.objects, oldViews.i32[i32Index(oldBase + pointers[n])]);
    if (pointer !== NOT_FOUND) views.i32[i32Index(newBase + pointers[n + 1])] = pointer;
  }
}

/** No pointer, and below the handles of characters. */
const NOT_FOUND = -(2 ** 31);

/** Where what `pointer` points into lies in the new arena: binary search in the triples (oldStart, oldEnd, newStart). */
function relocate(objects: Int32Array, pointer: number): number {
  let low = 0;
  let high = objects.length / 3;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (objects[3 * middle] <= pointer) low = middle + 1;
    else high = middle;
  }
  const last = 3 * (low - 1);
  if (last < 0 || pointer >= objects[last + 1]) return NOT_FOUND;
  return objects[last + 2] + (pointer - objects[last]);
}
