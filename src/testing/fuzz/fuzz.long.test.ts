/**
 * Thousands of seeds of every family. SEGUE_SEED chooses others, SEGUE_LONG_RUNS more or fewer (1 is what is written
 * below), SEGUE_SHARD a part of them.
 */
import { expect, it } from 'vitest';
import { seedsFrom } from '../shard.ts';
import { Campaign, describeFailure, type Family } from './campaign.ts';

const firstSeed = Number(process.env.SEGUE_SEED ?? 1000);
const scale = Number(process.env.SEGUE_LONG_RUNS ?? 1);

const SHARES: readonly (readonly [family: Family, seeds: number])[] = [
  ['plain', 3000],
  ['wild', 12_000],
  ['everyday', 6000],
  ['huge', 500],
  ['tiers', 3000],
  ['swaps', 1000],
];

it.each(SHARES)(`%s (seeds from ${firstSeed}, %i)`, async (family, share) => {
  const campaign = new Campaign();
  const failures: string[] = [];
  for (const seed of seedsFrom(firstSeed, share * scale)) {
    if (failures.length >= 5) break;
    const failure = await campaign.try(family, seed);
    if (failure) failures.push(describeFailure(failure));
  }
  expect(failures.join('\n\n')).toBe('');
});
