/** The instrument functions of the library that run per frame, with their parameters' ranges, for `torture`. */

import { churchBell, drumhead, marimba, modal } from '../../../library/dsp/physical/modes.ts';
import { ksString, pluck } from '../../../library/dsp/physical/strings.ts';
import { voiceTract } from '../../../library/dsp/physical/voice.ts';
import { bowedString, clarinet, flute } from '../../../library/dsp/physical/winds.ts';
import type { Subject } from '../stability.ts';

export const physicalSubjects: readonly Subject[] = [
  {
    name: 'pluck',
    bound: 1300,
    make: () => {
      const string = pluck(50, 1);
      return (x, draw) => string(x, draw(50, 4000), draw(0, 10), draw(0, 1), draw(0, 1));
    },
  },
  {
    name: 'ksString',
    bound: 1300,
    make: () => {
      const string = ksString(50);
      return (x, draw) => string(x, draw(50, 4000), draw(0, 10), draw(0, 1));
    },
  },
  {
    name: 'bowedString',
    bound: 2000,
    make: () => {
      const string = bowedString();
      return (x, draw) => string(x, draw(20, 4000), draw(0, 1), draw(0.02, 0.5));
    },
  },
  {
    name: 'flute',
    bound: 1000,
    make: () => {
      const pipe = flute();
      return (x, draw) => pipe(x, draw(20, 4000), draw(0, 1));
    },
  },
  {
    name: 'clarinet',
    bound: 2000,
    make: () => {
      const pipe = clarinet();
      return (x, draw) => pipe(x, draw(20, 4000), draw(0, 1));
    },
  },
  {
    name: 'modal',
    bound: 20_000,
    make: () => {
      const bank = modal([1, 2.7, 5.1], [1, 0.5, 0.2], [1, 0.5, 0.1]);
      return (x, draw) => bank(x, draw(20, 20_000), draw(0.01, 10));
    },
  },
  {
    name: 'marimba',
    bound: 100,
    make: () => {
      const bar = marimba();
      return (x, draw) => bar(x, draw(20, 4000), draw(0, 1));
    },
  },
  {
    name: 'churchBell',
    bound: 100,
    make: () => {
      const bell = churchBell();
      return (x, draw) => bell(x, draw(20, 4000), draw(0.1, 20));
    },
  },
  {
    name: 'drumhead',
    bound: 100,
    make: () => {
      const skin = drumhead();
      return (x, draw) => skin(x, draw(20, 4000), draw(0.1, 5), draw(0, 1));
    },
  },
  {
    name: 'voiceTract',
    bound: 200,
    make: () => {
      const voice = voiceTract();
      return (_, draw) => voice(draw(20, 4000), draw(0, 4), draw(0, 1));
    },
  },
];
