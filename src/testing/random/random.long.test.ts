/**
 * A thousand random patches, programs and edits, and thousands of texts with words taken out and put in. SEGUE_SEED chooses
 * others, SEGUE_SHARD a part of them.
 */
import { it } from 'vitest';
import { tryRandomEdits, tryRandomPatches } from '../randomPatchChecks.ts';
import { seedsFrom } from '../shard.ts';
import { trySameMeanings, tryThereAndBack } from './editChecks.ts';
import { tryMutations } from './mutationChecks.ts';

const firstSeed = Number(process.env.SEGUE_SEED ?? 1000);
const name = `seeds from ${firstSeed}`;
/** fast-check draws all from one seed: each shard has its own. */
const runsOf = (count: number) => {
  const [seed = firstSeed, ...rest] = seedsFrom(firstSeed, count);
  return { seed, numRuns: 1 + rest.length };
};

it(`random patches equal the same text run as JavaScript (${name})`, () => tryRandomPatches(runsOf(1000)));

it(`random edits are heard, and the rest is kept (${name})`, () => tryRandomEdits(runsOf(1000)));

it(`there and back again (${name})`, () => tryThereAndBack(seedsFrom(firstSeed, 1000)));

it(`edits that mean the same change no sample (${name})`, () => trySameMeanings(seedsFrom(firstSeed, 1000)));

it(`no text makes the compiler throw (${name})`, () => tryMutations(seedsFrom(firstSeed, 20_000)));
