/**
 * Which elements of an old array are which of a new one. In: for both, numbers by which elements can be recognised, in
 * several columns, the surest first; a column is asked for when it is needed. Out: for each new element the position of the old one, or -1.
 *
 * What is equal is matched in order (the longest common subsequence, or nearly), then what is equal and was moved; what
 * is left is matched by its position between the neighbours that were recognised, if it may be (`agrees`, the strictest first). Takes time in
 * proportion to the number of elements, but for sorting.
 */

/** Above this many pairs the longest common subsequence is sought between elements that occur once only. */
const MAX_TABLE = 250_000;

export type Column = Float64Array | readonly number[];

export function align(
  oldCount: number,
  newCount: number,
  columns: readonly (() => readonly [old: Column, next: Column])[],
  agrees: readonly ((old: number, next: number) => boolean)[] = [() => true],
): Int32Array {
  const match = new Int32Array(newCount).fill(-1);
  const isTaken = new Uint8Array(oldCount);
  const pair = (old: number, next: number): void => {
    match[next] = old;
    isTaken[old] = 1;
  };
  for (const column of columns) {
    const freeOld = indices(oldCount, (index) => isTaken[index] === 0);
    const freeNew = indices(newCount, (index) => match[index] === -1);
    if (freeOld.length === 0 || freeNew.length === 0) break;
    const [old, next] = column();
    inOrder(freeOld, freeNew, old, next, pair);
    moved(freeOld, freeNew, old, next, isTaken, match, pair);
  }
  // What is left: by position behind the element before it.
  for (const agree of agrees) {
    let at = 0;
    for (let index = 0; index < newCount; index++) {
      const old = match[index]!;
      if (old >= 0) at = old + 1;
      else {
        let free = at;
        while (free < oldCount && isTaken[free] === 0 && !agree(free, index)) free++;
        if (free >= oldCount || isTaken[free] === 1) continue;
        pair(free, index);
        at = free + 1;
      }
    }
  }
  return match;
}

function indices(count: number, isWanted: (index: number) => boolean): number[] {
  const list: number[] = [];
  for (let index = 0; index < count; index++) if (isWanted(index)) list.push(index);
  return list;
}

type Pair = (old: number, next: number) => void;

function inOrder(oldList: readonly number[], newList: readonly number[], old: Column, next: Column, pair: Pair): void {
  const isSame = (a: number, b: number): boolean => old[oldList[a]!] === next[newList[b]!];
  let start = 0;
  let [oldEnd, newEnd] = [oldList.length, newList.length];
  while (start < oldEnd && start < newEnd && isSame(start, start)) {
    pair(oldList[start]!, newList[start]!);
    start++;
  }
  while (oldEnd > start && newEnd > start && isSame(oldEnd - 1, newEnd - 1)) {
    oldEnd--;
    newEnd--;
    pair(oldList[oldEnd]!, newList[newEnd]!);
  }
  if (start === oldEnd || start === newEnd) return;
  const found =
    (oldEnd - start) * (newEnd - start) <= MAX_TABLE
      ? byTable(start, oldEnd, start, newEnd, isSame)
      : byUnique(oldList.slice(start, oldEnd), newList.slice(start, newEnd), old, next).map(
          ([a, b]) => [a + start, b + start] as const,
        );
  for (const [a, b] of found) pair(oldList[a]!, newList[b]!);
}

type Found = readonly (readonly [old: number, next: number])[];

/** The longest common subsequence, by the usual table. */
function byTable(
  oldStart: number,
  oldEnd: number,
  newStart: number,
  newEnd: number,
  isSame: (a: number, b: number) => boolean,
): Found {
  const width = newEnd - newStart + 1;
  const lengths = new Uint32Array((oldEnd - oldStart + 1) * width);
  const at = (a: number, b: number): number => (a - oldStart) * width + (b - newStart);
  for (let a = oldEnd - 1; a >= oldStart; a--) {
    for (let b = newEnd - 1; b >= newStart; b--) {
      lengths[at(a, b)] = isSame(a, b)
        ? lengths[at(a + 1, b + 1)]! + 1
        : Math.max(lengths[at(a + 1, b)]!, lengths[at(a, b + 1)]!);
    }
  }
  const found: [number, number][] = [];
  for (let a = oldStart, b = newStart; a < oldEnd && b < newEnd; ) {
    if (isSame(a, b)) found.push([a++, b++]);
    else if (lengths[at(a + 1, b)]! >= lengths[at(a, b + 1)]!) a++;
    else b++;
  }
  return found;
}

const TWICE = -2;

/** The longest sequence in order among the elements that both sides have once. */
function byUnique(oldList: readonly number[], newList: readonly number[], old: Column, next: Column): Found {
  /** Where an element is in the old list; `TWICE` where it is there more than once. */
  const oldAt = new Map<number, number>();
  for (const [at, index] of oldList.entries()) oldAt.set(old[index]!, oldAt.has(old[index]!) ? TWICE : at);
  const newAt = new Int32Array(oldList.length).fill(-1);
  for (const [at, index] of newList.entries()) {
    const place = oldAt.get(next[index]!) ?? TWICE;
    if (place !== TWICE) newAt[place] = newAt[place] === -1 ? at : TWICE;
  }
  const once: { readonly old: number; readonly next: number }[] = [];
  for (const [at, index] of newList.entries()) {
    const place = oldAt.get(next[index]!) ?? TWICE;
    if (place !== TWICE && newAt[place] === at) once.push({ old: place, next: at });
  }
  // Longest rising subsequence: the last element of the best sequence of each length, and what came before each.
  const tails: number[] = [];
  const before = new Int32Array(once.length).fill(-1);
  for (const [index, place] of once.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (once[tails[middle]!]!.old < place.old) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? tails[low - 1]! : -1;
    tails[low] = index;
  }
  const found: [number, number][] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index]!) {
    found.push([once[index]!.old, once[index]!.next]);
  }
  return found.reverse();
}

/** Equal elements that are still alone on both sides, each kind in order. */
function moved(
  oldList: readonly number[],
  newList: readonly number[],
  old: Column,
  next: Column,
  isTaken: Uint8Array,
  match: Int32Array,
  pair: Pair,
): void {
  const waiting = new Map<number, number[]>();
  for (let at = oldList.length - 1; at >= 0; at--) {
    const index = oldList[at]!;
    if (isTaken[index] === 1) continue;
    const list = waiting.get(old[index]!);
    if (list) list.push(index);
    else waiting.set(old[index]!, [index]);
  }
  if (waiting.size === 0) return;
  for (const index of newList) {
    if (match[index] !== -1) continue;
    const found = waiting.get(next[index]!)?.pop();
    if (found !== undefined) pair(found, index);
  }
}
