/** Short-time spectra: to look at, and to change. Patch language. */

import { clampOr, flushed } from '../internal/guard.ts';
import { powerOfTwo } from '../internal/powerOfTwo.ts';
import { realFft } from '../internal/realFft.ts';
import { hannWindow } from './fft.ts';

/**
 * The amplitudes of what sounds, renewed every hop.
 * @param size frames that are looked at, a power of two 4…65536; bins are sampleRate/size apart
 * @param hop frames from one spectrum to the next, 1…size
 * @param x signal
 * @returns the same array each frame: size/2 + 1 amplitudes; a sine of amplitude a on a bin gives a there
 * Source: Hann window and `fft`; Tone.js FFT, p5.FFT.
 * @example
 * // A sine at the strongest partial of a noisy chord.
 * const bins = spectrum(2048)
 * const osc = sine()
 * const low = saw()
 * export default () => {
 *   const x = 0.1 * low(220)
 *   const levels = bins(x)
 *   let best = 0
 *   for (let k = 1; k < 200; k++) if (levels[k] > levels[best]) best = k
 *   return x + 0.1 * osc((best * sampleRate) / 2048)
 * }
 */
export function spectrum(size: number, hop = size / 4): (x: number) => Float64Array {
  const length = powerOfTwo(size, 4);
  const step = Math.round(clampOr(hop, 1, length, length / 4));
  const window = hannWindow(length);
  const transform = realFft(length);
  const past = new Float64Array(length);
  const windowed = new Float64Array(length);
  const re = new Float64Array(length / 2 + 1);
  const im = new Float64Array(length / 2 + 1);
  const amplitudes = new Float64Array(length / 2 + 1);
  let at = 0;
  let count = 0;
  return (x) => {
    past[at] = flushed(x);
    at = at + 1 < length ? at + 1 : 0;
    count += 1;
    if (count >= step) {
      count = 0;
      // The oldest is at `at`.
      const rest = length - at;
      for (let n = 0; n < rest; n++) windowed[n] = past[at + n] * window[n];
      for (let n = 0; n < at; n++) windowed[rest + n] = past[n] * window[rest + n];
      transform.forward(windowed, re, im);
      for (let k = 0; k <= length / 2; k++) amplitudes[k] = (4 / length) * Math.sqrt(re[k] * re[k] + im[k] * im[k]);
      amplitudes[0] *= 0.5;
      amplitudes[length / 2] *= 0.5;
    }
    return amplitudes;
  };
}

/**
 * Changes the spectrum of what sounds. Latency: size frames.
 * @param size frames of a spectrum, a power of two 4…65536
 * @param process gets the bins 0…size/2 (0 Hz to half the sample rate) and changes them in place, every hop
 * @param hop frames from one spectrum to the next, 1…size/3; size/4 and smaller powers of two give back x where nothing is changed
 * @param x signal
 * @returns the sound with its spectrum changed
 * Source: Allen and Rabiner 1977, Hann window before and after, overlap-add; SuperCollider FFT and IFFT.
 * @example
 * // Only what is loud.
 * const gate = stft(1024, (re, im) => {
 *   for (let k = 0; k < re.length; k++) {
 *     const keeps = re[k] * re[k] + im[k] * im[k] > 9
 *     re[k] = keeps ? re[k] : 0
 *     im[k] = keeps ? im[k] : 0
 *   }
 * })
 * const osc = saw()
 * const noise = whiteNoise(1)
 * export default () => gate(0.3 * osc(220) + 0.05 * noise())
 */
export function stft(
  size: number,
  process: (re: Float64Array, im: Float64Array) => void,
  hop = size / 4,
): (x: number) => number {
  const length = powerOfTwo(size, 4);
  const step = Math.round(clampOr(hop, 1, length, length / 4));
  const window = hannWindow(length);
  const scale = step / (0.375 * length);
  const transform = realFft(length);
  const past = new Float64Array(length);
  const future = new Float64Array(length);
  const windowed = new Float64Array(length);
  const re = new Float64Array(length / 2 + 1);
  const im = new Float64Array(length / 2 + 1);
  let at = 0;
  let count = 0;
  return (x) => {
    const y = future[at];
    future[at] = 0;
    past[at] = flushed(x);
    at = at + 1 < length ? at + 1 : 0;
    count += 1;
    if (count >= step) {
      count = 0;
      // The oldest is at `at`.
      const rest = length - at;
      for (let n = 0; n < rest; n++) windowed[n] = past[at + n] * window[n];
      for (let n = 0; n < at; n++) windowed[rest + n] = past[n] * window[rest + n];
      transform.forward(windowed, re, im);
      process(re, im);
      transform.inverse(re, im, windowed);
      for (let n = 0; n < rest; n++) {
        const piece = windowed[n] * window[n] * scale;
        future[at + n] += Math.abs(piece) < 1e30 ? piece : 0;
      }
      for (let n = 0; n < at; n++) {
        const piece = windowed[rest + n] * window[rest + n] * scale;
        future[n] += Math.abs(piece) < 1e30 ? piece : 0;
      }
    }
    return y;
  };
}
