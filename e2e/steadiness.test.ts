/** Fifty edits of a patch that plays make the output run dry no more often than no edits at all. */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { clickPlay, evaluateText, newVisitor, stats, visit } from './site.ts';
import { tone } from './texts.ts';
import { useSite } from './useSite.ts';

const EDITS = 50;
const MS_PER_EDIT = 80;
/** The machine is shared: a round in which a neighbour was loud proves nothing. */
const MAX_ROUNDS = 4;

const site = useSite();

/** How often the output ran dry while `EDITS` texts were evaluated, or while nobody did anything for as long. */
function underrunsDuring(page: Page, texts: readonly string[] | null): Promise<number> {
  return page.evaluate(
    async ({ given, edits, pauseMs }) => {
      const before = window.segue.stats().underruns ?? 0;
      for (let n = 0; n < edits; n++) {
        if (given) {
          window.segue.text = given[n];
          const { ok, generation } = await window.segue.evaluate();
          if (!ok || generation === null) throw new Error(`edit ${n} was not taken`);
        }
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
      return (window.segue.stats().underruns ?? 0) - before;
    },
    { given: texts, edits: EDITS, pauseMs: MS_PER_EDIT },
  );
}

it('swaps fifty edits in without running dry', async () => {
  const { page, context, complaints } = await visit(await newVisitor(site.browser), site.url);
  await evaluateText(page, tone(0.01, 0.5));
  await clickPlay(page);
  const rounds: { control: number; edited: number }[] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const texts = Array.from({ length: EDITS }, (_, n) => tone(0.01 + 0.0001 * (n + 1 + EDITS * (round % 2)), 0.5));
    const before = (await stats(page)).generation ?? 0;
    const control = await underrunsDuring(page, null);
    const edited = await underrunsDuring(page, texts);
    expect((await stats(page)).generation).toBe(before + EDITS);
    rounds.push({ control, edited });
    if (edited <= control) break;
  }
  expect(
    rounds.some(({ control, edited }) => edited <= control),
    JSON.stringify(rounds),
  ).toBe(true);
  expect(complaints).toEqual([]);
  await context.close();
});
