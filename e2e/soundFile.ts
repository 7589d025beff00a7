/** Sound files for the tests, and how they are dropped on the page. */

import type { Page } from 'playwright';
import { wavHeader, wavSamples } from '../src/app/wav.ts';

/** 32 bits float, two channels. */
export function stereoWav(sampleRate: number, left: Float32Array, right = left): Uint8Array {
  return Uint8Array.from([...wavHeader('float32', sampleRate, left.length), ...wavSamples('float32', left, right)]);
}

/** 16 bits, two channels. */
export function pcmWav(sampleRate: number, left: Float32Array): Uint8Array {
  const samples = wavSamples('int16', left, left, () => 0.5);
  return Buffer.concat([wavHeader('int16', sampleRate, left.length), samples]);
}

/** Noise that is the same every time, far below where the limiter acts, and without an offset. */
export function noise(frames: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: frames }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 32 - 0.5) * 0.25;
  });
}

/** Drops a file on what `selector` finds. */
export async function drop(page: Page, selector: string, name: string, bytes: Uint8Array): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, data]) => {
      const made = new DataTransfer();
      made.items.add(new File([Uint8Array.from(data)], fileName));
      return made;
    },
    [name, [...bytes]] as const,
  );
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.locator(selector).first().dispatchEvent(type, { dataTransfer: transfer });
  }
}

/** The sample rate of the page's own output. */
export const sampleRateOf = (page: Page): Promise<number> => page.evaluate(() => new AudioContext().sampleRate);
