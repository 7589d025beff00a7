/**
 * Where the pieces of an arena lie around its base, and how two of one kind go side by side: code has the distances between
 * its pieces for constant, so that each copy needs all of them as they are. In: a generation with its place. Out: offsets.
 * Pure.
 */

import type { LinkedGeneration } from '../linker/linkTypes.ts';
import { imageInPlace } from '../linker/transfer.ts';
import { ACCESS_REACH_BYTES, ARENA_ALIGNMENT_BYTES, DEFAULT_BPM, GOT_ENTRY_BYTES, HEADER } from '../protocol/arena.ts';

/** Offsets from the base of the arena; a piece is as long as its part of the image, and what there is behind it. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  /** The part of the image that lies there: from this offset on, so many bytes. */
  readonly imageStart: number;
  readonly imageBytes: number;
}

export interface Footprint {
  readonly pieces: readonly Piece[];
  /** From the lowest offset to the highest. */
  readonly start: number;
  readonly end: number;
}

/** The arena with the GOT in front of it, without what of its image lies elsewhere; then that. */
export function footprintOf({ image, regions, address, sizeBytes, draft }: LinkedGeneration): Footprint {
  const pieces: Piece[] = [];
  let [start, imageStart] = [-draft.gotBytes, 0];
  for (const region of regions) {
    const end = region.start + ACCESS_REACH_BYTES;
    pieces.push({ start, end, imageStart, imageBytes: region.start - imageStart });
    start = region.end;
    imageStart = region.end;
  }
  pieces.push({ start, end: sizeBytes, imageStart, imageBytes: image.length - imageStart });
  for (const region of regions) {
    const offset = region.address - address;
    const imageBytes = region.end - region.start;
    pieces.push({ start: offset, end: offset + imageBytes, imageStart: region.start, imageBytes });
  }
  return {
    pieces,
    start: Math.min(...pieces.map((piece) => piece.start)),
    end: Math.max(...pieces.map((piece) => piece.end)),
  };
}

/** The least distance at which a second one has room, between the pieces of the first or behind them. */
export function distanceBetween({ pieces }: Footprint): number {
  const taken = pieces
    .flatMap((first) => pieces.map((second) => ({ from: first.start - second.end, to: first.end - second.start })))
    .sort((a, b) => a.from - b.from);
  let distance = ARENA_ALIGNMENT_BYTES;
  for (const { from, to } of taken) {
    if (from < distance && distance < to) distance = Math.ceil(to / ARENA_ALIGNMENT_BYTES) * ARENA_ALIGNMENT_BYTES;
  }
  return distance;
}

/** Makes the arena of a generation, with all that belongs to it, as the audio thread begins it. */
export function placeAside(
  memory: WebAssembly.Memory,
  base: number,
  { pieces }: Footprint,
  linked: LinkedGeneration,
): void {
  const { draft } = linked;
  const image = imageInPlace(linked);
  const bytes = new Uint8Array(memory.buffer);
  for (const { start, end } of pieces) bytes.fill(0, base + start, base + end);
  for (const { start, imageStart, imageBytes } of pieces) {
    // The GOT is none of the image.
    const to = base + (imageStart === 0 ? 0 : start);
    bytes.set(image.subarray(imageStart, imageStart + imageBytes), to);
  }
  const view = new DataView(memory.buffer);
  view.setFloat64(base + HEADER.BPM, DEFAULT_BPM, true);
  view.setInt32(base + HEADER.GOT_ENTRIES, draft.gotBytes / GOT_ENTRY_BYTES, true);
  for (const { offset, value } of draft.words) if (offset < 0) view.setInt32(base + offset, value, true);
}
