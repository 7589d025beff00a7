/** Blown pipes and a bowed string. Patch language. */

import { drawer } from '../internal/chance.ts';
import { bounded, clampOr, flushed, tauPole } from '../internal/guard.ts';
import { makeLine, readLine } from '../internal/line.ts';
import { onePoleDelay, onePoleOf } from '../internal/loopFilter.ts';

const LOWEST_HZ = 20;

/** The pressure in a mouth: it rises quickly to where a pipe speaks, and from there slowly to `most`. */
const blow = (breath: number, most: number) => {
  const rest = 1 - clampOr(breath, 0, 1, 0);
  return most * (1 - rest * rest * rest);
};

/**
 * A clarinet: a reed on a pipe that is open at one end, so that odd harmonics are the strong ones.
 * @param breath 0 none … 1 as strong as it goes; it speaks from about 0.4 on
 * @param hz pitch, 20…sampleRate/12
 * @param reed its stiffness, 0 soft … 1 hard
 * @returns the sound at the bell
 * Source: McIntyre, Schumacher and Woodhouse 1983, Smith 1986; STK Clarinet, Faust `pm.clarinetModel`.
 * @example
 * const pipe = clarinet()
 * const env = adsr()
 * export default (t) => 0.6 * pipe(0.75 * env(t % 1 < 0.8, 0.05, 0.1, 0.9, 0.1), 220)
 */
export function clarinet(): (breath: number, hz: number, reed?: number) => number {
  const line = makeLine(Math.ceil(sampleRate / (2 * LOWEST_HZ)) + 4);
  const mask = line.length - 1;
  const pole = onePoleOf(5000);
  const constantPole = onePoleOf(20);
  const follow = 1 - tauPole(0.004);
  let at = 0;
  let filtered = 0;
  let pressure = 0;
  let constant = 0;
  let frames = 4;
  let lastHz = -1;
  return (breath, hz, reed = 0.5) => {
    const pitch = clampOr(hz, LOWEST_HZ, sampleRate / 12, 220);
    if (pitch !== lastHz) {
      lastHz = pitch;
      frames = sampleRate / (2 * pitch) - onePoleDelay(pole, pitch);
    }
    pressure = flushed(pressure + (blow(breath, 0.85) - pressure) * follow);
    at = (at + 1) & mask;
    const y = readLine(line, at, frames);
    filtered = flushed(y + (filtered - y) * pole);
    const difference = -0.95 * filtered - pressure;
    const opening = 0.7 + (0.26 * clampOr(reed, 0, 1, 0.5) - 0.44) * difference;
    line[at] = bounded(pressure + difference * Math.min(Math.max(opening, -1), 1));
    constant = flushed(y + (constant - y) * constantPole);
    return y - constant;
  };
}

/** What the jet takes off the period, found by measuring. */
const JET_SECONDS = 11e-6;

/**
 * A flute: a jet of air across the end of a pipe.
 * @param breath 0 none … 1 as strong as it goes; it speaks from about 0.4 on
 * @param hz pitch, 20…sampleRate/12
 * @param jet 0 a short way from the lips to the edge … 1 a long one: brighter, duller
 * @returns the sound of the pipe
 * Source: Cook 1992, Verge 1995; STK Flute, Faust `pm.fluteModel`.
 * @example
 * const pipe = flute()
 * const env = adsr()
 * export default (t) => 0.6 * pipe(0.7 * env(t % 1 < 0.8, 0.08, 0.1, 0.9, 0.1), 440)
 */
