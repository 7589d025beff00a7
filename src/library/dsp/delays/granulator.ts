/** A cloud of grains. Patch language. */

import { drawer } from '../internal/chance.ts';
import { bounded, clampOr } from '../internal/guard.ts';
import { makeLine, readLine, roomFrames } from '../internal/line.ts';
import { sineTurns } from '../internal/turns.ts';
import type { Stereo } from '../types.ts';

/**
 * Plays short pieces of what came in, many at a time, each from another moment and at another place.
 * @param maxSeconds what is remembered, up to 60
 * @param grains how many sound at once at most, 1…64
 * @param seed the same seed gives the same cloud; 0 takes one by chance
 * @param x signal
 * @param density grains a second, 0…1000
 * @param size length of a grain in seconds, 0.002…1
 * @param semitones their pitch, −24…24
 * @param spread how far back they reach, in seconds
 * @param freeze a gate: while it is on nothing new is remembered
 * @returns both sides
 * Source: Roads 2001: Hann grains at even times and random places; SuperCollider GrainIn, DaisySP GranularPlayer.
 * @example
 * const cloud = granulator(2, 16, 1)
 * const osc = saw()
 * const env = perc()
 * const clock = impulse()
 * export default () => gainStereo(cloud(osc(220) * env(clock(2), 0.01, 0.5), 40, 0.08, 7, 0.4), 0.5)
 */
export function granulator(
  maxSeconds: number,
  grains = 16,
  seed = 0,
): (x: number, density?: number, size?: number, semitones?: number, spread?: number, freeze?: number) => Stereo {
  const count = Math.round(clampOr(grains, 1, 64, 16));
  const line = makeLine(roomFrames(maxSeconds) + 8);
  const mask = line.length - 1;
  const draw = drawer(seed);
  // For each grain: its place in the line and how far it goes in a frame, its phase 0…1 and how far that goes, and its levels.
  const places = new Float64Array(count);
  const speeds = new Float64Array(count);
  const phases = new Float64Array(count).fill(1);
  const steps = new Float64Array(count);
  const lefts = new Float64Array(count);
  const rights = new Float64Array(count);
  let at = 0;
  let clock = 1;

  const start = (size: number, semitones: number, spread: number, density: number) => {
    let free = -1;
    for (let i = 0; i < count; i++) free = phases[i] >= 1 ? i : free;
    const back = draw();
    const side = draw();
    if (free < 0) return;
    const ratio = 2 ** (semitones / 12);
    const frames = Math.min(Math.max(size * sampleRate, 2), (mask - 16) / (1 + ratio));
    // Far enough back not to run into what is not there yet, even if nothing new comes; and not further than is remembered.
    const least = frames * ratio + 4;
    const delay = Math.min(least + back * spread * sampleRate, mask - 8 - frames);
    places[free] = at - Math.max(delay, least);
    speeds[free] = ratio;
    phases[free] = 0;
    steps[free] = 1 / frames;
    // As loud as x for grains that have nothing to do with each other; the mean square of a Hann grain is 3/8.
    const level = 1 / Math.sqrt(Math.max(0.375 * Math.min(density * size, count), 1));
    lefts[free] = level * Math.SQRT2 * Math.cos(0.5 * Math.PI * side);
    rights[free] = level * Math.SQRT2 * Math.sin(0.5 * Math.PI * side);
  };

  return (x, density = 30, size = 0.1, semitones = 0, spread = 0.2, freeze = 0) => {
    if (!(freeze > 0)) {
      at += 1;
      line[at & mask] = bounded(x);
    }
    const rate = clampOr(density, 0, 1000, 30);
    clock += rate / sampleRate;
    if (clock >= 1) {
      clock -= Math.floor(clock);
      start(clampOr(size, 0.002, 1, 0.1), clampOr(semitones, -24, 24, 0), clampOr(spread, 0, 60, 0.2), rate);
    }
    let left = 0;
    let right = 0;
    for (let i = 0; i < count; i++) {
      if (phases[i] < 1) {
        const whole = Math.floor(places[i]);
        // A delay between 1 and 2 frames from there: two samples on each side.
        const y = readLine(line, whole + 2, 2 - (places[i] - whole)) * (0.5 + 0.5 * sineTurns(phases[i] - 0.25));
        left += y * lefts[i];
        right += y * rights[i];
        places[i] += speeds[i];
        phases[i] += steps[i];
      }
    }
    return [left, right];
  };
}
