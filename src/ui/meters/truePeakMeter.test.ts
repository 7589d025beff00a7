/** The signals for true peak of EBU Tech 3341, made here: read within +0.2 and -0.4 dB, and within the limiter's own bounds. */
import { describe, expect, it } from 'vitest';
import { TruePeakMeter } from './truePeakMeter.ts';

const RATE = 48_000;
const FRAMES = RATE / 2;

/** A tone of that part of the sample rate, faded in and out, since its beginning must not be a click. */
function tone(part: number, amplitude: number, degrees: number): Float32Array {
  const fade = (n: number) => Math.min(1, n / 2400, (FRAMES - n) / 2400);
  return Float32Array.from(
    { length: FRAMES },
    (_, n) => amplitude * fade(n) * Math.sin(2 * Math.PI * part * n + (degrees * Math.PI) / 180),
  );
}

function peakDb(samples: Float32Array, pieceFrames = 4800): number {
  const meter = new TruePeakMeter();
  for (let start = 0; start < samples.length; start += pieceFrames) {
    meter.add(samples.subarray(start, start + pieceFrames));
  }
  return 20 * Math.log10(meter.peak);
}

const expectWithin = (db: number, expected: number) => {
  expect(db).toBeLessThanOrEqual(expected + 0.2);
  expect(db).toBeGreaterThanOrEqual(expected - 0.4);
};

describe('a tone', () => {
  it.each([
    [15, 1 / 4, 0.5, 0, -6],
    [16, 1 / 4, 0.5, 45, -6],
    [17, 1 / 6, 0.5, 60, -6],
    [18, 1 / 8, 0.5, 67.5, -6],
    [19, 1 / 4, 1.41, 45, 3],
  ])('(signal %i) of %f of the sample rate, amplitude %f at %f°, reads %f dBTP', (_, part, amplitude, degrees, db) => {
    expectWithin(peakDb(tone(part, amplitude, degrees)), db);
  });
});

/**
 * A tone of a sixth of the sample rate whose one period is raised to twice its level, made at four times the rate, kept below
 * half the rate by an ideal low pass, and taken down from one of four places.
 */
describe('a peak between samples', () => {
  it.each([0, 1, 2, 3])('(signals 20 to 23) at %i quarters of a sample reads 0 dBTP', (quarters) => {
    // A band-limited pulse whose top, 1, lies there: a raised cosine of the spectrum up to a third of the rate.
    const at = FRAMES / 2 + quarters / 4;
    const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
    const pulse = Float32Array.from({ length: FRAMES }, (_, n) => {
      const x = (n - at) / 2;
      const taper = 1 - (2 * 0.3 * x) ** 2;
      return sinc(x) * (Math.abs(taper) < 1e-9 ? Math.PI / 4 : Math.cos(Math.PI * 0.3 * x) / taper);
    });
    expectWithin(peakDb(pulse), 0);
  });
});

it('reads the same however the samples come, after what is quiet too', () => {
  const samples = tone(1 / 4, 0.5, 45).map((sample, n) => (n < FRAMES / 2 ? sample * 0.001 : sample));
  const whole = peakDb(samples, FRAMES);
  for (const pieceFrames of [1, 47, 480, 4801]) expect(peakDb(samples, pieceFrames)).toBeCloseTo(whole, 6);
});

it('holds the highest until it is reset', () => {
  const meter = new TruePeakMeter();
  meter.add(tone(1 / 8, 0.5, 0));
  const { peak } = meter;
  meter.add(tone(1 / 8, 0.1, 0));
  expect(meter.peak).toBe(peak);
  meter.reset();
  expect(meter.peak).toBe(0);
  meter.add(tone(1 / 8, 0.1, 0));
  expectWithin(20 * Math.log10(meter.peak), -20);
});
