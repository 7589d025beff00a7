/** Envelopes against their formulas, at frames counted from the trigger. */
import { describe, expect, it } from 'vitest';
import { largestError, peak } from '../../../testing/measure/levels.ts';
import { atRate, collect, RATES } from '../../../testing/measure/rates.ts';
import { adsr, asr, decayEnv, perc } from './adsr.ts';
import { breakpoints, expRamp, linRamp } from './ramps.ts';

/** Whether samples[n] is a value that the formula has within two frames of n. */
const isWithinFrames = (samples: Float64Array, n: number, formula: (n: number) => number): boolean => {
  const near = [-2, -1, 0, 1, 2].map((shift) => formula(n + shift));
  return samples[n] >= Math.min(...near) - 1e-9 && samples[n] <= Math.max(...near) + 1e-9;
};

function expectCurve(samples: Float64Array, from: number, to: number, formula: (n: number) => number): void {
  for (let n = from; n < to; n++) {
    if (!isWithinFrames(samples, n, formula)) throw new Error(`${samples[n]} in frame ${n} instead of ${formula(n)}`);
  }
}

describe.each(RATES)('at %i Hz', (rate) => {
  const frames = (seconds: number) => Math.round(seconds * rate);
  const fall = (n: number, seconds: number) => 0.001 ** (n / (seconds * rate));

  it.each([
    [0.01, 0.1, 0.7, 0.3],
    [0.2, 0.05, 0.2, 0.02],
    [0, 0.3, 0, 1],
    [0.05, 0, 0.5, 0],
  ])('adsr(%d, %d, %d, %d) rises, falls, stays and falls', (attack, decay, sustain, release) => {
    const env = atRate(rate, () => adsr());
    const [on, off, end] = [100, 100 + frames(0.5), 100 + frames(0.5) + frames(2)];
    const level = atRate(rate, () =>
      collect(end, (n) => env(n >= on && n < off ? 1 : 0, attack, decay, sustain, release)),
    );
    expect(level.subarray(0, on).every((y) => y === 0)).toBe(true);
    const top = on + frames(attack);
    if (attack > 0) expectCurve(level, on, top - 2, (n) => Math.max(0, (n - on) / (attack * rate)));
    else expect(level[on]).toBe(1);
    expect(peak(level)).toBe(1);
    const decayed = (n: number) =>
      decay > 0 && n >= top ? sustain + (1 - sustain) * fall(n - top, decay) : n < top ? 1 : sustain;
    expectCurve(level, top + 3, off, decayed);
    const held = level[off - 1];
    const released = (n: number) => (n < off ? held : release > 0 ? held * fall(n - off, release) : 0);
    const isReleased = (y: number, n: number) =>
      (released(n + 2) < 1e-5 && released(n - 2) > 1e-5) ||
      (released(n) < 1e-5 ? y === 0 : isWithinFrames(level, n, released));
    expect(level.findIndex((y, n) => n >= off && !isReleased(y, n))).toBe(-1);
    expect(level.every((y) => y >= 0 && y <= 1)).toBe(true);
  });

  it('asr stays at 1', () => {
    const env = atRate(rate, () => asr());
    const level = atRate(rate, () => collect(frames(0.5), (n) => env(n < frames(0.3) ? 1 : 0, 0.1, 0.2)));
    expect(level.subarray(frames(0.1) + 2, frames(0.3)).every((y) => y === 1)).toBe(true);
    expectCurve(level, 2, frames(0.1) - 2, (n) => n / (0.1 * rate));
    expectCurve(level, frames(0.3) + 2, frames(0.5), (n) => fall(n - frames(0.3), 0.2));
  });

  it('rises for seconds, or minutes', () => {
    for (const attack of [2.2, 40]) {
      const env = atRate(rate, () => adsr());
      const level = atRate(rate, () => collect(frames(0.2), () => env(1, attack)));
      expectCurve(level, 2, frames(0.2), (n) => n / (attack * rate));
      expect(level[frames(0.2) - 1]).toBeGreaterThan(0.1 / attack);
    }
  });

  it('perc peaks at the strength after the attack', () => {
    for (const [attack, release, strength] of [
      [0.005, 0.3, 1],
      [0.1, 0.05, 0.4],
      [0, 0.2, 0.7],
    ]) {
      const env = atRate(rate, () => perc());
      const level = atRate(rate, () => collect(frames(0.6), (n) => env(n === 10 ? strength : 0, attack, release)));
      const top = level.indexOf(peak(level));
      expect(level[top]).toBe(strength);
      expect(Math.abs(top - 10 - attack * rate)).toBeLessThanOrEqual(2);
      expect(largestError(level.subarray(top), (n) => strength * fall(n, release))).toBeLessThan(1e-6);
    }
  });

  it('decayEnv is at the strength at once and falls exactly', () => {
    for (const [seconds, strength] of [
      [0.3, 1],
      [0.02, 0.3],
      [2, 1],
    ]) {
      const env = atRate(rate, () => decayEnv());
      const level = atRate(rate, () => collect(frames(1), (n) => env(n === 7 ? strength : 0, seconds)));
      expect(largestError(level.subarray(7), (n) => strength * fall(n, seconds))).toBeLessThan(1e-9);
    }
    const env = atRate(rate, () => decayEnv());
    expect(atRate(rate, () => [env(1, 0), env(0, 0), env(0, 0)])).toEqual([1, 0, 0]);
  });

  it('breakpoints go through their curves', () => {
    const [levels, times] = [
      [0.2, 1, -0.5, 0.3],
      [0.1, 0.05, 0.2],
    ];
    for (const curve of [0, -4, 3]) {
      const env = atRate(rate, () => breakpoints(levels, times, curve));
      const level = atRate(rate, () => collect(frames(0.5), (n) => env(n === 50 ? 1 : 0)));
      expect(level.subarray(0, 50).every((y) => y === 0.2)).toBe(true);
      let start = 50;
      times.forEach((seconds, i) => {
        for (const p of [0.1, 0.5, 0.9]) {
          const share = curve === 0 ? p : (1 - Math.exp(curve * p)) / (1 - Math.exp(curve));
          const wanted = levels[i] + (levels[i + 1] - levels[i]) * share;
          const n = start + p * seconds * rate;
          const near = [Math.floor(n) - 1, Math.floor(n), Math.ceil(n), Math.ceil(n) + 1].map((at) => level[at]);
          expect(Math.min(...near)).toBeLessThanOrEqual(wanted);
          expect(Math.max(...near)).toBeGreaterThanOrEqual(wanted);
        }
        start += seconds * rate;
      });
      expect(level[frames(0.5) - 1]).toBe(0.3);
    }
  });

  it('ramps are exact and start again', () => {
    const [line, curve] = atRate(rate, () => [linRamp(2, -3, 0.1), expRamp(100, 0.1, 0.2)]);
    const again = frames(0.15);
    const total = frames(0.5);
    const straight = atRate(rate, () => collect(total, (n) => line(n >= again && n < again + 5 ? 1 : 0)));
    const bent = atRate(rate, () => collect(total, () => curve()));
    const since = (n: number) => (n < again ? n : n - again);
    expect(largestError(straight, (n) => 2 - 5 * Math.min(1, since(n) / (0.1 * rate)))).toBeLessThan(1e-9);
    expect(bent.every((y, n) => Math.abs(y / (100 * 0.001 ** Math.min(1, n / (0.2 * rate))) - 1) < 1e-9)).toBe(true);
    expect(bent[total - 1]).toBe(0.1);
  });
});

