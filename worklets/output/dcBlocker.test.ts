/** What is an offset goes, what is not passes bit for bit. */
import { describe, expect, it } from 'vitest';
import { DcBlocker } from './dcBlocker.ts';

type Signal = (seconds: number) => number;

/** The left channel gets the signal, the right one silence. */
function block(
  signal: Signal,
  seconds: number,
  { rate = 8000, blockFrames = 128, blocker = new DcBlocker(rate) } = {},
) {
  const frames = Math.round(seconds * rate);
  const given = Float64Array.from({ length: frames }, (_, n) => signal(n / rate));
  const heard = given.slice();
  const right = new Float64Array(frames).fill(-0);
  for (let start = 0; start < frames; start += blockFrames) {
    const end = Math.min(frames, start + blockFrames);
    blocker.process(heard.subarray(start, end), right.subarray(start, end), end - start);
  }
  expect(right.every((sample) => Object.is(sample, -0))).toBe(true);
  return { given, heard, blocker, at: (second: number) => Math.round(second * rate) };
}

const sine =
  (hz: number, gain = 1): Signal =>
  (t) =>
    gain * Math.sin(2 * Math.PI * hz * t);
const square =
  (hz: number, gain = 1): Signal =>
  (t) =>
    (t * hz) % 1 < 0.5 ? gain : -gain;
/** Highest a tenth of each period, as much below zero the rest of it. */
const pulse =
  (hz: number): Signal =>
  (t) =>
    (t * hz) % 1 < 0.1 ? 0.9 : -0.1;

/** Bit for bit; quicker than a comparison that could tell where. */
const isSame = (a: Float64Array, b: Float64Array) => a.every((sample, n) => Object.is(sample, b[n]));
const mean = (samples: Float64Array) => samples.reduce((sum, sample) => sum + sample, 0) / samples.length;

describe('what has no offset', () => {
  const harmless: [string, Signal][] = [
    ['silence', () => -0],
    ['a sine of 0.6 Hz', sine(0.6)],
    ['a sine of 1 Hz', sine(1)],
    ['a sine of 3.3 Hz', sine(3.3)],
    ['a sine of 37 Hz', sine(37)],
    ['a sine of 440 Hz', sine(440)],
    ['a square of 0.7 Hz', square(0.7)],
    ['a square of 30 Hz', square(30)],
    ['pulses of 1 Hz', pulse(1)],
    ['pulses of 41 Hz', pulse(41)],
    ['beats of two low tones', (t) => 0.5 * (sine(30)(t) + sine(30.5)(t))],
    ['drums twice a second, each to one side', (t) => sine(50)(t) * Math.exp(-20 * (t % 0.5))],
    ['an offset below -40 dBFS', (t) => 0.0099 + sine(100, 0.3)(t)],
    ['an offset that does not last', (t) => (t % 2 < 0.6 ? 0.5 : 0)],
  ];

  it.each(harmless)('passes bit for bit: %s', (_, signal) => {
    const { given, heard, blocker } = block(signal, 12);
    expect(isSame(heard, given)).toBe(true);
    expect(blocker.takeOffset()).toBe(0);
  });
});

