/** The analysing functions of the library that run per frame, with their parameters' ranges, for `torture`. */

import { goertzel, loudness, rms, zeroCrossings } from '../../../library/dsp/analysis/levels.ts';
import { onsetTrig } from '../../../library/dsp/analysis/onsets.ts';
import { pitchTrack } from '../../../library/dsp/analysis/pitchTrack.ts';
import { phaseVocoder, spectralFreeze } from '../../../library/dsp/analysis/spectralEffects.ts';
import { spectrum, stft } from '../../../library/dsp/analysis/stft.ts';
import { vocoder } from '../../../library/dsp/analysis/vocoder.ts';
import type { Subject } from '../stability.ts';

export const analysisSubjects: readonly Subject[] = [
  {
    name: 'spectrum',
    bound: 2,
    make: () => {
      const bins = spectrum(64);
      return (x) => [...bins(x)];
    },
  },
  { name: 'stft', bound: 3, make: () => stft(256, () => {}) },
  {
    name: 'spectralFreeze',
    bound: 5,
    make: () => {
      const hold = spectralFreeze(256);
      return (x, draw) => hold(x, draw(-1, 1));
    },
  },
  {
    name: 'phaseVocoder',
    bound: 20,
    make: () => {
      const shift = phaseVocoder(256);
      return (x, draw) => shift(x, draw(-24, 24));
    },
  },
  {
    name: 'vocoder',
    bound: 40,
    make: () => {
      const talk = vocoder(8);
      return (x, draw) => talk(x, x, draw(0, 1));
    },
  },
  { name: 'rms', bound: 1, make: () => rms(0.01) },
  {
    // −Infinity, which silence is, counts as −1000 here.
    name: 'loudness',
    bound: 1001,
    make: () => {
      const loud = loudness(0.01);
      return (x) => Math.max(loud([x, -x]), -1000);
    },
  },
  { name: 'zeroCrossings', bound: 48_000, make: () => zeroCrossings(0.01) },
  {
    name: 'goertzel',
    bound: 4,
    make: () => {
      const level = goertzel(100);
      return (x, draw) => level(x, draw(0, 24_000));
    },
  },
  { name: 'pitchTrack', bound: 24_000, make: () => pitchTrack(200, 2000) },
  {
    name: 'onsetTrig',
    bound: 1,
    make: () => {
      const onset = onsetTrig(64);
      return (x, draw) => onset(x, draw(0, 1));
    },
  },
];
