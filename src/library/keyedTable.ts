/**
 * How entries of a `Map`, a `Set` or a dictionary are found by key and walked through in the order in which they came, in the patch
 * language. A few are searched one by one. More have a table: slots that lead from the hash of a key to the place of its entry (open
 * addressing, half empty), and the places of all entries in their order. An entry whose key is taken out stays in both, until its place
 * serves another key. So each look-up and each step of a walk takes a few steps, however many keys there are.
 *
 * A table only says again what the entries say. An edit carries entries and no tables: one that frames had changed is made again, from
 * the entries, when it is next used (`findAll`).
 */

import { elementAt, hashOf, setElementAt } from './intrinsics.ts';

export interface Entry<Key, Value> {
  key: Key;
  value: Value;
  isIn: boolean;
  /** Higher than those before it where its place is not behind theirs; else as high as theirs, so that equal keys are equal entries. */
  turn: number;
}

export interface Table {
  /** Hash and place + 1, in turn; as many pairs as a power of two. Without any, entries are searched one by one. */
  slots: Int32Array;
  /** Places in the order of turns, and those turns. Where an entry has come again since, it is dead. */
  order: Int32Array;
  turns: Float64Array;
  /** Where each place is in `order`. */
  positions: Int32Array;
  /** For each place: 0, or 2 + the place of the next entry that may be free; 1 at the last one. */
  links: Int32Array;
  firstFree: number;
  /** Elements of `order`, or `OUTDATED`. */
  listed: number;
  /** How many keys are in. */
  count: number;
  /** How many places are in the table. Frames seem to write it, so that no loop over all of them is written out turn by turn. */
  known: number;
}

/** So many entries are searched one by one. */
const MOST_SEARCHED = 8;
/** The order is to be made again before anybody asks for it. */
const OUTDATED = -1;

export function newTable(): Table {
  return {
    slots: new Int32Array(0),
    order: new Int32Array(0),
    turns: new Float64Array(0),
    positions: new Int32Array(0),
    links: new Int32Array(0),
    firstFree: -1,
    listed: 0,
    count: 0,
    known: 0,
  };
}

/** Equal as keys: NaN is the same as itself. */
export const isSame = (a: unknown, b: unknown): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));

/** A key that is -0 is kept as 0, as in JavaScript. */
export function dropSign<Key, Value>(entries: Entry<Key, Value>[], place: number, key: Key): void {
  if (typeof key === 'number' && key === 0) entries[place]!.key = 0 as Key;
}

/** Where the entry of a key is, whether that is in or was taken out; -1: nowhere. */
export function placeOf<Key, Value>(entries: Entry<Key, Value>[], slots: Int32Array, key: Key): number {
  if (slots.length === 0) {
    let gone = -1;
    for (let at = 0; at < entries.length; at++) {
      if (!isSame(entries[at]!.key, key)) continue;
      if (entries[at]!.isIn) return at;
      gone = at;
    }
    return gone;
  }
  const hash = hashOf(key);
  let at = firstSlot(slots, hash);
  while (at >= 0) {
    const place = slotPlace(slots, at);
    if (place < entries.length && isSame(entries[place]!.key, key)) return place;
    at = nextSlot(slots, hash, at + 2);
  }
  return -1;
}

/** The first slot with a hash; -1: none. */
export function firstSlot(slots: Int32Array, hash: number): number {
  return nextSlot(slots, hash, (2 * hash) & (slots.length - 2));
}

/** The same from a slot on. What is read is masked each time: so it is seen that it lies in the slots. */
export function nextSlot(slots: Int32Array, hash: number, from: number): number {
  const mask = slots.length - 2;
  let at = from & mask;
  while (elementAt(slots, (at & mask) + 1) !== 0) {
    if (elementAt(slots, at & mask) === hash) return at;
    at = (at + 2) & mask;
  }
  return -1;
}

/** The place to which a slot leads. */
export const slotPlace = (slots: Int32Array, at: number): number => elementAt(slots, (at & (slots.length - 2)) + 1) - 1;

export function putSlot(slots: Int32Array, hash: number, place: number): void {
  const mask = slots.length - 2;
  let at = (2 * hash) & mask;
  while (elementAt(slots, (at & mask) + 1) !== 0) at = (at + 2) & mask;
  setElementAt(slots, at & mask, hash);
  setElementAt(slots, (at & mask) + 1, place + 1);
}

