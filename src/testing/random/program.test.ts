/**
 * Programs made at random give, compiled, the samples of plain JavaScript, and go on through edits. SEGUE_SEED and
 * SEGUE_RUNS choose others and more; what fails is made small and told with its seed.
 */
import { expect, it } from 'vitest';
import { compareRender } from '../compare.ts';
import { renderCompiled } from '../compiled.ts';
import { FreshPlays } from '../corpus/freshPlays.ts';
import { renderOracle } from '../oracle.ts';
import { goesWrong, judge } from './judge.ts';
import { randomEdit, randomProgram } from './program.ts';
import { reduce } from './reduce.ts';

const firstSeed = Number(process.env.SEGUE_SEED ?? 1);
const runs = Number(process.env.SEGUE_RUNS ?? 150);
const timeout = 60_000 + runs * 2000;

it(`random programs equal the same text run as JavaScript (seeds from ${firstSeed})`, { timeout }, async () => {
  const plays = new FreshPlays();
  for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
    const text = randomProgram(seed);
    const wrong = await judge(plays, text);
    if (!wrong) continue;
    const small = await reduce(text, (shorter) => goesWrong(plays, shorter, wrong.kind));
    const { report } = (await judge(plays, small)) ?? wrong;
    expect.fail(`seed ${seed}: ${wrong.kind}\n${small}\n\n${report}`);
  }
});

it(`random edits change what they change, and the rest goes on (seeds from ${firstSeed})`, { timeout }, async () => {
  const [there, back, frames, fadeFrames] = [32, 96, 160, 8];
  for (let seed = firstSeed; seed < firstSeed + runs / 3; seed++) {
    const { texts, self } = randomEdit(seed);
    const [text, edited] = texts;
    const swaps = [
      { frame: there, text: edited },
      { frame: back, text },
    ];
    const render = await renderCompiled({ text, frames, fadeFrames, blockFrames: 32, swaps });
    const expected = renderOracle(self([there, back]), { frames });
    for (const fromFrame of [0, there, back]) {
      const range = {
        fromFrame: fromFrame === 0 ? 0 : fromFrame + fadeFrames,
        toFrame: fromFrame === 0 ? there : fromFrame + 64,
      };
      const difference = compareRender(render, expected, { tolerance: 0, ...range });
      if (difference) expect.fail(`seed ${seed}: ${difference.report}\n${text}\n---\n${edited}`);
    }
  }
});
