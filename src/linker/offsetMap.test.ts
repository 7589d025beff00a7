/** Held against a map of JavaScript's own, sorted. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OffsetMap } from './offsetMap.ts';

const offset = fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 2 ** 26 })).map((n) => 4 * n);

it('has what was set last at each offset, and shows it by rising offsets', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(offset, fc.integer())), fc.array(offset), (sets, others) => {
      const map = new OffsetMap();
      const expected = new Map<number, number>();
      for (const [at, value] of sets) {
        map.set(at, value);
        expected.set(at, value);
      }
      for (const at of [...expected.keys(), ...others]) expect(map.get(at)).toBe(expected.get(at) ?? 0);
      expect(map.get(-4)).toBe(0);
      const shown: [number, number][] = [];
      map.forEach((at, value) => void shown.push([at, value]));
      expect(shown).toEqual([...expected].filter(([, value]) => value !== 0).sort(([a], [b]) => a - b));
    }),
  );
});
