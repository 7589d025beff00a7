/** How a batch follows what plays: by a fade, by an offset that decays, or at once. */

import type { Appointment } from '../protocol/generation.ts';
import type { LinkedGeneration, PlaceOptions } from './linkTypes.ts';

/** `sharesData`: both write the same data, so that they must not sound together. */
export function followUp(
  before: LinkedGeneration | null,
  { fadeFrames, quantumBeats, quantumBpm, canFade }: PlaceOptions,
  sharesData: boolean,
): Appointment {
  const quantum = { quantumBeats, quantumBpm };
  if (before === null || fadeFrames === 0) return { fadeFrames: 0, transition: 'cut', ...quantum };
  return { fadeFrames, transition: canFade && !sharesData ? 'fade' : 'offset', ...quantum };
}
