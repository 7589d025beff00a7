/** Pitches, decays and modes of the instruments against what they are asked for. */
import { describe, expect, it } from 'vitest';
import { decibels, peak, rootMeanSquare } from '../../../testing/measure/levels.ts';
import { atRate, collect, RATES } from '../../../testing/measure/rates.ts';
import { lineSpectrum, sineAt, strongestLine } from '../../../testing/measure/spectrum.ts';
import { churchBell, drumhead, marimba, modal } from './modes.ts';
import { ksString, pluck } from './strings.ts';
import { voiceTract } from './voice.ts';
import { bowedString, clarinet, flute } from './winds.ts';

const PITCHES = [55, 110, 220, 440, 880, 1760];
const once = (n: number): number => (n === 0 ? 1 : 0);
const cents = (heard: number, wanted: number): number => Math.abs(1200 * Math.log2(heard / wanted));

/** The frequency of the fundamental, from how far its phase turns between the halves of the sound. */
function fundamental(samples: Float64Array, hz: number, rate: number): number {
  const near = strongestLine(
    lineSpectrum(samples.subarray(0, 2 ** Math.floor(Math.log2(samples.length))), rate),
    0.8 * hz,
    1.25 * hz,
  ).hz;
  const half = Math.floor(samples.length / 2);
  const [a, b] = [samples.subarray(0, half), samples.subarray(half, 2 * half)].map(
    (part) => sineAt(part, near, rate).phase,
  );
  // The second half begins `half` frames later.
  const turned = (b - a - 2 * Math.PI * ((near * half) / rate)) / (2 * Math.PI);
  return near + ((turned - Math.round(turned)) * rate) / half;
}

/** T60 of the partial at `hz`, from its levels in two pieces of the sound. */
function partialDecay(
  samples: Float64Array,
  hz: number,
  rate: number,
  from: number,
  to: number,
  seconds: number,
): number {
  const level = (at: number) => {
    const start = Math.round(at * rate);
    return decibels(sineAt(samples.subarray(start, start + Math.round(seconds * rate)), hz, rate).amplitude);
  };
  return (60 * (to - from)) / (level(from) - level(to));
}

describe.each(RATES)('strings at %i Hz', (rate) => {
  it('pluck and ksString are in tune', () => {
    atRate(rate, () => {
      for (const hz of PITCHES) {
        const string = ksString(50);
        const plucked = pluck(50, 7);
        const frames = 2 ** Math.round(Math.log2(0.7 * rate));
        const struck = collect(frames, (n) => string(once(n), hz));
        expect(cents(fundamental(struck.subarray(frames / 8), hz, rate), hz), `ksString ${hz}`).toBeLessThan(3);
        const heard = collect(frames, (n) => plucked(once(n), hz));
        expect(cents(fundamental(heard.subarray(frames / 8), hz, rate), hz), `pluck ${hz}`).toBeLessThan(3);
      }
    });
  });

  it('the fundamental of pluck lasts as long as it is told', () => {
    atRate(rate, () => {
      for (const decay of [1, 3]) {
        const string = pluck(50, 3);
        const heard = collect(Math.round(1.2 * rate), (n) => string(once(n), 220, decay, 0.1));
        const t60 = partialDecay(heard, fundamental(heard.subarray(rate / 10), 220, rate), rate, 0.2, 0.7, 0.25);
        expect(Math.abs(t60 / decay - 1), `${t60} for ${decay}`).toBeLessThan(0.15);
      }
    });
  });
});

it('pluck is as strong as its trigger, darker when damped, and the same for a seed', () => {
  atRate(48_000, () => {
    const run = (strength: number, damp: number, seed = 5) => {
      const string = pluck(50, seed);
      return collect(9600, (n) => string(strength * once(n), 220, 3, damp));
    };
    const [full, half] = [run(1, 0.3), run(0.5, 0.3)];
    for (let n = 0; n < 9600; n += 7) expect(half[n]).toBeCloseTo(full[n] / 2, 12);
    expect(run(1, 0.3)).toEqual(full);
    expect(run(1, 0.3, 6)).not.toEqual(full);
    expect(peak(full)).toBeGreaterThan(0.3);
    expect(peak(full)).toBeLessThan(1.2);
    const treble = (damp: number) => {
      const heard = run(1, damp).subarray(4800);
      return rootMeanSquare(heard.map((y, n) => y - (heard[n - 1] ?? y))) / rootMeanSquare(heard);
    };
    expect(treble(0.9)).toBeLessThan(0.5 * treble(0.05));
  });
});

