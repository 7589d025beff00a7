/**
 * Methods of arrays that call a function with each element, in the patch language. Each is compiled for the types it is
 * used with, so that a callback is called directly and elements need no conversion. As in JavaScript, elements that a
 * callback appends are not visited, and neither are those that it removed; where JavaScript would continue with `undefined` in
 * their place, it is a trap.
 */

import {
  allocateLike,
  elementAt,
  requireElements,
  requireInside,
  setElementAt,
  setLength,
  trim,
} from './intrinsics.ts';

export type Elements<Element> = { readonly length: number; readonly [index: number]: Element };
export type Callback<Element, Result> = (element: Element, index: number, array: Elements<Element>) => Result;
type Reducer<Element, Result> = (result: Result, element: Element, index: number, array: Elements<Element>) => Result;

/** `array.map(callback)`. */
export function arrayMap<Element, Result>(array: Elements<Element>, callback: Callback<Element, Result>) {
  const count = array.length;
  const result = allocateLike<Result>(array, count);
  for (let index = 0; index < count; index++) {
    requireInside(index < array.length);
    setElementAt(result, index, callback(elementAt(array, index), index, array));
  }
  return result;
}

/** `array.forEach(callback)`. */
export function arrayForEach<Element>(array: Elements<Element>, callback: Callback<Element, void>) {
  const count = array.length;
  for (let index = 0; index < count; index++) {
    if (index < array.length) callback(elementAt(array, index), index, array);
  }
}

/** `array.filter(callback)`. */
export function arrayFilter<Element>(array: Elements<Element>, callback: Callback<Element, boolean>) {
  const count = array.length;
  const result = allocateLike<Element>(array, count);
  let kept = 0;
  for (let index = 0; index < count; index++) {
    if (index < array.length) {
      const element = elementAt(array, index);
      if (callback(element, index, array)) {
        setElementAt(result, kept, element);
        kept++;
      }
    }
  }
  setLength(result, kept);
  trim(result);
  return result;
}

/** `array.reduce(callback, initial)`. */
export function arrayReduce<Element, Result>(
  array: Elements<Element>,
  callback: Reducer<Element, Result>,
  initial: Result,
) {
  const count = array.length;
  let result = initial;
  for (let index = 0; index < count; index++) {
    if (index < array.length) result = callback(result, elementAt(array, index), index, array);
  }
  return result;
}

/** `array.reduce(callback)`: begins with the first element. */
export function arrayReduceFirst<Element>(array: Elements<Element>, callback: Reducer<Element, Element>) {
  const count = array.length;
  requireElements(count > 0);
  let result = elementAt(array, 0);
  for (let index = 1; index < count; index++) {
    if (index < array.length) result = callback(result, elementAt(array, index), index, array);
  }
  return result;
}

/** `array.reduceRight(callback, initial)`. */
export function arrayReduceRight<Element, Result>(
  array: Elements<Element>,
  callback: Reducer<Element, Result>,
  initial: Result,
) {
  let result = initial;
  for (let index = array.length - 1; index >= 0; index--) {
    if (index < array.length) result = callback(result, elementAt(array, index), index, array);
  }
  return result;
}

/** `array.reduceRight(callback)`: begins with the last element. */
export function arrayReduceRightLast<Element>(array: Elements<Element>, callback: Reducer<Element, Element>) {
  const count = array.length;
  requireElements(count > 0);
  let result = elementAt(array, count - 1);
  for (let index = count - 2; index >= 0; index--) {
    if (index < array.length) result = callback(result, elementAt(array, index), index, array);
  }
  return result;
}

/** `array.some(callback)`. */
export function arraySome<Element>(array: Elements<Element>, callback: Callback<Element, boolean>) {
  const count = array.length;
  for (let index = 0; index < count; index++) {
    if (index < array.length && callback(elementAt(array, index), index, array)) return true;
  }
  return false;
}

/** `array.every(callback)`. */
export function arrayEvery<Element>(array: Elements<Element>, callback: Callback<Element, boolean>) {
  const count = array.length;
  for (let index = 0; index < count; index++) {
    if (index < array.length && !callback(elementAt(array, index), index, array)) return false;
  }
  return true;
}

/** `array.find(callback)`. */
export function arrayFind<Element>(array: Elements<Element>, callback: Callback<Element, boolean>) {
  const count = array.length;
  for (let index = 0; index < count; index++) {
    requireInside(index < array.length);
    const element = elementAt(array, index);
    if (callback(element, index, array)) return element;
  }
  return undefined;
}

/** `array.findIndex(callback)`. */
export function arrayFindIndex<Element>(array: Elements<Element>, callback: Callback<Element, boolean>) {
  const count = array.length;
  for (let index = 0; index < count; index++) {
    requireInside(index < array.length);
    if (callback(elementAt(array, index), index, array)) return index;
  }
  return -1;
}

/** `array.findLast(callback)`. */
export function arrayFindLast<Element>(array: Elements<Element>, callback: Callback<Element, boolean>) {
  for (let index = array.length - 1; index >= 0; index--) {
    requireInside(index < array.length);
    const element = elementAt(array, index);
    if (callback(element, index, array)) return element;
  }
  return undefined;
}

/** `array.findLastIndex(callback)`. */
export function arrayFindLastIndex<Element>(array: Elements<Element>, callback: Callback<Element, boolean>) {
  for (let index = array.length - 1; index >= 0; index--) {
    requireInside(index < array.length);
    if (callback(elementAt(array, index), index, array)) return index;
  }
  return -1;
}
