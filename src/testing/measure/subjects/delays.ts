/** The delaying functions of the library that run per frame, with their parameters' ranges, for `torture`. */

import { delayFrames, delayLine, tapDelay } from '../../../library/dsp/delays/delayLines.ts';
import { echo, pingPong, tapeDelay } from '../../../library/dsp/delays/echoes.ts';
import { granulator } from '../../../library/dsp/delays/granulator.ts';
import { looper } from '../../../library/dsp/delays/looper.ts';
import { autoPan, chorus, flanger, phaser, ringMod, tremolo, vibrato } from '../../../library/dsp/delays/modulation.ts';
import { pitchShifter } from '../../../library/dsp/delays/pitchShifter.ts';
import { freqShifter, rotary } from '../../../library/dsp/delays/rotary.ts';
import type { Subject } from '../stability.ts';

/** Where a NaN waits in a delay until it is read. */
const LONGEST = 0.02;

export const delaySubjects: readonly Subject[] = [
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
