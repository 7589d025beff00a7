/** The ramp, sample by sample. */
import { describe, expect, it } from 'vitest';
import { StartStopRamp } from './ramp.ts';

const ones = (frames: number) => new Float64Array(frames).fill(1);

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
