/** Delays and echoes against what comes out by definition. */
import { describe, expect, it } from 'vitest';
import { largestChange, largestError, peak, rootMeanSquare } from '../../../testing/measure/levels.ts';
import { atRate, collect, collectStereo, RATES } from '../../../testing/measure/rates.ts';
import { lineSpectrum, strongestLine } from '../../../testing/measure/spectrum.ts';
import { uniform } from '../../../testing/measure/stability.ts';
import { delayFrames, delayLine, tapDelay } from './delayLines.ts';
import { echo, pingPong, tapeDelay } from './echoes.ts';
import { granulator } from './granulator.ts';
import { looper } from './looper.ts';

const SEED = 17;
const random = uniform(SEED);
const noise = Float64Array.from({ length: 5000 }, () => 2 * random() - 1);
const impulse = (n: number): number => (n === 0 ? 1 : 0);

describe(`delayLine, seed ${SEED}`, () => {
  it.each(RATES)('of a sine is within its error at any fraction of a frame, at %i Hz', (rate) => {
    atRate(rate, () => {
      for (const [hz, error] of [
        [1000, 1e-4],
        [5000, 0.01],
      ]) {
        for (const frames of [0, 0.3, 0.5, 0.999, 1.5, 7.25, 100.5, 479.9]) {
          const late = delayLine(480 / rate);
          const w = (2 * Math.PI * hz) / 48_000;
          const heard = collect(2000, (n) => late(Math.sin(w * n), frames / rate)).subarray(500);
          expect(largestError(heard, (n) => Math.sin(w * (n + 500 - frames)))).toBeLessThan(error);
        }
      }
    });
  });

  it('of whole frames is exact, and of none it is x', () => {
    for (const rate of RATES) {
      atRate(rate, () => {
        for (const frames of [0, 1, 2, 3, 100, 477]) {
          const late = delayLine(477 / rate);
          const whole = delayFrames(477);
          for (let n = 0; n < 2000; n++) {
            const expected = n < frames ? 0 : noise[n - frames];
            // Not −0, which weights of 0 may give.
            expect(late(noise[n], frames / rate) + 0).toBe(expected);
            expect(whole(noise[n], frames + 0.9)).toBe(expected);
          }
        }
      });
    }
  });

  it('cuts delays to its room, and takes NaN for none', () => {
    atRate(48_000, () => {
      const late = delayLine(0.001);
      for (let n = 0; n < 48; n++) late(noise[n], 0);
      expect(late(5, -3)).toBe(5);
      expect(late(6, Number.NaN)).toBe(6);
      expect(late(7, 99)).toBeCloseTo(noise[2], 12);
      const whole = delayFrames(3);
      for (const x of [1, 2, 3, 4]) whole(x, 0);
      expect(whole(5, 99)).toBe(2);
    });
  });

  it('tapDelay reads what was written', () => {
    atRate(48_000, () => {
      const taps = tapDelay(0.01);
      for (let n = 0; n < 1000; n++) {
        expect(taps.write(noise[n])).toBe(noise[n]);
        expect(taps.read(0)).toBe(noise[n]);
        if (n > 480) expect(taps.read(0.01)).toBeCloseTo(noise[n - 480], 12);
        if (n > 480) expect(taps.read(100 / 48_000)).toBeCloseTo(noise[n - 100], 12);
      }
    });
  });
});

describe('echoes', () => {
  it.each(RATES)('are powers of the feedback, at %i Hz', (rate) => {
    atRate(rate, () => {
      for (const feedback of [0.5, -0.9, 0]) {
        const late = echo(0.05);
        const heard = collect(1000, (n) => late(impulse(n), 96 / rate, feedback));
        expect(largestError(heard, (n) => (n % 96 === 0 && n > 0 ? feedback ** (n / 96 - 1) : 0))).toBeLessThan(1e-12);
      }
    });
  });

  it('get darker by the pole', () => {
    atRate(48_000, () => {
      const late = echo(0.05);
      const heard = collect(400, (n) => late(impulse(n), 100 / 48_000, 0.5, 0.3));
      expect(heard[100]).toBeCloseTo(1, 12);
      for (let k = 0; k < 10; k++) expect(heard[200 + k]).toBeCloseTo(0.5 * 0.7 * 0.3 ** k, 12);
    });
  });

  it('pingPong goes left, right, left', () => {
    atRate(48_000, () => {
      const late = pingPong(0.05);
      const { left, right } = collectStereo(500, (n) => late([impulse(n), 0], 100 / 48_000, 0.5));
      expect(largestError(left, (n) => (n === 100 ? 1 : n === 300 ? 0.25 : 0))).toBeLessThan(1e-12);
      expect(largestError(right, (n) => (n === 200 ? 0.5 : n === 400 ? 0.125 : 0))).toBeLessThan(1e-12);
    });
  });
});

