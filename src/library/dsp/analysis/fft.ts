/** The fast Fourier transform, of complex and of real numbers, and the Hann window. Patch language. */

import { clampOr } from '../internal/guard.ts';

const LARGEST = 65536;

/**
 * A power of two: `size` itself, or the next one above it.
 * @internal
 */
export function powerOfTwo(size: number, least: number): number {
  const wanted = clampOr(size, least, LARGEST, 1024);
  let power = least;
  while (power < wanted) power *= 2;
  return power;
}

/**
 * The Fourier transform of complex numbers, in place.
 * @param size how many; a power of two 2…65536
 * @returns `forward(re, im)`: X[k] = Σ x[n]·e^(−2πikn/size), and `inverse(re, im)`, which divides by size; both change
 * arrays of `size` numbers in place
 * Source: Cooley and Tukey 1965, radix 2, decimation in time.
 * @example
 * // One cycle of a wave with many harmonics, built from its spectrum.
 * const { inverse } = fft(1024)
 * const wave = new Float64Array(1024)
 * const im = new Float64Array(1024)
 * for (let k = 1; k < 40; k++) im[k] = -512 / k / (1 + (k % 3))
 * inverse(wave, im)
 * const phase = phasor()
 * export default () => 0.3 * readTable(wave, phase(110))
 */
export function fft(size: number): {
  forward: (re: Float64Array, im: Float64Array) => void;
  inverse: (re: Float64Array, im: Float64Array) => void;
} {
  const length = powerOfTwo(size, 2);
  const cosines = new Float64Array(length / 2);
  const sines = new Float64Array(length / 2);
  for (let k = 0; k < length / 2; k++) {
    cosines[k] = Math.cos((2 * Math.PI * k) / length);
    sines[k] = Math.sin((2 * Math.PI * k) / length);
  }
  const reversed = new Int32Array(length);
  for (let n = 1; n < length; n++) reversed[n] = (reversed[n >> 1] >> 1) | ((n & 1) * (length >> 1));

  const transform = (re: Float64Array, im: Float64Array) => {
    for (let n = 0; n < length; n++) {
      const other = reversed[n];
      if (n < other) {
        const x = re[n];
        const y = im[n];
        re[n] = re[other];
        im[n] = im[other];
        re[other] = x;
        im[other] = y;
      }
    }
    // The first stage has no factors.
    for (let n = 0; n < length; n += 2) {
      const x = re[n + 1];
      const y = im[n + 1];
      re[n + 1] = re[n] - x;
      im[n + 1] = im[n] - y;
      re[n] += x;
      im[n] += y;
    }
    for (let half = 2; half < length; half *= 2) {
      const stride = length / (2 * half);
      for (let start = 0; start < length; start += 2 * half) {
        for (let k = 0; k < half; k++) {
          const c = cosines[k * stride];
          const s = sines[k * stride];
          const a = start + k;
          const b = a + half;
          const x = re[b] * c + im[b] * s;
          const y = im[b] * c - re[b] * s;
          re[b] = re[a] - x;
          im[b] = im[a] - y;
          re[a] += x;
          im[a] += y;
        }
      }
    }
  };

  return {
    forward: (re, im) => transform(re, im),
    // The inverse is the transform with both parts exchanged.
    inverse: (re, im) => {
      transform(im, re);
      for (let n = 0; n < length; n++) {
        re[n] /= length;
        im[n] /= length;
      }
    },
  };
}

/**
 * The Fourier transform of `size` real numbers, by one of half as many complex ones. `forward(x, re, im)` leaves x as it is and
 * fills the bins 0…size/2; `inverse(re, im, x)` changes re and im.
 * Source: Sorensen, Jones, Heideman and Burrus 1987.
 * @internal
 */
export function realFft(size: number): {
  forward: (x: Float64Array, re: Float64Array, im: Float64Array) => void;
  inverse: (re: Float64Array, im: Float64Array, x: Float64Array) => void;
} {
  const length = powerOfTwo(size, 4);
  const half = length / 2;
  const complex = fft(half);
  const cosines = new Float64Array(half / 2 + 1);
  const sines = new Float64Array(half / 2 + 1);
  for (let k = 0; k <= half / 2; k++) {
    cosines[k] = Math.cos((2 * Math.PI * k) / length);
    sines[k] = Math.sin((2 * Math.PI * k) / length);
  }
  return {
    forward: (x, re, im) => {
      for (let n = 0; n < half; n++) {
        re[n] = x[2 * n];
        im[n] = x[2 * n + 1];
      }
      complex.forward(re, im);
      // The even and the odd samples' transforms are in the even and the odd part.
      const a = re[0];
      const b = im[0];
      re[0] = a + b;
      im[0] = 0;
      re[half] = a - b;
      im[half] = 0;
      for (let k = 1; k <= half / 2; k++) {
        const m = half - k;
        const evenRe = 0.5 * (re[k] + re[m]);
        const evenIm = 0.5 * (im[k] - im[m]);
        const oddRe = 0.5 * (im[k] + im[m]);
        const oddIm = 0.5 * (re[m] - re[k]);
        const turnedRe = oddRe * cosines[k] + oddIm * sines[k];
        const turnedIm = oddIm * cosines[k] - oddRe * sines[k];
        re[k] = evenRe + turnedRe;
        im[k] = evenIm + turnedIm;
        re[m] = evenRe - turnedRe;
        im[m] = turnedIm - evenIm;
      }
    },
    inverse: (re, im, x) => {
      const a = re[0];
      const b = re[half];
      re[0] = 0.5 * (a + b);
      im[0] = 0.5 * (a - b);
      for (let k = 1; k <= half / 2; k++) {
        const m = half - k;
        const evenRe = 0.5 * (re[k] + re[m]);
        const evenIm = 0.5 * (im[k] - im[m]);
        const turnedRe = 0.5 * (re[k] - re[m]);
        const turnedIm = 0.5 * (im[k] + im[m]);
        const oddRe = turnedRe * cosines[k] - turnedIm * sines[k];
        const oddIm = turnedIm * cosines[k] + turnedRe * sines[k];
        re[k] = evenRe - oddIm;
        im[k] = evenIm + oddRe;
        re[m] = evenRe + oddIm;
        im[m] = oddRe - evenIm;
      }
      complex.inverse(re, im);
      for (let n = 0; n < half; n++) {
        x[2 * n] = re[n];
        x[2 * n + 1] = im[n];
      }
    },
  };
}

/**
 * The periodic Hann window.
 * @param size its length, at least 1
 * @returns ½ − ½·cos(2πn/size)
 * Source: Harris 1978.
 * @example
 * const window = hannWindow(1024)
 * const osc = sine()
 * const phase = phasor()
 * export default () => 0.4 * osc(330) * readTable(window, phase(3))
 */
export function hannWindow(size: number): Float64Array {
  const length = Math.round(clampOr(size, 1, 1048576, 1024));
  const window = new Float64Array(length);
  for (let n = 0; n < length; n++) window[n] = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / length);
  return window;
}
