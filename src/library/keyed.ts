/**
 * `Map` and `Set`, in the patch language. They grow at the top level, and are read and changed in place while the patch plays.
 * Each entry is an object that stays where it is and says itself whether its key is in, and when it came: so an edit that puts
 * others between entries, or in another order, knows each of them again, with all that is to be known of it. The entry of a key
 * that was deleted is there for that key or another one. Equal strings are equal numbers, so that looking for a key compares
 * numbers, one after another.
 */

import { allocate, append, isPlaying, requireKey, requireTopLevel, setElementAt } from './intrinsics.ts';

interface Entry<Key, Value> {
  key: Key;
  value: Value;
  isIn: boolean;
  /** Higher than those before it where its place is not behind theirs; else as high as theirs, so that equal keys are equal entries. */
  turn: number;
}

/** Equal as keys: NaN is the same as itself. */
const isSame = (a: unknown, b: unknown): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));

/** Where a key is; -1: nowhere. */
function placeOf<Key, Value>(entries: Entry<Key, Value>[], key: Key): number {
  for (let at = 0; at < entries.length; at++) if (entries[at]!.isIn && isSame(entries[at]!.key, key)) return at;
  return -1;
}

/** An entry without a key: the one that had it before, if there is one; -1: none. */
function freePlaceOf<Key, Value>(entries: Entry<Key, Value>[], key: Key): number {
  let free = -1;
  for (let at = 0; at < entries.length; at++) {
    if (entries[at]!.isIn) continue;
    if (isSame(entries[at]!.key, key)) return at;
    if (free < 0) free = at;
  }
  return free;
}

function sizeOf<Key, Value>(entries: Entry<Key, Value>[]): number {
  let size = 0;
  for (let at = 0; at < entries.length; at++) if (entries[at]!.isIn) size++;
  return size;
}

/** The latest turn of all entries, removed ones included, so that who comes back during a walk comes after all that the walk has been to. */
function lastTurn<Key, Value>(entries: Entry<Key, Value>[]): number {
  let last = 0;
  for (let at = 0; at < entries.length; at++) if (entries[at]!.turn > last) last = entries[at]!.turn;
  return last;
}

/** Where a walk goes from a place, whose entry may have changed since: to the next one in the order in which they came; -1: it ends. */
function placeAfter<Key, Value>(entries: Entry<Key, Value>[], place: number, turn: number): number {
  for (let at = place + 1; at < entries.length; at++) if (entries[at]!.isIn && entries[at]!.turn === turn) return at;
  let next = -1;
  for (let at = 0; at < entries.length; at++) {
    if (!entries[at]!.isIn || entries[at]!.turn <= turn) continue;
    if (next < 0 || entries[at]!.turn < entries[next]!.turn) next = at;
  }
  return next;
}

/** Where those are that are in, in the order in which they came: mostly that of their places, to which sorting adds little. */
function placesOf<Key, Value>(entries: Entry<Key, Value>[]) {
  const places = allocate<number>(sizeOf(entries));
  let length = 0;
  for (let at = 0; at < entries.length; at++) {
    if (!entries[at]!.isIn) continue;
    let to = length;
    for (; to > 0 && entries[places[to - 1]!]!.turn > entries[at]!.turn; to--)
      setElementAt(places, to, places[to - 1]!);
    setElementAt(places, to, at);
    length++;
  }
  return places;
}

function takeOut<Key, Value>(entries: Entry<Key, Value>[], key: Key): boolean {
  const place = placeOf(entries, key);
  if (place >= 0) entries[place]!.isIn = false;
  return place >= 0;
}

