/** Decay times, first sounds and directions of the reverberators and of `binaural`, at the rates given. */
import { describe, expect, it } from 'vitest';
import { binaural } from '../../../library/dsp/space/binaural.ts';
import { fdnReverb, shimmer } from '../../../library/dsp/space/fdn.ts';
import { freeverb } from '../../../library/dsp/space/freeverb.ts';
import { hallReverb } from '../../../library/dsp/space/hall.ts';
import { plateReverb } from '../../../library/dsp/space/plate.ts';
import { springReverb } from '../../../library/dsp/space/spring.ts';
import type { Stereo } from '../../../library/dsp/types.ts';
import { decibels, peak, rootMeanSquare } from '../levels.ts';
import { atRate, collect, collectStereo } from '../rates.ts';
import { responseAt } from '../response.ts';
import { lineSpectrum, strongestLine } from '../spectrum.ts';
import { uniform } from '../stability.ts';

const SEED = 99;
const energy = (samples: Float64Array): number => samples.reduce((sum, x) => sum + x * x, 0);

/** T60 from the slope of Schroeder's backward integral between two levels below its beginning. */
function decayTime(impulse: Float64Array, rate: number, fromDb = -5, toDb = -35): number {
  const total = energy(impulse);
  let rest = total;
  const times: number[] = [];
  for (let n = 0; n < impulse.length && times.length < 2; n++) {
    if (10 * Math.log10(rest / total) <= (times.length === 0 ? fromDb : toDb)) times.push(n / rate);
    rest -= impulse[n] ** 2;
  }
  if (times.length < 2) throw new Error('not long enough to measure');
  return ((times[1] - times[0]) * 60) / (fromDb - toDb);
}

/** An octave around `hz`, by two resonances in a row, for measuring the decay there. */
const octaveBand = (samples: Float64Array, hz: number, rate: number): Float64Array =>
  resonance(resonance(samples, hz, rate), hz, rate);

function resonance(samples: Float64Array, hz: number, rate: number): Float64Array {
  const w = (2 * Math.PI * hz) / rate;
  const alpha = Math.sin(w) / 2.8;
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return samples.map((x) => {
    const y = (alpha * (x - x2) + 2 * Math.cos(w) * y1 - (1 - alpha) * y2) / (1 + alpha);
    [x2, x1, y2, y1] = [x1, x, y1, y];
    return y;
  });
}

const impulseOf = (seconds: number, rate: number, run: (x: Stereo) => Stereo, side: Stereo = [1, 1]) =>
  collectStereo(Math.round(seconds * rate), (n) => run(n === 0 ? side : [0, 0]));

