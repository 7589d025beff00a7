/** The functions of this folder compiled, against themselves as JavaScript; their comments, and the examples in them. */
import { expect, it } from 'vitest';
import { documentedFunctions, faultsOfExample } from '../../../testing/measure/examples.ts';
import { expectSameAsJavaScript } from '../../../testing/measure/sameAsJavaScript.ts';

it.each(documentedFunctions('filters/'))('documents $name', async (documented) => {
  if (documented.isInternal) return;
  expect(await faultsOfExample(documented)).toEqual([]);
});

const PRELUDE = `
  const noise = whiteNoise(1)
  const mod = sine()
  let x = 0
  let hz = 0
  let w = 0
  const step = (t) => {
    w = mod(1700)
    x = noise()
    hz = 9000 + 9500 * w
  }`;

it.each([
  [
    'of second order',
    `
    const a = lowpass(), b = highpass(), c = bandpass(), d = notch(), e = allpass(), f = svf()
    export default (t) => {
      step(t)
      const { low, band, high, notch, peak } = f(x, hz, 3 * w)
      return [a(x, hz) + b(x, hz, w) + c(x, hz) + low + band, d(x, hz, 9 * w) + e(x, hz) + high + notch + peak]
    }`,
  ],
  [
    'of first order and by coefficients',
    `
    const a = lowpass1(), b = highpass1(), c = allpass1(), d = dcBlock(), e = biquad()
    const f = fir([0.1, 0.2, -0.3, 0.05])
    export default (t) => {
      step(t)
      return [a(x, hz) + b(x, hz) + c(x, hz), d(x, 0.1 * hz) + e(x, 1, w, 0.2, -1.2, 0.6) + f(x)]
    }`,
  ],
  [
    'that equalise',
    `
    const a = peaking(), b = lowshelf(), c = highshelf(), d = tilt()
    export default (t) => {
      step(t)
      return [a(x, hz, 1 + w, 2) + b(x, hz, 1 + w), c(x, hz, 2 + w, 1 + w) + d(x, 2 + w, hz)]
    }`,
  ],
  [
    'that are steep',
    `
    const a = butterLowpass(5), b = butterHighpass(), c = crossover(), d = crossover3()
    export default (t) => {
      step(t)
      const [low, high] = c(x, hz)
      const [one, two, three] = d(x, 0.3 * hz, hz)
      return [a(x, hz) + b(x, hz) + low, high + one + 2 * two + 3 * three]
    }`,
  ],
  [
    'that sing',
    `
    const a = moogLadder(), b = diodeLadder(), c = resonator(), d = combFilter(0.01), e = allpassComb(0.01)
    export default (t) => {
      step(t)
      return [a(x, hz, 1 + 0.3 * w, w) + b(x, hz, 1 + w), c(x, hz, 1 + w) + d(x, 0.01 * w, w) + e(x, 0.005 + 0.004 * w, 0.7)]
    }`,
  ],
  [
    'of phase, and vowels',
    `
    const a = hilbert(), b = vowelFilter()
    export default (t) => {
      step(t)
      const [re, im] = a(x)
      return [re + b(x, 2 + 2 * w, 1 + w), im]
    }`,
  ],
])('filters %s equal themselves as JavaScript under modulation', async (_, text) => {
  await expectSameAsJavaScript(PRELUDE + text);
});
