/**
 * A renderer with two programs written by hand: what they make is known by arithmetic. Tests only.
 */

import { Renderer } from '../../worklets/renderer.ts';
import { MAX_MEMORY_PAGES } from '../protocol/arena.ts';
import type { ProcessorToWorker } from '../protocol/audio.ts';
import type { GenerationBatch } from '../protocol/generation.ts';
import type { ProgramOptions } from './handmade.ts';

export const BASE_A = 1024;
export const BASE_B = 65_536;

export function setUp(options: { leavesNonFinite?: boolean } = {}) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: MAX_MEMORY_PAGES });
  const table = new WebAssembly.Table({ initial: 2, element: 'anyfunc' });
  const events: ProcessorToWorker[] = [];
  const renderer = new Renderer({
    ...{ memory, table, sampleRate: 48_000, emit: (event) => events.push(event) },
    ...options,
  });
  return { memory, table, events, renderer };
}

/** Renders in blocks of the given lengths, the last one repeated, until there are `frames` frames. */
export function render(renderer: Renderer, frames: number, blocks: readonly number[] = [128]) {
  const left = new Float64Array(frames);
  const right = new Float64Array(frames);
  const largest = Math.max(...blocks);
  const block = [new Float64Array(largest), new Float64Array(largest)];
  for (let frame = 0, n = 0; frame < frames; n++) {
    const length = Math.min(frames - frame, blocks[Math.min(n, blocks.length - 1)]);
    renderer.process(block[0], block[1], length);
    left.set(block[0].subarray(0, length), frame);
    right.set(block[1].subarray(0, length), frame);
    frame += length;
  }
  return { left, right };
}

export const A: ProgramOptions = {
  generation: 1,
  base: BASE_A,
  renderSlot: 0,
  stepSlot: 1,
  increment: 0.1,
  start: 0.5,
};
/** Follows A: its own root and gain, A's `step` and A's phase. */
export const B: ProgramOptions = {
  ...{ generation: 2, from: 1, base: BASE_B, renderSlot: 2, stepSlot: 1, increment: null, start: 99, gain: 0.3 },
  fadeFrames: 480,
};

export function commitAtOnce(renderer: Renderer, batch: GenerationBatch): void {
  renderer.receive(batch);
  renderer.stageAll();
}

/** `phase` after each frame. */
export function phases(frames: number, start = 0.5, increment = 0.1): number[] {
  let phase = start;
  return Array.from({ length: frames }, () => {
    phase += increment;
    return phase;
  });
}

/** Ten milliseconds: how long the step of a rollback takes to decay. */
export const ROLLBACK_FRAMES = 480;

/** What is left of a step of `offset` after `n` of `frames` frames. */
export const decaying = (offset: number, n: number, frames: number) =>
  n < frames ? offset * (1 - n / frames) ** 2 : 0;
