/** Dictionaries: what goes on through edits that add, move and take out keys. */
import { describe, expect, it } from 'vitest';
import { expectSameRender } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { renderOracle } from './oracle.ts';

const S = 512;
const FRAMES = 1024;
const FADE_FRAMES = 32;

/** Each key counts frames at a pace of its own. */
const patch = (keys: string, from = 0): string => `const paces = { a: 1, b: 10, c: 100, d: 1000, x: 0 }
const counts = {}
for (const key of '${keys}') counts[key] = { n: ${from} }
export default () => {
  for (const key in counts) counts[key].n += paces[key]
  return (counts.a.n + counts['b'].n + counts.c.n) / 1e6
}`;

describe('an edit of what fills a dictionary', () => {
  it.each([
    { name: 'that adds a key in front', after: 'xabc' },
    { name: 'that adds a key between others', after: 'abxc' },
    { name: 'that adds one behind them', after: 'abcd' },
    { name: 'that puts them in another order', after: 'cab' },
  ])('$name keeps what is under each', async ({ after }) => {
    const options = { frames: FRAMES, fadeFrames: FADE_FRAMES, blockFrames: 32 };
    const before = patch('abc');
    const render = await renderCompiled({ text: before, ...options, swaps: [{ frame: S, text: patch(after) }] });
    expect(render.swaps.map(({ kind }) => kind)).toEqual(['committed']);
    // As if nothing had been edited.
    expectSameRender(before, render, renderOracle(before, { frames: FRAMES }), { tolerance: 1e-9 });
  });
});
