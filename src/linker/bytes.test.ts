/** Words and bytes compare alike, however they lie; ranges know what is in them. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteRanges, completeCopy, completed, fillImage, filling, sameBytes } from './bytes.ts';

it('bytes are the same where every byte is', () => {
  const bytes = fc.uint8Array({ minLength: 40, maxLength: 40, max: 1 });
  fc.assert(
    fc.property(
      bytes,
      fc.nat({ max: 12 }),
      fc.nat({ max: 12 }),
      fc.nat({ max: 24 }),
      fc.nat({ max: 60 }),
      (a, x, y, size, flip) => {
        const b = new Uint8Array(40);
        b.set(a.subarray(x, x + size), y);
        if (flip < 40) b[flip]! ^= 2;
        const expected = Array.from({ length: size }, (_, n) => a[x + n] === b[y + n]).every(Boolean);
        expect(sameBytes(a, x, b, y, size)).toBe(expected);
      },
    ),
  );
});

it('bytes are the same where every byte is, also in images that were filled from one source', () => {
  const images = fc.uint8Array({ minLength: 64, maxLength: 64, max: 1 });
  const place = fc.nat({ max: 48 });
  let skipped = 0;
  fc.assert(
    fc.property(
      images,
      place,
      place,
      fc.nat({ max: 8 }),
      fc.nat({ max: 8 }),
      fc.nat({ max: 90 }),
      (a, p, q, x, y, flip) => {
        const source = Uint8Array.from({ length: 16 }, (_, n) => n);
        const b = new Uint8Array(64);
        b.set(a.subarray(x, 64 - Math.max(0, y - x)), y);
        // Outside of what is filled, which nothing writes.
        if (flip < 64 && (flip < q || flip >= q + 16)) b[flip]! ^= 2;
        // An image that is made has zeros there.
        const [left, right] = [a.fill(0, p, p + 16).slice(), b.fill(0, q, q + 16).slice()];
        left.set(source, p);
        right.set(source, q);
        fillImage(a, p, source);
        fillImage(b, q, source);
        const size = 64 - Math.max(x, y);
        const expected = Array.from({ length: size }, (_, n) => left[x + n] === right[y + n]).every(Boolean);
        if (expected && p - x === q - y) skipped++;
        expect(sameBytes(a, x, b, y, size)).toBe(expected);
        expect(completeCopy(a)).toEqual(left);
        expect(completed(b)).toEqual(right);
      },
    ),
    { numRuns: 2000 },
  );
  expect(skipped).toBeGreaterThan(5);
});

it('bytes are put into an image when they are asked for, once, and are the same whoever was filled from them', () => {
  const [one, other] = [new Uint8Array(64).fill(1), new Uint8Array(64).fill(2)];
  const [a, b, c] = [new Uint8Array(100), new Uint8Array(100), new Uint8Array(100)];
  fillImage(a, 10, one);
  fillImage(b, 20, one);
  fillImage(c, 10, other);
  const before = filling.bytes;
  expect(sameBytes(a, 0, b, 10, 80)).toBe(true);
  completed(a, 0, 10);
  completed(a, 74, 100);
  expect(filling.bytes - before).toBe(0);
  expect(sameBytes(a, 0, c, 0, 100)).toBe(false);
  expect(sameBytes(a, 0, c, 0, 100)).toBe(false);
  expect(filling.bytes - before).toBe(128);
  expect(b[20]).toBe(0);
  expect([completed(b, 83, 84)[83], b[84], a[73]]).toEqual([1, 0, 1]);
  expect(filling.bytes - before).toBe(129);
});

it('ranges meet what overlaps them', () => {
  const range = fc.tuple(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 9 }));
  fc.assert(
    fc.property(fc.array(range), fc.array(range), range, (first, second, [start, size]) => {
      const ranges = new ByteRanges();
      for (const list of [first, second]) ranges.add(list.flatMap(([at, length]) => [at, at + length]));
      const expected = [...first, ...second].some(([at, length]) => at < start + size && start < at + length);
      expect(ranges.meets(start, start + size)).toBe(expected);
    }),
  );
});
