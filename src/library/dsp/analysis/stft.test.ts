/** Spectra, and what is done to them, on sines. */
import { describe, expect, it } from 'vitest';
import { decibels, rootMeanSquare } from '../../../testing/measure/levels.ts';
import { atRate, collect, RATES } from '../../../testing/measure/rates.ts';
import { lineSpectrum, sineAt, strongestLine } from '../../../testing/measure/spectrum.ts';
import { uniform } from '../../../testing/measure/stability.ts';
import { phaseVocoder, spectralFreeze } from './spectralEffects.ts';
import { spectrum, stft } from './stft.ts';

const SEED = 9;
const RATE = 48_000;
const sineOf =
  (hz: number, amplitude = 1, rate = RATE) =>
  (n: number) =>
    amplitude * Math.sin((2 * Math.PI * hz * n) / rate + 0.3);

describe('spectrum', () => {
  it.each(RATES)('shows a sine on a bin with its amplitude, at %i Hz', (rate) => {
    atRate(rate, () => {
      for (const k of [3, 64, 500]) {
        const bins = spectrum(1024);
        const tone = sineOf((k * rate) / 1024, 0.37, rate);
        let levels = bins(tone(0));
        const first = levels;
        for (let n = 1; n < 2048; n++) levels = bins(tone(n));
        expect(levels).toBe(first);
        expect(levels.length).toBe(513);
        expect(Math.abs(levels[k] / 0.37 - 1)).toBeLessThan(0.001);
        // The Hann window has half of it in the two bins beside, and nothing further away.
        expect(levels[k + 1] / 0.37).toBeCloseTo(0.5, 3);
        expect(levels[k + 3]).toBeLessThan(1e-4);
      }
    });
  });

  it('shows a constant and half the rate with their amplitudes', () => {
    const bins = spectrum(64);
    let levels = bins(0);
    for (let n = 0; n < 256; n++) levels = bins(0.25 + (n & 1 ? -0.5 : 0.5));
    expect(levels[0]).toBeCloseTo(0.25, 12);
    expect(levels[32]).toBeCloseTo(0.5, 12);
  });

  it('is renewed every hop', () => {
    const bins = spectrum(256, 32);
    const changes: number[] = [];
    let before = '';
    for (let n = 0; n < 320; n++) {
      const now = bins(Math.sin(n * n)).join();
      if (now !== before) changes.push(n);
      before = now;
    }
    expect(changes.slice(1)).toEqual([31, 63, 95, 127, 159, 191, 223, 255, 287, 319]);
  });
});

describe(`stft, seed ${SEED}`, () => {
  const random = uniform(SEED);
  const noise = Float64Array.from({ length: 9000 }, () => 2 * random() - 1);

  it.each([
    [1024, undefined],
    [1024, 128],
    [2048, 512],
    [256, 32],
    [64, 16],
  ])('that changes nothing delays by %i frames (hop %s)', (size, hop) => {
    const run = stft(size, () => {}, hop);
    let worst = 0;
    for (let n = 0; n < noise.length; n++) {
      const y = run(noise[n]);
      worst = Math.max(worst, Math.abs(y - (n < size ? 0 : noise[n - size])));
    }
    expect(worst).toBeLessThan(1e-9);
  });

  it('that keeps one side of a bin filters', () => {
    const run = stft(1024, (re, im) => {
      expect(re.length).toBe(513);
      re.fill(0, 100);
      im.fill(0, 100);
    });
    const heard = collect(16_384, (n) => run(sineOf(1000)(n) + sineOf(9000)(n))).subarray(8192);
    expect(sineAt(heard, 1000, RATE).amplitude).toBeCloseTo(1, 4);
    expect(sineAt(heard, 9000, RATE).amplitude).toBeLessThan(1e-4);
  });
});

describe('spectralFreeze', () => {
  const SIZE = 2048;

  it('is x, late, while it is off', () => {
    const hold = spectralFreeze(SIZE);
    for (let n = 0; n < 6000; n++) {
      const y = hold(sineOf(440)(n), 0);
      if (n >= SIZE) expect(Math.abs(y - sineOf(440)(n - SIZE))).toBeLessThan(1e-9);
    }
  });

  it('holds sines steadily, with their pitches and levels, whatever comes in', () => {
    const hold = spectralFreeze(SIZE);
    const random = uniform(SEED);
    const chord = (n: number) => sineOf(443.7, 0.3)(n) + sineOf(1201.3, 0.2)(n) + sineOf(3333, 0.1)(n);
    const heard = collect(96_000, (n) => hold(n < 9600 ? chord(n) : 2 * random() - 1, n >= 9500 ? 1 : 0));
    const levels = Array.from({ length: 20 }, (_, i) => {
      const from = 16_000 + i * 4000;
      return decibels(rootMeanSquare(heard.subarray(from, from + 4000)));
    });
    const expected = decibels(Math.sqrt((0.3 ** 2 + 0.2 ** 2 + 0.1 ** 2) / 2));
    for (const level of levels) expect(Math.abs(level - expected)).toBeLessThan(0.2);
    const lines = lineSpectrum(heard.subarray(20_000, 20_000 + 65_536), RATE);
    for (const [hz, amplitude] of [
      [443.7, 0.3],
      [1201.3, 0.2],
      [3333, 0.1],
    ]) {
      const line = strongestLine(lines, 0.97 * hz, 1.03 * hz);
      expect(Math.abs(line.hz / hz - 1)).toBeLessThan(0.001);
      expect(Math.abs(decibels(line.amplitude / amplitude))).toBeLessThan(0.3);
    }
  });

  it('lets go', () => {
    const hold = spectralFreeze(256);
    for (let n = 0; n < 4000; n++) hold(sineOf(440)(n), n > 1000 && n < 2000 ? 1 : 0);
    for (let n = 4000; n < 5000; n++) expect(Math.abs(hold(0, 0))).toBeLessThan(n < 4300 ? 2 : 1e-9);
  });
});

describe('phaseVocoder', () => {
  it.each(RATES)('shifts a sine by the ratio, at %i Hz', (rate) => {
    atRate(rate, () => {
      for (const [hz, semitones] of [
        [440, 7],
        [440, -12],
        [1234, 3.3],
        [317, 24],
        [2500, -24],
        [700, 0],
        [501, -0.5],
      ]) {
        const shift = phaseVocoder();
        const heard = collect(40_960, (n) => shift(sineOf(hz, 0.5, rate)(n), semitones)).subarray(8192);
        const wanted = hz * 2 ** (semitones / 12);
        const line = strongestLine(lineSpectrum(heard, rate), 20, rate / 2.1);
        expect(Math.abs(line.hz / wanted - 1)).toBeLessThan(0.003);
        expect(Math.abs(decibels(line.amplitude / 0.5))).toBeLessThan(1.5);
      }
    });
  });

  it('is x, late, for 0 semitones', () => {
    const shift = phaseVocoder(1024);
    const x = (n: number) => sineOf(440, 0.4)(n) + sineOf(1000, 0.3)(n) + Math.sin(n * n) / 10;
    let worst = 0;
    for (let n = 0; n < 12_000; n++) {
      const y = shift(x(n), 0);
      if (n >= 4096) worst = Math.max(worst, Math.abs(y - x(n - 1024)));
    }
    expect(worst).toBeLessThan(1e-9);
  });
});
