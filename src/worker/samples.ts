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

/** Held as long as the sample is: it is put into an image at each edit. */
const laidOut = new WeakMap<LoadedSample, Uint8Array<ArrayBuffer>>();

/** Its data as the library's array has it. */
export function bytesOfSample(sample: LoadedSample): Uint8Array<ArrayBuffer> {
  const known = laidOut.get(sample);
  if (known) return known;
  const { frames, channels } = sizeOf(sample);
  const bytes = new Uint8Array(4 * frames * channels);
  fillSample(new Float32Array(bytes.buffer), sample);
  laidOut.set(sample, bytes);
  return bytes;
}

/** One channel behind the other. */
export function fillSample(data: Float32Array, { channels }: LoadedSample): void {
  const frames = channels[0]?.length ?? 0;
  for (const [index, channel] of channels.slice(0, MAX_SAMPLE_CHANNELS).entries()) data.set(channel, index * frames);
}
