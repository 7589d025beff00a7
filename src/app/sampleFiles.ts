/** Sound files that are decoded by the browser, and those of other places. In: bytes, addresses. Out: samples, bytes. Main thread. */

import { type LoadedSample, MAX_SAMPLE_BYTES } from '../protocol/samples.ts';

/** As the browser decodes, at the rate of the output. */
export async function decodeInBrowser(bytes: ArrayBuffer, sampleRate: number): Promise<LoadedSample> {
  const buffer = await new OfflineAudioContext(1, 1, sampleRate).decodeAudioData(bytes);
  const channels = Array.from({ length: buffer.numberOfChannels }, (_, index) => buffer.getChannelData(index));
  return { channels, rate: buffer.sampleRate };
}

const TOO_LARGE = `The file is larger than ${Math.floor(MAX_SAMPLE_BYTES / 1e6)} MB.`;

/** Tells the other place as little as it can. @throws Error with a message for the user. */
export async function fetchSound(address: string, signal: AbortSignal, request = fetch): Promise<ArrayBuffer> {
  let response: Response;
  try {
    response = await request(address, { mode: 'cors', credentials: 'omit', referrerPolicy: 'no-referrer', signal });
  } catch {
    throw new Error('Its server does not answer, or does not let other pages read the file (CORS).');
  }
  if (!response.ok) throw new Error(`Its server answered ${response.status}.`);
  if (Number(response.headers.get('content-length') ?? 0) > MAX_SAMPLE_BYTES) {
    await response.body?.cancel();
    throw new Error(TOO_LARGE);
  }
  return gathered(response);
}

async function gathered(response: Response): Promise<ArrayBuffer> {
  const reader = response.body?.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let sizeBytes = 0;
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      parts.push(part.value);
      sizeBytes += part.value.length;
      if (sizeBytes <= MAX_SAMPLE_BYTES) continue;
      await reader?.cancel();
      throw new Error(TOO_LARGE);
    }
  } catch (error) {
    throw error instanceof Error && error.message === TOO_LARGE ? error : new Error('The connection was lost.');
  }
  return new Blob(parts).arrayBuffer();
}
