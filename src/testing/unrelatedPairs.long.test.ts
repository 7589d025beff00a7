/** Two thousand pairs of unrelated programs that take each other's place. SEGUE_SEED chooses others. */
import { expect, it } from 'vitest';
import { harmfulPairs } from './unrelatedPairs.ts';

const firstSeed = Number(process.env.SEGUE_SEED ?? 1);

it(`no state does harm in a program that it does not belong to (seeds from ${firstSeed})`, {
  timeout: 4 * 3_600_000,
}, async () => {
  const { harmful, played } = await harmfulPairs(firstSeed, 2000);
  expect(harmful).toEqual([]);
  expect(played).toBeGreaterThan(2000 / 2);
});
