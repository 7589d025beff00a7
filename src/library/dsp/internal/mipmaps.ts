/**
 * One cycle of a waveform at falling numbers of harmonics (mip-maps), so that it can be read at any frequency without
 * aliasing. Patch language; for the library's own use.
 *
 * Level j has 2^j harmonics and is read for frequencies of (0.3125…0.625)/2^j frames⁻¹: at 48 kHz everything below 15 kHz
 * is there, and nothing above 30 kHz, which would alias to below 18 kHz. A level has 16 elements for each harmonic, 512 at
 * least: cubic B-splines through so many leave images 94 dB below their harmonic, and what they take off the harmonics
 * (sinc⁴) is made up for when the level is made. One more element in front and two behind save wrapping.
 */

import type { Table } from '../types.ts';
import { tableTransform } from './transform.ts';

const TOP_LEVEL = 10;

/** Elements of a level. */
const sizeOf = (level: number): number => (level < 5 ? 512 : 16 << level);

/** Where the first element of a level's cycle is: behind the levels below and what each has in front and behind. */
const startOf = (level: number): number => (level < 5 ? level << 9 : (16 << level) + 2048) + 3 * level + 1;

/**
 * The levels of Σ cosines[k]·cos 2πkp + sines[k]·sin 2πkp, one behind the other.
 * @internal
 */
export function mipmapsOf(cosines: Table, sines: Table): Float32Array {
  const top = topLevelOf(cosines.length);
  const maps = new Float32Array(startOf(top) + sizeOf(top) + 2);
  for (let level = 0; level <= top; level++) {
    const size = sizeOf(level);
    const re = new Float64Array(size);
    const im = new Float64Array(size);
    const last = Math.min(1 << level, cosines.length - 1);
    re[0] = cosines[0];
    for (let k = 1; k <= last; k++) {
      const angle = (Math.PI * k) / size;
      const lift = (angle / Math.sin(angle)) ** 4;
      re[k] = cosines[k] * lift;
      im[k] = sines[k] * lift;
    }
    tableTransform(re, im);
    const start = startOf(level);
    for (let i = -1; i < size + 2; i++) maps[start + i] = re[(i + size) % size];
  }
  return maps;
}

/** The level that has all of `count` − 1 harmonics. */
function topLevelOf(count: number): number {
  return Math.min(TOP_LEVEL, Math.max(0, Math.ceil(Math.log2(count - 1))));
}

/**
 * The level for a frequency, 0…10.
 * @internal
 */
export function mipLevel(hz: number): number {
  const harmonics = Math.min(1024, (0.625 * sampleRate) / Math.abs(hz)) | 0;
  return 31 - Math.clz32(harmonics > 1 ? harmonics : 1);
}

/**
 * Reads a level at a phase from 0 to below 1.
 * @internal
 */
export function readMipmap(maps: Float32Array, level: number, phase: number): number {
  const place = phase * sizeOf(level);
  const before = Math.floor(place);
  const t = place - before;
  const i = startOf(level) + before;
  const a = maps[i - 1];
  const b = maps[i];
  const c = maps[i + 1];
  const d = maps[i + 2];
  const sixth = 0.16666666666666666;
  return (
    sixth * (a + 4 * b + c) + t * (0.5 * (c - a) + t * (0.5 * (a + c) - b + t * (sixth * (d - a) + 0.5 * (b - c))))
  );
}
