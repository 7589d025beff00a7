/** The segments of an image are the image: what they leave out is zero. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toRuns } from './image.ts';

/** The runs of an image with their bytes. */
function segmentsOf(image: Uint8Array<ArrayBuffer>): { readonly offset: number; readonly bytes: Uint8Array }[] {
  const { runs, bytes } = toRuns(image);
  const segments: { readonly offset: number; readonly bytes: Uint8Array }[] = [];
  let at = 0;
  for (let n = 0; n < runs.length; n += 2) {
    segments.push({ offset: runs[n], bytes: bytes.subarray(at, at + runs[n + 1]) });
    at += runs[n + 1];
  }
  expect(at).toBe(bytes.length);
  return segments;
}

/** Runs of zeros and of anything, so that gaps of every length come. */
const images = fc
  .array(
    fc.record({
      isZero: fc.boolean(),
      words: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 500, max: 600 })),
      value: fc.integer({ min: 1, max: 255 }),
    }),
    { maxLength: 30 },
  )
  .map((runs) =>
    Uint8Array.from(
      runs.flatMap(({ isZero, words, value }) => Array.from({ length: words * 4 }, () => (isZero ? 0 : value))),
    ),
  );

it('put together, they are the image', () => {
  fc.assert(
    fc.property(images, (image) => {
      const rebuilt = new Uint8Array(image.length);
      let end = 0;
      for (const { offset, bytes } of segmentsOf(image)) {
        expect(offset % 4).toBe(0);
        expect(offset).toBeGreaterThanOrEqual(end);
        rebuilt.set(bytes, offset);
        end = offset + bytes.length;
      }
      expect(rebuilt).toEqual(image);
    }),
  );
});

it('leave out long runs of zeros, and begin and end with what is not zero', () => {
  const image = new Uint8Array(1_000_000);
  image[400_000] = 1;
  image[400_020] = 2;
  image[900_003] = 3;
  expect(segmentsOf(image).map(({ offset, bytes }) => [offset, bytes.length])).toEqual([
    [400_000, 24],
    [900_000, 4],
  ]);
  expect(segmentsOf(new Uint8Array(4096))).toEqual([]);
});

it('are copies: what happens to the image later does not show', () => {
  const image = Uint8Array.of(1, 2, 3, 4);
  const [segment] = segmentsOf(image);
  image.fill(9);
  expect([...segment.bytes]).toEqual([1, 2, 3, 4]);
});

it('are few where what is not zero is scattered closely: a run takes longer to begin than zeros to write', () => {
  const image = new Uint8Array(4 * 20 * 20_001);
  for (let n = 0; n < image.length; n += 80) image[n] = 1;
  expect(toRuns(image).runs).toEqual(Int32Array.of(0, image.length - 76));
});

it('of parts that lie elsewhere go there', () => {
  const image = Uint8Array.from({ length: 64 }, (_, n) => n + 1);
  const { runs, bytes } = toRuns(image, [
    { start: 0, end: 8, distance: 0 },
    { start: 32, end: 40, distance: -1000 },
  ]);
  expect([...runs]).toEqual([0, 8, -968, 8]);
  expect([...bytes]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 33, 34, 35, 36, 37, 38, 39, 40]);
});
