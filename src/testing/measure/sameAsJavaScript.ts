/** Patches that use the library, compiled and as JavaScript: every sample is the same bit for bit. */

import { readLibrary } from '../../node/librarySource.ts';
import { expectSameRender } from '../compare.ts';
import { compareTiers } from '../compareTiers.ts';
import { renderCompiled } from '../compiled.ts';
import { type Render, renderOracle } from '../oracle.ts';

/** Compiles a patch that uses the library and requires that it equals itself as JavaScript, bit for bit. */
export async function expectCompiledAsJavaScript(text: string, frames: number, sampleRate = 48_000): Promise<Render> {
  const expected = renderOracle(text, { frames, sampleRate });
  const actual = await renderCompiled({ text, frames, sampleRate });
  expectSameRender(text, actual, expected, { tolerance: 0 });
  return actual;
}

/** Requires that both tiers play the same, as far as there is a second. */
export function expectSameTiers(text: string, frames: number, sampleRate = 48_000): void {
  const tiers = compareTiers(text, readLibrary(), frames, { sampleRate });
  if (tiers.kind === 'different') throw new Error(`the tiers differ ${tiers.what}\n${text}`);
}

/** Both. */
export async function expectSameAsJavaScript(text: string, frames = 4000, sampleRate = 48_000): Promise<Render> {
  const actual = await expectCompiledAsJavaScript(text, frames, sampleRate);
  expectSameTiers(text, Math.min(frames, 2000), sampleRate);
  return actual;
}
