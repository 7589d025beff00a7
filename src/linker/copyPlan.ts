/**
 * Which bytes of the live arena go where in the new one. In: two arenas as their top levels left them. Out: what is kept,
 * in offsets of both images, and the plan of copies made of it for the places at which the arenas and their data lie.
 *
 * State is kept where path and type agree and the text still begins it with the same value.
 */

import { LOWEST_CHARACTER } from '../compiler/memoryLayout.ts';
import { HEADER, NULL_GUARD_BYTES } from '../protocol/arena.ts';
import { type CopyPlan, NO_POINTER, POINTER_WORDS, RING, RING_FLAGS, RING_WORDS } from '../protocol/generation.ts';
import { sameBytes, sameCell } from './bytes.ts';
import { CARRY_LIMITS, type CarryLimits } from './limits.ts';
import { matchStates, type Side } from './match.ts';
import { OffsetMap } from './offsetMap.ts';
import type { ArrayPair } from './pairings.ts';
import { type IndexFit, planRings, type RingTurn, ringWords } from './rings.ts';
import type { ArenaState } from './state.ts';
import { namesBetween, namesWithout, type StateNames } from './stateReport.ts';

export const EMPTY_PLAN: CopyPlan = {
  ahead: new Int32Array(0),
  copies: new Int32Array(0),
  pointers: new Int32Array(0),
  objects: new Int32Array(0),
  rings: new Int32Array(0),
  fits: new Int32Array(0),
};

/** Data of a large array that begins alike in both arenas, so that the new one may use it where the old one has it. */
export interface Adoptable {
  readonly oldData: number;
  readonly newData: number;
  /** What both have, and all that the new one has. */
  readonly sizeBytes: number;
  readonly newBytes: number;
  /** Whether frames write it, or did: then only one generation at a time may run on it. */
  readonly isState: boolean;
}

/** What is kept from one arena to another, wherever they lie. */
export interface Carryover {
  /** Triples (from, to, sizeBytes). */
  readonly copies: readonly number[];
  readonly unchanged: readonly number[];
  readonly pointers: readonly number[];
  readonly objects: OffsetMap;
  /** Its data is also among the copies if it is state. */
  readonly adoptable: readonly Adoptable[];
  /** Delay lines that get another length. They are among nothing else. */
  readonly rings: readonly RingTurn[];
  /** Indices that may be beyond their arrays. */
  readonly fits: readonly IndexFit[];
  /** Nothing was looked for by what it is: names and images said all. */
  readonly isByNames: boolean;
  /** For people; takes a while. */
  readonly names: () => StateNames;
}

/** `lost`: what there was where nothing is to go over. */
export function planCarryover(
  old: Side | null,
  next: Side,
  limits: CarryLimits = CARRY_LIMITS,
  lost: ArenaState | null = null,
): Carryover {
  if (!old) {
    const names = () => namesWithout(next.state, lost);
    const nothing = { copies: [], unchanged: [], pointers: [], objects: new OffsetMap(), adoptable: [] };
    return { ...nothing, rings: [], fits: [], isByNames: false, names };
  }
  const match = matchStates(old, next, limits);
  const copies = [HEADER.RANDOM_STATE, HEADER.RANDOM_STATE, 8];
  for (const word of match.copies) copies.push(word);
  const adoptable: Adoptable[] = [];
  const { kept } = match;
  const { turns, fits } = planRings(old.state, next.state, match);
  for (const pair of match.arrays) {
    if (turns.has(pair)) kept.set(pair.newArray, 1);
    else if (copyElements(old.state, next.state, pair, limits, copies, adoptable)) kept.set(pair.newArray, 1);
  }
  const reasons = new Map(match.reasons);
  for (const { newArray, isState } of match.arrays) {
    if (isState && kept.get(newArray) === 0 && !reasons.has(newArray)) reasons.set(newArray, 'edited');
  }
  const names = () => namesBetween(old, next, { ...match, reasons });
  const { unchanged, pointers, objects } = match;
  const rings = [...turns.values()];
  return { copies, unchanged, pointers, objects, adoptable, rings, fits, isByNames: match.isByNames, names };
}

/**
 * Where there would be more copies than this, an array that was edited here and there is reset as a whole: all copies are made
 * between two frames.
 */
const MAX_COPIES = 2 ** 17;

/** Larger arrays that nobody writes are as the text says. */
const MAX_DRAWN_BYTES = 2 ** 16;

