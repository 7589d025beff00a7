/** Everything of this folder under any modulation and signal: finite, bounded, recovers from NaN. Compiled, too. */
import { it } from 'vitest';
import { RATES } from '../../../testing/measure/rates.ts';
import { expectSameAsJavaScript } from '../../../testing/measure/sameAsJavaScript.ts';
import { torture } from '../../../testing/measure/stability.ts';
import { physicalSubjects } from '../../../testing/measure/subjects/physical.ts';

const SEED = 911;
const FRAMES = 800;

it.each(physicalSubjects)(`$name stays finite and recovers, seed ${SEED}`, (subject) =>
  torture({ tailSeconds: 0.05, ...subject }, SEED, FRAMES, RATES),
);

it('equals itself as JavaScript', () =>
  expectSameAsJavaScript(
    `
    const one = pluck(50, 3), two = ksString(60), bow = bowedString(), pipe = flute(), reed = clarinet()
    const bank = modal([1, 2.3, 4], new Float32Array([1, 0.5, 0.2]), [0.5, 0.2, 0.1]), bar = marimba(), bell = churchBell()
    const skin = drumhead(), voice = voiceTract()
    export default (t) => {
      const trig = currentFrame % 1500 === 20 ? 0.8 : 0
      return [
        one(trig, 220 + 500 * t, 2, 0.3, 0.2) + two(trig, 330, 2, 4 * t) + bow(0.5, 220 + 40 * t) + pipe(0.8, 440) + reed(0.8, 330, t),
        bank(trig, 440, 1 + t) + bar(trig, 330, 0.4) + bell(trig, 220, 3) + skin(trig, 110 + 90 * t, 0.5, 5 * t) + voice(150, 20 * t, 0.2),
      ]
    }`,
    5000,
  ));
