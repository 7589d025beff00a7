/** Limiters that look ahead. Patch language. */

import { clampOr, fallPole } from '../internal/guard.ts';
import type { Stereo } from '../types.ts';

const LONGEST_LOOKAHEAD = 0.1;
/** Gains are multiples of this, so that sums of them are exact. */
const GAIN_STEP = 2 ** -30;

/** What is neither NaN nor infinite. */
const finite = (x: number) => (Math.abs(x) < 1e300 ? x : 0);

/** Frames by which a limiter is late. */
function lookaheadFrames(lookahead: number): number {
  return Math.round(clampOr(lookahead, 0, LONGEST_LOOKAHEAD, 0.005) * sampleRate);
}

/**
 * The gain for what came in `frames` ago, from how large each frame is: the least that any frame since then needs, let up by
 * `release`, and averaged over the same frames. Every value in the average is at most what the oldest frame needs, so the average is.
 */
function limiterGain(frames: number): (size: number, ceiling: number, release: number) => number {
  const count = frames + 1;
  // Gains that may become the least: ascending from `first`, each with the frame it came in.
  const waiting = new Float64Array(count);
  const cameAt = new Int32Array(count);
  let first = 0;
  let length = 0;
  let now = 0;
  const past = new Float64Array(count).fill(1);
  let at = 0;
  let sum = count;
  let gain = 1;
  let releaseSeconds = -1;
  let fall = 0;
  return (size, ceiling, release) => {
    const seconds = clampOr(release, 0, 60, 0.1);
    if (seconds !== releaseSeconds) {
      releaseSeconds = seconds;
      fall = fallPole(seconds);
    }
    const top = clampOr(ceiling, 1e-6, 1e6, 0.891);
    const needed = size > top ? top / size : 1;
    // What came more than `frames` ago is no longer among those, and what is above the newest never will be the least.
    if (length > 0 && now - cameAt[first] >= count) {
      first = first + 1 < count ? first + 1 : 0;
      length -= 1;
    }
    while (length > 0 && waiting[(first + length - 1) % count] >= needed) length -= 1;
    const last = (first + length) % count;
    waiting[last] = needed;
    cameAt[last] = now;
    length += 1;
    now = now < 1000000 ? now + 1 : rebased();
    const wanted = Math.min(waiting[first], 1 - (1 - gain) * fall + GAIN_STEP);
    gain = Math.floor(wanted / GAIN_STEP) * GAIN_STEP;
    sum += gain - past[at];
    past[at] = gain;
    at = at + 1 < count ? at + 1 : 0;
    return sum / count;
  };

  /** Counts the frames from the oldest one again, so that their numbers stay small. */
  function rebased(): number {
    const oldest = cameAt[first];
    for (let i = 0; i < length; i++) cameAt[(first + i) % count] -= oldest;
    return now + 1 - oldest;
  }
}

/**
 * Keeps the signal below a ceiling. Latency: round(lookahead·sampleRate) frames.
 * @param lookahead seconds 0…0.1 in which the gain comes down before a peak
 * @param x signal
 * @param ceiling linear
 * @param release seconds in which the gain comes back, by 60 dB of its distance to 1
 * @returns the signal, late, and never above the ceiling
 * Source: sliding minimum of the needed gain, averaged over the lookahead; FunDSP `limiter`, Faust `co.limiter_lad_mono`.
 * @example
 * const limit = limiter()
 * const kick = kickDrum()
 * const clock = impulse()
 * const osc = saw()
 * export default () => limit(1.5 * kick(clock(2)) + 0.4 * osc(55), 0.7)
 */
export function limiter(lookahead = 0.005): (x: number, ceiling?: number, release?: number) => number {
  const frames = lookaheadFrames(lookahead);
  const gain = limiterGain(frames);
  const line = new Float64Array(frames + 1);
  let at = 0;
  return (x, ceiling = 0.891, release = 0.1) => {
    const clean = finite(x);
    line[at] = clean;
    at = at < frames ? at + 1 : 0;
    return line[at] * gain(Math.abs(clean), ceiling, release);
  };
}

/**
 * Keeps both sides below a ceiling, with one gain for both. Latency: round(lookahead·sampleRate) frames.
 * @param lookahead seconds 0…0.1
 * @param x stereo signal
 * @param ceiling linear
 * @param release seconds in which the gain comes back
 * @returns both sides with the same gain, late
 * Source: as `limiter`.
 * @example
 * const limit = limiterStereo()
 * const kick = kickDrum()
 * const clock = impulse()
 * const osc = saw()
 * export default () => limit([1.5 * kick(clock(2)), 0.9 * osc(110)], 0.5)
 */
export function limiterStereo(lookahead = 0.005): (x: Stereo, ceiling?: number, release?: number) => Stereo {
  const frames = lookaheadFrames(lookahead);
  const gain = limiterGain(frames);
  const left = new Float64Array(frames + 1);
  const right = new Float64Array(frames + 1);
  let at = 0;
  return ([l, r], ceiling = 0.891, release = 0.1) => {
    left[at] = finite(l);
    right[at] = finite(r);
    const g = gain(Math.max(Math.abs(left[at]), Math.abs(right[at])), ceiling, release);
    at = at < frames ? at + 1 : 0;
    return [left[at] * g, right[at] * g];
  };
}
