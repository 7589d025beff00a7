/** The functions of this folder compiled, against themselves as JavaScript; their comments, and the examples in them. */
import { expect, it } from 'vitest';
import { documentedFunctions, faultsOfExample } from '../../../testing/measure/examples.ts';
import { expectSameAsJavaScript } from '../../../testing/measure/sameAsJavaScript.ts';

it.each(documentedFunctions('envelopes/'))('documents $name', async (documented) => {
  if (documented.isInternal) return;
  expect(await faultsOfExample(documented)).toEqual([]);
});

it('equals itself as JavaScript under modulation', async () => {
  await expectSameAsJavaScript(`
    const wave = sine()
    const a = adsr(), b = asr(), c = perc(), d = decayEnv(),
      e = breakpoints([0, 1, 0.3, 0.5], [0.001, 0.002, 0.003], 2)
    const f = linRamp(0, 1, 0.01), g = expRamp(1, 3, 0.01), h = lag(), i = smooth(), j = slew(), k = glide(),
      l = follow()
    const m = sampleHold(), n = edge(), o = trigHold(), p = flipFlop(), q = counter(), r = stopwatch()
    export default (t) => {
      const w = wave(230)
      const s = 0.004 * wave(-0.3) * w + 0.002
      const one = a(w, s, s, w, s) + b(w > 0.5, s, s) + c(w, s, s) + d(w, s) + e(w) + f(w) + g(w)
      const two = h(w, s) + i(w, s) + j(w, 900, 700) + k(500 + 100 * w, s) + l(w, s, 2 * s)
      const three = m(t, w) + n(w) + o(w, s) + p(w) + q(w, 5, t > 0.05) + (t < 0.01 ? 0 : r(w))
      return [one, two + three]
    }`);
});
