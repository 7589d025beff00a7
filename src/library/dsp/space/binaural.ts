/** Where a sound comes from, for headphones. Patch language. */

import { clampOr, flushed, tauPole } from '../internal/guard.ts';
import { makeLine, readLine } from '../internal/line.ts';
import type { Stereo } from '../types.ts';

/** Seconds that sound takes across the radius of a head, 8.75 cm. */
const RADIUS_SECONDS = 0.0875 / 343;
/** The least treble that comes round the head, and the angle at which that is. */
const LEAST_SHADE = 0.1;
const DARKEST = 150;

/** What one ear hears of a source at an angle from it, in degrees 0…180: later and darker, the further round the head it is. */
function ear(): (x: number, angle: number) => number {
  const line = makeLine(Math.ceil(4 * RADIUS_SECONDS * sampleRate) + 8);
  const mask = line.length - 1;
  const follow = 1 - tauPole(0.005);
  // The corner of the shadow, ω0 = c/a, bilinear: H = (1 + α·s/2ω0)/(1 + s/2ω0).
  const k = RADIUS_SECONDS * sampleRate;
  let at = 0;
  let frames = -1;
  let shade = -1;
  let last = 0;
  let y = 0;
  return (x, angle) => {
    at = (at + 1) & mask;
    line[at] = flushed(x);
    const radians = (angle * Math.PI) / 180;
    // Woodworth: straight to the near ear, along the head to the far one.
    const path = angle < 90 ? -Math.cos(radians) : radians - Math.PI / 2;
    const wanted = (1 + path) * RADIUS_SECONDS * sampleRate + 1;
    const alpha = 1 + LEAST_SHADE / 2 + (1 - LEAST_SHADE / 2) * Math.cos((angle / DARKEST) * Math.PI);
    // No clicks when the angle jumps.
    frames = frames < 0 ? wanted : frames + (wanted - frames) * follow;
    shade = shade < 0 ? alpha : shade + (alpha - shade) * follow;
    const late = readLine(line, at, frames);
    y = flushed(((1 + shade * k) * late + (1 - shade * k) * last - (1 - k) * y) / (1 + k));
    last = late;
    return y;
  };
}

/**
 * Places a sound around a listener with headphones.
 * @param x signal
 * @param azimuth degrees: 0 ahead, 90 right, −90 left, 180 behind
 * @returns what both ears hear
 * Source: Brown and Duda 1998: Woodworth's delay around a sphere, and the shadow of the head as a shelf of first order.
 * @example
 * const place = binaural()
 * const snare = snareDrum()
 * const clock = impulse()
 * export default (t) => place(0.4 * snare(clock(4)), 90 * t)
 */
export function binaural(): (x: number, azimuth?: number) => Stereo {
  const left = ear();
  const right = ear();
  return (x, azimuth = 0) => {
    const turned = clampOr(azimuth, -1e9, 1e9, 0);
    // −180…180, and from there the distance to each ear.
    const around = turned - 360 * Math.round(turned / 360);
    const toRight = Math.abs(around - 90);
    const toLeft = Math.abs(around + 90);
    return [left(x, toLeft > 180 ? 360 - toLeft : toLeft), right(x, toRight > 180 ? 360 - toRight : toRight)];
  };
}
