/** Two thousand pairs of unrelated programs that take each other's place. SEGUE_SEED chooses others. */
import { expect, it } from 'vitest';
import { seedsFrom } from './shard.ts';
import { harmfulPairs } from './unrelatedPairs.ts';

const firstSeed = Number(process.env.SEGUE_SEED ?? 1);

it(`no state does harm in a program that it does not belong to (seeds from ${firstSeed})`, {
  timeout: 4 * 3_600_000,
}, async () => {
  const seeds = seedsFrom(firstSeed, 2000);
  const { harmful, played } = await harmfulPairs(seeds);
  expect(harmful).toEqual([]);
  expect(played).toBeGreaterThan(seeds.length / 2);
});
