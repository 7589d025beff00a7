/** The image of an arena as it travels: runs of bytes that are not zero. */

import type { ImageSegment } from '../protocol/generation.ts';
import { arenaOffset } from '../protocol/units.ts';

/** Shorter runs of zeros are cheaper to send than to leave out. */
const MIN_GAP_WORDS = 16;

/** `holes`: pairs (start, end), rising, multiples of four, of which nothing is sent. */
export function toSegments(image: Uint8Array<ArrayBuffer>, holes: ArrayLike<number> = []): ImageSegment[] {
  const words = new Int32Array(image.buffer, image.byteOffset, image.byteLength >> 2);
  const segments: ImageSegment[] = [];
  const push = (from: number, to: number): void => {
    segments.push({ offset: arenaOffset(from * 4), bytes: image.slice(from * 4, to * 4) });
  };
  let start = -1;
  let end = -1;
  let hole = 0;
  for (let index = 0; index < words.length; index++) {
    if (words[index] === 0) continue;
    while (hole < holes.length && holes[hole + 1]! <= index * 4) hole += 2;
    if (hole < holes.length && holes[hole]! <= index * 4) {
      if (start >= 0) push(start, end);
      start = -1;
      index = holes[hole + 1]! / 4 - 1;
      continue;
    }
    if (start >= 0 && index - end > MIN_GAP_WORDS) {
      push(start, end);
      start = index;
    } else if (start < 0) start = index;
    end = index + 1;
  }
  if (start >= 0) push(start, end);
  return segments;
}
