/**
 * Drives a function of the library with everything it may be given: audio-rate modulation of each parameter over its range
 * and 10 % beyond, silence, impulses, full-scale noise, a constant, one NaN in the signal and one in each parameter.
 * It must stay finite and bounded, recover from NaN, and leave no denormals behind.
 */

import { atRate, setFrame } from './rates.ts';

/** A parameter's value for this frame, from its range `low`…`high` and 10 % beyond. */
export type Draw = (low: number, high: number) => number;

export interface Subject {
  readonly name: string;
  /** Makes an instance; the closure is called once a frame with the signal and gives what the function gives. */
  readonly make: () => (x: number, draw: Draw) => number | readonly number[];
  /** The largest output for signals within −1…1. */
  readonly bound: number;
  /** How long after a NaN the output must be finite again; 0 seconds if not given: from the next frame on. */
  readonly recoverySeconds?: number;
  /** How long it is listened to after the signal has ended; 0.2 seconds if not given. */
  readonly tailSeconds?: number;
}

export const uniform = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const SIGNALS: Readonly<Record<string, (n: number, random: () => number) => number>> = {
  silence: () => 0,
  impulses: (n) => (n % 97 === 0 ? 1 : 0),
  noise: (_, random) => 2 * random() - 1,
  constant: () => 1,
  'one NaN': (n, random) => (n === NAN_FRAME ? Number.NaN : 2 * random() - 1),
};
const NAN_FRAME = 500;
/** Bounds are those of exact arithmetic; the functions round. */
const ROUNDED = 1 + 2 ** -50;

type Modulation = (n: number, parameter: number, random: () => number) => number;

/** Places in the range, 0…1 and 0.1 beyond; NaN once. */
const MODULATIONS: Readonly<Record<string, Modulation>> = {
  'by noise': (_n, _parameter, random) => -0.1 + 1.2 * random(),
  'by squares': (n, parameter) => ((n >> (2 + (parameter % 3))) & 1 ? 1.1 : -0.1),
  'by sines': (n, parameter) => 0.5 - 0.6 * Math.cos((n * (parameter + 3)) / 17),
  'with one NaN each': (n, parameter) => (n === NAN_FRAME + 1 + 7 * parameter ? Number.NaN : 0.5),
};

const TAIL_AFTER = 'by noise';

/** What `run` gives while Math.random is the generator of this seed: instances that take a seed by chance take the same. */
export function withSeed<Result>(seed: number, run: () => Result): Result {
  const before = Math.random;
  Math.random = uniform(seed);
  try {
    return run();
  } finally {
    Math.random = before;
  }
}

/** The smallest number that is safely normal; what is smaller and not 0 is on its way to the denormals. */
const SMALLEST = 1e-300;

/** Throws with the seed where something is wrong. `frames` of each signal under each modulation, at each rate. */
export function torture(subject: Subject, seed: number, frames: number, rates: readonly number[]): void {
  for (const rate of rates) {
    for (const [signalName, signal] of Object.entries(SIGNALS)) {
      for (const [modulationName, modulation] of Object.entries(MODULATIONS)) {
        const at = `${subject.name}, seed ${seed}, ${rate} Hz, ${signalName}, modulated ${modulationName}`;
        // One tail for each signal tells how its sound ends.
        const seconds = modulationName === TAIL_AFTER ? (subject.tailSeconds ?? 0.2) : 0;
        const tail = Math.round(seconds * rate);
        withSeed(seed, () =>
          atRate(rate, () => run(subject, { at, rate, frames, tail, signal, modulation, random: uniform(seed) })),
        );
      }
    }
  }
}

/** The modulations at audio rate, each for so many frames, again and again: 0.7 s at 48 kHz, which divides no second. */
const TURN_FRAMES = 33_333;

