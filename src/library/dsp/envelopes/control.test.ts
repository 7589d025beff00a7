/** Lags, followers and what counts triggers, against their formulas. */
import { describe, expect, it } from 'vitest';
import { largestChange, largestError } from '../../../testing/measure/levels.ts';
import { atRate, collect, RATES } from '../../../testing/measure/rates.ts';
import { follow, glide, lag, slew, smooth } from './smoothing.ts';
import { counter, edge, flipFlop, sampleHold, stopwatch, trigHold } from './triggers.ts';

describe.each(RATES)('at %i Hz', (rate) => {
  const frames = (seconds: number) => Math.round(seconds * rate);
  const run = (count: number, next: (n: number) => number) => atRate(rate, () => collect(count, next));
  /** 0 first, 1 from frame 10 on. */
  const step = (n: number) => (n < 10 ? 0 : 1);

  it('lag and smooth follow a step as far as they say', () => {
    for (const seconds of [0.005, 0.05, 1]) {
      const ease = lag();
      const late = run(frames(seconds) + 12, (n) => ease(step(n), seconds));
      expect(largestError(late.subarray(10), (n) => 1 - 0.001 ** ((n + 1) / (seconds * rate)))).toBeLessThan(1e-6);
      expect(1 - late[10 + frames(seconds)]).toBeLessThan(0.001);
      const soft = smooth();
      const softened = run(frames(seconds) + 12, (n) => soft(step(n), seconds));
      expect(largestError(softened.subarray(10), (n) => 1 - Math.exp(-(n + 1) / (seconds * rate)))).toBeLessThan(1e-5);
    }
  });

  it('slew keeps to its speeds and arrives', () => {
    const limit = slew();
    const wave = (n: number) => Math.sign(Math.sin(n / (rate / 20)));
    const y = run(rate, (n) => limit(wave(n), 30, 7));
    const isRight = (value: number, n: number) => {
      const change = n > 0 ? (value - y[n - 1]) * rate : 0;
      return change <= 30.0001 && change >= -7.0001 && (change > 29.9 || change < -6.9 || value === wave(n));
    };
    expect(y.findIndex((value, n) => !isRight(value, n))).toBe(-1);
  });

  it('glide is a straight line in pitch', () => {
    const bend = glide();
    const y = run(frames(0.5), (n) => bend(n < 10 ? 110 : 440, 0.2));
    expect(y[0]).toBe(110);
    expect(y[9]).toBe(110);
    expect(y[9 + frames(0.1)]).toBeCloseTo(220, 0);
    expect(y[9 + frames(0.2)]).toBe(440);
    const octaves = y.subarray(9, 9 + frames(0.2)).map((hz) => Math.log2(hz / 110));
    expect(largestError(octaves, (n) => (2 * n) / frames(0.2))).toBeLessThan(1e-9);
  });

  it('follow rises and falls by its time constants', () => {
    const level = follow();
    const [top, end] = [frames(0.3), frames(0.6)];
    const y = run(end, (n) => level(n < top ? (n % 2 === 0 ? 1 : -1) : 0, 0.02, 0.1));
    expect(y[frames(0.02)]).toBeCloseTo(1 - Math.exp(-1), 2);
    expect(largestError(y.subarray(0, top), (n) => 1 - Math.exp(-(n + 1) / (0.02 * rate)))).toBeLessThan(1e-6);
    expect(y[top + frames(0.1)] / y[top]).toBeCloseTo(Math.exp(-1), 2);
  });

  it('trigHold has its exact length', () => {
    for (const seconds of [0.01, 0.1, 3.4 / rate, 0]) {
      const hold = trigHold();
      const y = run(frames(0.3), (n) => hold(n === 5 ? 0.6 : 0, seconds));
      expect([...y].every((value, n) => value === (n >= 5 && n < 5 + frames(seconds) ? 0.6 : 0))).toBe(true);
    }
  });

  it('stopwatch counts frames', () => {
    const age = stopwatch();
    const y = run(300, (n) => age(n === 20 || n === 100 || n === 101 ? 1 : 0));
    expect([...y].every((value, n) => value === (n < 20 ? Infinity : (n - (n < 100 ? 20 : 100)) / rate))).toBe(true);
  });
});

describe('triggers', () => {
  const play = (next: (n: number) => number, count: number) => atRate(48_000, () => [...collect(count, next)]);
  const gate = [0, 0.5, 0.7, 0, -1, 2, 0, Number.NaN, 1, 1];

  it('edge finds the rises', () => {
    const start = edge();
    expect(play((n) => start(gate[n]), 10)).toEqual([0, 1, 0, 0, 0, 1, 0, 0, 1, 0]);
    const first = edge();
    expect(play(() => first(1), 3)).toEqual([1, 0, 0]);
  });

  it('sampleHold, flipFlop and counter are exact', () => {
    const [hold, side, count] = [sampleHold(), flipFlop(), counter()];
    expect(play((n) => hold(10 + n, gate[n]), 10)).toEqual([0, 11, 11, 11, 11, 15, 15, 15, 18, 18]);
    expect(play((n) => side(gate[n]), 10)).toEqual([0, 1, 1, 1, 1, 0, 0, 0, 1, 1]);
    expect(play((n) => count(gate[n]), 10)).toEqual([0, 1, 1, 1, 1, 2, 2, 2, 3, 3]);
  });

  it('counter begins again at its length and at a reset', () => {
    const [four, reset] = [counter(), counter()];
    const tick = (n: number) => n % 2;
    expect(play((n) => four(tick(n), 4), 12)).toEqual([0, 1, 1, 2, 2, 3, 3, 0, 0, 1, 1, 2]);
    expect(play((n) => reset(tick(n), Infinity, n >= 6 ? 1 : 0), 10)).toEqual([0, 1, 1, 2, 2, 3, 0, 1, 1, 2]);
  });

  it('sampleHold leaves NaN out', () => {
    const hold = sampleHold();
    expect(play((n) => hold([3, Number.NaN, 5][n >> 1], n % 2 === 0 ? 1 : 0), 6)).toEqual([3, 3, 3, 3, 5, 5]);
  });

  it('trigHold starts again at a trigger in the meantime', () => {
    const hold = trigHold();
    expect(play((n) => hold(n === 0 ? 1 : n === 2 ? 0.5 : 0, 3 / 48_000), 7)).toEqual([1, 1, 0.5, 0.5, 0.5, 0, 0]);
  });
});

describe('first values and NaN', () => {
  const play = (next: (n: number) => number, count: number) => atRate(48_000, () => collect(count, next));

  it('lag, smooth, slew and glide begin with the first value', () => {
    for (const factory of [lag, smooth, slew, glide]) {
      const ease = factory();
      expect([...play(() => ease(330), 3)]).toEqual([330, 330, 330]);
    }
  });

  it('they leave NaN out', () => {
    for (const factory of [lag, smooth, slew, glide]) {
      const [ease, same] = [factory(), factory()];
      const values = [1, 2, 3, Number.NaN, 5, 5, 5, 5];
      const y = play((n) => ease(values[n], 0.001), 8);
      expect(y.every(Number.isFinite)).toBe(true);
      const clean = play((n) => same(n === 3 ? 3 : values[n], 0.001), 8);
      expect(largestChange(y)).toBeLessThanOrEqual(Math.max(1, largestChange(clean)));
    }
  });
});