export function checkSpace(rates: readonly number[]): void {
  describe('freeverb', () => {
    it.each(rates)('lasts as long as its combs do, at %i Hz', (rate) => {
      atRate(rate, () => {
        for (const room of [0, 0.5, 0.9]) {
          const run = freeverb();
          const { left } = impulseOf(2.5, rate, (x) => run(x, room, 0));
          const times = [1116, 1617].map((frames) => (-3 * frames) / 44_100 / Math.log10(0.28 * room + 0.7));
          const t60 = decayTime(left, rate);
          expect(t60).toBeGreaterThan(times[0]);
          expect(t60).toBeLessThan(times[1]);
        }
      });
    });

    it('is the published network at 44.1 kHz', () => {
      atRate(44_100, () => {
        const feedback = 0.28 * 0.6 + 0.7;
        const damp = 0.4 * 0.3;
        /** One side, sample by sample, each comb and allpass over the whole of the sound. */
        const side = (spread: number): Float64Array => {
          const frames = 6000;
          const sum = new Float64Array(frames);
          for (const length of [1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617]) {
            const delay = length + spread;
            const inside = new Float64Array(frames);
            let store = 0;
            for (let n = 0; n < frames; n++) {
              const late = n >= delay ? inside[n - delay] : 0;
              store = late * (1 - damp) + store * damp;
              inside[n] = (n === 0 ? 2 * 0.015 : 0) + store * feedback;
              sum[n] += late;
            }
          }
          return [556, 441, 341, 225].reduce((input, length) => {
            const delay = length + spread;
            const inside = new Float64Array(frames);
            return input.map((x, n) => {
              const late = n >= delay ? inside[n - delay] : 0;
              inside[n] = x + late * 0.5;
              return late - x;
            });
          }, sum);
        };
        const run = freeverb();
        const { left, right } = impulseOf(6000 / 44_100, 44_100, (x) => run(x, 0.6, 0.3, 1));
        expect(left.findIndex((y) => y !== 0)).toBe(1116);
        expect(right.findIndex((y) => y !== 0)).toBe(1139);
        const [a, b] = [side(0), side(23)];
        let worst = 0;
        for (let n = 0; n < 6000; n++) {
          worst = Math.max(worst, Math.abs(left[n] - 3 * a[n]), Math.abs(right[n] - 3 * b[n]));
        }
        expect(worst).toBeLessThan(1e-12);
      });
    });

    it('is mono with a width of 0', () => {
      atRate(48_000, () => {
        const run = freeverb();
        const { left, right } = impulseOf(0.2, 48_000, (x) => run(x, 0.5, 0.5, 0), [1, 0]);
        expect(left).toEqual(right);
        expect(peak(left)).toBeGreaterThan(0);
      });
    });
  });

  describe('fdnReverb', () => {
    it.each(rates)('lasts as long as it is told, on both sides alike, at %i Hz', (rate) => {
      atRate(rate, () => {
        for (const [size, seconds] of [
          [1, 2],
          [0.5, 0.8],
          [3, 3],
          [0.2, 0.4],
        ]) {
          for (const input of [
            [1, 1],
            [1, 0],
            [0, 1],
          ] as Stereo[]) {
            if (rate !== 48_000 && (input[1] !== 1 || size > 1)) continue;
            const run = fdnReverb(size);
            const { left, right } = impulseOf(1.3 * seconds, rate, (x) => run(x, seconds, 0), input);
            for (const side of [left, right]) expect(Math.abs(decayTime(side, rate) / seconds - 1)).toBeLessThan(0.07);
            expect(Math.abs(10 * Math.log10(energy(left) / energy(right)))).toBeLessThan(2);
          }
        }
      });
    });

    it('loses treble sooner with damping', () => {
      atRate(48_000, () => {
        const run = fdnReverb();
        const { left } = impulseOf(3, 48_000, (x) => run(x, 2, 0.5));
        expect(decayTime(octaveBand(left, 6000, 48_000), 48_000)).toBeLessThan(
          0.5 * decayTime(octaveBand(left, 300, 48_000), 48_000),
        );
      });
    });
  });

  describe('plateReverb', () => {
    it.each(rates)('is longer with more decay, and bounded at the most, at %i Hz', (rate) => {
      atRate(rate, () => {
        const times = [0.5, 0.7, 0.9].map((decay) => {
          const run = plateReverb();
          return decayTime(impulseOf(3, rate, (x) => run(x, decay, 0.1)).left, rate);
        });
        expect(times[1]).toBeGreaterThan(1.2 * times[0]);
        expect(times[2]).toBeGreaterThan(1.2 * times[1]);
        const run = plateReverb();
        const random = uniform(SEED);
        const { left, right } = collectStereo(rate, () => run([2 * random() - 1, 2 * random() - 1], 0.98, 0));
        expect(Math.max(peak(left), peak(right))).toBeLessThan(20);
      });
    });

    it('has no modulation above 1 Hz on a steady sine', () => {
      atRate(48_000, () => {
        for (const hz of [440, 2000]) {
          const run = plateReverb();
          const x = (n: number) => 0.5 * Math.sin((2 * Math.PI * hz * n) / 48_000);
          const { left } = collectStereo(48_000 * 12, (n) => run([x(n), x(n)], 0.6, 0.2));
          // The level in pieces of 50 ms, after 4 seconds, and what of it swings faster than once a second.
          const levels = Float64Array.from({ length: 160 }, (_, i) =>
            rootMeanSquare(left.subarray(192_000 + i * 2400, 192_000 + (i + 1) * 2400)),
          );
          const average = levels.reduce((a, b) => a + b, 0) / 160;
          const spectrum = Array.from({ length: 80 }, (_, k) => {
            const window = (i: number) => 1 - Math.cos((2 * Math.PI * i) / 160);
            const part = (f: (angle: number) => number) =>
              levels.reduce((sum, y, i) => sum + window(i) * (y - average) * f((2 * Math.PI * k * i) / 160), 0) / 160;
            return 2 * Math.hypot(part(Math.cos), part(Math.sin));
          });
          const fast = Math.max(...spectrum.slice(9 + 2));
          expect(fast / average).toBeLessThan(0.02);
        }
      });
    });
  });

  describe('hallReverb', () => {
    it.each(rates)('lasts as long as it is told at 500 Hz, and waits, at %i Hz', (rate) => {
      atRate(rate, () => {
        for (const [seconds, damp, preDelay] of [
          [3, 0.3, 0.02],
          [1.5, 0.8, 0.1],
          [2, 0, 0],
        ]) {
          const run = hallReverb();
          const { left, right } = impulseOf(1.3 * seconds, rate, (x) => run(x, seconds, damp, preDelay), [1, 0.5]);
          const first = Math.min(...[left, right].map((side) => side.findIndex((y) => y !== 0)));
          expect(first).toBe(Math.round(preDelay * rate));
          for (const side of [left, right]) {
            const t60 = decayTime(octaveBand(side, 500, rate), rate);
            expect(Math.abs(t60 / seconds - 1), `${t60} for ${seconds}, damp ${damp}`).toBeLessThan(0.1);
          }
        }
      });
    });

    it('loses treble sooner with damping', () => {
      atRate(48_000, () => {
        const run = hallReverb();
        const { left } = impulseOf(4, 48_000, (x) => run(x, 3, 0.6));
        expect(decayTime(octaveBand(left, 6000, 48_000), 48_000)).toBeLessThan(1.5);
      });
    });
  });

  describe('springReverb', () => {
    it.each(rates)('sends the treble of an echo later than the bass, at %i Hz', (rate) => {
      atRate(rate, () => {
        const run = springReverb();
        const heard = collect(Math.round(0.09 * rate), (n) => run(n === 0 ? 1 : 0, 0, 0.3));
        /** Where the energy of a band has its centre, in seconds, in the first chirp. */
        const arrival = (hz: number) => {
          const band = octaveBand(heard.subarray(0, Math.round(0.045 * rate)), hz, rate);
          return band.reduce((sum, y, n) => sum + y * y * n, 0) / energy(band) / rate;
        };
        expect(arrival(3800) - arrival(500)).toBeGreaterThan(0.005);
      });
    });

    it('rings longer with more decay', () => {
      atRate(48_000, () => {
        const times = [0.1, 0.9].map((decay) => {
          const run = springReverb();
          return decayTime(
            collect(240_000, (n) => run(n === 0 ? 1 : 0, decay)),
            48_000,
          );
        });
        expect(times[0]).toBeGreaterThan(0.1);
        expect(times[1]).toBeGreaterThan(2 * times[0]);
      });
    });
  });

  describe('shimmer', () => {
    it.each(rates)('is bounded at an amount of 0.9, and has an octave above, at %i Hz', (rate) => {
      atRate(rate, () => {
        const run = shimmer();
        const hz = 500;
        const { left, right } = collectStereo(3 * rate, (n) => {
          const x = 0.5 * Math.sin((2 * Math.PI * hz * n) / rate);
          return run([x, x], 5, 0.9);
        });
        expect(Math.max(peak(left), peak(right))).toBeLessThan(20);
        const lines = lineSpectrum(left.subarray(left.length - 65_536), rate);
        const own = strongestLine(lines, 0.9 * hz, 1.1 * hz);
        const above = strongestLine(lines, 1.9 * hz, 2.1 * hz);
        expect(decibels(above.amplitude / own.amplitude)).toBeGreaterThan(-40);
        const still = shimmer();
        const plain = collectStereo(2 * rate, (n) => {
          const x = 0.5 * Math.sin((2 * Math.PI * hz * n) / rate);
          return still([x, x], 2, 0);
        });
        const none = lineSpectrum(plain.left.subarray(plain.left.length - 16_384), rate);
        expect(decibels(strongestLine(none, 1.9 * hz, 2.1 * hz).amplitude)).toBeLessThan(-80);
      });
    });

    // No interval moves an offset, so in the loop it would only grow: it is taken out there.
    it.each(rates)('keeps no offset longer than its room does, at %i Hz', (rate) => {
      atRate(rate, () => {
        const offset = (amount: number, semitones: number) => {
          const run = shimmer();
          const { left } = collectStereo(2.5 * rate, (n) => {
            const x = n < rate / 2 ? 0.3 : 0;
            return run([x, x], 4, amount, semitones);
          });
          const last = left.subarray(2 * rate);
          return Math.abs(last.reduce((sum, x) => sum + x, 0) / last.length);
        };
        const room = offset(0, 12);
        for (const semitones of [12, -12]) expect(offset(0.9, semitones)).toBeLessThan(1.2 * room + 0.001);
      });
    });
  });

  describe('binaural', () => {
    it.each(rates)('is as late at the far ear as a head is wide, and darker, at %i Hz', (rate) => {
      atRate(rate, () => {
        for (const azimuth of [90, -90, 450]) {
          const place = binaural();
          const { left, right } = collectStereo(4000, (n) => place(n === 0 ? 1 : 0, azimuth));
          const [near, far] = azimuth === -90 ? [left, right] : [right, left];
          // Phase delay at 300 Hz is more than the path alone, since the shadow delays bass: the paths themselves differ by
          // the group delay at high frequencies, here taken from the centres of the impulses' beginnings.
          const arrival = (side: Float64Array) => {
            const top = peak(side);
            const at = side.findIndex((y) => Math.abs(y) === top);
            const [a, b, c] = [-1, 0, 1].map((k) => Math.abs(side[at + k] ?? 0));
            return (at + (a - c) / (2 * (a - 2 * b + c))) / rate;
          };
          const itd = arrival(far) - arrival(near);
          expect(itd).toBeGreaterThan(0.0006 - 0.5 / rate);
          expect(itd).toBeLessThan(0.00075 + 0.5 / rate);
          const high = Math.min(8000, rate / 4);
          expect(responseAt(near, high, rate).db - responseAt(far, high, rate).db).toBeGreaterThan(8);
          expect(Math.abs(responseAt(near, 50, rate).db - responseAt(far, 50, rate).db)).toBeLessThan(1);
        }
      });
    });

    it('gives both ears the same from ahead and from behind', () => {
      atRate(48_000, () => {
        for (const azimuth of [0, 180, -180, 360]) {
          const place = binaural();
          const random = uniform(SEED);
          for (let n = 0; n < 500; n++) {
            const [l, r] = place(random(), azimuth);
            expect(l).toBe(r);
          }
        }
      });
    });
  });
}
