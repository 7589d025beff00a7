/** The dynamics functions of the library that run per frame, with their parameters' ranges, for `torture`. */

import { compressor, compressorStereo, expander, noiseGate } from '../../../library/dsp/dynamics/compressor.ts';
import { limiter, limiterStereo } from '../../../library/dsp/dynamics/limiter.ts';
import { ducker, transientShaper } from '../../../library/dsp/dynamics/sideChain.ts';
import type { Subject } from '../stability.ts';

export const dynamicsSubjects: readonly Subject[] = [
  {
    name: 'compressor',
    bound: 1,
    make: () => {
      const squeeze = compressor();
      return (x, draw) => squeeze(x, draw(0, 1), draw(1, 20), draw(0, 0.1), draw(0, 1), draw(1, 4));
    },
  },
  {
    name: 'compressorStereo',
    bound: 1,
    make: () => {
      const squeeze = compressorStereo();
      return (x, draw) => squeeze([x, 0.5 * x], draw(0, 1), draw(1, 20), draw(0, 0.1), draw(0, 1), draw(1, 4));
    },
  },
  {
    name: 'expander',
    bound: 1,
    make: () => {
      const expand = expander();
      return (x, draw) => expand(x, draw(0, 1), draw(1, 20), draw(0, 0.1), draw(0, 1));
    },
  },
  {
    name: 'noiseGate',
    tailSeconds: 0.2,
    bound: 1,
    make: () => {
      const gate = noiseGate();
      return (x, draw) => gate(x, draw(0, 1), draw(0, 0.1), draw(0, 0.1), draw(0, 1));
    },
  },
  {
    name: 'limiter',
    bound: 1.2,
    make: () => {
      const limit = limiter();
      return (x, draw) => limit(x, draw(0, 1), draw(0, 1));
    },
  },
  {
    name: 'limiterStereo',
    bound: 1.2,
    make: () => {
      const limit = limiterStereo();
      return (x, draw) => limit([x, -x], draw(0, 1), draw(0, 1));
    },
  },
  {
    name: 'ducker',
    tailSeconds: 0.2,
    bound: 1,
    make: () => {
      const duck = ducker();
      return (x, draw) => duck(x, draw(-1, 1), draw(0, 1), draw(0, 0.1), draw(0, 1));
    },
  },
  {
    name: 'transientShaper',
    tailSeconds: 0.2,
    bound: 20,
    make: () => {
      const shape = transientShaper();
      return (x, draw) => shape(x, draw(0, 4), draw(0, 4));
    },
  },
];