describe.each(RATES)('winds and bow at %i Hz', (rate) => {
  const play = (instrument: (breath: number, hz: number) => number, breath: number, hz: number) =>
    collect(Math.round(0.4 * rate) + 16_384, () => instrument(breath, hz)).subarray(Math.round(0.4 * rate));

  it.each([110, 220, 440, 880])('are in tune at %i Hz', (hz) => {
    atRate(rate, () => {
      const reed = play(clarinet(), 0.7, hz);
      expect(cents(fundamental(reed, hz, rate), hz)).toBeLessThan(20);
      const [first, second, third] = [1, 2, 3].map((k) => sineAt(reed, k * hz, rate).amplitude);
      expect(decibels(second / first)).toBeLessThan(-15);
      expect(third).toBeGreaterThan(2 * second);
      expect(cents(fundamental(play(flute(), 0.7, hz), hz, rate), hz)).toBeLessThan(20);
      for (const pressure of [0.2, 0.5, 1]) {
        const bowed = play(bowedString(), pressure, hz);
        expect(cents(fundamental(bowed, hz, rate), hz)).toBeLessThan(10);
        // Steadily: both halves alike.
        const [a, b] = [bowed.subarray(0, 8192), bowed.subarray(8192)].map(rootMeanSquare);
        expect(Math.abs(decibels(a / b))).toBeLessThan(1);
        expect(a).toBeGreaterThan(0.1);
      }
    });
  });

  it('are silent without breath, and stop when it does', () => {
    atRate(rate, () => {
      for (const make of [clarinet, flute, bowedString] as (() => (breath: number, hz: number) => number)[]) {
        const silent = make();
        expect(peak(collect(rate / 5, () => silent(0, 330)))).toBeLessThan(1e-3);
        const instrument = make();
        const heard = collect(3 * rate, (n) => instrument(n < rate ? 0.7 : 0, 330));
        expect(rootMeanSquare(heard.subarray(rate / 2, rate))).toBeGreaterThan(0.05);
        expect(peak(heard)).toBeLessThan(1.5);
        expect(peak(heard.subarray(2.5 * rate))).toBeLessThan(1e-3);
      }
    });
  });
});

