/** Plucked strings. Patch language. */

import { drawer } from '../internal/chance.ts';
import { bounded, clampOr, fallPole, flushed } from '../internal/guard.ts';
import { makeLine, readLine } from '../internal/line.ts';
import { onePoleDelay, onePoleGain, onePoleOf } from '../internal/loopFilter.ts';

/** The lowest pitch that a string has room for. */
const lowestOf = (lowestHz: number) => clampOr(lowestHz, 1, sampleRate / 8, 20);

/** A loop as long as a period: a delay between frames, a lowpass, and a gain that makes the fundamental last as long as it is to. */
function stringLoop(lowest: number): (x: number, hz: number, decay: number, damp: number) => number {
  const line = makeLine(Math.ceil(sampleRate / lowest) + 4);
  const mask = line.length - 1;
  let at = 0;
  let filtered = 0;
  let pole = 0;
  let gain = 0;
  let frames = 4;
  let lastHz = -1;
  let lastDecay = -1;
  let lastDamp = -1;
  return (x, hz, decay, damp) => {
    if (hz !== lastHz || decay !== lastDecay || damp !== lastDamp) {
      lastHz = hz;
      lastDecay = decay;
      lastDamp = damp;
      // As bright at every sample rate.
      pole = damp > 0 ? onePoleOf(3000 / damp) : 0;
      frames = sampleRate / hz - onePoleDelay(pole, hz);
      gain = Math.min(fallPole(decay) ** (sampleRate / hz) / onePoleGain(pole, hz), 0.99995);
    }
    at = (at + 1) & mask;
    const y = readLine(line, at, frames);
    filtered = flushed(y + (filtered - y) * pole);
    line[at] = bounded(x + gain * filtered);
    return y;
  };
}

/**
 * A string that is set in motion by any signal.
 * @param lowestHz the lowest pitch that there is room for, from 1
 * @param x what moves it, its DC left out
 * @param hz pitch, lowestHz…sampleRate/8
 * @param decay seconds in which the fundamental falls by 60 dB
 * @param damp 0 bright and metallic … 1 dull
 * @returns the string
 * Source: Karplus and Strong 1983, Jaffe and Smith 1983, with cubic interpolation in place of the tuning allpass, so that the pitch
 * may slide; Faust `pm.ks`, DaisySP String.
 * @example
 * const string = ksString(50)
 * const noise = whiteNoise(1)
 * const env = perc()
 * const clock = impulse()
 * export default () => 0.3 * string(noise() * env(clock(2), 0.001, 0.02), 110, 3, 0.3)
 */
export function ksString(lowestHz = 20): (x: number, hz: number, decay?: number, damp?: number) => number {
  const lowest = lowestOf(lowestHz);
  const loop = stringLoop(lowest);
  const follow = 1 - onePoleOf(8);
  let constant = 0;
  return (x, hz, decay = 3, damp = 0.3) => {
    const clean = flushed(x);
    constant = flushed(constant + (clean - constant) * follow);
    return loop(
      clean - constant,
      clampOr(hz, lowest, sampleRate / 8, 220),
      clampOr(decay, 0, 1000, 3),
      clampOr(damp, 0, 1, 0.3),
    );
  };
}

/**
 * A plucked string.
 * @param lowestHz the lowest pitch that there is room for, from 1
 * @param seed the same seed plucks the same way; 0 takes one by chance
 * @param trig plucks with its strength
 * @param hz pitch, lowestHz…sampleRate/8
 * @param decay seconds in which the fundamental falls by 60 dB
 * @param damp 0 bright and metallic … 1 dull
 * @param position where it is plucked, 0 at its end … 0.5 in the middle
 * @returns the string
 * Source: Karplus and Strong 1983, Jaffe and Smith 1983: a burst of noise a period long, through a comb for the position; SuperCollider
 * Pluck, FunDSP `pluck`, DaisySP StringVoice.
 * @example
 * const string = pluck(50, 1)
 * const clock = impulse()
 * const notes = sequence([110, 165, 220, 277])
 * export default () => {
 *   const beat = clock(4)
 *   return 0.4 * string(beat, notes(beat), 2, 0.3)
 * }
 */
export function pluck(
  lowestHz = 20,
  seed = 0,
): (trig: number, hz: number, decay?: number, damp?: number, position?: number) => number {
  const lowest = lowestOf(lowestHz);
  const loop = stringLoop(lowest);
  const draw = drawer(seed);
  const burst = makeLine(Math.ceil(sampleRate / lowest) + 4);
  const mask = burst.length - 1;
  let at = 0;
  let left = 0;
  let strength = 0;
  let wasOn = false;
  return (trig, hz, decay = 3, damp = 0.3, position = 0.2) => {
    const pitch = clampOr(hz, lowest, sampleRate / 8, 220);
    const period = sampleRate / pitch;
    const isOn = trig > 0;
    if (isOn && !wasOn) {
      left = Math.round(period);
      strength = Math.min(trig, 10);
    }
    wasOn = isOn;
    at = (at + 1) & mask;
    burst[at] = left > 0 ? strength * (draw() - 0.5) : 0;
    left = Math.max(left - 1, 0);
    const moved = burst[at] - readLine(burst, at, clampOr(position, 0.02, 0.98, 0.2) * period);
    return loop(flushed(moved), pitch, clampOr(decay, 0, 1000, 3), clampOr(damp, 0, 1, 0.3));
  };
}
