/** Effects on spectra: freezing and shifting pitch. Patch language. */

import { clampOr } from '../internal/guard.ts';
import { powerOfTwo } from '../internal/powerOfTwo.ts';
import { stft } from './stft.ts';

/**
 * Calls `visit` forevery peak of a power spectrum, with the bins that belong to it: from `first` to before `end`, which is the
 * lowest one on the way to the next peak. Gives how many there are.
 */
function eachPeak(power: Float64Array, visit: (first: number, end: number, peak: number) => void): number {
  const bins = power.length;
  let count = 0;
  let peak = 0;
  let first = 0;
  let lowest = 0;
  for (let k = 1; k < bins - 1; k++) {
    const isPeak =
      power[k] > power[k - 1] &&
      power[k] >= power[k + 1] &&
      (k < 2 || power[k] > power[k - 2]) &&
      (k > bins - 3 || power[k] >= power[k + 2]);
    if (power[k] < power[lowest]) lowest = k;
    if (isPeak) {
      if (count > 0) {
        visit(first, lowest, peak);
        first = lowest;
      }
      count += 1;
      peak = k;
      lowest = k;
    }
  }
  if (count > 0) visit(first, bins, peak);
  return count;
}

/**
 * Holds the spectrum of a moment for as long as the gate is on. Latency: size frames.
 * @param size frames of a spectrum, a power of two 4…65536
 * @param x signal
 * @param freeze a gate: while it is on, the magnitudes are held and the phases run on
 * @returns the signal, or what is held of it
 * Source: the phase vocoder (Flanagan and Golden 1966): each peak of the spectrum is turned on, with its surroundings, by the
 * angle it last turned in a hop (Laroche and Dolson 1999); SuperCollider PV_MagFreeze.
 * @example
 * const hold = spectralFreeze()
 * const osc = saw()
 * const lfo = sine()
 * export default (t) => 0.3 * hold(osc(220 + 100 * lfo(0.5)), t % 4 > 2)
 */
export function spectralFreeze(size = 2048): (x: number, freeze: number) => number {
  const bins = powerOfTwo(size, 4) / 2 + 1;
  const power = new Float64Array(bins);
  // What is held, or the latest spectrum, and the unit vector by which each bin turns in a hop.
  const heldRe = new Float64Array(bins);
  const heldIm = new Float64Array(bins);
  const turnRe = new Float64Array(bins);
  const turnIm = new Float64Array(bins);
  let isOn = false;
  let wasOn = false;

  /** What surrounds a peak turns as it does, and so keeps its phases relative to it forever. */
  const lock = (first: number, end: number, peak: number) => {
    const x = turnRe[peak];
    const y = turnIm[peak];
    for (let k = first; k < end; k++) {
      turnRe[k] = x;
      turnIm[k] = y;
    }
  };

  const run = stft(size, (re, im) => {
    const begins = isOn && !wasOn;
    wasOn = isOn;
    for (let k = 0; k < bins; k++) {
      if (begins || !isOn) {
        const x = heldRe[k] * re[k] + heldIm[k] * im[k];
        const y = heldRe[k] * im[k] - heldIm[k] * re[k];
        const norm = Math.sqrt(x * x + y * y);
        // Where there was nothing, as much as the middle of the bin turns in a quarter of the window.
        turnRe[k] = norm > 1e-30 ? x / norm : (1 - (k & 1)) * (1 - (k & 2));
        turnIm[k] = norm > 1e-30 ? y / norm : (k & 1) * (1 - (k & 2));
        heldRe[k] = re[k];
        heldIm[k] = im[k];
        power[k] = re[k] * re[k] + im[k] * im[k];
      } else {
        const x = heldRe[k] * turnRe[k] - heldIm[k] * turnIm[k];
        heldIm[k] = heldRe[k] * turnIm[k] + heldIm[k] * turnRe[k];
        heldRe[k] = x;
        re[k] = x;
        im[k] = heldIm[k];
      }
    }
    if (begins) eachPeak(power, lock);
  });
  return (x, freeze) => {
    isOn = freeze > 0;
    return run(x);
  };
}