/** Empties the slot of an entry, and moves those behind it that would not be found any more. */
function dropSlot(slots: Int32Array, hash: number, place: number): void {
  let hole = firstSlot(slots, hash);
  while (hole >= 0 && slotPlace(slots, hole) !== place) hole = nextSlot(slots, hash, hole + 2);
  if (hole < 0) return;
  const mask = slots.length - 2;
  let at = (hole + 2) & mask;
  while (elementAt(slots, (at & mask) + 1) !== 0) {
    const isPast = ((at - 2 * elementAt(slots, at & mask)) & mask) >= ((at - hole) & mask);
    if (isPast) {
      setElementAt(slots, hole & mask, elementAt(slots, at & mask));
      setElementAt(slots, (hole & mask) + 1, elementAt(slots, (at & mask) + 1));
      hole = at;
    }
    at = (at + 2) & mask;
  }
  setElementAt(slots, (hole & mask) + 1, 0);
}

/** The place of an entry becomes that of another key. The entry itself is left to the caller. */
export function replaceKey<Key, Value>(entries: Entry<Key, Value>[], table: Table, place: number, key: Key): void {
  if (table.slots.length === 0) return;
  dropSlot(table.slots, hashOf(entries[place]!.key), place);
  putSlot(table.slots, hashOf(key), place);
}

/** A place whose key was taken out; -1: none. */
export function freePlace<Key, Value>(entries: Entry<Key, Value>[], table: Table): number {
  if (table.slots.length === 0) {
    for (let at = 0; at < entries.length; at++) if (!entries[at]!.isIn) return at;
    return -1;
  }
  while (table.firstFree >= 0) {
    const place = table.firstFree;
    if (place < entries.length && !entries[place]!.isIn) return place;
    table.firstFree = table.links[place]! - 2;
    table.links[place] = 0;
  }
  return -1;
}

/** A key was taken out. */
export function noteGone(table: Table, place: number): void {
  if (table.slots.length === 0) return;
  table.count--;
  if (place >= table.known) table.known = place + 1;
  if (table.links[place]! !== 0) return;
  table.links[place] = table.firstFree + 2;
  table.firstFree = place;
}

/** A key came, or came again, at a turn that is at least the last one. */
export function noteComing(table: Table, place: number, turn: number): void {
  if (table.slots.length === 0) return;
  if (table.listed === table.order.length) dropDead(table);
  table.order[table.listed] = place;
  table.turns[table.listed] = turn;
  table.positions[place] = table.listed;
  table.listed++;
  table.count++;
  if (place >= table.known) table.known = place + 1;
}

function dropDead(table: Table): void {
  const { order, turns, positions, listed } = table;
  let to = 0;
  for (let at = 0; at < listed; at++) {
    const place = order[at]!;
    if (positions[place]! !== at) continue;
    order[to] = place;
    turns[to] = turns[at]!;
    positions[place] = to;
    to++;
  }
  table.listed = to;
}

/** The latest turn of all entries, removed ones included, so that who comes back during a walk comes after all that the walk has been to. */
export function lastTurn<Key, Value>(entries: Entry<Key, Value>[], table: Table): number {
  if (table.listed === OUTDATED) listAll(entries, table);
  if (table.slots.length > 0) return table.listed > 0 ? table.turns[table.listed - 1]! : 0;
  let last = 0;
  for (let at = 0; at < entries.length; at++) if (entries[at]!.turn > last) last = entries[at]!.turn;
  return last;
}

export function sizeOf<Key, Value>(entries: Entry<Key, Value>[], table: Table): number {
  if (table.slots.length > 0) return table.count;
  let size = 0;
  for (let at = 0; at < entries.length; at++) if (entries[at]!.isIn) size++;
  return size;
}

