/** What a block may burn: enough for what the audition took, and never more than a fixed amount, with a clock or without. */
import { expect, it } from 'vitest';
import { createSession } from '../node/session.ts';
import { HEADER, MAX_BLOCK_FUEL, MAX_BURST_FUEL } from '../protocol/arena.ts';
import type { NewArenaBatch } from '../protocol/generation.ts';

/** The word that the image has at this offset. */
function wordOf({ image }: NewArenaBatch, wanted: number): number {
  let at = 0;
  for (let n = 0; n < image.runs.length; n += 2) {
    const [offset, sizeBytes] = [image.runs[n]!, image.runs[n + 1]!];
    if (offset <= wanted && wanted < offset + sizeBytes)
      return new DataView(image.bytes.buffer).getInt32(at + wanted - offset, true);
    at += sizeBytes;
  }
  return 0;
}

/** The budgets of patches that do more and more work a frame; `null`: it is refused. */
async function budgets(now: (() => number) | null, elements: number): Promise<(number | null)[]> {
  const found: (number | null)[] = [];
  for (let turns = 1; turns < 2 ** 18; turns *= 2) {
    const session = await createSession({
      ...{ sampleRate: 48_000, fadeFrames: 0, postsModules: false },
      ...(now && { now }),
    });
    const result = session.update(
      `const big = new Float64Array(${elements})
      let y = 0; export default () => { for (let n = 0; n < ${turns}; n++) y += 0.5; return y * big[0] }`,
    );
    found.push(result.kind === 'batch' ? wordOf(result.batch, HEADER.FUEL_PER_BLOCK) : null);
    // The audition ends at a budget of its own, where nobody can tell any more whether there is an end.
    if (result.kind !== 'batch')
      expect(result.diagnostics).toMatchObject([{ code: expect.stringMatching(/^(over-budget|endless-loop)$/) }]);
  }
  return found;
}

it.each([
  ['with a clock, in an arena that no cache holds', () => 0, 2 ** 21, MAX_BURST_FUEL],
  ['with a clock, in a small one', () => 0, 8, 4 * MAX_BLOCK_FUEL],
  ['without a clock', null, 8, 4 * MAX_BLOCK_FUEL],
])('%s it is bounded', async (_, now, elements, most) => {
  const found = await budgets(now, elements);
  const given = found.filter((fuel) => fuel !== null);
  expect(found[0]).toBe(2 ** 23);
  expect(given).toEqual(given.toSorted((a, b) => a - b));
  expect(Math.max(...given)).toBe(most);
  // And what needs more is refused, from one size on.
  expect(found.slice(given.length).length).toBeGreaterThan(0);
  expect(found.slice(0, given.length)).toEqual(given);
});
