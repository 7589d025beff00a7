/**
 * The spectrum against tones whose frequency and level are known. The analyser between them is written here as the Web
 * Audio specification says: a Blackman window, a Fourier transform divided by its length, decibels.
 */
import { describe, expect, it } from 'vitest';
import { spectrumFrames } from '../engine/taps.ts';
import { LogAxis } from '../ui/measure.ts';
import { highestBetween, louderLevels, spectralPeak } from '../ui/meters/spectrumLevels.ts';

type Signal = (seconds: number) => number;

/** Levels as the page has them, of a signal and of silence in the other channel. */
function levelsOf(signal: Signal, sampleRate: number) {
  const frames = spectrumFrames(sampleRate);
  const bins = analyse(Float64Array.from({ length: frames }, (_, n) => signal(n / sampleRate)));
  louderLevels(bins, new Float32Array(bins.length).fill(Number.NEGATIVE_INFINITY));
  return { levels: bins, binHz: sampleRate / frames };
}

function analyse(samples: Float64Array): Float32Array {
  const { length } = samples;
  const re = samples.map((sample, n) => {
    const turns = (2 * Math.PI * n) / length;
    return sample * (0.42 - 0.5 * Math.cos(turns) + 0.08 * Math.cos(2 * turns));
  });
  const im = new Float64Array(length);
  transform(re, im);
  return Float32Array.from({ length: length / 2 }, (_, k) => 20 * Math.log10(Math.hypot(re[k], im[k]) / length));
}

/** The Fourier transform in place, for lengths that are powers of two (Cooley and Tukey). */
function transform(re: Float64Array, im: Float64Array): void {
  const { length } = re;
  for (let n = 1, m = 0; n < length; n++) {
    let bit = length >> 1;
    for (; m & bit; bit >>= 1) m ^= bit;
    m ^= bit;
    if (n < m) {
      [re[n], re[m]] = [re[m], re[n]];
      [im[n], im[m]] = [im[m], im[n]];
    }
  }
  for (let size = 2; size <= length; size *= 2) {
    for (let k = 0; k < size / 2; k++) {
      const [c, s] = [Math.cos((2 * Math.PI * k) / size), -Math.sin((2 * Math.PI * k) / size)];
      for (let start = k; start < length; start += size) {
        const other = start + size / 2;
        const [x, y] = [re[other] * c - im[other] * s, re[other] * s + im[other] * c];
        [re[other], im[other]] = [re[start] - x, im[start] - y];
        [re[start], im[start]] = [re[start] + x, im[start] + y];
      }
    }
  }
}

const amplitude = (db: number) => 10 ** (db / 20);
const tone =
  (hz: number, db: number): Signal =>
  (t) =>
    amplitude(db) * Math.sin(2 * Math.PI * hz * t + 1);

/** What is drawn at each pixel of a picture of that width. */
function traceOf({ levels, binHz }: ReturnType<typeof levelsOf>, width: number) {
  const axis = new LogAxis(20, 20_000, width);
  const trace = Array.from({ length: width + 1 }, (_, x) =>
    highestBetween(levels, axis.hzAt(x - 0.5) / binHz, axis.hzAt(x + 0.5) / binHz),
  );
  return { trace, axis };
}

/** Pixels that are higher than those beside them, above -60 dB. */
const peaksOf = (trace: readonly number[]) =>
  trace.flatMap((level, x) =>
    level > -60 && level > (trace[x - 1] ?? -999) && level >= (trace[x + 1] ?? -999) ? [x] : [],
  );

const RATES = [44_100, 48_000, 96_000];

describe.each(RATES)('at %i Hz', (sampleRate) => {
  it.each([30, 50, 110, 440, 997.3, 1000, 4321.09, 12_000, 19_000])(
    'a tone of %f Hz is read at its own frequency and level, within 0.3 dB, wherever it lies between the bins',
    (base) => {
      const { binHz } = levelsOf(() => 0, sampleRate);
      for (const part of [0, 0.25, 0.5, 0.75]) {
        for (const db of [0, -12, -60]) {
          const hz = (Math.round(base / binHz) + part) * binHz;
          const spectrum = levelsOf(tone(hz, db), sampleRate);
          const peak = spectralPeak(spectrum.levels, hz / binHz - 3, hz / binHz + 3);
          expect(Math.abs((peak?.levelDb ?? 999) - db)).toBeLessThan(0.3);
          expect(Math.abs((peak?.bin ?? 0) * binHz - hz)).toBeLessThan(0.15 * binHz);
          for (const width of [300, 1000]) {
            const { trace } = traceOf(spectrum, width);
            expect(Math.abs(Math.max(...trace) - db)).toBeLessThan(0.3);
          }
        }
      }
    },
  );

  it('tells 50 Hz from 60 Hz, and a semitone at 440 Hz', () => {
    for (const [low, high] of [
      [50, 60],
      [440, 440 * 2 ** (1 / 12)],
    ]) {
      const spectrum = levelsOf((t) => tone(low, -12)(t) + tone(high, -18)(t), sampleRate);
      const { trace, axis } = traceOf(spectrum, 500);
      const peaks = peaksOf(trace);
      expect(peaks).toHaveLength(2);
      for (const [n, hz, db] of [
        [0, low, -12],
        [1, high, -18],
      ]) {
        expect(Math.abs(peaks[n] - axis.xOf(hz))).toBeLessThan(1.5);
        expect(Math.abs(trace[peaks[n]] - db)).toBeLessThan(0.3);
        const { levels, binHz } = spectrum;
        const peak = spectralPeak(levels, hz / binHz - 1.5, hz / binHz + 1.5);
        expect(Math.abs((peak?.bin ?? 0) * binHz - hz)).toBeLessThan(0.5);
      }
      expect(Math.min(...trace.slice(peaks[0], peaks[1]))).toBeLessThan(-24);
    }
  });
});

it('is the louder of both channels', () => {
  const bins = Float32Array.of(-30, -40, Number.NEGATIVE_INFINITY);
  louderLevels(bins, Float32Array.of(-50, -20, Number.NEGATIVE_INFINITY));
  expect(bins[0] - bins[1]).toBeCloseTo(-10, 4);
  expect(bins[2]).toBe(-200);
});
