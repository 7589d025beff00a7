/** The gallery, compiled: the samples of plain JavaScript, and edits without a seam. */
import { describe, expect, it } from 'vitest';
import { compareRender, expectSameRender, largestStep } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { renderOracle } from './oracle.ts';
import { patches, withConstant, withConstantChangedAt } from './texts.ts';

const SAMPLE_RATE = 48_000;
const FRAMES = 2 * SAMPLE_RATE;

describe.each(patches())('$name', ({ name, text }) => {
  it('equals the same text run as JavaScript', async () => {
    for (const sampleRate of [SAMPLE_RATE, 44_100]) {
      const render = await renderCompiled({ text, frames: FRAMES, sampleRate });
      const expected = renderOracle(text, { frames: FRAMES, sampleRate });
      expectSameRender(`${name} at ${sampleRate} Hz`, render, expected, { tolerance: 0 });
    }
  });

  it('gives the same bits in blocks of any size', async () => {
    const expected = await renderCompiled({ text, frames: FRAMES / 4 });
    for (const blockFrames of [1, 100, 4096]) {
      const render = await renderCompiled({ text, frames: FRAMES / 4, blockFrames });
      expectSameRender(`blocks of ${blockFrames}`, render, expected, { tolerance: 0 });
    }
  });

  it('continues where it is when its gain is edited', async () => {
    const S = 375 * 128;
    const fadeFrames = 480;
    const old = renderOracle(text, { frames: FRAMES });
    const expected = renderOracle(withConstantChangedAt(text, 'gain', '0.11', S), { frames: FRAMES });
    expect(compareRender(expected, old, { tolerance: 0, toFrame: S })).toBeNull();
    expect(compareRender(expected, old, { tolerance: 0 })).not.toBeNull();

    const swaps = [{ frame: S, text: withConstant(text, 'gain', '0.11') }];
    const render = await renderCompiled({ text, frames: FRAMES, swaps, fadeFrames });
    expectSameRender('before', render, expected, { tolerance: 0, toFrame: S });
    expectSameRender('after the fade', render, expected, { tolerance: 0, fromFrame: S + fadeFrames });
    const own = Math.max(largestStep(old), largestStep(expected, S));
    expect(largestStep(render)).toBeLessThanOrEqual(1.05 * own);
  });

  const bpm = /^const bpm = (\d+)/m.exec(text)?.[1];
  it.runIf(bpm)('keeps its place when its tempo is edited, at twelve moments', async () => {
    const faster = withConstant(text, 'bpm', String(Math.round(Number(bpm) * 1.04)));
    const own = [text, faster].map((alone) => largestStep(renderOracle(alone, { frames: 2 * FRAMES })));
    const swaps = Array.from({ length: 12 }, (_, n) => ({ frame: 12_345 * (n + 1), text: n % 2 ? text : faster }));
    const render = await renderCompiled({ text, frames: 2 * FRAMES, swaps });
    expect(largestStep(render)).toBeLessThanOrEqual(1.05 * Math.max(...own));
  });

  it('continues, bit for bit, across swaps that mean the same', async () => {
    const expected = await renderCompiled({ text, frames: FRAMES });
    const swaps = Array.from({ length: 12 }, (_, n) => ({
      frame: 4000 * (n + 1),
      text: `${n % 3 ? `// ${n}` : `const unheard = ${n}`}\n${text}`,
    }));
    const render = await renderCompiled({ text, frames: FRAMES, swaps });
    expectSameRender(name, render, expected, { tolerance: 0 });
  });
});

it('changes from any patch to the next without a step', async () => {
  const all = patches();
  for (let n = 0; n < all.length; n++) {
    const [from, to] = [all[n], all[(n + 1) % all.length]];
    const swaps = [{ frame: 8192, text: to.text }];
    const render = await renderCompiled({ text: from.text, frames: 16_384, swaps });
    const own = [from, to].map(({ text }) => largestStep(renderOracle(text, { frames: SAMPLE_RATE })));
    expect(largestStep(render), `${from.name} to ${to.name}`).toBeLessThanOrEqual(1.05 * Math.max(...own));
  }
});
