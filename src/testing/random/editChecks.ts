/**
 * Random programs keep playing through edits: what is edited changes, and nothing else does. In: seeds. Out: an exception
 * that names the seed and has the texts. Tests only.
 */
import { expect } from 'vitest';
import { type CompareOptions, compareRender } from '../compare.ts';
import { renderCompiled } from '../compiled.ts';
import { type Render, renderOracle } from '../oracle.ts';
import { randomEdit, randomProgram } from './program.ts';
import { extended, renamed, spaced } from './respelling.ts';

const [there, back, frames, fadeFrames] = [32, 96, 160, 8];

function expectSame(
  seed: number,
  actual: Render,
  expected: Render,
  range: Partial<CompareOptions>,
  text: string,
): void {
  const difference = compareRender(actual, expected, { tolerance: 0, ...range });
  if (difference) expect.fail(`seed ${seed}: ${difference.report}\n${text}`);
}

/** An edit, and its undo. */
export async function tryThereAndBack(seeds: readonly number[]): Promise<void> {
  let compared = 0;
  for (const seed of seeds) {
    const { texts, self } = randomEdit(seed);
    const [text, edited] = texts;
    const swaps = [
      { frame: there, text: edited },
      { frame: back, text },
    ];
    const render = await renderCompiled({ text, frames, fadeFrames, blockFrames: 32, swaps });
    // Where the edited text may hold other kinds of values, it begins as it says.
    const isReset = render.swaps.some(
      (swap) => swap.kind === 'committed' && swap.report.stateReset.some(({ reason }) => reason === 'kind'),
    );
    if (isReset) continue;
    compared++;
    const expected = renderOracle(self([there, back]), { frames });
    const both = `${text}\n---\n${edited}`;
    expectSame(seed, render, expected, { toFrame: there }, both);
    expectSame(seed, render, expected, { fromFrame: there + fadeFrames, toFrame: back }, both);
    expectSame(seed, render, expected, { fromFrame: back + fadeFrames }, both);
  }
  expect(compared).toBeGreaterThan(0.9 * seeds.length);
}

/** Edits that mean the same. */
export async function trySameMeanings(seeds: readonly number[]): Promise<void> {
  for (const seed of seeds) {
    const text = randomProgram(seed);
    const other = renamed(text);
    const swaps = [other, spaced(other), extended(other), text].map((swapped, n) => ({
      frame: 32 * (n + 1),
      text: swapped,
    }));
    const render = await renderCompiled({ text, frames, fadeFrames, blockFrames: 32, swaps });
    expectSame(seed, render, renderOracle(text, { frames }), { tolerance: 0 }, text);
  }
}
