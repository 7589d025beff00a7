/** The way people really write: each formula and each small synth gives, compiled, the samples of plain JavaScript. */
import { describe, expect, it } from 'vitest';
import { expectSameRender } from './compare.ts';
import { formulas, synths } from './corpus/corpus.ts';
import { FreshPlays } from './corpus/freshPlays.ts';
import type { CorpusGroup } from './corpus/patch.ts';
import { renderOracle } from './oracle.ts';

const FRAMES = 1500;
const plays = new FreshPlays();

const all: readonly CorpusGroup[] = [...formulas, ...synths];

for (const { name: group, patches } of all) {
  describe(group, () => {
    for (const patch of patches) {
      it(patch.name, async () => {
        const expected = renderOracle(patch.text, { frames: FRAMES });
        const render = await plays.render(patch.text, FRAMES);
        expectSameRender(patch.text, render, expected, { tolerance: 0 });
      });
    }
  });
}

it('is a corpus of sounds: each changes, and is a number throughout', () => {
  const poor = all.flatMap(({ name, patches }) =>
    patches
      .filter(({ text }) => {
        const { left, right } = renderOracle(text, { frames: FRAMES });
        const isSound = left.every(Number.isFinite) && right.every(Number.isFinite);
        return !isSound || left.every((x) => x === left[0]);
      })
      .map((patch) => `${name}: ${patch.name}`),
  );
  expect(poor).toEqual([]);
});

it('has formulas and synths enough, each once', () => {
  const count = (groups: readonly CorpusGroup[]) => groups.reduce((sum, { patches }) => sum + patches.length, 0);
  expect(count(formulas)).toBeGreaterThan(800);
  expect(count(synths)).toBeGreaterThanOrEqual(50);
  const texts = all.flatMap(({ patches }) => patches.map(({ text }) => text));
  expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
});
