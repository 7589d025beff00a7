/**
 * Whatever the text, the compiler says what is wrong with it or makes a program of it, which then runs: nothing throws,
 * nothing hangs. SEGUE_SEED and SEGUE_MUTATIONS choose other texts and more.
 */
import { expect, it } from 'vitest';
import { formulas, synths } from '../corpus/corpus.ts';
import { patches, programs } from '../texts.ts';
import { mutate, tokensOf } from './mutations.ts';
import { randomProgram } from './program.ts';
import { Seeded } from './seeded.ts';
import { Tryout } from './tryout.ts';

const firstSeed = Number(process.env.SEGUE_SEED ?? 1);
const runs = Number(process.env.SEGUE_MUTATIONS ?? 2000);

const originals = [
  ...patches().flatMap((patch) => [patch, patch, patch]),
  ...programs(),
  ...[...formulas, ...synths].flatMap(({ patches: inGroup }) => inGroup).filter((_, n) => n % 5 === 0),
  ...Array.from({ length: 40 }, (_, seed) => ({ text: randomProgram(seed) })),
].map(({ text }) => tokensOf(text));

it(`no text makes the compiler throw (seeds from ${firstSeed})`, { timeout: 60_000 + runs * 100 }, async () => {
  const tryout = new Tryout();
  let compiled = 0;
  for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
    const random = new Seeded(seed);
    const text = mutate(random, random.pick(originals), random.pick(originals));
    const outcome = await tryout.run(text);
    if (outcome.problem !== null) expect.fail(`seed ${seed}: ${outcome.problem}\n${text}`);
    if (outcome.isCompiled) compiled++;
  }
  // Both ways are taken often.
  expect(compiled).toBeGreaterThan(runs / 20);
  expect(compiled).toBeLessThan((runs * 3) / 4);
});