describe('an offset', () => {
  const offsets: [string, number, Signal][] = [
    ['a constant', 1, () => 1],
    ['a constant below zero', -0.3, () => -0.3],
    ['one of -34 dBFS under a loud tone', 0.02, (t) => 0.02 + sine(113, 0.9)(t)],
    ['that of narrow pulses', -0.8, (t) => ((t * 55) % 1 < 0.1 ? 1 : -1)],
    ['one much larger than any sound', 1e20, () => 1e20],
  ];

  it.each(offsets)('is gone after two seconds: %s', (_, offset, signal) => {
    const { heard, blocker, at } = block(signal, 4);
    expect(Math.abs(mean(heard.subarray(at(2), at(3))) / offset)).toBeLessThan(0.01);
    expect(Math.abs(mean(heard.subarray(at(3), at(4))) / offset)).toBeLessThan(0.002);
    expect(blocker.takeOffset() / offset).toBeCloseTo(1, 2);
  });

  it.each([0.5, -0.3, 0.012, 2])(
    'of %f is told as that from the first word on, and as long as there is one',
    (offset) => {
      const blocker = new DcBlocker(8000);
      const told: number[] = [];
      // Asked as often as the meter asks, and in blocks of its own.
      for (let quarter = 0; quarter < 16; quarter++) {
        block(() => (quarter < 12 ? offset : 0), 0.25, { blocker });
        told.push(blocker.takeOffset());
      }
      const first = told.findIndex((value) => value !== 0);
      expect(first).toBeGreaterThan(0);
      expect(first).toBeLessThan(6);
      for (const value of told.slice(first, 12)) expect(value).toBeCloseTo(offset, 6);
    },
  );

  it('is told as it is under a tone, and that of the channel that has more', () => {
    const { blocker } = block((t) => 0.5 + 0.3 * Math.sin(2 * Math.PI * 50 * t), 1.5);
    expect(blocker.takeOffset()).toBeCloseTo(0.5, 3);
    const frames = 16_000;
    const both = new DcBlocker(8000);
    both.process(new Float64Array(frames).fill(0.2), new Float64Array(frames).fill(-0.4), frames);
    expect(both.takeOffset()).toBeCloseTo(-0.4, 6);
  });

  it('goes without a step, and leaves the tone as it was', () => {
    const tone = sine(200, 0.3);
    const { given, heard, at } = block((t) => 0.5 + tone(t), 6);
    const taken = heard.map((sample, n) => given[n] - sample);
    const steps = taken.slice(1).map((value, n) => Math.abs(value - taken[n]));
    // Half of it within a tenth of a second would be 0.25 / 800.
    expect(Math.max(...steps)).toBeLessThan(0.25 / 800);
    const left = heard.map((sample, n) => Math.abs(sample - tone(n / 8000)));
    expect(Math.max(...left.subarray(at(5)))).toBeLessThan(1e-3);
  });

  it('comes with low tones that stay as they are', () => {
    for (const [hz, allowed] of [
      [2, 0.02],
      [20, 1e-4],
    ]) {
      const { heard, at } = block((t) => 0.4 + sine(hz, 0.2)(t), 8);
      const left = heard.map((sample, n) => Math.abs(sample - sine(hz, 0.2)(n / 8000)));
      expect(Math.max(...left.subarray(at(6)))).toBeLessThan(allowed);
    }
  });

  it('ends, and then the bits pass as they were', () => {
    const { given, heard, blocker, at } = block((t) => (t < 4 ? 0.5 : 0) + sine(200, 0.3)(t), 9);
    expect(isSame(heard.subarray(at(8)), given.subarray(at(8)))).toBe(true);
    blocker.takeOffset();
    expect(blocker.takeOffset()).toBe(0);
  });

  it('that changes is followed', () => {
    const { heard, at } = block((t) => (t < 4 ? 0.5 : -0.2), 9);
    expect(Math.abs(mean(heard.subarray(at(8))))).toBeLessThan(0.001);
  });

  it('is forgotten by a reset', () => {
    const { blocker } = block(() => 0.5, 3);
    blocker.reset();
    expect(blocker.takeOffset()).toBe(0);
    const { given, heard } = block(sine(100), 1, { blocker });
    expect(heard).toEqual(given);
  });
});

it.each([44_100, 48_000, 96_000])('blocks of any length give the same bits at %i Hz', (rate) => {
  const signal: Signal = (t) => (t < 1.5 ? 0.3 : 0) + sine(100, 0.3)(t);
  const whole = block(signal, 2, { rate, blockFrames: 1e6 });
  expect(whole.blocker.takeOffset()).toBeGreaterThan(0.2);
  for (const blockFrames of [1, 100, 128, 441, 1024]) {
    expect(isSame(block(signal, 2, { rate, blockFrames }).heard, whole.heard)).toBe(true);
  }
});
