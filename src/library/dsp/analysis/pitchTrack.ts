/** What pitch a sound has. Patch language. */

import { clampOr, flushed } from '../internal/guard.ts';

/** The first search is made at about so many samples a second. */
const COARSE_RATE = 12000;
/** How unlike itself one period later a sound with a pitch may be: 0 a periodic one, 1 noise. */
const THRESHOLD = 0.2;
/** The second search measures up to so many periods at once. */
const MOST_PERIODS = 3;

/**
 * The pitch of one voice.
 * @param lowHz lowest pitch that is looked for, from 20
 * @param highHz highest pitch
 * @param x signal of one voice
 * @returns Hz, 0 where there is no pitch; renewed every period of lowHz
 * Source: YIN (de Cheveigné and Kawahara 2002): a search at a quarter of the rate, and a second one at the full rate around what
 * it found. Both go on a little in each frame.
 * @example
 * // A sine an octave above follows.
 * const pitch = pitchTrack(80, 1000)
 * const osc = saw()
 * const follower = sine()
 * export default (t) => {
 *   const x = 0.2 * osc(220 + 80 * Math.sin(2 * t))
 *   return x + 0.2 * follower(2 * pitch(x))
 * }
 */
export function pitchTrack(lowHz = 50, highHz = 1500): (x: number) => number {
  const low = clampOr(lowHz, 20, sampleRate / 8, 50);
  const high = clampOr(highHz, low, sampleRate / 4, 1500);
  // Frames that make one sample of the first search.
  const coarse = Math.max(1, Math.round(sampleRate / COARSE_RATE));
  const lags = Math.ceil(sampleRate / coarse / low) + 3;
  const leastLag = Math.max(2, Math.floor(sampleRate / coarse / high));
  // One search takes as many frames as its window is long; the second one works on what the first one looked at.
  const hop = lags * coarse;
  let size = 1;
  while (size < 5 * hop + 64) size *= 2;
  const mask = size - 1;
  // Written twice, so that what is looked at is always in one piece.
  const past = new Float64Array(2 * size);
  const coarsePast = new Float64Array(2 * size);
  const differences = new Float64Array(lags + 1);
  // The second search looks at so many lags.
  const fineLags = 4 * coarse + 5;
  const fine = new Float64Array(fineLags);

  let frame = 0;
  let block = 0;
  let coarseAt = 0;
  // First search: the lag being measured, how far that is, and the sample that its window begins with.
  let lag = 1;
  let slice = 0;
  let coarseFrom = 0;
  // Second search: frames done, the first of its lags, how many periods they are, and where its window begins; 0 periods: none.
  let step = 0;
  let fineFrom = 0;
  let fineLag = 0;
  let periods = 0;
  let searchedFrom = 0;
  let hz = 0;

  /** Where the first search found the sound to be like itself again, in its samples; 0 if nowhere. */
  const coarsePeriod = () => {
    let sum = 0;
    let found = 0;
    let last = 1;
    for (let i = 1; i < lags; i++) {
      sum += differences[i];
      const normal = sum > 1e-12 ? (differences[i] * i) / sum : 1;
      // The first dip below the threshold, followed down to its bottom.
      if (found === 0 && i >= leastLag && normal < THRESHOLD) found = i;
      else if (found === i - 1 && found > 0 && normal < last) found = i;
      last = normal;
    }
    if (found === 0) return 0;
    return found + dip(differences[found - 1], differences[found], differences[found + 1]);
  };

  /** Starts both searches again, the second one around what the first one found. */
  const restart = () => {
    if (periods > 0) {
      let best = 1;
      for (let i = 2; i < fineLags - 1; i++) if (fine[i] < fine[best]) best = i;
      hz = (sampleRate * periods) / (fineLag + best + dip(fine[best - 1], fine[best], fine[best + 1]));
    } else {
      hz = 0;
    }
    const period = coarsePeriod() * coarse;
    periods = period > 0 ? Math.max(1, Math.min(MOST_PERIODS, Math.floor((hop - fineLags) / period))) : 0;
    fineLag = Math.max(1, Math.round(period * periods) - (fineLags >> 1));
    fineFrom = searchedFrom;
    fine.fill(0);
    step = 0;
    lag = 1;
    slice = 0;
    coarseFrom = coarseAt - 2 * lags - 1;
    searchedFrom = frame - 2 * hop - fineLags;
    differences.fill(0);
  };

  return (x) => {
    const clean = flushed(x);
    past[frame & mask] = clean;
    past[(frame & mask) + size] = clean;
    block += clean;
    frame += 1;
    if (frame % coarse === 0) {
      coarsePast[coarseAt & mask] = block / coarse;
      coarsePast[(coarseAt & mask) + size] = block / coarse;
      coarseAt += 1;
      block = 0;
    }
    // A part of the window at one lag; after `coarse` parts comes the next lag.
    let sum = 0;
    const from = coarseFrom & mask;
    const other = (coarseFrom + lag) & mask;
    for (let i = slice; i < lags; i += coarse) {
      const distance = coarsePast[from + i] - coarsePast[other + i];
      sum += distance * distance;
    }
    differences[lag] += sum;
    slice += 1;
    if (slice >= coarse) {
      slice = 0;
      lag += 1;
    }
    // One sample of the window at all of the second search's lags.
    if (periods > 0) {
      const here = past[(fineFrom + step) & mask];
      const first = (fineFrom + step + fineLag) & mask;
      for (let i = 0; i < fineLags; i++) {
        const distance = here - past[first + i];
        fine[i] += distance * distance;
      }
    }
    step += 1;
    if (step >= hop) restart();
    return hz;
  };
}

/** Where a parabola through three neighbours has its bottom, −½…½ from the middle one. */
function dip(a: number, b: number, c: number): number {
  const curvature = a - 2 * b + c;
  return curvature > 1e-30 ? Math.min(Math.max((0.5 * (a - c)) / curvature, -0.5), 0.5) : 0;
}
