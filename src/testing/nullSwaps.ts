/**
 * A patch that is evaluated again and again while it plays, with nothing changed but white space and a comment. In: a text and
 * for how many blocks. Out: how many times it was evaluated. Tests only.
 */
import { expect } from 'vitest';
import { expectSameRender } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { LivePatch } from './live.ts';

const BLOCK_FRAMES = 128;
const SWAPS_PER_BLOCK = 5;
/** What is played after the last of them. */
const REST_BLOCKS = 20;

/** Requires that none of them makes a generation, and that every sample is that of the patch left alone. */
export async function playNullSwaps(name: string, text: string, blocks: number): Promise<number> {
  const frames = BLOCK_FRAMES * (blocks + REST_BLOCKS);
  const expected = await renderCompiled({ text, frames });
  const live = await LivePatch.create(text);
  const left = new Float64Array(frames);
  const right = new Float64Array(frames);
  for (let n = 0; n < blocks; n++) {
    const part = live.render(BLOCK_FRAMES);
    left.set(part.left, n * BLOCK_FRAMES);
    right.set(part.right, n * BLOCK_FRAMES);
    for (let again = 0; again < SWAPS_PER_BLOCK; again++) {
      expect(live.swap(`${text}${' '.repeat(again)}\n// ${n}`).batch).toBeNull();
    }
  }
  const rest = live.renderUntil(frames);
  left.set(rest.left, blocks * BLOCK_FRAMES);
  right.set(rest.right, blocks * BLOCK_FRAMES);
  expectSameRender(name, { left, right }, expected, { tolerance: 0 });
  return blocks * SWAPS_PER_BLOCK;
}