/** The same for long runs: `frames` of each signal, while the modulations take turns. */
export function endure(subject: Subject, seed: number, frames: number, rate: number): void {
  const kinds = Object.values(MODULATIONS);
  const modulation: Modulation = (n, parameter, random) =>
    kinds[Math.floor(n / TURN_FRAMES) % kinds.length]!(n, parameter, random);
  for (const [signalName, signal] of Object.entries(SIGNALS)) {
    const at = `${subject.name}, seed ${seed}, ${rate} Hz, ${signalName}, modulations in turns`;
    const tail = Math.round((subject.tailSeconds ?? 0.2) * rate);
    withSeed(seed, () =>
      atRate(rate, () => run(subject, { at, rate, frames, tail, signal, modulation, random: uniform(seed) })),
    );
  }
}

const RECOVERED_SECONDS = 0.06;

/**
 * Throws where a NaN in the signal or in a parameter leaves an instance that is finite but dead, as a phase that is NaN
 * leaves a metronome: what moves without the NaN has to move as far some time after it, within a factor of ten.
 */
export function reviveAfterNaN(subject: Subject, seed: number, rate: number): void {
  const { recoverySeconds = 0 } = subject;
  const before = Math.round(recoverySeconds * rate) + 600;
  const frames = before + Math.round(RECOVERED_SECONDS * rate);
  const travel = (isHurt: boolean): number =>
    withSeed(seed, () =>
      atRate(rate, () => {
        const next = subject.make();
        const random = uniform(seed);
        let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
        for (let n = 0; n < frames; n++) {
          setFrame(n);
          let parameter = 0;
          const draw: Draw = (low, high) => {
            const place = isHurt && n === NAN_FRAME + 1 + 7 * parameter ? Number.NaN : 0.6;
            parameter++;
            return low + place * (high - low);
          };
          const x = 2 * random() - 1;
          const result = next(isHurt && n === NAN_FRAME ? Number.NaN : x, draw);
          if (n < before) continue;
          const y = typeof result === 'number' ? result : result.reduce((sum, value) => sum + value, 0);
          least = Math.min(least, y);
          most = Math.max(most, y);
        }
        return most - least;
      }),
    );
  const [whole, hurt] = [travel(false), travel(true)];
  if (!(hurt >= 0.1 * whole))
    throw new Error(`${subject.name}, seed ${seed}: moves by ${hurt} after a NaN, not ${whole}`);
}

interface Run {
  readonly at: string;
  readonly rate: number;
  readonly frames: number;
  readonly tail: number;
  readonly signal: (n: number, random: () => number) => number;
  readonly modulation: Modulation;
  readonly random: () => number;
}

function run(subject: Subject, { at, rate, frames, tail, signal, modulation, random }: Run): void {
  const next = subject.make();
  const recovery = Math.round((subject.recoverySeconds ?? 0) * rate);
  let excusedUntil = -1;
  // One closure for all frames, which are millions.
  let [frame, parameter, isPlaying, isExcused] = [0, 0, true, false];
  const draw: Draw = (low, high) => {
    const place = isPlaying ? modulation(frame, parameter++, random) : 0.5;
    if (Number.isNaN(place)) isExcused = true;
    return low + place * (high - low);
  };
  const check = (y: number): void => {
    // Two comparisons let through nearly all.
    if (y === 0) return;
    const size = Math.abs(y);
    if (size >= SMALLEST && size <= subject.bound * ROUNDED && size < Number.POSITIVE_INFINITY) return;
    if (!Number.isFinite(y)) {
      if (frame > excusedUntil) throw new Error(`${at}: ${y} in frame ${frame}`);
    } else if (size > subject.bound * ROUNDED) {
      throw new Error(`${at}: ${y} in frame ${frame}, beyond ${subject.bound}`);
    } else {
      throw new Error(`${at}: ${y} in frame ${frame} is as good as a denormal`);
    }
  };
  for (frame = 0; frame < frames + tail; frame++) {
    setFrame(frame);
    isPlaying = frame < frames;
    parameter = 0;
    const x = isPlaying ? signal(frame, random) : 0;
    isExcused = Number.isNaN(x);
    const result = next(x, draw);
    if (isExcused) excusedUntil = Math.max(excusedUntil, frame + recovery);
    if (typeof result === 'number') check(result);
    else for (let n = 0; n < result.length; n++) check(result[n]);
  }
}
