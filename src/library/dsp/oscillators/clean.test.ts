/** Band-limited oscillators: levels of their harmonics against the series of the ideal shapes, and aliases. */
import { describe, expect, it } from 'vitest';
import { decibels, mean, peak } from '../../../testing/measure/levels.ts';
import { atRate, collect, RATES } from '../../../testing/measure/rates.ts';
import { lineSpectrum, sineAt, strongestInharmonic, strongestLine } from '../../../testing/measure/spectrum.ts';
import { uniform } from '../../../testing/measure/stability.ts';
import { superSaw } from './superSaw.ts';
import { syncSaw } from './syncSaw.ts';
import { pulse, saw, square, triangle, wavetable } from './tables.ts';

const FRAMES = 65_536;
/** At 48 kHz; edges of the tables' octaves among them (30 kHz / 2^j). */
const FREQUENCIES = [20, 31, 58.5, 110, 234.6, 441, 937, 1000.5, 1800, 1876, 2637, 3749, 3753, 4999];

/** The nearest frequency on an odd bin, so that harmonics are on bins and aliases mostly are not. */
const onBin = (hz: number, rate: number) => (rate / FRAMES) * (2 * Math.floor((hz * FRAMES) / rate / 2) + 1);

type Oscillator = (hz: number) => number;
/** Amplitudes of harmonics, from 1 on. */
type Series = (k: number) => number;

function expectClean(make: () => Oscillator, series: Series, rate: number, frequencies = FREQUENCIES) {
  const scale = rate / 48_000;
  for (const wanted of frequencies) {
    const hz = onBin(wanted * scale, rate);
    const samples = atRate(rate, () => {
      const oscillator = make();
      return collect(FRAMES, () => oscillator(hz));
    });
    const spectrum = lineSpectrum(samples, rate);
    const bin = Math.round(hz / spectrum.binHz);
    const fundamental = spectrum.amplitudes[bin];
    const alias = strongestInharmonic(spectrum, hz, 18_000 * scale);
    const aliasDb = decibels(alias.amplitude / fundamental);
    if (!(aliasDb < -80)) throw new Error(`${hz} Hz at ${rate}: ${alias.hz} Hz is at ${aliasDb.toFixed(1)} dB`);
    for (let k = 1; k * hz < 15_000 * scale; k++) {
      const ideal = series(k);
      const got = spectrum.amplitudes[k * bin];
      // What the ideal shape does not have is at least 70 dB below the first harmonic.
      const isMissing = ideal < 1e-6 * series(1);
      const fault = isMissing ? got > series(1) * 10 ** (-70 / 20) : !(Math.abs(decibels(got / ideal)) < 0.5);
      if (fault) throw new Error(`${hz} Hz at ${rate}: harmonic ${k} has ${got} instead of ${ideal}`);
    }
  }
}

const sawSeries: Series = (k) => 2 / (Math.PI * k);
const squareSeries: Series = (k) => (k % 2 === 1 ? 4 / (Math.PI * k) : 0);
const triangleSeries: Series = (k) => (k % 2 === 1 ? 8 / (Math.PI * k) ** 2 : 0);
const pulseSeries =
  (width: number): Series =>
  (k) =>
    (4 / (Math.PI * k)) * Math.abs(Math.sin(Math.PI * k * width));

describe.each(RATES)('at %i Hz', (rate) => {
  const some = rate === 48_000 ? FREQUENCIES : [31, 441, 3753];
  it('saw is clean', () => expectClean(() => saw(), sawSeries, rate, some));
  it('square is clean', () => expectClean(() => square(), squareSeries, rate, some));
  it('triangle is clean', () => expectClean(() => triangle(), triangleSeries, rate, some));
  it.each([0.5, 0.3, 0.93, 0.01])('pulse of width %d is clean', (width) =>
    expectClean(
      () => {
        const oscillator = pulse();
        return (hz) => oscillator(hz, width);
      },
      pulseSeries(width),
      rate,
      some,
    ),
  );
});

