/** Static curves, times and ceilings against their formulas. */
import { describe, expect, it } from 'vitest';
import { decibels, peak } from '../../../testing/measure/levels.ts';
import { atRate, collect, RATES } from '../../../testing/measure/rates.ts';
import { uniform } from '../../../testing/measure/stability.ts';
import { compressor, compressorGain, compressorStereo, expander, noiseGate } from './compressor.ts';
import { limiter, limiterStereo } from './limiter.ts';
import { ducker, transientShaper } from './sideChain.ts';

const SEED = 31;
const db = (decibel: number): number => 10 ** (decibel / 20);
/** A steady |x|, but not a constant. */
const square = (n: number, level: number): number => (n % 30 < 15 ? level : -level);

describe('compressorGain', () => {
  it('is the curve of Giannoulis, Massberg and Reiss', () => {
    for (const ratio of [1, 2, 4, 20, Number.POSITIVE_INFINITY]) {
      for (const threshold of [-40, -20, 0]) {
        for (const knee of [0, 6, 24]) {
          for (let level = -80; level <= 20; level += 4.7) {
            const over = level - threshold;
            const slope = 1 / ratio - 1;
            const expected =
              2 * over < -knee ? 0 : 2 * over > knee ? slope * over : (slope * (over + knee / 2) ** 2) / (2 * knee);
            expect(decibels(compressorGain(db(level), db(threshold), ratio, db(knee)))).toBeCloseTo(expected, 8);
          }
        }
      }
    }
  });

  it('is continuous, and finite at the threshold, in silence and for odd parameters', () => {
    for (const knee of [1, db(12)]) {
      let before = 1;
      for (let level = 0.05; level < 0.3; level += 5e-4) {
        const gain = compressorGain(level, 0.1, 8, knee);
        expect(before - gain).toBeLessThan(0.01);
        expect(gain).toBeLessThanOrEqual(before);
        before = gain;
      }
    }
    expect(compressorGain(0.1, 0.1, 4)).toBe(1);
    expect(compressorGain(0.1, 0.1, Number.POSITIVE_INFINITY, 1)).toBe(1);
    expect(compressorGain(0, 0.1, 4, 2)).toBe(1);
    expect(Number.isFinite(compressorGain(1, 0, 4))).toBe(true);
    expect(compressorGain(1, Number.NaN, Number.NaN, Number.NaN)).toBe(compressorGain(1, 0.1, 4));
  });
});

