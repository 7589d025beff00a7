/** Values between given points. Patch language; pure functions. */

import type { Table } from '../types.ts';

/**
 * A smooth curve through four points at -1, 0, 1 and 2, read between the two in the middle.
 * @param a value at -1
 * @param b value at 0
 * @param c value at 1
 * @param d value at 2
 * @param t place, 0…1
 * @returns b at 0, c at 1; the slopes there are those of the neighbours' chords
 * Source: Catmull & Rom 1974; the Hermite curve of musicdsp.org.
 * @example
 * const points = [0, 0.4, -0.3, 0.2]
 * export default (t) => {
 *   const x = 440 * t
 *   const i = Math.floor(x)
 *   return cubic(points[i % 4], points[(i + 1) % 4], points[(i + 2) % 4], points[(i + 3) % 4], x - i)
 * }
 */
export function cubic(a: number, b: number, c: number, d: number, t: number): number {
  const slope = 0.5 * (c - a);
  const end = 0.5 * (d - b);
  const rise = c - b;
  return b + t * (slope + t * (3 * rise - 2 * slope - end + t * (slope + end - 2 * rise)));
}

/**
 * Reads a table that holds one cycle, by straight lines between its elements and from the last to the first.
 * @param table numbers, at least one
 * @param position 0…1 is the whole table, and it wraps
 * @returns a value between two neighbours
 * Source: Faust's rdtable with linear interpolation.
 * @example
 * const shape = [0, 0.3, 0.1, 0.4, 0, -0.3, -0.1, -0.4]
 * export default (t) => readTable(shape, 110 * t)
 */
export function readTable(table: Table, position: number): number {
  const { length } = table;
  const turns = position - Math.floor(position);
  const place = turns < 1 ? turns * length : 0;
  const before = Math.floor(place);
  const index = before < length ? before : 0;
  const a = table[index];
  const b = table[index + 1 < length ? index + 1 : 0];
  return a + (b - a) * (place - before);
}