describe('levels', () => {
  /** (2/π)·Si(π): how far a jump of 2 overshoots without its high harmonics. */
  const GIBBS = 1.1789797444721672;
  /** What the harmonics 1 and 3 of a square reach by themselves, which are all that are left at 5 kHz: 1.2004. */
  const TWO_HARMONICS = (8 * Math.SQRT2) / (3 * Math.PI);

  it.each(RATES)('are at most a fifth beyond the shape, at any frequency, at %i Hz', (rate) => {
    const highest = (play: Oscillator, hz: number) => peak(atRate(rate, () => collect(4096, () => play(hz))));
    for (const wanted of FREQUENCIES) {
      const hz = (wanted * rate) / 48_000;
      expect(highest(saw(), hz)).toBeLessThan(1.2);
      expect(highest(square(), hz)).toBeLessThan(TWO_HARMONICS + 1e-4);
      expect(highest(triangle(), hz)).toBeLessThan(1.001);
      for (const width of [0.01, 0.3, 0.5, 0.99]) {
        const oscillator = pulse();
        const top = highest((f) => oscillator(f, width), hz);
        expect(top).toBeLessThan(2 * GIBBS);
        // Its sides are 2·(1 − width) and 2·width high, and each is overshot at both of its ends.
        expect(top).toBeLessThan(2 * Math.max(width, 1 - width) + 2 * (GIBBS - 1) + 0.01);
      }
    }
  });

  it('are the same backwards below 0 Hz', () => {
    // A period of 480 frames: after n frames backwards the phase is that of 480 − n forwards.
    const table = wavetable([0, 1, 0.5, -1, 0, 1, 0, -1, 0, 1, 1, 1, -1, -1, -1, -0.5]);
    const other = wavetable([0, 1, 0.5, -1, 0, 1, 0, -1, 0, 1, 1, 1, -1, -1, -1, -0.5]);
    for (const [forth, back] of [
      [saw(), saw()],
      [square(), square()],
      [triangle(), triangle()],
      [table, other],
    ]) {
      const [up, down] = [100, -100].map((hz, i) =>
        atRate(48_000, () => collect(481, () => (i === 0 ? forth! : back!)(hz))),
      );
      for (let n = 0; n <= 480; n++) expect(Math.abs(down![n]! - up![480 - n]!)).toBeLessThan(1e-6);
    }
    const [forth, back] = [pulse(), pulse()];
    const up = atRate(48_000, () => collect(481, () => forth(100, 0.3)));
    const down = atRate(48_000, () => collect(481, () => back(-100, 0.3)));
    for (let n = 0; n <= 480; n++) expect(Math.abs(down[n] - up[480 - n])).toBeLessThan(1e-6);
  });
});

describe('the shapes', () => {
  const shape = (oscillator: Oscillator) => atRate(48_000, () => collect(4800, () => oscillator(100)));

  it('begin where they should and point the right way', () => {
    // 480 frames a period: these are away from jumps.
    const [rising, flat, corner, high] = [saw(), square(), triangle(), pulse()].map((oscillator) => shape(oscillator));
    for (const [n, p] of [
      [120, 0.25],
      [200, 200 / 480],
      [360, 0.75],
      [480 + 120, 0.25],
    ]) {
      expect(rising[n]).toBeCloseTo(2 * p - 1, 1);
      expect(flat[n]).toBeCloseTo(p < 0.5 ? 1 : -1, 1);
      expect(corner[n]).toBeCloseTo(1 - 4 * Math.abs(p - 0.5), 3);
      expect(high[n]).toBeCloseTo(flat[n], 3);
    }
    expect(shape(saw(0.25))[0]).toBeCloseTo(rising[120], 12);
    for (const samples of [rising, flat, corner]) {
      expect(peak(samples)).toBeLessThan(1.2);
      expect(mean(samples)).toBeCloseTo(0, 3);
    }
  });

  it('pulse has mean 0 and sides 2 apart', () => {
    const oscillator = pulse();
    const samples = shape((hz) => oscillator(hz, 0.25));
    expect(mean(samples)).toBeCloseTo(0, 3);
    expect(samples[60]).toBeCloseTo(1.5, 1);
    expect(samples[300]).toBeCloseTo(-0.5, 1);
  });

  it('saw runs backwards', () => {
    const oscillator = saw();
    const back = shape((hz) => oscillator(-hz));
    expect(back[120]).toBeCloseTo(0.5, 1);
  });
});

describe.each(RATES)('wavetable at %i Hz', (rate) => {
  const scale = rate / 48_000;

  it('gives a sine for a sine', () => {
    for (const size of scale === 1 ? [16, 64, 2048] : [64]) {
      const table = Float32Array.from({ length: size }, (_, i) => Math.sin((2 * Math.PI * i) / size));
      for (const wanted of [50, 440, 3000]) {
        const hz = onBin(wanted * scale, rate);
        const samples = atRate(rate, () =>
          collect(
            FRAMES,
            (
              (play) => () =>
                play(hz)
            )(wavetable(table)),
          ),
        );
        const { amplitudes } = lineSpectrum(samples, rate);
        const bin = Math.round((hz * FRAMES) / rate);
        expect(amplitudes[bin]).toBeCloseTo(1, 4);
        let distortion = 0;
        for (let k = 2; k * bin < amplitudes.length; k++) distortion += amplitudes[k * bin] ** 2;
        expect(10 * Math.log10(distortion)).toBeLessThan(-80);
      }
    }
  });

  const SEED = 5;
  it(`is clean for any table, seed ${SEED}`, () => {
    const random = uniform(SEED);
    for (const size of scale === 1 ? [64, 512, 4096] : [64]) {
      const table = Array.from({ length: size }, () => 2 * random() - 1);
      const series: Series = (k) => {
        let [re, im] = [0, 0];
        table.forEach((x, n) => {
          re += x * Math.cos((2 * Math.PI * k * n) / size);
          im += x * Math.sin((2 * Math.PI * k * n) / size);
        });
        return (k < size / 2 ? 2 : k === size / 2 ? 1 : 0) * (Math.hypot(re, im) / size);
      };
      const levels = Array.from({ length: 1025 }, (_, k) => (k === 0 || k * 20 > 15_000 ? 0 : series(k)));
      expectClean(
        () => wavetable(table),
        (k) => levels[k] ?? 0,
        rate,
        size === 4096 || scale !== 1 ? [441, 1876] : [31, 441, 1876],
      );
    }
  });

  it('keeps a table’s mean and stretches other lengths', () => {
    const samples = atRate(rate, () =>
      collect(
        4800,
        (
          (play) => () =>
            play(100)
        )(wavetable([0.5, 0.5, 0.5])),
      ),
    );
    expect(peak(samples.map((x) => x - 0.5))).toBeLessThan(1e-6);
  });
});

