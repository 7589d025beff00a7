/**
 * No fuel buys more than so many waits for memory, in the first tier; and a large patch that plays music has enough of it. Counted in
 * fuel, as the image says it: a block gets twice what the dearest one of the audition took.
 */
import { describe, expect, it } from 'vitest';
import { createSession } from '../../node/session.ts';
import { HEADER, MAX_BURST_FUEL } from '../../protocol/arena.ts';
import { LivePatch } from '../live.ts';
import { wasters } from './wasters.ts';

/** What a processor waits at most for memory that no cache holds, and how long a block may wait in all. */
const WAIT_NS = 100;
const MAX_WAITS = (110 * 1e6) / WAIT_NS;
const LEAST_PER_WAIT = Math.floor(MAX_BURST_FUEL / MAX_WAITS);
/** Less than this is given in any case. */
const LEAST_FUEL = 2 ** 23;

async function blockFuel(text: string): Promise<number> {
  const now = (): number => 0;
  const session = await createSession({ sampleRate: 48_000, fadeFrames: 0, postsModules: false, now });
  const result = session.update(text);
  if (result.kind !== 'batch') throw new Error(JSON.stringify(result));
  const { runs, bytes } = result.batch.image;
  // The GOT, then what begins with the header.
  const at = runs[1]! + HEADER.FUEL_PER_BLOCK - runs[2]!;
  return new DataView(bytes.buffer).getInt32(at, true);
}

describe('each wait for memory is charged', () => {
  const chains = wasters.filter(({ waits }) => waits > 0);
  it.each(chains.map((waster) => [waster.name, waster] as const))('%s', async (_, { bounded, waits }) => {
    // So many turns that they take more than what is given anyway, if no wait is charged less.
    const turns = Math.ceil(LEAST_FUEL / 2 / (LEAST_PER_WAIT * waits)) + 1;
    expect(await blockFuel(bounded(turns))).toBeGreaterThan(LEAST_FUEL);
    // And a hundredth of that takes less, so that the number means something.
    expect(await blockFuel(bounded(Math.ceil(turns / 100)))).toBe(LEAST_FUEL);
  });
});

/** Voices of so many oscillators and half as many filters, each with a delay line of 1 MB. */
const voices = (oscillators: number): string => `const voices = Array.from({ length: 32 }, (_, i) => ({
    f: 55 * (i + 1), lfo: sine(), line: new Float64Array(131072), at: 0,
    oscillators: Array.from({ length: ${oscillators} }, () => saw()),
    filters: Array.from({ length: ${oscillators / 2} }, () => svf()) }))
  export default (t) => {
    let sum = 0
    for (const v of voices) {
      const hz = v.f * (1 + 0.01 * v.lfo(5))
      let y = 0.4 * v.line[(v.at + 71072) % 131072]
      for (const o of v.oscillators) y += o(hz)
      for (const f of v.filters) y = f(y, 900, 0.7).low
      v.line[v.at] = y
      v.at = (v.at + 1) % 131072
      sum += y
    }
    return sum / 64
  }`;

it.each([2, 4])(
  '32 voices of %i oscillators with a delay line of 1 MB each play, through edits and out of them',
  async (n) => {
    const live = await LivePatch.create(voices(n), { now: () => 0, fadeFrames: 480 });
    // Throws where anything traps, for want of fuel too; a swap has two of them at a time, or none fades.
    live.render(128 * 40);
    live.swap(voices(n).replace('900', '1200'));
    const { left } = live.render(128 * 20);
    expect(Math.max(...left)).toBeGreaterThan(0.01);
    // What has no end takes as much fuel as there is; what plays instead has enough of it left.
    live.swap(`${voices(n)}\n`.replace('return sum', `while (currentFrame > ${128 * 70}) sum++\nreturn sum`));
    expect(() => live.render(128 * 40)).toThrow(/trapped at frame 89\d\d: The default export did not finish/);
    const after = live.render(128 * 20);
    expect(live.events.findLast(({ kind }) => kind === 'trapped')).toMatchObject({ fallback: 2 });
    expect(Math.max(...after.left.subarray(128))).toBeGreaterThan(0.01);
  },
);
