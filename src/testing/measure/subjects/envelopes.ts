/** Envelopes and control functions of the library with their parameters' ranges, for `torture`. */

import { adsr, asr, decayEnv, perc } from '../../../library/dsp/envelopes/adsr.ts';
import { breakpoints, expRamp, linRamp } from '../../../library/dsp/envelopes/ramps.ts';
import { follow, glide, lag, slew, smooth } from '../../../library/dsp/envelopes/smoothing.ts';
import { counter, edge, flipFlop, sampleHold, stopwatch, trigHold } from '../../../library/dsp/envelopes/triggers.ts';
import type { Draw, Subject } from '../stability.ts';

type Control = (x: number, draw: Draw) => number;
const subject = (name: string, bound: number, make: () => Control): Subject => ({ name, bound, make });
const time = (draw: Draw): number => draw(0, 0.1);

export const envelopeSubjects: readonly Subject[] = [
  subject('adsr', 1, () =>
    (
      (env) => (x, draw) =>
        env(x, time(draw), time(draw), draw(0, 1), time(draw))
    )(adsr()),
  ),
  subject('asr', 1, () =>
    (
      (env) => (x, draw) =>
        env(x, time(draw), time(draw))
    )(asr()),
  ),
  subject('perc', 1, () =>
    (
      (env) => (x, draw) =>
        env(x, time(draw), time(draw))
    )(perc()),
  ),
  subject('decayEnv', 1, () =>
    (
      (env) => (x, draw) =>
        env(x, time(draw))
    )(decayEnv()),
  ),
  subject('breakpoints', 1, () => breakpoints([0, 1, -1, 0.5], [0.001, 0, 0.002], 3)),
  subject('linRamp', 3, () => linRamp(-1, 3, 0.01)),
  subject('expRamp', 3, () => expRamp(0.1, 3, 0.01)),
  subject('lag', 1, () =>
    (
      (ease) => (x, draw) =>
        ease(x, time(draw))
    )(lag()),
  ),
  subject('smooth', 1, () =>
    (
      (ease) => (x, draw) =>
        ease(x, time(draw))
    )(smooth()),
  ),
  subject('slew', 1, () =>
    (
      (ease) => (x, draw) =>
        ease(x, draw(0, 1000), draw(0, 1000))
    )(slew()),
  ),
  subject('glide', 1001, () =>
    (
      (bend) => (x, draw) =>
        bend(500 + 500 * x, time(draw))
    )(glide()),
  ),
  subject('follow', 1, () =>
    (
      (level) => (x, draw) =>
        level(x, time(draw), time(draw))
    )(follow()),
  ),
  subject('sampleHold', 1, () =>
    (
      (hold) => (x, draw) =>
        hold(x, draw(-1, 1))
    )(sampleHold()),
  ),
  subject('edge', 1, () => edge()),
  subject('trigHold', 1, () =>
    (
      (hold) => (x, draw) =>
        hold(x, time(draw))
    )(trigHold()),
  ),
  subject('flipFlop', 1, () => flipFlop()),
  subject('counter', 1e6, () =>
    (
      (count) => (x, draw) =>
        count(x, draw(1, 8), draw(-1, 1))
    )(counter()),
  ),
  subject('stopwatch', 1000, () =>
    (
      (age) => (x) =>
        Math.min(999, age(x))
    )(stopwatch()),
  ),
];
