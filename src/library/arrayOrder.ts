/** Methods of arrays that move elements, in the patch language. */

import { arraySlice } from './arrayMaking.ts';
import { toPosition } from './arrayPositions.ts';
import type { Elements } from './arrays.ts';
import { allocateLike, discard, elementAt, moveElements, setElementAt } from './intrinsics.ts';

type Order<Element> = (a: Element, b: Element) => number;

/** `array.reverse()`. */
export function arrayReverse<Element>(array: Elements<Element>) {
  let high = array.length - 1;
  for (let low = 0; low < high; low++) {
    const element = elementAt(array, low);
    setElementAt(array, low, elementAt(array, high));
    setElementAt(array, high, element);
    high--;
  }
  return array;
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
 * `array.sort(order)`: stable. Short arrays are sorted by insertion, longer ones by merging runs that double in length.
 * A pair is exchanged only where `order(later, earlier)` is below zero, so that a function that gives `true` and `false`
 * leaves everything where it is, as it does elsewhere.
 */
export function arraySort<Element>(array: Elements<Element>, order: Order<Element>) {
  sortFirst(array, array.length, order);
  return array;
}

/** The same where elements may be `undefined`: those go to the end without being compared. */
export function arraySortDefined<Element>(array: Elements<Element | undefined>, order: Order<Element | undefined>) {
  const count = array.length;
  let defined = 0;
  for (let index = 0; index < count; index++) {
    const element = elementAt(array, index);
    if (element !== undefined) {
      setElementAt(array, defined, element);
      defined++;
    }
  }
  for (let index = defined; index < count; index++) setElementAt(array, index, undefined);
  sortFirst(array, defined, order);
  return array;
}

/** Sorts the first `count` elements. */
function sortFirst<Element>(array: Elements<Element>, count: number, order: Order<Element>) {
  const runLength = 12;
  for (let start = 0; start < count; start += runLength) {
    insertionSort(array, start, Math.min(start + runLength, count), order);
  }
  if (count <= runLength) return;
  const room = allocateLike<Element>(array, count);
  for (let width = runLength; width < count; width *= 2) {
    for (let start = 0; start + width < count; start += 2 * width) {
      merge(array, room, start, start + width, Math.min(start + 2 * width, count), order);
    }
  }
  discard(room);
}

function insertionSort<Element>(array: Elements<Element>, start: number, end: number, order: Order<Element>) {
  for (let next = start + 1; next < end; next++) {
    const element = elementAt(array, next);
    let place = next;
    while (place > start && order(element, elementAt(array, place - 1)) < 0) {
      setElementAt(array, place, elementAt(array, place - 1));
      place--;
    }
    setElementAt(array, place, element);
  }
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
  for (let index = start; index < middle; index++) setElementAt(room, index, elementAt(array, index));
  let left = start;
  let right = middle;
  let place = start;
  while (left < middle) {
    if (right < end && order(elementAt(array, right), elementAt(room, left)) < 0) {
      setElementAt(array, place, elementAt(array, right));
      right++;
    } else {
      setElementAt(array, place, elementAt(room, left));
      left++;
    }
    place++;
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

/** `typedArray.sort()`: by value, -0 before 0, NaN last. */
export function arraySortNumbers(array: Elements<number>) {
  return arraySort(array, (a, b) => {
    if (a < b) return -1;
    if (a > b) return 1;
    if (a === 0 && b === 0) return 1 / a - 1 / b;
    return Number.isNaN(b) && !Number.isNaN(a) ? -1 : 0;
  });
}

/** `typedArray.toSorted()`. */
export function arrayToSortedNumbers(array: Elements<number>) {
  return arraySortNumbers(arraySlice(array));
}

/** `array.sort()` of strings. */
export function arraySortStrings(array: Elements<string>) {
  return arraySort(array, (a, b) => (a < b ? -1 : 0));
}

/** `array.toSorted()` of strings. */
export function arrayToSortedStrings(array: Elements<string>) {
  return arraySortStrings(arraySlice(array));
}
