/** The oscillators of the library with their parameters' ranges, for `torture`. They take no signal. */

import { impulse, lfPulse, lfSaw, lfTri } from '../../../library/dsp/oscillators/shapes.ts';
import { harmonics, phasor, quadSine, sine } from '../../../library/dsp/oscillators/sines.ts';
import { superSaw } from '../../../library/dsp/oscillators/superSaw.ts';
import { syncSaw } from '../../../library/dsp/oscillators/syncSaw.ts';
import { dsfOsc, fmPair, formantOsc } from '../../../library/dsp/oscillators/synthesis.ts';
import { pulse, saw, square, triangle, wavetable } from '../../../library/dsp/oscillators/tables.ts';
import type { Draw, Subject } from '../stability.ts';

const anyHz = (draw: Draw): number => draw(-sampleRate / 2, sampleRate / 2);

type Oscillator = (hz: number, draw: Draw) => number | readonly number[];
const subject = (name: string, bound: number, make: () => Oscillator): Subject => ({
  name,
  bound,
  make: () => {
    const play = make();
    return (_, draw) => play(anyHz(draw), draw);
  },
});

export const oscillatorSubjects: readonly Subject[] = [
  subject('phasor', 1, () =>
    (
      (play) => (hz, draw) =>
        play(hz, draw(-1, 1))
    )(phasor()),
  ),
  subject('sine', 1, () =>
    (
      (play) => (hz, draw) =>
        play(hz, draw(-1, 1))
    )(sine()),
  ),
  subject('quadSine', 1, () => quadSine()),
  subject('saw', 1.3, () => saw()),
  subject('square', 1.3, () => square()),
  subject('triangle', 1.01, () => triangle()),
  // A jump of 2 without its high harmonics overshoots to (2/π)·Si(π) = 1.179 (Gibbs), and a pulse is the difference of two.
  subject('pulse', 2.36, () =>
    (
      (play) => (hz, draw) =>
        play(hz, draw(0.01, 0.99))
    )(pulse()),
  ),
  subject('superSaw', 4, () =>
    (
      (play) => (hz, draw) =>
        play(hz, draw(0, 1), draw(0, 1))
    )(superSaw(7, 1)),
  ),
  // Restarted again and again before its jumps have faded, it may reach further.
  subject('syncSaw', 4, () =>
    (
      (play) => (hz, draw) =>
        play(hz, anyHz(draw))
    )(syncSaw()),
  ),
  subject('impulse', 1, () => impulse()),
  subject('lfSaw', 1, () => lfSaw()),
  subject('lfTri', 1, () => lfTri()),
  subject('lfPulse', 1, () =>
    (
      (play) => (hz, draw) =>
        play(hz, draw(0, 1))
    )(lfPulse()),
  ),
  subject('wavetable', 2, () => wavetable([0, 1, 0.5, -1, 0, 1, 0, -1, 0, 1, 1, 1, -1, -1, -1, -0.5])),
  subject('harmonics', 2, () => harmonics([1, 0.5, 0.3])),
  subject('dsfOsc', 100, () =>
    (
      (play) => (hz, draw) =>
        play(hz, draw(0, 0.99), draw(0, 10))
    )(dsfOsc()),
  ),
  subject('fmPair', 1, () =>
    (
      (play) => (hz, draw) =>
        play(hz, draw(0, 10), draw(0, 20), draw(0, 1))
    )(fmPair()),
  ),
  subject('formantOsc', 1, () =>
    (
      (play) => (hz, draw) =>
        play(hz, anyHz(draw), draw(0, 1))
    )(formantOsc()),
  ),
];