/**
 * Shifts the pitch and keeps the time. Latency: size frames.
 * @param size frames of a spectrum, a power of two 64…65536; larger for low and steady sounds, smaller for drums
 * @param x signal
 * @param semitones interval, −24…24
 * @returns the signal at another pitch
 * Source: Laroche and Dolson 1999: every peak of the spectrum is moved with its surroundings, and its phase turned on.
 * @example
 * const shift = phaseVocoder()
 * const osc = saw()
 * export default (t) => 0.3 * shift(osc(220), [0, 4, 7, 12][Math.floor(t * 2) % 4])
 */
export function phaseVocoder(size = 2048): (x: number, semitones: number) => number {
  const length = powerOfTwo(size, 64);
  const bins = length / 2 + 1;
  const hop = length / 4;
  const power = new Float64Array(bins);
  const lastRe = new Float64Array(bins);
  const lastIm = new Float64Array(bins);
  // How far each bin has been turned so far, and what goes out.
  const turnRe = new Float64Array(bins).fill(1);
  const turnIm = new Float64Array(bins);
  const nextRe = new Float64Array(bins);
  const nextIm = new Float64Array(bins);
  const outRe = new Float64Array(bins);
  const outIm = new Float64Array(bins);
  let ratio = 1;

  /** The radians a frame of what makes a peak, from how far its bin turned since the last spectrum. */
  const frequencyAt = (k: number, re: Float64Array, im: Float64Array) => {
    const x = lastRe[k] * re[k] + lastIm[k] * im[k];
    const y = lastRe[k] * im[k] - lastIm[k] * re[k];
    const middle = (2 * Math.PI * k) / length;
    const turned = Math.atan2(y, x) - middle * hop;
    return middle + (turned - 2 * Math.PI * Math.round(turned / (2 * Math.PI))) / hop;
  };

  /** Moves the bins from `first` to before `end`, whose peak is `peak`. */
  const move = (first: number, end: number, peak: number, re: Float64Array, im: Float64Array) => {
    const shift = (ratio - 1) * frequencyAt(peak, re, im);
    const places = Math.round((shift * length) / (2 * Math.PI));
    const c = Math.cos(shift * hop);
    const s = Math.sin(shift * hop);
    const re0 = turnRe[peak] * c - turnIm[peak] * s;
    const im0 = turnRe[peak] * s + turnIm[peak] * c;
    // Kept at length 1, whatever rounding does in an hour.
    const norm = 1 / Math.sqrt(re0 * re0 + im0 * im0);
    const x = re0 * norm;
    const y = im0 * norm;
    // The phase is turned in the middle of the window, where moving by an odd number of bins turns it by half a turn.
    const sign = (places & 1) === 0 ? 1 : -1;
    for (let k = first; k < end; k++) {
      nextRe[k] = x;
      nextIm[k] = y;
      const to = k + places;
      if (to >= 0 && to < bins) {
        outRe[to] += sign * (re[k] * x - im[k] * y);
        outIm[to] += sign * (re[k] * y + im[k] * x);
      }
    }
  };

  const run = stft(length, (re, im) => {
    for (let k = 0; k < bins; k++) {
      power[k] = re[k] * re[k] + im[k] * im[k];
      outRe[k] = 0;
      outIm[k] = 0;
    }
    const peaks = eachPeak(power, (first, end, peak) => move(first, end, peak, re, im));
    for (let k = 0; k < bins; k++) {
      lastRe[k] = re[k];
      lastIm[k] = im[k];
      turnRe[k] = peaks > 0 ? nextRe[k] : 1;
      turnIm[k] = peaks > 0 ? nextIm[k] : 0;
      re[k] = outRe[k];
      im[k] = outIm[k];
    }
    im[0] = 0;
    im[bins - 1] = 0;
  });
  return (x, semitones) => {
    ratio = 2 ** (clampOr(semitones, -24, 24, 0) / 12);
    return run(x);
  };
}
