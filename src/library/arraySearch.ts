/** Methods of arrays that find elements by position or value, in the patch language. */

import { toInteger, toPosition } from './arrayPositions.ts';
import type { Elements } from './arrays.ts';
import { elementAt } from './intrinsics.ts';

/** `array.at(index)`. */
export function arrayAt<Element>(array: Elements<Element>, index: number) {
  const whole = toInteger(index);
  return array[whole < 0 ? array.length + whole : whole];
}

/** `array.indexOf(wanted, start)`. */
export function arrayIndexOf<Element>(array: Elements<Element>, wanted: Element, start = 0) {
  const count = array.length;
  for (let index = toPosition(start, count); index < count; index++) {
    if (elementAt(array, index) === wanted) return index;
  }
  return -1;
}

/** `array.includes(wanted, start)`: unlike `indexOf`, it finds NaN. */
export function arrayIncludes<Element>(array: Elements<Element>, wanted: Element, start = 0) {
  const count = array.length;
  const wantsNaN = Number.isNaN(wanted);
  for (let index = toPosition(start, count); index < count; index++) {
    const element = elementAt(array, index);
    if (element === wanted || (wantsNaN && Number.isNaN(element))) return true;
  }
  return false;
}

/** `array.lastIndexOf(wanted)`. */
export function arrayLastIndexOf<Element>(array: Elements<Element>, wanted: Element) {
  for (let index = array.length - 1; index >= 0; index--) {
    if (elementAt(array, index) === wanted) return index;
  }
  return -1;
}

/** `array.lastIndexOf(wanted, start)`: goes down from `start`. */
export function arrayLastIndexOfFrom<Element>(array: Elements<Element>, wanted: Element, start: number) {
  const whole = toInteger(start);
  const first = whole < 0 ? array.length + whole : Math.min(whole, array.length - 1);
  for (let index = first; index >= 0; index--) {
    if (elementAt(array, index) === wanted) return index;
  }
  return -1;
}

/** `Math.max(...array)`. */
export function arrayLargest(array: Elements<number>) {
  let result = -1 / 0;
  for (let index = 0; index < array.length; index++) result = Math.max(result, elementAt(array, index));
  return result;
}

/** `Math.min(...array)`. */
export function arraySmallest(array: Elements<number>) {
  let result = 1 / 0;
  for (let index = 0; index < array.length; index++) result = Math.min(result, elementAt(array, index));
  return result;
}
