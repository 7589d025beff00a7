/** Curves against their formulas, aliases against plain curves, oversampling against what it promises. */
import { describe, expect, it } from 'vitest';
import { decibels, mean, peak, rootMeanSquare } from '../../../testing/measure/levels.ts';
import { atRate, collect, RATES } from '../../../testing/measure/rates.ts';
import { impulseResponse, responseAt } from '../../../testing/measure/response.ts';
import { lineSpectrum, sineAt } from '../../../testing/measure/spectrum.ts';
import { uniform } from '../../../testing/measure/stability.ts';
import { bitCrush, chebyshev, hardClip, rateReduce, saturate, shaper, sineFold, softClip } from './clip.ts';
import { adaaClip, adaaTanh, overdrive, tube } from './drive.ts';
import { oversample } from './oversample.ts';

const SEED = 8;
const random = uniform(SEED);
const draws = Array.from({ length: 400 }, () => 4 * random() - 2);

describe(`curves, seed ${SEED}`, () => {
  it('hardClip', () => {
    for (const x of draws) {
      expect(hardClip(x)).toBe(x > 1 ? 1 : x < -1 ? -1 : x);
      expect(hardClip(x, 0.3)).toBe(x > 0.3 ? 0.3 : x < -0.3 ? -0.3 : x);
    }
    expect(hardClip(5, Number.NaN)).toBe(1);
  });

  it('softClip is the cubic, with slope 0 at its ends', () => {
    for (const x of draws) {
      expect(softClip(x)).toBeCloseTo(Math.abs(x) > 1 ? Math.sign(x) : 1.5 * x - 0.5 * x ** 3, 14);
    }
    expect((softClip(1) - softClip(1 - 1e-6)) / 1e-6).toBeLessThan(1e-5);
    expect(softClip(1)).toBe(1);
    expect(softClip(-7)).toBe(-1);
  });

  it('saturate keeps ±1 and is odd', () => {
    for (const drive of [0.01, 1, 5, 100]) {
      expect(saturate(1, drive)).toBe(1);
      expect(saturate(-1, drive)).toBe(-1);
      for (const x of draws) {
        expect(saturate(-x, drive)).toBe(-saturate(x, drive));
        expect(saturate(x, drive)).toBeCloseTo(Math.tanh(drive * x) / Math.tanh(drive), 14);
      }
    }
    expect(Number.isFinite(saturate(0.5, 0))).toBe(true);
  });

  it('sineFold', () => {
    expect(sineFold(1)).toBe(1);
    for (const x of draws) expect(sineFold(x, 3)).toBeCloseTo(Math.sin(1.5 * Math.PI * x), 14);
  });

  it('bitCrush', () => {
    for (const bits of [1, 2, 3.5, 8, 16, 32]) {
      const steps = 2 ** (bits - 1);
      for (const x of draws) expect(bitCrush(x, bits)).toBe(Math.round(x * steps) / steps);
    }
    expect(new Set(Array.from({ length: 2001 }, (_, i) => bitCrush(i / 1000 - 1, 3))).size).toBe(9);
  });

  it('shaper reads linearly and clamps', () => {
    for (const table of [[-1, 1], Float32Array.from({ length: 9 }, (_, i) => i / 4 - 1), [-1, -0.5, 0, 0.5, 1]]) {
      const identity = shaper(table);
      for (const x of draws) expect(Math.abs(identity(x) - Math.min(Math.max(x, -1), 1))).toBeLessThan(1e-12);
    }
    const bend = shaper([0, 1, -3]);
    expect([-2, -1, -0.75, 0, 0.5, 1, 2].map(bend)).toEqual([0, 0, 0.25, 1, -1, -3, -3]);
    expect(shaper([0.4])(0.3)).toBe(0.4);
  });

  it('chebyshev gives a cosine the harmonics asked for', () => {
    const levels = [0.5, 0.25, 0, -0.3, 0.1, 0.05];
    const add = chebyshev(levels);
    const heard = collect(480, (n) => add(Math.cos((2 * Math.PI * n) / 480)));
    for (let k = 0; k < 10; k++) {
      const sum = heard.reduce((total, y, n) => total + y * Math.cos((2 * Math.PI * k * n) / 480), 0);
      expect(Math.abs((2 * sum) / 480 - (levels[k - 1] ?? 0))).toBeLessThan(1e-6);
    }
  });
});

