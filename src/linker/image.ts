/** The image of an arena as it travels: runs of bytes, without the long stretches of zeros between them, in one buffer. */

import type { ArenaImage } from '../protocol/generation.ts';
import { completed, skipZeros } from './bytes.ts';

/** Zeros that are sent are written in less time than it takes to begin another run. */
const MIN_GAP_WORDS = 512;

/** A part of an image that is sent: offsets (start, end) in it, and how far from there it lies in the arena. */
export interface ImagePart {
  readonly start: number;
  readonly end: number;
  readonly distance: number;
}

/** `parts`: multiples of four, no two with bytes in common. `got`: what goes in front of it all, as a whole. */
export function toRuns(
  image: Uint8Array<ArrayBuffer>,
  parts: readonly ImagePart[] = [{ start: 0, end: image.length, distance: 0 }],
  got = new Int32Array(0),
): ArenaImage {
  const words = new Int32Array(image.buffer, image.byteOffset, image.byteLength >> 2);
  /** Triples (start, end, distance). */
  const found: number[] = [];
  let sizeBytes = 0;
  const push = (start: number, end: number, distance: number): void => {
    found.push(4 * start, 4 * end, distance);
    sizeBytes += 4 * (end - start);
  };
  for (const part of parts) {
    completed(image, part.start, part.end);
    let start = -1;
    let end = -1;
    const last = part.end >> 2;
    for (let index = skipZeros(words, part.start >> 2, last); index < last; index = skipZeros(words, index + 1, last)) {
      if (start >= 0 && index - end > MIN_GAP_WORDS) {
        push(start, end, part.distance);
        start = index;
      } else if (start < 0) start = index;
      end = index + 1;
    }
    if (start >= 0) push(start, end, part.distance);
  }
  const first = got.length > 0 ? [-got.byteLength, got.byteLength] : [];
  const runs = new Int32Array(first.length + (found.length / 3) * 2);
  const bytes = new Uint8Array(got.byteLength + sizeBytes);
  const target = new Int32Array(bytes.buffer);
  runs.set(first);
  bytes.set(new Uint8Array(got.buffer));
  let at = got.byteLength;
  for (let n = 0; 3 * n < found.length; n++) {
    const [start, end, distance] = [found[3 * n]!, found[3 * n + 1]!, found[3 * n + 2]!];
    runs[first.length + 2 * n] = start + distance;
    runs[first.length + 2 * n + 1] = end - start;
    copyWords(image, words, start, end, bytes, target, at);
    at += end - start;
  }
  return { runs, bytes };
}

/** Fewer words are copied one by one in less time than two views take. */
const FEW_WORDS = 32;

function copyWords(
  image: Uint8Array,
  words: Int32Array,
  start: number,
  end: number,
  bytes: Uint8Array,
  target: Int32Array,
  at: number,
): void {
  if (end - start > 4 * FEW_WORDS) bytes.set(image.subarray(start, end), at);
  else for (let n = 0; n < end - start; n += 4) target[(at + n) >> 2] = words[(start + n) >> 2]!;
}
