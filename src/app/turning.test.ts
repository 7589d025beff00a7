/** A number that moves under a hand, against a compiler that answers by hand: one swap at a time, and the last one counts. */
import { expect, it } from 'vitest';
import type { SwapSettings } from '../engine/compileClient.ts';
import { committed, pageByHand, settle } from '../testing/pageByHand.ts';
import { Turning } from './turning.ts';

async function setUp(first = 'gain 0.5') {
  const page = pageByHand({ text: first });
  await page.take(first, 1);
  const configured: SwapSettings[] = [];
  const { model, history, conductor } = page;
  model.settings.value = { ...model.settings.value, fadeMs: 4000, quantise: 'bar' };
  const turning = new Turning({
    ...{ model, history, conductor },
    readText: () => page.page.text,
    compiler: { configure: ({ fadeMs, quantise }) => void configured.push({ fadeMs, quantise }) },
  });
  const move = async (text: string, gesture: number) => {
    page.page.text = text;
    turning.moved(gesture);
    await settle();
  };
  return { ...page, move, configured };
}

it('has one swap under way, and after it the newest number only', async () => {
  const { move, asked, history } = await setUp();
  for (const number of ['0.6', '0.7', '0.8', '0.9']) await move(`gain ${number}`, 1);
  expect(asked.slice(1).map(({ text }) => text)).toEqual(['gain 0.6']);
  await asked[1]!.answer(committed(2));
  expect(asked.slice(1).map(({ text }) => text)).toEqual(['gain 0.6', 'gain 0.9']);
  await asked[2]!.answer(committed(3));
  expect(asked).toHaveLength(3);
  expect(history.text).toBe('gain 0.9');
});

it('does not wait for the bar nor for a long fade, and leaves both to the next edit', async () => {
  const { move, asked, configured } = await setUp();
  await move('gain 0.6', 1);
  expect(configured).toEqual([{ fadeMs: 10, quantise: 'off' }]);
  await asked[1]!.answer(committed(2));
  expect(configured.at(-1)).toEqual({ fadeMs: 4000, quantise: 'bar' });
});

it('is one version to undo for each gesture, through zero too, and lights nothing up', async () => {
  const { move, asked, history, did } = await setUp();
  for (const [n, number] of ['0.1', '-0.1', '-0.2'].entries()) {
    await move(`gain ${number}`, 7);
    await asked[n + 1]!.answer(committed(n + 2));
  }
  expect(history.before()?.text).toBe('gain 0.5');
  await move('gain 3', 8);
  await asked[4]!.answer(committed(5));
  expect(history.before()?.text).toBe('gain -0.2');
  expect(did.filter((what) => what.startsWith('flash'))).toHaveLength(1);
});

it('leaves a text with other edits in it to the pause or the key', async () => {
  const { move, asked } = await setUp('gain 0.5\nother');
  await move('gain 0.6\nanother thing', 1);
  expect(asked).toHaveLength(1);
});