describe('rateReduce', () => {
  it.each(RATES)('takes a new value hz times a second, at %i Hz', (rate) => {
    atRate(rate, () => {
      for (const hz of [10, 441.5, 8000, 0.7 * rate, rate]) {
        const reduce = rateReduce();
        let changes = 0;
        let last = -1;
        for (let n = 0; n < rate; n++) {
          const y = reduce(n, hz);
          if (!(y <= n && y > n - rate / hz - 1)) throw new Error(`${y} in frame ${n}`);
          changes += y === last ? 0 : 1;
          last = y;
        }
        expect(Math.abs(changes - hz)).toBeLessThanOrEqual(1);
      }
    });
  });
});

describe('overdrive', () => {
  it('stays within ±1, is near x for drive 0, and about as loud as x', () => {
    for (const rate of RATES) {
      atRate(rate, () => {
        const tone = (n: number, level: number) => level * Math.sin((2 * Math.PI * 200 * n) / rate);
        const [loud, small] = [overdrive(), overdrive()];
        const noise = uniform(SEED);
        for (let n = 0; n < 4000; n++) {
          const [a, b, x] = [noise(), noise(), 20 * noise() - 10];
          expect(Math.abs(loud(x, a, b))).toBeLessThanOrEqual(1);
        }
        const heard = collect(rate / 5, (n) => small(tone(n, 0.05), 0));
        expect(Math.abs(decibels(rootMeanSquare(heard.subarray(rate / 10)) / (0.05 / Math.SQRT2)))).toBeLessThan(1);
        for (const drive of [0.2, 0.5, 0.8, 1]) {
          const dirt = overdrive();
          const levels = collect(rate / 5, (n) => dirt(tone(n, 0.5), drive));
          expect(Math.abs(decibels(rootMeanSquare(levels) / (0.5 / Math.SQRT2)))).toBeLessThan(4);
        }
      });
    }
  });
});

describe('tube', () => {
  const run = (bias: number, rate: number) =>
    atRate(rate, () => {
      const warm = tube();
      return collect(rate + 9600, (n) => warm(0.5 * Math.sin((2 * Math.PI * n) / 480), 2, bias)).subarray(rate);
    });

  it.each(RATES)('has a second harmonic with a bias, none without, and no DC after a second, at %i Hz', (rate) => {
    const hz = rate / 480;
    for (const bias of [0.2, 0.5, -0.3]) {
      const heard = run(bias, rate);
      expect(Math.abs(mean(heard))).toBeLessThan(1e-4);
      expect(decibels(sineAt(heard, 2 * hz, rate).amplitude / sineAt(heard, hz, rate).amplitude)).toBeGreaterThan(-40);
    }
    const straight = run(0, rate);
    expect(sineAt(straight, 2 * hz, rate).amplitude).toBeLessThan(1e-6);
  });
});

