/** The Fourier transform of real numbers. Patch language; for the library's own use. */

import { fft } from '../analysis/fft.ts';
import { powerOfTwo } from './powerOfTwo.ts';

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
      const middle = half;
      for (let n = 0; n < middle; n++) {
        const even = 2 * n;
        re[n] = x[even];
        im[n] = x[even + 1];
      }
      complex.forward(re, im);
      // The even and the odd samples' transforms are in the even and the odd part.
      const a = re[0];
      const b = im[0];
      re[0] = a + b;
      im[0] = 0;
      re[half] = a - b;
      im[half] = 0;
      for (let k = 1, m = middle - 1; k <= m; k++, m--) {
        const kr = re[k];
        const ki = im[k];
        const mr = re[m];
        const mi = im[m];
        const c = cosines[k];
        const s = sines[k];
        const evenRe = 0.5 * (kr + mr);
        const evenIm = 0.5 * (ki - mi);
        const oddRe = 0.5 * (ki + mi);
        const oddIm = 0.5 * (mr - kr);
        const turnedRe = oddRe * c + oddIm * s;
        const turnedIm = oddIm * c - oddRe * s;
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
      const middle = half;
      for (let k = 1, m = middle - 1; k <= m; k++, m--) {
        const kr = re[k];
        const ki = im[k];
        const mr = re[m];
        const mi = im[m];
        const c = cosines[k];
        const s = sines[k];
        const evenRe = 0.5 * (kr + mr);
        const evenIm = 0.5 * (ki - mi);
        const turnedRe = 0.5 * (kr - mr);
        const turnedIm = 0.5 * (ki + mi);
        const oddRe = turnedRe * c - turnedIm * s;
        const oddIm = turnedIm * c + turnedRe * s;
        re[k] = evenRe - oddIm;
        im[k] = evenIm + oddRe;
        re[m] = evenRe + oddIm;
        im[m] = oddRe - evenIm;
      }
      complex.inverse(re, im);
      for (let n = 0; n < middle; n++) {
        const even = 2 * n;
        x[even] = re[n];
        x[even + 1] = im[n];
      }
    },
  };
}
