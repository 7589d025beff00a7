/** The stages between patch and loudspeaker, each against what it promises. */
import { describe, expect, it } from 'vitest';
import { NonFiniteGuard, OutputChain, type OutputStage, StartStopRamp } from './outputChain.ts';

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

describe('the ramp', () => {
  it('begins silent, rises in equal steps over any blocks, and then touches nothing', () => {
    const ramp = new StartStopRamp(4);
    expect(ramp.isSilent).toBe(true);
    ramp.isUp = true;
    expect(ramp.isSilent).toBe(false);
    const heard: number[] = [];
    for (const frames of [3, 1, 2]) {
      const left = ones(frames);
      const right = ones(frames).fill(-2);
      ramp.process(left, right, frames);
      heard.push(...left);
      expect([...right]).toEqual([...left].map((sample) => -2 * sample));
    }
    expect(heard).toEqual([0.25, 0.5, 0.75, 1, 1, 1]);
    const left = Float64Array.of(-0, Number.NaN);
    ramp.process(left, ones(2), 2);
    expect([...left]).toEqual([-0, Number.NaN]);
  });

  it('turns round wherever it is', () => {
    const ramp = new StartStopRamp(4);
    const run = (isUp: boolean, frames: number) => {
      const left = ones(frames);
      ramp.isUp = isUp;
      ramp.process(left, ones(frames), frames);
      return [...left];
    };
    expect(run(true, 2)).toEqual([0.25, 0.5]);
    expect(run(false, 1)).toEqual([0.25]);
    expect(ramp.isSilent).toBe(false);
    expect(run(true, 4)).toEqual([0.5, 0.75, 1, 1]);
    expect(run(false, 5)).toEqual([0.75, 0.5, 0.25, 0, 0]);
    expect(ramp.isSilent).toBe(true);
  });
});

it('the chain passes the block through its stages in order', () => {
  const stage = (factor: number, offset: number): OutputStage => ({
    process(left, _right, frames) {
      for (let n = 0; n < frames; n++) left[n] = left[n] * factor + offset;
    },
  });
  const left = ones(2);
  new OutputChain([stage(2, 0), stage(1, 10)]).process(left, ones(2), 1);
  expect([...left]).toEqual([12, 1]);
});
