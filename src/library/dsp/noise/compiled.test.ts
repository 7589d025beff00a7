/** The functions of this folder compiled, against themselves as JavaScript; their comments, and the examples in them. */
import { expect, it } from 'vitest';
import { documentedFunctions, faultsOfExample } from '../../../testing/measure/examples.ts';
import { expectSameAsJavaScript } from '../../../testing/measure/sameAsJavaScript.ts';

it.each(documentedFunctions('noise/'))('documents $name', async (documented) => {
  if (documented.isInternal) return;
  expect(await faultsOfExample(documented)).toEqual([]);
});

it('equals itself as JavaScript under modulation', async () => {
  await expectSameAsJavaScript(`
    const a = whiteNoise(1), b = pinkNoise(2), c = brownNoise(3), d = blueNoise(4), e = violetNoise(5),
      f = gaussNoise(6)
    const g = velvetNoise(), h = dust(), i = lfNoise0(), j = lfNoise1(), k = lfNoise2(), l = lfsrNoise(7),
      m = lorenzOsc()
    export default (t) => {
      const hz = 3000 + 3500 * Math.sin(t * 400)
      const [x, z] = m(hz / 10)
      return [a() + b() + c() + d() + e() + f() + x, g(hz) + h(hz) + i(hz) + j(hz) + k(hz) + l(5 * hz) + z]
    }`);
});
