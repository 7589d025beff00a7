/** Whether a batch can be committed as things are now. In: the batch and what plays. Out: why not, in words for the log. Pure. */

import type { GenerationBatch } from '../src/protocol/generation.ts';
import type { Generation } from '../src/protocol/units.ts';

/** `isHeld`: whether a generation fades out or is kept. `null`: it can be. */
export function whyNot(
  { from, reinstates }: GenerationBatch,
  render: unknown,
  playing: Generation | null,
  isHeld: (generation: Generation) => boolean,
): string | null {
  if (typeof render !== 'function') return 'there is no function to render with';
  if (from !== null && from !== playing) return `it continues generation ${from}, which no longer plays`;
  if (reinstates !== null && !isHeld(reinstates)) return `generation ${reinstates} is not kept any more`;
  return null;
}
