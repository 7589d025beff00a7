/** What plays gets to tier 2 by itself, in a browser: the table tells, and nothing is heard of it. */
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { clickPlay, evaluateText, type Visit } from './site.ts';
import { tone } from './texts.ts';
import { useSite, useVisitors } from './useSite.ts';

const site = useSite();
let visited: Visit;
let page: Page;

useVisitors(site, (begun) => {
  visited = begun;
  ({ page } = visited);
});

/** Tiers, and reasons, of the units that run while the patch sounds. */
const tiers = () =>
  page.evaluate(() => {
    const running = window.segue.code().filter(({ slots }) => slots.length > 0);
    return [...new Set(running.map(({ tier, tierReason }) => tierReason ?? tier))];
  });

const inTier2 = () => page.waitForFunction(() => window.segue.stats().tier === 2, null, { timeout: 60_000 });

describe('a patch', () => {
  it('is promoted a while after each edit, and no step is heard', async () => {
    await evaluateText(page, tone(0.01, 0.5));
    await inTier2();
    expect(await tiers()).toEqual([2]);
    await clickPlay(page);
    const recording = page.evaluate(async () => {
      const { left } = await window.segue.record(4 * 48_000);
      let largest = 0;
      for (let n = 1; n < left.length; n++) largest = Math.max(largest, Math.abs(left[n]! - left[n - 1]!));
      return largest;
    });
    await evaluateText(page, tone(0.01, 0.4));
    await page.waitForFunction(() => window.segue.stats().tier === 1);
    await inTier2();
    expect(await recording).toBeLessThan(0.5 * 2 * Math.PI * 0.01 * 1.05);
  });

  it('that cannot be promoted says why', async () => {
    const text =
      'let sum = 0\nconst down = (n) => { sum = (sum + n) % 1; return n < 1 ? sum : down(n - 1) }\nexport default (t) => down(3 + (t % 1) * 9) / 99';
    await evaluateText(page, text);
    await page.waitForFunction(() => window.segue.code().some(({ tierReason }) => tierReason), null, {
      timeout: 60_000,
    });
    expect(await tiers()).toEqual(['functions call themselves']);
  });
});