describe.each(RATES)('at %i Hz', (rate) => {
  it('compressor settles at its curve, in dB with attack and release', () => {
    atRate(rate, () => {
      for (const [level, threshold, ratio, knee] of [
        [1, 0.1, 4, 1],
        [0.3, 0.2, 10, db(12)],
        [0.11, 0.1, 2, db(6)],
        [0.05, 0.1, 4, 1],
      ]) {
        const squeeze = compressor();
        let y = 0;
        for (let n = 0; n < 0.5 * rate; n++) y = squeeze(square(n, level), threshold, ratio, 0.01, 0.1, knee);
        expect(Math.abs(decibels(y / level / compressorGain(level, threshold, ratio, knee)))).toBeLessThan(0.1);
      }
      for (const attack of [0.003, 0.02]) {
        const squeeze = compressor();
        const target = decibels(compressorGain(1, 0.1, 4));
        const gains = collect(Math.round(0.3 * rate), (n) => decibels(squeeze(square(n, 1), 0.1, 4, attack, 0.1)));
        const at = gains.findIndex((gain) => gain <= target * (1 - 1 / Math.E)) / rate;
        expect(Math.abs(at / attack - 1)).toBeLessThan(0.3);
        const back = collect(Math.round(0.5 * rate), () => decibels(squeeze(0.01, 0.1, 4, attack, 0.1) / 0.01));
        const released = back.findIndex((gain) => gain >= target / Math.E) / rate;
        expect(Math.abs(released / 0.1 - 1)).toBeLessThan(0.05);
      }
    });
  });

  it('expander has its slope below the threshold', () => {
    atRate(rate, () => {
      for (const [level, threshold, ratio] of [
        [0.1, 0.01, 2],
        [0.001, 0.01, 2],
        [0.02, 0.1, 4],
        [0.05, 0.1, 1],
      ]) {
        const expand = expander();
        let y = 0;
        for (let n = 0; n < 0.4 * rate; n++) y = expand(square(n, level), threshold, ratio);
        const expected = (ratio - 1) * Math.min(0, decibels(level) - decibels(threshold));
        expect(Math.abs(decibels(y / level) - expected)).toBeLessThan(0.1);
      }
      const expand = expander();
      for (let n = 0; n < 100; n++) expect(expand(0)).toBe(0);
    });
  });

  it('noiseGate opens in attack, holds, and closes by 60 dB in release', () => {
    atRate(rate, () => {
      const gate = noiseGate();
      const run = (seconds: number, level: number) =>
        collect(Math.round(seconds * rate), (n) => gate(square(n, level), 0.01, 0.002, 0.03, 0.1) / square(n, level));
      expect(Math.max(...run(0.05, 0.009))).toBe(0);
      const opening = run(0.1, 0.02);
      const open = opening.findIndex((gain) => gain >= 1);
      expect(Math.abs(open - 0.002 * rate)).toBeLessThanOrEqual(2);
      for (const gain of opening.subarray(open)) expect(gain).toBe(1);
      const closing = run(0.2, 0.005);
      const held = closing.findIndex((gain) => gain < 1);
      expect(Math.abs(held - 0.03 * rate)).toBeLessThanOrEqual(2);
      const half = Math.round(held + 0.05 * rate);
      expect(Math.abs(decibels(closing[half]) + 30)).toBeLessThan(0.1);
      for (const gain of closing.subarray(Math.ceil(0.13 * rate) + 3)) expect(gain).toBeLessThan(0.001);
    });
  });

  it('ducker takes away what it is asked for', () => {
    atRate(rate, () => {
      const duck = ducker();
      let y = 0;
      for (let n = 0; n < 0.1 * rate; n++) y = duck(0.5, 1, 0.7);
      expect(Math.abs(y / (0.5 * 0.3) - 1)).toBeLessThan(0.01);
      for (let n = 0; n < 2 * rate; n++) y = duck(0.5, 0, 0.7);
      expect(Math.abs(y / 0.5 - 1)).toBeLessThan(0.001);
      for (let n = 0; n < 0.2 * rate; n++) y = duck(0.5, 9, 1);
      expect(y).toBe(0);
    });
  });
});

describe('compressorStereo', () => {
  it('has one gain for both sides, that of the louder one', () => {
    atRate(48_000, () => {
      const squeeze = compressorStereo();
      const mono = compressor();
      const random = uniform(SEED);
      for (let n = 0; n < 20_000; n++) {
        const [l, r] = [2 * random() - 1, random() - 0.5];
        const [left, right] = squeeze([l, r], 0.1, 4, 0.001, 0.05);
        expect(left * r - right * l).toBeCloseTo(0, 14);
        const loudest = Math.abs(l) > Math.abs(r) ? [l, left] : [r, right];
        expect(mono(loudest[0], 0.1, 4, 0.001, 0.05)).toBe(loudest[1]);
      }
    });
  });
});

