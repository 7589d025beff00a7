/**
 * `Map` and `Set`, in the patch language. They grow at the top level, and are read and changed in place while the patch plays.
 * Each entry is an object that stays where it is and says itself whether its key is in, and when it came: so an edit that puts
 * others between entries, or in another order, knows each of them again, with all that is to be known of it. The entry of a key
 * that was deleted is there for that key or another one. How an entry is found is in keyedTable.ts.
 */

import { allocate, append, generation, isPlaying, requireKey, requireTopLevel, setElementAt } from './intrinsics.ts';
import {
  dropSign,
  type Entry,
  findAll,
  freePlace,
  growTable,
  isTooSmall,
  lastTurn,
  newTable,
  noteComing,
  noteGone,
  placeAfter,
  placeOf,
  putKey,
  replaceKey,
  sizeOf,
  type Table,
} from './keyedTable.ts';

/** Where those are that are in, in the order in which they came. */
export function placesOf<Key, Value>(entries: Entry<Key, Value>[], table: Table) {
  const places = allocate<number>(sizeOf(entries, table));
  let turn = 0;
  let place = -1;
  for (let at = 0; at < places.length; at++) {
    place = placeAfter(entries, table, place, turn);
    turn = entries[place]!.turn;
    setElementAt(places, at, place);
  }
  return places;
}