describe.each(RATES)('superSaw at %i Hz', (rate) => {
  const scale = rate / 48_000;
  const tone = onBin(220 * scale, rate);
  const left = (detune: number, blend: number) =>
    atRate(rate, () =>
      collect(
        FRAMES,
        (
          (play) => () =>
            play(tone, detune, blend)[0]
        )(superSaw(7, 3)),
      ),
    );

  it('is one saw at blend 0', () => {
    expectClean(
      () => {
        const play = superSaw(7, 3);
        return (hz) => play(hz, 0.7, 0)[1];
      },
      sawSeries,
      rate,
      scale === 1 ? [220, 1876] : [220],
    );
  });

  it('has no line off the harmonics at detune 0, and many at 1', () => {
    const { amplitude } = strongestInharmonic(lineSpectrum(left(0, 1), rate), tone, 18_000 * scale);
    expect(decibels(amplitude)).toBeLessThan(-80);
    expect(
      decibels(strongestInharmonic(lineSpectrum(left(1, 1), rate), tone, 18_000 * scale).amplitude),
    ).toBeGreaterThan(-20);
  });

  it('spreads its seven voices as far as Szabo measured', () => {
    const spectrum = lineSpectrum(left(1, 0.7), rate);
    for (const offset of [-0.11002313, -0.06288439, 0.06216538, 0.10745242]) {
      const at = tone * (1 + offset);
      expect(Math.abs(strongestLine(spectrum, at - 3 * scale, at + 3 * scale).hz - at)).toBeLessThan(0.3 * scale);
    }
  });

  it('has the same sound for a seed, and two sides', () => {
    const play = (seed: number) =>
      atRate(rate, () => ((play) => Array.from({ length: 9 }, () => play(220)))(superSaw(7, seed)));
    expect(play(4)).toEqual(play(4));
    expect(play(4)).not.toEqual(play(5));
    expect(play(4).every(([l, r]) => l !== r)).toBe(true);
  });
});

describe('syncSaw', () => {
  it.each(RATES)('has the period of hz, and aliases 60 dB below its strongest partial, at %i Hz', (rate) => {
    const scale = rate / 48_000;
    for (const [wanted, ratio] of [
      [110, 3.37],
      [441, 1.5],
      [441, 7.9],
      [1000, 2.21],
      [1999, 1.3],
      [1999, 4.7],
    ]) {
      const hz = onBin(wanted * scale, rate);
      const samples = atRate(rate, () =>
        collect(
          FRAMES,
          (
            (play) => () =>
              play(hz, ratio * hz)
          )(syncSaw()),
        ),
      );
      const spectrum = lineSpectrum(samples, rate);
      const strongest = strongestLine(spectrum, hz / 2, 18_000 * scale);
      expect(Math.abs(strongest.hz / hz - Math.round(strongest.hz / hz))).toBeLessThan(0.01);
      const alias = strongestInharmonic(spectrum, hz, 18_000 * scale);
      const aliasDb = decibels(alias.amplitude / strongest.amplitude);
      if (!(aliasDb < -60)) throw new Error(`${hz} Hz times ${ratio} at ${rate}: ${aliasDb.toFixed(1)} dB`);
    }
  });

  it('is a saw where both frequencies are the same', () => {
    const samples = atRate(48_000, () =>
      collect(
        FRAMES,
        (
          (play) => () =>
            play(441, 441)
        )(syncSaw()),
      ),
    );
    for (let k = 1; k < 30; k++) {
      expect(Math.abs(decibels(sineAt(samples, 441 * k, 48_000).amplitude / sawSeries(k)))).toBeLessThan(0.5);
    }
    expect(peak(samples)).toBeLessThan(1.2);
    expect(samples[8 + 27]).toBeCloseTo(2 * ((27 * 441) / 48_000) - 1, 1);
  });
});
