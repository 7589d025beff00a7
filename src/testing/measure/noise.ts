/** The power spectrum of noise, averaged as Welch does, in bands. */

import { transform } from './transform.ts';

export interface Density {
  /** power[k] at k·binHz: power per hertz, apart from a constant factor. */
  readonly power: Float64Array;
  readonly binHz: number;
}

/** Averages over overlapping segments of `size` frames under a Hann window. */
export function powerDensity(samples: Float64Array, rate: number, size = 8192): Density {
  const power = new Float64Array(size / 2 + 1);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let start = 0; start + size <= samples.length; start += size / 2) {
    for (let n = 0; n < size; n++) {
      re[n] = samples[start + n] * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size));
      im[n] = 0;
    }
    transform(re, im);
    for (let k = 0; k <= size / 2; k++) power[k] += re[k] ** 2 + im[k] ** 2;
  }
  return { power, binHz: rate / size };
}

/** The mean density of the bins from `lowHz` to below `highHz`, in decibels. */
export function bandDensityDb({ power, binHz }: Density, lowHz: number, highHz: number): number {
  let [sum, count] = [0, 0];
  for (let k = Math.ceil(lowHz / binHz); k * binHz < highHz && k < power.length; k++) {
    sum += power[k];
    count++;
  }
  if (count === 0) throw new Error(`no bin between ${lowHz} and ${highHz} Hz`);
  return 10 * Math.log10(sum / count);
}

export interface Slope {
  /** Decibels per octave of the straight line of least squares through bands of a third of an octave. */
  readonly perOctave: number;
  /** The greatest distance of a band from that line, in decibels. */
  readonly deviationDb: number;
}

export function slopeOf(density: Density, lowHz: number, highHz: number): Slope {
  const count = Math.floor(3 * Math.log2(highHz / lowHz));
  const step = Math.log2(highHz / lowHz) / count;
  const points = Array.from({ length: count }, (_, i) => {
    const from = lowHz * 2 ** (i * step);
    return { octave: (i + 0.5) * step, db: bandDensityDb(density, from, from * 2 ** step) };
  });
  const average = (value: (point: { octave: number; db: number }) => number): number =>
    points.reduce((sum, point) => sum + value(point), 0) / count;
  const [x, y] = [average(({ octave }) => octave), average(({ db }) => db)];
  const perOctave =
    average(({ octave, db }) => (octave - x) * (db - y)) / average(({ octave }) => (octave - x) * (octave - x));
  const deviationDb = Math.max(...points.map(({ octave, db }) => Math.abs(db - y - perOctave * (octave - x))));
  return { perOctave, deviationDb };
}
