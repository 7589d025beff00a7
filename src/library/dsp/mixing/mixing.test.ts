/** Mixing and stereo against their formulas. */
import { describe, expect, it } from 'vitest';
import { documentedFunctions, faultsOfExample } from '../../../testing/measure/examples.ts';
import { expectSameAsJavaScript } from '../../../testing/measure/sameAsJavaScript.ts';
import { crossfade, crossfadePower, db, toDb } from './levels.ts';
import { addStereo, balance, fromMidSide, gainStereo, midSide, pan2, stereoWidth, toMono } from './stereo.ts';

const places = Array.from({ length: 41 }, (_, i) => -1 + i / 20);

describe('levels', () => {
  it('db and toDb are inverse', () => {
    expect(db(-6.0206)).toBeCloseTo(0.5, 6);
    expect(db(0)).toBe(1);
    expect(toDb(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(db(toDb(0))).toBe(0);
    for (const x of [1e-6, 0.3, 1, 17]) {
      expect(db(toDb(x))).toBeCloseTo(x, 12);
      expect(toDb(-x)).toBe(toDb(x));
    }
  });

  it('crossfade is exact at its ends and straight between', () => {
    expect(crossfade(0.1, 0.7, 0)).toBe(0.1);
    expect(crossfade(0.1, 0.7, 1)).toBe(0.7);
    expect(crossfade(0.1, 0.7, 2)).toBe(0.7);
    expect(crossfade(0.1, 0.7, -2)).toBe(0.1);
    expect(crossfade(0, 4, 0.25)).toBe(1);
    expect(crossfade(1, 3)).toBe(2);
    expect(crossfade(1, 3, Number.NaN)).toBe(2);
  });

  it('crossfadePower has gains whose squares add up to 1', () => {
    for (const place of places) {
      expect(crossfadePower(1, 0, place) ** 2 + crossfadePower(0, 1, place) ** 2).toBeCloseTo(1, 14);
    }
    expect(crossfadePower(0.3, 9, 0)).toBe(0.3);
    expect(crossfadePower(9, 0.3, 1)).toBeCloseTo(0.3, 11);
    expect(crossfadePower(1, 0)).toBeCloseTo(Math.SQRT1_2, 12);
  });
});

describe('pairs', () => {
  it('pan2 keeps the power and reaches both sides', () => {
    for (const place of places) {
      const [left, right] = pan2(0.8, place);
      expect(left * left + right * right).toBeCloseTo(0.64, 14);
      expect(left).toBeCloseTo(0.8 * Math.cos(((place + 1) * Math.PI) / 4), 12);
      expect(right).toBeCloseTo(0.8 * Math.sin(((place + 1) * Math.PI) / 4), 12);
    }
    expect(pan2(1, -1)).toEqual([1, 0]);
    expect(pan2(1, -7)).toEqual([1, 0]);
    expect(pan2(1, Number.NaN)[0]).toBeCloseTo(Math.SQRT1_2, 12);
    expect(Math.abs(pan2(1, 1)[0])).toBeLessThan(1e-12);
  });

  it('balance makes the other side softer', () => {
    expect(balance([0.3, -0.7])).toEqual([0.3, -0.7]);
    expect(balance([0.4, 0.6], 0.5)).toEqual([0.2, 0.6]);
    expect(balance([0.4, 0.6], -0.25)).toEqual([0.4, 0.6 * 0.75]);
    expect(balance([0.4, 0.6], -5)).toEqual([0.4, 0]);
    expect(balance([0.4, 0.6], 5)).toEqual([0, 0.6]);
    expect(balance([0.4, 0.6], Number.NaN)).toEqual([0.4, 0.6]);
  });

  it('midSide, fromMidSide and stereoWidth are exact', () => {
    expect(midSide([0.75, 0.25])).toEqual([0.5, 0.25]);
    expect(fromMidSide([0.5, 0.25])).toEqual([0.75, 0.25]);
    expect(stereoWidth([0.75, 0.25], 1)).toEqual([0.75, 0.25]);
    expect(stereoWidth([0.75, 0.25], 0)).toEqual([0.5, 0.5]);
    expect(stereoWidth([0.75, 0.25], 2)).toEqual([1, 0]);
    expect(stereoWidth([0.75, 0.25], -3)).toEqual([0.5, 0.5]);
    expect(stereoWidth([0.75, 0.25], Number.NaN)).toEqual([0.75, 0.25]);
  });

  it('toMono, addStereo and gainStereo are exact', () => {
    expect(toMono([0.75, 0.25])).toBe(0.5);
    expect(addStereo()).toEqual([0, 0]);
    expect(addStereo([1, 2], [3, 4], [0.5, 0.25])).toEqual([4.5, 6.25]);
    expect(gainStereo([0.5, -0.25], 3)).toEqual([1.5, -0.75]);
  });
});

it('equals itself as JavaScript', async () => {
  await expectSameAsJavaScript(`
    export default (t) => {
      const x = Math.sin(310 * t)
      const y = Math.sin(47 * t)
      const [mid, side] = midSide(pan2(x, 1.3 * y))
      const wide = stereoWidth(balance(fromMidSide([mid, side * 2]), y), x + 1)
      const mixed = addStereo(wide, [crossfade(x, y, y), crossfadePower(x, y, x)], gainStereo([y, x], db(20 * x)), wide)
      return [mixed[0] + toMono(mixed), mixed[1] + toDb(x)]
    }`);
});

it.each(documentedFunctions('mixing/'))('documents $name', async (documented) => {
  expect(await faultsOfExample(documented)).toEqual([]);
});
