/** Delays with feedback. Patch language. */

import { bounded, clampOr, flushed, tauPole } from '../internal/guard.ts';
import { delayOf, makeLine, readLine, roomFrames } from '../internal/line.ts';
import { sineTurns, wrapTurns } from '../internal/turns.ts';
import type { Stereo } from '../types.ts';

/** In a loop, what is read has been written in an earlier frame, and lies between two samples on each side. */
const LEAST_FRAMES = 2;

/**
 * Echoes that repeat.
 * @param maxSeconds longest delay, up to 60
 * @param x signal
 * @param seconds time between echoes, from 2 frames to maxSeconds
 * @param feedback −0.9999…0.9999: each echo's level to the one before
 * @param damp 0…1: the pole of a lowpass in the loop, 0 leaves the echoes as bright as they are
 * @returns the echoes only
 * Source: a comb filter with a one-pole in its loop (Schroeder 1962, Moorer 1979); Faust `ef.echo`, Tone.js FeedbackDelay.
 * @example
 * const late = echo(0.5)
 * const snare = snareDrum()
 * const clock = impulse()
 * export default () => {
 *   const x = 0.5 * snare(clock(1))
 *   return x + 0.5 * late(x, 0.2, 0.6, 0.4)
 * }
 */
export function echo(maxSeconds: number): (x: number, seconds: number, feedback?: number, damp?: number) => number {
  const most = Math.max(roomFrames(maxSeconds), LEAST_FRAMES);
  const line = makeLine(most);
  const mask = line.length - 1;
  let at = 0;
  let damped = 0;
  return (x, seconds, feedback = 0.5, damp = 0) => {
    at = (at + 1) & mask;
    const y = readLine(line, at, delayOf(seconds, LEAST_FRAMES, most));
    damped = y + (damped - y) * clampOr(damp, 0, 1, 0);
    line[at] = bounded(x + clampOr(feedback, -0.9999, 0.9999, 0.5) * damped);
    return y;
  };
}

/**
 * Echoes from side to side.
 * @param maxSeconds longest delay, up to 60
 * @param x stereo signal
 * @param seconds time between echoes, from 2 frames to maxSeconds
 * @param feedback −0.9999…0.9999: each echo's level to the one before
 * @returns the echoes only: the first on the side it came from, the next on the other
 * Source: two crossed delays; Tone.js PingPongDelay.
 * @example
 * const late = pingPong(0.5)
 * const snare = snareDrum()
 * const clock = impulse()
 * export default () => {
 *   const x = 0.5 * snare(clock(1))
 *   return addStereo([x, x], late([x, 0], 0.15, 0.7))
 * }
 */
export function pingPong(maxSeconds: number): (x: Stereo, seconds: number, feedback?: number) => Stereo {
  const most = Math.max(roomFrames(maxSeconds), LEAST_FRAMES);
  const left = makeLine(most);
  const right = makeLine(most);
  const mask = left.length - 1;
  let at = 0;
  return ([l, r], seconds, feedback = 0.5) => {
    at = (at + 1) & mask;
    const frames = delayOf(seconds, LEAST_FRAMES, most);
    const again = clampOr(feedback, -0.9999, 0.9999, 0.5);
    const a = readLine(left, at, frames);
    const b = readLine(right, at, frames);
    left[at] = bounded(l + again * b);
    right[at] = bounded(r + again * a);
    return [a, b];
  };
}

/**
 * A tape echo: each repeat is darker and softer, time changes bend the pitch, and feedback above 1 builds up to a roar that stays
 * within ±1.
 * @param maxSeconds longest delay, up to 60
 * @param x signal
 * @param seconds time between echoes, up to maxSeconds; what is heard follows slowly
 * @param feedback 0…1.2
 * @param wow 0…1: how unevenly the tape runs
 * @returns the echoes only
 * Source: the Echoplex (Arnardottir, Abel and Smith 2008) in spirit: a moving read head, tanh, a lowpass and a highpass in the loop.
 * @example
 * const tape = tapeDelay(1)
 * const osc = saw()
 * const env = perc()
 * const clock = impulse()
 * export default (t) => {
 *   const x = 0.3 * osc(220) * env(clock(1), 0.002, 0.2)
 *   return x + tape(x, t % 4 < 2 ? 0.2 : 0.3, 0.7, 0.4)
 * }
 */
export function tapeDelay(maxSeconds: number): (x: number, seconds: number, feedback?: number, wow?: number) => number {
  const most = Math.max(roomFrames(maxSeconds), LEAST_FRAMES);
  // Room for the wow on both sides.
  const swing = 0.0015 * sampleRate;
  const line = makeLine(most + 2 * swing);
  const mask = line.length - 1;
  const treblePole = Math.exp((-2 * Math.PI * 3500) / sampleRate);
  const bassPole = Math.exp((-2 * Math.PI * 40) / sampleRate);
  const follow = 1 - tauPole(0.15);
  let at = 0;
  let place = -1;
  let slow = 0;
  let fast = 0;
  let treble = 0;
  let bass = 0;
  return (x, seconds, feedback = 0.5, wow = 0.2) => {
    at = (at + 1) & mask;
    const wanted = delayOf(seconds, LEAST_FRAMES, most);
    // The head moves at half the speed of the tape at most, so that the pitch bends by no more than that.
    const step = Math.min(Math.max((wanted - place) * follow, -0.5), 0.5);
    place = place < 0 ? wanted : place + step;
    slow = wrapTurns(slow + 0.7 / sampleRate);
    fast = wrapTurns(fast + 6.1 / sampleRate);
    const uneven = clampOr(wow, 0, 1, 0.2) * swing * (1 + 0.9 * sineTurns(slow) + 0.1 * sineTurns(fast));
    const y = readLine(line, at, place + uneven);
    treble = flushed(y + (treble - y) * treblePole);
    bass = flushed(treble + (bass - treble) * bassPole);
    const heard = treble - bass;
    line[at] = Math.tanh(bounded(x + clampOr(feedback, 0, 1.2, 0.5) * heard));
    return heard;
  };
}
