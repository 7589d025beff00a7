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
  if (message.kind !== 'batch') return [];
  const { image, holes, outside, plan } = message.batch;
  const inherited = message.inherits ? buffersOfPlan(message.inherits.plan) : [];
  return [image.runs, image.bytes, holes, outside, ...buffersOfPlan(plan), ...inherited];
}

const buffersOfPlan = ({ ahead, copies, pointers, objects }: CopyPlan) => [ahead, copies, pointers, objects];
