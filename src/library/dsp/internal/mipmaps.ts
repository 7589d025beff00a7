/**
 * One cycle of a waveform at falling numbers of harmonics (mip-maps), so that it can be read at any frequency without
 * aliasing. Patch language; for the library's own use.
 *
 * Level j has 2^j harmonics and is read for frequencies of (0.3125…0.625)/2^j frames⁻¹: at 48 kHz everything below 15 kHz
 * is there, and nothing above 30 kHz, which would alias to below 18 kHz. Levels lie one behind the other, each with what
 * reading needs around it, so that it need not wrap.
 *
 * Waveforms whose harmonics fall as 1/k, or faster, are read by straight lines: the more harmonics, the softer are those whose
 * images count, and 2048 elements, 4096 from level 8 and 8192 from level 10 on leave them 88 dB below the first. Any other
 * waveform is read by cubic B-splines through 16 elements for each harmonic, 512 at least: its images are 94 dB below
 * their harmonic. What lines (sinc²) and B-splines (sinc⁴) take off the harmonics is made up for when the levels are made.
 */

import type { Table } from '../types.ts';
import { tableTransform } from './transform.ts';

const TOP_LEVEL = 10;

const lineSize = (level: number): number => (level < 8 ? 2048 : level < 10 ? 4096 : 8192);
const lineStart = (level: number): number => (level < 8 ? level << 11 : (level - 4) << 12) + level;

const cubicSize = (level: number): number => (level < 5 ? 512 : 16 << level);
const cubicStart = (level: number): number => (level < 5 ? level << 9 : (16 << level) + 2048) + 3 * level + 1;

/** One cycle of Σ cosines[k]·cos 2πkp + sines[k]·sin 2πkp up to harmonic `last`, each divided by sinc^order. */
function cycleOf(size: number, last: number, order: number, cosines: Table, sines: Table): Float64Array {
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  re[0] = cosines[0];
  for (let k = 1; k <= last; k++) {
    const angle = (Math.PI * k) / size;
    const lift = (angle / Math.sin(angle)) ** order;
    re[k] = cosines[k] * lift;
    im[k] = sines[k] * lift;
  }
  tableTransform(re, im);
  return re;
}

/**
 * The levels of Σ cosines[k]·cos 2πkp + sines[k]·sin 2πkp with 1024 harmonics, for readLines.
 * @internal
 */
export function lineMaps(cosines: Table, sines: Table): Float32Array {
  const maps = new Float32Array(lineStart(TOP_LEVEL) + lineSize(TOP_LEVEL) + 1);
  for (let level = 0; level <= TOP_LEVEL; level++) {
    const size = lineSize(level);
    const cycle = cycleOf(size, 1 << level, 2, cosines, sines);
    for (let i = 0; i <= size; i++) maps[lineStart(level) + i] = cycle[i % size];
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
    const cycle = cycleOf(size, Math.min(1 << level, cosines.length - 1), 4, cosines, sines);
    for (let i = -1; i < size + 2; i++) maps[cubicStart(level) + i] = cycle[(i + size) % size];
  }
  return maps;
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
 * Reads a level by straight lines, at a phase from 0 to below 1.
 * @internal
 */
export function readLines(maps: Float32Array, level: number, phase: number): number {
  const place = phase * (level < 8 ? 2048 : level < 10 ? 4096 : 8192);
  const before = Math.floor(place);
  const i = (level < 8 ? level << 11 : (level - 4) << 12) + level + before;
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
