/**
 * Functions that are called at their exact frame: `after`, `at`, `every`, `cancel`, `now`. Patch language.
 *
 * What waits is in slots, whose numbers are in a heap by due time. All of it is state like any other, so it is copied, kept
 * and undone with the arena. What the top level asks for is listed beside that (`listed…`), in the arena as the top level
 * leaves it: in the first frame of each generation, `adopt` compares that list with the one that what waits came from (`known…`).
 * The compiler calls `runEvents` in every frame before the default export, and gives every call in the text a number for
 * its place.
 */

import { elementAt, generation, isPlaying, setElementAt } from '../../intrinsics.ts';

type Callback = (time: number, value: number) => void;

/** Events that may wait. */
const MAX_EVENTS = 1024;
/** A part of a frame by which rounding may put a due time behind the frame that it is. */
const SLACK = 1e-6;
const AFTER = 0;
const AT = 1;
const EVERY = 2;
/** The site of what the default export registers. */
const NO_SITE = -1;
const NO_TIME = -1;

const nothing: Callback = () => {};

// What waits, by slot.
const dues = new Float64Array(MAX_EVENTS);
/** `every`: when its count was 0, in seconds. */
const bases = new Float64Array(MAX_EVENTS);
/** `every`: seconds; 0 for what runs once. */
const intervals = new Float64Array(MAX_EVENTS);
const counts = new Float64Array(MAX_EVENTS);
const values = new Float64Array(MAX_EVENTS);
const ids = new Float64Array(MAX_EVENTS);
/** In which order they were registered. */
const orders = new Float64Array(MAX_EVENTS);
/** The call at the top level that its chain began with, as a place in the list of these. */
const sites = new Int32Array(MAX_EVENTS);
/** 1: what that call itself registered. Its function is that of the call, as it is now. */
const isFirst = new Uint8Array(MAX_EVENTS);
const events: Callback[] = Array.from({ length: MAX_EVENTS }, () => nothing);
/** Slots by due time, as a binary heap: `waiting` of them. */
const heap = new Int32Array(MAX_EVENTS);
/** Slots that are free, from `waiting` on. */
const free = new Int32Array(MAX_EVENTS).map((_, slot) => slot);
let waiting = 0;
let nextId = MAX_EVENTS + 1;
let nextOrder = 1;
/** The due time of the event that runs, and where its chain began. */
let eventTime = NO_TIME;
let eventSite = NO_SITE;

// What the top level asks for, in the order in which it does; and the numbers of these in an order of their own.
const listedPlaces = new Float64Array(MAX_EVENTS);
const listedSeconds = new Float64Array(MAX_EVENTS);
const listedValues = new Float64Array(MAX_EVENTS);
const listedEvents: Callback[] = Array.from({ length: MAX_EVENTS }, () => nothing);
const sorted = new Int32Array(MAX_EVENTS);
let listedCount = 0;
let sortedCount = 0;

// The list that what waits came from, in that order.
const knownPlaces = new Float64Array(MAX_EVENTS);
const knownSeconds = new Float64Array(MAX_EVENTS);
const knownValues = new Float64Array(MAX_EVENTS);
let knownCount = 0;
let knownGeneration = -1;

/** Where sites of the known list are in the new one, and what the new ones were. */
const movedTo = new Int32Array(MAX_EVENTS);
const origin = new Uint8Array(MAX_EVENTS);
const NEW = 0;
const SAME = 1;
const OTHER_INTERVAL = 2;

/** What is no number counts as 0. */
const atLeastZero = (seconds: number): number => (seconds > 0 ? seconds : 0);

/**
 * Calls a function once, some time from now.
 * @param seconds from `now()` on, from 0
 * @param f called with its due time in seconds and `value`, before the default export of that frame; a function of the top
 *   level, or one that was made there
 * @param value a number that it is given
 * @returns a number for `cancel`; −1 if 1024 events wait already
 * Source: Extempore's `callback` (temporal recursion), Tone.js `Transport.scheduleOnce`.
 * @example
 * let level = 0
 * function hit(time, strength) {
 *   level = strength
 *   after(0.25, hit, strength > 0.3 ? strength * 0.7 : 0.8)
 * }
 * after(0, hit, 0.8)
 * export default (t) => {
 *   level *= 0.9995
 *   return level * Math.sin(2 * Math.PI * 220 * t)
 * }
 */
