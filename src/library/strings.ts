/**
 * Strings as data. A string comes as a handle: below zero, -1 minus the code of its only character; above, a text that
 * stands in the patch, or a part that was cut from one; 0 and 4 are `undefined` and `null`. Compiled by Segue's compiler, ahead of any patch.
 */

import { stringLength, stringUnit } from './intrinsics.ts';
import { leadingDigit } from './leadingDigit.ts';

const NOT_A_NUMBER = 0 / 0;
const INFINITY = 1 / 0;

/** Whether JavaScript skips this character in front of and behind a number. */
function isSpace(unit: number): boolean {
  if (unit === 32 || (unit >= 9 && unit <= 13) || unit === 160 || unit === 0xfeff) return true;
  return (
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x1680 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000 ||
    (unit >= 0x2000 && unit <= 0x200a)
  );
}

/** The value of a digit in any base up to 36; 99 for what is none. */
function digitOf(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 48;
  if (unit >= 97 && unit <= 122) return unit - 87;
  if (unit >= 65 && unit <= 90) return unit - 55;
  return 99;
}

/** 10^power for 0 ≤ power ≤ 22, exact. */
function powerOfTen(power: number): number {
  let result = 1;
  for (let count = 0; count < power; count++) result *= 10;
  return result;
}

/** significand·10^exponent: exact as long as both are exact, which holds for 15 digits and exponents up to 22. */
function scaled(significand: number, exponent: number): number {
  let value = significand;
  let left = exponent;
  while (left > 22) {
    value *= 1e22;
    left -= 22;
    if (value === INFINITY) return value;
  }
  while (left < -22) {
    value /= 1e22;
    left += 22;
    if (value === 0) return value;
  }
  return left >= 0 ? value * powerOfTen(left) : value / powerOfTen(-left);
}

/** Reads an unsigned whole number in a base from `start` to `end`; NaN if there is no digit or anything else. */
function wholeNumber(text: number, start: number, end: number, base: number): number {
  if (start >= end) return NOT_A_NUMBER;
  let value = 0;
  for (let index = start; index < end; index++) {
    const digit = digitOf(stringUnit(text, index));
    if (digit >= base) return NOT_A_NUMBER;
    value = value * base + digit;
  }
  return value;
}

/** Where the spaces in front end. */
function skipSpaces(text: number): number {
  const length = stringLength(text);
  let start = 0;
  while (start < length && isSpace(stringUnit(text, start))) start++;
  return start;
}

/** Whether the characters from `at` on are "Infinity". */
function isInfinityAt(text: number, at: number): boolean {
  if (at + 8 > stringLength(text)) return false;
  if (stringUnit(text, at) !== 73 || stringUnit(text, at + 1) !== 110 || stringUnit(text, at + 2) !== 102) return false;
  if (stringUnit(text, at + 3) !== 105 || stringUnit(text, at + 4) !== 110 || stringUnit(text, at + 5) !== 105)
    return false;
  return stringUnit(text, at + 6) === 116 && stringUnit(text, at + 7) === 121;
}

/**
 * A decimal number from `start` on. With `isWhole` it has to fill the text up to `end`; without, what follows is ignored,
 * as parseFloat does.
 */
