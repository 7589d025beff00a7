/** The colouring functions of the library that run per frame, with their parameters' ranges, for `torture`. */

import {
  bitCrush,
  chebyshev,
  hardClip,
  rateReduce,
  saturate,
  shaper,
  sineFold,
  softClip,
} from '../../../library/dsp/colour/clip.ts';
import { adaaClip, adaaTanh, overdrive, tube } from '../../../library/dsp/colour/drive.ts';
import { oversample } from '../../../library/dsp/colour/oversample.ts';
import type { Subject } from '../stability.ts';

export const colourSubjects: readonly Subject[] = [
  { name: 'hardClip', bound: 1.2, make: () => (x, draw) => hardClip(x, draw(0, 1)) },
  { name: 'softClip', bound: 1, make: () => (x) => softClip(2 * x) },
  { name: 'saturate', bound: 2, make: () => (x, draw) => saturate(x, draw(0, 20)) },
  { name: 'sineFold', bound: 1, make: () => (x, draw) => sineFold(x, draw(0, 20)) },
  { name: 'bitCrush', bound: 2, make: () => (x, draw) => bitCrush(x, draw(1, 32)) },
  {
    name: 'rateReduce',
    bound: 1,
    recoverySeconds: 0.1,
    make: () => {
      const reduce = rateReduce();
      return (x, draw) => reduce(x, draw(10, 96_000));
    },
  },
  { name: 'shaper', bound: 1, make: () => shaper([-1, 1, 0.5]) },
  { name: 'chebyshev', bound: 2, make: () => chebyshev([1, 0.5, 0.25]) },
  {
    name: 'overdrive',
    bound: 1,
    make: () => {
      const dirt = overdrive();
      return (x, draw) => dirt(x, draw(0, 1), draw(0, 1));
    },
  },
  {
    name: 'tube',
    bound: 5,
    make: () => {
      const warm = tube();
      return (x, draw) => warm(x, draw(0, 100), draw(-2, 2));
    },
  },
  {
    name: 'adaaTanh',
    bound: 1 + 1e-9,
    make: () => {
      const bent = adaaTanh();
      return (x, draw) => bent(x, draw(0, 100));
    },
  },
  {
    name: 'adaaClip',
    bound: 1 + 1e-9,
    make: () => {
      const bent = adaaClip();
      return (x, draw) => bent(x, draw(0, 100));
    },
  },
  {
    name: 'oversample',
    bound: 2,
    make: () => {
      const run = oversample(4, (x, p) => Math.tanh(p * x));
      return (x, draw) => run(x, draw(0, 10));
    },
  },
];
