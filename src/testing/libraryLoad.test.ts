/**
 * What the library computes in pieces takes the same in each of them: counted in the fuel that blocks use, from the first one
 * on, so that an audition of a few blocks tells what the rest will take.
 */
import { expect, it } from 'vitest';
import { HEADER } from '../protocol/arena.ts';
import { LivePatch } from './live.ts';

const BLOCK_FRAMES = 128;

/** What each block uses. */
async function fuelOf(text: string, blocks: number): Promise<number[]> {
  const live = await LivePatch.silent();
  const { address } = live.swap(text).batch!.arena;
  return Array.from({ length: blocks }, () => {
    live.render(BLOCK_FRAMES);
    const header = new DataView(live.memory.buffer, address);
    return header.getInt32(HEADER.FUEL_PER_BLOCK, true) - header.getInt32(HEADER.FUEL, true);
  });
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

it('the partitions of a convolution are spread over the hop, from the first on', async () => {
  const text = `const noise = whiteNoise(1)
const run = convolver(Array.from({ length: 48000 }, (_, n) => Math.sin(n * n)))
export default () => 0.001 * run(noise())`;
  // Its longest pieces have 2048 frames.
  const blocksOfHop = 2048 / BLOCK_FRAMES;
  const blocks = await fuelOf(text, 8 * blocksOfHop);
  const hops = Array.from({ length: 8 }, (_, hop) => sumOf(blocks.slice(hop * blocksOfHop, (hop + 1) * blocksOfHop)));
  expect(Math.max(...hops) / Math.min(...hops)).toBeLessThan(1.05);
  // A transform may be made in one frame: no block takes more than twice what they take in the mean.
  expect(Math.max(...blocks) / (sumOf(blocks) / blocks.length)).toBeLessThan(2);
  expect(Math.min(...blocks)).toBeGreaterThan(0.8 * (sumOf(blocks) / blocks.length));
});

it('the search for a pitch goes on a little in each frame', async () => {
  const blocks = await fuelOf(
    'const osc = saw()\nconst pitch = pitchTrack()\nexport default () => pitch(osc(220)) / 10000',
    160,
  );
  const mean = sumOf(blocks) / blocks.length;
  expect(Math.max(...blocks)).toBeLessThan(1.1 * mean);
  // Until there is enough of the sound to search in, no more than afterwards, and not much less.
  expect(Math.min(...blocks)).toBeGreaterThan(0.7 * mean);
});
