import { expect, it } from 'vitest';
import { usageAfterSwaps } from './steadyEdits.ts';

it('a thousand swaps leave everything where it was after ten', async () => {
  const { afterTen, afterAll } = await usageAfterSwaps(1000);
  expect(afterAll).toEqual(afterTen);
});
