/** Levels, loudness, crossings, pitch and onsets of signals whose figures are known. */
import { describe, expect, it } from 'vitest';
import { decibels, peak } from '../../../testing/measure/levels.ts';
import { atRate, collect, RATES } from '../../../testing/measure/rates.ts';
import { uniform } from '../../../testing/measure/stability.ts';
import { goertzel, loudness, rms, zeroCrossings } from './levels.ts';
import { onsetTrig } from './onsets.ts';
import { pitchTrack } from './pitchTrack.ts';
import { vocoder } from './vocoder.ts';

const SEED = 77;
const turns = (hz: number, n: number, rate: number): number => (hz * n) / rate;
const sineOf = (hz: number, rate: number) => (n: number) => Math.sin(2 * Math.PI * turns(hz, n, rate));

describe.each(RATES)('at %i Hz', (rate) => {
  it('rms of a sine is its amplitude by √2', () => {
    atRate(rate, () => {
      const level = rms(0.1);
      let y = 0;
      for (let n = 0; n < 0.15 * rate; n++) y = level(0.6 * sineOf(440, rate)(n));
      expect(Math.abs(y / (0.6 / Math.SQRT2) - 1)).toBeLessThan(0.005);
      // What is louder than the window is long is forgotten to the last bit.
      for (let n = 0; n < 0.21 * rate; n++) y = level(0);
      expect(y).toBe(0);
    });
  });

  it('loudness of 997 Hz on one side is −3.01 LUFS', () => {
    atRate(rate, () => {
      for (const [seconds, amplitude, expected] of [
        [0.4, 1, -3.01],
        [1, 1, -3.01],
        [0.4, 0.1, -23.01],
      ]) {
        const loud = loudness(seconds);
        expect(loud([0, 0])).toBe(Number.NEGATIVE_INFINITY);
        let lufs = 0;
        for (let n = 0; n < (seconds + 0.2) * rate; n++) lufs = loud([amplitude * sineOf(997, rate)(n), 0]);
        expect(Math.abs(lufs - expected)).toBeLessThan(0.1);
      }
    });
  });

  it('zeroCrossings of a sine is its frequency', () => {
    atRate(rate, () => {
      for (const hz of [100, 441.7, 2500]) {
        const count = zeroCrossings(0.1);
        let y = 0;
        for (let n = 0; n < 0.3 * rate; n++) {
          y = count(0.2 * sineOf(hz, rate)(n));
          if (n > 0.11 * rate) expect(Math.abs(y - hz)).toBeLessThanOrEqual(10.001);
        }
      }
    });
  });

  it('goertzel of a sine is its amplitude', () => {
    atRate(rate, () => {
      for (const k of [2, 20, 200, 400]) {
        const level = goertzel(1024);
        const hz = (k * rate) / 1024;
        const values = collect(4096, (n) => level(0.3 * sineOf(hz, rate)(n + 0.4), hz));
        expect(values[1022]).toBe(0);
        for (let n = 1023; n < 4096; n++) expect(Math.abs(values[n] / 0.3 - 1)).toBeLessThan(0.001);
        const beside = collect(2048, (n) => level(0.3 * sineOf(hz, rate)(n), ((k + 5) * rate) / 1024));
        expect(beside[2047]).toBeLessThan(1e-9);
      }
    });
  });

  it('pitchTrack finds saws and sines of 80 to 1000 Hz within 5 cents after 0.15 s', () => {
    atRate(rate, () => {
      for (const hz of [80, 110.3, 220, 440, 777, 1000]) {
        const saw = (n: number) => {
          let y = 0;
          for (let k = 1; k < 14 && k * hz < 0.45 * rate; k++) y += Math.sin(2 * Math.PI * turns(k * hz, n, rate)) / k;
          return 0.5 * y;
        };
        for (const x of [saw, sineOf(hz, rate)]) {
          const pitch = pitchTrack();
          for (let n = 0; n < 0.2 * rate; n++) {
            const found = pitch(x(n));
            if (n > 0.15 * rate) expect(Math.abs(1200 * Math.log2(found / hz))).toBeLessThan(5);
          }
        }
      }
    });
  });

  it(`pitchTrack mostly finds none in noise, and none in silence, seed ${SEED}`, () => {
    atRate(rate, () => {
      const random = uniform(SEED);
      const pitch = pitchTrack();
      let none = 0;
      for (let n = 0; n < rate; n++) none += pitch(2 * random() - 1) === 0 ? 1 : 0;
      expect(none).toBeGreaterThan(0.9 * rate);
      let last = 1;
      for (let n = 0; n < 0.2 * rate; n++) last = pitch(0);
      expect(last).toBe(0);
    });
  });

  it('onsetTrig gives one trigger for each of ten clicks, within 20 ms', () => {
    atRate(rate, () => {
      for (const [click, level] of [
        [1, 1],
        [30, 0.1],
        [2000, 0.5],
      ]) {
        const onset = onsetTrig();
        const hits: number[] = [];
        for (let n = 0; n < 5.2 * rate; n++) {
          const since = (n + 0.3 * rate) % (0.5 * rate);
          if (onset(since < click ? level * Math.cos(since) * (1 - since / click) : 0) > 0) hits.push(n / rate);
        }
        const clicks = Array.from({ length: 10 }, (_, i) => 0.2 + 0.5 * i);
        expect(hits.length).toBe(10);
        hits.forEach((at, i) => {
          expect(at - clicks[i]).toBeGreaterThanOrEqual(-1 / rate);
          expect(at - clicks[i]).toBeLessThan(0.02);
        });
      }
    });
  });
});

