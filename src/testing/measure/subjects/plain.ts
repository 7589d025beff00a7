/** The parts of the library that are neither effect nor sound: maths, mixing, notes, sequences, clocks, voices; for `torture`. */

import { fft } from '../../../library/dsp/analysis/fft.ts';
import { compressorGain } from '../../../library/dsp/dynamics/compressor.ts';
import { poly, polyStereo } from '../../../library/dsp/host/poly.ts';
import {
  clamp,
  explin,
  fold,
  frac,
  lerp,
  linexp,
  linlin,
  mod,
  roundTo,
  smoothstep,
  wrap,
} from '../../../library/dsp/maths/range.ts';
import { cubic, readTable } from '../../../library/dsp/maths/tables.ts';
import { crossfade, crossfadePower, db, toDb } from '../../../library/dsp/mixing/levels.ts';
import {
  addStereo,
  balance,
  fromMidSide,
  gainStereo,
  midSide,
  pan2,
  stereoWidth,
  toMono,
} from '../../../library/dsp/mixing/stereo.ts';
import { barCount, beatCount } from '../../../library/dsp/scheduling/beats.ts';
import { stepClock } from '../../../library/dsp/scheduling/stepClock.ts';
import { centRatio, ftom, mtof, ratioSemi, semiRatio } from '../../../library/dsp/theory/pitch.ts';
import { degree, snapNote } from '../../../library/dsp/theory/scales.ts';
import { arpeggio, chance, choose, sequence } from '../../../library/dsp/theory/sequences.ts';
import type { Draw, Subject } from '../stability.ts';

type Process = (x: number, draw: Draw) => number | readonly number[];
const pure = (name: string, bound: number, process: Process): Subject => ({ name, bound, make: () => process });

const TABLE = [0, 1, -1, 0.5, -0.25];
const SCALE = [0, 2, 3, 7, 8];

const maths: readonly Subject[] = [
  pure('clamp', 1.2, (x, draw) => clamp(x, draw(-1, 0), draw(0, 1))),
  pure('wrap', 1.4, (x, draw) => wrap(2 * x, draw(-1, 0), draw(0, 1))),
  pure('fold', 1.4, (x, draw) => fold(2 * x, draw(-1, 0), draw(0, 1))),
  pure('lerp', 4, (x, draw) => lerp(x, draw(-1, 1), draw(0, 1))),
  pure('linlin', 12, (x, draw) => linlin(x, draw(-1, 1), draw(-1, 1), draw(0, 10), draw(0, 10))),
  pure('linexp', 5500, (x, draw) => linexp(x, draw(-1, 1), draw(-1, 1), draw(500, 5000), draw(500, 5000))),
  pure('explin', 2, (x, draw) => explin(x + 2, draw(0.5, 5), draw(0.5, 5), draw(-1, 1), draw(-1, 1))),
  pure('frac', 1, (x, draw) => frac(x + draw(-1e6, 1e6))),
  pure('mod', 9, (x, draw) => mod(x, draw(0.5, 8))),
  pure('roundTo', 3, (x, draw) => roundTo(x, draw(0, 1))),
  pure('smoothstep', 1, (x, draw) => smoothstep(x, draw(-1, 1), draw(-1, 1))),
  pure('cubic', 10, (x, draw) => cubic(x, draw(-1, 1), draw(-1, 1), -x, draw(0, 1))),
  pure('readTable', 1, (_, draw) => readTable(TABLE, draw(-10, 10))),
];

const mixing: readonly Subject[] = [
  pure('db', 1e4, (_, draw) => db(draw(-100, 60))),
  // Silence is −Infinity, as it has to be.
  pure('toDb', 1e4, (x, draw) => Math.max(toDb(x * draw(0, 1)), -1000)),
  pure('crossfade', 1.3, (x, draw) => crossfade(x, draw(-1, 1), draw(0, 1))),
  pure('crossfadePower', 2.3, (x, draw) => crossfadePower(x, draw(-1, 1), draw(0, 1))),
  pure('pan2', 1.01, (x, draw) => pan2(x, draw(-1, 1))),
  pure('balance', 1, (x, draw) => balance([x, -x], draw(-1, 1))),
  pure('stereoWidth', 2.3, (x, draw) => stereoWidth([x, -x], draw(0, 2))),
  pure('midSide', 1.2, (x, draw) => midSide([x, draw(-1, 1)])),
  pure('fromMidSide', 2.3, (x, draw) => fromMidSide([x, draw(-1, 1)])),
  pure('toMono', 1.2, (x, draw) => toMono([x, draw(-1, 1)])),
  pure('addStereo', 2.3, (x, draw) => addStereo([x, 0], [draw(-1, 1), x])),
  pure('gainStereo', 2.3, (x, draw) => gainStereo([x, -x], draw(0, 2))),
  pure('compressorGain', 1, (x, draw) => compressorGain(Math.abs(x), draw(0, 1), draw(1, 20), draw(1, 4))),
];

