/** Levels between bins, and peaks. */
import { describe, expect, it } from 'vitest';
import { highestBetween, spectralPeak } from './spectrumLevels.ts';

describe('highestBetween', () => {
  const bins = Float32Array.of(-80, -60, -40, -20, -40, -60);
  it.each([
    // On the way up the curve is a line.
    [1.5, 1.5, -50],
    [1, 1.5, -50],
    [0, 1, -60],
    [2, 4, -20],
    [0, 9, -20],
    [5, 9, -60],
    [7, 9, -60],
  ])('from %f to %f it is %f dB', (from, to, level) => {
    expect(highestBetween(bins, from, to)).toBeCloseTo(level, 4);
  });

  it('finds the top between two bins that are equally high', () => {
    const top = 10.5;
    const lobe = Float32Array.from({ length: 32 }, (_, bin) => -6 - 2 * (bin - top) ** 2);
    expect(highestBetween(lobe, 10.5, 10.5)).toBeCloseTo(-6, 4);
    expect(highestBetween(lobe, 0, 31)).toBeCloseTo(-6, 4);
    expect(highestBetween(lobe, 8.25, 8.25)).toBeCloseTo(-6 - 2 * 2.25 ** 2, 4);
  });
});

describe('spectralPeak', () => {
  it('finds the top of a parabola between bins', () => {
    const top = 10.3;
    const bins = Float32Array.from({ length: 32 }, (_, bin) => -6 - 2 * (bin - top) ** 2);
    const peak = spectralPeak(bins, 5, 20);
    expect(peak?.bin).toBeCloseTo(top, 3);
    expect(peak?.levelDb).toBeCloseTo(-6, 3);
  });

  it('finds the highest of several, and none where there is none', () => {
    const bins = Float32Array.of(-90, -50, -90, -30, -90, -10, -90);
    expect(spectralPeak(bins, 0, 4)?.bin).toBe(3);
    expect(spectralPeak(bins, 0, 6)?.bin).toBe(5);
    expect(spectralPeak(Float32Array.of(-3, -2, -1, 0), 0, 3)).toBeNull();
    expect(spectralPeak(new Float32Array(8).fill(-200), 0, 7)).toBeNull();
  });
});
