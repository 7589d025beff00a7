/** Shifted frequencies against the sum, and what turns against its speed. */
import { describe, expect, it } from 'vitest';
import { decibels, rootMeanSquare } from '../../../testing/measure/levels.ts';
import { atRate, collect, collectStereo, RATES } from '../../../testing/measure/rates.ts';
import { sineAt } from '../../../testing/measure/spectrum.ts';
import { uniform } from '../../../testing/measure/stability.ts';
import { freqShifter, rotary } from './rotary.ts';

const SEED = 3;

describe('freqShifter', () => {
  it.each(RATES)('turns a sine of f into one of f + hz, with an image 35 dB below, at %i Hz', (rate) => {
    atRate(rate, () => {
      for (const [hz, by] of [
        [1000, 250],
        [1000, -300],
        [440, 37],
        [200, 1000],
        [3000, -2500],
      ]) {
        const shift = freqShifter();
        const heard = collect(16_384 + 4800, (n) => shift(Math.sin((2 * Math.PI * hz * n) / rate), by)).subarray(4800);
        const wanted = sineAt(heard, hz + by, rate).amplitude;
        expect(Math.abs(decibels(wanted))).toBeLessThan(0.1);
        expect(decibels(sineAt(heard, Math.abs(hz - by), rate).amplitude / wanted)).toBeLessThan(-35);
        expect(decibels(sineAt(heard, hz, rate).amplitude / wanted)).toBeLessThan(-60);
      }
    });
  });
});

describe(`rotary, seed ${SEED}`, () => {
  it('keeps the mean level, with sides that differ', () => {
    for (const rate of [22_050, 48_000]) {
      atRate(rate, () => {
        for (const speed of [0, 1]) {
          const random = uniform(SEED);
          const sine = (hz: number) => (n: number) => Math.sin((2 * Math.PI * hz * n) / rate) / Math.sqrt(6);
          const run = (x: (n: number) => number) => {
            const leslie = rotary();
            return collectStereo(Math.round(2.6 * rate), (n) => leslie(x(n), speed));
          };
          for (const x of [sine(200), sine(3000), () => random() - 0.5]) {
            const { left, right } = run(x);
            for (const side of [left, right]) {
              expect(Math.abs(decibels(rootMeanSquare(side) * Math.sqrt(12)))).toBeLessThan(1);
            }
          }
          const { left, right } = run(sine(3000));
          const difference = rootMeanSquare(left.map((l, n) => l - right[n]));
          expect(difference / rootMeanSquare(left)).toBeGreaterThan(0.3);
        }
      });
    }
  });

  it('turns at 0.8 Hz and at 6.7 Hz, which it reaches slowly', () => {
    atRate(48_000, () => {
      const leslie = rotary();
      const { left } = collectStereo(48_000 * 9, (n) =>
        leslie(Math.sin((2 * Math.PI * 3000 * n) / 48_000), n < 192_000 ? 0 : 1),
      );
      const levels = Array.from({ length: 900 }, (_, i) => rootMeanSquare(left.subarray(i * 480, i * 480 + 480)));
      const maxima = levels.flatMap((y, i) =>
        i > 2 && y > levels[i - 1] && y >= levels[i + 1] && y > 0.7 ? [i / 100] : [],
      );
      const between = (from: number, to: number) => maxima.filter((at) => at >= from && at < to);
      const slow = between(0, 4);
      expect((slow.at(-1)! - slow[0]) / (slow.length - 1)).toBeCloseTo(1 / 0.8, 1);
      const fast = between(7.5, 9);
      expect((fast.at(-1)! - fast[0]) / (fast.length - 1)).toBeCloseTo(1 / 6.7, 2);
      const onTheWay = between(4, 4.5);
      expect(onTheWay.length).toBeLessThan(3);
    });
  });
});