describe.each(RATES)('modes at %i Hz', (rate) => {
  it('modal has its partials and their times', () => {
    atRate(rate, () => {
      const ratios = [1, 2.71, 5.3, 200];
      const times = [1, 0.5, 0.25, 1];
      const bank = modal(ratios, [1, 0.5, 0.25, 1], times);
      const heard = collect(Math.round(0.6 * rate), (n) => bank(once(n), 300, 2));
      // By definition: Σ level·r^n·sin(2π·hz·n/rate), and nothing of what is above half the rate.
      const expected = (n: number) =>
        [0, 1, 2].reduce((sum, i) => {
          const radius = 0.001 ** (n / (2 * times[i] * rate));
          return sum + [1, 0.5, 0.25][i] * radius * Math.sin((2 * Math.PI * 300 * ratios[i] * n) / rate);
        }, 0);
      for (let n = 0; n < heard.length; n += 11) expect(Math.abs(heard[n] - expected(n))).toBeLessThan(1e-9);
      expect(cents(fundamental(heard, 300, rate), 300)).toBeLessThan(1.7);
      const t60 = partialDecay(heard, 300, rate, 0.02, 0.3, 0.2);
      expect(Math.abs(t60 / 2 - 1)).toBeLessThan(0.02);
    });
  });

  it('marimba is in tune, with its second mode at 3.93', () => {
    atRate(rate, () => {
      for (const hz of PITCHES) {
        const bar = marimba();
        const heard = collect(2 ** Math.ceil(Math.log2(0.3 * rate)), (n) => bar(once(n), hz, 0.9));
        expect(cents(fundamental(heard, hz, rate), hz)).toBeLessThan(3);
        if (3.93 * hz > 0.3 * rate) continue;
        const second = strongestLine(lineSpectrum(heard, rate), 3 * hz, 6 * hz).hz;
        expect(Math.abs(second / hz / 3.93 - 1)).toBeLessThan(0.01);
      }
    });
  });

  it('churchBell has its five partials', () => {
    atRate(rate, () => {
      const bell = churchBell();
      const heard = collect(2 ** Math.ceil(Math.log2(rate)), (n) => bell(once(n), 440, 10));
      const lines = lineSpectrum(heard, rate);
      for (const ratio of [0.5, 1, 1.2, 1.5, 2]) {
        const line = strongestLine(lines, 0.93 * ratio * 440, 1.07 * ratio * 440);
        expect(Math.abs(line.hz / (ratio * 440) - 1)).toBeLessThan(0.005);
        expect(line.amplitude).toBeGreaterThan(0.01);
      }
      expect(peak(heard)).toBeGreaterThan(0.2);
      expect(peak(heard)).toBeLessThan(1.5);
    });
  });

  it('drumhead has only circular modes when it is struck in the middle', () => {
    atRate(rate, () => {
      const levels = (strike: number) => {
        const skin = drumhead();
        const heard = collect(2 ** Math.ceil(Math.log2(rate)), (n) => skin(once(n), 200, 2, strike));
        const lines = lineSpectrum(heard, rate);
        return [1, 1.593, 2.136, 2.296, 2.653, 2.918].map((ratio) =>
          decibels(strongestLine(lines, 0.985 * ratio * 200, 1.015 * ratio * 200).amplitude),
        );
      };
      const middle = levels(0);
      const strongest = Math.max(...middle);
      expect(middle[0]).toBeGreaterThan(strongest - 12);
      expect(middle[3]).toBeGreaterThan(strongest - 12);
      for (const k of [1, 2, 4, 5]) expect(middle[k]).toBeLessThan(strongest - 40);
      const off = levels(0.5);
      for (const k of [1, 2, 5]) expect(off[k]).toBeGreaterThan(strongest - 30);
    });
  });
});

it('struck things are as strong as their triggers, at sensible levels, and may be struck again', () => {
  atRate(48_000, () => {
    const makes: readonly (() => (trig: number) => number)[] = [
      () =>
        (
          (bar) => (trig: number) =>
            bar(trig, 220)
        )(marimba()),
      () =>
        (
          (bell) => (trig: number) =>
            bell(trig, 220)
        )(churchBell()),
      () =>
        (
          (skin) => (trig: number) =>
            skin(trig, 110)
        )(drumhead()),
    ];
    for (const make of makes) {
      const [full, half] = [make(), make()];
      const a = collect(9600, (n) => full(n === 10 ? 1 : 0));
      const b = collect(9600, (n) => half(n === 10 ? 0.5 : 0));
      expect(peak(a)).toBeGreaterThan(0.2);
      expect(peak(a)).toBeLessThan(1.3);
      for (let n = 0; n < 9600; n += 7) expect(b[n]).toBeCloseTo(a[n] / 2, 12);
      const again = collect(4800, (n) => full(n === 10 ? 1 : 0));
      expect(peak(again)).toBeGreaterThan(0.5 * peak(a));
    }
  });
});

describe('voiceTract', () => {
  it.each(RATES)('has the period of hz, at %i Hz', (rate) => {
    atRate(rate, () => {
      const period = Math.round(rate / 147);
      const hz = rate / period;
      for (const vowel of [0, 2, 3.5]) {
        const voice = voiceTract();
        const heard = collect(16_384 + rate / 5, () => voice(hz, vowel, 0)).subarray(rate / 5);
        let [difference, energy] = [0, 0];
        for (let n = period; n < heard.length; n++) {
          difference += (heard[n] - heard[n - period]) ** 2;
          energy += heard[n] ** 2;
        }
        expect(decibels(Math.sqrt(difference / energy))).toBeLessThan(-80);
        // And no shorter one.
        expect(sineAt(heard, hz, rate).amplitude).toBeGreaterThan(0.01 * peak(heard));
        expect(peak(heard)).toBeGreaterThan(0.1);
        expect(peak(heard)).toBeLessThan(1.5);
      }
    });
  });
});
