/** The reverberating functions of the library that run per frame, with their parameters' ranges, for `torture`. */

import { binaural } from '../../../library/dsp/space/binaural.ts';
import { convolver } from '../../../library/dsp/space/convolver.ts';
import { fdnReverb, shimmer } from '../../../library/dsp/space/fdn.ts';
import { freeverb } from '../../../library/dsp/space/freeverb.ts';
import { hallReverb } from '../../../library/dsp/space/hall.ts';
import { plateReverb } from '../../../library/dsp/space/plate.ts';
import { springReverb } from '../../../library/dsp/space/spring.ts';
import { type Subject, uniform } from '../stability.ts';

export const spaceSubjects: readonly Subject[] = [
  {
    name: 'freeverb',
    bound: 100,
    make: () => {
      const run = freeverb();
      return (x, draw) => run([x, x], draw(0, 1), draw(0, 1), draw(0, 1));
    },
  },
  {
    name: 'fdnReverb',
    bound: 100,
    make: () => {
      const run = fdnReverb(0.2);
      return (x, draw) => run([x, -x], draw(0, 100), draw(0, 1));
    },
  },
  {
    name: 'plateReverb',
    bound: 100,
    make: () => {
      const run = plateReverb();
      return (x, draw) => run([x, x], draw(0, 0.98), draw(0, 1), draw(0, 1));
    },
  },
  {
    name: 'hallReverb',
    bound: 100,
    make: () => {
      const run = hallReverb();
      return (x, draw) => run([x, x], draw(0, 100), draw(0, 1), draw(0, 0.5));
    },
  },
  {
    name: 'springReverb',
    bound: 100,
    make: () => {
      const run = springReverb();
      return (x, draw) => run(x, draw(0, 1), draw(0, 1));
    },
  },
  {
    name: 'shimmer',
    bound: 100,
    make: () => {
      const run = shimmer();
      return (x, draw) => run([x, x], draw(0, 100), draw(0, 1), draw(-24, 24));
    },
  },
  {
    name: 'convolver',
    bound: 100,
    make: () => {
      const random = uniform(808);
      return convolver(Float64Array.from({ length: 1500 }, () => 0.1 * random() - 0.05));
    },
  },
  {
    name: 'binaural',
    bound: 6,
    make: () => {
      const place = binaural();
      return (x, draw) => place(x, draw(-180, 180));
    },
  },
];
