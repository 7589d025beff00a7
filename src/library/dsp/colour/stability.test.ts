/** Everything of this folder under any modulation and signal: finite, bounded, recovers from NaN. Compiled, too. */
import { it } from 'vitest';
import { RATES } from '../../../testing/measure/rates.ts';
import { expectSameAsJavaScript } from '../../../testing/measure/sameAsJavaScript.ts';
import { type Subject, torture } from '../../../testing/measure/stability.ts';
import { bitCrush, chebyshev, hardClip, rateReduce, saturate, shaper, sineFold, softClip } from './clip.ts';
import { adaaClip, adaaTanh, overdrive, tube } from './drive.ts';
import { oversample } from './oversample.ts';

const SEED = 2025;
const FRAMES = 1500;

const SUBJECTS: readonly Subject[] = [
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

it.each(SUBJECTS)(`$name stays finite and recovers, seed ${SEED}`, (subject) =>
  torture({ tailSeconds: 0.05, ...subject }, SEED, FRAMES, RATES),
);

it('equals itself as JavaScript', () =>
  expectSameAsJavaScript(`
    const reduce = rateReduce(), bend = shaper([-1, -0.3, 0.4, 1]), add = chebyshev(new Float32Array([0.5, 0.2, 0.1]))
    const dirt = overdrive(), warm = tube(), smooth = adaaTanh(), clipped = adaaClip()
    const twice = oversample(2, (x, p) => softClip(x * p)), eight = oversample(8, (x) => x * x * x)
    export default (t) => {
      const x = 1.5 * Math.sin(2 * Math.PI * 2200 * t)
      return [
        hardClip(x, 0.7) + softClip(x) + saturate(x, 2 + t) + sineFold(x, 30 * t) + bitCrush(x, 4 + 40 * t) + reduce(x, 9000 * t),
        bend(x) + add(x) + dirt(x, 10 * t, 8 * t) + warm(x, 30 * t, t) + smooth(x, 50 * t) + clipped(x, 50 * t) + twice(x, 2) + eight(x),
      ]
    }`));
