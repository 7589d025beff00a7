/** The fast Fourier transform, and the Hann window. Patch language. */

import { clampOr } from '../internal/guard.ts';
import { powerOfTwo } from '../internal/powerOfTwo.ts';

/**
 * The Fourier transform of complex numbers, in place.
 * @param size how many; a power of two 2…65536
 * @param re real parts, as many as size
 * @param im imaginary parts
 * @returns `forward(re, im)`: X[k] = Σ x[n]·e^(−2πikn/size), and `inverse(re, im)`, which divides by size; both
 * change the arrays in place
 * Source: Cooley and Tukey 1965, radix 4, decimation in time.
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
  const cosines = new Float64Array(length);
  const sines = new Float64Array(length);
  for (let k = 0; k < length; k++) {
    cosines[k] = Math.cos((2 * Math.PI * k) / length);
    sines[k] = Math.sin((2 * Math.PI * k) / length);
  }
  // Pairs of places that are exchanged: those whose numbers are each other's with the bits in reverse order.
  const reversed = new Int32Array(length);
  let exchanges = 0;
  for (let n = 1; n < length; n++) {
    reversed[n] = (reversed[n >> 1] >> 1) | ((n & 1) * (length >> 1));
    if (n < reversed[n]) exchanges += 1;
  }
  const ones = new Int32Array(exchanges);
  const others = new Int32Array(exchanges);
  for (let n = 1, at = 0; n < length; n++) {
    if (n < reversed[n]) {
      ones[at] = n;
      others[at] = reversed[n];
      at += 1;
    }
  }
  const isOdd = (Math.round(Math.log2(length)) & 1) === 1;

  const transform = (re: Float64Array, im: Float64Array) => {
    const count = length;
    for (let i = 0; i < ones.length; i++) {
      const a = ones[i];
      const b = others[i];
      const x = re[a];
      const y = im[a];
      re[a] = re[b];
      im[a] = im[b];
      re[b] = x;
      im[b] = y;
    }
    let quarter = 1;
    if (isOdd) {
      // One pass of radix 2, so that the others come out.
      for (let a = 0; a < count; a += 2) {
        const x = re[a];
        const y = im[a];
        const v = re[a + 1];
        const w = im[a + 1];
        re[a] = x + v;
        im[a] = y + w;
        re[a + 1] = x - v;
        im[a + 1] = y - w;
      }
      quarter = 2;
    }
    // Two passes of radix 2 in one, so that each number is read and written half as often.
    for (; quarter < count; quarter *= 4) {
      const step = 4 * quarter;
      const stride = count / step;
      for (let k = 0, turn = 0; k < quarter; k++, turn += stride) {
        const twice = 2 * turn;
        const c1 = cosines[turn];
        const s1 = sines[turn];
        const c2 = cosines[twice];
        const s2 = sines[twice];
        const c3 = c1 * c2 - s1 * s2;
        const s3 = s1 * c2 + c1 * s2;
        for (let a = k; a < count; a += step) {
          const b = a + quarter;
          const c = b + quarter;
          const d = c + quarter;
          const br = re[b];
          const bi = im[b];
          const cr = re[c];
          const ci = im[c];
          const dr = re[d];
          const di = im[d];
          const ar = re[a];
          const ai = im[a];
          // With the bits reversed, the second place has every other of its numbers, and the third every fourth.
          const pr = br * c2 + bi * s2;
          const pi = bi * c2 - br * s2;
          const qr = cr * c1 + ci * s1;
          const qi = ci * c1 - cr * s1;
          const rr = dr * c3 + di * s3;
          const ri = di * c3 - dr * s3;
          const er = ar + pr;
          const ei = ai + pi;
          const fr = ar - pr;
          const fi = ai - pi;
          const gr = qr + rr;
          const gi = qi + ri;
          const hr = qr - rr;
          const hi = qi - ri;
          re[a] = er + gr;
          im[a] = ei + gi;
          re[b] = fr + hi;
          im[b] = fi - hr;
          re[c] = er - gr;
          im[c] = ei - gi;
          re[d] = fr - hi;
          im[d] = fi + hr;
        }
      }
    }
  };

  return {
    forward: (re, im) => transform(re, im),
    // The inverse is the transform with both parts exchanged.
    inverse: (re, im) => {
      transform(im, re);
      const part = 1 / length;
      for (let n = 0; n < length; n++) {
        re[n] *= part;
        im[n] *= part;
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
