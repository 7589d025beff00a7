/**
 * What every patch of the gallery has to be (patches/README.md): the samples of JavaScript in both tiers for ten seconds,
 * neither too loud nor too soft, never silent for long, and edits of what it says to change first that break nothing.
 */
import { describe, expect, it } from 'vitest';
import { headOf } from '../app/examples.ts';
import { readLibrary } from '../node/librarySource.ts';
import { renderPatch } from '../node/renderPatch.ts';
import { type Tier, twoTiers } from '../node/twoTiers.ts';
import { type Channels, expectSameRender, largestStep } from './compare.ts';
import { CEILING, longestSilence, loudnessOf, meanOf, numberOf, peakOf } from './galleryRules.ts';
import { renderOracle } from './oracle.ts';
import { inShard } from './shard.ts';
import { gallery, withConstant } from './texts.ts';

const library = readLibrary();
const SAMPLE_RATE = 48_000;
const TEN_SECONDS = 10 * SAMPLE_RATE;
const BLOCK_FRAMES = 120;

/** @throws where it traps. */
function rendered(tier: Tier, frames: number): Channels {
  const [left, right] = [new Float64Array(frames), new Float64Array(frames)];
  for (let frame = 0; frame < frames; frame += BLOCK_FRAMES) {
    const end = frame + BLOCK_FRAMES;
    tier.render(left.subarray(frame, end), right.subarray(frame, end), BLOCK_FRAMES);
  }
  return { left, right };
}

function once<Value>(make: () => Value): () => Value {
  let value: Value | null = null;
  return () => {
    value ??= make();
    return value;
  };
}

describe.each(inShard(gallery()))('$name', ({ text }) => {
  // One of all is kept: the others begin with the same frames.
  const asJavaScript = once(() => renderOracle(text, { frames: TEN_SECONDS }));

  it('plays for ten seconds, in both tiers, what it plays as JavaScript', () => {
    const expected = asJavaScript();
    const { first, second, optimised } = twoTiers(text, library);
    expect(optimised).toMatchObject({ kind: 'optimised' });
    for (const [n, tier] of [first, second!].entries())
      expectSameRender(`tier ${n + 1}`, rendered(tier, TEN_SECONDS), expected, { tolerance: 0 });
  });

  it.each([44_100, 48_000, 96_000])('is neither too loud nor too soft at %d Hz, and does not stop', (sampleRate) => {
    const seconds = sampleRate === SAMPLE_RATE ? 30 : 10;
    const render = rendered(twoTiers(text, library, { sampleRate }).second!, seconds * sampleRate);
    expect(peakOf(render)).toBeLessThan(CEILING);
    expect(meanOf(render)).toBeLessThan(0.005);
    expect(longestSilence(render, 0.001) / sampleRate).toBeLessThan(5);
    if (sampleRate !== SAMPLE_RATE) return;
    const lufs = loudnessOf(render, sampleRate);
    expect(lufs).toBeGreaterThan(-23);
    expect(lufs).toBeLessThan(-10);
  });

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
      const own = [asJavaScript(), renderOracle(edited, { frames: 2 * frames })];
      const steps = own.map((one) => largestStep(one, 0, 2 * frames));
      expect(largestStep(render)).toBeLessThanOrEqual(1.05 * Math.max(...steps));
    },
  );
});
