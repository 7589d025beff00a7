/**
 * Patches that use the library, compiled and as JavaScript. Elementary functions are those of src/library/math on both
 * sides, so that every sample is the same bit for bit.
 */

import * as exponential from '../../library/math/exp.ts';
import * as hyperbolic from '../../library/math/hyperbolic.ts';
import * as inverse from '../../library/math/inverse.ts';
import * as logarithm from '../../library/math/log.ts';
import * as power from '../../library/math/pow.ts';
import { cbrt } from '../../library/math/root.ts';
import * as trigonometry from '../../library/math/trig.ts';
import { expectSameRender } from '../compare.ts';
import { renderCompiled } from '../compiled.ts';
import { type Render, renderOracle } from '../oracle.ts';

const elementary = { ...exponential, ...hyperbolic, ...inverse, ...logarithm, ...power, ...trigonometry, cbrt };

/** Renders a patch as JavaScript with Segue's elementary functions. */
export const renderAsJavaScript = (text: string, frames: number, sampleRate = 48_000): Render =>
  renderOracle(text, { frames, sampleRate, elementary });

/** Compiles a patch that uses the library and requires that it equals itself as JavaScript, bit for bit. */
export async function expectSameAsJavaScript(text: string, frames = 4000, sampleRate = 48_000): Promise<Render> {
  const expected = renderAsJavaScript(text, frames, sampleRate);
  const actual = await renderCompiled({ text, frames, sampleRate });
  expectSameRender(text, actual, expected, { tolerance: 0 });
  return actual;
}