/** `new Map()`. */
export function newMap<Key, Value>() {
  requireTopLevel();
  const entries: Entry<Key, Value>[] = [];
  const map = {
    'is map': true,
    get size() {
      return sizeOf(entries);
    },
    has: (key: Key) => placeOf(entries, key) >= 0,
    get: (key: Key) => {
      const place = placeOf(entries, key);
      return place < 0 ? undefined : entries[place]!.value;
    },
    set: (key: Key, value: Value): unknown => {
      const place = placeOf(entries, key);
      if (place >= 0) entries[place]!.value = value;
      else {
        const free = freePlaceOf(entries, key);
        const turn = lastTurn(entries);
        // Here and not in a function: what runs at both times has a version of those for one only.
        if (free >= 0) {
          entries[free]!.key = key;
          entries[free]!.value = value;
          entries[free]!.turn = turn + 1;
          entries[free]!.isIn = true;
        } else if (isPlaying()) requireKey(false);
        else append(entries, { key, value, isIn: true, turn });
      }
      return map;
    },
    delete: (key: Key) => takeOut(entries, key),
    clear: () => {
      for (let at = 0; at < entries.length; at++) entries[at]!.isIn = false;
    },
    forEach: (visit: (value: Value, key: Key) => void) => {
      let turn = 0;
      for (let place = placeAfter(entries, -1, 0); place >= 0; place = placeAfter(entries, place, turn)) {
        turn = entries[place]!.turn;
        visit(entries[place]!.value, entries[place]!.key);
      }
    },
    'next place': (place: number, turn: number) => placeAfter(entries, place, turn),
    'turn at': (place: number) => entries[place]!.turn,
    'keys at': (place: number) => entries[place]!.key,
    'values at': (place: number) => entries[place]!.value,
    'entries at': (place: number): [Key, Value] => [entries[place]!.key, entries[place]!.value],
    keys: () => {
      const places = placesOf(entries);
      const keys = allocate<Key>(places.length);
      for (let at = 0; at < places.length; at++) setElementAt(keys, at, entries[places[at]!]!.key);
      return keys;
    },
    values: () => {
      const places = placesOf(entries);
      const values = allocate<Value>(places.length);
      for (let at = 0; at < places.length; at++) setElementAt(values, at, entries[places[at]!]!.value);
      return values;
    },
    entries: () => {
      const places = placesOf(entries);
      const pairs = allocate<[Key, Value]>(places.length);
      for (let at = 0; at < places.length; at++) {
        setElementAt(pairs, at, [entries[places[at]!]!.key, entries[places[at]!]!.value]);
      }
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
  const list = () => {
    const places = placesOf(entries);
    const keys = allocate<Key>(places.length);
    for (let at = 0; at < places.length; at++) setElementAt(keys, at, entries[places[at]!]!.key);
    return keys;
  };
  const set = {
    'is set': true,
    get size() {
      return sizeOf(entries);
    },
    has: (key: Key) => placeOf(entries, key) >= 0,
    add: (key: Key): unknown => {
      if (placeOf(entries, key) < 0) {
        const free = freePlaceOf(entries, key);
        const turn = lastTurn(entries);
        if (free >= 0) {
          entries[free]!.key = key;
          entries[free]!.turn = turn + 1;
          entries[free]!.isIn = true;
        } else if (isPlaying()) requireKey(false);
        else append(entries, { key, value: 0, isIn: true, turn });
      }
      return set;
    },
    delete: (key: Key) => takeOut(entries, key),
    clear: () => {
      for (let at = 0; at < entries.length; at++) entries[at]!.isIn = false;
    },
    forEach: (visit: (value: Key) => void) => {
      let turn = 0;
      for (let place = placeAfter(entries, -1, 0); place >= 0; place = placeAfter(entries, place, turn)) {
        turn = entries[place]!.turn;
        visit(entries[place]!.key);
      }
    },
    'next place': (place: number, turn: number) => placeAfter(entries, place, turn),
    'turn at': (place: number) => entries[place]!.turn,
    'keys at': (place: number) => entries[place]!.key,
    'values at': (place: number) => entries[place]!.key,
    keys: list,
    values: list,
  };
  return set;
}

/** `new Set(list)`: what it begins with. */
export function fillSet<Key>(set: { readonly add: (key: Key) => unknown }, list: readonly Key[]): void {
  for (let at = 0; at < list.length; at++) set.add(list[at]!);
}
