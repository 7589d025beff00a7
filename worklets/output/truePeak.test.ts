/** True peaks, against signals whose peaks between the samples are known by their formula. */
import { describe, expect, it } from 'vitest';
import { TRUE_PEAK_DELAY_FRAMES, TRUE_PEAK_MAX_RATIO, TRUE_PEAK_TAPS, TruePeak } from './truePeak.ts';

/** What is read from each sample on, beginning where the taps are full and the reader has its last points. */
function readAll(signal: (n: number) => number, frames: number): number[] {
  const samples = Float64Array.from({ length: frames }, (_, n) => signal(n));
  const reader = new TruePeak();
  const count = frames - TRUE_PEAK_TAPS + 1;
  const peaks = new Float64Array(count);
  // In two runs, which must be as one.
  const half = count >> 1;
  reader.read(samples, TRUE_PEAK_TAPS - 1, half, peaks, 0);
  reader.read(samples, TRUE_PEAK_TAPS - 1 + half, count - half, peaks, half);
  return [...peaks.subarray(1)];
}

const dB = (ratio: number) => 20 * Math.log10(ratio);
/** `turns` of a period in each frame, beginning with `degrees`. */
const sine =
  (turns: number, degrees = 0) =>
  (n: number) =>
    Math.sin(2 * Math.PI * (turns * n + degrees / 360));

describe('a sine', () => {
  it('of a quarter of the sample rate at 45 degrees peaks 3 dB above its samples', () => {
    const signal = sine(0.25, 45);
    expect(dB(Math.abs(signal(0)))).toBeCloseTo(-3.01, 2);
    const peaks = readAll(signal, 100);
    // Every other interval has a top in it.
    for (let n = 1; n < peaks.length; n++) {
      expect(Math.abs(dB(Math.max(peaks[n - 1], peaks[n])))).toBeLessThan(0.02);
    }
  });

  it.each([
    [1 / 6, 60],
    [1 / 8, 67.5],
    [1 / 3, 0],
    [1 / 5, 18],
    [3 / 8, 11.25],
    [2 / 5, 9],
    [7 / 16, 3],
  ])('of %f of the sample rate is read within 0.12 dB, wherever the samples lie', (turns, degrees) => {
    for (const offset of [0, 1, 10, 22.5, 45, 80]) {
      const peaks = readAll(sine(turns, degrees + offset), 400);
      expect(Math.abs(dB(Math.max(...peaks)))).toBeLessThan(0.12);
    }
  });

  it('of any frequency up to 0.47 of the sample rate is read neither 0.16 dB too low nor 0.08 dB too high', () => {
    for (let turns = 0.001; turns <= 0.47; turns += 0.00137) {
      const peak = dB(Math.max(...readAll(sine(turns, 360 * turns * 7), 1200)));
      expect(peak).toBeGreaterThan(-0.16);
      expect(peak).toBeLessThan(0.08);
    }
  });
});

describe('the reading', () => {
  it('is in proportion, and does not ask for the sign', () => {
    const signal = (n: number) => Math.sin(n * n * 0.01);
    const once = readAll(signal, 300);
    expect(readAll((n) => -signal(n), 300)).toEqual(once);
    expect(readAll((n) => 1024 * signal(n), 300)).toEqual(once.map((peak) => 1024 * peak));
  });

  it('of a constant is the constant', () => {
    for (const peak of readAll(() => -0.7, 100)) expect(peak).toBeCloseTo(0.7, 12);
  });

  it('finds a single sample where it is, and nothing higher', () => {
    const at = 100;
    const peaks = readAll((n) => (n === at ? 1 : 0), 200);
    const highest = peaks.flatMap((peak, n) => (peak === 1 ? [n + TRUE_PEAK_TAPS] : []));
    expect(Math.max(...peaks)).toBe(1);
    // As the end of one interval and the beginning of the next.
    expect(highest).toContain(at + TRUE_PEAK_DELAY_FRAMES - 1);
    expect(highest).toContain(at + TRUE_PEAK_DELAY_FRAMES);
  });

  it('is never more than TRUE_PEAK_MAX_RATIO times the largest sample, not even for the worst signs', () => {
    // The signs of the sinc around a point half way: all weights add up.
    const signal = (n: number) => (n <= 50 ? (-1) ** n : -((-1) ** n));
    const peak = Math.max(...readAll(signal, 100));
    expect(peak).toBeGreaterThan(2.5);
    expect(peak).toBeLessThan(TRUE_PEAK_MAX_RATIO);
  });
});
