/** Everything of this folder under any modulation and signal: finite, bounded, recovers from NaN. Compiled, too. */
import { it } from 'vitest';
import { RATES } from '../../../testing/measure/rates.ts';
import { expectSameAsJavaScript } from '../../../testing/measure/sameAsJavaScript.ts';
import { torture } from '../../../testing/measure/stability.ts';
import { dynamicsSubjects } from '../../../testing/measure/subjects/dynamics.ts';

const SEED = 4321;
const FRAMES = 1500;

it.each(dynamicsSubjects)(`$name stays finite and recovers, seed ${SEED}`, (subject) =>
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
