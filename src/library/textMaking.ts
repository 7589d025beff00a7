/**
 * Texts that are put together while a patch runs, in the patch language. A text is an array of UTF-16 units; those of one
 * unit or none are the handles that such strings always have (`textOfUnits`).
 */

import { toInteger } from './arrayPositions.ts';
import type { Elements } from './arrays.ts';
import { cut, elementAt, hasText, isError, requirePrintable, textOfUnits } from './intrinsics.ts';
import { textOfNumber } from './numberTexts.ts';

type Text = string & Elements<string>;

/** `String(value)`. */
export function textFrom<Value>(value: Value): Text {
  if (typeof value === 'string') return value as unknown as Text;
  if (typeof value === 'number') return textOfNumber(value as unknown as number) as Text;
  if (typeof value === 'boolean') return (value ? 'true' : 'false') as Text;
  if (value === undefined) return 'undefined' as Text;
  if (value === null) return 'null' as Text;
  if (hasText(value)) return value.toString() as Text;
  const error: unknown = value;
  if (isError(error)) return errorText(error.name as Text, error.message as Text);
  requirePrintable(value);
  if (Array.isArray(value)) return arrayJoin(value as unknown as Elements<unknown>, ',' as Text);
  return '[object Object]' as Text;
}

function errorText(name: Text, message: Text): Text {
  if (message.length === 0) return name;
  return textConcat(textConcat(name, ': ' as Text), message);
}

const isObject = <Value>(value: Value) => typeof value === 'object' && value !== null;

/** `a + b` where one of the two may be a text. */
export function textAdd<A, B>(a: A, b: B) {
  if (typeof a === 'string' || typeof b === 'string' || isObject(a) || isObject(b)) {
    return textConcat(textFrom(a), textFrom(b));
  }
  return (a as unknown as number) + (b as unknown as number);
}

/** `a + b` of two texts. */
export function textConcat(a: Text, b: Text): Text {
  const units = new Uint16Array(a.length + b.length);
  for (let index = 0; index < a.length; index++) units[index] = a.charCodeAt(index);
  for (let index = 0; index < b.length; index++) units[a.length + index] = b.charCodeAt(index);
  return textOfUnits(units, units.length) as Text;
}

/** What an element is within its joined array. */
function partText<Value>(value: Value): Text {
  return value === undefined || value === null ? ('' as Text) : textFrom(value);
}

/** `array.join(separator)`. */
export function arrayJoin<Element>(array: Elements<Element>, separator: Text | undefined = ',' as Text): Text {
  const count = array.length;
  let length = 0;
  const parts = Array.from({ length: count }, (_, index) => partText(elementAt(array, index)));
  for (let index = 0; index < count; index++) length += parts[index]!.length;
  const gap = separator.length;
  const units = new Uint16Array(length + gap * Math.max(count - 1, 0));
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (index > 0) at = put(units, at, separator);
    at = put(units, at, parts[index]!);
  }
  return textOfUnits(units, at) as Text;
}

/** `Object.keys(array)`, which `for … in` goes through: the indices as texts. */
export function arrayKeyTexts<Element>(array: Elements<Element>) {
  return Array.from({ length: array.length }, (_, index) => textFrom(index));
}

/** Writes a text into units from a place on; returns where it ends. */
function put(units: Uint16Array, start: number, text: Text) {
  const { length } = text;
  for (let index = 0; index < length; index++) units[start + index] = text.charCodeAt(index);
  return start + length;
}

/** `array.toString()`. */
export function arrayToString<Element>(array: Elements<Element>): Text {
  return arrayJoin(array, ',' as Text);
}

/** `String.fromCharCode(...codes)`. */
export function textOfCodes(codes: Elements<number>) {
  const units = new Uint16Array(codes.length);
  for (let index = 0; index < codes.length; index++) units[index] = elementAt(codes, index);
  return textOfUnits(units, codes.length);
}

/** `String.fromCodePoint(...points)`. */
export function textOfPoints(points: Elements<number>) {
  const units = new Uint16Array(2 * points.length);
  let at = 0;
  for (let index = 0; index < points.length; index++) {
    const point = elementAt(points, index);
    if (point >= 0x10000) {
      units[at] = 0xd800 + ((point - 0x10000) >> 10);
      units[at + 1] = 0xdc00 + ((point - 0x10000) & 0x3ff);
      at += 2;
    } else {
      units[at] = point;
      at++;
    }
  }
  return textOfUnits(units, at);
}

/** `text.codePointAt(index)`. */
export function textCodePoint(text: Text, index = 0) {
  const place = toInteger(index);
  if (place < 0 || place >= text.length) return undefined;
  const first = text.charCodeAt(place);
  if (first < 0xd800 || first > 0xdbff || place + 1 >= text.length) return first;
  const second = text.charCodeAt(place + 1);
  if (second < 0xdc00 || second > 0xdfff) return first;
  return 0x10000 + (first - 0xd800) * 0x400 + (second - 0xdc00);
}

