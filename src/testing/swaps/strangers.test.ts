/**
 * Between two random programs that have nothing to do with one another, no state is taken for another's, although all of
 * it begins with the same values: one consists of phases, the other of what the model says is something else. SEGUE_SEED
 * and SEGUE_RUNS choose others and more.
 */
import { expect, it } from 'vitest';
import { renderCompiled } from '../compiled.ts';
import { Seeded } from '../random/seeded.ts';
import { ModelMaker, type ModelUnit } from './modelPrograms.ts';
import { textOf } from './modelTexts.ts';

const firstSeed = Number(process.env.SEGUE_SEED ?? 1);
const runs = Number(process.env.SEGUE_RUNS ?? 60);
const SWAP_FRAME = 64;

/** Which kinds of units have nothing in common. */
const STRANGERS: readonly (readonly [ModelUnit['kind'], ModelUnit['kind']])[] = [
  ['group', 'single'],
  ['group', 'delay'],
  ['group', 'bank'],
];

it(`nothing is taken for what it is not (seeds from ${firstSeed})`, { timeout: 60_000 + 1000 * runs }, async () => {
  for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
    const random = new Seeded(seed);
    const pair = random.pick(STRANGERS);
    const [from, to] = random.chance(0.5) ? pair : [pair[1], pair[0]];
    const program = (kind: ModelUnit['kind'], first: number) =>
      textOf(new ModelMaker(random, { first, kinds: [kind], init: 0 }).program());
    const [before, after] = [program(from, 0), program(to, 1000)];
    const swaps = [{ frame: SWAP_FRAME, text: after }];
    const options = { frames: 2 * SWAP_FRAME, fadeFrames: 16, blockFrames: 32, swaps };
    const [swap] = (await renderCompiled({ text: before, ...options })).swaps;
    if (swap.kind !== 'committed') throw new Error(`seed ${seed}: ${swap.kind}`);
    expect(swap.report.stateKept, `seed ${seed}\n${before}\n--- becomes ---\n${after}`).toEqual([]);
  }
});
