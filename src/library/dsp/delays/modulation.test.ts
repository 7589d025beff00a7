/** What swings, against formulas for sines and combs. */
import { describe, expect, it } from 'vitest';
import { decibels, largestError, peak, rootMeanSquare } from '../../../testing/measure/levels.ts';
import { atRate, collect, collectStereo, RATES } from '../../../testing/measure/rates.ts';
import { impulseResponse, responseAt } from '../../../testing/measure/response.ts';
import { lineSpectrum, sineAt, strongestLine } from '../../../testing/measure/spectrum.ts';
import { uniform } from '../../../testing/measure/stability.ts';
import { KAISER_BINS } from '../../../testing/measure/transform.ts';
import { autoPan, chorus, flanger, phaser, ringMod, tremolo, vibrato } from './modulation.ts';
import { pitchShifter } from './pitchShifter.ts';

const SEED = 23;
const sineOf =
  (hz: number, rate: number, amplitude = 1) =>
  (n: number) =>
    amplitude * Math.sin((2 * Math.PI * hz * n) / rate);

describe('chorus', () => {
  it(`is x with a blend of 0, and never above 1.1 of the peak with 1, seed ${SEED}`, () => {
    for (const rate of RATES) {
      atRate(rate, () => {
        const random = uniform(SEED);
        const [dry, wet] = [chorus(), chorus()];
        let loudest = 0;
        let sides = 0;
        for (let n = 0; n < 20_000; n++) {
          // As bad as it gets: full scale at random signs.
          const x = random() < 0.5 ? -1 : 1;
          const [l, r] = dry(x, 2, 1, 0);
          if (l !== x || r !== x) throw new Error(`not x in frame ${n}`);
          const [a, b] = wet(x, 7, 1, 1);
          loudest = Math.max(loudest, Math.abs(a), Math.abs(b));
          sides += Math.abs(a - b);
        }
        expect(loudest).toBeLessThanOrEqual(1.1);
        expect(sides / 20_000).toBeGreaterThan(0.1);
      });
    }
  });
});

describe('flanger', () => {
  it.each(RATES)('without depth and feedback is a comb of 0.5 ms, at %i Hz', (rate) => {
    atRate(rate, () => {
      const sweep = flanger();
      const response = impulseResponse((x) => sweep(x, 1, 0, 0), 200);
      for (const hz of [500, 1000, 2000, 2500, 3000, 4000]) {
        const expected = Math.abs(Math.cos(Math.PI * hz * 0.0005));
        expect(Math.abs(responseAt(response, hz, rate).gain - expected)).toBeLessThan(0.03);
      }
      // Notches.
      for (const hz of [1000, 3000]) expect(responseAt(response, hz, rate).db).toBeLessThan(-30);
    });
  });
});

describe('phaser', () => {
  it.each(RATES)('has half as many notches as stages, at %i Hz', (rate) => {
    atRate(rate, () => {
      for (const stages of [2, 4, 6, 8]) {
        const sweep = phaser(stages);
        const response = impulseResponse((x) => sweep(x, 1, 0, 0), 4000);
        const gains = Array.from({ length: 1000 }, (_, i) => {
          const hz = 20 * (rate / 2.05 / 20) ** (i / 999);
          return responseAt(response.subarray(0, 1000), hz, rate).gain;
        });
        const notches = gains.filter(
          (gain, i) => i > 0 && i < 999 && gain < gains[i - 1] && gain <= gains[i + 1] && gain < 0.1,
        );
        expect(notches.length).toBe(stages / 2);
        // Allpasses in the middle of 200 and 4000 Hz: all together −180° where each has −180°/stages.
        const w = Math.tan((Math.PI * Math.sqrt(800_000)) / rate) * Math.tan(Math.PI / (2 * stages));
        const first = (rate / Math.PI) * Math.atan(w);
        expect(responseAt(response, first, rate).db).toBeLessThan(-60);
      }
    });
  });

  it('sweeps from 200 to 4000 Hz', () => {
    atRate(48_000, () => {
      // Two stages have their notch where each has −90°: at the allpass's own frequency.
      for (const [hz, at] of [
        [4000, 0.25],
        [200, 0.75],
      ]) {
        const sweep = phaser(2);
        const heard = collect(48_000, (n) => sweep(sineOf(hz, 48_000)(n), 1, 1, 0));
        const dips = Array.from({ length: 100 }, (_, i) => rootMeanSquare(heard.subarray(i * 480, i * 480 + 480)));
        expect(Math.abs(dips.indexOf(Math.min(...dips)) / 100 - at)).toBeLessThan(0.03);
      }
    });
  });
});

