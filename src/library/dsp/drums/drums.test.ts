/** Drums: levels, decays, pitches, spectra, and strokes while they sound. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decibels, largestChange, peak, rootMeanSquare } from '../../../testing/measure/levels.ts';
import { atRate, collect, RATES } from '../../../testing/measure/rates.ts';
import { bandShareDb, centroid, lineSpectrum, strongestLine } from '../../../testing/measure/spectrum.ts';
import { uniform } from '../../../testing/measure/stability.ts';
import { cowbell, handClap, hiHat } from './metal.ts';
import { kick808, kickDrum, tomDrum } from './skins.ts';
import { snare808, snareDrum } from './snares.ts';

const SEED = 31;
beforeEach(() => {
  vi.spyOn(Math, 'random').mockImplementation(uniform(SEED));
});
afterEach(() => {
  vi.restoreAllMocks();
});

type Drum = (trig: number) => number;

/** Name, factory with its defaults, and the default decay in seconds. */
const DRUMS: readonly [string, () => Drum, number][] = [
  ['kickDrum', kickDrum, 0.4],
  ['kick808', kick808, 0.8],
  ['snareDrum', snareDrum, 0.2],
  ['snare808', snare808, 0.25],
  ['hiHat', hiHat, 0.08],
  ['handClap', handClap, 0.25],
  ['tomDrum', tomDrum, 0.35],
  ['cowbell', cowbell, 0.3],
];

