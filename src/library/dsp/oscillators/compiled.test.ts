/** The functions of this folder compiled, against themselves as JavaScript; their comments, and the examples in them. */
import { expect, it } from 'vitest';
import { documentedFunctions, faultsOfExample } from '../../../testing/measure/examples.ts';
import { expectSameAsJavaScript } from '../../../testing/measure/sameAsJavaScript.ts';

it.each(documentedFunctions('oscillators/'))('documents $name', async (documented) => {
  if (documented.isInternal) return;
  expect(await faultsOfExample(documented)).toEqual([]);
});

it('equals itself as JavaScript under modulation', async () => {
  await expectSameAsJavaScript(`
    const mod = sine(0.1)
    const a = saw(0.3), b = square(), c = triangle(0.9), d = pulse(), e = superSaw(5, 3)
    const f = phasor(0.2), g = quadSine(), h = syncSaw(), i = impulse(0.4)
    const j = lfSaw(), k = lfTri(0.1), l = lfPulse()
    const table = wavetable([0, 1, 0.3, -0.2, 0.5, -1, 0, 0.1, 0, 1, 0.3, -0.2, 0.5, -1, 0, 0.1])
    const m = harmonics([1, 0.5, 0, 0.2]), n = dsfOsc(), o = fmPair(), p = formantOsc()
    export default (t) => {
      const w = mod(3000)
      const hz = 2000 * w * w * w + 700
      const [x, y] = e(hz, w, w)
      const [s, q] = g(hz)
      const one = a(hz) + b(hz) + c(-hz) + d(hz, 0.5 + 0.6 * w) + x + f(hz, w) + s + h(hz, 3 * hz) + i(hz)
      const two = y + q + j(hz) + k(hz) + l(hz, w) + table(hz) + m(hz) + n(hz, w, 2 * w) + o(hz, w, 3, w) + p(hz, 5 * hz, w)
      return [one, two]
    }`);
});
