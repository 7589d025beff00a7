/** A few of the pairs of unrelatedPairs.long.test.ts. SEGUE_SEED chooses others, SEGUE_RUNS more. */
import { expect, it } from 'vitest';
import { harmfulPairs } from './unrelatedPairs.ts';

const firstSeed = Number(process.env.SEGUE_SEED ?? 1);
const runs = Number(process.env.SEGUE_RUNS ?? 30);

it(`what an unrelated program leaves behind does no harm (seeds from ${firstSeed})`, {
  timeout: 60_000 + 3000 * runs,
}, async () => {
  const { harmful, played } = await harmfulPairs(Array.from({ length: runs }, (_, n) => firstSeed + n));
  expect(harmful).toEqual([]);
  expect(played).toBeGreaterThan(runs / 2);
});
