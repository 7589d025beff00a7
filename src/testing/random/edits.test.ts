/**
 * Random programs keep playing through edits: what is edited changes, and nothing else does. SEGUE_SEED and SEGUE_RUNS choose
 * others and more; a thousand: random.long.test.ts.
 */
import { it } from 'vitest';
import { trySameMeanings, tryThereAndBack } from './editChecks.ts';

const firstSeed = Number(process.env.SEGUE_SEED ?? 1);
const runs = Math.ceil(Number(process.env.SEGUE_RUNS ?? 100) / 4);
const timeout = 60_000 + runs * 2000;
const seeds = Array.from({ length: runs }, (_, n) => firstSeed + n);

it(`there and back again (seeds from ${firstSeed})`, { timeout }, () => tryThereAndBack(seeds));

it(`edits that mean the same change no sample (seeds from ${firstSeed})`, { timeout }, () => trySameMeanings(seeds));
