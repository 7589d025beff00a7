/** Controls under a hand: by keys, by pointer, in the line; heard without a swap, written into the text, and kept. */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { listen, rms } from './hearing.ts';
import { clickPlay, evaluateText, settled, stats, waitForState } from './site.ts';
import { tone } from './texts.ts';
import { useSite, useVisitors } from './useSite.ts';

const site = useSite();
let page: Page;

useVisitors(site, (visited) => {
  ({ page } = visited);
});

const TEXT = `${tone(0.01, 1).replace('export default () => gain', "const volume = slider('volume', 0.5)\nconst off = toggle('off')\nexport default () => (1 - off()) * volume()")}
const pick = select('pick', ['a', 'b'])
const push = button('push')
`;

const text = () => page.evaluate(() => window.segue.text);
const panel = () => page.locator('.panel-controls');

async function heard(gain: number): Promise<void> {
  const loudness = async () => rms((await listen(page, 4800)).left.subarray(960)) * Math.SQRT2;
  await expect.poll(loudness, { timeout: 30_000, interval: 0 }).toBeCloseTo(gain, 2);
}

it('moves by keys and by pointer, is heard without a swap, and is written into the text', async () => {
  expect((await evaluateText(page, TEXT)).diagnostics).toEqual([]);
  await clickPlay(page);
  await heard(0.5);
  const { generation } = await stats(page);
  const slider = panel().getByRole('slider', { name: 'volume' });
  await slider.focus();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowUp');
  expect(await slider.getAttribute('aria-valuetext')).toBe('0.61');
  await heard(0.61);
  const box = (await slider.boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.25, box.y + box.height / 2);
  await heard(0.25);
  // In its line it is the same control.
  const inline = page.locator('.inline').getByRole('slider', { name: 'volume' });
  expect(Number(await inline.getAttribute('aria-valuenow'))).toBeCloseTo(0.25, 1);
  await inline.focus();
  // In another order it would be another number.
  await page.keyboard.type('.4');
  await page.keyboard.press('Enter');
  await heard(0.4);
  expect((await stats(page)).generation).toBe(generation);
  await panel().getByRole('button', { name: 'write volume into the text' }).click();
  expect(await text()).toContain("slider('volume', 0.4)");
  await expect
    .poll(() => page.evaluate(() => window.segue.controls()[0]))
    .toMatchObject({ value: 0.4, isMoved: false, defaultValue: 0.4 });
  await page.locator('.view-line').first().click();
  await page.keyboard.press('ControlOrMeta+z');
  expect(await text()).toBe(TEXT);
  await heard(0.5);
  const toggle = panel().getByRole('switch', { name: 'off' });
  await toggle.click();
  expect(await toggle.getAttribute('aria-checked')).toBe('true');
  await heard(0);
  await panel().getByRole('combobox', { name: 'pick' }).selectOption('b');
  const push = panel().getByRole('button', { name: 'push' });
  await push.focus();
  await page.keyboard.down('Space');
  const values = () =>
    page.evaluate(() => Object.fromEntries(window.segue.controls().map(({ name, value }) => [name, value])));
  expect(await values()).toEqual({ volume: 0.5, off: 1, pick: 1, push: 1 });
  await page.keyboard.up('Space');
  expect(await values()).toMatchObject({ push: 0 });
});

it('is where it was after a reload and in a link, and back at its default by a double click', async () => {
  await evaluateText(page, TEXT);
  await page.evaluate(() => window.segue.set('volume', 0.75));
  await page.keyboard.press('ControlOrMeta+Shift+s');
  await expect.poll(() => page.url()).toContain('&set=');
  await page.reload();
  await settled(page);
  const value = () => page.evaluate(() => window.segue.controls()[0]?.value);
  await expect.poll(value).toBe(0.75);
  await clickPlay(page);
  await waitForState(page, 'playing');
  await heard(0.75);
  await panel().getByRole('slider', { name: 'volume' }).dblclick();
  await expect.poll(value).toBe(0.5);
  await heard(0.5);
});
