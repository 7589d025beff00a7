/** The drums of the library with their parameters' ranges, for `torture`. The signal strikes them. */

import { cowbell, handClap, hiHat } from '../../../library/dsp/drums/metal.ts';
import { kick808, kickDrum, tomDrum } from '../../../library/dsp/drums/skins.ts';
import { snare808, snareDrum } from '../../../library/dsp/drums/snares.ts';
import type { Draw, Subject } from '../stability.ts';

type Drum = (trig: number, draw: Draw) => number;
const subject = (name: string, make: () => Drum): Subject => ({
  name,
  // Struck again and again before they have faded, they add up.
  bound: 40,
  tailSeconds: 0.5,
  make,
});
const anyHz = (draw: Draw): number => draw(0, sampleRate / 2);
const time = (draw: Draw): number => draw(0, 0.1);

export const drumSubjects: readonly Subject[] = [
  subject('kickDrum', () =>
    (
      (drum) => (x, draw) =>
        drum(x, anyHz(draw), time(draw), draw(0, 1))
    )(kickDrum()),
  ),
  subject('kick808', () =>
    (
      (drum) => (x, draw) =>
        drum(x, anyHz(draw), time(draw), draw(0, 1))
    )(kick808()),
  ),
  subject('snareDrum', () =>
    (
      (drum) => (x, draw) =>
        drum(x, anyHz(draw), time(draw), draw(0, 1))
    )(snareDrum()),
  ),
  subject('snare808', () =>
    (
      (drum) => (x, draw) =>
        drum(x, anyHz(draw), time(draw), draw(0, 1))
    )(snare808()),
  ),
  subject('hiHat', () =>
    (
      (drum) => (x, draw) =>
        drum(x, time(draw), draw(0, 1))
    )(hiHat()),
  ),
  subject('handClap', () =>
    (
      (drum) => (x, draw) =>
        drum(x, time(draw), draw(0, 1))
    )(handClap()),
  ),
  subject('tomDrum', () =>
    (
      (drum) => (x, draw) =>
        drum(x, anyHz(draw), time(draw))
    )(tomDrum()),
  ),
  subject('cowbell', () =>
    (
      (drum) => (x, draw) =>
        drum(x, anyHz(draw), time(draw))
    )(cowbell()),
  ),
];
