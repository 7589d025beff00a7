/** Convolution against its definition; that its work is even: src/testing/libraryLoad.test.ts. */
import { describe, expect, it } from 'vitest';
import { atRate, collect } from '../../../testing/measure/rates.ts';
import { uniform } from '../../../testing/measure/stability.ts';
import { convolver } from './convolver.ts';

const SEED = 55;
const random = uniform(SEED);
const noise = (length: number): Float64Array => Float64Array.from({ length }, () => 2 * random() - 1);

/** Σ response[k]·x[n − k] at a few places. */
const direct = (response: ArrayLike<number>, x: Float64Array, n: number): number => {
  let sum = 0;
  for (let k = 0; k < response.length && k <= n; k++) sum += response[k] * x[n - k];
  return sum;
};

describe(`convolver, seed ${SEED}`, () => {
  it.each([1, 2, 100, 128, 129, 191, 192, 193, 500, 1024, 1025, 3000, 8192, 8193, 20_000])(
    'with %i values is the sum',
    (length) => {
      atRate(48_000, () => {
        const response = noise(length).map((h, k) => h * 0.001 ** (k / length));
        const norm = Math.sqrt(response.reduce((sum, h) => sum + h * h, 0));
        const x = noise(Math.min(3 * length + 3000, 30_000));
        const run = convolver(response);
        const y = collect(x.length, (n) => run(x[n]));
        let worst = 0;
        const step = length < 1500 ? 1 : 37;
        for (let n = 0; n < x.length; n += step) worst = Math.max(worst, Math.abs(y[n] - direct(response, x, n)));
        expect(worst).toBeLessThan(1e-9 * norm);
      });
    },
  );

  it('takes all kinds of arrays, and none for silence', () => {
    atRate(48_000, () => {
      for (const response of [[1, -0.5, 0.25], Float32Array.from([1, -0.5, 0.25])]) {
        const run = convolver(response);
        expect([1, 0, 0, 0].map((x) => run(x))).toEqual([1, -0.5, 0.25, 0]);
      }
      expect(convolver([])(1)).toBe(0);
    });
  });

  it('is late in no part, whatever comes in when', () => {
    atRate(48_000, () => {
      const response = noise(9000);
      for (const at of [0, 100, 1700, 2047]) {
        const run = convolver(response);
        const heard = collect(12_000, (n) => run(n === at ? 1 : 0));
        let worst = 0;
        for (let n = 0; n < 9000; n++) worst = Math.max(worst, Math.abs((heard[n + at] ?? response[n]) - response[n]));
        expect(worst).toBeLessThan(1e-10);
      }
    });
  });

  it('takes at most 10 seconds', () => {
    atRate(1000, () => {
      const run = convolver(Float64Array.from({ length: 11_000 }, () => 1));
      const heard = collect(12_000, (n) => run(n === 0 ? 1 : 0));
      expect(heard.findIndex((y, n) => n > 0 && Math.abs(y) < 0.5)).toBe(10_000);
    });
  });

  it('forgets a NaN at once', () => {
    atRate(48_000, () => {
      const run = convolver(noise(3000));
      run(Number.NaN);
      for (let n = 0; n < 9000; n++) expect(run(0)).toBe(0);
    });
  });
});