/** The elements that both have are kept, but for those whose first value was edited. Returns whether any does. */
function copyElements(
  old: ArenaState,
  next: ArenaState,
  pair: ArrayPair,
  { regionBytes }: CarryLimits,
  copies: number[],
  adoptable: Adoptable[],
): boolean {
  const { oldData, newData, oldCount, newCount, elementBytes, isState } = pair;
  const sizeBytes = Math.min(oldCount, newCount) * elementBytes;
  const newBytes = newCount * elementBytes;
  const isLarge = sizeBytes >= regionBytes && (isState || oldCount === newCount);
  if (!isState && !isLarge && sizeBytes > MAX_DRAWN_BYTES) return false;
  if (sameBytes(old.image, oldData, next.image, newData, sizeBytes)) {
    if (isLarge) adoptable.push({ oldData, newData, sizeBytes, newBytes, isState });
    if (isState && sizeBytes > 0) copies.push(oldData, newData, sizeBytes);
    return isState;
  }
  if (oldCount === newCount && pair.isDrawn()) {
    copies.push(oldData, newData, sizeBytes);
    return true;
  }
  if (!isState) return false;
  let any = false;
  let start = -1;
  const known = copies.length;
  for (let at = 0; at <= sizeBytes; at += elementBytes) {
    const goesOn = at < sizeBytes && sameElement(old, oldData + at, next, newData + at, elementBytes);
    if (goesOn && start < 0) start = at;
    if (goesOn || start < 0) continue;
    copies.push(oldData + start, newData + start, at - start);
    start = -1;
    any = true;
    if (copies.length <= 3 * MAX_COPIES) continue;
    copies.length = known;
    return false;
  }
  return any;
}

function sameElement(a: ArenaState, aStart: number, b: ArenaState, bStart: number, bytes: number): boolean {
  if (bytes >= 4) return sameCell(a.words, aStart, b.words, bStart, bytes);
  for (let n = 0; n < bytes; n++) if (a.image[aStart + n] !== b.image[bStart + n]) return false;
  return true;
}

/** Where a byte of an image lies, as an offset from the arena's base: elsewhere for data that was taken over. */
export type Locate = (offset: number) => number;

/** The plan for arenas of which the data lies there. Copies of what is in place already are left out. */
export function toPlan(carried: Carryover, from: Locate, to: Locate, baseDistance: number): CopyPlan {
  const pointers = new Int32Array((carried.pointers.length / 2) * POINTER_WORDS).fill(NO_POINTER);
  for (let n = 0; 2 * n < carried.pointers.length; n++) {
    pointers[n * POINTER_WORDS] = from(carried.pointers[2 * n]!);
    pointers[n * POINTER_WORDS + 1] = to(carried.pointers[2 * n + 1]!);
  }
  return {
    ahead: new Int32Array(0),
    copies: joined(carried, from, to, baseDistance),
    pointers,
    objects: pointers.length > 0 ? objectMap(carried.objects) : new Int32Array(0),
    rings: Int32Array.from(carried.rings.flatMap((turn) => ringWords(turn, from, to))),
    fits: Int32Array.from(carried.fits.flatMap(({ offset, length, oldLength }) => [offset, length, oldLength])),
  };
}

/**
 * Where more has to be copied than a block has time for, what is large goes ahead: at the commit it is copied once more,
 * as nothing tells what was written since, but into memory that the machine has at hand by then.
 */
export function withAhead(plan: CopyPlan, { copyBudgetBytes, regionBytes }: CarryLimits): CopyPlan {
  if (costOf(plan) <= copyBudgetBytes) return plan;
  const { copies } = plan;
  const ahead: number[] = [];
  for (let n = 0; n < copies.length; n += 3) {
    if (copies[n + 2]! >= regionBytes) ahead.push(copies[n]!, copies[n + 1]!, copies[n + 2]!);
  }
  const rings = plan.rings.slice();
  for (let at = 0; at < rings.length; at += RING_WORDS) {
    if (ringCost(rings, at) >= regionBytes) rings[at + RING.IS_AHEAD] = 1;
  }
  return { ...plan, ahead: Int32Array.from(ahead), rings };
}

/** What is copied at the commit, or ahead of it. */
export function bytesOf({ copies, rings }: CopyPlan): number {
  let bytes = 0;
  for (let n = 2; n < copies.length; n += 3) bytes += copies[n]!;
  for (let at = 0; at < rings.length; at += RING_WORDS) {
    bytes += rings[at + RING.NEW_LENGTH]! * rings[at + RING.ELEMENT_BYTES]!;
  }
  return bytes;
}

