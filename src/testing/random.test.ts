/**
 * Patches and edits made at random, against the oracle. SEGUE_SEED and SEGUE_RUNS choose others; the seed is in the names
 * of the tests and in what fast-check reports. A thousand: random/random.long.test.ts.
 */
import { it } from 'vitest';
import { tryRandomEdits, tryRandomPatches } from './randomPatchChecks.ts';

const seed = Number(process.env.SEGUE_SEED ?? 20_260_301);
const runs = { seed, numRuns: Number(process.env.SEGUE_RUNS ?? 40) };

it(`random patches equal the same text run as JavaScript (seed ${seed})`, { timeout: 300_000 }, () =>
  tryRandomPatches(runs),
);

it(`random edits are heard, and the rest is kept (seed ${seed})`, { timeout: 300_000 }, () => tryRandomEdits(runs));
