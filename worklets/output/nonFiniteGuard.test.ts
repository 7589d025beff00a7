/** The guard, against what f32 makes of the same numbers. */
import { describe, expect, it } from 'vitest';
import { NonFiniteGuard } from './nonFiniteGuard.ts';

const ones = (frames: number) => new Float64Array(frames).fill(1);

describe('the guard', () => {
  it('replaces what is not finite as f32, and counts it', () => {
    const guard = new NonFiniteGuard();
    const largestF32 = 2 ** 128 - 2 ** 104;
    const left = Float64Array.of(1, Number.NaN, -0, Number.POSITIVE_INFINITY, 1e300, largestF32);
    const right = Float64Array.of(Number.NEGATIVE_INFINITY, 0.5, 1e-320, -1e39, -largestF32, Number.NaN);
    guard.process(left, right, 5);
    expect([...left]).toEqual([1, 0, -0, 0, 0, largestF32]);
    expect([...right]).toEqual([0, 0.5, 1e-320, 0, -largestF32, Number.NaN]);
    expect(guard.count).toBe(5);
    expect(guard.takeCount()).toBe(5);
    expect(guard.count).toBe(0);
  });

  it('draws the line exactly where f32 does', () => {
    const bits = new DataView(new ArrayBuffer(8));
    const overflow = 2 ** 128 - 2 ** 103;
    bits.setFloat64(0, overflow);
    bits.setBigUint64(0, bits.getBigUint64(0) - 1n);
    const below = bits.getFloat64(0);
    expect([Math.fround(below), Math.fround(overflow)].map(Number.isFinite)).toEqual([true, false]);
    const left = Float64Array.of(below, overflow);
    new NonFiniteGuard().process(left, ones(2), 2);
    expect([...left]).toEqual([below, 0]);
  });

  it('only counts where it is told to', () => {
    const guard = new NonFiniteGuard(false);
    const left = Float64Array.of(Number.NaN, 2);
    guard.process(left, ones(2), 2);
    expect([...left]).toEqual([Number.NaN, 2]);
    expect(guard.count).toBe(1);
  });
});
