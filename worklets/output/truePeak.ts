/**
 * How high a sound rises between its samples, by the method of ITU-R BS.1770, Annex 2: four points a sample, interpolated
 * by a polyphase FIR. Audio thread and Node; allocates nothing but at the start.
 *
 * The filter is a sinc under a Kaiser window over 48 samples, 24 to each side; its coefficients are computed here. A tone
 * up to 0.45 of the sample rate comes out at the points within 0.04 dB, one up to 0.47 within 0.07 dB. Where the largest
 * point lies between two smaller ones, the top is that of the parabola through the three, so that what falls between the
 * points costs at most 0.08 dB more; without it a high tone would be read up to 0.6 dB too low. What no filter of finite
 * length sees is a tone close to half the sample rate, while its samples are close to its zeros.
 */

/** Samples from which a point is interpolated. */
export const TRUE_PEAK_TAPS = 48;
/** Samples that must follow an interval before the points in it are known. */
export const TRUE_PEAK_DELAY_FRAMES = TRUE_PEAK_TAPS / 2;
/** By this factor a point may be read too high, from 0 to 0.45 of the sample rate. */
export const TRUE_PEAK_ERROR = 10 ** (0.04 / 20);
/**
 * How many times the largest of the samples around it a true peak can be: the sum of the coefficients' magnitudes, 2.83,
 * and an eighth for the parabola.
 */
export const TRUE_PEAK_MAX_RATIO = 3.2;

const HALF = TRUE_PEAK_TAPS / 2;
const KAISER_BETA = 4.5;

/**
 * By the distance k from the two samples in the middle outwards. The points at 1/4 and 3/4 are mirror images, so that
 * they share sums: Σ even·(a + b) ± Σ odd·(a - b), where a and b are the samples k before and k behind the middle. The
 * point at 1/2 needs a + b only.
 */
const EVEN = new Float64Array(HALF);
const ODD = new Float64Array(HALF);
const MIDDLE = new Float64Array(HALF);

for (let k = 0; k < HALF; k++) {
  const before = weight(k + 0.25, 0.25);
  const behind = weight(k + 0.75, 0.25);
  EVEN[k] = (before + behind) / 2;
  ODD[k] = (before - behind) / 2;
  MIDDLE[k] = weight(k + 0.5, 0.5);
}

/** Weight of the sample at `distance` from the point at `fraction` of the way from one sample to the next. */
function weight(distance: number, fraction: number): number {
  let sum = 0;
  for (let k = 0; k < HALF; k++) sum += windowedSinc(k + fraction) + windowedSinc(k + 1 - fraction);
  return windowedSinc(distance) / sum;
}

/** `distance` in samples, above 0 and below HALF. */
function windowedSinc(distance: number): number {
  const window = bessel0(KAISER_BETA * Math.sqrt(1 - (distance / HALF) ** 2)) / bessel0(KAISER_BETA);
  return (window * Math.sin(Math.PI * distance)) / (Math.PI * distance);
}

/** The modified Bessel function of order 0, by its power series. */
function bessel0(x: number): number {
  let sum = 1;
  for (let k = 1, term = 1; k < 32; k++) {
    term *= (x / 2 / k) ** 2;
    sum += term;
  }
  return sum;
}

/** Reads one channel. */
export class TruePeak {
  /** Magnitudes of the last two points: the one before the last, and the last. */
  readonly #points = new Float64Array(2);
  readonly #sums = new Float64Array(3);

  /**
   * For each of `frames` samples, from `samples[at]` on, writes into `peaks` (from `peaksAt` on) the largest magnitude in
   * the interval from TRUE_PEAK_DELAY_FRAMES before that sample to one sample further, both included. There have to be
   * TRUE_PEAK_TAPS - 1 samples before `at`. To be called for one run of samples after the other: a top is known only
   * with the next point, so that the last one of an interval counts in the next.
   */
  read(samples: Float64Array, at: number, frames: number, peaks: Float64Array, peaksAt: number): void {
    const points = this.#points;
    const sums = this.#sums;
    let beforeLast = points[0];
    let last = points[1];
    for (let n = 0; n < frames; n++) {
      const newest = at + n;
      interpolate(samples, newest, sums);
      const even = sums[0];
      const odd = sums[1];
      const middle = sums[2];
      const p0 = Math.abs(samples[newest - HALF]);
      const p1 = Math.abs(even + odd);
      const p2 = Math.abs(middle);
      const p3 = Math.abs(even - odd);
      const p4 = Math.abs(samples[newest - HALF + 1]);
      peaks[peaksAt + n] = Math.max(
        top(beforeLast, last, p0),
        top(last, p0, p1),
        top(p0, p1, p2),
        top(p1, p2, p3),
        p3,
        p4,
      );
      beforeLast = p2;
      last = p3;
    }
    points[0] = beforeLast;
    points[1] = last;
  }

  /** For where samples are left out: forgets the last points. The next reading may then be an eighth too high. */
  skip(): void {
    this.#points.fill(0);
  }
}

/** The three sums for the interval in the middle of the taps, of which the newest is `samples[at]`: even, odd, middle. */
function interpolate(samples: Float64Array, at: number, sums: Float64Array): void {
  let even = 0;
  let odd = 0;
  let middle = 0;
  for (let k = 0, a = at - HALF, b = at - HALF + 1; k < HALF; k++, a--, b++) {
    const sum = samples[a] + samples[b];
    even += EVEN[k] * sum;
    odd += ODD[k] * (samples[a] - samples[b]);
    middle += MIDDLE[k] * sum;
  }
  sums[0] = even;
  sums[1] = odd;
  sums[2] = middle;
}

/** The top of the parabola through three points at equal distances if the middle one is the largest, else that one. */
function top(before: number, middle: number, behind: number): number {
  if (middle < before || middle < behind) return middle;
  const curvature = before - 2 * middle + behind;
  if (curvature === 0) return middle;
  const slope = behind - before;
  return middle - (slope * slope) / (8 * curvature);
}