/** `new Map()`. */
export function newMap<Key, Value>() {
  requireTopLevel();
  const entries: Entry<Key, Value>[] = [];
  const table = newTable();
  /** The generation whose frames were the last to change which keys are in, plus 1; 0: no frame has. */
  let changedIn = 0;
  const ready = () => {
    if (changedIn === 0 || changedIn === generation() + 1) return;
    changedIn = generation() + 1;
    if (table.slots.length > 0) findAll(entries, table);
  };
  const changed = () => {
    if (isPlaying()) changedIn = generation() + 1;
  };
  const map = {
    'is map': true,
    get size() {
      ready();
      return sizeOf(entries, table);
    },
    has: (key: Key) => {
      ready();
      const place = placeOf(entries, table.slots, key);
      return place >= 0 && entries[place]!.isIn;
    },
    get: (key: Key) => {
      ready();
      const place = placeOf(entries, table.slots, key);
      return place < 0 || !entries[place]!.isIn ? undefined : entries[place]!.value;
    },
    set: (key: Key, value: Value): unknown => {
      ready();
      const place = placeOf(entries, table.slots, key);
      if (place >= 0 && entries[place]!.isIn) entries[place]!.value = value;
      else {
        const free = place >= 0 ? place : freePlace(entries, table);
        const turn = lastTurn(entries, table);
        // Here and not in a function: what runs at both times has a version of those for one only.
        if (free >= 0) {
          if (place < 0) replaceKey(entries, table, free, key);
          entries[free]!.key = key;
          dropSign(entries, free, key);
          entries[free]!.value = value;
          entries[free]!.turn = turn + 1;
          entries[free]!.isIn = true;
          noteComing(table, free, turn + 1);
          changed();
        } else if (isPlaying()) requireKey(false);
        else {
          append(entries, { key, value, isIn: true, turn });
          dropSign(entries, entries.length - 1, key);
          if (isTooSmall(entries.length, table)) {
            growTable(entries, table, 1);
            findAll(entries, table);
          } else putKey(entries, table, turn);
        }
      }
      return map;
    },
    delete: (key: Key) => {
      ready();
      const place = placeOf(entries, table.slots, key);
      const isThere = place >= 0 && entries[place]!.isIn;
      if (isThere) {
        entries[place]!.isIn = false;
        noteGone(table, place);
        changed();
      }
      return isThere;
    },
    clear: () => {
      ready();
      for (let at = 0; at < entries.length; at++) {
        if (entries[at]!.isIn) noteGone(table, at);
        entries[at]!.isIn = false;
      }
      changed();
    },
    forEach: (visit: (value: Value, key: Key) => void) => {
      ready();
      let turn = 0;
      let place = placeAfter(entries, table, -1, 0);
      while (place >= 0) {
        turn = entries[place]!.turn;
        visit(entries[place]!.value, entries[place]!.key);
        place = placeAfter(entries, table, place, turn);
      }
    },
    'next place': (place: number, turn: number) => {
      ready();
      return placeAfter(entries, table, place, turn);
    },
    'turn at': (place: number) => entries[place]!.turn,
    'keys at': (place: number) => entries[place]!.key,
    'values at': (place: number) => entries[place]!.value,
    'entries at': (place: number): [Key, Value] => [entries[place]!.key, entries[place]!.value],
    keys: () => {
      ready();
      const places = placesOf(entries, table);
      const keys = allocate<Key>(places.length);
      for (let at = 0; at < places.length; at++) setElementAt(keys, at, entries[places[at]!]!.key);
      return keys;
    },
    values: () => {
      ready();
      const places = placesOf(entries, table);
      const values = allocate<Value>(places.length);
      for (let at = 0; at < places.length; at++) setElementAt(values, at, entries[places[at]!]!.value);
      return values;
    },
    entries: () => {
      ready();
      const places = placesOf(entries, table);
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
  const table = newTable();
  /** As in a `Map`. */
  let changedIn = 0;
  const ready = () => {
    if (changedIn === 0 || changedIn === generation() + 1) return;
    changedIn = generation() + 1;
    if (table.slots.length > 0) findAll(entries, table);
  };
  const changed = () => {
    if (isPlaying()) changedIn = generation() + 1;
  };
  const list = () => {
    ready();
    const places = placesOf(entries, table);
    const keys = allocate<Key>(places.length);
    for (let at = 0; at < places.length; at++) setElementAt(keys, at, entries[places[at]!]!.key);
    return keys;
  };
  const set = {
    'is set': true,
    get size() {
      ready();
      return sizeOf(entries, table);
    },
    has: (key: Key) => {
      ready();
      const place = placeOf(entries, table.slots, key);
      return place >= 0 && entries[place]!.isIn;
    },
    add: (key: Key): unknown => {
      ready();
      const place = placeOf(entries, table.slots, key);
      if (place < 0 || !entries[place]!.isIn) {
        const free = place >= 0 ? place : freePlace(entries, table);
        const turn = lastTurn(entries, table);
        if (free >= 0) {
          if (place < 0) replaceKey(entries, table, free, key);
          entries[free]!.key = key;
          dropSign(entries, free, key);
          entries[free]!.turn = turn + 1;
          entries[free]!.isIn = true;
          noteComing(table, free, turn + 1);
          changed();
        } else if (isPlaying()) requireKey(false);
        else {
          append(entries, { key, value: 0, isIn: true, turn });
          dropSign(entries, entries.length - 1, key);
          if (isTooSmall(entries.length, table)) {
            growTable(entries, table, 1);
            findAll(entries, table);
          } else putKey(entries, table, turn);
        }
      }
      return set;
    },
    delete: (key: Key) => {
      ready();
      const place = placeOf(entries, table.slots, key);
      const isThere = place >= 0 && entries[place]!.isIn;
      if (isThere) {
        entries[place]!.isIn = false;
        noteGone(table, place);
        changed();
      }
      return isThere;
    },
    clear: () => {
      ready();
      for (let at = 0; at < entries.length; at++) {
        if (entries[at]!.isIn) noteGone(table, at);
        entries[at]!.isIn = false;
      }
      changed();
    },
    forEach: (visit: (value: Key) => void) => {
      ready();
      let turn = 0;
      let place = placeAfter(entries, table, -1, 0);
      while (place >= 0) {
        turn = entries[place]!.turn;
        visit(entries[place]!.key);
        place = placeAfter(entries, table, place, turn);
      }
    },
    'next place': (place: number, turn: number) => {
      ready();
      return placeAfter(entries, table, place, turn);
    },
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
