/** The maximum of a moving window, against looking at the whole window each time. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SlidingMaximum } from './slidingMaximum.ts';

it('is the largest of the last values', () => {
  const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.nat()), { maxLength: 300 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), values, (window, all) => {
      const sliding = new SlidingMaximum(window);
      const found = Float64Array.from(all);
      // In two pieces: what came before counts in the second.
      const half = all.length >> 1;
      sliding.process(found.subarray(0, half), half);
      sliding.process(found.subarray(half), all.length - half);
      expect([...found]).toEqual(all.map((_, n) => Math.max(...all.slice(Math.max(0, n + 1 - window), n + 1))));
      sliding.reset();
      const after = new Float64Array(1);
      sliding.process(after, 1);
      expect(after[0]).toBe(0);
    }),
  );
});
