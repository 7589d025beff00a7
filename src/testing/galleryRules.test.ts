/** That the rules of the gallery measure what they say. */
import { expect, it } from 'vitest';
import { declares, longestSilence, loudnessOf, meanOf, numberOf, peakOf } from './galleryRules.ts';

const tone = (frames: number, sampleRate: number, amplitude: number) =>
  Float64Array.from({ length: frames }, (_, n) => amplitude * Math.sin((2 * Math.PI * 997 * n) / sampleRate));

it.each([44_100, 48_000, 96_000])('measures loudness as ITU-R BS.1770 does, at %d Hz', (sampleRate) => {
  const silence = new Float64Array(2 * sampleRate);
  const left = tone(2 * sampleRate, sampleRate, 1);
  // What the recommendation says of a full-scale sine of 997 Hz in one channel.
  expect(Math.abs(loudnessOf({ left, right: silence }, sampleRate) + 3.01)).toBeLessThan(0.05);
  // Silence before it is left out by the gate, but for the blocks that have a part of both.
  const late = new Float64Array(20 * sampleRate);
  late.set(left, 18 * sampleRate);
  expect(Math.abs(loudnessOf({ left: late, right: new Float64Array(late.length) }, sampleRate) + 3.01)).toBeLessThan(
    0.5,
  );
});

it('finds peaks, means and silences', () => {
  const left = [0, 0.5, 0, 0, 0, -0.75, 0, 0];
  const right = [0, 0, 0, 0.0005, 0, 0, 0, 0.25];
  expect(peakOf({ left, right })).toBe(0.75);
  expect(peakOf({ left: [Number.NaN, 1], right: [0, 0] })).toBeNaN();
  expect(meanOf({ left, right })).toBeCloseTo(0.2505 / 8, 12);
  expect(longestSilence({ left, right }, 0.001)).toBe(3);
  expect(longestSilence({ left, right }, 0)).toBe(1);
});

it('reads what a patch declares', () => {
  const text = "const gain = 0.5 // loud\nconst notes = [1]\nfunction walk() {}\nconst cut = slider('cutoff', 3)";
  expect(['gain', 'notes', 'walk', 'cutoff', 'ai', 'g.in', 'rest'].map((name) => declares(text, name))).toEqual([
    ...[true, true, true, true],
    ...[false, false, false],
  ]);
  expect(['gain', 'notes', 'walk'].map((name) => numberOf(text, name))).toEqual([0.5, null, null]);
});
