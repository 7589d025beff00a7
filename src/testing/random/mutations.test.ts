/**
 * Whatever the text, the compiler says what is wrong with it or makes a program of it. SEGUE_SEED and SEGUE_MUTATIONS choose
 * other texts and more; thousands: random.long.test.ts.
 */
import { it } from 'vitest';
import { tryMutations } from './mutationChecks.ts';

const firstSeed = Number(process.env.SEGUE_SEED ?? 1);
const runs = Number(process.env.SEGUE_MUTATIONS ?? 800);
const seeds = Array.from({ length: runs }, (_, n) => firstSeed + n);

it(`no text makes the compiler throw (seeds from ${firstSeed})`, { timeout: 60_000 + runs * 100 }, () =>
  tryMutations(seeds),
);
