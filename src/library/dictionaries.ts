/**
 * Objects whose members the program names while it runs, in the patch language: they grow at the top level, and are read and
 * changed in place while the patch plays. Members are entries as of a `Map` (keyedTable.ts) and are listed in JavaScript's order: whole
 * numbers first, ascending, then as they came. A member whose name is a number is found by either, without making a text.
 */

import {
  allocate,
  append,
  generation,
  hashOf,
  isPlaying,
  requireKey,
  requireTopLevel,
  setElementAt,
} from './intrinsics.ts';
import {
  countAll,
  type Entry,
  firstSlot,
  growTable,
  isTooSmall,
  lastTurn,
  newTable,
  nextSlot,
  noteComing,
  noteGone,
  placeAfter,
  putSlot,
  sizeOf,
  slotPlace,
  type Table,
} from './keyedTable.ts';
import { textFrom } from './textMaking.ts';

interface Member<Value> extends Entry<string, Value> {
  /** The number that the key is written as; NaN if it is none. */
  number: number;
}

/** Where a member is, whether that is in or was taken out; -1: nowhere. Numbers are compared as such, without making a text. */
function placeOfMember<Value, Key>(entries: Member<Value>[], slots: Int32Array, key: Key): number {
  if (typeof key === 'number' && !Number.isNaN(key)) {
    const number = key as unknown as number;
    if (slots.length === 0) {
      for (let at = 0; at < entries.length; at++) if (entries[at]!.number === number) return at;
      return -1;
    }
    const hash = hashOf(number);
    let at = firstSlot(slots, hash);
    while (at >= 0) {
      const place = slotPlace(slots, at);
      if (place < entries.length && entries[place]!.number === number) return place;
      at = nextSlot(slots, hash, at + 2);
    }
    return -1;
  }
  if (typeof key === 'string') {
    const text = key as unknown as string;
    if (slots.length === 0) {
      for (let at = 0; at < entries.length; at++) if (entries[at]!.key === text) return at;
      return -1;
    }
    const hash = hashOf(text);
    let at = firstSlot(slots, hash);
    while (at >= 0) {
      const place = slotPlace(slots, at);
      if (place < entries.length && entries[place]!.key === text) return place;
      at = nextSlot(slots, hash, at + 2);
    }
    return -1;
  }
  return placeOfMember(entries, slots, textFrom(key));
}

/** The number that a text is how JavaScript writes it; NaN: it is none. */
function numberOfText(text: string): number {
  const first = text.length > 0 ? text.charCodeAt(0) : 0;
  // A digit, a minus or "Infinity".
  if ((first < 48 || first > 57) && first !== 45 && first !== 73) return 0 / 0;
  const number = Number(text);
  return textFrom(number) === text ? number : 0 / 0;
}

/** Of -0, too, the text is '0'. */
function numberOfKey<Key>(key: Key, text: string): number {
  return typeof key === 'number' ? (key as unknown as number) + 0 : numberOfText(text);
}

const isWholeKey = (number: number): boolean => number >= 0 && number < 4294967295 && Math.floor(number) === number;

/** Keys never change while frames run: so the slots that the top level left are right. */
function putMember<Value>(entries: Member<Value>[], slots: Int32Array, place: number): void {
  const { key, number } = entries[place]!;
  putSlot(slots, hashOf(key), place);
  if (!Number.isNaN(number)) putSlot(slots, hashOf(number), place);
}

/** Where those are that are in, in the order in which they are listed. */
function placesOfMembers<Value>(entries: Member<Value>[], table: Table) {
  const places = allocate<number>(sizeOf(entries, table));
  let turn = 0;
  let place = -1;
  let wholeCount = 0;
  for (let at = 0; at < places.length; at++) {
    place = placeAfter(entries, table, place, turn);
    turn = entries[place]!.turn;
    setElementAt(places, at, place);
    if (isWholeKey(entries[place]!.number)) wholeCount++;
  }
  if (wholeCount === 0) return places;
  const listed = allocate<number>(places.length);
  let wholes = 0;
  let others = wholeCount;
  for (let at = 0; at < places.length; at++) {
    if (isWholeKey(entries[places[at]!]!.number)) {
      setElementAt(listed, wholes, places[at]!);
      wholes++;
    } else {
      setElementAt(listed, others, places[at]!);
      others++;
    }
  }
  // Shell's sort: mostly there is little to do.
  for (let gap = wholeCount; gap > 1; ) {
    gap = gap > 4 ? Math.floor(gap / 2.25) : 1;
    for (let at = gap; at < wholeCount; at++) {
      const moved = listed[at]!;
      const number = entries[moved]!.number;
      let to = at;
      while (to >= gap && entries[listed[to - gap]!]!.number > number) {
        setElementAt(listed, to, listed[to - gap]!);
        to -= gap;
      }
      setElementAt(listed, to, moved);
    }
  }
  return listed;
}

