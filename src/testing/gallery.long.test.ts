/**
 * What every patch of the gallery has to be (patches/README.md): the samples of JavaScript in both tiers for ten seconds,
 * neither too loud nor too soft, never silent for long, and edits of what it says to change first that break nothing.
 */
import { describe, expect, it } from 'vitest';
import { headOf } from '../app/examples.ts';
import { readLibrary } from '../node/librarySource.ts';
import { renderPatch } from '../node/renderPatch.ts';
import { twoTiers } from '../node/twoTiers.ts';
import { largestStep } from './compare.ts';
import { CEILING, longestSilence, loudnessOf, meanOf, numberOf, peakOf } from './galleryRules.ts';
import { renderOracle } from './oracle.ts';
import { gallery, withConstant } from './texts.ts';

const library = readLibrary();
const SAMPLE_RATE = 48_000;
const TEN_SECONDS = 10 * SAMPLE_RATE;

describe.each(gallery())('$name', ({ text }) => {
  it('plays for ten seconds, in both tiers, what it plays as JavaScript', () => {
    const expected = renderOracle(text, { frames: TEN_SECONDS });
    const { first, second, optimised } = twoTiers(text, library);
    expect(optimised).toMatchObject({ kind: 'optimised' });
    const [left, right] = [new Float64Array(128), new Float64Array(128)];
    for (const tier of [first, second!]) {
      for (let frame = 0; frame < TEN_SECONDS; frame += 120) {
        tier.render(left, right, 120);
        for (let n = 0; n < 120; n++) {
          if (left[n] === expected.left[frame + n] && right[n] === expected.right[frame + n]) continue;
          const [heard, wanted] = [left[n], expected.left[frame + n]];
          expect.fail(`tier ${tier === first ? 1 : 2}, frame ${frame + n}: ${heard} instead of ${wanted}`);
        }
      }
    }
  });

  it.each([44_100, 48_000, 96_000])(
    'is neither too loud nor too soft at %d Hz, and does not stop',
    async (sampleRate) => {
      const seconds = sampleRate === SAMPLE_RATE ? 30 : 10;
      const render = await renderPatch({ text, frames: seconds * sampleRate, sampleRate, raw: true });
      expect(render.traps).toEqual([]);
      expect(peakOf(render)).toBeLessThan(CEILING);
      expect(meanOf(render)).toBeLessThan(0.005);
      expect(longestSilence(render, 0.001) / sampleRate).toBeLessThan(5);
      if (sampleRate !== SAMPLE_RATE) return;
      const lufs = loudnessOf(render, sampleRate);
      expect(lufs).toBeGreaterThan(-23);
      expect(lufs).toBeLessThan(-10);
    },
  );

  const numbers = [...(headOf(text)?.about ?? '').matchAll(/`([^`]*)`/g)].flatMap(([, name]) => {
    const value = numberOf(text, name);
    return value === null ? [] : [{ name, value }];
  });
  it.runIf(numbers.length > 0).each(numbers)(
    'goes on without a step when $name is changed',
    async ({ name, value }) => {
      const edited = withConstant(text, name, String(Number.isInteger(value) ? value + 1 : value * 1.1));
      const frames = 4 * SAMPLE_RATE;
      const swap = { frame: 2 * SAMPLE_RATE, text: edited };
      const render = await renderPatch({ text, frames, swaps: [swap], raw: true });
      expect(render.traps).toEqual([]);
      expect(render.swaps.map(({ kind }) => kind)).toEqual(['committed']);
      const own = [text, edited].map((one) => largestStep(renderOracle(one, { frames: 2 * frames })));
      expect(largestStep(render)).toBeLessThanOrEqual(1.05 * Math.max(...own));
    },
  );
});
