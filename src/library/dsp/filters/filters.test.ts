/** Filters against the transfer functions of their analogue prototypes. */
import { describe, expect, it } from 'vitest';
import { decibels, largestError, peak } from '../../../testing/measure/levels.ts';
import { atRate, collect, RATES } from '../../../testing/measure/rates.ts';
import {
  type Complex,
  impulseResponse,
  multiply,
  octaveSpaced,
  phaseDistance,
  prewarped,
  rational,
  responseAt,
  responseOf,
} from '../../../testing/measure/response.ts';
import { uniform } from '../../../testing/measure/stability.ts';
import { highshelf, lowshelf, peaking, tilt } from './equaliser.ts';
import { allpass1, biquad, dcBlock, fir, highpass1, lowpass1 } from './firstOrder.ts';
import { allpass, bandpass, highpass, lowpass, notch, svf } from './secondOrder.ts';
import { butterHighpass, butterLowpass, crossover, crossover3 } from './steep.ts';

type Process = (x: number) => number;
/** The prototype's response at s = j·omega. */
type Prototype = (omega: number) => Complex;

/** Compares with a prototype at 24 frequencies from 20 Hz to 18 kHz (scaled with the rate), where that is above -60 dB. */
function expectResponse(make: () => Process, prototype: Prototype, cutoffHz: number, rate: number): void {
  const impulse = atRate(rate, () => impulseResponse(make(), rate));
  const scale = rate / 48_000;
  let compared = 0;
  for (const hz of octaveSpaced(20 * scale, 18_000 * scale, 24)) {
    const wanted = responseOf(prototype(prewarped(hz, cutoffHz, rate)));
    if (wanted.db < -60) continue;
    compared++;
    const got = responseAt(impulse, hz, rate);
    const at = `${hz.toFixed(1)} Hz, cutoff ${cutoffHz} at ${rate}`;
    if (!(Math.abs(got.db - wanted.db) < 0.05)) throw new Error(`${at}: ${got.db} dB instead of ${wanted.db}`);
    const degrees = phaseDistance(got.phase, wanted.phase);
    if (!(degrees < 0.5)) throw new Error(`${at}: ${got.phase}° instead of ${wanted.phase}`);
  }
  expect(compared).toBeGreaterThan(6);
}

const second =
  (top: (q: number) => readonly number[]) =>
  (q: number): Prototype =>
  (omega) =>
    rational(top(q), [1, 1 / q, 1], omega);
const lowProto = second(() => [1]);
const highProto = second(() => [0, 0, 1]);
const bandProto = second((q) => [0, 1 / q]);
const notchProto = second(() => [1, 0, 1]);
const allpassProto = second((q) => [1, -1 / q, 1]);

type Cookbook = readonly [string, () => (x: number, hz: number, q: number) => number, (q: number) => Prototype];
const cookbook: readonly Cookbook[] = [
  ['lowpass', lowpass, lowProto],
  ['highpass', highpass, highProto],
  ['bandpass', bandpass, bandProto],
  ['notch', notch, notchProto],
  ['allpass', allpass, allpassProto],
];

