/** The segments of an image are the image: what they leave out is zero. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toSegments } from './image.ts';

/** Runs of zeros and of anything, so that gaps of every length come. */
const images = fc
  .array(
    fc.record({
      isZero: fc.boolean(),
      words: fc.integer({ min: 1, max: 40 }),
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
      for (const { offset, bytes } of toSegments(image)) {
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
  expect(toSegments(image).map(({ offset, bytes }) => [offset, bytes.length])).toEqual([
    [400_000, 24],
    [900_000, 4],
  ]);
  expect(toSegments(new Uint8Array(4096))).toEqual([]);
});

it('are copies: what happens to the image later does not show', () => {
  const image = Uint8Array.of(1, 2, 3, 4);
  const [segment] = toSegments(image);
  image.fill(9);
  expect([...segment.bytes]).toEqual([1, 2, 3, 4]);
});
