import { expect, it } from 'vitest';
import { soakBrowser } from '../bench/soakBrowser.ts';
import { useSite } from './useSite.ts';

const site = useSite();

it('edits in a row make no step, and take no memory', async () => {
  // Underruns are left to the full soak and to browsers/gaps.long.test.ts: on a shared machine few edits prove nothing.
  const { memory, largestStep } = await soakBrowser(site.browser, site.url, { edits: 80, load: 0.3, sampleEvery: 20 });
  expect(largestStep).toBeGreaterThan(0.9);
  expect(largestStep).toBeLessThan(1.05);
  const [, second] = memory;
  const last = memory.at(-1)!;
  expect(last.slots).toBeLessThanOrEqual(second.slots * 1.5);
  expect(last.arenaBytes).toBeLessThan(second.arenaBytes * 1.05);
});
