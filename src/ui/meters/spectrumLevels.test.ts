/** Levels of tones as an analyser reads them, levels between bins, and peaks. */
import { describe, expect, it } from 'vitest';
import { highestBetween, louderLevels, spectralPeak } from './spectrumLevels.ts';

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

/** What an analyser reads of tones, by Web Audio's formulas: a Blackman window, and the transform divided by its length; in dB. */
function analysed(tones: readonly (readonly [hz: number, db: number])[], bins: number): Float32Array {
  const samples = Float64Array.from({ length: FRAMES }, (_, n) => {
    const turn = (2 * Math.PI * n) / FRAMES;
    const window = 0.42 - 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn);
    return (
      tones.reduce((sum, [hz, db]) => sum + 10 ** (db / 20) * Math.sin((2 * Math.PI * hz * n) / SAMPLE_RATE), 0) *
      window
    );
  });
  return Float32Array.from({ length: bins }, (_, bin) => {
    let [re, im] = [0, 0];
    for (let n = 0; n < FRAMES; n++) {
      const angle = (2 * Math.PI * bin * n) / FRAMES;
      re += samples[n] * Math.cos(angle);
      im -= samples[n] * Math.sin(angle);
    }
    return 20 * Math.log10(Math.hypot(re, im) / FRAMES);
  });
}

const FRAMES = 16_384;
const SAMPLE_RATE = 48_000;
const HZ_PER_BIN = SAMPLE_RATE / FRAMES;
const SILENT = -300;

describe('a spectrum', () => {
  it.each([
    [
      '50 and 60 Hz',
      [
        [50, -12],
        [60, -20],
      ],
    ],
    [
      'a semitone',
      [
        [440, -12],
        [466.164, -18],
      ],
    ],
    [
      'tones on a bin and between two',
      [
        [HZ_PER_BIN * 40, -12],
        [HZ_PER_BIN * 90.5, -30],
      ],
    ],
  ] as const)('names the levels and frequencies of %s', (_, tones) => {
    const bins = Math.ceil(Math.max(...tones.map(([hz]) => hz)) / HZ_PER_BIN) + 8;
    const levels = analysed(tones, bins);
    louderLevels(levels, new Float32Array(bins).fill(SILENT));
    for (const [hz, db] of tones) {
      const peak = spectralPeak(levels, hz / HZ_PER_BIN - 1.5, hz / HZ_PER_BIN + 1.5);
      expect((peak?.bin ?? 0) * HZ_PER_BIN).toBeCloseTo(hz, 0);
      expect(Math.abs((peak?.levelDb ?? 0) - db)).toBeLessThan(0.2);
    }
  });
});