export function flute(): (breath: number, hz: number, jet?: number) => number {
  const line = makeLine(Math.ceil(sampleRate / LOWEST_HZ) + 4);
  const jetLine = makeLine(Math.ceil(sampleRate / LOWEST_HZ) + 4);
  const mask = line.length - 1;
  const pole = onePoleOf(4000);
  const constantPole = onePoleOf(10);
  const follow = 1 - tauPole(0.004);
  const draw = drawer(1);
  let at = 0;
  let filtered = 0;
  let constant = 0;
  let pressure = 0;
  let frames = 4;
  let lastHz = -1;
  let outConstant = 0;
  return (breath, hz, jet = 0.5) => {
    const pitch = clampOr(hz, LOWEST_HZ, sampleRate / 12, 440);
    if (pitch !== lastHz) {
      lastHz = pitch;
      frames = sampleRate / pitch - onePoleDelay(pole, pitch) + JET_SECONDS * sampleRate;
    }
    pressure = flushed(pressure + (blow(breath, 1.1) - pressure) * follow);
    at = (at + 1) & mask;
    const y = readLine(line, at, frames);
    filtered = flushed(y + (filtered - y) * pole);
    constant = flushed(filtered + (constant - filtered) * constantPole);
    const back = filtered - constant;
    jetLine[at] = bounded(pressure * (1 + 0.05 * (draw() - 0.5)) - 0.5 * back);
    const blown = readLine(jetLine, at, (0.25 + 0.5 * clampOr(jet, 0, 1, 0.5)) * frames);
    const edge = Math.min(Math.max(blown * (blown * blown - 1), -1), 1);
    line[at] = bounded(edge + 0.5 * back);
    outConstant = flushed(y + (outConstant - y) * constantPole);
    return 0.45 * (y - outConstant);
  };
}

/** What the bow takes off the period, found by measuring. */
const BOW_SECONDS = 3e-6;

/**
 * A bowed string.
 * @param pressure of the bow, 0 lets it ring … 1
 * @param hz pitch, 20…sampleRate/12
 * @param velocity of the bow, 0…1
 * @param position of the bow, from the bridge 0.02…0.5
 * @returns the string at the bridge
 * Source: McIntyre, Schumacher and Woodhouse 1983, Smith 1986; STK Bowed, Faust `pm.violinModel`.
 * @example
 * const string = bowedString()
 * const env = asr()
 * export default (t) => 0.5 * string(0.6 * env(t % 1 < 0.7, 0.1, 0.1), 196, 0.5)
 */
export function bowedString(): (pressure: number, hz: number, velocity?: number, position?: number) => number {
  const bridge = makeLine(Math.ceil(sampleRate / LOWEST_HZ) + 4);
  const nut = makeLine(Math.ceil(sampleRate / LOWEST_HZ) + 4);
  const mask = bridge.length - 1;
  const pole = onePoleOf(5500);
  const follow = 1 - tauPole(0.003);
  let at = 0;
  let filtered = 0;
  let pressed = 0;
  let speed = 0;
  let frames = 8;
  let lastHz = -1;
  return (pressure, hz, velocity = 0.5, position = 0.13) => {
    const pitch = clampOr(hz, LOWEST_HZ, sampleRate / 12, 220);
    if (pitch !== lastHz) {
      lastHz = pitch;
      frames = sampleRate / pitch - onePoleDelay(pole, pitch) + BOW_SECONDS * sampleRate;
    }
    pressed = flushed(pressed + (clampOr(pressure, 0, 1, 0) - pressed) * follow);
    speed += (clampOr(velocity, 0, 1, 0.5) - speed) * follow;
    const share = clampOr(position, 0.02, 0.5, 0.13);
    const near = Math.max(frames * share, 2);
    at = (at + 1) & mask;
    const y = readLine(bridge, at, near);
    filtered = flushed(y + (filtered - y) * pole);
    const fromBridge = -0.95 * filtered;
    const fromNut = -readLine(nut, at, frames - near);
    const slip = 0.03 + 0.2 * speed - (fromBridge + fromNut);
    // A light bow still grips; only near 0 does it leave the string.
    const grip = (Math.abs(slip * (2.8 - 1.3 * pressed)) + 0.75) ** -4;
    const moved = slip * Math.min(grip, 1) * Math.min(20 * pressed, 1);
    nut[at] = bounded(fromBridge + moved);
    bridge[at] = bounded(fromNut + moved);
    return 1.5 * y;
  };
}
