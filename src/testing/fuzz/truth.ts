/**
 * What JavaScript does with a text that may throw: its samples, and the frame in which it throws, if it does. Tests only.
 */

import { loadOracle, loadScript, type OracleProgram } from '../oracle.ts';
import { withoutPowers } from './powers.ts';

export interface Truth {
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** `frame`: the one that was not finished; `null`: the top level. */
  readonly thrown: { readonly frame: number | null; readonly message: string } | null;
}

export function truthOf(text: string, frames: number): Truth {
  const [left, right]: [number[], number[]] = [[], []];
  const thrown = (error: unknown, frame: number | null): Truth => ({
    ...{ left, right },
    thrown: { frame, message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) },
  });
  let program: OracleProgram;
  try {
    program = load(text);
  } catch (error) {
    return thrown(error, null);
  }
  for (let frame = 0; frame < frames; frame++) {
    try {
      program.frame(frame);
    } catch (error) {
      return thrown(error, frame);
    }
    left.push(program.channels[0]);
    right.push(program.channels[1]);
  }
  return { left, right, thrown: null };
}

const EXPORT = /^export default (?=\()/m;

/** Where nothing but the export is no plain JavaScript, esbuild is not asked: thousands of texts take their time. */
function load(text: string): OracleProgram {
  if (EXPORT.test(text) && !/^export (?!default \()/m.test(text)) {
    try {
      const script = text.replace(EXPORT, 'module.exports.default = ');
      return loadScript(text.includes('**') ? withoutPowers(script) : script);
    } catch (error) {
      // There are types in it. What throws as a script throws here again.
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return loadOracle(text);
}
