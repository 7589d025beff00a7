/** Noise: spectra, distributions, and events counted. */
import { describe, expect, it } from 'vitest';
import { kurtosis, largestChange, mean, peak, rootMeanSquare, variance } from '../../../testing/measure/levels.ts';
import { powerDensity, slopeOf } from '../../../testing/measure/noise.ts';
import { atRate, collect, RATES } from '../../../testing/measure/rates.ts';
import { uniform } from '../../../testing/measure/stability.ts';
import { phasor } from '../oscillators/sines.ts';
import { blueNoise, brownNoise, gaussNoise, pinkNoise, violetNoise, whiteNoise } from './colours.ts';
import { dust, lfsrNoise, lorenzOsc, velvetNoise } from './events.ts';
import { lfNoise0, lfNoise1, lfNoise2 } from './slow.ts';

const SEED = 7;
const FRAMES = 2 ** 20;

/** Slope and tolerance in dB per octave, and the band in Hz, at 48 kHz. */
const COLOURS = [
  ['whiteNoise', whiteNoise, 0, 0.2, 40, 12_000, 0.55, 0.6],
  ['pinkNoise', pinkNoise, -3.01, 0.25, 40, 12_000, 0.1, 0.4],
  ['brownNoise', brownNoise, -6.02, 0.4, 40, 6000, 0.1, 0.4],
  ['blueNoise', blueNoise, 3.01, 0.4, 100, 6000, 0.1, 0.4],
  ['violetNoise', violetNoise, 6.02, 0.4, 100, 6000, 0.1, 0.5],
] as const;

describe.each(RATES)(`at %i Hz, seed ${SEED}`, (rate) => {
  it.each(COLOURS)('%s has its slope and its level', (_, make, wanted, tolerance, low, high, softest, loudest) => {
    const scale = rate / 48_000;
    const samples = atRate(rate, () => collect(FRAMES / 2, make(SEED)));
    const density = powerDensity(samples, rate, 16_384);
    const { perOctave, deviationDb } = slopeOf(density, low * scale, high * scale);
    expect(Math.abs(perOctave - wanted)).toBeLessThan(tolerance);
    expect(deviationDb).toBeLessThan(1);
    const level = rootMeanSquare(samples);
    expect(level).toBeGreaterThan(softest);
    expect(level).toBeLessThan(loudest);
  });

  it('velvetNoise has one pulse in each period', () => {
    for (const density of [rate / 24, 1234.5, 3, rate / 2]) {
      const play = atRate(rate, () => velvetNoise(SEED));
      const period = rate / density;
      const count = Math.min(2000, Math.floor((4 * rate) / period));
      const samples = atRate(rate, () => collect(Math.ceil(count * period) + 2, () => play(density)));
      const places = [...samples.keys()].filter((n) => samples[n] !== 0);
      expect(samples.every((y) => y === 0 || y === 1 || y === -1)).toBe(true);
      for (let k = 0; k < count; k++) {
        expect(places[k]).toBeGreaterThanOrEqual(k * period - 1);
        expect(places[k]).toBeLessThan((k + 1) * period + 1);
      }
      if (count > 500) expect(Math.abs(mean(samples.filter((y) => y !== 0)))).toBeLessThan(0.15);
    }
  });

  it('dust has its density, and gaps as chance has them', () => {
    const play = atRate(rate, () => dust(SEED));
    const density = 400;
    const samples = atRate(rate, () => collect(20 * rate, () => play(density)));
    for (let second = 0; second < 20; second++) {
      const events = samples.subarray(second * rate, (second + 1) * rate).filter((y) => y > 0).length;
      expect(Math.abs(events - density)).toBeLessThan(3 * Math.sqrt(density) + 1);
    }
    const strengths = samples.filter((y) => y !== 0);
    expect(strengths.every((y) => y > 0 && y < 1)).toBe(true);
    expect(mean(strengths)).toBeCloseTo(0.5, 1);
    const places = [...samples.keys()].filter((n) => samples[n] > 0);
    const gaps = Float64Array.from(places.slice(1), (place, i) => (place - places[i]) / rate);
    expect(mean(gaps) * density).toBeCloseTo(1, 1);
    // Exponential: the share longer than the mean is 1/e, and the deviation is the mean.
    expect(gaps.filter((gap) => gap > 1 / density).length / gaps.length).toBeCloseTo(Math.exp(-1), 1);
    expect(Math.sqrt(variance(gaps)) * density).toBeCloseTo(1, 1);
  });

  it('lfNoise0 changes where phasor wraps, lfNoise1 and lfNoise2 are continuous', () => {
    const hz = 37.3;
    const [steps, ramp, lines, curve] = atRate(rate, () => [lfNoise0(SEED), phasor(), lfNoise1(SEED), lfNoise2(SEED)]);
    const turns = atRate(rate, () => collect(rate, () => ramp(hz)));
    const stepped = atRate(rate, () => collect(rate, () => steps(hz)));
    expect(stepped.every((y, n) => n === 0 || (y !== stepped[n - 1]) === turns[n] < turns[n - 1])).toBe(true);
    expect(peak(stepped)).toBeLessThanOrEqual(1);
    const straight = atRate(rate, () => collect(rate, () => lines(hz)));
    expect(largestChange(straight)).toBeLessThanOrEqual((2 * hz) / rate + 1e-12);
    expect(peak(straight)).toBeLessThanOrEqual(1);
    const smooth = atRate(rate, () => collect(4 * rate, () => curve(hz)));
    expect(peak(smooth)).toBeLessThanOrEqual(1.25);
    expect(Math.sqrt(variance(smooth))).toBeGreaterThan(0.3);
    const slopes = smooth.map((y, n) => (n === 0 ? smooth[1] - y : y - smooth[n - 1]));
    // The cubic's second derivative is at most 2·(|3·rise| + …) ≤ 20 a period squared.
    expect(largestChange(slopes)).toBeLessThan(20 * (hz / rate) ** 2);
  });
});

