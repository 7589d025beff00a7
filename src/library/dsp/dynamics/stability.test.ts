/** Everything of this folder under any modulation and signal: finite, bounded, recovers from NaN. Compiled, too. */
import { it } from 'vitest';
import { RATES } from '../../../testing/measure/rates.ts';
import { expectSameAsJavaScript } from '../../../testing/measure/sameAsJavaScript.ts';
import { type Subject, torture } from '../../../testing/measure/stability.ts';
import { compressor, compressorStereo, expander, noiseGate } from './compressor.ts';
import { limiter, limiterStereo } from './limiter.ts';
import { ducker, transientShaper } from './sideChain.ts';

const SEED = 4321;
const FRAMES = 1500;

const SUBJECTS: readonly Subject[] = [
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

it.each(SUBJECTS)(`$name stays finite and recovers, seed ${SEED}`, (subject) =>
  torture({ tailSeconds: 0.05, ...subject }, SEED, FRAMES, RATES),
);

it('equals itself as JavaScript', () =>
  expectSameAsJavaScript(`
    const squeeze = compressor(), pair = compressorStereo(), expand = expander(), gate = noiseGate()
    const limit = limiter(0.003), limitPair = limiterStereo(), duck = ducker(), shape = transientShaper()
    export default (t) => {
      const x = Math.sin(2 * Math.PI * 220 * t) * (1 + 3 * (currentFrame % 900 < 200))
      const [l, r] = pair([x, 0.3 * x], 0.2, 5, 0.001, 0.02, 2)
      const [a, b] = limitPair([x, 2 * x], 0.5, 0.01)
      return [
        squeeze(x, 0.1 + t, 2 + 20 * t, 0.002, 0.01, 1 + t) + expand(x, 0.5, 3) + gate(x, 0.9, 0.001, 0.002, 0.01) + l + a,
        limit(x, 0.4, 0.01 + t) + duck(x, x, 0.8) + shape(x, 2, 0.5) + r + b + compressorGain(Math.abs(x), 0.2, 3, 1.5),
      ]
    }`));