/** `{}` that is given members by keys which are known only when the program runs. */
export function newDictionary<Value>() {
  requireTopLevel();
  const entries: Member<Value>[] = [];
  const table = newTable();
  /** The generation whose frames were the last to change which members are in, plus 1; 0: no frame has. */
  let changedIn = 0;
  const ready = () => {
    if (changedIn === 0 || changedIn === generation() + 1) return;
    changedIn = generation() + 1;
    if (table.slots.length > 0) countAll(entries, table);
  };
  const changed = () => {
    if (isPlaying()) changedIn = generation() + 1;
  };
  return {
    'is dictionary': true,
    has: (key: unknown) => {
      const place = placeOfMember(entries, table.slots, key);
      return place >= 0 && entries[place]!.isIn;
    },
    get: (key: unknown) => {
      const place = placeOfMember(entries, table.slots, key);
      return place < 0 || !entries[place]!.isIn ? undefined : entries[place]!.value;
    },
    set: (key: unknown, value: Value) => {
      const place = placeOfMember(entries, table.slots, key);
      if (place >= 0 && entries[place]!.isIn) entries[place]!.value = value;
      else {
        ready();
        const turn = lastTurn(entries, table);
        // One that was taken out is put back.
        if (place >= 0) {
          entries[place]!.value = value;
          entries[place]!.turn = turn + 1;
          entries[place]!.isIn = true;
          noteComing(table, place, turn + 1);
          changed();
        } else if (isPlaying()) requireKey(false);
        else {
          const text = textFrom(key);
          append(entries, { key: text, value, isIn: true, turn, number: numberOfKey(key, text) });
          if (isTooSmall(entries.length, table)) {
            growTable(entries, table, 2);
            for (let at = 0; at < entries.length; at++) putMember(entries, table.slots, at);
          } else if (table.slots.length > 0) {
            putMember(entries, table.slots, entries.length - 1);
            noteComing(table, entries.length - 1, turn);
          }
        }
      }
      return value;
    },
    delete: (key: unknown) => {
      const place = placeOfMember(entries, table.slots, key);
      if (place >= 0 && entries[place]!.isIn) {
        ready();
        entries[place]!.isIn = false;
        noteGone(table, place);
        changed();
      }
      return true;
    },
    keys: () => {
      ready();
      const places = placesOfMembers(entries, table);
      const keys = allocate<string>(places.length);
      for (let at = 0; at < places.length; at++) setElementAt(keys, at, entries[places[at]!]!.key);
      return keys;
    },
    values: () => {
      ready();
      const places = placesOfMembers(entries, table);
      const values = allocate<Value>(places.length);
      for (let at = 0; at < places.length; at++) setElementAt(values, at, entries[places[at]!]!.value);
      return values;
    },
    entries: () => {
      ready();
      const places = placesOfMembers(entries, table);
      const pairs = allocate<[string, Value]>(places.length);
      for (let at = 0; at < places.length; at++) {
        setElementAt(pairs, at, [entries[places[at]!]!.key, entries[places[at]!]!.value]);
      }
      return pairs;
    },
  };
}

/** `Object.fromEntries(list)`, and `Object.assign` of pairs. */
export function fillDictionary<Key, Value>(
  dictionary: { readonly set: (key: Key, value: Value) => unknown },
  list: readonly (readonly [Key, Value])[],
): void {
  for (let at = 0; at < list.length; at++) dictionary.set(list[at]![0], list[at]![1]);
}