describe(`distributions, seed ${SEED}`, () => {
  const run = (play: () => number, frames = FRAMES) => atRate(48_000, () => collect(frames, play));

  it('whiteNoise is uniform and is Math.random with that seed', () => {
    const samples = run(whiteNoise(SEED));
    expect(Math.abs(mean(samples))).toBeLessThan(0.01);
    expect(Math.abs(3 * variance(samples) - 1)).toBeLessThan(0.01);
    const random = uniform(SEED);
    expect(samples.subarray(0, 100).every((y) => y === 2 * random() - 1)).toBe(true);
    expect(run(whiteNoise(SEED), 50)).toEqual(samples.subarray(0, 50));
    expect(run(whiteNoise(SEED + 1), 50)).not.toEqual(samples.subarray(0, 50));
  });

  it('instances without a seed differ', () => {
    expect(run(whiteNoise(), 20)).not.toEqual(run(whiteNoise(), 20));
  });

  it('gaussNoise is normal', () => {
    const samples = run(gaussNoise(SEED));
    expect(Math.abs(mean(samples))).toBeLessThan(0.01);
    expect(Math.abs(Math.sqrt(variance(samples)) - 1)).toBeLessThan(0.01);
    expect(Math.abs(kurtosis(samples) - 3)).toBeLessThan(0.1);
    expect(samples.every(Number.isFinite)).toBe(true);
  });

  it('brownNoise does not wander off', () => {
    const samples = run(
      atRate(48_000, () => brownNoise(SEED)),
      60 * 48_000,
    );
    for (let second = 0; second < 60; second++) {
      expect(Math.abs(mean(samples.subarray(second * 48_000, (second + 1) * 48_000)))).toBeLessThan(0.25);
    }
    expect(peak(samples)).toBeLessThan(1.6);
  });

  it('lfsrNoise repeats after 2^bits - 1 steps and not before', () => {
    for (const bits of [7, 15]) {
      const play = lfsrNoise(bits);
      const period = 2 ** bits - 1;
      const samples = run(() => play(48_000), 2 * period);
      expect(samples.every((y) => y === 1 || y === -1)).toBe(true);
      expect(samples.subarray(0, period)).toEqual(samples.subarray(period));
      // A sequence of maximal length has one more of one sign than of the other.
      expect(Math.abs(samples.subarray(0, period).reduce((a, b) => a + b, 0))).toBe(1);
      const fast = lfsrNoise(bits);
      expect(run(() => fast(3 * 48_000), 100)).toEqual(
        Float64Array.from({ length: 100 }, (_, n) => samples[(3 * n) % period]),
      );
    }
  });

  it('lorenzOsc stays on its butterfly for ten minutes', () => {
    const play = lorenzOsc();
    let [left, low, high] = [0, 0, 0];
    const samples = atRate(8000, () =>
      collect(600 * 8000, () => {
        const [x, z] = play(100);
        if (!(Math.abs(x) < 1.1 && z > -1.1 && z < 1.1)) throw new Error(`${x}, ${z}`);
        left += x < 0 ? 1 : 0;
        low = Math.min(low, z);
        high = Math.max(high, z);
        return x;
      }),
    );
    expect(left / samples.length).toBeCloseTo(0.5, 1);
    expect(high - low).toBeGreaterThan(1.2);
    // Its last second moves as much as its first.
    expect(variance(samples.subarray(-8000))).toBeGreaterThan(0.5 * variance(samples.subarray(0, 8000)));
  });
});