/** `text.repeat(count)`. */
export function textRepeat(text: Text, count = 0) {
  const times = toInteger(count);
  const units = new Uint16Array(text.length * times);
  for (let at = 0; at < units.length; at += text.length) put(units, at, text);
  return textOfUnits(units, units.length);
}

/** The first `count` units of a filling said again and again. */
function filling(filler: Text, count: number): Text {
  const units = new Uint16Array(count);
  for (let index = 0; index < count; index++) units[index] = filler.charCodeAt(index % filler.length);
  return textOfUnits(units, count) as Text;
}

/** `text.padStart(length, filler)`. */
export function textPadStart(text: Text, length = 0, filler: Text | undefined = ' ' as Text): Text {
  const missing = toInteger(length) - text.length;
  return missing <= 0 || filler.length === 0 ? text : textConcat(filling(filler, missing), text);
}

/** `text.padEnd(length, filler)`. */
export function textPadEnd(text: Text, length = 0, filler: Text | undefined = ' ' as Text): Text {
  const missing = toInteger(length) - text.length;
  return missing <= 0 || filler.length === 0 ? text : textConcat(text, filling(filler, missing));
}

/** Whether a unit is a small letter of ASCII, Latin-1, Greek or Cyrillic whose capital lies 32 below. */
function isSmall(unit: number) {
  if (unit >= 97 && unit <= 122) return true;
  if (unit >= 0xe0 && unit <= 0xfe) return unit !== 0xf7;
  return (unit >= 0x3b1 && unit <= 0x3c9 && unit !== 0x3c2) || (unit >= 0x430 && unit <= 0x44f);
}

/** `text.toUpperCase()`. */
export function textToUpperCase(text: Text) {
  const units = new Uint16Array(2 * text.length);
  let at = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 0xdf) {
      // Sharp s.
      units[at] = 83;
      at++;
      units[at] = 83;
    } else if (unit === 0xb5) units[at] = 0x39c;
    else if (unit === 0x3c2) units[at] = 0x3a3;
    else if (unit === 0xff) units[at] = 0x178;
    else if (unit >= 0x450 && unit <= 0x45f) units[at] = unit - 80;
    else units[at] = isSmall(unit) ? unit - 32 : unit;
    at++;
  }
  return textOfUnits(units, at);
}

/** `text.toLowerCase()`. */
export function textToLowerCase(text: Text) {
  const units = new Uint16Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x400 && unit <= 0x40f) units[index] = unit + 80;
    else if (unit === 0x178) units[index] = 0xff;
    else units[index] = isSmall(unit + 32) && unit !== 0x3a2 ? unit + 32 : unit;
  }
  return textOfUnits(units, text.length);
}

/** Where a part is next in a text, from a place on; -1 where it is not. */
function placeOf(text: Text, part: Text, start: number) {
  for (let place = start; place + part.length <= text.length; place++) {
    let same = 0;
    while (same < part.length && text.charCodeAt(place + same) === part.charCodeAt(same)) same++;
    if (same === part.length) return place;
  }
  return -1;
}

/** What stands in the place of a match: `$&` and the like are parts of the text around. */
function replacement<With>(text: Text, part: Text, place: number, by: With): Text {
  if (typeof by === 'function') {
    return textFrom((by as unknown as (match: Text, place: number, text: Text) => unknown)(part, place, text));
  }
  const pattern = textFrom(by);
  let result = '' as Text;
  let start = 0;
  for (let at = placeOf(pattern, '$' as Text, 0); at >= 0; at = placeOf(pattern, '$' as Text, at)) {
    const mark = at + 1 < pattern.length ? pattern.charCodeAt(at + 1) : 0;
    // Dollar, ampersand, grave accent, apostrophe.
    if (mark === 36 || mark === 38 || mark === 96 || mark === 39) {
      const before = cut(pattern, start, mark === 36 ? at + 1 : at) as Text;
      const after = place + part.length;
      const said = (
        mark === 36 ? '' : mark === 38 ? part : mark === 96 ? cut(text, 0, place) : cut(text, after, text.length)
      ) as Text;
      result = textConcat(textConcat(result, before), said);
      start = at + 2;
    }
    at += mark === 36 ? 2 : 1;
  }
  return textConcat(result, cut(pattern, start, pattern.length) as Text);
}

/** `text.replace(part, by)`, of a text. */
export function textReplace<With>(text: Text, part: Text | undefined, by: With): Text {
  const word = textFrom(part);
  const place = placeOf(text, word, 0);
  if (place < 0) return text;
  const before = textConcat(cut(text, 0, place) as Text, replacement(text, word, place, by));
  return textConcat(before, cut(text, place + word.length, text.length) as Text);
}

/** `text.replaceAll(part, by)`, of a text. */
export function textReplaceAll<With>(text: Text, part: Text | undefined, by: With): Text {
  const word = textFrom(part);
  let result = '' as Text;
  let start = 0;
  let place = placeOf(text, word, 0);
  while (place >= 0) {
    result = textConcat(textConcat(result, cut(text, start, place) as Text), replacement(text, word, place, by));
    start = place + word.length;
    place = placeOf(text, word, Math.max(start, place + 1));
  }
  return textConcat(result, cut(text, start, text.length) as Text);
}
