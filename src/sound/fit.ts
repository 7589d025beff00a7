/** Cuts a decoded file to what patches can play. Pure; page, worker and Node. */

import { type LoadedSample, MAX_SAMPLE_CHANNELS, MAX_SAMPLE_VALUES } from '../protocol/samples.ts';
import type { UnfitSound } from '../protocol/soundFiles.ts';

/** Its first channels, or why it cannot be played. */
export function fitSound({ channels, rate }: LoadedSample): LoadedSample | UnfitSound {
  const played = channels.slice(0, MAX_SAMPLE_CHANNELS);
  const values = played.length * (played[0]?.length ?? 0);
  if (values === 0) return 'empty';
  return values > MAX_SAMPLE_VALUES ? 'too long' : { channels: played, rate };
}
