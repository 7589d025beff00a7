/** Shifting all frequencies alike, and a cabinet that turns. Patch language. */

import { hilbert } from '../filters/phase.ts';
import { crossover } from '../filters/steep.ts';
import { clampOr, flushed, tauPole } from '../internal/guard.ts';
import { makeLine, readLine } from '../internal/line.ts';
import { sineTurns, wrapTurns } from '../internal/turns.ts';
import type { Stereo } from '../types.ts';

/**
 * Shifts all frequencies by the same number of Hz, so that harmonics are none any more.
 * @param x signal
 * @param hz by how much; below 0 downwards
 * @returns a sine of f becomes one of f + hz
 * Source: Weaver 1956, Bode 1961: single-sideband modulation by `hilbert` and a pair of sines; SuperCollider FreqShift.
 * @example
 * const shift = freqShifter()
 * const osc = triangle()
 * export default (t) => 0.4 * shift(osc(220), 80 * Math.sin(t))
 */
export function freqShifter(): (x: number, hz: number) => number {
  const split = hilbert();
  let phase = 0;
  return (x, hz) => {
    const [re, im] = split(flushed(x));
    const y = re * sineTurns(phase + 0.25) - im * sineTurns(phase);
    phase = wrapTurns(phase + clampOr(hz, -sampleRate / 2, sampleRate / 2, 0) / sampleRate);
    return y;
  };
}

/** Where the ears are, in turns from straight ahead to both sides. */
const EAR_TURNS = 0.19;

/** Makes good for what two moving halves lose where they overlap, and interpolation in the treble. */
const KEPT = 1.06;

/** A horn or a drum on its way round: nearer and louder on one side, then on the other. */
function rotor(
  slowHz: number,
  fastHz: number,
  inertiaTau: number,
  radiusSeconds: number,
  beam: number,
): (x: number, speed: number) => Stereo {
  const swing = radiusSeconds * sampleRate;
  const line = makeLine(Math.ceil(2 * swing) + 4);
  const mask = line.length - 1;
  const follow = 1 - tauPole(inertiaTau);
  // The power of 1 + beam·cos, all the way round.
  const level = KEPT / Math.sqrt(1 + (beam * beam) / 2);
  let at = 0;
  let hz = -1;
  let phase = 0;
  return (x, speed) => {
    at = (at + 1) & mask;
    line[at] = x;
    const wanted = slowHz + (fastHz - slowHz) * speed;
    hz = hz < 0 ? wanted : hz + (wanted - hz) * follow;
    phase = wrapTurns(phase + hz / sampleRate);
    const left = sineTurns(phase + EAR_TURNS);
    const right = sineTurns(phase - EAR_TURNS);
    return [
      level * (1 + beam * left) * readLine(line, at, 1 + swing * (1 - left)),
      level * (1 + beam * right) * readLine(line, at, 1 + swing * (1 - right)),
    ];
  };
}

/**
 * A cabinet with a horn and a drum that turn, as organs have it.
 * @param x signal
 * @param speed 0 slow (0.8 Hz) … 1 fast (6.7 Hz); it takes its time to get there
 * @returns what two ears hear of it
 * Source: Smith, Serafin, Abel and Berners 2002: crossover at 800 Hz, and for the horn and the drum Doppler shift and level.
 * @example
 * const leslie = rotary()
 * const organ = harmonics([0.5, 0.4, 0.3, 0.2, 0, 0.1])
 * export default (t) => leslie(0.3 * organ(220), t % 6 > 2 ? 1 : 0)
 */
export function rotary(): (x: number, speed?: number) => Stereo {
  const split = crossover();
  const horn = rotor(0.8, 6.7, 0.5, 0.00053, 0.55);
  const drum = rotor(0.7, 5.8, 1.5, 0.0003, 0.3);
  return (x, speed = 0) => {
    const turning = clampOr(speed, 0, 1, 0);
    const [low, high] = split(flushed(x), 800);
    const [a, b] = horn(high, turning);
    const [c, d] = drum(low, turning);
    return [a + c, b + d];
  };
}
