import { describe, expect, it } from 'vitest';
import { LoadMeter } from './loadMeter.ts';

const RATE = 48_000;

/** A second of calls of the device, each of so many blocks of 128 frames that take so long, by a clock of whole milliseconds. */
function metered({ blocks, blockMs, startMs }: { blocks: number; blockMs: number; startMs: number }): LoadMeter {
  const meter = new LoadMeter(RATE);
  const callMs = (1000 * blocks * 128) / RATE;
  for (let call = 0; call * callMs < 1000; call++) {
    let nowMs = startMs + call * callMs;
    for (let block = 0; block < blocks; block++) {
      meter.begin(Math.floor(nowMs));
      nowMs += blockMs;
      meter.end(Math.floor(nowMs), 128);
    }
  }
  return meter;
}

describe('a clock of whole milliseconds', () => {
  it('is right within what it says itself, also in step with the device', () => {
    // 3 blocks are 8 ms, whose ticks are in step; 4 are 10.67 ms.
    for (const blocks of [1, 3, 4, 8]) {
      for (const load of [0.01, 0.03, 0.3, 0.6, 0.95]) {
        for (const startMs of [0, 0.2, 0.5, 0.99]) {
          const meter = metered({ blocks, blockMs: (load * 1000 * 128) / RATE, startMs });
          const tickPerCall = 1 / ((1000 * blocks * 128) / RATE);
          expect(load).toBeLessThanOrEqual(meter.load + meter.tolerance + 1e-9);
          expect(load).toBeGreaterThanOrEqual(meter.load - Math.max(meter.tolerance, tickPerCall) - 1e-9);
          // More than one tick a call, and one, is never allowed for.
          expect(meter.tolerance).toBeLessThan(tickPerCall + 0.01);
        }
      }
    }
  });

  it('begins again when it is reset', () => {
    const meter = metered({ blocks: 4, blockMs: 1, startMs: 0 });
    expect(meter.frames).toBeGreaterThan(0);
    meter.reset();
    expect([meter.frames, meter.load, meter.tolerance]).toEqual([0, 0, 0]);
  });
});

it('goes above 1 under too much work, and not below 0 when the clock is set back', () => {
  const meter = new LoadMeter(1000);
  meter.begin(10);
  meter.end(30, 10);
  expect(meter.load).toBe(2);
  meter.reset();
  meter.begin(5000);
  meter.end(1000, 10);
  expect(meter.load).toBe(0);
});
