/** The pictures' numbers against sounds whose numbers are known. */
import { describe, expect, it } from 'vitest';
import { FLOOR_DB, LogAxis, MeterNeedle, peakOf, ReductionNeedle, toDb } from './measure.ts';

it('knows decibels and peaks', () => {
  expect(toDb(1)).toBe(0);
  expect(toDb(0.5)).toBeCloseTo(-6.0206, 4);
  expect(toDb(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(peakOf(Float32Array.of(0.25, -0.75, 0.5))).toBe(0.75);
  expect(peakOf(new Float32Array(3))).toBe(0);
});

describe('MeterNeedle', () => {
  it('goes up at once and down slowly, and holds the peak before it falls', () => {
    const needle = new MeterNeedle();
    needle.step(-6, 0.016);
    expect([needle.level, needle.peak]).toEqual([-6, -6]);
    needle.step(Number.NEGATIVE_INFINITY, 0.5);
    expect([needle.level, needle.peak]).toEqual([-18, -6]);
    needle.step(Number.NEGATIVE_INFINITY, 0.9);
    expect(needle.peak).toBe(-6);
    needle.step(Number.NEGATIVE_INFINITY, 0.25);
    expect(needle.peak).toBe(-12);
    needle.step(-3, 0.1);
    expect([needle.level, needle.peak]).toEqual([-3, -3]);
  });

  it('comes to rest in silence', () => {
    const needle = new MeterNeedle();
    expect(needle.isAtRest).toBe(true);
    needle.step(0, 0.02);
    let steps = 0;
    while (!needle.isAtRest && steps < 1000) {
      needle.step(Number.NEGATIVE_INFINITY, 0.02);
      steps++;
    }
    expect(needle.isAtRest).toBe(true);
    expect([needle.level, needle.peak]).toEqual([FLOOR_DB, FLOOR_DB]);
  });
});

describe('ReductionNeedle', () => {
  it('shows at once what is taken away, holds the most of it, and comes to rest', () => {
    const needle = new ReductionNeedle();
    expect(needle.isAtRest).toBe(true);
    needle.step(6, 0.016);
    needle.step(0, 0.125);
    expect([needle.reductionDb, needle.heldDb]).toEqual([3, 6]);
    needle.step(4, 0.125);
    expect([needle.reductionDb, needle.heldDb]).toEqual([4, 6]);
    needle.step(0, 1);
    expect([needle.reductionDb, needle.heldDb, needle.isAtRest]).toEqual([0, 6, false]);
    needle.step(0, 0.6);
    expect(needle.isAtRest).toBe(true);
  });
});

it('has a frequency axis on which octaves are equally wide', () => {
  const axis = new LogAxis(20, 20_480, 1000);
  expect(axis.xOf(20)).toBeCloseTo(0);
  expect(axis.xOf(640)).toBeCloseTo(500);
  expect(axis.xOf(20_480)).toBeCloseTo(1000);
  expect(axis.hzAt(axis.xOf(440))).toBeCloseTo(440);
});
