/** What a recording sounds like, in numbers that do not depend on the sample rate. */

import type { Page } from 'playwright';

export interface Heard {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** Records what the page plays from now on. */
export async function listen(page: Page, frames: number): Promise<Heard> {
  const heard = await page.evaluate(async (count) => {
    const { left, right } = await window.segue.record(count);
    return { left: [...left], right: [...right] };
  }, frames);
  return { left: Float32Array.from(heard.left), right: Float32Array.from(heard.right) };
}

/** Turns a frame of a tone, from its first upward zero crossing to its last. NaN when there are not two. */
export function turnsPerFrame(samples: Float32Array): number {
  const crossings: number[] = [];
  for (let n = 1; n < samples.length; n++) {
    const [a, b] = [samples[n - 1], samples[n]];
    if (a < 0 && b >= 0) crossings.push(n - 1 + a / (a - b));
  }
  return (crossings.length - 1) / (crossings.at(-1)! - crossings[0]);
}

/** The same by the cycle in the middle of all by length: what a gap or two do not change. */
export function usualTurnsPerFrame(samples: Float32Array): number {
  const crossings: number[] = [];
  for (let n = 1; n < samples.length; n++) {
    const [a, b] = [samples[n - 1], samples[n]];
    if (a < 0 && b >= 0) crossings.push(n - 1 + a / (a - b));
  }
  const cycles = crossings.slice(1).map((crossing, n) => crossing - crossings[n]);
  return 1 / cycles.sort((a, b) => a - b)[cycles.length >> 1];
}

export const rms = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

export const largestStep = (samples: Float32Array): number =>
  samples.reduce((largest, sample, n) => Math.max(largest, n === 0 ? 0 : Math.abs(sample - samples[n - 1])), 0);
