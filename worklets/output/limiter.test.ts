/**
 * The limiter against what it promises. Peaks between samples are measured here by an interpolation of its own: eight
 * points a sample, from a sinc four times as long as the limiter's.
 */
import { describe, expect, it } from 'vitest';
import { CEILING, Limiter } from './limiter.ts';
import { TRUE_PEAK_ERROR } from './truePeak.ts';

type Signal = (n: number) => number;

const RATES = [44_100, 48_000, 96_000];

/** Numbers from -1 to 1, the same ones for the same seed. */
function noise(seed: number): Signal {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

const sine =
  (turns: number, gain = 1): Signal =>
  (n) =>
    gain * Math.sin(2 * Math.PI * (turns * n + 0.125));

interface Sound {
  readonly left: Float64Array;
  readonly right: Float64Array;
}

const stereo = (frames: number, left: Signal, right = left): Sound => {
  const lefts = Float64Array.from({ length: frames }, (_, n) => left(n));
  return {
    left: lefts,
    right: left === right ? lefts.slice() : Float64Array.from({ length: frames }, (_, n) => right(n)),
  };
};

function limit(sound: Sound, { limiter = new Limiter(48_000), blockFrames = 128 } = {}): Sound {
  const left = sound.left.slice();
  const right = sound.right.slice();
  for (let start = 0; start < left.length; start += blockFrames) {
    const end = Math.min(left.length, start + blockFrames);
    limiter.process(left.subarray(start, end), right.subarray(start, end), end - start);
  }
  return { left, right };
}

const TAPS = 192;
const POINTS = 8;
/** Blackman-windowed sincs. */
const ROWS = Array.from({ length: POINTS - 1 }, (_, point) =>
  Float64Array.from({ length: TAPS }, (_, k) => {
    const x = k - TAPS / 2 + 1 - (point + 1) / POINTS;
    const turn = (2 * Math.PI * x) / TAPS;
    return ((0.42 + 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn)) * Math.sin(Math.PI * x)) / (Math.PI * x);
  }),
);

function truePeakDb(samples: Float64Array): number {
  // Silence before it; where it is cut off at the end is no sound of the limiter's.
  const padded = new Float64Array(samples.length + TAPS);
  padded.set(samples, TAPS);
  let peak = 0;
  for (let n = 0; n + TAPS <= padded.length; n++) {
    peak = Math.max(peak, Math.abs(padded[n]));
    for (const row of ROWS) {
      let sum = 0;
      for (let k = 0; k < TAPS; k++) sum += row[k] * padded[n + k];
      peak = Math.max(peak, Math.abs(sum));
    }
  }
  return 20 * Math.log10(peak);
}

const FRAMES = 9600;

describe('what comes out', () => {
  const burst = noise(5);
  const walk = noise(6);
  let level = 0;
  const steps: Signal = () => {
    if (walk(0) > 0.97) level = 2 * walk(0);
    return level;
  };
  const signals: [string, Signal][] = [
    ['a single sample', (n) => (n === 5000 ? 1 : 0)],
    ['single samples of either sign', (n) => (n % 1999 === 7 ? (n % 2 ? 2 : -2) : 0)],
    ['a step', (n) => (n < 5000 ? 0.1 : -1.5)],
    ['steps', steps],
    ...[20, 441, 1000.3, 7000].map((hz): [string, Signal] => [
      `a square of ${hz} Hz`,
      (n) => (((n * hz) / 48_000) % 1 < 0.5 ? 1 : -1),
    ]),
    ...[37, 997, 5512.5, 12_000, 16_000, 17_777.7, 19_999, 21_000].map((hz): [string, Signal] => [
      `a full-scale sine of ${hz} Hz`,
      sine(hz / 48_000),
    ]),
    ['a sine that comes and goes', (n) => (Math.floor(n / 700) % 2) * sine(0.3)(n)],
    ['a sine that swells', (n) => sine(0.4)(n) * Math.sin(n / 50)],
    ['a sine through all frequencies', (n) => Math.sin((n * n * Math.PI * 0.47) / FRAMES)],
    ['bursts over something soft', (n) => (burst(0) > 0.99 ? 1 : 0.05) * sine(0.11)(n)],
  ];

  it.each(signals)('of %s stays below -1 dBTP, full-scale and overloaded', (_, signal) => {
    const wave = Float64Array.from({ length: FRAMES }, (_, n) => signal(n));
    for (const gain of [1, 2, 100]) {
      const { left } = limit(stereo(FRAMES, (n) => gain * wave[n]));
      // 0.12 dB: what the true peak's own filter may be off by, and its parabola.
      expect(truePeakDb(left)).toBeLessThan(-1 + 0.12);
      expect(truePeakDb(left)).toBeGreaterThan(-6);
    }
  });

  it('of white noise stays there but for what no meter agrees on, close to half the sample rate', () => {
    for (const gain of [1, 2, 100]) {
      const random = noise(gain);
      const { left } = limit(stereo(FRAMES, (n) => random(n) * gain));
      expect(truePeakDb(left)).toBeLessThan(-1 + 0.6);
      expect(left.every((sample) => Math.abs(sample) <= CEILING * TRUE_PEAK_ERROR)).toBe(true);
    }
  });

  it('is finite for everything that is', () => {
    for (const gain of [1e30, 3e38]) {
      const { left } = limit(stereo(4800, (n) => (n === 1000 ? gain : n > 3000 ? gain * sine(0.01)(n) : 0.1)));
      expect(left.every((sample) => Math.abs(sample) <= CEILING * TRUE_PEAK_ERROR)).toBe(true);
    }
  });
});

