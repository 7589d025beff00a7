/** The filters of the library with their parameters' ranges, for `torture`. */

import { highshelf, lowshelf, peaking, tilt } from '../../../library/dsp/filters/equaliser.ts';
import { allpass1, biquad, dcBlock, fir, highpass1, lowpass1 } from '../../../library/dsp/filters/firstOrder.ts';
import { diodeLadder, moogLadder } from '../../../library/dsp/filters/ladders.ts';
import { hilbert, vowelFilter } from '../../../library/dsp/filters/phase.ts';
import { allpassComb, combFilter, resonator } from '../../../library/dsp/filters/resonant.ts';
import { allpass, bandpass, highpass, lowpass, notch, svf } from '../../../library/dsp/filters/secondOrder.ts';
import { butterHighpass, butterLowpass, crossover, crossover3 } from '../../../library/dsp/filters/steep.ts';
import type { Draw, Subject } from '../stability.ts';

const anyHz = (draw: Draw): number => draw(0, sampleRate / 2);

type WithQ = () => (x: number, hz: number, q: number) => number;
const withQ = (name: string, factory: WithQ, bound: number): Subject => ({
  name,
  bound,
  make: () => {
    const filter = factory();
    return (x, draw) => filter(x, anyHz(draw), draw(0.05, 1000));
  },
});

type WithHz = () => (x: number, hz: number) => number | readonly number[];
const withHz = (name: string, factory: WithHz, bound: number): Subject => ({
  name,
  bound,
  make: () => {
    const filter = factory();
    return (x, draw) => filter(x, anyHz(draw));
  },
});

type WithGain = () => (x: number, hz: number, gain: number, q: number) => number;
const withGain = (name: string, factory: WithGain, bound: number): Subject => ({
  name,
  bound,
  make: () => {
    const filter = factory();
    return (x, draw) => filter(x, anyHz(draw), draw(0.01, 100), draw(0.05, 1000));
  },
});

/**
 * The bounds are those of a filter whose cutoff jumps to and fro: up to tan(0.49·π) = 32 times the signal is in the state of
 * a one-pole at the highest cutoff, and comes out where that falls.
 */
export const filterSubjects: readonly Subject[] = [
  withQ('lowpass', lowpass, 2000),
  withQ('highpass', highpass, 2000),
  withQ('bandpass', bandpass, 2000),
  withQ('notch', notch, 2000),
  withQ('allpass', allpass, 4000),
  {
    name: 'svf',
    bound: 4000,
    make: () => {
      const filter = svf();
      return (x, draw) => Object.values(filter(x, anyHz(draw), draw(0.05, 1000)));
    },
  },
  withGain('peaking', peaking, 20_000),
  withGain('lowshelf', lowshelf, 200_000),
  withGain('highshelf', highshelf, 200_000),
  {
    name: 'tilt',
    bound: 4000,
    make: () => {
      const filter = tilt();
      return (x, draw) => filter(x, draw(0.01, 100), anyHz(draw));
    },
  },
  withHz('lowpass1', lowpass1, 35),
  withHz('highpass1', highpass1, 35),
  withHz('allpass1', allpass1, 70),
  withHz('dcBlock', dcBlock, 35),
  {
    name: 'biquad',
    bound: 40,
    make: () => {
      const filter = biquad();
      return (x, draw) => filter(x, draw(-1, 1), draw(-1, 1), draw(-1, 1), draw(-0.3, 0.3), draw(-0.3, 0.3));
    },
  },
  {
    name: 'fir',
    bound: 1,
    make: () => {
      const filter = fir([0.25, -0.5, 0.25]);
      return (x) => filter(x);
    },
  },
  withHz('butterLowpass', () => butterLowpass(12), 500),
  withHz('butterLowpass of odd order', () => butterLowpass(5), 500),
  withHz('butterHighpass', () => butterHighpass(12), 500),
  withHz('butterHighpass of odd order', () => butterHighpass(5), 500),
  withHz('crossover', crossover, 200),
  {
    name: 'crossover3',
    bound: 500,
    make: () => {
      const split = crossover3();
      return (x, draw) => split(x, anyHz(draw), anyHz(draw));
    },
  },
  {
    name: 'moogLadder',
    bound: 50,
    make: () => {
      const filter = moogLadder();
      return (x, draw) => filter(x, anyHz(draw), draw(0, 1.2), draw(0, 1));
    },
  },
  {
    name: 'moogLadder, silent below 1',
    bound: 50,
    make: () => {
      const filter = moogLadder();
      return (x, draw) => filter(x, anyHz(draw), draw(0, 0.8), draw(0, 1));
    },
  },
  {
    name: 'diodeLadder',
    bound: 100,
    make: () => {
      const filter = diodeLadder();
      return (x, draw) => filter(x, anyHz(draw), draw(0, 1.2));
    },
  },
  {
    name: 'resonator',
    bound: 3000,
    tailSeconds: 1,
    make: () => {
      const ring = resonator();
      return (x, draw) => ring(x, anyHz(draw), draw(0, 0.1));
    },
  },
  {
    name: 'combFilter',
    bound: 100_001,
    make: () => {
      const comb = combFilter(0.01);
      return (x, draw) => comb(x, draw(0, 0.01), draw(-0.9999, 0.9999));
    },
  },
  {
    name: 'allpassComb',
    bound: 200_001,
    make: () => {
      const comb = allpassComb(0.01);
      return (x, draw) => comb(x, draw(0, 0.01), draw(-0.9999, 0.9999));
    },
  },
  {
    name: 'hilbert',
    bound: 10,
    make: () => {
      const pair = hilbert();
      return (x) => pair(x);
    },
  },
  {
    name: 'vowelFilter',
    bound: 30,
    make: () => {
      const mouth = vowelFilter();
      return (x, draw) => mouth(x, draw(0, 4), draw(0.25, 4));
    },
  },
];
