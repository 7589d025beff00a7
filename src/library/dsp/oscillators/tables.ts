/** Waveforms without aliasing, read from tables. Patch language: factories at the top level, closures once per frame. */

import { cubicMaps, lineMaps, mipLevel, readCubics, readLines } from '../internal/mipmaps.ts';
import { sawMaps, sawSines } from '../internal/sawMaps.ts';
import { tableTransform } from '../internal/transform.ts';
import { wrapTurns } from '../internal/turns.ts';
import { readTable } from '../maths/tables.ts';
import type { Table } from '../types.ts';

/** The triangle: −8/(π²k²)·cos 2πkp for odd k. */
const triangleMaps = lineMaps(
  Float64Array.from({ length: 1025 }, (_, k) => (k % 2 === 1 ? -8 / (Math.PI * Math.PI * k * k) : 0)),
  new Float64Array(1025),
);

/** The sawtooth for pulses: where they are narrow, their harmonics are as strong as the first, and so would be images. */
const pulseMaps = cubicMaps(new Float64Array(1025), sawSines());

/**
 * A sawtooth that rises, without aliasing.
 * @param phase where it starts, 0…1 turns
 * @param hz frequency in Hz; below 0 it runs backwards
 * @returns -1…1 and a little beyond at the jump: 2p - 1 without what lies above half the sample rate
 * Source: band-limited tables for each octave (mip-maps), read by straight lines; Faust's os.sawtooth, DaisySP's Oscillator.
 * @example
 * const tone = saw()
 * export default () => 0.3 * tone(110)
 */
export function saw(phase = 0): (hz: number) => number {
  let turns = wrapTurns(phase);
  return (hz: number): number => {
    const y = readLines(sawMaps, mipLevel(hz), turns);
    turns = wrapTurns(turns + hz / sampleRate);
    return y;
  };
}

/**
 * A square wave without aliasing.
 * @param phase where it starts, 0…1 turns
 * @param hz frequency in Hz; below 0 it runs backwards
 * @returns 1 in the first half of the period, -1 in the second, and a little beyond at the jumps
 * Source: the difference of two sawtooths from tables; Faust's os.square, DaisySP's Oscillator.
 * @example
 * const tone = square()
 * export default () => 0.2 * tone(110)
 */
export function square(phase = 0): (hz: number) => number {
  let turns = wrapTurns(phase);
  return (hz: number): number => {
    const level = mipLevel(hz);
    const y = readLines(sawMaps, level, wrapTurns(turns + 0.5)) - readLines(sawMaps, level, turns);
    turns = wrapTurns(turns + hz / sampleRate);
    return y;
  };
}

/**
 * A triangle without aliasing.
 * @param phase where it starts, 0…1 turns
 * @param hz frequency in Hz; below 0 it runs backwards
 * @returns -1…1: -1 at phase 0, 1 at half a turn
 * Source: band-limited tables for each octave (mip-maps), read by straight lines; Faust's os.triangle, DaisySP's Oscillator.
 * @example
 * const tone = triangle()
 * export default () => 0.4 * tone(220)
 */
export function triangle(phase = 0): (hz: number) => number {
  let turns = wrapTurns(phase);
  return (hz: number): number => {
    const y = readLines(triangleMaps, mipLevel(hz), turns);
    turns = wrapTurns(turns + hz / sampleRate);
    return y;
  };
}

/**
 * A pulse wave of any width, without aliasing.
 * @param phase where it starts, 0…1 turns
 * @param hz frequency in Hz; below 0 it runs backwards
 * @param width 0.01…0.99, the part of the period that is high; 0.5 if not given
 * @returns high and low 2 apart, with mean 0, and a little beyond at the jumps
 * Source: the difference of two sawtooths from tables; SuperCollider's Pulse, Faust's os.pulsetrain.
 * @example
 * const tone = pulse()
 * const sweep = sine()
 * export default () => 0.2 * tone(110, 0.5 + 0.4 * sweep(0.5))
 */
export function pulse(phase = 0): (hz: number, width?: number) => number {
  let turns = wrapTurns(phase);
  return (hz: number, width = 0.5): number => {
    const share = width > 0.99 ? 0.99 : width >= 0.01 ? width : width < 0.01 ? 0.01 : 0.5;
    const level = mipLevel(hz);
    const y = readCubics(pulseMaps, level, wrapTurns(turns - share)) - readCubics(pulseMaps, level, turns);
    turns = wrapTurns(turns + hz / sampleRate);
    return y;
  };
}

/**
 * Any waveform, without aliasing.
 * @param table one cycle; its length is a power of two, 16 or more
 * @param phase where it starts, 0…1 turns
 * @param hz frequency in Hz; below 0 it runs backwards
 * @returns the table's level; the first 1024 harmonics at most
 * Source: band-limited tables for each octave (mip-maps) by Fourier transform, read by cubics; FunDSP's wavetable.
 * @example
 * const shape = Array.from({ length: 64 }, (_, i) => Math.sin(i / 10.2 + 2 * Math.sin(i / 5.1)))
 * const tone = wavetable(shape)
 * export default () => 0.3 * tone(110)
 */
export function wavetable(table: Table, phase = 0): (hz: number) => number {
  // Another length is stretched to the next power of two.
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, table.length)));
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let n = 0; n < size; n++) re[n] = readTable(table, n / size);
  tableTransform(re, im);
  const half = size / 2;
  const cosines = new Float64Array(half + 1);
  const sines = new Float64Array(half + 1);
  cosines[0] = re[0] / size;
  for (let k = 1; k < half; k++) {
    cosines[k] = (2 * re[k]) / size;
    sines[k] = (-2 * im[k]) / size;
  }
  cosines[half] = re[half] / size;
  const maps = cubicMaps(cosines, sines);
  const top = Math.min(10, Math.log2(half));
  let turns = wrapTurns(phase);
  return (hz: number): number => {
    const y = readCubics(maps, Math.min(top, mipLevel(hz)), turns);
    turns = wrapTurns(turns + hz / sampleRate);
    return y;
  };
}
