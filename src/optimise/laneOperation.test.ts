/** Choices between a number and 0, or between x and x − c, take fewer instructions in lanes, and give the same bits. */

import { expect, it } from 'vitest';
import { playedLikeJavaScript } from '../testing/playedLikeJavaScript.ts';

const bank = (voice: string): string => `
  const voices = Array.from({ length: 8 }, (_, i) => {
    let phase = 0;
    let low = 0;
    const step = (i + 3) / 97;
    return () => { phase += step; ${voice} };
  });
  export default () => voices.reduce((sum, voice) => sum + voice(), 0);`;

it('wraps by taking 1 or 0 away, which leaves the sign of 0 as it is', () => {
  const wrapped = bank(`
    if (phase >= 1) phase -= 1;
    const nothing = phase * -0;
    const kept = nothing > phase ? nothing - step : nothing;
    low += 0.1 * (phase * phase - low);
    return 1 / kept > 0 ? 1e9 : low;`);
  const printed = playedLikeJavaScript(wrapped);
  expect(printed).toMatch(/f64x2\.sub/);
  expect(printed).toMatch(/v128\.and /);
});

it('chooses between a number and 0 by its mask', () => {
  const printed = playedLikeJavaScript(
    bank(`
      if (phase >= 1) phase -= 1;
      const early = phase < 0.5 ? phase * phase : 0;
      const late = phase < 0.3 ? 0 : phase * 3;
      low += 0.1 * (early - late * early + late - low);
      return low;`),
  );
  expect(printed).toMatch(/v128\.andnot/);
  expect(printed).not.toMatch(/bitselect/);
});

it('chooses a sum as a whole: x + 0 is not x where x is −0', () => {
  const printed = playedLikeJavaScript(
    bank(`
      if (phase >= 1) phase -= 1;
      const nothing = phase * -0;
      const kept = phase > 2 ? nothing + step : nothing;
      low += 0.1 * (phase * phase - low);
      return low + 1 / (1e-300 + kept) * 1e-300 + (1 / kept < 0 ? 0.25 : 8);`),
  );
  expect(printed).toMatch(/f64x2\.sub/);
});