describe.each(RATES)('at %i Hz', (rate) => {
  const scale = rate / 48_000;

  it.each(cookbook)('%s is as its prototype', (_, make, prototype) => {
    for (const [hz, q] of [
      [100, Math.SQRT1_2],
      [1000, 0.3],
      [1000, 12],
      [9000, 2],
      [17_000, Math.SQRT1_2],
    ]) {
      expectResponse(
        () => {
          const filter = make();
          return (x) => filter(x, hz * scale, q);
        },
        prototype(q),
        hz * scale,
        rate,
      );
    }
  });

  it('peaking and the shelves are as the cookbook has them', () => {
    for (const [hz, gain, q] of [
      [200, 4, 1],
      [1000, 0.25, 3],
      [6000, 10, Math.SQRT1_2],
      [12_000, 0.1, 0.5],
    ]) {
      const a = Math.sqrt(gain);
      const root = Math.sqrt(a);
      const cases: [() => (x: number, hz: number, gain: number, q: number) => number, Prototype][] = [
        [peaking, (w) => rational([1, a / q, 1], [1, 1 / (a * q), 1], w)],
        [lowshelf, (w) => multiply({ re: a, im: 0 }, rational([a, root / q, 1], [1, root / q, a], w))],
        [highshelf, (w) => multiply({ re: a, im: 0 }, rational([1, root / q, a], [a, root / q, 1], w))],
      ];
      for (const [make, prototype] of cases) {
        expectResponse(
          () => {
            const filter = make();
            return (x) => filter(x, hz * scale, gain, q);
          },
          prototype,
          hz * scale,
          rate,
        );
      }
    }
  });

  it('the filters of first order are as their prototypes', () => {
    for (const hz of [60 * scale, 1000 * scale, 15_000 * scale]) {
      const make = (factory: () => (x: number, hz: number) => number) => () => {
        const filter = factory();
        return (x: number) => filter(x, hz);
      };
      expectResponse(make(lowpass1), (w) => rational([1], [1, 1], w), hz, rate);
      expectResponse(make(highpass1), (w) => rational([0, 1], [1, 1], w), hz, rate);
      expectResponse(make(allpass1), (w) => rational([1, -1], [1, 1], w), hz, rate);
      const impulse = atRate(rate, () => impulseResponse(make(lowpass1)(), rate));
      expect(Math.abs(responseAt(impulse, hz, rate).db + 3.01)).toBeLessThan(0.02);
    }
  });

  it.each([1, 2, 3, 4, 7, 12])('Butterworth filters of order %i have his magnitudes', (order) => {
    for (const hz of [300 * scale, 5000 * scale]) {
      for (const [factory, sign] of [
        [butterLowpass, 1],
        [butterHighpass, -1],
      ] as const) {
        const impulse = atRate(rate, () =>
          impulseResponse(
            (
              (filter) => (x: number) =>
                filter(x, hz)
            )(factory(order)),
            rate,
          ),
        );
        for (const at of octaveSpaced(20 * scale, 18_000 * scale, 24)) {
          const wanted = -10 * Math.log10(1 + prewarped(at, hz, rate) ** (2 * order * sign));
          if (wanted > -60) expect(Math.abs(responseAt(impulse, at, rate).db - wanted)).toBeLessThan(0.05);
        }
      }
    }
  });

  it('crossovers add up to a flat sum', () => {
    const [low, high] = [new Float64Array(rate), new Float64Array(rate)];
    const split = crossover();
    const hz = 900 * scale;
    atRate(rate, () =>
      collect(rate, (n) => {
        [low[n], high[n]] = split(n === 0 ? 1 : 0, hz);
        return 0;
      }),
    );
    const three = crossover3();
    const sum = atRate(rate, () =>
      collect(rate, (n) => three(n === 0 ? 1 : 0, 300 * scale, 4000 * scale).reduce((a, b) => a + b, 0)),
    );
    const two = low.map((x, n) => x + high[n]);
    for (const at of octaveSpaced(20 * scale, 18_000 * scale, 24)) {
      expect(Math.abs(responseAt(two, at, rate).db)).toBeLessThan(0.02);
      expect(Math.abs(responseAt(sum, at, rate).db)).toBeLessThan(0.02);
      // Linkwitz and Riley: the square of Butterworth's second order.
      const lowDb = -20 * Math.log10(1 + prewarped(at, hz, rate) ** 4);
      const highDb = -20 * Math.log10(1 + prewarped(at, hz, rate) ** -4);
      if (lowDb > -60) expect(responseAt(low, at, rate).db).toBeCloseTo(lowDb, 2);
      if (highDb > -60) expect(responseAt(high, at, rate).db).toBeCloseTo(highDb, 2);
    }
    expect(responseAt(low, hz, rate).db).toBeCloseTo(-6.02, 2);
    expect(responseAt(high, hz, rate).db).toBeCloseTo(-6.02, 2);
  });

  it('dcBlock takes a constant away and leaves the rest', () => {
    const block = dcBlock();
    const constant = atRate(rate, () => collect(rate + 1, () => block(1)));
    expect(Math.abs(constant[rate])).toBeLessThan(1e-6);
    const impulse = atRate(rate, () => impulseResponse(dcBlock(), rate));
    expect(Math.abs(responseAt(impulse, 10, rate).db + 3)).toBeLessThan(0.2);
    expect(Math.abs(responseAt(impulse, 1000, rate).db)).toBeLessThan(0.01);
  });

  it('tilt turns around its frequency', () => {
    for (const gain of [0.25, 0.5, 2, 4]) {
      const filter = tilt();
      const impulse = atRate(rate, () => impulseResponse((x) => filter(x, gain, 1000 * scale), rate));
      const difference = responseAt(impulse, 20_000 * scale, rate).db - responseAt(impulse, 20 * scale, rate).db;
      expect(Math.abs(difference - 2 * decibels(gain))).toBeLessThan(0.3);
      expect(responseAt(impulse, 1000 * scale, rate).db).toBeCloseTo(0, 6);
    }
  });
});

