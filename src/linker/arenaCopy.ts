/**
 * A copy of a running arena, in one piece. In: a generation that plays. Out: what is to be read of the audio thread's memory, and
 * the arena that this makes: data of arrays that lies elsewhere is where the image has it. Pure.
 */

import { LOOK_BYTES_PER_BLOCK, MAX_LOOK_RANGES } from '../protocol/look.ts';
import { redirections } from './adoption.ts';
import type { LinkedGeneration } from './linkTypes.ts';

/** A part of the image, and where it lies as an offset from the base of the arena. */
interface Part {
  readonly start: number;
  readonly end: number;
  readonly from: number;
}

/** Larger ones would take too long to be copied and played. */
const MAX_COPY_BYTES = 2 ** 26;

export interface ArenaCopy {
  /** Pairs (offset from the base, size). */
  readonly ranges: Int32Array<ArrayBuffer>;
  readonly sizeBytes: number;
  /** The arena, from the bytes of all ranges. */
  readonly assemble: (bytes: Uint8Array) => Uint8Array<ArrayBuffer>;
}

/** `null`: it is too large. */
export function copyOf(linked: LinkedGeneration): ArenaCopy | null {
  const { sizeBytes } = linked;
  const parts = partsOf(linked);
  if (sizeBytes > MAX_COPY_BYTES || parts.length > MAX_LOOK_RANGES) return null;
  return {
    ranges: Int32Array.from(parts.flatMap(({ start, end, from }) => [from, end - start])),
    sizeBytes: parts.reduce((sum, { start, end }) => sum + end - start, 0),
    assemble(bytes) {
      const arena = new Uint8Array(sizeBytes);
      let at = 0;
      for (const { start, end } of parts) {
        arena.set(bytes.subarray(at, at + end - start), start);
        at += end - start;
      }
      const view = new DataView(arena.buffer);
      for (const { offset, value } of redirections(linked.state, linked.regions, linked.address)) {
        // It may have got other elements since.
        if (view.getInt32(offset, true) === value) view.setInt32(offset, linked.state.word(offset), true);
      }
      return arena;
    },
  };
}

/** What is read last, and in one block, is what tells where everything else is. */
function partsOf({ sizeBytes, regions, address }: LinkedGeneration): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const region of regions) {
    if (region.start > end) parts.push({ start: end, end: region.start, from: end });
    parts.push({ start: region.start, end: region.end, from: region.address - address });
    end = region.end;
  }
  if (end < sizeBytes) parts.push({ start: end, end: sizeBytes, from: end });
  const [first, ...others] = parts;
  if (!first) return [];
  const split = Math.min(first.end, LOOK_BYTES_PER_BLOCK / 2);
  const rest = first.end > split ? [{ ...first, start: split, from: first.from + split }] : [];
  return [...others, ...rest, { ...first, end: split }];
}