describe('vibrato', () => {
  it.each(RATES)('swings by the semitones asked for, at %i Hz', (rate) => {
    atRate(rate, () => {
      for (const [hz, semitones] of [
        [5, 0.3],
        [5, 1],
        [7, 0.1],
        [2, 0.5],
      ]) {
        const wave = vibrato();
        const tone = 1000;
        const heard = collect(Math.round(1.2 * rate), (n) => wave(sineOf(tone, rate)(n), hz, semitones));
        // Periods between upward crossings, placed between frames.
        const crossings: number[] = [];
        for (let n = Math.round(0.15 * rate); n < heard.length; n++) {
          if (heard[n - 1] < 0 && heard[n] >= 0) crossings.push(n - heard[n] / (heard[n] - heard[n - 1]));
        }
        const pitches = crossings.slice(4).map((at, i) => 12 * Math.log2((4 * rate) / (at - crossings[i]) / tone));
        expect(Math.abs(Math.max(...pitches) / semitones - 1)).toBeLessThan(0.05);
        expect(Math.abs(Math.min(...pitches) / semitones + 1)).toBeLessThan(0.05);
      }
    });
  });
});

describe('levels', () => {
  it('tremolo is x times a raised cosine', () => {
    for (const rate of RATES) {
      atRate(rate, () => {
        const swell = tremolo();
        const heard = collect(rate, () => swell(2, 4, 0.7));
        expect(heard[0]).toBe(2);
        const expected = (n: number) => 2 * (1 - 0.35 * (1 - Math.cos((2 * Math.PI * 4 * n) / rate)));
        expect(largestError(heard, expected)).toBeLessThan(1e-9);
        expect(Math.min(...heard)).toBeCloseTo(0.6, 3);
      });
    }
  });

  it('autoPan keeps the power and goes from side to side', () => {
    atRate(48_000, () => {
      const around = autoPan();
      const { left, right } = collectStereo(48_000, () => around(0.5, 1, 1));
      expect(
        largestError(
          left.map((l, n) => l * l + right[n] * right[n]),
          () => 0.25,
        ),
      ).toBeLessThan(1e-12);
      expect(right[12_000]).toBeCloseTo(0.5, 6);
      expect(left[36_000]).toBeCloseTo(0.5, 6);
      expect(left[0]).toBeCloseTo(right[0], 12);
    });
  });

  it('ringMod of a sine has the sum and the difference and nothing else', () => {
    for (const rate of RATES) {
      atRate(rate, () => {
        const ring = ringMod();
        const heard = collect(16_384, (n) => ring(sineOf(3000, rate)(n), 700, 1));
        expect(sineAt(heard, 2300, rate).amplitude).toBeCloseTo(0.5, 6);
        expect(sineAt(heard, 3700, rate).amplitude).toBeCloseTo(0.5, 6);
        expect(largestError(heard, (n) => sineOf(3000, rate)(n) * sineOf(700, rate)(n))).toBeLessThan(1e-8);
        const through = ringMod();
        expect(through(0.3, 700, 0)).toBe(0.3);
      });
    }
  });
});

describe('pitchShifter', () => {
  /** The strongest line, the centre of the power, and the share of it within 6 % of `hz`. */
  function measure(heard: Float64Array, hz: number, rate: number) {
    const lines = lineSpectrum(heard, rate);
    let [power, weighted, near] = [0, 0, 0];
    lines.amplitudes.forEach((amplitude, k) => {
      const at = k * lines.binHz;
      power += amplitude ** 2;
      weighted += amplitude ** 2 * at;
      // A line is some bins wide.
      if (Math.abs(at - hz) < Math.max(0.06 * hz, KAISER_BINS * lines.binHz)) near += amplitude ** 2;
    });
    return { line: strongestLine(lines, 20, rate / 2.1).hz, centre: weighted / power, share: near / power };
  }

  it.each(RATES)('shifts sines by the ratio, at %i Hz', (rate) => {
    atRate(rate, () => {
      for (const hz of [110, 330, 1000, 2500]) {
        for (const semitones of rate === 48_000 ? [-24, -12, -5, -0.5, 0.2, 3, 7, 12, 24] : [-12, 7]) {
          const wanted = hz * 2 ** (semitones / 12);
          const shift = pitchShifter();
          const size = 16_384;
          const heard = collect(size + 9600, (n) => shift(sineOf(hz, rate, 0.5)(n), semitones)).subarray(9600);
          const { line, centre, share } = measure(heard, wanted, rate);
          const what = `${hz} Hz by ${semitones}`;
          expect(Math.abs(line / wanted - 1), `line of ${what}`).toBeLessThan(0.02);
          expect(Math.abs(centre / wanted - 1), `centre of ${what}`).toBeLessThan(0.02);
          expect(share, `share of ${what}`).toBeGreaterThan(0.85);
          expect(Math.abs(decibels(rootMeanSquare(heard) / (0.5 / Math.SQRT2))), `level of ${what}`).toBeLessThan(1);
          expect(peak(heard)).toBeLessThan(0.7);
        }
      }
    });
  });

  it('of 0 semitones is x, late', () => {
    atRate(48_000, () => {
      const random = uniform(SEED);
      const shift = pitchShifter();
      const x = Float64Array.from({ length: 20_000 }, () => 2 * random() - 1);
      const y = x.map((value) => shift(value, 0));
      const late = y.findIndex((value) => value !== 0);
      expect(late).toBe(724);
      expect(largestError(y, (n) => (n < late ? 0 : x[n - late]))).toBe(0);
    });
  });
});
