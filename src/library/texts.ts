/**
 * Parts of strings, in the patch language. A part is a view: it shares its characters with the string it was cut from, and
 * parts of one character or none are the handles that such strings always have.
 */

import { arrayFromArray, arraySlice } from './arrayMaking.ts';
import { toInteger, toPosition } from './arrayPositions.ts';
import type { Elements } from './arrays.ts';
import { allocate, cut, setElementAt } from './intrinsics.ts';
import { textFrom } from './textMaking.ts';

type Text = string & Elements<string>;

/** `text.slice(start, end)`. */
export function textSlice(text: Text, start = 0, end = text.length) {
  return cut(text, toPosition(start, text.length), toPosition(end, text.length));
}

/** `text.substring(start, end)`: what is below zero is zero, and the smaller of the two comes first. */
export function textSubstring(text: Text, start = 0, end = text.length) {
  const from = Math.min(Math.max(toInteger(start), 0), text.length);
  const to = Math.min(Math.max(toInteger(end), 0), text.length);
  return cut(text, Math.min(from, to), Math.max(from, to));
}

/** `text.substr(start, count)`. */
export function textSubstr(text: Text, start = 0, count = text.length) {
  const from = toPosition(start, text.length);
  return cut(text, from, Math.min(from + Math.max(toInteger(count), 0), text.length));
}

/** The spaces and line ends that JavaScript skips around a number. */
function isBlank(unit: number) {
  if (unit === 32 || (unit >= 9 && unit <= 13) || unit === 160 || unit === 0xfeff || unit === 0x1680) return true;
  return (
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000
  );
}

/** `text.trim()`. */
export function textTrim(text: Text) {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return cut(text, start, end);
}

/** Whether `part` stands in `text` at a place. */
function isAt(text: Text, part: Text, place: number) {
  if (place < 0 || place + part.length > text.length) return false;
  for (let index = 0; index < part.length; index++) {
    if (text.charCodeAt(place + index) !== part.charCodeAt(index)) return false;
  }
  return true;
}

/** What is absent is looked for by its name. */
function wordOf(part: Text | undefined) {
  return part ?? ('undefined' as Text);
}

/** `text.startsWith(part)`. */
export function textStartsWith(text: Text, part: Text | undefined) {
  return isAt(text, wordOf(part), 0);
}

/** `text.endsWith(part)`. */
export function textEndsWith(text: Text, part: Text | undefined) {
  const word = wordOf(part);
  return isAt(text, word, text.length - word.length);
}

/** `text.lastIndexOf(part)`. */
export function textLastIndexOf(text: Text, part: Text | undefined) {
  const word = wordOf(part);
  let place = text.length - word.length;
  while (place >= 0 && !isAt(text, word, place)) place--;
  return Math.max(place, -1);
}

/** `text.split('')`: the characters of a string. */
export function textCharacters(text: Text) {
  return arrayFromArray(text);
}

/** Where `part` comes next in `text`, from `start` on; the end if it does not. */
function nextPlace(text: Text, part: Text, start: number) {
  let place = start;
  while (place + part.length <= text.length && !isAt(text, part, place)) place++;
  return place + part.length <= text.length ? place : text.length;
}

/** `text.split(separator)`. */
export function textSplit(text: Text, separator: Text | undefined) {
  if (separator === undefined) return [text];
  if (separator.length === 0) return arrayFromArray<string>(text);
  let count = 1;
  let place = nextPlace(text, separator, 0);
  for (; place < text.length; place = nextPlace(text, separator, place + separator.length)) count++;
  const parts = allocate<string>(count);
  let start = 0;
  for (let index = 0; index < count; index++) {
    const end = nextPlace(text, separator, start);
    setElementAt(parts, index, cut(text, start, end));
    start = end + separator.length;
  }
  return parts;
}

/** `text.split(separator, limit)`. */
export function textSplitUpTo(text: Text, separator: Text | undefined, limit: number | undefined) {
  const parts = textSplit(text, separator);
  return limit === undefined ? parts : arraySlice(parts, 0, limit >>> 0);
}

/** `text.trimStart()`. */
export function textTrimStart(text: Text) {
  let start = 0;
  while (start < text.length && isBlank(text.charCodeAt(start))) start++;
  return cut(text, start, text.length);
}

/** `text.trimEnd()`. */
export function textTrimEnd(text: Text) {
  let end = text.length;
  while (end > 0 && isBlank(text.charCodeAt(end - 1))) end--;
  return cut(text, 0, end);
}

const within = (place: number, text: Text) => Math.min(Math.max(toInteger(place), 0), text.length);

/** `text.indexOf(part, start)`, of whatever is looked for. */
export function textIndexOf<Part>(text: Text, part: Part, start = 0) {
  const word = textFrom(part);
  for (let place = within(start, text); place + word.length <= text.length; place++) {
    if (isAt(text, word, place)) return place;
  }
  return -1;
}

/** `text.includes(part, start)`. */
export function textIncludes<Part>(text: Text, part: Part, start = 0) {
  return textIndexOf(text, part, start) >= 0;
}

/** `text.startsWith(part, start)`. */
export function textStartsWithAt<Part>(text: Text, part: Part, start = 0) {
  return isAt(text, textFrom(part), within(start, text));
}

/** `text.endsWith(part, end)`. */
export function textEndsWithAt<Part>(text: Text, part: Part, end = text.length) {
  const word = textFrom(part);
  return isAt(text, word, within(end, text) - word.length);
}

/** `text.lastIndexOf(part, start)`: what is no number is the end. */
export function textLastIndexOfAt<Part>(text: Text, part: Part, start: number | undefined = undefined) {
  const word = textFrom(part);
  const latest = text.length - word.length;
  const wanted = start === undefined || Number.isNaN(start) ? latest : Math.min(within(start, text), latest);
  let place = wanted;
  while (place >= 0 && !isAt(text, word, place)) place--;
  return Math.max(place, -1);
}
