/**
 * Some seeds of every family in a guarded memory, against JavaScript: `npm run test:long` and `npm run fuzz` try thousands.
 * SEGUE_SEED and SEGUE_RUNS choose others and more; what fails is made small and told with its seed.
 */
import { expect, it } from 'vitest';
import { Campaign, describeFailure, type Family } from './campaign.ts';

const firstSeed = Number(process.env.SEGUE_SEED ?? 1);
const scale = Number(process.env.SEGUE_RUNS ?? 200) / 200;

/** `outcomes`: what has to come up, so that the seeds try something. */
const SHARES: readonly (readonly [family: Family, seeds: number, outcomes: readonly string[]])[] = [
  ['plain', 24, ['plays']],
  ['wild', 120, ['plays', 'stopped: used-before-declared', 'refused: escapes-frame']],
  ['everyday', 24, ['plays']],
  ['huge', 16, ['stopped: per-frame-memory', 'plays']],
  ['swaps', 12, ['sameMeaning', 'anythingAfterAnything']],
];

it.each(SHARES)(
  `%s (seeds from ${firstSeed}, %i)`,
  { timeout: 180_000 * Math.max(1, scale) },
  async (family, share, outcomes) => {
    const campaign = new Campaign();
    for (let seed = firstSeed; seed < firstSeed + Math.ceil(share * scale); seed++) {
      const failure = await campaign.try(family, seed);
      if (failure) expect.fail(describeFailure(failure));
    }
    for (const outcome of outcomes)
      expect(campaign.counts.get(`${family} ${outcome}`) ?? 0, outcome).toBeGreaterThan(0);
  },
);
