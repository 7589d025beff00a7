/** Methods of arrays that move elements, in the patch language. */

import { arraySlice } from './arrayMaking.ts';
import { toPosition } from './arrayPositions.ts';
import type { Elements } from './arrays.ts';
import { allocateLike, append, discard, elementAt, moveElements, setElementAt } from './intrinsics.ts';

type Order<Element> = (a: Element, b: Element) => number;

/** `array.reverse()`. */
export function arrayReverse<Element>(array: Elements<Element>) {
  reversePart(array, 0, array.length);
  return array;
}

function reversePart<Element>(array: Elements<Element>, start: number, end: number) {
  let high = end - 1;
  for (let low = start; low < high; low++) {
    const element = elementAt(array, low);
    setElementAt(array, low, elementAt(array, high));
    setElementAt(array, high, element);
    high--;
  }
}

/** `array.toReversed()`. */
export function arrayToReversed<Element>(array: Elements<Element>) {
  return arrayReverse(arraySlice(array));
}

/** `array.copyWithin(target, start, end)`. */
export function arrayCopyWithin<Element>(array: Elements<Element>, target: number, start = 0, end = array.length) {
  const to = toPosition(target, array.length);
  const from = toPosition(start, array.length);
  const count = Math.min(toPosition(end, array.length) - from, array.length - to);
  if (count > 0) moveElements(array, to, array, from, count);
  return array;
}

/**
 * `array.sort(order)`: stable. Up to 63 elements `order` is asked about the same pairs in the same order as in V8, so that
 * one that contradicts itself (a shuffle, NaN among the elements) gives the same result there.
 */
export function arraySort<Element>(array: Elements<Element>, order: Order<Element>) {
  const count = array.length;
  const sorted = arraySlice(array);
  sortFirst(sorted, count, order);
  writeBack(array, sorted, count);
  return array;
}

/** What `order` did to the array meanwhile is gone then, as in JavaScript, which sorts a copy too. */
function writeBack<Element>(array: Elements<Element>, sorted: Elements<Element>, count: number) {
  for (let index = 0; index < count; index++) {
    if (index < array.length) setElementAt(array, index, elementAt(sorted, index));
    else append(array, elementAt(sorted, index));
  }
  discard(sorted);
}

/** The same where elements may be `undefined`: those go to the end without being compared. */
export function arraySortDefined<Element>(array: Elements<Element | undefined>, order: Order<Element | undefined>) {
  const count = array.length;
  const sorted = arraySlice(array);
  let defined = 0;
  for (let index = 0; index < count; index++) {
    const element = elementAt(sorted, index);
    if (element !== undefined) {
      setElementAt(sorted, defined, element);
      defined++;
    }
  }
  for (let index = defined; index < count; index++) setElementAt(sorted, index, undefined);
  sortFirst(sorted, defined, order);
  writeBack(array, sorted, count);
  return array;
}

/** Sorts the first `count` elements: runs by insertion, which are then merged two by two. */
function sortFirst<Element>(array: Elements<Element>, count: number, order: Order<Element>) {
  const longestRun = 63;
  if (count <= longestRun) {
    sortRun(array, 0, count, order);
    return;
  }
  const runLength = 32;
  for (let start = 0; start < count; start += runLength) {
    sortRun(array, start, Math.min(start + runLength, count), order);
  }
  // The first of two runs waits there, and is no longer than the largest width.
  let roomLength = runLength;
  while (2 * roomLength < count) roomLength *= 2;
  const room = allocateLike<Element>(array, roomLength);
  for (let width = runLength; width < count; width *= 2) {
    for (let start = 0; start + width < count; start += 2 * width) {
      merge(array, room, start, start + width, Math.min(start + 2 * width, count), order);
    }
  }
  discard(room);
}

/** Binary insertion behind the part that is in order already (Tim Peters, listsort). */
function sortRun<Element>(array: Elements<Element>, start: number, end: number, order: Order<Element>) {
  for (let next = orderedEnd(array, start, end, order); next < end; next++) {
    const element = elementAt(array, next);
    let left = start;
    let right = next;
    while (left < right) {
      const middle = left + Math.floor((right - left) / 2);
      if (order(element, elementAt(array, middle)) < 0) right = middle;
      else left = middle + 1;
    }
    moveElements(array, left + 1, array, left, next - left);
    setElementAt(array, left, element);
  }
}

