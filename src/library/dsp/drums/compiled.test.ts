/** The functions of this folder compiled, against themselves as JavaScript; their comments, and the examples in them. */
import { expect, it } from 'vitest';
import { documentedFunctions, faultsOfExample } from '../../../testing/measure/examples.ts';
import { expectSameAsJavaScript } from '../../../testing/measure/sameAsJavaScript.ts';

it.each(documentedFunctions('drums/'))('documents $name', async (documented) => {
  if (documented.isInternal) return;
  expect(await faultsOfExample(documented)).toEqual([]);
});

it('equals itself as JavaScript under modulation', async () => {
  await expectSameAsJavaScript(`
    const a = kickDrum(), b = kick808(), c = snareDrum(), d = snare808()
    const e = hiHat(), f = handClap(), g = tomDrum(), h = cowbell()
    const beat = impulse()
    const wave = sine()
    export default () => {
      const x = beat(60)
      const w = 0.5 + 0.6 * wave(90)
      const one = a(x, 60 * w, w, w) + b(x, 50 * w, w, w) + c(x, 200 * w, w, w) + d(x, 200 * w, w, w)
      return [one, e(x, w, w) + f(x, w, w) + g(x, 100 * w, w) + h(x, 500 * w, w)]
    }`);
});
