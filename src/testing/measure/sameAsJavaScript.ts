/** Patches that use the library, compiled and as JavaScript: every sample is the same bit for bit. */

import { readLibrary } from '../../node/librarySource.ts';
import { expectSameRender } from '../compare.ts';
import { compareTiers } from '../compareTiers.ts';
import { renderCompiled } from '../compiled.ts';
import { type Render, renderOracle } from '../oracle.ts';

/** Compiles a patch that uses the library and requires that it equals itself as JavaScript, bit for bit, in both tiers. */
export async function expectSameAsJavaScript(text: string, frames = 4000, sampleRate = 48_000): Promise<Render> {
  const expected = renderOracle(text, { frames, sampleRate });
  const actual = await renderCompiled({ text, frames, sampleRate });
  expectSameRender(text, actual, expected, { tolerance: 0 });
  const tiers = compareTiers(text, readLibrary(), Math.min(frames, 2000), { sampleRate });
  if (tiers.kind === 'different') throw new Error(`the tiers differ ${tiers.what}\n${text}`);
  return actual;
}