/** Where a walk goes from a place, whose entry may have changed since: to the next one in the order in which they came; -1: it ends. */
export function placeAfter<Key, Value>(
  entries: Entry<Key, Value>[],
  table: Table,
  place: number,
  turn: number,
): number {
  if (table.slots.length > 0) {
    if (table.listed === OUTDATED) listAll(entries, table);
    for (let at = positionAfter(entries, table, place, turn); at < table.listed; at++) {
      const next = table.order[at]!;
      if (table.positions[next]! === at && next < entries.length && entries[next]!.isIn) return next;
    }
    return -1;
  }
  for (let at = place + 1; at < entries.length; at++) if (entries[at]!.isIn && entries[at]!.turn === turn) return at;
  let next = -1;
  for (let at = 0; at < entries.length; at++) {
    if (!entries[at]!.isIn || entries[at]!.turn <= turn) continue;
    if (next < 0 || entries[at]!.turn < entries[next]!.turn) next = at;
  }
  return next;
}

/** Where in the order those begin that come after an entry, which may have got another key meanwhile. */
function positionAfter<Key, Value>(entries: Entry<Key, Value>[], table: Table, place: number, turn: number): number {
  if (place < 0) return 0;
  if (place < entries.length && entries[place]!.turn === turn) return table.positions[place]! + 1;
  let low = 0;
  let high = table.listed;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const isBefore = table.turns[middle]! < turn || (table.turns[middle]! === turn && table.order[middle]! <= place);
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Room for more entries than there are, without slots for any. At the top level only. `slotsEach`: a power of two. */
export function growTable<Key, Value>(entries: Entry<Key, Value>[], table: Table, slotsEach: number): void {
  let room = 2 * MOST_SEARCHED;
  while (room < entries.length) room *= 2;
  table.slots = new Int32Array(4 * slotsEach * room);
  table.order = new Int32Array(2 * room);
  table.turns = new Float64Array(2 * room);
  table.positions = new Int32Array(room);
  table.links = new Int32Array(room);
  table.known = entries.length;
  countAll(entries, table);
}

/** Whether a table has no room for all entries, or there is none although they are not few. */
export const isTooSmall = (length: number, table: Table): boolean =>
  length > MOST_SEARCHED && length > table.positions.length;

/** The last entry is a new one. */
export function putKey<Key, Value>(entries: Entry<Key, Value>[], table: Table, turn: number): void {
  if (table.slots.length === 0) return;
  const place = entries.length - 1;
  putSlot(table.slots, hashOf(entries[place]!.key), place);
  noteComing(table, place, turn);
}

/** All but the order, from the entries. Where an edit has brought a key twice, the first one that is in is found. */
export function findAll<Key, Value>(entries: Entry<Key, Value>[], table: Table): void {
  const { slots } = table;
  const end = table.known > 0 ? slots.length : 0;
  for (let at = 1; at < end; at += 2) setElementAt(slots, at, 0);
  for (let round = 0; round < 2; round++) {
    for (let place = 0; place < table.known && place < entries.length; place++) {
      const { key, isIn } = entries[place]!;
      if (isIn === (round === 0)) putSlot(slots, hashOf(key), place);
    }
  }
  countAll(entries, table);
}

/** What does not depend on keys, from the entries, but for the order. */
export function countAll<Key, Value>(entries: Entry<Key, Value>[], table: Table): void {
  const { links } = table;
  table.count = 0;
  table.firstFree = -1;
  table.listed = OUTDATED;
  for (let place = 0; place < table.known && place < entries.length; place++) {
    links[place] = 0;
    if (entries[place]!.isIn) table.count++;
    else {
      links[place] = table.firstFree + 2;
      table.firstFree = place;
    }
  }
}

/** The order, by turns and places. Shell's sort: mostly there is little to do. */
function listAll<Key, Value>(entries: Entry<Key, Value>[], table: Table): void {
  const { order, turns, positions } = table;
  const length = Math.min(entries.length, table.known);
  table.listed = length;
  for (let place = 0; place < length; place++) {
    order[place] = place;
    turns[place] = entries[place]!.turn;
  }
  for (let gap = length; gap > 1; ) {
    gap = gap > 4 ? Math.floor(gap / 2.25) : 1;
    for (let at = gap; at < length; at++) {
      const place = order[at]!;
      const turn = turns[at]!;
      let to = at;
      while (to >= gap) {
        const before = turns[to - gap]!;
        if (before < turn || (before === turn && order[to - gap]! < place)) break;
        order[to] = order[to - gap]!;
        turns[to] = before;
        to -= gap;
      }
      order[to] = place;
      turns[to] = turn;
    }
  }
  for (let at = 0; at < length; at++) positions[order[at]!] = at;
}