describe('at 48000 Hz', () => {
  const rate = 48_000;
  const run = (count: number, next: (n: number) => number) => atRate(rate, () => collect(count, next));

  it('adsr and perc rise from the level they have', () => {
    const env = atRate(rate, () => adsr());
    const gate = (n: number) => (n < 2000 || n >= 3000 ? 1 : 0);
    const level = run(4000, (n) => env(gate(n), 0.02, 0.1, 0.5, 0.5));
    expect(level[3000]).toBeCloseTo(level[2999] + 1 / 960, 9);
    const hit = atRate(rate, () => perc());
    const soft = run(3000, (n) => hit(n === 0 || n === 1500 ? 1 : 0, 0.02, 0.3));
    expect(soft[1500]).toBeGreaterThan(0.1);
    expect(soft[1500]).toBeCloseTo(soft[1499] + 1 / 960, 9);
  });

  it('perc does not jump down for a weaker trigger', () => {
    const hit = atRate(rate, () => perc());
    const level = run(2000, (n) => hit(n === 0 ? 1 : n === 1000 ? 0.01 : 0, 0.005, 1));
    expect(Math.abs(level[1000] - level[999])).toBeLessThan(0.001);
  });

  it('breakpoints start again from the first level', () => {
    const env = atRate(rate, () => breakpoints([0, 1, 0], [0.01, 0.01]));
    const level = run(2000, (n) => env(n === 0 || n === 600 ? 1 : 0));
    expect(level[599]).toBeGreaterThan(0.5);
    expect(level[600]).toBe(0);
    expect(level[600 + 480]).toBe(1);
    expect(level[600 + 960]).toBe(0);
  });

  it('takes parameters that are NaN for their defaults', () => {
    const none = Number.NaN;
    const [a, b] = atRate(rate, () => [adsr(), adsr()]);
    const gate = (n: number) => (n < 20_000 ? 1 : 0);
    expect(peak(run(40_000, (n) => a(gate(n), none, none, none, none) - b(gate(n))))).toBeLessThan(1e-12);
    const [c, d] = atRate(rate, () => [perc(), perc()]);
    expect(peak(run(4000, (n) => c(n === 0 ? 1 : 0, none, none) - d(n === 0 ? 1 : 0)))).toBeLessThan(1e-12);
  });
});
