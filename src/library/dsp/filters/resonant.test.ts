/** Ladders, resonators, combs, the Hilbert pair and vowels against theory. */
import { describe, expect, it } from 'vitest';
import { decibels, largestError, peak } from '../../../testing/measure/levels.ts';
import { atRate, collect, RATES } from '../../../testing/measure/rates.ts';
import {
  impulseResponse,
  multiply,
  octaveSpaced,
  phaseDistance,
  prewarped,
  rational,
  responseAt,
  responseOf,
} from '../../../testing/measure/response.ts';
import { lineSpectrum, sineAt, strongestLine } from '../../../testing/measure/spectrum.ts';
import { diodeLadder, moogLadder } from './ladders.ts';
import { hilbert, vowelFilter } from './phase.ts';
import { allpassComb, combFilter, resonator } from './resonant.ts';

describe.each(RATES)('at %i Hz', (rate) => {
  const scale = rate / 48_000;
  const impulseOf = (make: () => (x: number) => number, frames: number, height = 1) =>
    atRate(rate, () => {
      const filter = make();
      return collect(frames, (n) => filter(n === 0 ? height : 0));
    });
  const FRAMES = 65_536;

  it('moogLadder is four one-poles in a loop while it is soft', () => {
    for (const [hz, resonance] of [
      [200, 0],
      [1000, 0.5],
      [1000, 0.95],
      [9000, 0.7],
    ]) {
      const k = 4 * resonance;
      const impulse = impulseOf(
        () =>
          (
            (filter) => (x) =>
              filter(x, hz * scale, resonance)
          )(moogLadder()),
        FRAMES,
        0.001,
      );
      for (const at of octaveSpaced(20 * scale, 18_000 * scale, 24)) {
        const one = rational([1], [1, 1], prewarped(at, hz * scale, rate));
        const two = multiply(one, one);
        const four = multiply(two, two);
        const loop = { re: 1 + k * four.re, im: k * four.im };
        const wanted = responseOf(four).db - responseOf(loop).db;
        if (wanted > -60) expect(Math.abs(responseAt(impulse, at, rate).db + 60 - wanted)).toBeLessThan(0.1);
      }
    }
  });

  it('both ladders sing at their frequency from 1 on, bounded, and are silent below', () => {
    for (const make of [moogLadder, diodeLadder]) {
      for (const hz of [110, 1000, 5000, 12_000]) {
        const play = (resonance: number) =>
          impulseOf(
            () =>
              (
                (filter) => (x) =>
                  filter(x, hz * scale, resonance)
              )(make()),
            2 * FRAMES,
          );
        const singing = play(1.1);
        expect(peak(singing)).toBeLessThan(2);
        const line = strongestLine(lineSpectrum(singing.subarray(FRAMES), rate), 20, rate / 2);
        expect(line.amplitude).toBeGreaterThan(0.05);
        expect(Math.abs(line.hz / (hz * scale) - 1)).toBeLessThan(0.01);
        expect(peak(play(0.9).subarray(FRAMES))).toBeLessThan(1e-6);
      }
    }
  });

  it('moogLadder’s gain at 0 Hz is 1/(1 + 4·resonance), diodeLadder’s as its comment says', () => {
    for (const resonance of [0, 0.5, 0.9]) {
      const [moog, diode] = [moogLadder(), diodeLadder()];
      const steady = (filter: (x: number) => number) =>
        atRate(rate, () => collect(rate, () => filter(0.001)))[rate - 1] / 0.001;
      expect(steady((x) => moog(x, 1000, resonance))).toBeCloseTo(1 / (1 + 4 * resonance), 4);
      expect(steady((x) => diode(x, 1000, resonance))).toBeCloseTo(
        (1 + (17 * resonance) / 3) / (1 + 17 * resonance),
        4,
      );
    }
  });

  it('resonator gives a decaying sine', () => {
    for (const [hz, t60] of [
      [440, 1],
      [3000 * scale, 0.05],
      [50, 3],
    ]) {
      const radius = 0.001 ** (1 / (t60 * rate));
      const response = impulseOf(
        () =>
          (
            (ring) => (x) =>
              ring(x, hz, t60)
          )(resonator()),
        rate,
      );
      expect(largestError(response, (n) => radius ** n * Math.sin((2 * Math.PI * hz * n) / rate))).toBeLessThan(1e-6);
    }
  });

  it('combFilter has exact echoes at whole delays', () => {
    for (const [frames, feedback] of [
      [1, 0.5],
      [2, -0.7],
      [100, 0.9],
      [Math.floor(0.01 * rate), 0.5],
    ]) {
      const response = impulseOf(
        () =>
          (
            (comb) => (x) =>
              comb(x, frames / rate, feedback)
          )(combFilter(0.01)),
        2000,
      );
      expect(largestError(response, (n) => (n % frames === 0 ? feedback ** (n / frames) : 0))).toBeLessThan(1e-9);
    }
  });

  it('combFilter reads between frames', () => {
    // A sine comes back from 10.5 frames later with the phase of that delay.
    const hz = 1000 * scale;
    const comb = atRate(rate, () => combFilter(0.01));
    const wet = atRate(rate, () =>
      collect(FRAMES, (n) => comb(Math.sin((2 * Math.PI * hz * n) / rate), 10.5 / rate, 0.5)),
    );
    const turn = (2 * Math.PI * hz * 10.5) / rate;
    const wanted = 1 / Math.hypot(1 - 0.5 * Math.cos(turn), 0.5 * Math.sin(turn));
    expect(sineAt(wet.subarray(FRAMES / 2), hz, rate).amplitude).toBeCloseTo(wanted, 3);
  });

  it('allpassComb is flat at whole delays', () => {
    for (const [frames, gain] of [
      [1, 0.5],
      [7, -0.7],
      [100, 0.9],
    ]) {
      const response = impulseOf(
        () =>
          (
            (comb) => (x) =>
              comb(x, frames / rate, gain)
          )(allpassComb(0.01)),
        30_000,
      );
      for (const hz of octaveSpaced(20 * scale, 18_000 * scale, 24)) {
        expect(Math.abs(responseAt(response, hz, rate).db)).toBeLessThan(0.01);
      }
      expect(response[0]).toBeCloseTo(-gain, 12);
      expect(response[frames]).toBeCloseTo(1 - gain * gain, 9);
    }
  });

  it('hilbert is a quarter of a period behind at 100 Hz to 15 kHz', () => {
    const [re, im] = [new Float64Array(rate), new Float64Array(rate)];
    const pair = hilbert();
    atRate(rate, () =>
      collect(rate, (n) => {
        [re[n], im[n]] = pair(n === 0 ? 1 : 0);
        return 0;
      }),
    );
    for (const hz of octaveSpaced(100 * scale, 15_000 * scale, 40)) {
      const [ahead, behind] = [responseAt(re, hz, rate), responseAt(im, hz, rate)];
      expect(Math.abs(ahead.db)).toBeLessThan(0.05);
      expect(Math.abs(behind.db)).toBeLessThan(0.05);
      expect(phaseDistance(ahead.phase - 90, behind.phase)).toBeLessThan(1);
    }
  });

  it('vowelFilter has peaks at the first two formants', () => {
    const formants = [
      [600, 1040],
      [400, 1620],
      [250, 1750],
      [400, 750],
      [350, 600],
    ];
    for (const [vowel, hertz] of formants.entries()) {
      for (const shift of [1, 1.3]) {
        const response = impulseOf(
          () =>
            (
              (filter) => (x) =>
                filter(x, vowel, shift)
            )(vowelFilter()),
          rate / 2,
        );
        for (const wanted of hertz.map((hz) => hz * shift)) {
          const around = Array.from({ length: 41 }, (_, i) => wanted * (0.9 + 0.005 * i));
          const levels = around.map((hz) => responseAt(response, hz, rate).db);
          const peaks = around.filter(
            (_, i) => i > 0 && i < 40 && levels[i] > levels[i - 1] && levels[i] >= levels[i + 1],
          );
          if (!peaks.some((hz) => Math.abs(hz / wanted - 1) < 0.05))
            throw new Error(`vowel ${vowel}: no peak at ${wanted} Hz, but at ${peaks}`);
        }
      }
    }
  });
});

it('vowelFilter blends', () => {
  const level = (vowel: number) => {
    const filter = vowelFilter();
    return decibels(
      responseAt(
        atRate(48_000, () => impulseResponse((x) => filter(x, vowel), 24_000)),
        500,
        48_000,
      ).gain,
    );
  };
  // From a (600 Hz) to e (400 Hz) the first formant passes 500 Hz halfway.
  expect(level(0.5)).toBeGreaterThan(Math.max(level(0), level(1)) + 6);
});
