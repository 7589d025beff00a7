/** Ranges and tables against their formulas. */
import { describe, expect, it } from 'vitest';
import { documentedFunctions, faultsOfExample } from '../../../testing/measure/examples.ts';
import { expectSameAsJavaScript } from '../../../testing/measure/sameAsJavaScript.ts';
import { uniform } from '../../../testing/measure/stability.ts';
import { clamp, explin, fold, frac, lerp, linexp, linlin, mod, roundTo, smoothstep, TAU, wrap } from './range.ts';
import { cubic, readTable } from './tables.ts';

const SEED = 11;
const random = uniform(SEED);
const draws = Array.from({ length: 2000 }, () => 40 * random() - 20);

describe(`ranges, seed ${SEED}`, () => {
  it('TAU is a turn', () => expect(TAU).toBe(2 * Math.PI));

  it('clamp keeps within', () => {
    expect([-0.5, 0.25, 1.5].map((x) => clamp(x))).toEqual([0, 0.25, 1]);
    for (const x of draws) expect(clamp(x, -3, 5)).toBe(Math.min(5, Math.max(-3, x)));
  });

  it('wrap adds whole ranges', () => {
    expect(wrap(-0.25)).toBe(0.75);
    expect(wrap(1)).toBe(0);
    expect(wrap(-1e-20)).toBe(0);
    for (const x of draws) {
      const y = wrap(x, -3, 5);
      expect(y >= -3 && y < 5).toBe(true);
      expect((x - y) / 8).toBeCloseTo(Math.round((x - y) / 8), 10);
    }
  });

  it('fold reflects', () => {
    expect(fold(1.25)).toBe(0.75);
    expect(fold(-1.25)).toBe(-0.75);
    expect(fold(0.3)).toBeCloseTo(0.3, 15);
    // The triangle of period 4 that has slope 1 through 0.
    for (const x of draws) expect(fold(x)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sin((Math.PI / 2) * x)), 10);
  });

  it('lerp, linlin, linexp and explin map', () => {
    expect([0, 0.5, 1, 2].map((t) => lerp(2, 6, t))).toEqual([2, 4, 6, 10]);
    expect([-5, 0, 5, 10, 20].map((x) => linlin(x, 0, 10, 100, 200))).toEqual([100, 100, 150, 200, 200]);
    expect(linlin(3, 10, 0, 0, 1)).toBe(0.7);
    expect([-1, 0, 1, 2, 3].map((x) => linexp(x, 0, 2, 20, 2000))).toEqual([20, 20, 200, 2000, 2000]);
    for (const x of [1, 30, 200, 5000]) expect(linexp(explin(x, 1, 5000, 0, 1), 0, 1, 1, 5000)).toBeCloseTo(x, 8);
    expect([0.5, 1, 10, 100, 200].map((x) => explin(x, 1, 100, 3, 5))).toEqual([3, 3, 4, 5, 5]);
    expect(linlin(7, 2, 2, 0, 1)).toBe(1);
    expect(linlin(2, 2, 2, 0, 1)).toBe(0);
  });

  it('frac and mod go downwards', () => {
    expect([1.25, -0.25, -1e-20, 3].map(frac)).toEqual([0.25, 0.75, 0, 0]);
    expect(mod(-1, 8)).toBe(7);
    expect(mod(9, 8)).toBe(1);
    expect(mod(1, -8)).toBe(-7);
    for (const x of draws) {
      expect(frac(x) >= 0 && frac(x) < 1).toBe(true);
      expect(mod(x, 0.7) >= 0 && mod(x, 0.7) < 0.7).toBe(true);
    }
  });

  it('roundTo finds multiples', () => {
    expect([0.3, 0.4, -0.3, 0.375].map((x) => roundTo(x, 0.25))).toEqual([0.25, 0.5, -0.25, 0.5]);
    expect(roundTo(7.3, 5)).toBe(5);
  });

  it('smoothstep is flat at the ends', () => {
    expect([-1, 0, 0.5, 1, 2].map((x) => smoothstep(x))).toEqual([0, 0, 0.5, 1, 1]);
    for (const x of [0.1, 0.7]) expect(smoothstep(2 + 3 * x, 2, 5)).toBeCloseTo(3 * x ** 2 - 2 * x ** 3, 14);
    expect(smoothstep(1e-6) / 1e-6).toBeLessThan(1e-5);
    expect((1 - smoothstep(1 - 1e-6)) / 1e-6).toBeLessThan(1e-5);
  });

  it('takes NaN in a parameter for its default', () => {
    const none = Number.NaN;
    expect(clamp(2, none, none)).toBe(1);
    expect(wrap(1.25, none, none)).toBe(0.25);
    expect(fold(1.25, none, none)).toBe(0.75);
    expect(smoothstep(0.5, none, none)).toBe(0.5);
  });
});

describe('tables', () => {
  it('cubic is exact for parabolas and goes through its points', () => {
    const parabola = (x: number) => 2 * x * x - 3 * x + 1;
    for (let t = 0; t <= 1; t += 0.125) {
      expect(cubic(parabola(-1), parabola(0), parabola(1), parabola(2), t)).toBeCloseTo(parabola(t), 14);
    }
    expect(cubic(7, 2, 3, -9, 0)).toBe(2);
    expect(cubic(7, 2, 3, -9, 1)).toBe(3);
    const step = 1e-6;
    expect((cubic(7, 2, 3, -9, step) - 2) / step).toBeCloseTo((3 - 7) / 2, 3);
  });

  it('readTable is exact at whole places and straight between', () => {
    const table = [3, 1, 4, 1];
    expect([0, 0.25, 0.5, 0.75, 1, -0.25].map((x) => readTable(table, x))).toEqual([3, 1, 4, 1, 3, 1]);
    expect(readTable(table, 0.375)).toBe(2.5);
    expect(readTable(table, 0.875)).toBe(2);
    expect(readTable(Float32Array.of(5), 0.3)).toBe(5);
    expect(readTable(table, -1e-20)).toBe(3);
  });
});

it('equals itself as JavaScript', async () => {
  await expectSameAsJavaScript(`
    const table = [0.1, -0.4, 0.3, 0.9, -1]
    const floats = new Float32Array([0.1, -0.4, 0.3])
    export default (t) => {
      const x = 9 * Math.sin(31 * t)
      const a = clamp(x) + wrap(x, -0.3, 0.4) + fold(x) + lerp(1, x, 0.3) + linlin(x, -3, 3, 0, 1) + linexp(x, -5, 5, 1, 2)
      const b = explin(x + 9, 2, 7, 0, 1) + frac(x) + mod(x, -0.3) + roundTo(x, 0.1) + smoothstep(x, -8, 8)
      return [a + clamp(x, -2, 2) + wrap(x) + fold(x, 0, 0.7), b + readTable(table, x) + readTable(floats, x) + cubic(x, 1, 2, 3, 0.3)]
    }`);
});

it.each(documentedFunctions('maths/'))('documents $name', async (documented) => {
  expect(await faultsOfExample(documented)).toEqual([]);
});
