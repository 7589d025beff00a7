/** The measurements against signals and systems whose figures are known. */
import { describe, expect, it } from 'vitest';
import { kurtosis, mean, rootMeanSquare, variance } from './levels.ts';
import { powerDensity, slopeOf } from './noise.ts';
import { atRate, collect } from './rates.ts';
import { impulseResponse, phaseDistance, prewarped, rational, responseAt, responseOf } from './response.ts';
import { expectSameAsJavaScript } from './sameAsJavaScript.ts';
import { centroid, lineSpectrum, sineAt, strongestInharmonic, strongestLine } from './spectrum.ts';
import { type Draw, endure, torture, uniform } from './stability.ts';
import { besselJ } from './transform.ts';

const RATE = 48_000;
const tone =
  (hz: number, amplitude: number, phase = 0) =>
  (n: number) =>
    amplitude * Math.sin((2 * Math.PI * hz * n) / RATE + phase);
const sum =
  (...parts: ((n: number) => number)[]) =>
  (n: number) =>
    parts.reduce((total, part) => total + part(n), 0);

describe('lines', () => {
  const signal = collect(32_768, sum(tone(1000.3, 0.5, 0.4), tone(2000.6, 0.1), tone(3500, 1e-5)));
  const spectrum = lineSpectrum(signal, RATE);

  it('have the amplitudes and phases of the sines', () => {
    const { amplitude, phase } = sineAt(signal, 1000.3, RATE);
    expect(amplitude).toBeCloseTo(0.5, 7);
    expect(phase).toBeCloseTo(0.4, 6);
    expect(strongestLine(spectrum, 1500, 2500).hz).toBeCloseTo(2000.6, 0);
  });

  it('are found 94 dB below a harmonic', () => {
    const line = strongestInharmonic(spectrum, 1000.3, 18_000);
    expect(line.hz).toBeCloseTo(3500, -1);
    expect(line.amplitude).toBeGreaterThan(0.7e-5);
    expect(line.amplitude).toBeLessThan(1.05e-5);
  });

  it('have a centre', () => {
    const two = lineSpectrum(collect(32_768, sum(tone(1000, 0.5), tone(3000, 0.5))), RATE);
    expect(centroid(two)).toBeCloseTo(2000, 0);
  });
});

it('measures a one-pole filter as its transfer function says', () => {
  let y = 0;
  const impulse = impulseResponse((x) => (y = x + 0.9 * y), 400);
  for (const hz of [100, 1000, 9000]) {
    const w = (2 * Math.PI * hz) / RATE;
    const expected = responseOf(rational([1], [1 - 0.9 * Math.cos(w), (0.9 * Math.sin(w)) / w], w));
    const got = responseAt(impulse, hz, RATE);
    expect(got.db).toBeCloseTo(expected.db, 9);
    expect(phaseDistance(got.phase, expected.phase)).toBeLessThan(1e-9);
  }
  expect(prewarped(1000, 1000, RATE)).toBe(1);
});

it('measures noise', () => {
  const random = uniform(3);
  const white = collect(2 ** 19, () => 2 * random() - 1);
  expect(mean(white)).toBeCloseTo(0, 2);
  expect(variance(white)).toBeCloseTo(1 / 3, 2);
  expect(kurtosis(white)).toBeCloseTo(1.8, 1);
  expect(rootMeanSquare(white)).toBeCloseTo(Math.sqrt(1 / 3), 2);
  const flat = slopeOf(powerDensity(white, RATE), 100, 12_800);
  expect(Math.abs(flat.perOctave)).toBeLessThan(0.1);
  expect(flat.deviationDb).toBeLessThan(1);
  let y = 0;
  const red = white.map((x) => (y = 0.9999 * y + x));
  expect(slopeOf(powerDensity(red, RATE), 100, 3200).perOctave).toBeCloseTo(-6.02, 0);
});

it('knows Bessel functions', () => {
  expect(besselJ(0, 1)).toBeCloseTo(0.7651976866, 9);
  expect(besselJ(2, 3)).toBeCloseTo(0.4860912606, 9);
});

describe('torture', () => {
  const subject = (process: (x: number) => number) => ({ name: 'subject', bound: 1, make: () => process });
  const run = (process: (x: number) => number) => () => torture(subject(process), 1, 2000, [RATE]);

  it('lets what is stable', () => {
    expect(run((x) => 0.5 * x)).not.toThrow();
  });

  it('lets the modulations take turns, and finds what leaves its bounds late', () => {
    const TURN = 33_333;
    const places: number[] = [];
    let frames = 0;
    const process = (place: number): number => {
      if (frames < 4 * TURN) places.push(place);
      return frames++ === 99_000 + 4 * TURN ? 2 : 0.5;
    };
    const late = { name: 'subject', bound: 1, make: () => (_: number, draw: Draw) => process(draw(0, 1)) };
    expect(() => endure(late, 1, 8 * TURN, RATE)).toThrow(/silence, modulations in turns: 2 in frame 232332, beyond 1/);
    const kinds = [0, 1, 2, 3].map((turn) => new Set(places.slice(turn * TURN, (turn + 1) * TURN)));
    expect(kinds.map((kind) => Math.min(kind.size, 100))).toEqual([100, 2, 100, 1]);
    expect([...kinds[1]!].sort()).toEqual([-0.1, 1.1]);
  });

  it('finds what is not', () => {
    let y = 0;
    expect(run((x) => (y = 0.5 * x + 0.4 * y + 1e-9))).toThrow(/NaN in frame/);
    let z = 0;
    expect(run((x) => (z = Number.isNaN(x) ? 0 : 0.1 * x + 0.4 * z))).toThrow(/denormal/);
    expect(run((x) => 1.5 * x)).toThrow(/beyond 1/);
  });
});

it('runs patches at a rate', () => {
  expect(atRate(96_000, () => sampleRate)).toBe(96_000);
});

it('holds a patch that uses no library equal to itself', async () => {
  const render = await expectSameAsJavaScript('export default (t) => [Math.sin(t * 440) ** 3, Math.random()]', 300);
  expect(rootMeanSquare(render.right)).toBeGreaterThan(0.3);
});
