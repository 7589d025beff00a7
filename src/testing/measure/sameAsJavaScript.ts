/**
 * Patches that use the library, compiled and as JavaScript. Elementary functions are those of src/library/math on both
 * sides, so that every sample is the same bit for bit.
 */

import { transformSync } from 'esbuild';
import * as exponential from '../../library/math/exp.ts';
import * as hyperbolic from '../../library/math/hyperbolic.ts';
import * as inverse from '../../library/math/inverse.ts';
import * as logarithm from '../../library/math/log.ts';
import * as power from '../../library/math/pow.ts';
import { cbrt } from '../../library/math/root.ts';
import * as trigonometry from '../../library/math/trig.ts';
import { expectSameRender } from '../compare.ts';
import { renderCompiled } from '../compiled.ts';
import { loadScript, type Render } from '../oracle.ts';
import { withLibrary } from './bundle.ts';

const elementary = { ...exponential, ...hyperbolic, ...inverse, ...logarithm, ...power, ...trigonometry, cbrt };

/** Renders a patch in front of which the library has been put, as JavaScript with Segue's elementary functions. */
export function renderAsJavaScript(text: string, frames: number, sampleRate = 48_000): Render {
  const names = Object.keys(elementary);
  const { code } = transformSync(text, { loader: 'ts', format: 'cjs', target: 'es2015' });
  const shared = globalThis as unknown as { segueElementary: typeof elementary };
  shared.segueElementary = elementary;
  const members = names.map((name) => `${name}: { value: globalThis.segueElementary.${name} }`);
  const assign = `Math = Object.create(Math, { ${members.join(', ')} });`;
  const program = loadScript(`${assign}\n${code}`, sampleRate);
  const left = new Float64Array(frames);
  const right = new Float64Array(frames);
  for (let n = 0; n < frames; n++) {
    program.frame(n);
    [left[n], right[n]] = program.channels;
  }
  return { left, right };
}

/** Compiles a patch that uses the library and requires that it equals itself as JavaScript, bit for bit. */
export async function expectSameAsJavaScript(patch: string, frames = 4000, sampleRate = 48_000): Promise<Render> {
  const text = withLibrary(patch);
  const expected = renderAsJavaScript(text, frames, sampleRate);
  const actual = await renderCompiled({ text, frames, sampleRate });
  expectSameRender(patch, actual, expected, { tolerance: 0 });
  return actual;
}
