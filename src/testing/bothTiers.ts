/** Both tiers of a patch beside the same text as JavaScript. In: the text. Throws where a sample differs. Tests only. */

import { expect } from 'vitest';
import { readLibrary } from '../node/librarySource.ts';
import { twoTiers } from '../node/twoTiers.ts';
import { loadOracle } from './oracle.ts';

const FRAMES = 60;

/** Expects the same samples, bit for bit, of the first tier, and of the second if there is one. Returns whether there is. */
export function expectLikeJavaScript(text: string): boolean {
  const program = loadOracle(text);
  const expected = Float64Array.from({ length: FRAMES }, (_, n) => {
    program.frame(n);
    return program.channels[0];
  });
  const { first, second } = twoTiers(text, readLibrary());
  for (const tier of second ? [first, second] : [first]) {
    const [left, right] = [new Float64Array(FRAMES), new Float64Array(FRAMES)];
    tier.render(left, right, FRAMES);
    expect(left, text).toEqual(expected);
  }
  return second !== null;
}
