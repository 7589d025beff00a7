/**
 * Patches and edits made at random, against the oracle. In: a seed, and how many. Out: an exception with fast-check's report.
 * Tests only.
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import { expectSameRender } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { renderOracle } from './oracle.ts';
import { type Editing, randomEditing } from './randomEdits.ts';
import { randomPatch } from './randomPrograms.ts';

interface Runs {
  readonly seed: number;
  readonly numRuns: number;
}

export async function tryRandomPatches(runs: Runs): Promise<void> {
  await fc.assert(
    fc.asyncProperty(randomPatch, async (text) => {
      const frames = 64;
      const render = await renderCompiled({ text, frames });
      expectSameRender(text, render, renderOracle(text, { frames }), { tolerance: 0 });
    }),
    { ...runs, endOnFailure: false },
  );
}

export async function tryRandomEdits(runs: Runs): Promise<void> {
  const fadeFrames = 100;
  await fc.assert(
    fc.asyncProperty(randomEditing, async ({ texts, self }: Editing) => {
      const swapFrames = texts.slice(1).map((_, n) => 512 * (n + 1));
      const frames = 512 * texts.length;
      const swaps = swapFrames.map((frame, n) => ({ frame, text: texts[n + 1] }));
      const render = await renderCompiled({ text: texts[0], frames, fadeFrames, swaps, blockFrames: 64 });
      const expected = renderOracle(self(swapFrames), { frames });
      const starts = [
        0,
        ...swapFrames.map((frame, n) => (render.swaps[n].kind === 'committed' ? frame + fadeFrames : frame)),
      ];
      for (const [n, fromFrame] of starts.entries()) {
        const range = { tolerance: 0, fromFrame, toFrame: 512 * (n + 1) };
        expectSameRender(`version ${n}\n${texts.slice(0, n + 1).join('\n---\n')}\n`, render, expected, range);
      }
      expect(render.swaps).toHaveLength(swaps.length);
    }),
    { ...runs, endOnFailure: false },
  );
}
