/**
 * Random programs become others at random frames. A JavaScript model, which carries its variables over by what they are,
 * gives every sample from the end of each fade on, bit for bit; and nothing is written that belongs to somebody else.
 * SEGUE_SEED and SEGUE_RUNS choose others and more.
 */
import { expect, it } from 'vitest';
import type { Transition } from '../../protocol/generation.ts';
import { Seeded } from '../random/seeded.ts';
import { GuardedPatch, MEMORY_PAGES } from './guardedPatch.ts';
import { limitsOf } from './limits.ts';
import { carryOver, frameOf, ModelMaker, type Program, type State, stateOf, textOf } from './modelPrograms.ts';

const firstSeed = Number(process.env.SEGUE_SEED ?? 1);
const runs = Number(process.env.SEGUE_RUNS ?? 60);
const FADE_FRAMES = 16;
const BLOCK_FRAMES = 32;
const SWAPS = 5;

it(`what goes on is what both have (seeds from ${firstSeed})`, { timeout: 60_000 + 1000 * runs }, async () => {
  let undone = 0;
  // How often a swap that adopts follows one that copies, and the other way round.
  const crossings = { adopts: 0, copies: 0 };
  for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
    const maker = new ModelMaker(new Seeded(seed));
    const { random } = maker;
    let program = maker.program();
    let state = stateOf(program);
    const texts = [textOf(program)];
    const fail = (what: string): never => expect.fail(`seed ${seed}: ${what}\n${texts.join('\n--- becomes ---\n')}`);
    const patch = await GuardedPatch.create(textOf(program), FADE_FRAMES, MEMORY_PAGES, limitsOf(seed));
    const play = (from: number): void => {
      const frames = BLOCK_FRAMES * random.between(1, 3);
      let samples: Float64Array = new Float64Array(0);
      try {
        samples = patch.render(frames).left;
      } catch (thrown) {
        fail(String(thrown));
      }
      for (let frame = 0; frame < frames; frame++) {
        const expected = frameOf(program, state);
        if (frame >= from && !Object.is(samples[frame], expected)) {
          fail(`frame ${frame} after the last swap is ${samples[frame]} instead of ${expected}`);
        }
      }
    };
    let adopted: boolean | null = null;
    play(0);
    const earlier: { readonly program: Program; readonly state: State; readonly transition: Transition }[] = [];
    for (let n = 0; n < SWAPS; n++) {
      const before = { program, state };
      program = maker.changed(program);
      state = stateOf(program);
      carryOver(before.state, state);
      texts.push(textOf(program));
      const { batch, report } = patch.swap(textOf(program));
      const adopts: boolean | null = batch === null ? adopted : report.adoptedBytes > 0;
      if (adopted !== null && adopts !== adopted) crossings[adopts ? 'adopts' : 'copies']++;
      adopted = adopts;
      play(FADE_FRAMES);
      if (batch === null) continue;
      earlier.push({ ...before, transition: batch.transition });
      while (earlier.length > 0 && random.chance(0.4)) {
        const undo = patch.undo();
        // Only so many generations are kept.
        if (undo === null) break;
        const back = earlier.pop()!;
        // It sounded on until the end of the fade's block, unless it stopped at once.
        for (let frame = 0; back.transition === 'fade' && frame < BLOCK_FRAMES; frame++) {
          frameOf(back.program, back.state);
        }
        // What is not in both is as it was when the program stopped.
        carryOver(state, back.state);
        ({ program, state } = back);
        texts.push(textOf(program));
        undone++;
        play(FADE_FRAMES);
      }
    }
  }
  expect(undone).toBeGreaterThan(0);
  expect(crossings.adopts).toBeGreaterThan(0);
  expect(crossings.copies).toBeGreaterThan(0);
});
