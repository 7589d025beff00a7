/**
 * Whatever the text, the compiler says what is wrong with it or makes a program of it, which then runs: nothing throws,
 * nothing hangs. In: seeds. Out: an exception that names the seed and has the text. Tests only.
 */
import { expect } from 'vitest';
import { formulas, synths } from '../corpus/corpus.ts';
import { patches, programs } from '../texts.ts';
import { mutate, tokensOf } from './mutations.ts';
import { randomProgram } from './program.ts';
import { Seeded } from './seeded.ts';
import { Tryout } from './tryout.ts';

const originals = [
  ...patches().flatMap((patch) => [patch, patch, patch]),
  ...programs(),
  ...[...formulas, ...synths].flatMap(({ patches: inGroup }) => inGroup).filter((_, n) => n % 5 === 0),
  ...Array.from({ length: 40 }, (_, seed) => ({ text: randomProgram(seed) })),
].map(({ text }) => tokensOf(text));

export async function tryMutations(seeds: readonly number[]): Promise<void> {
  const tryout = new Tryout();
  let compiled = 0;
  for (const seed of seeds) {
    const random = new Seeded(seed);
    const text = mutate(random, random.pick(originals), random.pick(originals));
    const outcome = await tryout.run(text);
    if (outcome.problem !== null) expect.fail(`seed ${seed}: ${outcome.problem}\n${text}`);
    if (outcome.isCompiled) compiled++;
  }
  // Both ways are taken often.
  expect(compiled).toBeGreaterThan(seeds.length / 20);
  expect(compiled).toBeLessThan((seeds.length * 3) / 4);
}
