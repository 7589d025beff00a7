/**
 * Objects whose members the program names while it runs, in the patch language: they grow at the top level, and are read and
 * changed in place while the patch plays. Members are in JavaScript's order: whole numbers first, ascending, then as they came.
 * Each is an object, so that an edit that puts others between them knows it again by what is in it.
 */

import { allocate, append, isPlaying, requireKey, requireTopLevel, setElementAt } from './intrinsics.ts';
import { textFrom } from './textMaking.ts';

interface Member<Value> {
  key: string;
  /** The number that the key is written as; NaN if it is none. */
  number: number;
  value: Value;
}

/** Where a member is between two places; -1: nowhere. Numbers are compared as such, without making a text. */
function placeOfMember<Value, Key>(members: Member<Value>[], from: number, to: number, key: Key): number {
  if (typeof key === 'number' && !Number.isNaN(key)) {
    for (let at = from; at < to && at < members.length; at++) {
      if (members[at]!.number === (key as unknown as number)) return at;
    }
    return -1;
  }
  if (typeof key === 'string') {
    for (let at = from; at < to && at < members.length; at++) {
      if (members[at]!.key === (key as unknown as string)) return at;
    }
    return -1;
  }
  return placeOfMember(members, from, to, textFrom(key));
}

const numberOfKey = (key: string): number => (textFrom(Number(key)) === key ? Number(key) : 0 / 0);

const isWholeKey = (number: number): boolean => number >= 0 && number < 4294967295 && Math.floor(number) === number;

/** Whether one whose key is this number stands in front of one whose key is that. */
const isBefore = (number: number, other: number): boolean =>
  isWholeKey(number) && (!isWholeKey(other) || number < other);

/** Moves a member to its place among those in front of it. */
function putInOrder<Value>(members: Member<Value>[], place: number): void {
  const moved = members[place]!;
  let at = place;
  while (at > 0 && isBefore(moved.number, members[at - 1]!.number)) {
    members[at] = members[at - 1]!;
    at--;
  }
  members[at] = moved;
}

/** `{}` that is given members by keys which are known only when the program runs. */
export function newDictionary<Value>() {
  requireTopLevel();
  const members: Member<Value>[] = [];
  let count = 0;
  return {
    'is dictionary': true,
    has: (key: unknown) => placeOfMember(members, 0, count, key) >= 0,
    get: (key: unknown) => {
      const place = placeOfMember(members, 0, count, key);
      return place < 0 ? undefined : members[place]!.value;
    },
    set: (key: unknown, value: Value) => {
      const place = placeOfMember(members, 0, count, key);
      if (place >= 0) members[place]!.value = value;
      else {
        // One that was taken out is put back.
        const gone = placeOfMember(members, count, members.length, key);
        if (gone >= 0) {
          const member = members[gone]!;
          members[gone] = members[count]!;
          members[count] = member;
          member.value = value;
        } else if (isPlaying()) requireKey(false);
        else {
          const text = textFrom(key);
          append(members, { key: text, number: numberOfKey(text), value });
          const last = members.length - 1;
          const member = members[last]!;
          members[last] = members[count]!;
          members[count] = member;
        }
        putInOrder(members, count);
        count++;
      }
      return value;
    },
    delete: (key: unknown) => {
      const place = placeOfMember(members, 0, count, key);
      if (place >= 0) {
        const gone = members[place]!;
        for (let at = place + 1; at < count && at < members.length; at++) members[at - 1] = members[at]!;
        count--;
        members[count] = gone;
      }
      return true;
    },
    keys: () => {
      const length = Math.min(count, members.length);
      const keys = allocate<string>(length);
      for (let at = 0; at < length; at++) setElementAt(keys, at, members[at]!.key);
      return keys;
    },
    values: () => {
      const length = Math.min(count, members.length);
      const values = allocate<Value>(length);
      for (let at = 0; at < length; at++) setElementAt(values, at, members[at]!.value);
      return values;
    },
    entries: () => {
      const length = Math.min(count, members.length);
      const pairs = allocate<[string, Value]>(length);
      for (let at = 0; at < length; at++) setElementAt(pairs, at, [members[at]!.key, members[at]!.value]);
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
