/**
 * Programs made at random give, compiled, the samples of plain JavaScript. SEGUE_SEED and SEGUE_RUNS choose others and
 * more; what fails is made small and told with its seed. Thousands, in a guarded memory: fuzz.long.test.ts.
 */
import { expect, it } from 'vitest';
import { FreshPlays } from '../corpus/freshPlays.ts';
import { goesWrong, judge } from './judge.ts';
import { randomProgram } from './program.ts';
import { reduce } from './reduce.ts';

const firstSeed = Number(process.env.SEGUE_SEED ?? 1);
const runs = Number(process.env.SEGUE_RUNS ?? 40);
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
