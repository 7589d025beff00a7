/**
 * The text of a patch to its samples, with edits on the way, through the whole compiler and the whole engine. Node only.
 */

import {
  type BlockSink,
  DEFAULT_FADE_MS,
  DEFAULT_SAMPLE_RATE,
  type PlayOutcome,
  type PlayRequest,
  playThrough,
} from './playThrough.ts';
import { createSession } from './session.ts';

export interface RenderedPatch extends PlayOutcome {
  /** Empty when nothing was played. */
  readonly left: Float64Array<ArrayBuffer>;
  readonly right: Float64Array<ArrayBuffer>;
  /** The same, as an output or a file gets it. */
  readonly left32: Float32Array<ArrayBuffer>;
  readonly right32: Float32Array<ArrayBuffer>;
}

/** Plays a patch into `sink`. */
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
  return playThrough(session, { ...request, sampleRate, fadeFrames }, sink);
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
