/** Methods and functions that make arrays of others, in the patch language. */

import { toInteger, toLength, toPosition } from './arrayPositions.ts';
import type { Elements } from './arrays.ts';
import {
  allocate,
  allocateLike,
  append,
  elementAt,
  moveElements,
  requireInside,
  setElementAt,
  setLength,
  view,
} from './intrinsics.ts';

/** `array.fill(value, start, end)`. */
export function arrayFill<Element>(array: Elements<Element>, value: Element, start = 0, end = array.length) {
  const to = toPosition(end, array.length);
  for (let index = toPosition(start, array.length); index < to; index++) setElementAt(array, index, value);
  return array;
}

/** `array.slice(start, end)`. */
export function arraySlice<Element>(array: Elements<Element>, start = 0, end = array.length) {
  const from = toPosition(start, array.length);
  const count = Math.max(toPosition(end, array.length) - from, 0);
  const result = allocateLike<Element>(array, count);
  for (let index = 0; index < count; index++) setElementAt(result, index, elementAt(array, from + index));
  return result;
}

/** What a rest parameter gets of a spread array: a plain array of the elements from `start` on. */
export function arrayTail<Element>(array: Elements<Element>, start: number) {
  const count = Math.max(array.length - start, 0);
  const result = allocate<Element>(count);
  for (let index = 0; index < count; index++) setElementAt(result, index, elementAt(array, start + index));
  return result;
}

/** `array.with(index, value)`. */
export function arrayWith<Element>(array: Elements<Element>, index: number, value: Element) {
  const count = array.length;
  const whole = toInteger(index);
  const place = whole < 0 ? count + whole : whole;
  requireInside(place >= 0 && place < count);
  const result = allocateLike<Element>(array, count);
  for (let at = 0; at < count; at++) setElementAt(result, at, elementAt(array, at));
  setElementAt(result, place, value);
  return result;
}

/** Writes the elements of `source` to `target` from `start` on, where there is room for them. */
export function arrayCopyInto<Element>(target: Elements<Element>, start: number, source: Elements<Element>) {
  const count = source.length;
  for (let index = 0; index < count; index++) setElementAt(target, start + index, elementAt(source, index));
}

/** `array.flat()`. */
export function arrayFlat<Element>(array: Elements<Elements<Element>>) {
  let total = 0;
  for (let index = 0; index < array.length; index++) total += elementAt(array, index).length;
  const result = allocate<Element>(total);
  let start = 0;
  for (let index = 0; index < array.length; index++) {
    const inner = elementAt(array, index);
    arrayCopyInto(result, start, inner);
    start += inner.length;
  }
  return result;
}

/** `Array.from(array)`; the characters of a string. */
export function arrayFromArray<Element>(array: Elements<Element>) {
  const count = array.length;
  const result = allocate<Element>(count);
  for (let index = 0; index < count; index++) setElementAt(result, index, elementAt(array, index));
  return result;
}

/** `Array.from(array, callback)`. */
export function arrayFromArrayWith<Element, Result>(
  array: Elements<Element>,
  callback: (element: Element, index: number) => Result,
) {
  const count = array.length;
  const result = allocate<Result>(count);
  setLength(result, 0);
  // It goes along the array as `for … of` does: to the end that the array has by then.
  for (let index = 0; index < array.length; index++) append(result, callback(elementAt(array, index), index));
  return result;
}

/** `Array.from({ length })`. */
export function arrayFromLength(source: { length: number }) {
  const count = toLength(source.length);
  const result = allocate<undefined>(count);
  for (let index = 0; index < count; index++) setElementAt(result, index, undefined);
  return result;
}

/** `Array.from({ length }, callback)`. */
export function arrayFromLengthWith<Result>(
  source: { length: number },
  callback: (element: undefined, index: number) => Result,
) {
  const count = toLength(source.length);
  const result = allocate<Result>(count);
  for (let index = 0; index < count; index++) setElementAt(result, index, callback(undefined, index));
  return result;
}

/** `Float32Array.from(array)`; `model` only says of which type the result is. */
export function typedFromArray(model: Elements<number>, array: Elements<number>) {
  const count = array.length;
  const result = allocateLike<number>(model, count);
  for (let index = 0; index < count; index++) setElementAt(result, index, elementAt(array, index));
  return result;
}

/** `Float32Array.from(array, callback)`: takes all elements before it calls anything. */
export function typedFromArrayWith<Element>(
  model: Elements<number>,
  array: Elements<Element>,
  callback: (element: Element, index: number) => number,
) {
  const values = arrayFromArray(array);
  const count = values.length;
  const result = allocateLike<number>(model, count);
  for (let index = 0; index < count; index++) setElementAt(result, index, callback(elementAt(values, index), index));
  return result;
}

/** `Float32Array.from({ length })`: what is `undefined` becomes NaN or 0. */
export function typedFromLength(model: Elements<number>, source: { length: number }) {
  const count = toLength(source.length);
  const result = allocateLike<number>(model, count);
  for (let index = 0; index < count; index++) setElementAt(result, index, Number.NaN);
  return result;
}

/** `Float32Array.from({ length }, callback)`. */
export function typedFromLengthWith(
  model: Elements<number>,
  source: { length: number },
  callback: (element: undefined, index: number) => number,
) {
  const count = toLength(source.length);
  const result = allocateLike<number>(model, count);
  for (let index = 0; index < count; index++) setElementAt(result, index, callback(undefined, index));
  return result;
}

/** `array.keys()`, as an array. */
export function arrayKeys(array: Elements<unknown>) {
  const count = array.length;
  const result = allocate<number>(count);
  for (let index = 0; index < count; index++) setElementAt(result, index, index);
  return result;
}

/** `array.values()`: an array stands for the walk along it. */
export function arrayValues<Element>(array: Elements<Element>) {
  return array;
}

/** `array.entries()`, as an array of pairs. */
export function arrayEntries<Element>(array: Elements<Element>) {
  const count = array.length;
  const result = allocate<readonly [index: number, element: Element]>(count);
  for (let index = 0; index < count; index++) setElementAt(result, index, [index, elementAt(array, index)]);
  return result;
}

/** `typedArray.set(source, start)`. */
export function typedSet(target: Elements<number>, source: Elements<number>, start = 0) {
  const whole = toInteger(start);
  requireInside(whole >= 0 && whole + source.length <= target.length);
  arrayCopyInto(target, whole, source);
}

/** The same between arrays of one type, which may share their elements. */
export function typedSetSame(target: Elements<number>, source: Elements<number>, start = 0) {
  const whole = toInteger(start);
  requireInside(whole >= 0 && whole + source.length <= target.length);
  moveElements(target, whole, source, 0, source.length);
}

/** `typedArray.subarray(start, end)`: the same elements under other indices. */
export function typedSubarray(array: Elements<number>, start = 0, end = array.length) {
  const from = toPosition(start, array.length);
  return view(array, from, Math.max(toPosition(end, array.length) - from, 0));
}

/** `new Float32Array(source)`: writes numbers, which the target rounds and wraps. */
export function arrayCopy(target: Elements<number>, source: Elements<number>) {
  arrayCopyInto(target, 0, source);
}
