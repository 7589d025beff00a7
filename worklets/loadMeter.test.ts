import { expect, it } from 'vitest';
import { LoadMeter } from './loadMeter.ts';

it('is right on average with a clock of whole milliseconds', () => {
  const meter = new LoadMeter(48_000);
  // Each block of 128 frames lasts 2.67 ms, of which 0.7 ms are used; when exactly it is called for varies.
  for (let n = 0; n < 3000; n++) {
    const trueMs = (n * 128) / 48 + ((n * 0.618) % 1);
    meter.begin(Math.floor(trueMs));
    meter.end(Math.floor(trueMs + 0.7), 128);
  }
  expect(meter.frames).toBe(3000 * 128);
  const load = meter.takeLoad();
  expect(Math.abs(load - 0.7 / (128 / 48))).toBeLessThan(0.02);
  expect(meter.frames).toBe(0);
  expect(meter.takeLoad()).toBe(0);
});

it('goes above 1 under too much work, and not below 0 when the clock is set back', () => {
  const meter = new LoadMeter(1000);
  meter.begin(10);
  meter.end(30, 10);
  expect(meter.takeLoad()).toBe(2);
  meter.begin(5000);
  meter.end(1000, 10);
  expect(meter.takeLoad()).toBe(0);
});
