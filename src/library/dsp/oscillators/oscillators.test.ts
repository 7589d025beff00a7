/** Phases, sines, shapes for control and synthesis in closed form, against their formulas. */
import { describe, expect, it } from 'vitest';
import { decibels, largestError, rootMeanSquare } from '../../../testing/measure/levels.ts';
import { atRate, collect, RATES } from '../../../testing/measure/rates.ts';
import { lineSpectrum, sineAt, strongestInharmonic, strongestLine } from '../../../testing/measure/spectrum.ts';
import { besselJ } from '../../../testing/measure/transform.ts';
import { impulse, lfPulse, lfSaw, lfTri } from './shapes.ts';
import { harmonics, phasor, quadSine, sine } from './sines.ts';
import { dsfOsc, fmPair, formantOsc } from './synthesis.ts';

const frac = (x: number) => x - Math.floor(x);
const FREQUENCIES = [0.7, 31.4, 440, 4321.1, -440];

describe.each(RATES)('at %i Hz', (rate) => {
  /** The phase after n frames, from whole products: no sum of rounding errors. */
  const phaseAt = (n: number, hz: number, start: number) => frac(start + (n * hz) / rate);
  const second = (play: (n: number) => number) => atRate(rate, () => collect(rate, play));
  /** Distance on a circle: 0.9999 is next to 0. */
  const turnsApart = (a: number, b: number) => Math.abs(a - b - Math.round(a - b));

  it('phasor counts turns', () => {
    for (const hz of FREQUENCIES) {
      const play = phasor(0.2);
      const ramp = second(() => play(hz));
      expect(ramp.every((y, n) => y >= 0 && y < 1 && turnsApart(y, phaseAt(n, hz, 0.2)) < 1e-9)).toBe(true);
    }
  });

  it('sine, quadSine and the shapes for control are exact', () => {
    for (const hz of FREQUENCIES) {
      const [tone, pair, ramp, corner] = [sine(0.1), quadSine(0.1), lfSaw(0.1), lfTri(0.1)];
      expect(
        largestError(
          second((n) => tone(hz, 0.3 * n)),
          (n) => Math.sin(2 * Math.PI * (phaseAt(n, hz, 0.1) + 0.3 * n)),
        ),
      ).toBeLessThan(1e-7);
      let circle = 0;
      second(() => {
        const [s, c] = pair(hz);
        circle = Math.max(circle, Math.abs(s * s + c * c - 1));
        return s;
      });
      expect(circle).toBeLessThan(1e-12);
      expect(second(() => ramp(hz)).every((y, n) => turnsApart((y + 1) / 2, phaseAt(n, hz, 0.1)) < 1e-9)).toBe(true);
      expect(
        largestError(
          second(() => corner(hz)),
          (n) => 1 - 4 * Math.abs(phaseAt(n, hz, 0.1) - 0.5),
        ),
      ).toBeLessThan(1e-8);
    }
  });

  it('lfPulse is on for its width', () => {
    for (const [hz, width] of [
      [3, 0.5],
      [7, 0.2],
      [100, 0.93],
      [5, 0],
      [5, 1],
    ]) {
      const play = lfPulse();
      const on = second(() => play(hz, width)).reduce((a, b) => a + b, 0);
      expect(Math.abs(on - rate * width)).toBeLessThanOrEqual(hz);
    }
  });

  it('impulse comes where phasor wraps', () => {
    for (const [hz, start] of [
      [3, 0],
      [7.3, 0.4],
      [1234.5, 0],
      [-50, 0.3],
    ]) {
      const [tick, ramp] = [impulse(start), phasor(start)];
      const ticks = second(() => tick(hz));
      const turns = second(() => ramp(hz));
      expect(ticks[0]).toBe(start === 0 ? 1 : 0);
      expect(ticks.every((y, n) => n === 0 || y === ((turns[n] - turns[n - 1]) * hz < 0 ? 1 : 0))).toBe(true);
      expect(Math.abs(ticks.reduce((a, b) => a + b, 0) - Math.abs(hz))).toBeLessThanOrEqual(1);
    }
  });

  it('harmonics are exact, and silent from half the rate on', () => {
    const levels = [0.5, 0, 0.3, -0.2, 0.1, 0.05, 0.4];
    const hz = rate / 11.3;
    const play = harmonics(levels);
    const expected = (n: number) =>
      levels.reduce(
        (sum, level, k) =>
          sum + ((k + 1) * hz < rate / 2 ? level * Math.sin((2 * Math.PI * ((k + 1) * n * hz)) / rate) : 0),
        0,
      );
    expect(
      largestError(
        atRate(rate, () => collect(2000, () => play(hz))),
        expected,
      ),
    ).toBeLessThan(1e-9);
    const many = Array.from({ length: 300 }, (_, k) => 1 / (k + 1));
    const low = harmonics(many);
    const ideal = (n: number) =>
      many.reduce((sum, level, k) => sum + level * Math.sin((2 * Math.PI * ((k + 1) * n * 20)) / rate), 0);
    expect(
      largestError(
        atRate(rate, () => collect(500, () => low(20))),
        ideal,
      ),
    ).toBeLessThan(1e-6);
  });
});