describe('while it does not act', () => {
  it('delays, and changes no bit', () => {
    for (const rate of RATES) {
      const limiter = new Limiter(rate);
      const random = noise(rate);
      const special = [-0, 0, 5e-324, -1e-310, 0.1 + 0.2, CEILING / 2];
      const sound = stereo(
        6000,
        (n) => (n < 600 ? special[n % special.length] : 0.88 * sine(0.0123)(n)),
        (n) => 0.2 * random(n),
      );
      const { left, right } = limit(sound, { limiter });
      const latency = limiter.latencyFrames;
      const expected = (samples: Float64Array) => [...new Float64Array(latency), ...samples.slice(0, 6000 - latency)];
      expect([...left]).toEqual(expected(sound.left));
      expect([...right]).toEqual(expected(sound.right));
      expect(limiter.takeReductionDb()).toBe(0);
    }
  });

  it('lets a tone pass that reaches -1 dBTP, and none above', () => {
    const reduction = (gain: number) => {
      const limiter = new Limiter(48_000);
      limit(
        stereo(9600, (n) => Math.min(1, n / 4800) * sine(0.01, gain)(n)),
        { limiter },
      );
      return limiter.takeReductionDb();
    };
    expect(reduction(CEILING)).toBe(0);
    expect(reduction(CEILING * 1.005)).toBeGreaterThan(0.04);
  });

  it('is the very same again after it has acted', () => {
    const sound = stereo(180_000, (n) => (n < 4800 ? 4 : 0.5) * sine(0.01)(n));
    const limiter = new Limiter(48_000);
    const { left } = limit(sound, { limiter });
    const latency = limiter.latencyFrames;
    expect([...left.subarray(170_000)]).toEqual([...sound.left.subarray(170_000 - latency, 180_000 - latency)]);
  });
});

describe('the delay', () => {
  it.each(RATES)('is a little above two milliseconds at %i Hz, whether it acts or not', (rate) => {
    const limiter = new Limiter(rate);
    expect(limiter.latencyFrames / rate).toBeGreaterThan(0.0015);
    expect(limiter.latencyFrames / rate).toBeLessThan(0.0025);
    for (const height of [0.5, 5, 500]) {
      const { left } = limit(
        stereo(1000, (n) => (n === 300 ? height : 0)),
        { limiter },
      );
      const at = left.findIndex((sample) => Math.abs(sample) > 0.1);
      expect(at).toBe(300 + limiter.latencyFrames);
      limiter.reset();
    }
  });
});