const SEED = 21;
describe(`sums and identities, seed ${SEED}`, () => {
  const random = uniform(SEED);
  const noise = Float64Array.from({ length: 3000 }, () => 2 * random() - 1);
  const run = (process: (x: number, n: number) => number) =>
    atRate(48_000, () => collect(noise.length, (n) => process(noise[n], n)));

  it('the outputs of svf are those of the single filters and add up to the signal', () => {
    const [all, low, high, band, hole] = [svf(), lowpass(), highpass(), bandpass(), notch()];
    const worst = run((x, n) => {
      const hz = 500 + 3 * n;
      const got = all(x, hz, 3);
      return Math.max(
        ...[
          ...[
            got.low - low(x, hz, 3),
            got.band - band(x, hz, 3),
            got.high - high(x, hz, 3),
            got.notch - hole(x, hz, 3),
          ],
          ...[got.peak - got.low + got.high, got.low + got.band + got.high - x],
        ].map(Math.abs),
      );
    });
    expect(peak(worst)).toBeLessThan(1e-14);
  });

  it('lowpass1 and highpass1 add up to the signal, tilt of 1 is the identity, crossover adds up to an allpass', () => {
    const [low, high, flat] = [lowpass1(), highpass1(), tilt()];
    expect(
      largestError(
        run((x) => low(x, 700) + high(x, 700)),
        (n) => noise[n],
      ),
    ).toBeLessThan(1e-15);
    expect(run((x) => flat(x, 1, 700))).toEqual(noise);
    const [split, turn] = [crossover(), allpass()];
    const pairs = run((x) => {
      const [bottom, top] = split(x, 700);
      return bottom + top - turn(x, 700, Math.SQRT1_2);
    });
    expect(largestError(pairs, () => 0)).toBeLessThan(1e-12);
  });

  it('biquad and fir have the impulse responses that were asked for', () => {
    const filter = biquad();
    const [b0, b1, b2, a1, a2] = [0.3, -0.2, 0.7, -1.2, 0.81];
    const response = impulseResponse((x) => filter(x, b0, b1, b2, a1, a2), 200);
    const expected: number[] = [];
    for (let n = 0; n < 200; n++) {
      expected.push(
        [b0, b1, b2].map((b, k) => (n === k ? b : 0)).reduce((a, b) => a + b) -
          a1 * (expected[n - 1] ?? 0) -
          a2 * (expected[n - 2] ?? 0),
      );
    }
    expect(largestError(response, (n) => expected[n])).toBeLessThan(1e-14);
    for (const length of [1, 2, 63, 4096]) {
      const taps = Float32Array.from({ length }, () => random() - 0.5);
      const convolve = fir(taps);
      expect(impulseResponse(convolve, length + 5)).toEqual(
        Float64Array.from({ length: length + 5 }, (_, k) => taps[k] ?? 0),
      );
    }
    const taps = [0.5, -1, 0.25];
    const convolve = fir(taps);
    expect(
      largestError(
        run((x) => convolve(x)),
        (n) => taps.reduce((sum, tap, k) => sum + tap * (noise[n - k] ?? 0), 0),
      ),
    ).toBeLessThan(1e-15);
  });

  it('equalisers have their gains at hz, at 0 Hz and at half the rate', () => {
    for (const gain of [0.1, 0.5, 3, 20]) {
      const [bell, bass, treble] = [peaking(), lowshelf(), highshelf()];
      const impulse = atRate(48_000, () => impulseResponse((x) => bell(x, 3000, gain, 2), 48_000));
      expect(responseAt(impulse, 3000, 48_000).gain).toBeCloseTo(gain, 6);
      expect(atRate(48_000, () => collect(9600, () => bass(1, 500, gain)))[9599]).toBeCloseTo(gain, 6);
      expect(atRate(48_000, () => collect(9600, (n) => treble(n % 2 === 0 ? 1 : -1, 5000, gain)))[9598]).toBeCloseTo(
        gain,
        6,
      );
    }
  });

  it('allpasses leave all levels as they are, and turn by half and by a quarter at hz', () => {
    for (const hz of [100, 2000, 15_000]) {
      const [second, first] = [allpass(), allpass1()];
      const turns: [(x: number) => number, number][] = [
        [(x) => second(x, hz, 2), -180],
        [(x) => first(x, hz), -90],
      ];
      for (const [filter, phase] of turns) {
        const impulse = atRate(48_000, () => impulseResponse(filter, 48_000));
        for (const at of octaveSpaced(20, 20_000, 24)) {
          expect(Math.abs(responseAt(impulse, at, 48_000).db)).toBeLessThan(0.01);
        }
        expect(phaseDistance(responseAt(impulse, hz, 48_000).phase, phase)).toBeLessThan(0.01);
      }
    }
  });

  it('a notch is deep', () => {
    const filter = notch();
    const impulse = atRate(48_000, () => impulseResponse((x) => filter(x, 1000, 1), 48_000));
    expect(responseAt(impulse, 1000, 48_000).db).toBeLessThan(-80);
  });
});
