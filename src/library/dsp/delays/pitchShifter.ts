/** Pitch shifting in time. Patch language. */

import { clampOr, flushed } from '../internal/guard.ts';
import { makeLine, readLine } from '../internal/line.ts';

/** The search for the place to jump to is made at about so many samples a second. */
const SEARCH_RATE = 12000;

/**
 * Shifts the pitch and keeps the time, by a delay that grows or shrinks, and jumps by whole periods where it has no more room.
 * @param window seconds within which it moves, 0.01…0.5: longer for low sounds, shorter for drums
 * @param x signal
 * @param semitones interval, −24…24; 0 gives x, window/4 to 5/4·window late
 * @returns x at another pitch
 * Source: Lee 1972, Faust `ef.transpose`; jumps aligned by correlation (Roucos and Wilgus 1985), the search for which goes on a
 * little in each frame. DaisySP PitchShifter.
 * @example
 * const shift = pitchShifter()
 * const osc = saw()
 * export default (t) => {
 *   const x = 0.2 * osc(165)
 *   return x + shift(x, [4, 7, 12, 16][Math.floor(2 * t) % 4])
 * }
 */
export function pitchShifter(window = 0.06): (x: number, semitones: number) => number {
  const span = Math.round(clampOr(window, 0.01, 0.5, 0.06) * sampleRate);
  // While it fades from one place to the other, the delay moves by no more than this.
  const fadeTravel = Math.floor(span / 4);
  const low = fadeTravel + 4;
  const high = low + span;
  const line = makeLine(high + span + fadeTravel + 8);
  const mask = line.length - 1;

  // The search: which jump of half to all of the span makes the signal most like itself, at a lower rate.
  const coarse = Math.max(1, Math.round(sampleRate / SEARCH_RATE));
  const least = Math.floor(span / 2 / coarse);
  const lags = Math.floor(span / coarse) - least + 1;
  const part = Math.max(8, Math.floor(least / 2));
  let size = 1;
  while (size < 2 * (least + lags + part) + 64) size *= 2;
  // Written twice, so that what is looked at is always in one piece.
  const past = new Float64Array(2 * size);
  const likeness = new Float64Array(lags);

  let at = 0;
  let frame = 0;
  let block = 0;
  let pastAt = 0;
  let lag = 0;
  let slice = 0;
  let from = 0;
  let product = 0;
  let energy = 0;
  let own = 0;
  let jump = span;
  let correlation = 0;

  let delay = low;
  let other = 0;
  // 0…1 through a fade; 1: there is none.
  let fade = 1;
  // How alike the two sounds are that are faded.
  let alike = 0;

  /** The best of the jumps that were looked at, and the next search. */
  const restart = () => {
    let best = 0;
    for (let i = 1; i < lags; i++) if (likeness[i] > likeness[best]) best = i;
    const inside = best > 0 && best < lags - 1;
    const before = likeness[Math.max(best - 1, 0)];
    const after = likeness[Math.min(best + 1, lags - 1)];
    const curvature = before - 2 * likeness[best] + after;
    const offset = inside && curvature < -1e-12 ? (0.5 * (before - after)) / curvature : 0;
    jump = Math.min(Math.max((least + best + offset) * coarse, 1), span);
    correlation = Math.min(Math.max(likeness[best], 0), 1);
    lag = 0;
    from = pastAt - 1;
    own = 0;
    energy = 0;
    const newest = (from & (size - 1)) + size;
    const compared = ((from - least) & (size - 1)) + size;
    for (let i = 0; i < part; i++) {
      const a = past[newest - i];
      const b = past[compared - i];
      own += a * a;
      energy += b * b;
    }
  };

  return (x, semitones) => {
    at = (at + 1) & mask;
    const clean = flushed(x);
    line[at] = clean;
    block += clean;
    frame = (frame + 1) % coarse;
    if (frame === 0) {
      past[pastAt & (size - 1)] = block / coarse;
      past[(pastAt & (size - 1)) + size] = block / coarse;
      pastAt += 1;
      block = 0;
    }
    // A part of the comparison at one lag.
    const newest = (from & (size - 1)) + size;
    const compared = ((from - least - lag) & (size - 1)) + size;
    for (let i = slice; i < part; i += coarse) product += past[newest - i] * past[compared - i];
    slice += 1;
    if (slice >= coarse) {
      likeness[lag] = energy * own > 1e-20 ? product / Math.sqrt(energy * own) : 0;
      slice = 0;
      product = 0;
      // The energy of what the next lag is compared with: a sample comes in at one end and another goes out.
      const newer = past[compared];
      const older = past[compared - part];
      energy = Math.max(energy + older * older - newer * newer, 0);
      lag += 1;
      if (lag >= lags) restart();
    }

    const speed = 1 - 2 ** (clampOr(semitones, -24, 24, 0) / 12);
    delay += speed;
    if (fade >= 1) {
      const over = speed < 0 ? delay < low : delay > high;
      if (over) {
        other = delay + (speed < 0 ? jump : -jump);
        fade = 0;
        alike = correlation;
      }
    }
    let y = readLine(line, at, Math.min(Math.max(delay, 0), high + span));
    if (fade < 1) {
      other += speed;
      // As fast as it takes for the delay to move by `fadeTravel`, and no slower than that many frames.
      fade = Math.min(fade + Math.max(Math.abs(speed), 1) / fadeTravel, 1);
      const rest = 1 - fade;
      // The level stays, however alike the two are.
      const level = Math.sqrt(rest * rest + fade * fade + 2 * rest * fade * alike);
      y = (rest * y + fade * readLine(line, at, Math.min(Math.max(other, 0), high + span))) / level;
      if (fade >= 1) delay = other;
    }
    return y;
  };
}