describe('the gain', () => {
  const gains = (signal: Signal, frames: number, limiter = new Limiter(48_000)) => {
    const sound = stereo(frames, signal);
    const { left } = limit(sound, { limiter });
    const latency = limiter.latencyFrames;
    return Array.from({ length: frames - latency }, (_, n) => left[n + latency] / sound.left[n]);
  };

  it('falls before a peak, and rises after it, without a step', () => {
    const found = gains((n) => (n === 4000 ? 100 : 0.01), 48_000);
    expect(found[4000 - 120]).toBe(1);
    expect(found[4000]).toBeLessThan(CEILING / 100);
    expect(found.at(-1)).toBe(1);
    const decibels = found.map((gain) => 20 * Math.log10(gain));
    const steps = decibels.slice(1).map((value, n) => value - decibels[n]);
    // 41 dB within a millisecond and a half, twice as steep in the middle as on average.
    expect(Math.max(...steps.map(Math.abs))).toBeLessThan((2.2 * 42) / 72);
    const bends = steps.slice(1).map((value, n) => value - steps[n]);
    expect(Math.max(...bends.map(Math.abs))).toBeLessThan(0.05);
  });

  it('is back soon after a single peak, and late after much loudness', () => {
    const framesUntilHalfDb = (loudFrames: number) => {
      const found = gains((n) => (n < loudFrames ? 2 : 0.1), 96_000);
      return found.findIndex((gain, n) => n > loudFrames && gain > 10 ** (-0.5 / 20)) - loudFrames;
    };
    expect(framesUntilHalfDb(2) / 48).toBeLessThan(150);
    expect(framesUntilHalfDb(24_000) / 48).toBeGreaterThan(500);
  });

  it('is back within a second even after what nobody should hear', () => {
    const found = gains((n) => (n >= 1000 && n < 1500 ? 3e38 : 0.1), 49_500);
    expect(found.at(-1)).toBeGreaterThan(0.95);
  });

  it('is back within the delay when what was too loud is forgiven', () => {
    const limiter = new Limiter(48_000);
    limit(stereo(20_000, sine(0.01, 1e6)), { limiter });
    limiter.releaseNow();
    const sound = stereo(2000, sine(0.01, 0.5));
    const { left } = limit(sound, { limiter });
    const peak = (from: number, to: number) => Math.max(...left.subarray(from, to).map(Math.abs));
    expect(peak(0, limiter.latencyFrames)).toBeLessThan(CEILING);
    expect([...left.subarray(1000)]).toEqual([
      ...sound.left.subarray(1000 - limiter.latencyFrames, -limiter.latencyFrames),
    ]);
    expect(peak(300, 400)).toBeGreaterThan(0.45);
  });

  it('is one for both channels', () => {
    const sound = stereo(4800, sine(0.01, 3), sine(0.003, 0.2));
    const limiter = new Limiter(48_000);
    const { left, right } = limit(sound, { limiter });
    const latency = limiter.latencyFrames;
    const apart = Array.from({ length: 4800 - latency }, (_, n) =>
      Math.abs(left[n + latency] * sound.right[n] - right[n + latency] * sound.left[n]),
    );
    expect(Math.max(...apart)).toBeLessThan(1e-12);
  });

  it('is told as the largest reduction since it was last asked', () => {
    const limiter = new Limiter(48_000);
    limit(
      stereo(4800, (n) => (n === 1000 ? 10 * CEILING : 0)),
      { limiter },
    );
    const reduction = limiter.takeReductionDb();
    // 20 dB, and the margin for deep reductions.
    expect(reduction).toBeGreaterThanOrEqual(20);
    expect(reduction).toBeLessThan(20.5);
    limit(
      stereo(48_000, () => 0),
      { limiter },
    );
    limiter.takeReductionDb();
    limit(
      stereo(4800, () => 0),
      { limiter },
    );
    expect(limiter.takeReductionDb()).toBe(0);
  });
});

describe('switched off', () => {
  it('only delays, and does not click on the way', () => {
    const limiter = new Limiter(48_000);
    const sound = stereo(24_000, sine(0.001, 4));
    const parts = [true, false, true].map((isOn, part) => {
      limiter.isOn = isOn;
      const [from, to] = [part * 8000, (part + 1) * 8000];
      return limit({ left: sound.left.slice(from, to), right: sound.right.slice(from, to) }, { limiter }).left;
    });
    const heard = parts.flatMap((part) => [...part]);
    const { latencyFrames } = limiter;
    expect(heard.slice(10_000, 16_000)).toEqual([
      ...sound.left.subarray(10_000 - latencyFrames, 16_000 - latencyFrames),
    ]);
    expect(Math.max(...heard.slice(18_000).map(Math.abs))).toBeLessThan(CEILING);
    const largestStep = Math.max(...heard.slice(2000).map((sample, n) => Math.abs(sample - heard[n + 1999])));
    // The tone's own, and 4 times a part of 960 a frame.
    expect(largestStep).toBeLessThan(4 * 2 * Math.PI * 0.001 + 4 / 300);
  });
});

describe('blocks', () => {
  it.each(RATES)('of any length give the same bits at %i Hz', (rate) => {
    const random = noise(rate);
    const sound = stereo(
      8000,
      (n) => (Math.floor(n / 1500) % 2 ? 3 : 0.2) * random(n),
      (n) => sine(0.02, 1.2)(n),
    );
    const whole = limit(sound, { limiter: new Limiter(rate), blockFrames: 8000 });
    for (const blockFrames of [1, 7, 64, 127, 128, 129, 441, 1024]) {
      const { left, right } = limit(sound, { limiter: new Limiter(rate), blockFrames });
      expect(left.every((sample, n) => Object.is(sample, whole.left[n]))).toBe(true);
      expect(right.every((sample, n) => Object.is(sample, whole.right[n]))).toBe(true);
    }
  });
});
