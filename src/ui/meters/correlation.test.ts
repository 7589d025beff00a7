/** Phase between the channels, by theory: the correlation of two tones of one frequency is the cosine of their phases' difference. */
import { expect, it } from 'vitest';
import { CorrelationMeter } from './correlation.ts';

/** 4000 frames are 80 whole periods. */
const tone = (degrees: number, amplitude = 0.5) =>
  Float32Array.from(
    { length: 4000 },
    (_, n) => amplitude * Math.sin(2 * Math.PI * (n / 50) + (degrees * Math.PI) / 180),
  );

function read(left: Float32Array, right: Float32Array): CorrelationMeter {
  const meter = new CorrelationMeter();
  for (let n = 0; n < 50; n++) meter.add(left, right, 1 / 60);
  return meter;
}

it.each([0, 30, 60, 90, 120, 180, 270])('of two tones %i° apart', (degrees) => {
  const { correlation, balanceDb } = read(tone(0), tone(degrees, 0.25));
  expect(correlation).toBeCloseTo(Math.cos((degrees * Math.PI) / 180), 6);
  expect(balanceDb).toBeCloseTo(-6.0206, 3);
});

it('is 1, -1 and 0 for the same, the inverted and an unrelated channel', () => {
  expect(read(tone(10), tone(10)).correlation).toBeCloseTo(1, 9);
  expect(read(tone(10), tone(10, -0.5)).correlation).toBeCloseTo(-1, 9);
  const other = Float32Array.from({ length: 4000 }, (_, n) => Math.sin((2 * Math.PI * n) / 40));
  expect(read(tone(10), other).correlation).toBeCloseTo(0, 6);
});

it('says nothing where a channel is silent', () => {
  expect(read(tone(0), new Float32Array(4000)).correlation).toBeNull();
  expect(read(tone(0), new Float32Array(4000)).balanceDb).toBeNull();
});

it('follows what changes within a second', () => {
  const meter = read(tone(0), tone(0));
  for (let n = 0; n < 60; n++) meter.add(tone(0), tone(180), 1 / 60);
  expect(meter.correlation).toBeLessThan(-0.9);
});
