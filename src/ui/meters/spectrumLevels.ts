/**
 * What is read from a spectrum: levels of tones, also between its bins, and peaks. In: what analysers give, in dB. Out:
 * dB below full scale, as a tone of that level has it. Pure.
 *
 * An analyser (Web Audio, section "FFT windowing and smoothing over time") weighs its samples with a Blackman window, whose
 * mean is 0.42, and divides the transform by their number. Half of a tone is at a negative frequency, which it leaves out.
 * So a tone reads 20·log10(0.42 / 2) too low, -13.56 dB. Between two bins it reads up to 1.1 dB lower still, as the window's
 * main lobe is three bins wide to either side; that shape is followed between the bins.
 */

const BLACKMAN_MEAN = 0.42;
export const TONE_GAIN_DB = -20 * Math.log10(BLACKMAN_MEAN / 2);
/** Silence; nothing is drawn or read that low. */
const LEAST_DB = -200;

/** Takes what two analysers have read into the first: the louder of both, bin by bin, as levels of tones. */
export function louderLevels(bins: Float32Array, others: Float32Array): void {
  for (let bin = 0; bin < bins.length; bin++) {
    bins[bin] = Math.max(LEAST_DB, Math.max(bins[bin], others[bin]) + TONE_GAIN_DB);
  }
}

/** The highest level in a range of places on the axis of bins, whose ends, and whose peaks, may lie between two. */
export function highestBetween(levels: Float32Array, from: number, to: number): number {
  let highest = Math.max(levelAt(levels, from), levelAt(levels, to));
  for (let bin = Math.ceil(from); bin <= Math.min(to, levels.length - 1); bin++) {
    highest = Math.max(highest, isPeak(levels, bin) ? topOf(levels, bin).levelDb : levels[bin]);
  }
  return highest;
}

/** Between two bins along the curve that goes through them as the parabolas through their neighbours do (Catmull-Rom). */
function levelAt(levels: Float32Array, place: number): number {
  const last = levels.length - 1;
  const bin = Math.min(Math.max(0, Math.floor(place)), last);
  const part = Math.min(1, Math.max(0, place - bin));
  const a = levels[Math.max(0, bin - 1)];
  const b = levels[bin];
  const c = levels[Math.min(last, bin + 1)];
  const d = levels[Math.min(last, bin + 2)];
  return b + 0.5 * part * (c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a)));
}

export interface SpectralPeak {
  /** With a fraction: between bins. */
  readonly bin: number;
  readonly levelDb: number;
}

/** The highest peak among the bins `from` to `to`; null if there is none. */
export function spectralPeak(levels: Float32Array, from: number, to: number): SpectralPeak | null {
  let best: number | null = null;
  for (let bin = Math.max(1, Math.floor(from)); bin <= Math.min(to, levels.length - 2); bin++) {
    if (isPeak(levels, bin) && (best === null || levels[bin] > levels[best])) best = bin;
  }
  return best === null ? null : topOf(levels, best);
}

const isPeak = (levels: Float32Array, bin: number): boolean =>
  bin > 0 && bin < levels.length - 1 && levels[bin] > levels[bin - 1] && levels[bin] >= levels[bin + 1];

/** The top of the parabola through a peak and its neighbours. */
function topOf(levels: Float32Array, bin: number): SpectralPeak {
  const [a, b, c] = [levels[bin - 1], levels[bin], levels[bin + 1]];
  const shift = (0.5 * (a - c)) / (a - 2 * b + c);
  return { bin: bin + shift, levelDb: b - 0.25 * (a - c) * shift };
}