export function after(seconds: number, f: Callback, value = 0, place = 0): number {
  let id = 0;
  if (isPlaying()) id = enqueue(now() + atLeastZero(seconds), f, value, 0, eventSite);
  else id = list(4 * place + AFTER, atLeastZero(seconds), f, value);
  return id;
}

/**
 * Calls a function once, at a time.
 * @param seconds since the sound began; what is past is called at once, and by an edit not at all
 * @param f called with its due time in seconds and `value`, before the default export of that frame
 * @param value a number that it is given
 * @returns a number for `cancel`; −1 if 1024 events wait already
 * Source: Tone.js `Transport.schedule`.
 * @example
 * let hz = 220
 * const play = (time, note) => { hz = note }
 * at(0.2, play, 330)
 * at(0.4, play, 440)
 * export default (t) => 0.3 * Math.sin(2 * Math.PI * hz * t)
 */
export function at(seconds: number, f: Callback, value = 0, place = 0): number {
  let id = 0;
  if (isPlaying()) id = enqueue(atLeastZero(seconds), f, value, 0, eventSite);
  else id = list(4 * place + AT, atLeastZero(seconds), f, value);
  return id;
}

/**
 * Calls a function again and again, from now on, without drift.
 * @param seconds between two calls, at least one frame
 * @param f called with its due time in seconds and how often it was called before
 * @returns a number for `cancel`; −1 if 1024 events wait already
 * Source: Tone.js `Transport.scheduleRepeat`, SuperCollider Routine.
 * @example
 * const notes = [220, 275, 330, 440]
 * let hz = 220
 * every(0.125, (time, count) => { hz = notes[count % 4] })
 * export default (t) => 0.3 * Math.sin(2 * Math.PI * hz * t)
 */
export function every(seconds: number, f: Callback, place = 0): number {
  const interval = Math.max(atLeastZero(seconds), 1 / sampleRate);
  let id = 0;
  if (isPlaying()) id = enqueue(now(), f, 0, interval, eventSite);
  else id = list(4 * place + EVERY, interval, f, 0);
  return id;
}

/**
 * Takes back what `after`, `at` or `every` registered; also from within the function that is called.
 * @param id what one of them returned
 * Source: Tone.js `Transport.clear`.
 * @example
 * let level = 0.5
 * const pulse = every(0.1, () => { level = 0.5 })
 * after(0.35, () => cancel(pulse))
 * export default (t) => {
 *   level *= 0.9998
 *   return level * Math.sin(2 * Math.PI * 330 * t)
 * }
 */
export function cancel(id: number): void {
  if (isPlaying()) {
    for (let position = 0; position < waiting; position++) {
      if (ids[heap[position]] === id) {
        remove(position);
        return;
      }
    }
  } else {
    unlist(id);
  }
}

/**
 * Seconds since the sound began.
 * @returns in an event its due time, which need not be a whole number of frames; else currentFrame/sampleRate
 * Source: ChucK `now`.
 * @example
 * export default () => 0.3 * Math.sin(2 * Math.PI * 220 * now())
 */
export function now(): number {
  return eventTime === NO_TIME ? currentFrame / sampleRate : eventTime;
}

/**
 * Calls what is due. In every frame, before the default export.
 * @internal
 */
export function runEvents(): void {
  eventTime = NO_TIME;
  eventSite = NO_SITE;
  if (knownGeneration !== generation()) adopt();
  while (waiting > 0) {
    const slot = heap[0];
    // With a sign they are numbers for certain, which spares those who get them a look at what they are.
    const due = +dues[slot];
    if (currentFrame < due * sampleRate - SLACK) break;
    const site = +sites[slot];
    const count = +counts[slot];
    const repeats = intervals[slot] > 0;
    const value = repeats ? count : +values[slot];
    const event = isFirst[slot] === 1 ? listedEvents[sorted[site]] : events[slot];
    if (repeats) {
      // Not one interval after another: their errors would add up.
      counts[slot] = count + 1;
      dues[slot] = bases[slot] + (count + 1) * intervals[slot];
      sink(0);
    } else {
      remove(0);
    }
    eventTime = due;
    eventSite = site;
    event(due, value);
    eventTime = NO_TIME;
    eventSite = NO_SITE;
  }
}