/** How long it takes, in bytes that are copied. */
function costOf({ copies, rings }: CopyPlan): number {
  let bytes = 0;
  for (let n = 2; n < copies.length; n += 3) bytes += copies[n]!;
  for (let at = 0; at < rings.length; at += RING_WORDS) bytes += ringCost(rings, at);
  return bytes;
}

/** An element that is mirrored takes as long as so many bytes that are copied. */
const MIRRORED_BYTES = 16;

function ringCost(rings: Int32Array, at: number): number {
  const [oldLength, newLength] = [rings[at + RING.OLD_LENGTH]!, rings[at + RING.NEW_LENGTH]!];
  const flags = rings[at + RING.FLAGS]!;
  const isTurnedOver = ((flags & RING_FLAGS.OLD_RUNS_DOWN) === 0) !== ((flags & RING_FLAGS.NEW_RUNS_DOWN) === 0);
  const perElement = isTurnedOver ? MIRRORED_BYTES : rings[at + RING.ELEMENT_BYTES]!;
  const copiedBytes = Math.min(oldLength, newLength) * perElement;
  return copiedBytes + Math.max(0, newLength - oldLength) * MIRRORED_BYTES;
}

/** From here on a position no longer fits into one number with an offset. */
const MAX_TRIPLES = 2 ** 22;
const OFFSET_BIAS = 2 ** 30;

/**
 * All copies by where they go, joined where they continue one another. What is unchanged fills gaps, so that a hundred
 * thousand closures in a row are few copies. `baseDistance`: from the old base to the new one.
 */
function joined(
  { copies, unchanged }: Carryover,
  from: Locate,
  to: Locate,
  baseDistance: number,
): Int32Array<ArrayBuffer> {
  const withNeutral = copies.length > MAX_SINGLE_COPIES * 3 && copies.length + unchanged.length < MAX_TRIPLES * 3;
  const count = (copies.length + (withNeutral ? unchanged.length : 0)) / 3;
  if (count > MAX_TRIPLES) return Int32Array.from(copies, (offset, n) => [from, to, same][n % 3]!(offset));
  const at = (n: number, part: number): number =>
    3 * n < copies.length ? copies[3 * n + part]! : unchanged[3 * n + part - copies.length]!;
  const order = new Float64Array(count);
  for (let n = 0; n < count; n++) order[n] = (to(at(n, 1)) + OFFSET_BIAS) * MAX_TRIPLES + n;
  order.sort();
  const runs = new Runs();
  for (const packed of order) {
    const n = packed % MAX_TRIPLES;
    const [source, target] = [from(at(n, 0)), to(at(n, 1))];
    if (source !== target + baseDistance) runs.add(source, target, at(n, 2), 3 * n < copies.length);
  }
  return runs.finish();
}

const same: Locate = (value) => value;

/** Copies in the order of where they go. */
class Runs {
  private readonly triples: number[] = [];
  private distance = 0;
  private end = Number.NEGATIVE_INFINITY;
  /** The part of the run at hand that has to be copied, if any. Targets in adopted data may lie below the base. */
  private state: { readonly start: number; end: number } | null = null;

  add(source: number, target: number, sizeBytes: number, isState: boolean): void {
    const end = target + sizeBytes;
    let start = target;
    if (source - target !== this.distance || target > this.end) {
      // Two arrays that share their elements, and no longer lie as they did: what was there first stays.
      start = Math.max(start, this.end);
      if (start >= end) return;
      this.flush();
      this.distance = source - target;
    }
    this.end = Math.max(this.end, end);
    if (!isState) return;
    if (this.state === null) this.state = { start, end };
    else this.state.end = Math.max(this.state.end, end);
  }

  private flush(): void {
    const { state } = this;
    if (state !== null) this.triples.push(state.start + this.distance, state.start, state.end - state.start);
    this.state = null;
  }

  finish(): Int32Array<ArrayBuffer> {
    this.flush();
    return Int32Array.from(this.triples);
  }
}

/** Fewer copies are not worth the work of joining them with what lies between. */
const MAX_SINGLE_COPIES = 256;

/** Where every object that both have was and is: triples (oldStart, oldEnd, newStart), by oldStart. */
function objectMap(objects: OffsetMap): Int32Array<ArrayBuffer> {
  // Characters, `undefined` and `null` are the same everywhere.
  const triples = [LOWEST_CHARACTER, 0, LOWEST_CHARACTER, 0, NULL_GUARD_BYTES, 0];
  objects.forEach((start, moved) => {
    triples.push(start, start + 4, moved);
  });
  return Int32Array.from(triples);
}
