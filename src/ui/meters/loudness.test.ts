/**
 * The meter against the signals that EBU Tech 3341 describes, made here, and against the coefficients of ITU-R BS.1770-4. What
 * concerns more than two channels, or programme material, is left out.
 */
import { describe, expect, it } from 'vitest';
import { kWeighting, LoudnessMeter } from './loudness.ts';

/** Whatever the rate, all but the filters is the same: at others than 48 kHz the shorter signals do. */
const RATES = [44_100, 48_000, 96_000];
/** How far each result may be off, in LU. */
const TOLERANCE = 0.1;

/** Stretches of a stereo tone of 1000 Hz: level in dBFS and seconds, one after the other. */
type Stretch = readonly [db: number, seconds: number];

function measured(sampleRate: number, stretches: readonly Stretch[], { hz = 1000, right = 1 } = {}) {
  const meter = new LoudnessMeter(sampleRate);
  const tenth = Math.round(sampleRate / 10);
  const readings: { momentary: number; shortTerm: number }[] = [];
  let frame = 0;
  let left = new Float32Array(tenth);
  let filled = 0;
  const flush = () => {
    const piece = left.subarray(0, filled);
    meter.add(
      piece,
      piece.map((sample) => sample * right),
    );
    readings.push({ momentary: meter.momentary, shortTerm: meter.shortTerm });
    left = new Float32Array(tenth);
    filled = 0;
  };
  for (const [db, seconds] of stretches) {
    const amplitude = 10 ** (db / 20);
    for (let n = Math.round(seconds * sampleRate); n > 0; n--, frame++) {
      left[filled++] = amplitude * Math.sin((2 * Math.PI * hz * frame) / sampleRate);
      if (filled === tenth) flush();
    }
  }
  if (filled > 0) flush();
  return { meter, readings };
}

const expectNear = (value: number, expected: number, tolerance = TOLERANCE) =>
  expect(Math.abs(value - expected), `${value} instead of ${expected}`).toBeLessThanOrEqual(tolerance);

it('weighs as the tables of BS.1770-4 say, at 48 kHz', () => {
  const [shelf, highPass] = kWeighting(48_000);
  const tables = [
    [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585],
    [1, -2, 1, -1.99004745483398, 0.99007225036621],
  ];
  for (const [n, filter] of [shelf, highPass].entries()) {
    for (const [k, coefficient] of filter.entries()) expect(coefficient).toBeCloseTo(tables[n][k], 10);
  }
});

it('reads -3.01 LUFS for a full-scale tone of 997 Hz in one channel, as BS.1770-4 says', () => {
  const { meter } = measured(48_000, [[0, 5]], { hz: 997, right: 0 });
  expectNear(meter.integrated, -3.01, 0.01);
});

describe('signal of Tech 3341', () => {
  const sampleRate = 48_000;

  it.each([
    [1, -23],
    [2, -33],
  ])('%i: a steady tone of %f dBFS', (_, level) => {
    const { meter } = measured(sampleRate, [[level, 20]]);
    for (const read of [meter.momentary, meter.shortTerm, meter.integrated]) expectNear(read, level);
  });

  const gated: readonly (readonly [number, readonly Stretch[]])[] = [
    [
      3,
      [
        [-36, 10],
        [-23, 60],
        [-36, 10],
      ],
    ],
    [
      4,
      [
        [-72, 10],
        [-36, 10],
        [-23, 60],
        [-36, 10],
        [-72, 10],
      ],
    ],
    [
      5,
      [
        [-26, 20],
        [-20, 20.1],
        [-26, 20],
      ],
    ],
  ];
  it.each(gated)('%i: integrated, gated', (_, stretches) => {
    expectNear(measured(sampleRate, stretches).meter.integrated, -23);
  });

  it.each([0, 7, 13])('10: the highest short-term, of 3 s of a tone that begins %i times 150 ms late', (times) => {
    const { meter } = measured(sampleRate, [
      [-200, 0.15 * times],
      [-23, 3],
      [-200, 1],
    ]);
    expectNear(meter.maxShortTerm, -23);
  });

  it.each([0, 3, 11])('13: the highest momentary, of 400 ms of a tone that begins %i times 20 ms late', (times) => {
    const { meter } = measured(sampleRate, [
      [-200, 0.02 * times],
      [-23, 0.4],
      [-200, 1],
    ]);
    expectNear(meter.maxMomentary, -23);
  });
});

describe.each(RATES)('at %i Hz, signal of Tech 3341', (sampleRate) => {
  it('1, shortened', () => {
    const { meter } = measured(sampleRate, [[-23, 4]]);
    for (const read of [meter.momentary, meter.shortTerm, meter.integrated]) expectNear(read, -23);
  });

  it('9: short-term, of a level that changes within 3 s', () => {
    const period: readonly Stretch[] = [
      [-20, 1.34],
      [-30, 1.66],
    ];
    const { readings } = measured(sampleRate, Array.from({ length: 5 }, () => period).flat());
    for (const { shortTerm } of readings.slice(30)) expectNear(shortTerm, -23);
  });

  it('12: momentary, of a level that changes within 400 ms', () => {
    const period: readonly Stretch[] = [
      [-20, 0.18],
      [-30, 0.22],
    ];
    const { readings } = measured(sampleRate, Array.from({ length: 25 }, () => period).flat());
    for (const { momentary } of readings.slice(10)) expectNear(momentary, -23);
  });
});

it('reads the same however the samples come', () => {
  const samples = Float32Array.from({ length: 48_000 }, (_, n) => 0.1 * Math.sin(n / 7) * Math.sin(n / 3000));
  const [whole, pieces] = [new LoudnessMeter(48_000), new LoudnessMeter(48_000)];
  whole.add(samples, samples);
  for (let start = 0, frames = 1; start < samples.length; start += frames, frames = 1 + ((frames * 7) % 997)) {
    const piece = samples.subarray(start, start + frames);
    pieces.add(piece, piece);
  }
  expect(pieces.integrated).toBeCloseTo(whole.integrated, 9);
  expect(pieces.momentary).toBeCloseTo(whole.momentary, 9);
});

it('reads nothing for silence, and begins again when told', () => {
  const { meter } = measured(48_000, [[-20, 2]]);
  expectNear(meter.integrated, -20);
  meter.reset();
  const silence = new Float32Array(48_000);
  meter.add(silence, silence);
  expect(meter.integrated).toBe(Number.NEGATIVE_INFINITY);
  expect(meter.seconds).toBeCloseTo(1);
});
