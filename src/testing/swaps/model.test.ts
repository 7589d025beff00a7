/**
 * Random programs become others at random frames. A JavaScript model, which carries its variables over by what they are,
 * gives every sample from the end of each fade on, bit for bit; and nothing is written that belongs to somebody else.
 * SEGUE_SEED and SEGUE_RUNS choose others and more.
 */
import { expect, it } from 'vitest';
import { Seeded } from '../random/seeded.ts';
import { GuardedPatch } from './guardedPatch.ts';
import { carryOver, frameOf, ModelMaker, type Program, type State, stateOf, textOf } from './modelPrograms.ts';

const firstSeed = Number(process.env.SEGUE_SEED ?? 1);
const runs = Number(process.env.SEGUE_RUNS ?? 60);
const FADE_FRAMES = 16;
const BLOCK_FRAMES = 32;
const SWAPS = 5;

it(`what goes on is what both have (seeds from ${firstSeed})`, { timeout: 60_000 + 1000 * runs }, async () => {
  let undone = 0;
  for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
    const maker = new ModelMaker(new Seeded(seed));
    const { random } = maker;
    let program = maker.program();
    let state = stateOf(program);
    const texts = [textOf(program)];
    const fail = (what: string): never => expect.fail(`seed ${seed}: ${what}\n${texts.join('\n--- becomes ---\n')}`);
    const patch = await GuardedPatch.create(textOf(program), FADE_FRAMES);
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
    play(0);
    for (let n = 0; n < SWAPS; n++) {
      const before: { program: Program; state: State } = { program, state };
      program = maker.changed(program);
      state = stateOf(program);
      carryOver(before.state, state);
      texts.push(textOf(program));
      const { batch } = patch.swap(textOf(program));
      play(FADE_FRAMES);
      if (batch === null || !random.chance(0.3)) continue;
      if (!patch.undo()) fail('there is no way back');
      // It sounded on until the end of the fade's block.
      for (let frame = 0; frame < BLOCK_FRAMES; frame++) frameOf(before.program, before.state);
      // What is not in both is as it was when the program stopped.
      carryOver(state, before.state);
      ({ program, state } = before);
      texts.push(textOf(program));
      undone++;
      play(FADE_FRAMES);
    }
  }
  expect(undone).toBeGreaterThan(0);
});