it('phasor returns to its start at a trigger', () => {
  const play = atRate(48_000, () => phasor(0.25));
  const out = atRate(48_000, () => collect(8, (n) => play(4800, n >= 3 && n < 6 ? 1 : 0)));
  expect([...out].map((y) => Number(y.toFixed(9)))).toEqual([0.25, 0.35, 0.45, 0.25, 0.35, 0.45, 0.55, 0.65]);
});

it('quadSine is on its circle and in its place after ten seconds', () => {
  for (const hz of [0.7, 440, -4321.1]) {
    const pair = quadSine(0.1);
    let [circle, place] = [0, 0];
    atRate(48_000, () =>
      collect(480_001, (n) => {
        const [s, c] = pair(hz);
        circle = Math.max(circle, Math.abs(s * s + c * c - 1));
        const angle = 2 * Math.PI * frac(0.1 + (n * hz) / 48_000);
        if (n % 100 === 0) place = Math.max(place, Math.abs(s - Math.sin(angle)), Math.abs(c - Math.cos(angle)));
        return s;
      }),
    );
    expect(circle).toBeLessThan(1e-6);
    expect(place).toBeLessThan(1e-6);
  }
});

describe.each(RATES)('synthesis at %i Hz', (rate) => {
  const scale = rate / 48_000;
  const FRAMES = 65_536;
  /** All cases at 48 kHz, the first two at the other rates. */
  const some = <Case>(cases: readonly Case[]): readonly Case[] => (scale === 1 ? cases : cases.slice(0, 2));
  const render = (play: () => number) => atRate(rate, () => collect(FRAMES, play));

  it('dsfOsc has partials that fall by a factor, and is as loud as a sine', () => {
    for (const [wanted, rolloff, ratio] of some([
      [220, 0.5, 1],
      [300, 0.8, 1.37],
      [1000, 0.99, 1],
      [5000, 0.9, 1],
      [440, 0, 1],
    ])) {
      const hz = wanted * scale;
      const play = dsfOsc();
      const samples = render(() => play(hz, rolloff, ratio));
      const first = sineAt(samples, hz, rate).amplitude;
      for (let k = 0; k < 40 && hz * (1 + k * ratio) < rate / 2; k++) {
        const { amplitude } = sineAt(samples, hz * (1 + k * ratio), rate);
        expect(amplitude / first).toBeCloseTo(rolloff ** k, 4);
      }
      expect(rootMeanSquare(samples)).toBeCloseTo(Math.SQRT1_2, 2);
    }
    const play = dsfOsc();
    const alias = strongestInharmonic(
      lineSpectrum(
        render(() => play(5003 * scale, 0.99, 1)),
        rate,
      ),
      5003 * scale,
      rate / 2,
    );
    expect(decibels(alias.amplitude)).toBeLessThan(-100);
    const silent = dsfOsc();
    expect(rootMeanSquare(render(() => silent(25_000 * scale, 0.5, 1)))).toBe(0);
  });

  it('fmPair has sidebands of Bessel functions', () => {
    const carrier = 6000 * scale;
    for (const [ratio, index] of some([
      [0.37, 1],
      [0.37, 3],
      [1.4, 2],
    ])) {
      const play = fmPair();
      const samples = render(() => play(carrier, ratio, index));
      for (let k = 0; k <= 5; k++) {
        for (const hz of [carrier + k * ratio * carrier, carrier - k * ratio * carrier]) {
          // Those below 0 or above half the rate come back as others.
          if (hz <= 0 || hz >= rate / 2) continue;
          expect(sineAt(samples, hz, rate).amplitude).toBeCloseTo(Math.abs(besselJ(k, index)), 2);
        }
      }
    }
  });

  it('fmPair with feedback has more partials, and stays a pitch', () => {
    const [plain, fed] = [fmPair(), fmPair()];
    const hz = 441 * scale;
    const fifth = (samples: Float64Array) => sineAt(samples, 5 * hz, rate).amplitude;
    const rich = render(() => fed(hz, 1, 1, 1));
    expect(fifth(rich)).toBeGreaterThan(3 * fifth(render(() => plain(hz, 1, 1, 0))));
    expect(decibels(strongestInharmonic(lineSpectrum(rich, rate), hz, 18_000 * scale).amplitude)).toBeLessThan(-60);
  });

  it('formantOsc has the period of hz and is strongest at the formant', () => {
    for (const [wantedHz, wantedFormant] of some([
      [110, 800],
      [110, 2950],
      [220, 700],
      [441, 5000],
      [100, 100],
    ])) {
      const [hz, formantHz] = [wantedHz * scale, wantedFormant * scale];
      const play = formantOsc();
      const spectrum = lineSpectrum(
        render(() => play(hz, formantHz)),
        rate,
      );
      const strongest = strongestLine(spectrum, hz / 2, 20_000 * scale);
      expect(Math.abs(strongest.hz - formantHz)).toBeLessThanOrEqual(hz + 1);
      expect(decibels(strongestInharmonic(spectrum, hz, 18_000 * scale).amplitude / strongest.amplitude)).toBeLessThan(
        -40,
      );
    }
  });
});
