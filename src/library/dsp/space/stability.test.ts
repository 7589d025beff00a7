/** Everything of this folder under any modulation and signal: finite, bounded, recovers from NaN. Compiled, too. */
import { it } from 'vitest';
import { atRate, RATES } from '../../../testing/measure/rates.ts';
import { expectSameAsJavaScript } from '../../../testing/measure/sameAsJavaScript.ts';
import { torture } from '../../../testing/measure/stability.ts';
import { spaceSubjects } from '../../../testing/measure/subjects/space.ts';
import { fdnReverb } from './fdn.ts';
import { freeverb } from './freeverb.ts';
import { hallReverb } from './hall.ts';
import { plateReverb } from './plate.ts';
import { springReverb } from './spring.ts';

const SEED = 808;
const FRAMES = 700;
const RATE = 22_050;

it.each(spaceSubjects)(`$name stays finite and recovers, seed ${SEED}`, (subject) =>
  torture({ tailSeconds: 0.05, ...subject }, SEED, FRAMES, RATES),
);

/** What falls by the same part forever would end in denormals; here a tail is listened to until nothing is left. */
it.each(['freeverb', 'fdnReverb', 'plateReverb', 'hallReverb', 'springReverb'])('%s ends in silence', (name) => {
  const runs: Readonly<Record<string, () => (x: number) => number>> = {
    freeverb: () => {
      const run = freeverb();
      return (x) => run([x, x], 0, 0.5)[0];
    },
    fdnReverb: () => {
      const run = fdnReverb(0.2);
      return (x) => run([x, x], 0.1, 0.3)[0];
    },
    plateReverb: () => {
      const run = plateReverb();
      return (x) => run([x, x], 0.1, 0.5)[0];
    },
    hallReverb: () => {
      const run = hallReverb();
      return (x) => run([x, x], 0.3, 0.3)[0];
    },
    springReverb: () => {
      const run = springReverb();
      return (x) => run(x, 0);
    },
  };
  atRate(RATE, () => {
    const run = runs[name]();
    run(1);
    let last = 0;
    for (let n = 0; n < RATE * 12; n++) {
      const y = run(0);
      if (y !== 0) last = n;
      if (y !== 0 && Math.abs(y) < 1e-100) throw new Error(`${y} in frame ${n}`);
    }
    if (last === 0 || last > RATE * 11.5) throw new Error(`the last sound was in frame ${last}`);
  });
});

const sound = 'const tone = (t) => (currentFrame % 1500 < 40 ? Math.sin(2 * Math.PI * 900 * t) : 0)';

it('reverberators equal themselves as JavaScript', () =>
  expectSameAsJavaScript(
    `${sound}
    const one = freeverb(), two = fdnReverb(0.3), three = plateReverb(), four = hallReverb(), five = springReverb(), six = shimmer()
    export default (t) => {
      const x = [tone(t), -0.5 * tone(t)]
      return addStereo(one(x, 0.7, 0.3, 0.8), two(x, 1 + t, 0.3), three(x, 0.7, t, 0.8), four(x, 2, 0.3, 0.001),
        [five(x[0], 0.8, t), 0], six(x, 3, 0.8, 7))
    }`,
    6000,
  ));

it('convolver and binaural equal themselves as JavaScript', () =>
  expectSameAsJavaScript(
    `${sound}
    const room = convolver(Array.from({ length: 1400 }, (_, n) => Math.sin(n * n) * 0.99 ** n))
    const place = binaural()
    export default (t) => place(room(tone(t)), 3000 * t)`,
    6000,
  ));