describe('tapeDelay', () => {
  it.each(RATES)('stays bounded at a feedback of 1.1, and gets softer and darker below, at %i Hz', (rate) => {
    atRate(rate, () => {
      const roar = tapeDelay(0.1);
      const loud = collect(4 * rate, (n) => roar(n < rate ? Math.sin(n * n) : 0, 0.1, 1.1));
      expect(peak(loud)).toBeLessThan(1.5);
      expect(rootMeanSquare(loud.subarray(3 * rate))).toBeGreaterThan(0.05);
      const tape = tapeDelay(0.2);
      const heard = collect(rate, (n) => tape(n < 0.01 * rate ? Math.sin(n * n) / 2 : 0, 0.2, 0.8, 0));
      const levels = [1, 2, 3, 4].map((k) => {
        const part = heard.subarray(Math.round((0.2 * k - 0.002) * rate), Math.round((0.2 * k + 0.03) * rate));
        return { level: rootMeanSquare(part), brightness: largestChange(part) / rootMeanSquare(part) };
      });
      for (let k = 1; k < 4; k++) {
        expect(levels[k].level).toBeLessThan(0.9 * levels[k - 1].level);
        expect(levels[k].brightness).toBeLessThan(levels[k - 1].brightness);
      }
    });
  });

  it('bends the pitch without clicks when the time changes', () => {
    atRate(48_000, () => {
      const tape = tapeDelay(0.5);
      const heard = collect(96_000, (n) =>
        tape(0.3 * Math.sin((2 * Math.PI * 500 * n) / 48_000), n < 48_000 ? 0.3 : 0.2, 0, 0),
      );
      const steady = largestChange(heard.subarray(24_000, 47_000));
      expect(largestChange(heard.subarray(47_000))).toBeLessThan(1.55 * steady);
      // Half as fast again at most, and back at the end.
      const bent = strongestLine(lineSpectrum(heard.subarray(49_000, 49_000 + 4096), 48_000), 100, 2000);
      expect(bent.hz).toBeGreaterThan(520);
      expect(bent.hz).toBeLessThan(760);
      const after = strongestLine(lineSpectrum(heard.subarray(91_000, 91_000 + 4096), 48_000), 100, 2000);
      expect(Math.abs(after.hz - 500)).toBeLessThan(3);
    });
  });
});

describe('looper', () => {
  it('comes back after exactly the recorded frames, and adds what is recorded later', () => {
    atRate(48_000, () => {
      const loop = looper(1);
      for (let n = 0; n < 50; n++) expect(loop(noise[n], 0)).toBe(0);
      for (let n = 0; n < 100; n++) expect(loop(noise[n], 1)).toBe(0);
      for (let n = 0; n < 300; n++) expect(loop(9, 0)).toBe(noise[n % 100]);
      for (let n = 0; n < 100; n++) expect(loop(1, n >= 20 && n < 30 ? 1 : 0)).toBe(noise[n]);
      for (let n = 0; n < 100; n++) expect(loop(0, 0)).toBe(noise[n] + (n >= 20 && n < 30 ? 1 : 0));
      for (let n = 0; n < 40; n++) loop(0, 0);
      // While it does not play it stands at its beginning.
      for (let n = 0; n < 7; n++) expect(loop(0, 0, 0)).toBe(0);
      for (let n = 0; n < 20; n++) expect(loop(0, 0)).toBe(noise[n]);
      expect(loop(0, 0, 1, 1)).toBe(0);
      for (let n = 0; n < 200; n++) expect(loop(1, 0)).toBe(0);
      for (let n = 0; n < 10; n++) loop(noise[n], 1);
      for (let n = 0; n < 40; n++) expect(loop(1, 0)).toBe(noise[n % 10]);
    });
  });

  it('has a loop as long as its room when the gate stays on', () => {
    atRate(48_000, () => {
      const loop = looper(0.001);
      for (let n = 0; n < 48; n++) expect(loop(noise[n], 1)).toBe(0);
      for (let n = 0; n < 48; n++) expect(loop(0, 1)).toBe(noise[n]);
      for (let n = 0; n < 48; n++) expect(loop(0, 0)).toBe(noise[n]);
    });
  });
});

describe('granulator', () => {
  const tone = (rate: number) => (n: number) => 0.5 * Math.sin((2 * Math.PI * 440 * n) / rate);

  it.each(RATES)('is silent in silence, goes on while it is frozen, and shifts, at %i Hz', (rate) => {
    atRate(rate, () => {
      const silent = granulator(1, 16, 3);
      for (let n = 0; n < rate / 4; n++) if (silent(0).some((y) => y !== 0)) throw new Error(`sound in frame ${n}`);
      const cloud = granulator(1, 16, 3);
      const frozen = collectStereo(3 * rate, (n) =>
        cloud(n < rate ? tone(rate)(n) : 0, 40, 0.1, 12, 0.2, n >= rate ? 1 : 0),
      );
      for (const side of [frozen.left, frozen.right]) {
        const late = side.subarray(2 * rate);
        expect(rootMeanSquare(late)).toBeGreaterThan(0.05);
        const size = 2 ** Math.floor(Math.log2(rate));
        expect(strongestLine(lineSpectrum(late.subarray(0, size), rate), 50, 5000).hz / 880).toBeCloseTo(1, 1);
      }
      // Nothing that clicks: no step larger than those of a sine of 880 Hz at the greatest level that there is.
      const both = Math.max(largestChange(frozen.left), largestChange(frozen.right));
      const loudest = Math.max(peak(frozen.left), peak(frozen.right));
      expect(both).toBeLessThan(((2 * Math.PI * 880) / rate) * loudest * 1.5);
    });
  });

  it('is silent after silence, and the same for a seed', () => {
    atRate(48_000, () => {
      const [cloud, again, other] = [granulator(0.5, 8, 5), granulator(0.5, 8, 5), granulator(0.5, 8, 6)];
      let differs = 0;
      for (let n = 0; n < 48_000; n++) {
        const x = n < 24_000 ? noise[n % 5000] : 0;
        const [l, r] = cloud(x);
        const [a, b] = again(x);
        if (l !== a || r !== b) throw new Error(`differs in frame ${n}`);
        differs += other(x)[0] === l ? 0 : 1;
        if (n > 46_000 && (l !== 0 || r !== 0)) throw new Error(`sound in frame ${n}`);
      }
      expect(differs).toBeGreaterThan(10_000);
    });
  });
});
