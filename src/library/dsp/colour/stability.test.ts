/** Everything of this folder under any modulation and signal: finite, bounded, recovers from NaN. Compiled, too. */
import { it } from 'vitest';
import { RATES } from '../../../testing/measure/rates.ts';
import { expectSameAsJavaScript } from '../../../testing/measure/sameAsJavaScript.ts';
import { torture } from '../../../testing/measure/stability.ts';
import { colourSubjects } from '../../../testing/measure/subjects/colour.ts';

const SEED = 2025;
const FRAMES = 1500;

it.each(colourSubjects)(`$name stays finite and recovers, seed ${SEED}`, (subject) =>
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
