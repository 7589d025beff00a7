/** Words and bytes compare alike, however they lie; ranges know what is in them. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteRanges, fillImage, sameBytes } from './bytes.ts';

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
        fillImage(a, p, source);
        fillImage(b, q, source);
        // Outside of what was filled, which nothing writes.
        if (flip < 64 && (flip < q || flip >= q + 16)) b[flip]! ^= 2;
        const size = 64 - Math.max(x, y);
        const expected = Array.from({ length: size }, (_, n) => a[x + n] === b[y + n]).every(Boolean);
        if (expected && p - x === q - y) skipped++;
        expect(sameBytes(a, x, b, y, size)).toBe(expected);
      },
    ),
    { numRuns: 2000 },
  );
  expect(skipped).toBeGreaterThan(5);
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
