/** Rare cases of several pairs are asked together, and the samples are those of the same text as JavaScript. */

import { expect, it } from 'vitest';
import { readLibrary } from '../node/librarySource.ts';
import { twoTiers } from '../node/twoTiers.ts';
import { loadOracle } from '../testing/oracle.ts';
import { printProgram } from './print.ts';

const library = readLibrary();
const FRAMES = 128;
const BLOCKS = 40;

/** Plays both, and returns how the second tier is printed. */
function played(text: string): string {
  const { second, optimised } = twoTiers(text, library);
  if (optimised.kind !== 'optimised' || !second) throw new Error('not optimised');
  const program = loadOracle(text, 48_000);
  const [left, right, expected] = [0, 1, 2].map(() => new Float64Array(FRAMES)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let block = 0; block < BLOCKS; block++) {
    second.render(left, right, FRAMES);
    for (let n = 0; n < FRAMES; n++) {
      program.frame(block * FRAMES + n);
      expected[n] = program.channels[0];
    }
    expect(left, `block ${block}`).toEqual(expected);
  }
  return printProgram(optimised.program);
}

/** The least results of a test that is asked for both lanes of several pairs. */
const together = (printed: string): number[] =>
  [...printed.matchAll(/^ {4,6}(%\d+(?:, %\d+)*) = if /gm)].map((match) => match[1]!.split(',').length);

const bank = (voice: string): string => `
  const voices = Array.from({ length: 8 }, (_, i) => {
    let phase = 0;
    let other = 0;
    const step = (i + 3) / 97;
    return () => { ${voice} };
  });
  export default () => voices.reduce((sum, voice) => sum + voice(), 0);`;

it('asks for the corners of four pairs of saws at once', () => {
  const printed = played(
    bank(`
      let y = 2 * phase - 1;
      if (phase < step) {
        const x = phase / step;
        y -= x + x - x * x - 1;
      } else if (phase > 1 - step) {
        const x = (phase - 1) / step;
        y -= x * x + x + x + 1;
      }
      phase += step;
      if (phase >= 1) phase -= 1;
      return y;`),
  );
  expect(together(printed)).toEqual([4, 4]);
});

it('asks twice where one sine bends the other, and calls what is rare for each that is', () => {
  // Each phase is 0 at times: the sine of 0 is a rare case.
  const printed = played(
    bank(`
      phase = (phase + step) % 1;
      other = other === 3 ? 0 : other + 1;
      return Math.sin(6 * phase + other * Math.sin(2 * Math.PI * other / 4));`),
  );
  expect(together(printed)).toContain(4);
  expect(printed).toMatch(/call std\/rareSine/);
});
