/** Levels and statistics of signals, for tests. */

export const decibels = (gain: number): number => 20 * Math.log10(Math.abs(gain));

export function mean(samples: Float64Array): number {
  let sum = 0;
  for (const x of samples) sum += x;
  return sum / samples.length;
}

/** The average of (x − mean)^power. */
export function moment(samples: Float64Array, power: number): number {
  const centre = mean(samples);
  let sum = 0;
  for (const x of samples) sum += (x - centre) ** power;
  return sum / samples.length;
}

export const variance = (samples: Float64Array): number => moment(samples, 2);

export const kurtosis = (samples: Float64Array): number => moment(samples, 4) / variance(samples) ** 2;

export function rootMeanSquare(samples: Float64Array): number {
  let sum = 0;
  for (const x of samples) sum += x * x;
  return Math.sqrt(sum / samples.length);
}

/** The largest absolute value; NaN if one of them is. */
export function peak(samples: Float64Array): number {
  let largest = 0;
  for (const x of samples) {
    const size = Math.abs(x);
    if (!(size <= largest)) largest = size;
    if (Number.isNaN(size)) return size;
  }
  return largest;
}

/** The largest distance between neighbours. */
export function largestChange(samples: Float64Array): number {
  let largest = 0;
  for (let n = 1; n < samples.length; n++) largest = Math.max(largest, Math.abs(samples[n] - samples[n - 1]));
  return largest;
}

/** The largest distance between two signals. */
export function largestError(samples: Float64Array, expected: (n: number) => number): number {
  let largest = 0;
  for (let n = 0; n < samples.length; n++) {
    const error = Math.abs(samples[n] - expected(n));
    if (!(error <= largest)) largest = error;
    if (Number.isNaN(error)) return error;
  }
  return largest;
}
