/**
 * The independent truth: patch text run as plain JavaScript by the engine of Node, frame by frame.
 *
 * In: the text of a patch. Out: its samples as f64. Shares nothing with the compiler but the text, and that of the library:
 * types are stripped by esbuild, the rest is what JavaScript says. What JavaScript leaves open, the last bits of elementary
 * functions and of `**`, is what the sources of Segue's library make of them. Runs in tests and tools only, never on the audio
 * thread.
 */

import { transformSync } from 'esbuild';
import { tempoExpression } from '../node/javaScriptTempo.ts';
import { libraryValues } from '../node/libraryScripts.ts';
import { Scheduler } from '../node/scheduler.ts';
import { ScriptHost, type ScriptOutside } from '../node/scriptHost.ts';
import { libraryMath } from './libraryMath.ts';

export interface Render {
  readonly left: Float64Array<ArrayBuffer>;
  readonly right: Float64Array<ArrayBuffer>;
}

/** With what happens outside. */
export interface OracleOptions extends ScriptOutside {
  readonly frames: number;
  /** Frames per second; 48000 by default. */
  readonly sampleRate?: number;
  /** The seed of `Math.random`, 32 bits; 1 by default. */
  readonly seed?: number;
}

/**
 * A patch that has run its top level. `frame(n)` calls the default export for frame `n`, writing into `channels`; `currentBeat`:
 * what it finds there, as if it had played from frame 0 on if not given.
 */
export interface OracleProgram {
  readonly channels: [left: number, right: number];
  frame(currentFrame: number, currentBeat?: number): void;
}

type DefaultExport = (t: number) => unknown;

/** What patches print is no part of their sound. */
const SILENT_CONSOLE = new Proxy({}, { get: () => () => undefined });

const globals = globalThis as unknown as Record<'sampleRate' | 'currentFrame' | 'currentTime' | 'currentBeat', number>;

/**
 * Runs the top level of a patch, which always sees `currentFrame` 0: an edit's top level must not know when it came.
 * Throws what the text throws, or what esbuild says about its syntax.
 */
export function loadOracle(text: string, sampleRate = 48_000, seed = 1, outside: ScriptOutside = {}): OracleProgram {
  const { code } = transformSync(text, {
    ...{ loader: 'ts', format: 'cjs', target: 'es2022' },
    // `x ** y` becomes a call of `Math.pow`.
    supported: { 'exponent-operator': false },
  });
  return loadScript(code, sampleRate, seed, outside);
}

/** The same for the code of a script without `**` that puts its default export into `module.exports.default`. */
export function loadScript(code: string, sampleRate = 48_000, seed = 1, outside: ScriptOutside = {}): OracleProgram {
  const module: { exports: { default?: DefaultExport }; bpm: number } = { exports: {}, bpm: 60 };
  setTime(0, sampleRate, 0);
  const math = seededMath(seed);
  const scheduler = new Scheduler(sampleRate);
  const host = new ScriptHost(outside);
  const library = libraryValues(code, { math, scheduled: scheduler.names, host, hasPower: false });
  // A patch is an ES module, so it is strict. Its own names may hide those of the library, which are outside of it.
  const script = `'use strict';(() => {${code}\n;module.bpm = ${tempoExpression(code)};})()`;
  const run = new Function(...library.keys(), 'module', 'exports', 'Math', 'console', script);
  run(...library.values(), module, module.exports, math, SILENT_CONSOLE);
  const { bpm } = module;
  const entry = module.exports.default;
  if (typeof entry !== 'function') throw new Error('oracle: the patch has no default export that is a function');

  const channels: [number, number] = [0, 0];
  return {
    channels,
    frame(currentFrame, currentBeat = (currentFrame * bpm) / (60 * sampleRate)) {
      setTime(currentFrame, sampleRate, currentBeat);
      host.run(currentFrame);
      scheduler.run(currentFrame);
      const result = entry(currentFrame / sampleRate);
      const stereo = Array.isArray(result);
      channels[0] = Number(stereo ? result[0] : result);
      channels[1] = Number(stereo ? result[1] : result);
    },
  };
}

/** `Math` with the random numbers that Segue promises for a seed: mulberry32 (Tommy Ettinger). */
function seededMath(seed: number): Math {
  let state = seed | 0;
  return Object.create(libraryMath, {
    random: {
      value: () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
      },
    },
  }) as Math;
}

/** The first `frames` frames of a patch. */
export function renderOracle(text: string, options: OracleOptions): Render {
  return renderFrames(loadOracle(text, options.sampleRate, options.seed, options), options.frames);
}

/**
 * What a patch that changes itself at `swapFrame` sounds like. `program` writes the text of that patch for a given frame:
 * one text which holds the state of both versions and takes the branch of the new one from `currentFrame >= swapFrame` on.
 * A running patch that is swapped at that frame must sound the same from the end of the fade on.
 */
export function renderSelfChanging(
  program: (swapFrame: number) => string,
  swapFrame: number,
  options: OracleOptions,
): Render {
  return renderOracle(program(swapFrame), options);
}

function renderFrames(program: OracleProgram, frames: number): Render {
  const left = new Float64Array(frames);
  const right = new Float64Array(frames);
  for (let n = 0; n < frames; n++) {
    program.frame(n);
    left[n] = program.channels[0];
    right[n] = program.channels[1];
  }
  return { left, right };
}

function setTime(currentFrame: number, sampleRate: number, currentBeat: number): void {
  globals.currentBeat = currentBeat;
  globals.sampleRate = sampleRate;
  globals.currentFrame = currentFrame;
  globals.currentTime = currentFrame / sampleRate;
}