it('onsetTrig is quiet in a steady tone and in steady noise', () => {
  atRate(48_000, () => {
    const random = uniform(SEED);
    for (const x of [sineOf(440, 48_000), () => 2 * random() - 1]) {
      const onset = onsetTrig();
      let hits = 0;
      for (let n = 0; n < 96_000; n++) hits += onset(0.3 * x(n));
      expect(hits).toBe(1);
    }
  });
});

/** Coefficients that BS.1770 itself gives for 48 kHz; those of the library come from its analogue prototype. */
it('loudness has the response of BS.1770', () => {
  atRate(48_000, () => {
    const response = (b: number[], a: number[], hz: number) => {
      const w = (2 * Math.PI * hz) / 48_000;
      const part = (c: number[]) => {
        const re = c.reduce((sum, x, k) => sum + x * Math.cos(k * w), 0);
        const im = c.reduce((sum, x, k) => sum - x * Math.sin(k * w), 0);
        return re * re + im * im;
      };
      return 10 * Math.log10(part(b) / part(a));
    };
    const shelf = [
      [1.53512485958697, -2.69169618940638, 1.19839281085285],
      [1, -1.69065929318241, 0.73248077421585],
    ];
    const high = [
      [1, -2, 1],
      [1, -1.99004745483398, 0.99007225036621],
    ];
    for (const hz of [20, 40, 100, 500, 997, 2000, 5000, 12_000, 20_000]) {
      const loud = loudness(0.5);
      let lufs = 0;
      for (let n = 0; n < 48_000; n++) lufs = loud([sineOf(hz, 48_000)(n), 0]);
      const expected = -0.691 - 3.0103 + response(shelf[0], shelf[1], hz) + response(high[0], high[1], hz);
      expect(Math.abs(lufs - expected)).toBeLessThan(0.02);
    }
  });
});

describe('vocoder', () => {
  const run = (carrier: (n: number) => number, modulator: (n: number) => number) =>
    atRate(48_000, () => {
      const talk = vocoder();
      return collect(24_000, (n) => talk(carrier(n), modulator(n)));
    });

  it('is silent where one of both is', () => {
    const tone = sineOf(440, 48_000);
    expect(peak(run(tone, () => 0))).toBe(0);
    expect(peak(run(() => 0, tone))).toBe(0);
  });

  it('lets through of the carrier what the modulator has', () => {
    const carrier = (n: number) => 0.3 * (sineOf(400, 48_000)(n) + sineOf(4000, 48_000)(n));
    const level = (samples: Float64Array, hz: number) => {
      const measure = goertzel(4800);
      return samples.reduce((_, x) => measure(x, hz), 0);
    };
    atRate(48_000, () => {
      const low = run(carrier, (n) => 0.5 * sineOf(400, 48_000)(n));
      const high = run(carrier, (n) => 0.5 * sineOf(4000, 48_000)(n));
      expect(decibels(level(low, 400) / level(low, 4000))).toBeGreaterThan(30);
      expect(decibels(level(high, 4000) / level(high, 400))).toBeGreaterThan(30);
    });
  });
});
