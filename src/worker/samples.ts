/** Sound files as patches get them: their sizes, by which modules of the library are made, and their data. Pure. */

import type { SampleSize, SampleSizes } from '../compiler/resolve/libraryNames.ts';
import { type LoadedSample, MAX_SAMPLE_CHANNELS } from '../protocol/samples.ts';

export const sizeOf = ({ channels, rate }: LoadedSample): SampleSize => ({
  frames: channels[0]?.length ?? 0,
  channels: Math.min(channels.length, MAX_SAMPLE_CHANNELS),
  rate,
});

export const sizesOf = (samples: ReadonlyMap<string, LoadedSample>): SampleSizes =>
  new Map([...samples].map(([name, sample]) => [name, sizeOf(sample)]));

/** One channel behind the other. */
export function fillSample(data: Float32Array, { channels }: LoadedSample): void {
  const frames = channels[0]?.length ?? 0;
  channels.slice(0, MAX_SAMPLE_CHANNELS).forEach((channel, index) => data.set(channel, index * frames));
}