function decimal(text: number, start: number, end: number, isWhole: boolean): number {
  let at = start;
  const sign = at < end ? stringUnit(text, at) : 0;
  if (sign === 43 || sign === 45) at++;
  const factor = sign === 45 ? -1 : 1;
  if (isInfinityAt(text, at)) return isWhole && at + 8 < end ? NOT_A_NUMBER : factor * INFINITY;
  let significand = 0;
  let exponent = 0;
  let digits = 0;
  while (at < end && digitOf(stringUnit(text, at)) < 10) {
    // Digits that no double can hold only move the point.
    if (significand < 1e21) significand = significand * 10 + digitOf(stringUnit(text, at));
    else exponent++;
    digits++;
    at++;
  }
  if (at < end && stringUnit(text, at) === 46) {
    at++;
    while (at < end && digitOf(stringUnit(text, at)) < 10) {
      if (significand < 1e21) {
        significand = significand * 10 + digitOf(stringUnit(text, at));
        exponent--;
      }
      digits++;
      at++;
    }
  }
  if (digits === 0) return NOT_A_NUMBER;
  if (at < end && (stringUnit(text, at) === 101 || stringUnit(text, at) === 69)) {
    let ahead = at + 1;
    const mark = ahead < end ? stringUnit(text, ahead) : 0;
    if (mark === 43 || mark === 45) ahead++;
    let power = 0;
    let count = 0;
    while (ahead < end && digitOf(stringUnit(text, ahead)) < 10) {
      if (power < 100000) power = power * 10 + digitOf(stringUnit(text, ahead));
      count++;
      ahead++;
    }
    if (count > 0) {
      at = ahead;
      exponent += mark === 45 ? -power : power;
    }
  }
  if (isWhole && at < end) return NOT_A_NUMBER;
  return factor * scaled(significand, exponent);
}

/** `Number(text)`. */
export function stringToNumber(text: number): number {
  if (text === 0) return NOT_A_NUMBER;
  if (text === 4) return 0;
  let end = stringLength(text);
  const start = skipSpaces(text);
  while (end > start && isSpace(stringUnit(text, end - 1))) end--;
  if (start === end) return 0;
  if (end - start === 1) {
    const digit = digitOf(stringUnit(text, start));
    return digit < 10 ? digit : NOT_A_NUMBER;
  }
  if (stringUnit(text, start) === 48) {
    const mark = stringUnit(text, start + 1) | 32;
    if (mark === 120) return wholeNumber(text, start + 2, end, 16);
    if (mark === 111) return wholeNumber(text, start + 2, end, 8);
    if (mark === 98) return wholeNumber(text, start + 2, end, 2);
  }
  return decimal(text, start, end, true);
}

/** `parseFloat(text)`. */
export function stringToFloat(text: number): number {
  if (text === 0 || text === 4) return NOT_A_NUMBER;
  return decimal(text, skipSpaces(text), stringLength(text), false);
}

/** parseInt reads `undefined` and `null` as the words they are written with, which have digits in large bases. */
function wordToInteger(isNull: boolean, base: number): number {
  if (base > 36) return NOT_A_NUMBER;
  if (isNull) {
    if (base > 30) return ((23 * base + 30) * base + 21) * base + 21;
    return base > 23 ? 23 : NOT_A_NUMBER;
  }
  if (base <= 30) return NOT_A_NUMBER;
  const start = ((30 * base + 23) * base + 13) * base + 14;
  return ((((start * base + 15) * base + 18) * base + 23) * base + 14) * base + 13;
}

/** `parseInt(text, radix)`; a radix of 0 stands for none. */
export function stringToInteger(text: number, radix: number): number {
  if (text === 0 || text === 4) return wordToInteger(text === 4, radix | 0);
  const length = stringLength(text);
  let at = skipSpaces(text);
  const sign = at < length ? stringUnit(text, at) : 0;
  if (sign === 43 || sign === 45) at++;
  let base = radix | 0;
  if (base !== 0 && (base < 2 || base > 36)) return NOT_A_NUMBER;
  const isHex = at + 1 < length && stringUnit(text, at) === 48 && (stringUnit(text, at + 1) | 32) === 120;
  if (isHex && (base === 0 || base === 16)) {
    at += 2;
    base = 16;
  }
  if (base === 0) base = 10;
  let value = 0;
  let digits = 0;
  while (at < length && digitOf(stringUnit(text, at)) < base) {
    value = value * base + digitOf(stringUnit(text, at));
    digits++;
    at++;
  }
  if (digits === 0) return NOT_A_NUMBER;
  return sign === 45 ? -value : value;
}

