/** The noises of the library with their parameters' ranges, for `torture`. They take no signal. */

import {
  blueNoise,
  brownNoise,
  gaussNoise,
  pinkNoise,
  violetNoise,
  whiteNoise,
} from '../../../library/dsp/noise/colours.ts';
import { dust, lfsrNoise, lorenzOsc, velvetNoise } from '../../../library/dsp/noise/events.ts';
import { lfNoise0, lfNoise1, lfNoise2 } from '../../../library/dsp/noise/slow.ts';
import type { Subject } from '../stability.ts';

type Noise = (hz: number) => number | readonly number[];
/** Driven from `lowest` to `highest` times the sample rate. */
const subject = (name: string, bound: number, lowest: number, highest: number, make: () => Noise): Subject => ({
  name,
  bound,
  make: () => {
    const play = make();
    return (_, draw) => play(draw(lowest * sampleRate, highest * sampleRate));
  },
});

export const noiseSubjects: readonly Subject[] = [
  subject('whiteNoise', 1, 0, 1, () => whiteNoise(1)),
  subject('pinkNoise', 2, 0, 1, () => pinkNoise(1)),
  subject('brownNoise', 2, 0, 1, () => brownNoise(1)),
  subject('blueNoise', 2, 0, 1, () => blueNoise(1)),
  subject('violetNoise', 1, 0, 1, () => violetNoise(1)),
  subject('gaussNoise', 10, 0, 1, () => gaussNoise(1)),
  subject('velvetNoise', 1, -1, 1, () => velvetNoise(1)),
  subject('dust', 1, -1, 1, () => dust(1)),
  subject('lfNoise0', 1, -1, 1, () => lfNoise0(1)),
  subject('lfNoise1', 1, -1, 1, () => lfNoise1(1)),
  subject('lfNoise2', 1.25, -1, 1, () => lfNoise2(1)),
  subject('lfsrNoise', 1, 0, 64, () => lfsrNoise(7)),
  subject('lorenzOsc', 1.2, 0, 0.02, () => lorenzOsc()),
];
