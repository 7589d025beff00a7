/** Methods that change the length of an array, in the patch language. The compiler refuses them for arrays that sound. */

import { arraySlice } from './arrayMaking.ts';
import { toInteger, toPosition } from './arrayPositions.ts';
import type { Elements } from './arrays.ts';
import { append, elementAt, moveElements, setElementAt, setLength } from './intrinsics.ts';

/** `array.push(value)`. */
export function arrayPush<Element>(array: Elements<Element>, value: Element) {
  append(array, value);
  return array.length;
}

/** `array.push(...source)`, where `source` may be the array itself. */
export function arrayPushAll<Element>(array: Elements<Element>, source: Elements<Element>) {
  const count = source.length;
  for (let index = 0; index < count; index++) append(array, elementAt(source, index));
  return array.length;
}

/** `array.pop()`. */
export function arrayPop<Element>(array: Elements<Element>) {
  const last = array[array.length - 1];
  if (array.length > 0) setLength(array, array.length - 1);
  return last;
}

/** `array.shift()`. */
export function arrayShift<Element>(array: Elements<Element>) {
  const first = array[0];
  if (array.length > 0) {
    moveElements(array, 0, array, 1, array.length - 1);
    setLength(array, array.length - 1);
  }
  return first;
}

/** `array.unshift(value)`. */
export function arrayUnshift<Element>(array: Elements<Element>, value: Element) {
  append(array, value);
  moveElements(array, 1, array, 0, array.length - 1);
  setElementAt(array, 0, value);
  return array.length;
}

/** `array.unshift(...source)`. */
export function arrayUnshiftAll<Element>(array: Elements<Element>, source: Elements<Element>) {
  const given = arraySlice(source);
  arrayPushAll(array, given);
  moveElements(array, given.length, array, 0, array.length - given.length);
  for (let index = 0; index < given.length; index++) setElementAt(array, index, elementAt(given, index));
  return array.length;
}

/** `array.splice(start)`. */
export function arraySpliceRest<Element>(array: Elements<Element>, start: number) {
  return arraySplice(array, start, array.length);
}

/** `array.splice(start, count)`: removes elements and returns them. */
export function arraySplice<Element>(array: Elements<Element>, start: number, count: number) {
  const from = toPosition(start, array.length);
  const removed = Math.min(Math.max(toInteger(count), 0), array.length - from);
  const result = arraySlice(array, from, from + removed);
  moveElements(array, from, array, from + removed, array.length - from - removed);
  setLength(array, array.length - removed);
  return result;
}

/** `array.splice(start, count, ...values)`: puts others in their place. */
export function arraySpliceWith<Element>(
  array: Elements<Element>,
  start: number,
  count: number,
  values: Elements<Element>,
) {
  const from = toPosition(start, array.length);
  const result = arraySplice(array, start, count);
  arrayPushAll(array, values);
  moveElements(array, from + values.length, array, from, array.length - from - values.length);
  for (let index = 0; index < values.length; index++) setElementAt(array, from + index, elementAt(values, index));
  return result;
}