/** `parseInt(value, radix)` of a number: of the digits in front of the point, or of the exponent it is written with. */
export function numberToInteger(value: number, radix: number): number {
  const size = Math.abs(value);
  let base = radix | 0;
  if (base === 0) base = 10;
  if (!(size < INFINITY) || base < 2 || base > 36) return NOT_A_NUMBER;
  if (size === 0) return 0;
  const whole = size >= 1e21 || size < 1e-6 ? leadingDigit(size) : Math.trunc(size);
  if (base === 10) return value < 0 ? -whole : whole;
  let place = 1;
  while (place * 10 <= whole) place *= 10;
  let result = 0;
  let count = 0;
  for (; place >= 1; place /= 10) {
    const digit = Math.floor(whole / place) - 10 * Math.floor(whole / place / 10);
    if (digit >= base) break;
    result = result * base + digit;
    count++;
  }
  if (count === 0) return NOT_A_NUMBER;
  return value < 0 ? -result : result;
}

/** `text.charCodeAt(index)`. */
export function stringCode(text: number, index: number): number {
  const position = Number.isNaN(index) ? 0 : Math.trunc(index);
  return position >= 0 && position < stringLength(text) ? stringUnit(text, position) : NOT_A_NUMBER;
}

/** `text[index]`: the handle of a character, or `undefined`. */
export function stringAt(text: number, index: number): number {
  const isInside = index >= 0 && index < stringLength(text) && Math.trunc(index) === index;
  return isInside ? -1 - stringUnit(text, index) : 0;
}

/** `text.at(index)`: below zero counts from the end. */
export function stringFrom(text: number, index: number): number {
  const position = Number.isNaN(index) ? 0 : Math.trunc(index);
  return stringAt(text, position < 0 ? stringLength(text) + position : position);
}

/** `text.charAt(index)`, but `undefined` where that is empty. */
export function stringCharacter(text: number, index: number): number {
  return stringAt(text, Number.isNaN(index) ? 0 : Math.trunc(index));
}

/** Which element `array[text]` is; NaN for a text that is no index. */
export function stringToIndex(text: number): number {
  if (text === 0 || text === 4) return NOT_A_NUMBER;
  const length = stringLength(text);
  if (length > 1 && stringUnit(text, 0) === 48) return NOT_A_NUMBER;
  for (let index = 0; index < length; index++) if (digitOf(stringUnit(text, index)) > 9) return NOT_A_NUMBER;
  return wholeNumber(text, 0, length, 10);
}

/** -1, 0 or 1 as `a` comes before `b`, is the same, or comes after; NaN, which no comparison holds for, if one is absent. */
export function stringOrder(a: number, b: number): number {
  if (a === 0 || a === 4 || b === 0 || b === 4) return NOT_A_NUMBER;
  if (a === b) return 0;
  const length = Math.min(stringLength(a), stringLength(b));
  for (let index = 0; index < length; index++) {
    const difference = stringUnit(a, index) - stringUnit(b, index);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return Math.sign(stringLength(a) - stringLength(b));
}

/** The hash of a text that is there, as src/linker/texts.ts has it: FNV-1a of its units, spread over all bits. Never 0. */
export function stringHash(text: number): number {
  const length = stringLength(text);
  let hash = 0x811c9dc5 | 0;
  for (let index = 0; index < length; index++) hash = Math.imul(hash ^ stringUnit(text, index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash === 0 ? 1 : hash;
}

/** `text.indexOf(part)`. What is absent is in no text, as long as none has the word for it in it. */
export function stringIndexOf(text: number, part: number): number {
  if (part === 0 || part === 4) return -1;
  const length = stringLength(part);
  for (let start = 0; start + length <= stringLength(text); start++) {
    let same = 0;
    while (same < length && stringUnit(text, start + same) === stringUnit(part, same)) same++;
    if (same === length) return start;
  }
  return -1;
}
