/**
 * What `console.log` prints, as words for the host. Patch language. A call that there is room for becomes an entry of `printed`; all
 * of them are counted, by the number of the call in the text. The host takes what is there now and then, sets `used` back to 0, and
 * says with `room` how many entries it takes next time: so that what every frame prints costs next to nothing.
 * The words are told in src/language/printed.ts.
 */

import { eachMember, isDictionary, isError, isList, isMap, isSet } from '../../intrinsics.ts';

const WORDS = 4096;
const SITES = 256;
/** What is printed of one value. */
const MAX_UNITS = 80;
const MAX_ELEMENTS = 8;
const MAX_MEMBERS = 16;
const MAX_DEPTH = 2;

const ENTRY = 1;
const NUMBER = 2;
const BOOLEAN = 3;
const UNDEFINED = 4;
const NULL = 5;
const TEXT = 6;
const FUNCTION = 7;
const ARRAY = 8;
const OBJECT = 9;
const KEY = 10;
const END = 11;
const MAP = 12;
const SET = 13;

/** Entries before the host has taken any: of the top level. */
const FIRST_ROOM = 300;

const printed = new Float64Array(WORDS);
const counts = new Float64Array(SITES);
let used = 0;
let room = FIRST_ROOM;
/** Whether the call that is under way is printed. */
let isOpen = 0;

function put(word: number): void {
  if (used < WORDS) {
    printed[used] = word;
    used += 1;
  }
}

/** A call begins. */
export function printEntry(site: number): void {
  const index = Math.min(site, SITES - 1);
  counts[index] += 1;
  // One that prints in every frame leaves room for others.
  isOpen = counts[index] <= 1 + room / 2 && used < WORDS - 8 ? 1 : 0;
  if (isOpen === 0) return;
  room -= 1;
  put(ENTRY);
  put(index);
}

/** One argument of it. */
export function printArgument<Value>(value: Value): void {
  if (isOpen > 0) printValue(value, 0);
}

/** For `console.assert`. */
export function printUnless<Value>(test: Value, site: number): void {
  if (test) isOpen = 0;
  else printEntry(site);
}

function printValue<Value>(value: Value, depth: number): void {
  if (typeof value === 'string') {
    printText(value);
    return;
  }
  if (typeof value === 'number') {
    put(NUMBER);
    put(value);
    return;
  }
  if (typeof value === 'boolean') {
    put(BOOLEAN);
    put(value ? 1 : 0);
    return;
  }
  if (value === undefined) {
    put(UNDEFINED);
    return;
  }
  if (value === null) {
    put(NULL);
    return;
  }
  if (typeof value === 'function') {
    put(FUNCTION);
    return;
  }
  if (isList(value)) {
    printElements(value, depth);
    return;
  }
  if (isMap(value)) {
    printKeyed(MAP, value.size);
    let left = depth < MAX_DEPTH ? MAX_ELEMENTS : 0;
    value.forEach((item, key) => {
      if (left > 0) {
        printValue(key, depth + 1);
        printValue(item, depth + 1);
      }
      left -= 1;
    });
    put(END);
    return;
  }
  if (isSet(value)) {
    printKeyed(SET, value.size);
    let left = depth < MAX_DEPTH ? MAX_ELEMENTS : 0;
    value.forEach((key) => {
      if (left > 0) printValue(key, depth + 1);
      left -= 1;
    });
    put(END);
    return;
  }
  if (isError(value)) {
    printValue(value.message === '' ? value.name : `${value.name}: ${value.message}`, depth);
    return;
  }
  if (isDictionary(value)) {
    const names = Object.keys(value);
    const count = depth < MAX_DEPTH ? Math.min(names.length, MAX_MEMBERS) : 0;
    put(OBJECT);
    for (let index = 0; index < count; index++) printMember(names[index], value[names[index]], depth + 1);
    put(END);
    return;
  }
  put(OBJECT);
  if (depth < MAX_DEPTH) eachMember(value, printMember, depth + 1);
  put(END);
}

function printKeyed(tag: number, size: number): void {
  put(tag);
  put(size);
}

function printText(text: string): void {
  const count = Math.min(text.length, MAX_UNITS);
  put(TEXT);
  put(text.length);
  put(count);
  for (let index = 0; index < count; index++) put(text.charCodeAt(index));
}

function printElements<Element>(elements: readonly Element[], depth: number): void {
  put(ARRAY);
  put(elements.length);
  const count = depth < MAX_DEPTH ? Math.min(elements.length, MAX_ELEMENTS) : 0;
  for (let index = 0; index < count; index++) printValue(elements[index], depth + 1);
  put(END);
}

function printMember<Member>(name: string, member: Member, depth: number): void {
  put(KEY);
  printText(name);
  printValue(member, depth);
}
