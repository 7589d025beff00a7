/**
 * One cycle of a waveform at falling numbers of harmonics (mip-maps), so that it can be read at any frequency without
 * aliasing. Patch language; for the library's own use.
 *
 * Level j has 2^j harmonics and is read for frequencies of (0.3125…0.625)/2^j frames⁻¹: at 48 kHz everything below 15 kHz
 * is there, and nothing above 30 kHz, which would alias to below 18 kHz. Levels lie one behind the other, each with what
 * reading needs around it, so that it need not wrap.
 *
 * Waveforms whose harmonics fall as 1/k, or faster, are read by straight lines: the more harmonics, the softer are those whose
 * images count, and 2048 elements, 4096 from level 9 on, leave them 82 dB below the first. The highest level has 768
 * harmonics, so many as 20 Hz has below 15 kHz. Any other waveform is read by cubic B-splines through 16 elements for each
 * harmonic, 512 at least: its images are 94 dB below their harmonic. What lines (sinc²) and B-splines (sinc⁴) take off
 * the harmonics is made up for when the levels are made.
 */

import type { Table } from '../types.ts';
import { tableTransform } from './transform.ts';

const TOP_LEVEL = 10;

const lineSize = (level: number): number => (level < 9 ? 2048 : 4096);
const lineStart = (level: number): number => (level < 9 ? 2048 * level : 4096 * level - 18432) + level;
const lineHarmonics = (level: number): number => (level < TOP_LEVEL ? 2 ** level : 768);

const cubicSize = (level: number): number => (level < 5 ? 512 : 16 << level);
const cubicStart = (level: number): number => (level < 5 ? level << 9 : (16 << level) + 2048) + 3 * level + 1;

/** What makes up for reading by lines at harmonic k of `size` elements. */
function liftOf(k: number, size: number): number {
  const angle = (Math.PI * k) / size;
  const lift = angle / Math.sin(angle);
  return lift * lift;
}

/**
 * The levels of Σ cosines[k]·cos 2πkp + sines[k]·sin 2πkp with 768 harmonics, for readLines.
 * @internal
 */
export function lineMaps(cosines: Table, sines: Table): Float32Array {
  const maps = new Float32Array(lineStart(TOP_LEVEL) + lineSize(TOP_LEVEL) + 1);
  // Two levels of one size by one transform: the spectra of real signals are symmetric, so one comes out in the real part
  // and the other in the imaginary one.
  for (let level = 0; level <= TOP_LEVEL; level += level === 8 ? 1 : 2) {
    const size = lineSize(level);
    const re = new Float64Array(size);
    const im = new Float64Array(size);
    const first = lineHarmonics(level);
    const last = level === 8 ? first : lineHarmonics(level + 1);
    for (let k = 0; k <= last; k++) {
      const lift = k > 0 ? 0.5 * liftOf(k, size) : 0.5;
      const c = cosines[k] * lift;
      const s = sines[k] * lift;
      const isIn = k <= first ? 1 : 0;
      const opposite = (size - k) % size;
      re[k] += isIn * c - s;
      im[k] += isIn * s + c;
      re[opposite] += isIn * c + s;
      im[opposite] += c - isIn * s;
    }
    tableTransform(re, im);
    const start = lineStart(level);
    const next = level === 8 ? start : lineStart(level + 1);
    for (let i = 0; i <= size; i++) {
      const at = i < size ? i : 0;
      maps[next + i] = im[at];
      maps[start + i] = re[at];
    }
  }
  return maps;
}

/**
 * The same with as many harmonics as there are elements behind the first, up to 1024, for readCubics.
 * @internal
 */
export function cubicMaps(cosines: Table, sines: Table): Float32Array {
  const top = Math.min(TOP_LEVEL, Math.max(0, Math.ceil(Math.log2(cosines.length - 1))));
  const maps = new Float32Array(cubicStart(top) + cubicSize(top) + 2);
  for (let level = 0; level <= top; level++) {
    const size = cubicSize(level);
    const re = new Float64Array(size);
    const im = new Float64Array(size);
    re[0] = cosines[0];
    for (let k = 1; k <= Math.min(1 << level, cosines.length - 1); k++) {
      const lift = liftOf(k, size);
      re[k] = cosines[k] * lift * lift;
      im[k] = sines[k] * lift * lift;
    }
    tableTransform(re, im);
    for (let i = -1; i < size + 2; i++) maps[cubicStart(level) + i] = re[(i + size) % size];
  }
  return maps;
}

/**
 * The level for a frequency, 0…10: log2 of the harmonics below 0.625 frames⁻¹, by comparisons, which run side by side as
 * selects.
 * @internal
 */
export function mipLevel(hz: number): number {
  const harmonics = (0.625 * sampleRate) / Math.abs(hz);
  const few = harmonics >= 4 ? (harmonics >= 8 ? 3 : 2) : harmonics >= 2 ? 1 : 0;
  const some = harmonics >= 64 ? 6 : harmonics >= 32 ? 5 : 4;
  const many = harmonics >= 512 ? (harmonics >= 1024 ? 10 : 9) : harmonics >= 256 ? 8 : 7;
  return harmonics >= 16 ? (harmonics >= 128 ? many : some) : few;
}

/**
 * Reads a level by straight lines, at a phase from 0 to below 1.
 * @internal
 */
export function readLines(maps: Float32Array, level: number, phase: number): number {
  const place = phase * (level < 9 ? 2048 : 4096);
  const before = Math.floor(place);
  const i = (level < 9 ? 2048 * level : 4096 * level - 18432) + level + before;
  const a = maps[i];
  return a + (maps[i + 1] - a) * (place - before);
}

/**
 * Reads a level by cubic B-splines, at a phase from 0 to below 1.
 * @internal
 */
export function readCubics(maps: Float32Array, level: number, phase: number): number {
  const place = phase * (level < 5 ? 512 : 16 << level);
  const before = Math.floor(place);
  const t = place - before;
  const i = (level < 5 ? level << 9 : (16 << level) + 2048) + 3 * level + 1 + before;
  const a = maps[i - 1];
  const b = maps[i];
  const c = maps[i + 1];
  const d = maps[i + 2];
  const sixth = 0.16666666666666666;
  return (
    sixth * (a + 4 * b + c) + t * (0.5 * (c - a) + t * (0.5 * (a + c) - b + t * (sixth * (d - a) + 0.5 * (b - c))))
  );
}
