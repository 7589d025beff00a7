/** A steady tone stands still: its picture begins at the same phase, wherever the buffer began. */
import { describe, expect, it } from 'vitest';
import { autoTrigger, levelTrigger } from './trigger.ts';

const RATE = 48_000;
const WINDOW = 1200;
const wave = (shape: (turns: number) => number, hz: number, start: number) =>
  Float32Array.from({ length: 4096 }, (_, n) => shape((hz * (start + n)) / RATE));
const sine = (turns: number) => Math.sin(2 * Math.PI * turns);
/** Two crossings a period, of which one follows the deeper trough. */
const rich = (turns: number) => sine(turns) + 0.8 * Math.sin(4 * Math.PI * turns + 1);

const STARTS = [0, 0.3, 17, 133, 2001.7];
const TONES = [110, 220, 437.3, 3001];

/** The phase at which each of the pictures begins, in turns: 0 to 1. */
function phases(shape: (turns: number) => number, hz: number, find: (samples: Float32Array) => number | null) {
  return STARTS.map((start) => {
    const frame = find(wave(shape, hz, start));
    expect(frame).not.toBeNull();
    expect(frame!).toBeLessThanOrEqual(4096 - WINDOW);
    const turns = (hz * (start + frame!)) / RATE;
    return turns - Math.floor(turns);
  });
}

const distance = (a: number, b: number) => Math.min(Math.abs(a - b), 1 - Math.abs(a - b));

describe.each(TONES)('a tone of %f Hz', (hz) => {
  // A line between two samples is off by what the wave bends there.
  const tolerance = 0.002 + (hz / RATE) ** 2 * 2;

  it('begins where it rises through zero', () => {
    for (const phase of phases(sine, hz, (samples) => autoTrigger(samples, WINDOW))) {
      expect(distance(phase, 0)).toBeLessThan(tolerance);
    }
  });

  it.each([-0.7, 0, 0.25, 0.7])('begins where it rises through %f', (level) => {
    const expected = Math.asin(level) / (2 * Math.PI);
    for (const phase of phases(sine, hz, (samples) => levelTrigger(samples, WINDOW, level))) {
      expect(distance(phase, expected - Math.floor(expected))).toBeLessThan(tolerance);
    }
  });
});

it('of several crossings a period it is always the same one', () => {
  for (const hz of [110, 220, 437.3]) {
    const found = phases(rich, hz, (samples) => autoTrigger(samples, WINDOW));
    for (const phase of found) expect(distance(phase, found[0])).toBeLessThan(0.005);
    // Before it lies the deepest trough.
    const period = Array.from({ length: 1000 }, (_, n) => rich(n / 1000));
    const trough = period.indexOf(Math.min(...period)) / 1000;
    const behind = found[0] - trough;
    expect(behind - Math.floor(behind)).toBeLessThan(0.3);
  }
});

it('does not take what trembles around the level', () => {
  const samples = wave((turns) => sine(turns) + 0.005 * sine(97 * turns), 110, 0);
  const frame = levelTrigger(samples, WINDOW, 0)!;
  const turns = (110 * frame) / RATE;
  expect(distance(turns - Math.floor(turns), 0)).toBeLessThan(0.01);
});

it('finds nothing where nothing rises through the level', () => {
  expect(autoTrigger(new Float32Array(4096), WINDOW)).toBeNull();
  expect(autoTrigger(new Float32Array(4096).fill(0.5), WINDOW)).toBeNull();
  expect(levelTrigger(wave(sine, 110, 0), WINDOW, 1.1)).toBeNull();
  expect(levelTrigger(new Float32Array(4096), WINDOW, 0)).toBeNull();
});
