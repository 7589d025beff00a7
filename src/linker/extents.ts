/**
 * How many bytes there are from the first element of each array and text on. In: a program and its image, and where data lies
 * elsewhere. Out: pairs (offset, sizeBytes); offsets are those by which code reaches it. Pure.
 */

import { ARRAY } from '../compiler/memoryLayout.ts';
import type { Draft } from './linkTypes.ts';
import { type ArenaState, listArrays } from './state.ts';

/** A part of the image, [start, end), that code reaches at this offset instead. */
export interface Moved {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

export function extentsOf(
  state: ArenaState,
  { input }: Draft,
  offsetOf: (name: string) => number | null,
  elsewhere: readonly Moved[],
): number[] {
  const extents: number[] = [];
  for (const { offset, data, sizeBytes, isFull } of listArrays(state)) {
    const count = state.lengthOf(offset);
    if (count === 0) continue;
    const room = isFull ? count : Math.max(count, state.word(offset + ARRAY.CAPACITY));
    const part = elsewhere.find(({ start, end }) => start <= data && data < end);
    extents.push(part ? part.offset + data - part.start : data, (sizeBytes / count) * room);
  }
  for (const [symbol, text] of input.strings) {
    const offset = offsetOf(`string:${symbol}`);
    if (offset !== null) extents.push(offset + ARRAY.SIZE_BYTES, 2 * text.length);
  }
  return extents;
}
