/** Everything of this folder under any modulation and signal: finite, bounded, recovers from NaN. Compiled, too. */
import { it } from 'vitest';
import { RATES } from '../../../testing/measure/rates.ts';
import { expectSameAsJavaScript } from '../../../testing/measure/sameAsJavaScript.ts';
import { type Subject, torture } from '../../../testing/measure/stability.ts';
import { delayFrames, delayLine, tapDelay } from './delayLines.ts';
import { echo, pingPong, tapeDelay } from './echoes.ts';
import { granulator } from './granulator.ts';
import { looper } from './looper.ts';
import { autoPan, chorus, flanger, phaser, ringMod, tremolo, vibrato } from './modulation.ts';
import { pitchShifter } from './pitchShifter.ts';
import { freqShifter, rotary } from './rotary.ts';

const SEED = 606;
const FRAMES = 1500;
/** Where a NaN waits in a delay until it is read. */
const LONGEST = 0.02;

const SUBJECTS: readonly Subject[] = [
  {
    name: 'delayLine',
    bound: 1.7,
    recoverySeconds: LONGEST + 0.001,
    make: () => {
      const late = delayLine(LONGEST);
      return (x, draw) => late(x, draw(0, LONGEST));
    },
  },
  {
    name: 'delayFrames',
    bound: 1,
    recoverySeconds: LONGEST,
    make: () => {
      const late = delayFrames(400);
      return (x, draw) => late(x, draw(0, 400));
    },
  },
  {
    name: 'tapDelay',
    bound: 1.7,
    recoverySeconds: LONGEST + 0.001,
    make: () => {
      const taps = tapDelay(LONGEST);
      return (x, draw) => [taps.write(x), taps.read(draw(0, LONGEST)), taps.read(draw(0, LONGEST))];
    },
  },
  {
    name: 'echo',
    tailSeconds: 0.2,
    bound: 1300,
    make: () => {
      const late = echo(LONGEST);
      return (x, draw) => late(x, draw(0, LONGEST), draw(-1, 1), draw(0, 1));
    },
  },
  {
    name: 'pingPong',
    tailSeconds: 0.2,
    bound: 1300,
    make: () => {
      const late = pingPong(LONGEST);
      return (x, draw) => late([x, -x], draw(0, LONGEST), draw(-1, 1));
    },
  },
  {
    name: 'tapeDelay',
    tailSeconds: 0.2,
    bound: 2,
    make: () => {
      const tape = tapeDelay(LONGEST);
      return (x, draw) => tape(x, draw(0, LONGEST), draw(0, 1.2), draw(0, 1));
    },
  },
  {
    name: 'chorus',
    bound: 1.1,
    recoverySeconds: 0.02,
    make: () => {
      const wide = chorus();
      return (x, draw) => wide(x, draw(0, 20), draw(0, 1), draw(0, 1));
    },
  },
  {
    name: 'flanger',
    tailSeconds: 0.2,
    bound: 1300,
    make: () => {
      const sweep = flanger();
      return (x, draw) => sweep(x, draw(0, 20), draw(0, 1), draw(-1, 1));
    },
  },
  {
    name: 'phaser',
    tailSeconds: 0.2,
    bound: 3000,
    make: () => {
      const sweep = phaser(12);
      return (x, draw) => sweep(x, draw(0, 1000), draw(0, 1), draw(-1, 1));
    },
  },
  {
    name: 'vibrato',
    bound: 1.3,
    recoverySeconds: 0.15,
    make: () => {
      const wave = vibrato();
      return (x, draw) => wave(x, draw(0.1, 20), draw(0, 12));
    },
  },
  {
    name: 'tremolo',
    bound: 1,
    make: () => {
      const swell = tremolo();
      return (x, draw) => swell(x, draw(0, 1000), draw(0, 1));
    },
  },
  {
    name: 'autoPan',
    bound: 1,
    make: () => {
      const around = autoPan();
      return (x, draw) => around(x, draw(0, 1000), draw(0, 1));
    },
  },
  {
    name: 'ringMod',
    bound: 1.001,
    make: () => {
      const ring = ringMod();
      return (x, draw) => ring(x, draw(-24_000, 24_000), draw(0, 1));
    },
  },
  {
    name: 'pitchShifter',
    bound: 2.5,
    make: () => {
      const shift = pitchShifter(0.02);
      return (x, draw) => shift(x, draw(-24, 24));
    },
  },
  {
    name: 'freqShifter',
    bound: 4,
    make: () => {
      const shift = freqShifter();
      return (x, draw) => shift(x, draw(-24_000, 24_000));
    },
  },
  {
    name: 'rotary',
    bound: 4,
    make: () => {
      const leslie = rotary();
      return (x, draw) => leslie(x, draw(0, 1));
    },
  },
  {
    name: 'granulator',
    bound: 10,
    make: () => {
      const cloud = granulator(0.1, 8, 1);
      return (x, draw) => cloud(x, draw(0, 1000), draw(0.002, 0.1), draw(-24, 24), draw(0, 0.2), draw(-1, 1));
    },
  },
  {
    name: 'looper',
    bound: 1000,
    make: () => {
      const loop = looper(0.01);
      return (x, draw) => loop(x, draw(-1, 1), draw(-1, 5), draw(-5, 1));
    },
  },
];

it.each(SUBJECTS)(`$name stays finite and recovers, seed ${SEED}`, (subject) =>
  torture({ tailSeconds: 0.05, ...subject }, SEED, FRAMES, RATES),
);

const sound = 'const tone = (t) => Math.sin(2 * Math.PI * 220 * t) * (t % 0.02 < 0.01 ? 1 : 0.1)';

it('delays equal themselves as JavaScript', () =>
  expectSameAsJavaScript(`${sound}
    const late = delayLine(0.05), whole = delayFrames(500), taps = tapDelay(0.05), again = echo(0.05), sides = pingPong(0.02)
    const tape = tapeDelay(0.05), loop = looper(0.03), cloud = granulator(0.2, 8, 5), shift = pitchShifter(0.02)
    export default (t) => {
      const x = tone(t)
      taps.write(x)
      const [l, r] = sides([x, -0.5 * x], 0.004 + 0.1 * t, 0.7)
      const [a, b] = cloud(x, 200, 0.02, 5, 0.05, t > 0.06)
      return [
        late(x, 0.3 * t) + whole(x, 6000 * t) + taps.read(0.01) + taps.read(0.3 * t) + l + a,
        again(x, 0.01, 0.7, 0.3) + tape(x, 0.03, 0.8, 0.5) + loop(x, t < 0.02) + shift(x, 30 * Math.sin(40 * t)) + r + b,
      ]
    }`));

it('modulations equal themselves as JavaScript', () =>
  expectSameAsJavaScript(`${sound}
    const wide = chorus(), sweep = flanger(), phase = phaser(8), wave = vibrato(), swell = tremolo(), around = autoPan(), ring = ringMod()
    const shift = freqShifter(), leslie = rotary()
    export default (t) => {
      const x = tone(t)
      const [l, r] = wide(x, 3, 0.6, 0.4)
      const [a, b] = around(x, 9, 0.8)
      const [c, d] = leslie(x, 9 * t)
      return [c + shift(x, 900 * t) + l + sweep(x, 5, 0.8, 0.6) + phase(x, 8, 0.8, 0.4) + a, d + r + wave(x, 6, 0.5) + swell(x, 9, 0.7) + ring(x, 300 - 9000 * t, 0.8) + b]
    }`));