const theory: readonly Subject[] = [
  pure('mtof', 40_000, (_, draw) => mtof(draw(0, 127), draw(415, 466))),
  pure('ftom', 1000, (_, draw) => ftom(Math.abs(draw(1, 20_000)) + 1, draw(415, 466))),
  pure('semiRatio', 100, (_, draw) => semiRatio(draw(-60, 60))),
  pure('ratioSemi', 1000, (_, draw) => ratioSemi(Math.abs(draw(0.01, 100)) + 0.01)),
  pure('centRatio', 100, (_, draw) => centRatio(draw(-4800, 4800))),
  pure('degree', 400, (_, draw) => degree(draw(-40, 40), SCALE, draw(0, 127))),
  pure('snapNote', 200, (_, draw) => snapNote(draw(0, 127), SCALE, draw(0, 11))),
  {
    name: 'sequence',
    bound: 1,
    make: () => {
      const step = sequence(TABLE);
      return (x, draw) => step(x, draw(-1, 1));
    },
  },
  { name: 'arpeggio', bound: 100, make: () => arpeggio([60, 64, 67], 'random', 2) },
  { name: 'choose', bound: 1, make: () => choose(TABLE) },
  {
    name: 'chance',
    bound: 1,
    make: () => {
      const maybe = chance(1);
      return (x, draw) => maybe(x, draw(0, 1));
    },
  },
];

const time: readonly Subject[] = [
  pure('beatCount', 1e9, (_, draw) => beatCount(draw(20, 400), draw(0, 4))),
  pure('barCount', 1e9, (_, draw) => barCount(draw(20, 400), draw(1, 16))),
  {
    name: 'stepClock',
    bound: 1e9,
    make: () => {
      const clock = stepClock(4, 0.5);
      return (_, draw) => clock(draw(0, 10_000));
    },
  },
];

/** Notes that come and go as the signal does, far more of them than there are voices. */
const voices: readonly Subject[] = [
  {
    name: 'poly',
    bound: 4.4,
    make: () => {
      const { next, on, off } = poly(
        4,
        () =>
          ({ gate, velocity }) =>
            gate * velocity,
        { midi: false },
      );
      return (x, draw) => {
        const note = Math.round(draw(0, 127));
        if (x > 0) on(note, draw(0, 1));
        else off(note);
        return next();
      };
    },
  },
  {
    name: 'polyStereo',
    bound: 4.4,
    make: () => {
      const { next, on, allOff } = polyStereo(
        4,
        () =>
          ({ gate, velocity }) => [gate * velocity, -gate],
        {
          midi: false,
        },
      );
      return (x, draw) => {
        if (x > 0) on(Math.round(draw(0, 127)), draw(0, 1));
        else if (x < -0.9) allOff();
        return next();
      };
    },
  },
];

const transform: Subject = {
  name: 'fft',
  bound: 20,
  // A NaN is in the buffer until that is filled again.
  recoverySeconds: 0.002,
  make: () => {
    const { forward, inverse } = fft(16);
    const [re, im] = [new Float64Array(16), new Float64Array(16)];
    let n = 0;
    return (x) => {
      if (n === 16) {
        forward(re, im);
        const energy = re.reduce((sum, value, k) => sum + value * value + im[k] * im[k], 0);
        if (energy > 16 * 16 * 1.001) throw new Error(`more energy than Parseval allows: ${energy}`);
        inverse(re, im);
        im.fill(0);
        n = 0;
      }
      const old = re[n];
      re[n++] = x;
      return old;
    };
  },
};

export const plainSubjects: readonly Subject[] = [...maths, ...mixing, ...theory, ...time, ...voices, transform];