describe(`limiter, seed ${SEED}`, () => {
  const random = uniform(SEED);
  const SIGNALS: Readonly<Record<string, (n: number) => number>> = {
    noise: () => 8 * random() - 4,
    'rare peaks': () => (random() < 0.003 ? 40 * random() - 20 : 0.1 * random()),
    'a loud sine': (n) => 30 * Math.sin(n * 0.37),
    'huge numbers': () => (random() - 0.5) * 10 ** (30 * random()),
    bursts: (n) => (n % 4000 < 1000 ? 3 * Math.sin(n * 0.05) : 0.2 * Math.sin(n * 0.01)),
  };

  it.each(Object.entries(SIGNALS))('never lets %s above the ceiling', (name, signal) => {
    for (const [rate, lookahead, release] of [
      [48_000, 0.005, 0.1],
      [22_050, 0.001, 0.01],
      [96_000, 0.02, 1],
      [48_000, 0, 0.1],
    ]) {
      atRate(rate, () => {
        const limit = limiter(lookahead);
        const heard = collect(6000, (n) => limit(signal(n), 0.891, release));
        expect(peak(heard)).toBeLessThanOrEqual(0.891 * (1 + 1e-9));
        // Above 2^30 times the ceiling there is only silence.
        if (name !== 'huge numbers') expect(peak(heard)).toBeGreaterThan(0.8);
      });
    }
  });

  it('gives exactly what came in, late, while it is below the ceiling, before and long after a peak', () => {
    for (const rate of RATES) {
      atRate(rate, () => {
        const limit = limiter();
        const frames = Math.round(0.005 * rate);
        const x = collect(2 * rate, (n) => (n === 3000 ? 20 : 1.78 * random() - 0.89));
        const y = collect(2 * rate, (n) => limit(x[n], 0.891, 0.05));
        const late = x.map((_, n) => (n < frames ? 0 : x[n - frames]));
        expect(y.subarray(0, 3000)).toEqual(late.subarray(0, 3000));
        expect(y.subarray(3000 + rate)).toEqual(late.subarray(3000 + rate));
        // At the peak itself, as loud as is allowed.
        expect(Math.abs(y[3000 + frames])).toBeGreaterThan(0.8);
      });
    }
  });

  it('forgets NaN and infinity, and runs for millions of frames', () => {
    atRate(48_000, () => {
      const limit = limiter(0.001);
      for (const x of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) limit(x);
      for (let n = 0; n < 2_100_000; n++) {
        const y = limit(Math.sin(n * 0.37) * (n % 3000 < 100 ? 5 : 0.5));
        if (!(Math.abs(y) <= 0.891 * (1 + 1e-9))) throw new Error(`${y} in frame ${n}`);
      }
    });
  });

  it('has one gain for both sides in stereo', () => {
    atRate(48_000, () => {
      const limit = limiterStereo();
      const x = Array.from({ length: 5000 }, () => [6 * random() - 3, random() - 0.5] as [number, number]);
      x.forEach((pair, n) => {
        const [l, r] = limit(pair);
        expect(Math.max(Math.abs(l), Math.abs(r))).toBeLessThanOrEqual(0.891 * (1 + 1e-9));
        if (n >= 240) expect(l * x[n - 240][1]).toBeCloseTo(r * x[n - 240][0], 12);
      });
    });
  });
});

describe('transientShaper', () => {
  const hits = (n: number): number => Math.sin(n * 0.3) * Math.exp(-(n % 12_000) / 2000);
  const energies = (attackGain: number, sustainGain: number) =>
    atRate(48_000, () => {
      const shape = transientShaper();
      let [early, late] = [0, 0];
      for (let n = 0; n < 48_000; n++) {
        const y = shape(hits(n), attackGain, sustainGain);
        if (n % 12_000 < 400) early += y * y;
        else if (n % 12_000 > 4000) late += y * y;
      }
      return [early, late];
    });

  it('is the identity with gains of 1', () => {
    atRate(48_000, () => {
      const shape = transientShaper();
      expect(collect(30_000, (n) => shape(hits(n), 1, 1))).toEqual(collect(30_000, hits));
    });
  });

  it('makes beginnings and ends louder and softer', () => {
    const [early, late] = energies(1, 1);
    const [sharp, sharpLate] = energies(2, 1);
    expect(decibels(Math.sqrt(sharp / early))).toBeGreaterThan(3);
    expect(Math.abs(decibels(Math.sqrt(sharpLate / late)))).toBeLessThan(0.5);
    const [shortEarly, short] = energies(1, 0.25);
    expect(decibels(Math.sqrt(short / late))).toBeLessThan(-3);
    expect(Math.abs(decibels(Math.sqrt(shortEarly / early)))).toBeLessThan(1);
  });
});
