/** Transforms against the definition of the discrete Fourier transform. */
import { describe, expect, it } from 'vitest';
import { uniform } from '../../../testing/measure/stability.ts';
import { realFft } from '../internal/realFft.ts';
import { fft, hannWindow } from './fft.ts';

const SEED = 5;
const random = uniform(SEED);
const noise = (size: number): Float64Array => Float64Array.from({ length: size }, () => 2 * random() - 1);

/** Σ x[n]·e^(−2πikn/size), as it is defined. */
function dft(re: Float64Array, im: Float64Array, bins: number[]): { re: number; im: number }[] {
  const size = re.length;
  return bins.map((k) => {
    let [x, y] = [0, 0];
    for (let n = 0; n < size; n++) {
      const angle = (-2 * Math.PI * ((k * n) % size)) / size;
      x += re[n] * Math.cos(angle) - im[n] * Math.sin(angle);
      y += re[n] * Math.sin(angle) + im[n] * Math.cos(angle);
    }
    return { re: x, im: y };
  });
}

const SIZES = Array.from({ length: 16 }, (_, i) => 2 ** (i + 1));
/** All bins of small transforms, 24 of large ones. */
const binsOf = (size: number): number[] =>
  size <= 512
    ? Array.from({ length: size }, (_, k) => k)
    : Array.from({ length: 24 }, () => Math.floor(random() * size));

describe(`fft, seed ${SEED}`, () => {
  it.each(SIZES)('of %i numbers is the DFT, and its inverse undoes it', (size) => {
    const { forward, inverse } = fft(size);
    const [x, y] = [noise(size), noise(size)];
    const [re, im] = [x.slice(), y.slice()];
    forward(re, im);
    const bins = binsOf(size);
    dft(x, y, bins).forEach((expected, i) => {
      expect(Math.abs(re[bins[i]] - expected.re)).toBeLessThan(1e-10 * size);
      expect(Math.abs(im[bins[i]] - expected.im)).toBeLessThan(1e-10 * size);
    });
    inverse(re, im);
    let worst = 0;
    for (let n = 0; n < size; n++) worst = Math.max(worst, Math.abs(re[n] - x[n]), Math.abs(im[n] - y[n]));
    expect(worst).toBeLessThan(1e-12);
  });

  it.each(SIZES.slice(1))('of %i real numbers has the same bins', (size) => {
    const { forward, inverse } = realFft(size);
    const x = noise(size);
    const before = x.slice();
    const [re, im] = [new Float64Array(size / 2 + 1), new Float64Array(size / 2 + 1)];
    forward(x, re, im);
    expect(x).toEqual(before);
    const bins = binsOf(size).filter((k) => k <= size / 2);
    dft(x, new Float64Array(size), bins).forEach((expected, i) => {
      expect(Math.abs(re[bins[i]] - expected.re)).toBeLessThan(1e-10 * size);
      expect(Math.abs(im[bins[i]] - expected.im)).toBeLessThan(1e-10 * size);
    });
    const back = new Float64Array(size);
    inverse(re, im, back);
    let worst = 0;
    for (let n = 0; n < size; n++) worst = Math.max(worst, Math.abs(back[n] - x[n]));
    expect(worst).toBeLessThan(1e-12);
  });

  it('takes the next power of two for other sizes', () => {
    const { forward } = fft(6);
    const re = Float64Array.from([1, 0, 0, 0, 0, 0, 0, 0]);
    forward(re, new Float64Array(8));
    expect([...re]).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  });
});

it('hannWindow is ½ − ½·cos, and overlaps to a constant', () => {
  const window = hannWindow(480);
  for (let n = 0; n < 480; n++) expect(window[n]).toBe(0.5 - 0.5 * Math.cos((2 * Math.PI * n) / 480));
  for (let n = 0; n < 120; n++) {
    const sum = [0, 120, 240, 360].reduce((total, hop) => total + window[n + hop] ** 2, 0);
    expect(sum).toBeCloseTo(1.5, 12);
  }
});