// The heap

// Positions in the heap and slots are known to be there.

function isEarlier(slot: number, other: number): boolean {
  const due = elementAt(dues, slot);
  const otherDue = elementAt(dues, other);
  return due === otherDue ? elementAt(orders, slot) < elementAt(orders, other) : due < otherDue;
}

function rise(from: number): void {
  const slot = elementAt(heap, from);
  let position = from;
  while (position > 0) {
    const parent = (position - 1) >> 1;
    const above = elementAt(heap, parent);
    if (!isEarlier(slot, above)) break;
    setElementAt(heap, position, above);
    position = parent;
  }
  setElementAt(heap, position, slot);
}

function sink(from: number): void {
  const slot = elementAt(heap, from);
  let position = from;
  for (let child = 2 * position + 1; child < waiting; child = 2 * position + 1) {
    let first = elementAt(heap, child);
    let place = child;
    if (child + 1 < waiting) {
      const right = elementAt(heap, child + 1);
      if (isEarlier(right, first)) {
        first = right;
        place = child + 1;
      }
    }
    if (!isEarlier(first, slot)) break;
    setElementAt(heap, position, first);
    position = place;
  }
  setElementAt(heap, position, slot);
}

function remove(position: number): void {
  const slot = heap[position];
  waiting -= 1;
  free[waiting] = slot;
  if (position === waiting) return;
  const last = heap[waiting];
  heap[position] = last;
  sink(position);
  if (heap[position] === last) rise(position);
}

/** Gives a slot to an event, without its function; −1 if there is none. */
function take(due: number, value: number, interval: number, site: number, id: number): number {
  if (waiting >= MAX_EVENTS) return -1;
  const slot = free[waiting];
  dues[slot] = due;
  bases[slot] = due;
  intervals[slot] = interval;
  counts[slot] = 0;
  values[slot] = value;
  ids[slot] = id;
  orders[slot] = nextOrder;
  nextOrder += 1;
  sites[slot] = site;
  heap[waiting] = slot;
  waiting += 1;
  rise(waiting - 1);
  return slot;
}

function enqueue(due: number, event: Callback, value: number, interval: number, site: number): number {
  const id = nextId;
  const slot = take(due, value, interval, site, id);
  if (slot < 0) return -1;
  nextId += 1;
  isFirst[slot] = 0;
  events[slot] = event;
  return id;
}

// The list of what the top level asks for

/** Below 0: `a` is in front of `b`. 0: they are the same, as only NaN and NaN are without being equal, and 0 and -0 are not. */
function compared(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return a !== 0 || 1 / a === 1 / b ? 0 : 1 / a;
  if (!Number.isNaN(a)) return -1;
  return Number.isNaN(b) ? 0 : 1;
}

/** Whether one is in front of another, in the order by which lists are compared. */
function isBefore(index: number, other: number): boolean {
  if (listedPlaces[index] !== listedPlaces[other]) return listedPlaces[index] < listedPlaces[other];
  if (listedSeconds[index] !== listedSeconds[other]) return listedSeconds[index] < listedSeconds[other];
  return compared(listedValues[index], listedValues[other]) < 0;
}

function list(place: number, seconds: number, event: Callback, value: number): number {
  if (listedCount >= MAX_EVENTS) return -1;
  const index = listedCount;
  listedCount += 1;
  listedPlaces[index] = place;
  listedSeconds[index] = seconds;
  listedValues[index] = value;
  listedEvents[index] = event;
  let position = sortedCount;
  sortedCount += 1;
  while (position > 0 && isBefore(index, sorted[position - 1])) {
    sorted[position] = sorted[position - 1];
    position -= 1;
  }
  sorted[position] = index;
  return index + 1;
}

/** The top level takes back what it has asked for. */
function unlist(id: number): void {
  let left = 0;
  for (let position = 0; position < sortedCount; position++) {
    sorted[left] = sorted[position];
    if (sorted[position] !== id - 1) left += 1;
  }
  sortedCount = left;
}

