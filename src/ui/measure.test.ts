/** The pictures' numbers against sounds whose numbers are known. */
import { describe, expect, it } from 'vitest';
import { FLOOR_DB, LogAxis, MeterNeedle, peakOf, ReductionNeedle, toDb, triggerFrame } from './measure.ts';

const SAMPLE_RATE = 48_000;
const tone = (hz: number, frames: number, start = 0) =>
  Float32Array.from({ length: frames }, (_, n) => Math.sin((2 * Math.PI * hz * (start + n)) / SAMPLE_RATE));

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

describe('triggerFrame', () => {
  it('puts a tone at the same phase wherever the buffer begins', () => {
    for (const hz of [110, 220, 437.3]) {
      for (const start of [0, 17, 133, 2001]) {
        const frame = triggerFrame(tone(hz, 4096, start), 1200);
        const turns = (hz * (start + frame)) / SAMPLE_RATE;
        const phase = turns - Math.round(turns);
        expect(phase).toBeGreaterThanOrEqual(-1e-6);
        expect(phase).toBeLessThan(hz / SAMPLE_RATE + 1e-6);
      }
    }
  });

  it('prefers the crossing after the deepest trough', () => {
    const period = 480;
    const samples = Float32Array.from(
      { length: 4096 },
      (_, n) => Math.sin((2 * Math.PI * n) / period) + 0.8 * Math.sin((4 * Math.PI * n) / period + 1),
    );
    const frame = triggerFrame(samples, 1200);
    const before = samples.subarray(Math.max(0, frame - period), frame);
    expect(Math.min(...before)).toBeCloseTo(Math.min(...samples), 1);
  });

  it('begins at the beginning when nothing crosses', () => {
    expect(triggerFrame(new Float32Array(4096), 1200)).toBe(0);
    expect(triggerFrame(new Float32Array(4096).fill(0.5), 1200)).toBe(0);
  });
});

it('has a frequency axis on which octaves are equally wide', () => {
  const axis = new LogAxis(20, 20_480, 1000);
  expect(axis.xOf(20)).toBeCloseTo(0);
  expect(axis.xOf(640)).toBeCloseTo(500);
  expect(axis.xOf(20_480)).toBeCloseTo(1000);
  expect(axis.hzAt(axis.xOf(440))).toBeCloseTo(440);
});
