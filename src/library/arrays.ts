/**
 * Methods of arrays, in the patch language. Each is compiled for the types it is used with, so that a callback is called
 * directly and elements need no conversion.
 */

import { allocate, allocateLike, elementAt } from './intrinsics.ts';

type Numbers<Element> = { readonly length: number; [index: number]: Element };

/** `array.fill(value, start, end)`. Negative bounds count from the end. */
export function arrayFill<Element>(array: Numbers<Element>, value: Element, start = 0, end = array.length) {
  const from = start < 0 ? Math.max(array.length + start, 0) : Math.min(start, array.length);
  const to = end < 0 ? Math.max(array.length + end, 0) : Math.min(end, array.length);
  for (let index = Math.trunc(from) || 0; index < to; index++) array[index] = value;
  return array;
}

/** `array.map(callback)`. */
export function arrayMap<Element, Result>(
  array: Numbers<Element>,
  callback: (element: Element, index: number, array: Numbers<Element>) => Result,
) {
  const result = allocateLike<Result>(array, array.length);
  for (let index = 0; index < array.length; index++) result[index] = callback(elementAt(array, index), index, array);
  return result;
}

/** `array.forEach(callback)`. */
export function arrayForEach<Element>(
  array: Numbers<Element>,
  callback: (element: Element, index: number, array: Numbers<Element>) => void,
) {
  for (let index = 0; index < array.length; index++) callback(elementAt(array, index), index, array);
}

/** `array.reduce(callback, initial)`. */
export function arrayReduce<Element, Result>(
  array: Numbers<Element>,
  callback: (result: Result, element: Element, index: number, array: Numbers<Element>) => Result,
  initial: Result,
) {
  let result = initial;
  for (let index = 0; index < array.length; index++) result = callback(result, elementAt(array, index), index, array);
  return result;
}

/** `Array.from(array)`. */
export function arrayFromArray<Element>(array: Numbers<Element>) {
  const result = allocate<Element>(array.length);
  for (let index = 0; index < array.length; index++) result[index] = elementAt(array, index);
  return result;
}

/** `Array.from(array, callback)`. */
export function arrayFromArrayWith<Element, Result>(
  array: Numbers<Element>,
  callback: (element: Element, index: number) => Result,
) {
  const result = allocate<Result>(array.length);
  for (let index = 0; index < array.length; index++) result[index] = callback(elementAt(array, index), index);
  return result;
}

/** `Array.from({ length })`. */
export function arrayFromLength(source: { length: number }) {
  const result = allocate<undefined>(source.length);
  for (let index = 0; index < result.length; index++) result[index] = undefined;
  return result;
}

/** `Array.from({ length }, callback)`. */
export function arrayFromLengthWith<Result>(
  source: { length: number },
  callback: (element: undefined, index: number) => Result,
) {
  const result = allocate<Result>(source.length);
  for (let index = 0; index < result.length; index++) result[index] = callback(undefined, index);
  return result;
}

/** Copies numbers into a typed array of the same length, which rounds and wraps them. */
export function arrayCopy(target: Numbers<number>, source: Numbers<number>) {
  for (let index = 0; index < source.length; index++) target[index] = elementAt(source, index);
}

/** `text.split('')`: the characters of a string. */
export function textSplit(text: string) {
  const result = allocate<string>(text.length);
  for (let index = 0; index < text.length; index++) result[index] = elementAt(text, index);
  return result;
}