describe('adaa', () => {
  /** The loudest line that is no odd harmonic below half the rate: a sine on a bin needs no window. */
  const aliases = (shape: (x: number) => number): number =>
    atRate(48_000, () => {
      const size = 8192;
      const k = 853; // 4998 Hz
      const heard = collect(2 * size, (n) => shape(Math.sin((2 * Math.PI * ((k * n) % size)) / size))).subarray(size);
      let worst = 0;
      for (let m = 2; m < 60; m++) {
        const folded = ((2 * m + 1) * k) % size;
        const bin = folded > size / 2 ? size - folded : folded;
        if ((2 * m + 1) * k < size / 2 || bin > size / 3) continue;
        let [re, im] = [0, 0];
        for (let n = 0; n < size; n++) {
          re += heard[n] * Math.cos((2 * Math.PI * ((bin * n) % size)) / size);
          im += heard[n] * Math.sin((2 * Math.PI * ((bin * n) % size)) / size);
        }
        worst = Math.max(worst, Math.hypot(re, im) / (size / 2));
      }
      return decibels(worst);
    });

  it('aliases are at least 10 dB below those of the plain curves', () => {
    const [bent, clipped] = [adaaTanh(), adaaClip()];
    expect(aliases((x) => Math.tanh(10 * x)) - aliases((x) => bent(x, 10))).toBeGreaterThan(10);
    expect(aliases((x) => hardClip(10 * x)) - aliases((x) => clipped(x, 10))).toBeGreaterThan(10);
  });

  it('a slow signal gets the curve itself, half a frame late', () => {
    const [bent, clipped] = [adaaTanh(), adaaClip()];
    for (let n = 0; n < 20_000; n++) {
      const x = 3 * Math.sin(n * 1e-3);
      const middle = n === 0 ? 0 : 1.5 * (Math.sin(n * 1e-3) + Math.sin((n - 1) * 1e-3));
      expect(Math.abs(bent(x, 1) - Math.tanh(middle))).toBeLessThan(1e-5);
      expect(Math.abs(clipped(x, 1) - Math.max(-1, Math.min(1, middle)))).toBeLessThan(1e-3);
    }
  });

  it('holds still where x does', () => {
    const [bent, clipped] = [adaaTanh(), adaaClip()];
    for (const x of [0.3, 0.3, 0.3 + 1e-9, 0.3 - 3e-6, 0.3]) {
      const [a, b] = [bent(x), clipped(x)];
      if (x !== 0.3) continue;
      expect(Math.abs(a)).toBeLessThan(0.3);
      expect(Math.abs(b)).toBeLessThanOrEqual(0.3);
    }
    expect(bent(0.3)).toBeCloseTo(Math.tanh(0.3), 9);
    expect(clipped(0.3)).toBeCloseTo(0.3, 9);
  });
});

describe.each(RATES)('oversample at %i Hz', (rate) => {
  const scale = rate / 48_000;

  it.each([
    [2, 31],
    [4, 36.5],
    [8, 38.25],
  ])('by %i is flat to 15 kHz and %f frames late', (factor, latency) => {
    atRate(rate, () => {
      const run = oversample(factor, (x) => x);
      const impulse = impulseResponse((x) => run(x), 128);
      for (const hz of [20, 1000, 5000, 10_000, 15_000].map((at) => at * scale)) {
        const { db, phase } = responseAt(impulse, hz, rate);
        expect(Math.abs(db)).toBeLessThan(0.1);
        const turns = phase / 360 + (hz / rate) * latency;
        expect(Math.abs(turns - Math.round(turns))).toBeLessThan(1e-6);
      }
    });
  });

  it('keeps the third harmonic of 10 kHz from folding back to 18 kHz', () => {
    atRate(rate, () => {
      const ratio = (factor: number) => {
        const run = oversample(factor, (x) => x * x * x);
        const heard = collect(9600, (n) => run(Math.sin((2 * Math.PI * 10_000 * scale * n) / rate))).subarray(1408);
        return decibels(sineAt(heard, 18_000 * scale, rate).amplitude / sineAt(heard, 10_000 * scale, rate).amplitude);
      };
      expect(ratio(4)).toBeLessThan(-70);
      expect(ratio(8)).toBeLessThan(-70);
    });
  });

  it('calls shape factor times a frame, with p', () => {
    atRate(rate, () => {
      const heard: number[] = [];
      const run = oversample(4, (x, p) => {
        heard.push(p);
        return x * p;
      });
      run(1, 5);
      run(1);
      expect(heard).toEqual([5, 5, 5, 5, 0, 0, 0, 0]);
    });
  });

  it('images of a sine are 80 dB down', () => {
    atRate(rate, () => {
      // What lies between the samples is seen by the shape.
      const fine: number[] = [];
      const run = oversample(8, (x) => {
        fine.push(x);
        return x;
      });
      for (let n = 0; n < 2300; n++) run(Math.sin((2 * Math.PI * 9000 * scale * n) / rate));
      const { amplitudes, binHz } = lineSpectrum(Float64Array.from(fine.slice(2016, 2016 + 16_384)), 8 * rate);
      const line = Math.max(...amplitudes);
      expect(line).toBeCloseTo(1, 1);
      const above = Math.max(...amplitudes.subarray(Math.ceil((20_000 * scale) / binHz)));
      expect(decibels(above / line)).toBeLessThan(-80);
      expect(peak(Float64Array.from(fine))).toBeLessThan(1.1);
    });
  });
});