// The first frame of a generation

/** Ends what waits from sites that are gone, moves what waits from others, and registers what is new. */
function adopt(): void {
  compareLists();
  keepEvents();
  for (let index = 0; index < listedCount; index++) {
    const site = siteOf(index);
    if (site >= 0 && origin[site] === NEW) register(index, site);
  }
  for (let site = 0; site < sortedCount; site++) {
    knownPlaces[site] = listedPlaces[sorted[site]];
    knownSeconds[site] = listedSeconds[sorted[site]];
    knownValues[site] = listedValues[sorted[site]];
  }
  knownCount = sortedCount;
  knownGeneration = generation();
}

/** Where one of the list is in its order; −1 if it was taken back. */
const siteOf = (index: number): number => places[index];

/** By number in the list. */
const places = new Int32Array(MAX_EVENTS);

/** Below 0: the known one is in front of the new one; 0: they are the same. */
function order(known: number, index: number): number {
  if (knownPlaces[known] !== listedPlaces[index]) return knownPlaces[known] < listedPlaces[index] ? -1 : 1;
  if (knownSeconds[known] !== listedSeconds[index]) return knownSeconds[known] < listedSeconds[index] ? -1 : 1;
  return compared(knownValues[known], listedValues[index]);
}

function compareLists(): void {
  for (let index = 0; index < listedCount; index++) places[index] = -1;
  for (let site = 0; site < sortedCount; site++) {
    origin[site] = NEW;
    places[sorted[site]] = site;
  }
  let known = 0;
  let site = 0;
  while (known < knownCount) {
    const side = site < sortedCount ? order(known, sorted[site]) : -1;
    movedTo[known] = side === 0 ? site : -1;
    if (side === 0) origin[site] = SAME;
    if (side <= 0) known += 1;
    if (side >= 0) site += 1;
  }
  // An `every` at the same place that is left has another interval.
  known = 0;
  site = 0;
  while (known < knownCount && site < sortedCount) {
    const place = listedPlaces[sorted[site]];
    if (movedTo[known] >= 0 || knownPlaces[known] % 4 !== EVERY) known += 1;
    else if (origin[site] !== NEW || place % 4 !== EVERY) site += 1;
    else if (knownPlaces[known] < place) known += 1;
    else if (knownPlaces[known] > place) site += 1;
    else {
      movedTo[known] = site;
      origin[site] = OTHER_INTERVAL;
      known += 1;
      site += 1;
    }
  }
}

function keepEvents(): void {
  const time = currentFrame / sampleRate;
  const count = waiting;
  // The slots that go are put behind the others; then the heap is made again.
  let kept = 0;
  for (let position = 0; position < count; position++) {
    const slot = heap[position];
    const site = sites[slot] < 0 ? NO_SITE : movedTo[sites[slot]];
    if (sites[slot] >= 0 && site < 0) continue;
    heap[position] = heap[kept];
    heap[kept] = slot;
    kept += 1;
    sites[slot] = site;
    if (site < 0 || isFirst[slot] === 0) continue;
    ids[slot] = sorted[site] + 1;
    const interval = listedSeconds[sorted[site]];
    if (origin[site] === OTHER_INTERVAL && intervals[slot] > 0) {
      // The same share of the interval is left.
      dues[slot] = time + ((dues[slot] - time) * interval) / intervals[slot];
      intervals[slot] = interval;
      bases[slot] = dues[slot] - counts[slot] * interval;
    }
  }
  for (let position = kept; position < count; position++) free[position] = heap[position];
  waiting = kept;
  for (let position = (kept >> 1) - 1; position >= 0; position--) sink(position);
}

/** Registers what the top level asks for in place `index` of its list. */
function register(index: number, site: number): void {
  const kind = listedPlaces[index] % 4;
  const seconds = listedSeconds[index];
  const time = currentFrame / sampleRate;
  if (kind === AT && currentFrame - 1 >= seconds * sampleRate - SLACK) return;
  const due = kind === AT ? seconds : kind === EVERY ? time : time + seconds;
  const slot = take(due, listedValues[index], kind === EVERY ? seconds : 0, site, index + 1);
  if (slot >= 0) isFirst[slot] = 1;
}
