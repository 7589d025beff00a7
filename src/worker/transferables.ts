/** The buffers of a message that are handed over instead of being copied, as the audio thread would have to do that. */

import type { WorkerToProcessor } from '../protocol/audio.ts';
import type { CopyPlan } from '../protocol/generation.ts';

/** Empty ones stay: they may be shared. */
export function transferablesOf(message: WorkerToProcessor): ArrayBuffer[] {
  return buffersOf(message)
    .map(({ buffer }) => buffer)
    .filter(({ byteLength }) => byteLength > 0);
}

function buffersOf(message: WorkerToProcessor): readonly { readonly buffer: ArrayBuffer }[] {
  if (message.kind === 'rollbackPlan') return buffersOfPlan(message.plan);
  if (message.kind === 'look') {
    const { cells, extremes, ranges, bytes } = message.look;
    return [cells, extremes, ranges, bytes];
  }
  if (message.kind !== 'batch') return [];
  const { batch } = message;
  const inherited = message.inherits ? buffersOfPlan(message.inherits.plan) : [];
  const shared = [...buffersOfPlan(batch.plan), ...inherited];
  if (batch.reinstates !== null) return shared;
  const { image, holes, outside } = batch;
  return [image.runs, image.bytes, holes, outside, ...shared];
}

const buffersOfPlan = ({ ahead, copies, pointers, objects }: CopyPlan) => [ahead, copies, pointers, objects];
