/**
 * Renders the text of a patch to samples, with edits along the way, through the whole compiler and the whole engine.
 * Node only.
 */

import { setImmediate } from 'node:timers/promises';
import {
  type BlockSink,
  DEFAULT_BLOCK_FRAMES,
  DEFAULT_FADE_MS,
  DEFAULT_SAMPLE_RATE,
  type PlayOutcome,
  type PlayRequest,
  playInSteps,
} from './playThrough.ts';
import { createSession } from './session.ts';

export interface RenderedPatch extends PlayOutcome {
  /** Empty when nothing was played. */
  readonly left: Float64Array<ArrayBuffer>;
  readonly right: Float64Array<ArrayBuffer>;
  /** The same, as an output or a file receives it. */
  readonly left32: Float32Array<ArrayBuffer>;
  readonly right32: Float32Array<ArrayBuffer>;
}

/** After so many frames the process hears of signals. */
const FRAMES_PER_TURN = 8192;

/** Plays a patch into `sink`. Gives way to other events now and then. */
export async function playPatch(request: PlayRequest, sink: BlockSink): Promise<PlayOutcome> {
  const sampleRate = request.sampleRate ?? DEFAULT_SAMPLE_RATE;
  const fadeFrames = request.fadeFrames ?? Math.round((DEFAULT_FADE_MS * sampleRate) / 1000);
  const session = await createSession({
    sampleRate,
    fadeFrames,
    postsModules: true,
    seed: request.seed ?? 1,
    allowsNonFinite: request.raw ?? false,
  });
  const blocksPerTurn = Math.ceil(FRAMES_PER_TURN / (request.blockFrames ?? DEFAULT_BLOCK_FRAMES));
  const playing = playInSteps(session, { ...request, sampleRate, fadeFrames }, sink);
  for (let block = 1; ; block++) {
    const step = playing.next();
    if (step.done) return step.value;
    if (block % blocksPerTurn === 0) await setImmediate();
  }
}

/** Plays a patch and keeps all of it in memory. */
export async function renderPatch(request: PlayRequest): Promise<RenderedPatch> {
  let left = new Float64Array(request.frames);
  let right = new Float64Array(request.frames);
  let frame = 0;
  const outcome = await playPatch(request, (blockLeft, blockRight, frames) => {
    left.set(blockLeft.subarray(0, frames), frame);
    right.set(blockRight.subarray(0, frames), frame);
    frame += frames;
  });
  if (!outcome.played) {
    left = new Float64Array();
    right = new Float64Array();
  }
  return { ...outcome, left, right, left32: Float32Array.from(left), right32: Float32Array.from(right) };
}
