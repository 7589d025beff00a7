/** Rare cases of several pairs are asked together, and the samples are those of the same text as JavaScript. */

import { expect, it } from 'vitest';
import { playedLikeJavaScript } from '../testing/playedLikeJavaScript.ts';

/** How many results each test has, of those that have any. */
const together = (printed: string): number[] =>
  [...printed.matchAll(/^ {4,6}(%\d+(?:, %\d+)*) = if /gm)].map((match) => match[1]!.split(',').length);

const bank = (voice: string): string => `
  const voices = Array.from({ length: 8 }, (_, i) => {
    let phase = 0;
    let other = 0;
    const step = (i + 3) / 97;
    return () => { ${voice} };
  });
  export default () => voices.reduce((sum, voice) => sum + voice(), 0);`;

it('asks for the corners of four pairs of saws at once', () => {
  const printed = playedLikeJavaScript(
    bank(`
      let y = 2 * phase - 1;
      if (phase < step) {
        const x = phase / step;
        y -= x + x - x * x - 1;
      } else if (phase > 1 - step) {
        const x = (phase - 1) / step;
        y -= x * x + x + x + 1;
      }
      phase += step;
      if (phase >= 1) phase -= 1;
      return y;`),
  );
  expect(together(printed)).toEqual([4, 4]);
  // A corner is short: both lanes are computed, and those that are in one chosen.
  expect(printed).toMatch(/f64x2\.div/);
  expect(printed).not.toMatch(/ f64\.div|extract\.mask/);
});

it('asks twice where one sine bends the other, and calls what is rare for each that is', () => {
  // Each phase is 0 at times: the sine of 0 is a rare case.
  const printed = playedLikeJavaScript(
    bank(`
      phase = (phase + step) % 1;
      other = other === 3 ? 0 : other + 1;
      return Math.sin(6 * phase + other * Math.sin(2 * Math.PI * other / 4));`),
  );
  expect(together(printed)).toContain(4);
  expect(printed).toMatch(/call std\/rareSine/);
});
