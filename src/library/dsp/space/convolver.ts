/** Convolution with any response, without latency. Patch language. */

import { flushed } from '../internal/guard.ts';
import { realFft } from '../internal/realFft.ts';
import type { Table } from '../types.ts';

const LONGEST_SECONDS = 10;
// Each of these blocks computes the part of the response from twice its length to twice the next one's.
const BLOCKS = [64, 512, 2048];

/**
 * The part of a convolution from 2·block to `end` of the response, in pieces as long as a block. A block of input is
 * transformed when it is complete; the products with all pieces are spread over the block that follows, and sound in the one
 * after that, which is when the first of them is due.
 */
function tailConvolver(response: Float64Array, end: number, block: number): (x: number) => number {
  const size = 2 * block;
  const bins = block + 1;
  const pieces = Math.max(1, Math.ceil((end - size) / block));
  const { forward, inverse } = realFft(size);
  const total = pieces * bins;
  const responseRe = new Float64Array(total);
  const responseIm = new Float64Array(total);
  const inputRe = new Float64Array(total);
  const inputIm = new Float64Array(total);
  const samples = new Float64Array(size);
  const recent = new Float64Array(size);
  const re = new Float64Array(bins);
  const im = new Float64Array(bins);
  const sumRe = new Float64Array(bins);
  const sumIm = new Float64Array(bins);
  for (let piece = 0; piece < pieces; piece++) {
    samples.fill(0);
    const from = size + piece * block;
    for (let n = 0; n < block && from + n < end; n++) samples[n] = response[from + n];
    forward(samples, re, im);
    for (let k = 0; k < bins; k++) {
      responseRe[piece * bins + k] = re[k];
      responseIm[piece * bins + k] = im[k];
    }
  }
  const out = new Float64Array(block);
  // Both transforms are not made in one frame, nor in frames that are computed together: the products are done before, and so
  // many of them are made in each frame.
  const inverseAt = block - Math.min(block / 2, 192);
  const share = Math.ceil(total / inverseAt);
  // The blocks of the longest do not end where those of the others do, either.
  let at = block > 1000 ? block / 8 : 0;
  let newest = 0;
  let done = 0;
  return (x) => {
    const y = out[at];
    recent[block + at] = x;
    // Piece by piece, and in each of them bin by bin.
    let left = Math.min(share, total - done);
    while (left > 0) {
      const piece = Math.floor(done / bins);
      const first = done - piece * bins;
      const count = Math.min(left, bins - first);
      const slot = newest - piece;
      const input = (slot < 0 ? slot + pieces : slot) * bins;
      const other = piece * bins;
      const end = first + count;
      for (let k = first; k < end; k++) {
        const a = inputRe[input + k];
        const b = inputIm[input + k];
        const c = responseRe[other + k];
        const d = responseIm[other + k];
        // The first piece starts the sums.
        sumRe[k] = (piece > 0 ? sumRe[k] : 0) + a * c - b * d;
        sumIm[k] = (piece > 0 ? sumIm[k] : 0) + a * d + b * c;
      }
      done += count;
      left -= count;
    }
    at += 1;
    if (at === inverseAt) inverse(sumRe, sumIm, samples);
    if (at === block) {
      at = 0;
      // What the products of this block gave sounds in the next one; the second half of it is free of what wraps around.
      for (let n = 0; n < block; n++) out[n] = samples[block + n];
      done = 0;
      newest = newest + 1 < pieces ? newest + 1 : 0;
      forward(recent, re, im);
      const input = newest * bins;
      for (let k = 0; k < bins; k++) {
        inputRe[input + k] = re[k];
        inputIm[input + k] = im[k];
      }
      for (let n = 0; n < block; n++) recent[n] = recent[block + n];
    }
    return y;
  };
}

/**
 * The sound of any room or thing that was recorded: convolution with its response. Latency 0.
 * @param response up to 10 seconds
 * @param x signal
 * @returns Σ response[k]·x[n − k]
 * Source: Gardner 1995: the first 128 values directly, the others by FFTs of three sizes, their products spread evenly over the
 * frames; SuperCollider PartConv, FunDSP `convolve`.
 * @example
 * // Half a second of falling noise is a room.
 * const hiss = whiteNoise(1)
 * const frames = Math.round(sampleRate / 2)
 * const response = Array.from({ length: frames }, (_, n) => 0.1 * hiss() * 0.001 ** (n / frames))
 * const room = convolver(response)
 * const snare = snareDrum()
 * const clock = impulse()
 * export default () => {
 *   const x = 0.3 * snare(clock(1))
 *   return x + 0.5 * room(x)
 * }
 */
export function convolver(response: Table): (x: number) => number {
  const length = Math.min(response.length, Math.round(LONGEST_SECONDS * sampleRate));
  const taps = new Float64Array(length);
  for (let n = 0; n < length; n++) taps[n] = response[n];
  const head = Math.min(length, 2 * BLOCKS[0]);
  // Written twice, so that the last ones are always in one piece.
  const room = 2 * BLOCKS[0];
  const past = new Float64Array(2 * room);
  const tails = BLOCKS.filter((block) => length > 2 * block).map((block) => {
    const next = BLOCKS[BLOCKS.indexOf(block) + 1];
    return tailConvolver(taps, next > 0 ? Math.min(length, 2 * next) : length, block);
  });
  let at = 0;
  return (x) => {
    const clean = flushed(x);
    at = at + 1 < room ? at + 1 : 0;
    past[at] = clean;
    past[at + room] = clean;
    const newest = at + room;
    let y = 0;
    for (let k = 0; k < head; k++) y += taps[k] * past[newest - k];
    for (let i = 0; i < tails.length; i++) y += tails[i](clean);
    return y;
  };
}