describe.each(RATES)(`at %i Hz, seed ${SEED}`, (rate) => {
  const frames = (seconds: number) => Math.round(seconds * rate);
  const stroke = (make: () => Drum, seconds: number, strength = 1) =>
    atRate(rate, () => {
      const drum = make();
      return collect(frames(seconds), (n) => drum(n === 10 ? strength : 0));
    });
  /** Cycles a second from `from` on, by the zero crossings upwards that lie furthest apart. */
  const pitchFrom = (samples: Float64Array, from: number, to: number): number => {
    const crossings: number[] = [];
    for (let n = frames(from); n < frames(to); n++) {
      if (samples[n - 1] < 0 && samples[n] >= 0) crossings.push(n - samples[n] / (samples[n] - samples[n - 1]));
    }
    return ((crossings.length - 1) * rate) / (crossings.at(-1)! - crossings[0]);
  };

  it.each(DRUMS)('%s has its level, follows the strength and ends', (_, make, decay) => {
    const loud = stroke(make, 3 * decay + 0.2);
    expect(peak(loud.subarray(0, 10))).toBe(0);
    expect(peak(loud)).toBeGreaterThan(0.3);
    expect(peak(loud)).toBeLessThan(1.2);
    expect(decibels(peak(loud.subarray(10 + frames(3 * decay))))).toBeLessThan(-60);
    const soft = stroke(make, 3 * decay, 0.25);
    const ratio = rootMeanSquare(soft) / rootMeanSquare(loud.subarray(0, soft.length));
    // Noise is another one in each instance.
    expect(Math.abs(decibels(ratio / 0.25))).toBeLessThan(2);
  });

  it.each(DRUMS)('%s may be struck while it sounds', (_, make) => {
    const drum = atRate(rate, make);
    const samples = atRate(rate, () => collect(rate, (n) => drum(n % frames(0.02) === 0 ? 1 : 0)));
    expect(peak(samples)).toBeLessThan(12);
    expect(rootMeanSquare(samples.subarray(rate / 2))).toBeGreaterThan(0.03);
  });

  it('the kicks are at their pitch after 0.15 s', () => {
    for (const [make, hz] of [
      [kickDrum, 50],
      [kick808, 48],
    ] as const) {
      expect(Math.abs(pitchFrom(stroke(make, 0.5), 0.15, 0.35) / hz - 1)).toBeLessThan(0.05);
      const drum = atRate(rate, make);
      const other = atRate(rate, () => collect(frames(0.5), (n) => drum(n === 0 ? 1 : 0, 90, 1, 1)));
      expect(Math.abs(pitchFrom(other, 0.15, 0.35) / 90 - 1)).toBeLessThan(0.05);
      // It begins higher.
      expect(pitchFrom(other, 0.004, 0.05)).toBeGreaterThan(100);
    }
  });

  it('tomDrum falls to its pitch', () => {
    const tom = stroke(tomDrum, 0.5);
    expect(Math.abs(pitchFrom(tom, 0.12, 0.3) / 110 - 1)).toBeLessThan(0.05);
    expect(pitchFrom(tom, 0.005, 0.05)).toBeGreaterThan(120);
  });

  it('the snares are brighter with more snap', () => {
    for (const make of [snareDrum, snare808]) {
      const brightness = (snap: number) => {
        const drum = atRate(rate, make);
        const samples = atRate(rate, () => collect(16_384, (n) => drum(n === 4096 ? 1 : 0, 185, 0.2, snap)));
        return centroid(lineSpectrum(samples, rate));
      };
      expect(brightness(1)).toBeGreaterThan(3 * brightness(0));
    }
  });

  it('hiHat has little below 2 kHz', () => {
    for (const tone of [0, 0.5, 1]) {
      const hat = atRate(rate, () => hiHat());
      const samples = atRate(rate, () => collect(32_768, (n) => hat(n % 2000 === 0 ? 1 : 0, 0.3, tone)));
      expect(bandShareDb(lineSpectrum(samples, rate), 0, 2000)).toBeLessThan(-20);
    }
  });

  it('handClap has three bursts and a tail', () => {
    // The mean power of many claps, over 2 ms: one clap's noise has chance maxima.
    const power = new Float64Array(frames(0.06));
    for (let i = 0; i < 100; i++) {
      for (const [n, y] of stroke(handClap, 0.06).entries()) power[n] += y * y;
    }
    const width = frames(0.002);
    const smoothed = power.map((_, n) => power.subarray(Math.max(0, n - width), n + 1).reduce((a, b) => a + b, 0));
    const highest = (from: number, to: number) => Math.max(...smoothed.subarray(frames(from), frames(to)));
    const maxima = [0, 1, 2, 3].map((k) => highest(0.01 * k, 0.01 * k + 0.006));
    const valleys = [1, 2, 3].map((k) =>
      Math.min(...smoothed.subarray(frames(0.01 * k - 0.001), frames(0.01 * k + 0.001))),
    );
    for (let k = 0; k < 3; k++) expect(valleys[k]).toBeLessThan(0.5 * Math.min(maxima[k], maxima[k + 1]));
  });

  it('cowbell has its two tones', () => {
    for (const hz of [540, 700]) {
      const bell = atRate(rate, () => cowbell());
      const samples = atRate(rate, () => collect(32_768, (n) => bell(n === 0 ? 1 : 0, hz, 2)));
      const spectrum = lineSpectrum(samples, rate);
      for (const wanted of [hz, 1.48 * hz]) {
        const line = strongestLine(spectrum, 0.9 * wanted, 1.1 * wanted);
        expect(Math.abs(line.hz / wanted - 1)).toBeLessThan(0.01);
        expect(line.amplitude).toBeGreaterThan(0.3 * Math.max(...spectrum.amplitudes));
      }
    }
  });
});

it.each([
  ['kickDrum', kickDrum],
  ['tomDrum', tomDrum],
] as const)('%s does not click when it is struck while it sounds', (_, make) => {
  const drum = atRate(48_000, make);
  // Without its noise: a stroke so weak that only the body, which was struck hard, is heard. Restarted, it would jump by 0.3.
  const samples = atRate(48_000, () => collect(9600, (n) => drum(n === 0 ? 1 : n === 4800 ? 1e-6 : 0, 60, 2)));
  expect(largestChange(samples.subarray(4700, 4900))).toBeLessThan(0.05);
});
