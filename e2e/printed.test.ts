/** What a patch prints, in the dock: with its line, which leads to the text, counted and cleared; on a phone, too. */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { clickPlay, evaluateText } from './site.ts';
import { useSite, useVisitors } from './useSite.ts';

const site = useSite();
let page: Page;

useVisitors(site, (visited) => {
  ({ page } = visited);
});

const TEXT = `const notes = ['c', 'e']
console.log('notes', notes, { count: notes.length })
export default (t) => {
  if (currentFrame % 4800 === 0) console.warn('beat')
  return 0.1 * Math.sin(2 * Math.PI * 220 * t)
}
`;

it('lists what is printed, leads to its line, and fits a small page', async () => {
  await clickPlay(page);
  expect((await evaluateText(page, TEXT)).diagnostics).toEqual([]);
  const panel = page.getByRole('region', { name: 'printed' });
  const lines = panel.locator('.printed li');
  await expect.poll(() => lines.count(), { timeout: 30_000 }).toBe(2);
  await expect.poll(() => lines.first().textContent(), { timeout: 30_000 }).toMatch(/^4beat×\d+$/);
  expect(await lines.last().textContent()).toBe("2notes ['c', 'e'] { count: 2 }");
  await lines.last().getByRole('button').click();
  // The caret is in that line: what is typed there lands in it.
  await page.keyboard.press('End');
  await page.keyboard.type(' // here');
  await expect.poll(() => page.evaluate(() => window.segue.text.split('\n')[1])).toMatch(/ \/\/ here$/);
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme);
    const [text, ground] = await lines.first().evaluate((line) => {
      const style = getComputedStyle(line.querySelector('.printed-text')!);
      return [style.color, getComputedStyle(document.body).backgroundColor];
    });
    expect(text).not.toBe(ground);
  }
  await page.setViewportSize({ width: 360, height: 720 });
  await page.getByRole('tab', { name: 'see' }).click();
  await lines.first().scrollIntoViewIfNeeded();
  const box = (await panel.boundingBox())!;
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(360);
  await panel.getByRole('button', { name: 'printed' }).click();
  expect(await lines.count()).toBe(0);
  await panel.getByRole('button', { name: 'printed' }).click();
  await expect.poll(() => lines.count()).toBeGreaterThan(0);
});
