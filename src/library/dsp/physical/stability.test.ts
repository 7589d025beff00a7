/** Everything of this folder under any modulation and signal: finite, bounded, recovers from NaN. Compiled, too. */
import { it } from 'vitest';
import { expectSameAsJavaScript } from '../../../testing/measure/sameAsJavaScript.ts';
import { type Subject, torture } from '../../../testing/measure/stability.ts';
import { churchBell, drumhead, marimba, modal } from './modes.ts';
import { ksString, pluck } from './strings.ts';
import { voiceTract } from './voice.ts';
import { bowedString, clarinet, flute } from './winds.ts';

const SEED = 911;
const FRAMES = 1500;
const RATES = [22_050, 96_000];

const SUBJECTS: readonly Subject[] = [
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

it.each(SUBJECTS)(`$name stays finite and recovers, seed ${SEED}`, (subject) =>
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