/** Where the elements from `start` on stop to rise; if they strictly fall, they are reversed first. */
function orderedEnd<Element>(array: Elements<Element>, start: number, end: number, order: Order<Element>) {
  if (end - start < 2) return end;
  const falls = order(elementAt(array, start + 1), elementAt(array, start)) < 0;
  let next = start + 2;
  while (next < end) {
    const comesBefore = order(elementAt(array, next), elementAt(array, next - 1)) < 0;
    if (comesBefore !== falls) break;
    next++;
  }
  if (falls) reversePart(array, start, next);
  return next;
}

/** Merges two sorted runs that lie side by side; the first waits in `room` meanwhile. */
function merge<Element>(
  array: Elements<Element>,
  room: Elements<Element>,
  start: number,
  middle: number,
  end: number,
  order: Order<Element>,
) {
  for (let index = start; index < middle; index++) setElementAt(room, index - start, elementAt(array, index));
  let left = start;
  let right = middle;
  let place = start;
  while (left < middle) {
    if (right < end && order(elementAt(array, right), elementAt(room, left - start)) < 0) {
      setElementAt(array, place, elementAt(array, right));
      right++;
    } else {
      setElementAt(array, place, elementAt(room, left - start));
      left++;
    }
    place++;
  }
}

/** `typedArray.sort(order)`: sorts a copy, since `order` may change the array, of which nothing remains. */
export function typedSort(array: Elements<number>, order: Order<number>) {
  const sorted = typedSortInPlace(arraySlice(array), order);
  for (let index = 0; index < array.length; index++) setElementAt(array, index, elementAt(sorted, index));
  discard(sorted);
  return array;
}

/** A merge sort that compares the pairs that V8 compares. `order` must not reach the array. */
function typedSortInPlace(array: Elements<number>, order: Order<number>) {
  const count = array.length;
  if (count < 2) return array;
  const room = allocateLike<number>(array, count);
  for (let index = 0; index < count; index++) setElementAt(room, index, elementAt(array, index));
  mergeSort(room, 0, count, array, order);
  discard(room);
  return array;
}

/** Sorts into `target`; `source` holds the same elements and is used up. */
function mergeSort(
  source: Elements<number>,
  start: number,
  end: number,
  target: Elements<number>,
  order: Order<number>,
) {
  const middle = start + Math.floor((end - start) / 2);
  if (middle - start > 1) mergeSort(target, start, middle, source, order);
  if (end - middle > 1) mergeSort(target, middle, end, source, order);
  let left = start;
  let right = middle;
  for (let place = start; place < end; place++) {
    const fromRight = left >= middle || (right < end && order(elementAt(source, left), elementAt(source, right)) > 0);
    setElementAt(target, place, elementAt(source, fromRight ? right : left));
    if (fromRight) right++;
    else left++;
  }
}

/** `array.toSorted(order)`. */
export function arrayToSorted<Element>(array: Elements<Element>, order: Order<Element>) {
  return arraySort(arraySlice(array), order);
}

/** The same where elements may be `undefined`. */
export function arrayToSortedDefined<Element>(array: Elements<Element | undefined>, order: Order<Element | undefined>) {
  return arraySortDefined(arraySlice(array), order);
}

/** `typedArray.toSorted(order)`. */
export function typedToSorted(array: Elements<number>, order: Order<number>) {
  return typedSortInPlace(arraySlice(array), order);
}

/** `typedArray.sort()`: by value, -0 before 0, NaN last. */
export function typedSortNumbers(array: Elements<number>) {
  return typedSortInPlace(array, (a, b) => {
    if (a < b) return -1;
    if (a > b) return 1;
    if (a === 0 && b === 0) return 1 / a - 1 / b;
    return (Number.isNaN(a) ? 1 : 0) - (Number.isNaN(b) ? 1 : 0);
  });
}

/** `typedArray.toSorted()`. */
export function typedToSortedNumbers(array: Elements<number>) {
  return typedSortNumbers(arraySlice(array));
}

/** `array.sort()` of strings. */
export function arraySortStrings(array: Elements<string>) {
  return arraySort(array, (a, b) => (a < b ? -1 : 0));
}

/** `array.toSorted()` of strings. */
export function arrayToSortedStrings(array: Elements<string>) {
  return arraySortStrings(arraySlice(array));
}
