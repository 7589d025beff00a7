/**
 * Runs a patch as plain JavaScript, as fast as Node can: the baseline for timing compiled patches. In: the text of a
 * patch. Out: blocks of samples. For benchmarks only; the tests have a separate oracle, which is deliberately slower.
 */

import { transformSync } from 'esbuild';
import { tempoExpression } from './javaScriptTempo.ts';
import { libraryValues, modulesMention } from './libraryScripts.ts';
import { Scheduler } from './scheduler.ts';
import { ScriptHost, type ScriptOutside } from './scriptHost.ts';

export interface JavaScriptPatch {
  /** Renders the next `frames` frames into the beginning of both arrays. */
  process(left: Float64Array, right: Float64Array, frames: number): void;
}

const TELL_LIBRARY =
  'globals.currentFrame = currentFrame; globals.currentTime = currentTime; globals.currentBeat = currentBeat;';

/** What modules of the library read. */
const globals = globalThis as unknown as Record<'sampleRate' | 'currentFrame' | 'currentTime' | 'currentBeat', number>;

/**
 * Runs the top level. Throws whatever the text throws, and esbuild's syntax errors. The globals of the language are
 * variables of a closure, which engines read faster than properties of the global object; modules of the library, where
 * the text uses any, have the properties. `math` is used instead of the engine's `Math` and `**`, whose last bits are its
 * own.
 */
export function loadJavaScript(
  text: string,
  sampleRate: number,
  math?: Math,
  outside: ScriptOutside = {},
): JavaScriptPatch {
  const { code } = transformSync(text, {
    ...{ loader: 'ts', format: 'cjs', target: 'es2022' },
    supported: { 'exponent-operator': math === undefined },
  });
  const scheduler = new Scheduler(sampleRate);
  const host = new ScriptHost(outside);
  const hasPower = math === undefined;
  Object.assign(globals, { sampleRate, currentFrame: 0, currentTime: 0, currentBeat: 0 });
  const library = libraryValues(code, { math: math ?? Math, scheduled: scheduler.names, host, hasPower });
  // Nothing is called between frames that has nothing to do: it is the patch that is timed.
  const schedules =
    [...library.keys()].some((name) => scheduler.names.has(name)) || modulesMention(host.paths, /\/events\.ts'/);
  const hasEvents = library.size > 0;
  const mayHaveEvents = () => schedules || !host.isIdle;
  const load = new Function(
    ...library.keys(),
    'runEvents',
    'mayHaveEvents',
    'globals',
    'sampleRate',
    // A parameter by that name, used or not, would keep engines from knowing their own functions.
    math ? 'Math' : 'unused',
    `'use strict';
    let currentFrame = 0, currentTime = 0, currentBeat = 0;
    const module = { exports: {}, bpm: 60 };
    (function (module, exports) {${code}
    ;module.bpm = ${tempoExpression(code)};
    })(module, module.exports);
    const frame = module.exports.default;
    const hasEvents = mayHaveEvents();
    const beatsPerMinute = module.bpm, framesPerMinute = 60 * sampleRate;
    return function process(left, right, frames) {
      for (let n = 0; n < frames; n++) {
        currentTime = currentFrame / sampleRate;
        currentBeat = currentFrame * beatsPerMinute / framesPerMinute;
        ${modulesMention(host.paths, /\bcurrent(Frame|Time|Beat)\b/) ? TELL_LIBRARY : ''}
        ${hasEvents ? 'if (hasEvents) runEvents(currentFrame);' : ''}
        const result = frame(currentTime);
        if (typeof result === 'number') {
          left[n] = result;
          right[n] = result;
        } else {
          left[n] = result[0];
          right[n] = result[1];
        }
        currentFrame++;
      }
    };`,
  ) as (...values: unknown[]) => JavaScriptPatch['process'];
  const runEvents = (frame: number) => {
    host.run(frame);
    scheduler.run(frame);
  };
  return { process: load(...library.values(), runEvents, mayHaveEvents, globals, sampleRate, math) };
}
