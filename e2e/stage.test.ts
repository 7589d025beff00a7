/** The text as an instrument: numbers turned by hand while they sound, what does not sound yet, and the stage. */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { largestStep, listen, rms } from './hearing.ts';
import { clickPlay, evaluateText, stats, waitForState } from './site.ts';
import { tone } from './texts.ts';
import { useSite, useVisitors } from './useSite.ts';

const site = useSite();
let page: Page;

useVisitors(site, (visited) => {
  ({ page } = visited);
});

const loudness = async () => rms((await listen(page, 4800)).left) * Math.SQRT2;
const text = () => page.evaluate(() => window.segue.text);

/** The middle of a number that is a span of its own. */
async function middleOf(number: string) {
  const box = await page.locator('.view-line span span', { hasText: new RegExp(`^${number}$`) }).boundingBox();
  if (!box) throw new Error(`${number} is not on the screen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Until what is heard is this loud. */
async function heard(gain: number): Promise<void> {
  await expect.poll(loudness, { timeout: 30_000, interval: 0 }).toBeCloseTo(gain, 2);
}

it('turns a number by dragging it: heard as it moves, without a click, and undone in one step', async () => {
  await evaluateText(page, tone(0.01, 0.5).replace('0.5', '0.50'));
  await clickPlay(page);
  const { generation } = await stats(page);
  const recording = listen(page, 24_000);
  const { x, y } = await middleOf('0.50');
  await page.keyboard.down('Alt');
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= 30; step++) await page.mouse.move(x - 3 * step, y);
  await page.mouse.up();
  await page.keyboard.up('Alt');
  expect(await text()).toBe(tone(0.01, 0.2).replace('0.2', '0.20'));
  await heard(0.2);
  const { left } = await recording;
  // A sine's own largest step, with what a fade of 10 ms from one gain to another adds at most.
  expect(largestStep(left)).toBeLessThan(1.05 * 2 * Math.PI * 0.01 * 0.5);
  expect((await stats(page)).generation).toBeGreaterThan(generation!);
  await page.keyboard.press('F4');
  await heard(0.5);
  expect(await text()).toContain('0.20');
  await page.locator('.monaco-editor textarea, .monaco-editor .native-edit-context').first().focus();
  await page.keyboard.press('ControlOrMeta+z');
  expect(await text()).toContain('0.50');
});

it('turns a number by its grip and by keys, and leaves Alt and arrows to the editor elsewhere', async () => {
  await evaluateText(page, tone(0.01, 0.5));
  const { x, y } = await middleOf('0.5');
  await page.mouse.move(x, y);
  const grip = await page.locator('.segue-grip i').boundingBox();
  await page.mouse.move(grip!.x + grip!.width / 2, grip!.y + grip!.height / 2);
  await page.mouse.down();
  await page.mouse.move(grip!.x + grip!.width / 2, grip!.y + grip!.height / 2 + 4, { steps: 3 });
  await page.mouse.up();
  expect(await text()).toContain('gain = 0.4');
  await page.mouse.click(x, y);
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+Shift+ArrowDown');
  expect(await text()).toContain('gain = 0.49');
  await page.keyboard.press('Alt+PageUp');
  expect(await text()).toContain('gain = 0.59');
  await page.keyboard.press('Home');
  await page.keyboard.press('Alt+ArrowUp');
  expect(await text()).toMatch(/const gain = 0\.59\nconst turns/);
});

it('marks what does not sound until it does, and on stage shows text, errors and the beat, and nothing else', async () => {
  await evaluateText(page, tone(0.01, 0.5));
  const auto = page.locator('.bar .chip', { hasText: 'auto' });
  await auto.click();
  expect(await auto.getAttribute('aria-pressed')).toBe('false');
  const bars = page.locator('.segue-unheard');
  expect(await bars.count()).toBe(0);
  const { x, y } = await middleOf('0.5');
  await page.mouse.click(x, y);
  await page.keyboard.press('End');
  await page.keyboard.type(' * 0.5');
  await bars.waitFor();
  await page.keyboard.press('ControlOrMeta+Enter');
  await bars.waitFor({ state: 'detached' });
  await page.locator('.bar .chip', { hasText: 'fade 10 ms' }).click();
  await page.locator('.bar .chip', { hasText: 'fade 50 ms' }).waitFor();
  expect(await page.evaluate(() => window.segue.settings().fadeMs)).toBe(50);
  // The key has started the sound, too.
  await waitForState(page, 'playing');
  await evaluateText(page, `const bpm = 120\n${tone(0.01, 0.1)}`);
  await page.keyboard.press('Shift+F11');
  for (const hidden of ['.bar', '.dock', '.tabs']) await page.locator(hidden).waitFor({ state: 'hidden' });
  await page.locator('.on-stage .beat-count', { hasText: /^\d+\.[1-4]$/ }).waitFor();
  const size = () =>
    page
      .locator('.view-line')
      .first()
      .evaluate((line) => Number.parseFloat(getComputedStyle(line).fontSize));
  expect(await size()).toBeGreaterThan(20);
  await evaluateText(page, 'export default () => nothing');
  await page.locator('.segue-message-error', { hasText: 'nothing' }).waitFor();
  await page.locator('.message', { hasText: 'nothing' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.bar').waitFor();
  expect(await size()).toBe(14);
});
