/** Two copies of an arena side by side, whatever lies between its pieces. SEGUE_SEED chooses others. */
import { expect, it } from 'vitest';
import { Seeded } from '../testing/random/seeded.ts';
import { distanceBetween, type Footprint } from './footprint.ts';

const seed = Number(process.env.SEGUE_SEED ?? 20_261_129);

function footprint(ranges: readonly (readonly [start: number, end: number])[]): Footprint {
  const pieces = ranges.map(([start, end]) => ({ start, end, imageStart: 0, imageBytes: 0 }));
  return { pieces, start: Math.min(...ranges.flat()), end: Math.max(...ranges.flat()) };
}

it('goes behind the first where that is in one piece, and between its pieces where there is room', () => {
  expect(distanceBetween(footprint([[-64, 1000]]))).toBe(1088);
  const far = [
    [-64, 1000],
    [100_000, 101_000],
  ] as const;
  expect(distanceBetween(footprint(far))).toBe(1088);
  const near = [
    [-64, 1000],
    [1500, 2500],
  ] as const;
  expect(distanceBetween(footprint(near))).toBe(2624);
});

it(`never overlaps, and nothing nearer would do (seed ${seed})`, () => {
  const random = new Seeded(seed);
  for (let n = 0; n < 300; n++) {
    const ranges: [number, number][] = [];
    let at = -3000;
    for (let pieces = random.between(1, 6); pieces > 0; pieces--) {
      const start = at + random.between(0, 1500);
      at = start + random.between(1, 1500);
      ranges.push([start, at]);
    }
    const overlaps = (distance: number) =>
      ranges.some(([a, b]) => ranges.some(([from, to]) => a < to + distance && from + distance < b));
    const found = distanceBetween(footprint(ranges));
    expect(overlaps(found)).toBe(false);
    for (let distance = 64; distance < found; distance += 64) expect(overlaps(distance)).toBe(true);
  }
});
