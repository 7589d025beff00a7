/** Every small program: compiled, it gives the samples of plain JavaScript, in any blocks and across any swap. */
import { describe, expect, it } from 'vitest';
import { compareRender, expectSameRender } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { renderOracle } from './oracle.ts';
import { programs } from './texts.ts';

const FRAMES = 2000;

describe.each(programs())('$name', ({ name, text }) => {
  it('equals the same text run as JavaScript', async () => {
    const render = await renderCompiled({ text, frames: FRAMES });
    expectSameRender(name, render, renderOracle(text, { frames: FRAMES }), { tolerance: 0 });
  });

  it('gives the same bits in blocks of any size', async () => {
    const expected = await renderCompiled({ text, frames: FRAMES });
    for (const blockFrames of [1, 37, FRAMES]) {
      const render = await renderCompiled({ text, frames: FRAMES, blockFrames });
      expectSameRender(`blocks of ${blockFrames}`, render, expected, { tolerance: 0 });
    }
  });

  it('continues, bit for bit, across edits that add what nobody hears', async () => {
    const expected = await renderCompiled({ text, frames: FRAMES });
    const swaps = [640, 1100, 1500].map((frame) => ({
      frame,
      text: `const unheard${frame} = [${frame}]\n${text}\nconst silent${frame} = () => unheard${frame}[0]\n`,
    }));
    const render = await renderCompiled({ text, frames: FRAMES, swaps, fadeFrames: 256 });
    expect(render.swaps.map(({ kind, frame }) => [kind, frame])).toEqual([
      ['committed', 640],
      ['committed', 1152],
      ['committed', 1536],
    ]);
    expectSameRender(name, render, expected, { tolerance: 0 });
  });
});

it('has programs that each say something', () => {
  const silent = programs().filter(({ text }) => {
    const render = renderOracle(text, { frames: FRAMES });
    const still = {
      left: Float64Array.from(render.left, () => render.left[0]),
      right: Float64Array.from(render.right, () => render.right[0]),
    };
    return compareRender(render, still, { tolerance: 0 }) === null;
  });
  expect(silent.map(({ name }) => name)).toEqual([]);
});
