/**
 * `Map` and `Set`, in the patch language. They grow at the top level, and are read and changed in place while the patch plays.
 * Each entry is an object, so that an edit that puts others between them knows it again by what is in it. An entry that is
 * deleted goes behind the others, where the next key takes its place. Equal strings are equal numbers, so that looking for a
 * key compares numbers, one after another.
 */

import { allocate, append, isPlaying, requireKey, requireTopLevel, setElementAt } from './intrinsics.ts';

interface Entry<Key, Value> {
  key: Key;
  value: Value;
}

/** Equal as keys: NaN is the same as itself. */
const isSame = (a: unknown, b: unknown): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));

/** Where a key is among the first entries; -1: nowhere. */
function placeOf<Key, Value>(entries: Entry<Key, Value>[], count: number, key: Key): number {
  for (let at = 0; at < count && at < entries.length; at++) if (isSame(entries[at]!.key, key)) return at;
  return -1;
}

/** Moves an entry behind the first ones. */
function takeOut<Key, Value>(entries: Entry<Key, Value>[], count: number, place: number): void {
  const gone = entries[place]!;
  for (let at = place + 1; at < count && at < entries.length; at++) entries[at - 1] = entries[at]!;
  entries[Math.min(count, entries.length) - 1] = gone;
}

/** `new Map()`. */
export function newMap<Key, Value>() {
  requireTopLevel();
  const entries: Entry<Key, Value>[] = [];
  let count = 0;
  const map = {
    'is map': true,
    get size() {
      return count;
    },
    has: (key: Key) => placeOf(entries, count, key) >= 0,
    get: (key: Key) => {
      const place = placeOf(entries, count, key);
      return place < 0 ? undefined : entries[place]!.value;
    },
    set: (key: Key, value: Value): unknown => {
      const place = placeOf(entries, count, key);
      if (place >= 0) entries[place]!.value = value;
      else {
        // Here and not in a function: what runs at both times has a version of those for one only.
        if (count < entries.length) {
          entries[count]!.key = key;
          entries[count]!.value = value;
        } else if (isPlaying()) requireKey(false);
        else append(entries, { key, value });
        count++;
      }
      return map;
    },
    delete: (key: Key) => {
      const place = placeOf(entries, count, key);
      if (place < 0) return false;
      takeOut(entries, count, place);
      count--;
      return true;
    },
    clear: () => {
      count = 0;
    },
    forEach: (visit: (value: Value, key: Key) => void) => {
      for (let at = 0; at < count && at < entries.length; at++) visit(entries[at]!.value, entries[at]!.key);
    },
    keys: () => {
      const length = Math.min(count, entries.length);
      const keys = allocate<Key>(length);
      for (let at = 0; at < length; at++) setElementAt(keys, at, entries[at]!.key);
      return keys;
    },
    values: () => {
      const length = Math.min(count, entries.length);
      const values = allocate<Value>(length);
      for (let at = 0; at < length; at++) setElementAt(values, at, entries[at]!.value);
      return values;
    },
    entries: () => {
      const length = Math.min(count, entries.length);
      const pairs = allocate<[Key, Value]>(length);
      for (let at = 0; at < length; at++) setElementAt(pairs, at, [entries[at]!.key, entries[at]!.value]);
      return pairs;
    },
  };
  return map;
}

/** `new Map(list)`: what it begins with. */
export function fillMap<Key, Value>(
  map: { readonly set: (key: Key, value: Value) => unknown },
  list: readonly (readonly [Key, Value])[],
): void {
  for (let at = 0; at < list.length; at++) map.set(list[at]![0], list[at]![1]);
}

/** `new Set()`. */
export function newSet<Key>() {
  requireTopLevel();
  const entries: Entry<Key, number>[] = [];
  let count = 0;
  const list = () => {
    const length = Math.min(count, entries.length);
    const keys = allocate<Key>(length);
    for (let at = 0; at < length; at++) setElementAt(keys, at, entries[at]!.key);
    return keys;
  };
  const set = {
    'is set': true,
    get size() {
      return count;
    },
    has: (key: Key) => placeOf(entries, count, key) >= 0,
    add: (key: Key): unknown => {
      if (placeOf(entries, count, key) < 0) {
        if (count < entries.length) entries[count]!.key = key;
        else if (isPlaying()) requireKey(false);
        else append(entries, { key, value: 0 });
        count++;
      }
      return set;
    },
    delete: (key: Key) => {
      const place = placeOf(entries, count, key);
      if (place < 0) return false;
      takeOut(entries, count, place);
      count--;
      return true;
    },
    clear: () => {
      count = 0;
    },
    forEach: (visit: (value: Key) => void) => {
      for (let at = 0; at < count && at < entries.length; at++) visit(entries[at]!.key);
    },
    keys: list,
    values: list,
  };
  return set;
}

/** `new Set(list)`: what it begins with. */
export function fillSet<Key>(set: { readonly add: (key: Key) => unknown }, list: readonly Key[]): void {
  for (let at = 0; at < list.length; at++) set.add(list[at]!);
}
