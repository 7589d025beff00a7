/** The second tier of a patch beside the same text as JavaScript. In: the text. Out: how its program is printed. Tests only. */

import { expect } from 'vitest';
import { readLibrary } from '../node/librarySource.ts';
import { twoTiers } from '../node/twoTiers.ts';
import { printProgram } from '../optimise/print.ts';
import { loadOracle } from './oracle.ts';

const FRAMES = 128;
const BLOCKS = 40;

/** Expects the same samples, bit for bit. @throws where the patch is not optimised. */
export function playedLikeJavaScript(text: string): string {
  const { second, optimised } = twoTiers(text, readLibrary());
  if (optimised.kind !== 'optimised' || !second) throw new Error('not optimised');
  const program = loadOracle(text, 48_000);
  const [left, right] = [new Float64Array(FRAMES), new Float64Array(FRAMES)];
  for (let block = 0; block < BLOCKS; block++) {
    second.render(left, right, FRAMES);
    const expected = Float64Array.from({ length: FRAMES }, (_, n) => {
      program.frame(block * FRAMES + n);
      return program.channels[0];
    });
    expect(left, `block ${block}`).toEqual(expected);
  }
  return printProgram(optimised.program);
}
