/** The Fourier transform and windows that the measurements of this directory use; independent of the library's own. */

/** In place, X[k] = Σ x[n]·e^(−2πikn/length), for lengths that are powers of two (Cooley and Tukey). */
export function transform(re: Float64Array, im: Float64Array): void {
  const { length } = re;
  if (2 ** Math.round(Math.log2(length)) !== length) throw new Error(`transform: ${length} is no power of two`);
  for (let n = 1, m = 0; n < length; n++) {
    let bit = length >> 1;
    for (; m & bit; bit >>= 1) m ^= bit;
    m ^= bit;
    if (n < m) {
      [re[n], re[m]] = [re[m], re[n]];
      [im[n], im[m]] = [im[m], im[n]];
    }
  }
  for (let size = 2; size <= length; size *= 2) {
    for (let k = 0; k < size / 2; k++) {
      const turns = k / size;
      const [c, s] = [Math.cos(2 * Math.PI * turns), -Math.sin(2 * Math.PI * turns)];
      for (let start = k; start < length; start += size) {
        const other = start + size / 2;
        const [x, y] = [re[other] * c - im[other] * s, re[other] * s + im[other] * c];
        [re[other], im[other]] = [re[start] - x, im[start] - y];
        [re[start], im[start]] = [re[start] + x, im[start] + y];
      }
    }
  }
}

/**
 * A Kaiser window with its highest side lobe some 130 dB below the main lobe, whose half width is `KAISER_BINS` bins of
 * a transform as long as the window.
 */
export function kaiser(length: number): Float64Array {
  let window = windows.get(length);
  if (!window) {
    const norm = bessel(BETA);
    window = Float64Array.from({ length }, (_, n) => {
      const x = (2 * n) / (length - 1) - 1;
      return bessel(BETA * Math.sqrt(Math.max(0, 1 - x * x))) / norm;
    });
    windows.set(length, window);
  }
  return window;
}

const BETA = 17;
/** Made once for each length. */
const windows = new Map<number, Float64Array>();

/** Half the width of the main lobe: √(1 + (17/π)²), rounded up. */
export const KAISER_BINS = 6;

/** The modified Bessel function I0. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** The Bessel function of the first kind J_k, by its integral. */
export function besselJ(k: number, x: number): number {
  const steps = 2000;
  let sum = 0;
  for (let n = 0; n < steps; n++) {
    const angle = (Math.PI * (n + 0.5)) / steps;
    sum += Math.cos(k * angle - x * Math.sin(angle));
  }
  return sum / steps;
}
