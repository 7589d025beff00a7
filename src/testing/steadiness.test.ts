/** However long one edits, nothing grows: slots, arenas, modules and memory are after many swaps what they were after ten. */
import { expect, it } from 'vitest';
import { LivePatch } from './live.ts';
import { patch, usageAfterSwaps } from './steadyEdits.ts';

it('a hundred swaps leave everything where it was after ten', async () => {
  const { afterTen, afterAll } = await usageAfterSwaps(100);
  expect(afterAll).toEqual(afterTen);
});

it('swaps that come faster than fades end leave nothing behind, either', async () => {
  const live = await LivePatch.create(patch(0), { fadeFrames: 1000 });
  const settle = () => {
    live.render(128 * 40);
    return live.session.memory();
  };
  const hurry = (begin: number, end: number) => {
    for (let n = begin; n <= end; n++) {
      live.swap(patch(n));
      // Until it is committed, but no longer: the next one waits for the end of this one's fade.
      while (live.renderer.hasBatch) live.render(128);
    }
  };
  settle();
  hurry(1, 20);
  const after = settle();
  hurry(21, 80);
  expect(settle()).toEqual(after);
});
